#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0
#
# Puts the SPDX lines at the head of every source file that lacks them: scripts/spdx.py says which, where and how.
#
# Usage: scripts/spdx.sh [--check] [FILE …]
set -euo pipefail
cd "$(dirname "$0")/.."
exec .venv/bin/python -m scripts.spdx "$@"
