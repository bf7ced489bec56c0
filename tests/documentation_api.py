# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What docs/api.md tells of the API, read from its description and from the one table of statuses."""

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any

from api.app import create_app
from api.openapi import operations
from api.policies import ACTION
from api.problems import STATUS, family, status_of
from minga.settings import read
from services.opening import open_desk

NOT_FOUND = "not_found"
"""The one code that is a family of itself."""


def description() -> Mapping[str, Any]:
    """The description of the API, of an app on a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        settings = read({}, data=Path(folder) / "data")
        with open_desk(settings) as desk:
            return create_app(desk, settings).openapi()


def operations_table() -> str:
    """Every operation: its method and address, what it does, and its action in the policy table."""
    lines = ["| | | | action |", "| --- | --- | --- | --- |"]
    for path, method, operation in operations(description()):
        told = operation["description"].partition("\n")[0]
        lines.append(f"| {method.upper()} | `{path}` | {told} | `{operation[ACTION]}` |")
    return "\n".join(lines)


def statuses_table() -> str:
    """Every status with the codes told under it: whole families, and those whose family says otherwise."""
    by_status: dict[int, list[str]] = defaultdict(list)
    for code in STATUS:
        alone = "." in code or code == NOT_FOUND
        if not alone or code == NOT_FOUND or status_of(code) != STATUS.get(family(code)):
            by_status[status_of(code)].append(code if alone else f"{code}.…")
    lines = ["| status | | codes |", "| --- | --- | --- |"]
    lines += [
        f"| {status} | {HTTPStatus(status).phrase} | {_coded(by_status[status])} |" for status in sorted(by_status)
    ]
    return "\n".join(lines)


def _coded(codes: Iterable[str]) -> str:
    return " ".join(f"`{code}`" for code in sorted(codes))
