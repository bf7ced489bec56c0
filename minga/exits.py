# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Exit codes: what a script learns from how `minga` ended.

`minga audit verify` alone has codes of its own, one per kind of damage: `ledger/findings.py`.
"""

from enum import IntEnum


class Exit(IntEnum):
    """Numbers never change their meaning."""

    OK = 0
    REFUSED = 1
    USAGE = 2
    NOT_FOUND = 3
    CONFLICT = 4
    STORAGE_UNAVAILABLE = 5
    DISK_FULL = 74
    INTERRUPTED = 130


_BY_CODE = {
    "disk.full": Exit.DISK_FULL,
    "command.interrupted": Exit.INTERRUPTED,
    "storage.busy": Exit.STORAGE_UNAVAILABLE,
    "storage.outcome_unknown": Exit.STORAGE_UNAVAILABLE,
}
_BY_LAST_WORD = {
    "not_found": Exit.NOT_FOUND,
    "conflict": Exit.CONFLICT,
    "stale": Exit.CONFLICT,
    "changed_meanwhile": Exit.CONFLICT,
    "already_running": Exit.CONFLICT,
    "taken": Exit.CONFLICT,
    "unavailable": Exit.STORAGE_UNAVAILABLE,
}


def exit_for(code: str) -> Exit:
    """The exit code of an error, from its stable code, mostly the last word: `exchange.not_found` is 3."""
    return _BY_CODE.get(code) or _BY_LAST_WORD.get(code.rpartition(".")[2], Exit.REFUSED)
