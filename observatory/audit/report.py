# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The report of an audit: what was read, what was found, and what no audit of one database can prove."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from ledger.findings import Damage, Finding, exit_code

MOST_KEPT = 10_000

ONLY_OUTSIDE = (
    "So this is found only by heads held outside: the newest events of a stream cut off together with its row and "
    "projections, or a whole stream written anew or taken away with all that was derived from it."
)
NOT_PROVEN = (
    "that what was entered is true;",
    "that an act nobody entered did not happen;",
    "anything after the last head that left the house. No head has left it yet. " + ONLY_OUTSIDE,
)
MEANING: dict[Damage, str] = {
    Damage.ALTERED_EVENT: "an event was altered",
    Damage.BROKEN_LINK: "an event does not hold the hash of the event before it",
    Damage.GAP_OR_DUPLICATE: "an event is missing, or stands twice",
    Damage.OTHER_ROOT: "the tree has another root than a head",
    Damage.BAD_SIGNATURE: "a head is not signed by a known key",
    Damage.ROLLED_BACK: "the ledger is shorter than a head",
    Damage.SPLIT_VIEW: "two heads of one size have different roots",
    Damage.PROJECTION_DRIFT: "a table says something else than the events",
    Damage.FILE_MISSING_OR_ALTERED: "the file of a paper or of evidence is missing, or was altered",
    Damage.PAPER_NOT_IN_LEDGER: "a paper is not in the ledger",
    Damage.TIME_GOES_BACK: "an event was recorded before the one before it",
    Damage.MOVE_NOT_ALLOWED: "an event makes a move that the rules in force did not allow",
    Damage.TRIGGER_MISSING: "a trigger that protects the ledger is gone, off or replaced",
    Damage.STREAM_ROW_DIFFERS: "a stream's row and its events do not agree on its end",
    Damage.SEALED_VALUE_DIFFERS: "a sealed value is not the one that was sealed, or is gone without a decision",
    Damage.DATABASE_DAMAGED: "the database file is damaged",
}


class NotVerified(Exception):
    """The audit could not be made, or not to its end: nothing is said about the ledger."""

    code = "audit.not_verified"


@dataclass(slots=True)
class Report:
    """What an audit came to. `read` counts what was looked at; `kept` holds the first ten thousand findings."""

    read: Counter[str] = field(default_factory=Counter)
    kept: list[Finding] = field(default_factory=list)
    kinds: Counter[Damage] = field(default_factory=Counter)
    only: frozenset[str] | None = None

    def hear(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self.kinds[finding.code] += 1
            if len(self.kept) < MOST_KEPT:
                self.kept.append(finding)

    @property
    def is_clean(self) -> bool:
        return not self.kinds

    @property
    def exit_code(self) -> int:
        """0, or the number of the kind of damage that stands nearest to the evidence."""
        return exit_code(Finding(kind, "", 0, "", "", "", "") for kind in self.kinds)

    @property
    def waiting(self) -> int:
        """How many of the events read no tree covers yet: all, until heads are signed."""
        return self.read["events"]
