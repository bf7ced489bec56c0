#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0
#
# Runs every test counting lines and branches, and fails below what is promised (scripts/coverage.py says what that is).
#
# Usage: scripts/coverage.sh [pytest's own arguments]     (make coverage ARGS="…")
#
# Two tests are left out, which measure time: counting slows what they measure. The counts of processes that tests start are added up; a run takes about twice the time of `make test`.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=$PWD/build/coverage
rm -rf "$folder"
mkdir -p "$folder"
export COVERAGE_FILE=$folder/counts

# Each worker counts for itself, and so does every process it starts: the environment is read by coverage's own start-up file.
export COVERAGE_PROCESS_START=$PWD/pyproject.toml

.venv/bin/python -m coverage run -m pytest -n 3 --dist loadfile --no-loadscope-reorder -p no:cacheprovider \
    --deselect tests/minga/test_cli.py::test_help_costs_less_than_importing_sqlalchemy \
    --deselect tests/promises/test_p16_matrix.py::test_the_whole_matrix_takes_a_minute_at_most "$@"
.venv/bin/python -m coverage combine --quiet "$folder"
.venv/bin/python -m coverage json --quiet -o "$folder/counts.json"
.venv/bin/python -m scripts.coverage "$folder/counts.json"
