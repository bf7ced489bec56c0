# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""docs/security/asvs.csv as data: its rows, and the table of how many of each chapter are met."""

import csv
from collections import Counter
from dataclasses import dataclass

from tests.documentation import DOCS

STATUSES = ("met", "partly", "not_met", "not_applicable")
CHAPTERS = {
    1: ("Encoding and sanitization", 27),
    2: ("Validation and business logic", 11),
    3: ("Web frontend", 19),
    4: ("API and web service", 10),
    5: ("File handling", 9),
    6: ("Authentication", 35),
    7: ("Session management", 18),
    8: ("Authorization", 7),
    9: ("Self-contained tokens", 7),
    10: ("OAuth and OIDC", 29),
    11: ("Cryptography", 14),
    12: ("Secure communication", 9),
    13: ("Configuration", 13),
    14: ("Data protection", 9),
    15: ("Secure coding and architecture", 13),
    16: ("Logging and error handling", 16),
    17: ("WebRTC", 7),
}
"""Chapter → (its subject, how many requirements levels 1 and 2 have in ASVS 5.0.0)."""
OF_LEVEL = {"1": 70, "2": 183}


@dataclass(frozen=True, slots=True)
class Requirement:
    """One row."""

    id: str
    level: str
    status: str
    reason: str
    test: str

    @property
    def chapter(self) -> int:
        return int(self.id.removeprefix("v5.0.0-").partition(".")[0])


def requirements() -> tuple[Requirement, ...]:
    """Every row, in the order of the file."""
    with (DOCS / "security" / "asvs.csv").open(encoding="utf-8", newline="") as file:
        return tuple(Requirement(**row) for row in csv.DictReader(file))


def asvs_table() -> str:
    """How many requirements of each chapter have which status."""
    counted = Counter((row.chapter, row.status) for row in requirements())
    lines = ["| chapter | met | partly | not met | not applicable | all |", "| --- | --- | --- | --- | --- | --- |"]
    for chapter, (subject, _) in CHAPTERS.items():
        of_status = [counted[chapter, status] for status in STATUSES]
        lines.append(f"| {chapter}. {subject} | {' | '.join(map(str, of_status))} | {sum(of_status)} |")
    whole = [sum(counted[chapter, status] for chapter in CHAPTERS) for status in STATUSES]
    return "\n".join([*lines, f"| all | {' | '.join(map(str, whole))} | {sum(whole)} |"])
