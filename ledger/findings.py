# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Findings: what an audit found wrong, and which kind names the run when there are several."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


class Damage(IntEnum):
    """The kinds of damage; the number is the exit code of `minga audit verify`.

    Numbers never change their meaning.
    """

    ALTERED_EVENT = 1
    BROKEN_LINK = 2
    GAP_OR_DUPLICATE = 3
    OTHER_ROOT = 4
    BAD_SIGNATURE = 5
    ROLLED_BACK = 6
    SPLIT_VIEW = 7
    PROJECTION_DRIFT = 8
    FILE_MISSING_OR_ALTERED = 9
    PAPER_NOT_IN_LEDGER = 10
    TIME_GOES_BACK = 11
    MOVE_NOT_ALLOWED = 12
    TRIGGER_MISSING = 13
    STREAM_ROW_DIFFERS = 14
    SEALED_VALUE_DIFFERS = 15
    DATABASE_DAMAGED = 16


# Nearest to the evidence first: an edited event also breaks its link and makes its projections
# drift, and the reader should be sent to the event. Damage that heads prove stands before damage
# that only this database shows.
PRECEDENCE: tuple[Damage, ...] = (
    Damage.SPLIT_VIEW,
    Damage.ROLLED_BACK,
    Damage.BAD_SIGNATURE,
    Damage.OTHER_ROOT,
    Damage.DATABASE_DAMAGED,
    Damage.ALTERED_EVENT,
    Damage.GAP_OR_DUPLICATE,
    Damage.BROKEN_LINK,
    Damage.STREAM_ROW_DIFFERS,
    Damage.TIME_GOES_BACK,
    Damage.MOVE_NOT_ALLOWED,
    Damage.SEALED_VALUE_DIFFERS,
    Damage.FILE_MISSING_OR_ALTERED,
    Damage.PAPER_NOT_IN_LEDGER,
    Damage.PROJECTION_DRIFT,
    Damage.TRIGGER_MISSING,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong: where, in which column, what is stored there and what should be."""

    code: Damage
    stream: str
    seq: int
    column: str
    stored: str
    expected: str
    text: str


def exit_code(findings: Iterable[Finding]) -> int:
    """0 for none; otherwise the code of the kind that stands first in PRECEDENCE."""
    found = {finding.code for finding in findings}
    return next((int(kind) for kind in PRECEDENCE if kind in found), 0)
