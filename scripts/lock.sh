#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0
#
# Writes the locks in requirements/ anew from pyproject.toml: exact versions and hashes, for every platform at once.
#
# Usage: scripts/lock.sh [--upgrade]     (make lock; make lock UPGRADE=--upgrade)
#
# Versions that still fit stay as they are; --upgrade takes the newest ones inside the bounds.
# No address of an index may enter a lock: where packages come from is each machine's own affair.
set -euo pipefail
cd "$(dirname "$0")/.."

unset UV_DEFAULT_INDEX UV_INDEX UV_INDEX_URL UV_EXTRA_INDEX_URL UV_FIND_LINKS UV_CONSTRAINT UV_OVERRIDE

compile() {
    .venv/bin/uv pip compile --no-config --quiet --universal --python-version 3.11 --generate-hashes \
        --no-header --no-emit-index-url --no-emit-find-links "$@"
}

compile "$@" --group uv --output-file requirements/uv.txt
compile "$@" --group build pyproject.toml --output-file requirements/run.txt
compile "$@" --group build --extra test --constraint requirements/run.txt pyproject.toml \
    --output-file requirements/test.txt

if grep --line-number --extended-regexp '://|--(extra-)?index-url|--find-links' requirements/*.txt; then
    echo "Minga: a lock names an address (above); no lock may." >&2
    exit 1
fi
