#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0
#
# Writes the software bill of materials of this version: CycloneDX, JSON, every package that runs with its hashes.
#
# Usage: scripts/sbom.sh [FOLDER]     (make sbom; the folder is build/ unless another is named)
#
# The same lock gives the same bytes: no time stamp and no random number enters it.
set -euo pipefail
cd "$(dirname "$0")/.."

unset SOURCE_DATE_EPOCH
folder=${1:-build}
version=$(.venv/bin/python -c 'from importlib.metadata import version; print(version("minga"))')
file=$folder/minga-$version.cdx.json

mkdir -p "$folder"
.venv/bin/python -W ignore -m cyclonedx_py requirements --pyproject pyproject.toml --spec-version 1.6 --validate \
    --output-reproducible --output-format JSON --output-file "$file" requirements/run.txt
echo "$file"
