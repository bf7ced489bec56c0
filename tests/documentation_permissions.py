# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The policy table as documentation: role × action × relation, read from people/table.py."""

from collections.abc import Iterator

from people.actors import Role
from people.table import ACTIONS, ANY, Action, Judge, Relation, Row

COLUMNS = {
    Role.SECRETARIAT: "secretariat",
    Role.OPERATOR: "operator",
    Role.SYSTEM: "system",
    Role.FOCAL_POINT: "focal point",
    Role.BENCH_DELEGATE: "bench delegate",
    Role.PARTNER: "partner",
    Role.MANAGER: "manager",
    Role.AUDITOR: "auditor",
    Role.SIGNATORY: "signatory",
    Role.PUBLIC: "public",
}
WAYS = {
    Relation.SELF: "one's own",
    Relation.OWN: "own",
    Relation.PARTY: "party",
    Relation.BENCH: "own bench",
    Relation.INVITED: "looking",
    Relation.NAMED: "named",
    Relation.OTHER: "other",
}
JUDGES = {Judge.PROGRAMME: "as the programme says", Judge.MACHINE: "as its machine says"}


def permissions_table() -> str:
    """Every action by noun, with what each role may do of it."""
    nouns = dict.fromkeys(name.partition(".")[0] for name in ACTIONS)
    return "\n\n".join(f"### {noun.replace('_', ' ')}\n\n{_of(noun)}" for noun in sorted(nouns))


def _of(noun: str) -> str:
    heading = ("action", "is to", *COLUMNS.values())
    rows = (_line(name, rule) for name, rule in sorted(ACTIONS.items()) if name.partition(".")[0] == noun)
    return "\n".join(_row(cells) for cells in (heading, ("---",) * len(heading), *rows))


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _line(name: str, rule: Action) -> tuple[str, ...]:
    sentence = f"{rule.sentence} †" if rule.consent else rule.sentence
    return f"`{name}`", sentence, *(_cell(rule, role) for role in COLUMNS)


def _cell(rule: Action, role: Role) -> str:
    return "; ".join(_told(row) for row in rule.rows if role in row.roles) or "–"


def _told(row: Row) -> str:
    ways = "yes" if row.relations == ANY else ", ".join(WAYS[way] for way in Relation if way in row.relations)
    return " ".join((JUDGES.get(row.judge, ways), *_when(row)))


def _when(row: Row) -> Iterator[str]:
    if row.when:
        yield f"in {', '.join(sorted(row.when))}"
