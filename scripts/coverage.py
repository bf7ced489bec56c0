# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What of the code the tests have run, against what is promised: read from coverage's own JSON.

Over all: 90 % of the statements and 80 % of the branches. Where a mistake would be a broken promise at once (the stages,
the policy and its table, the ledger): every branch.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

STATEMENTS, BRANCHES = 90.0, 80.0
WHOLE = ("cycle/states/", "ledger/", "people/policy.py", "people/table.py")
"""Files, or folders, of which every branch is run."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How much of some code there is, and how much was run."""

    statements: int = 0
    statements_run: int = 0
    branches: int = 0
    branches_run: int = 0

    def __add__(self, other: "Counted") -> "Counted":
        return Counted(
            self.statements + other.statements,
            self.statements_run + other.statements_run,
            self.branches + other.branches,
            self.branches_run + other.branches_run,
        )

    @property
    def of_statements(self) -> float:
        return 100 * self.statements_run / self.statements if self.statements else 100.0

    @property
    def of_branches(self) -> float:
        return 100 * self.branches_run / self.branches if self.branches else 100.0

    @property
    def is_whole(self) -> bool:
        return (self.statements_run, self.branches_run) == (self.statements, self.branches)


def counted(document: Mapping[str, Any]) -> Mapping[str, Counted]:
    """path → what was counted, from coverage's JSON."""
    return {path: _counted(told["summary"]) for path, told in document["files"].items()}


def _counted(told: Mapping[str, int]) -> Counted:
    return Counted(
        told["num_statements"], told["covered_lines"], told.get("num_branches", 0), told.get("covered_branches", 0)
    )


def shortcomings(files: Mapping[str, Counted]) -> Iterator[str]:
    """Everything below what is promised, as sentences."""
    if not files:
        yield "nothing was counted"
        return
    whole = sum(files.values(), Counted())
    if whole.of_statements < STATEMENTS:
        yield f"{whole.of_statements:.1f} % of the statements are run; {STATEMENTS:.0f} are promised"
    if whole.of_branches < BRANCHES:
        yield f"{whole.of_branches:.1f} % of the branches are run; {BRANCHES:.0f} are promised"
    for place in WHOLE:
        found = {path: one for path, one in files.items() if path.startswith(place)}
        if not found:
            yield f"nothing of {place} was counted"
        yield from (_sentence(path, one) for path, one in found.items() if not one.is_whole)


def _sentence(path: str, one: Counted) -> str:
    missing = one.statements - one.statements_run, one.branches - one.branches_run
    return f"{path}: {missing[0]} statements and {missing[1]} branches are not run; every one is promised"


def main(arguments: Iterable[str]) -> int:
    """Exit 1 when anything falls short."""
    (file,) = arguments
    files = counted(json.loads(Path(file).read_text(encoding="utf-8")))
    whole, short = sum(files.values(), Counted()), tuple(shortcomings(files))
    sys.stdout.write(f"Minga: {whole.of_statements:.1f} % of statements, {whole.of_branches:.1f} % of branches\n")
    sys.stdout.writelines(f"Minga: {line}\n" for line in short)
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
