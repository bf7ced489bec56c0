#!/usr/bin/env bash
# Puts the SPDX lines at the head of every source file that lacks them: scripts/spdx.py says which, where and how.
#
# Usage: scripts/spdx.sh [--check] [FILE …]
set -euo pipefail
cd "$(dirname "$0")/.."
exec .venv/bin/python -m scripts.spdx "$@"
