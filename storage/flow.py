# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The flow in the database: deltas added by moves, folded by the beat, summed by readers."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, Executable, bindparam, delete, func, select, union_all

from storage.prepared import Prepared, inserting
from storage.tables import flow, flow_base

EVERYWHERE = "*"

FlowKey = tuple[str, str, int, str, str, str, str]
"""What is counted apart: a delta without its number."""


class Delta(NamedTuple):
    """So many exchanges entered (or, negative, left) a stage and lifecycle on a day."""

    programme: str
    country: str
    specimen: int
    happened_on: str
    recorded_on: str
    stage: str
    lifecycle: str
    delta: int


KEY = Delta._fields[:-1]
"""The columns of a FlowKey."""


class Total(NamedTuple):
    """How many exchanges stand in a stage and lifecycle."""

    stage: str
    lifecycle: str
    n: int


def add(connection: Connection, deltas: Sequence[Delta]) -> None:
    """Appends deltas to the tail; nobody waits for anybody."""
    _add.many(connection, [delta._asdict() for delta in deltas])


def fold(connection: Connection, limit: int = 5000) -> int:
    """Moves up to `limit` rows of the tail into the base, within the transaction; how many."""
    oldest = select(flow.c.id).order_by(flow.c.id).limit(limit).with_for_update(skip_locked=True)
    columns = [flow.c[name] for name in Delta._fields]
    taken = connection.execute(delete(flow).where(flow.c.id.in_(oldest)).returning(*columns)).all()
    sums: Counter[tuple[str | int, ...]] = Counter()
    for row in taken:
        sums[tuple(row[:-1])] += row.delta
    # In one order always: two folds at once then wait for each other, never in a circle.
    rows = [dict(zip(Delta._fields, (*key, sums[key]), strict=True)) for key in sorted(sums)]
    _fold.many(connection, [row for row in rows if row["delta"]])
    return len(taken)


def totals(
    connection: Connection,
    programme: str,
    as_of: str,
    known_on: str,
    country: str = EVERYWHERE,
    specimen: int | None = 0,
) -> tuple[Total, ...]:
    """How many stood where at the end of day `as_of`, by what was recorded up to day `known_on`.

    specimen 0 counts real exchanges, 1 those that are not, None both. Stages where nobody stands
    are left out.
    """
    values = {"programme": programme, "country": country, "as_of": as_of, "known_on": known_on}
    kinds = (0, 1) if specimen is None else (specimen,)
    sums: Counter[tuple[str, str]] = Counter()
    for kind in kinds:
        for row in _totals.rows(connection, {**values, "specimen": kind}):
            sums[row.stage, row.lifecycle] += int(row.n)
    return tuple(Total(*where, n) for where, n in sorted(sums.items()) if n)


def sums(connection: Connection) -> Iterator[tuple[FlowKey, int]]:
    """Every count of base and tail together, read a thousand at a time."""
    parts = (select(*(table.c[name] for name in Delta._fields)) for table in (flow_base, flow))
    both = union_all(*parts).subquery()
    by = [both.c[name] for name in KEY]
    query = select(*by, func.sum(both.c.delta)).group_by(*by)
    for *key, n in connection.execute(query, execution_options={"yield_per": 1000}):
        yield tuple(key), int(n)


def _folding(dialect: str) -> Executable:
    new = inserting(flow_base, dialect)
    return new.on_conflict_do_update(
        index_elements=list(flow_base.primary_key.columns),
        set_={"delta": flow_base.c.delta + new.excluded.delta},
    )


def _summing() -> Executable:
    parts = (
        select(table.c.stage, table.c.lifecycle, func.sum(table.c.delta).label("part"))
        .where(
            table.c.programme == bindparam("programme"),
            table.c.country == bindparam("country"),
            table.c.specimen == bindparam("specimen"),
            table.c.happened_on <= bindparam("as_of"),
            table.c.recorded_on <= bindparam("known_on"),
        )
        .group_by(table.c.stage, table.c.lifecycle)
        for table in (flow_base, flow)
    )
    both = union_all(*parts).subquery()
    n = func.sum(both.c.part).label("n")
    return select(both.c.stage, both.c.lifecycle, n).group_by(both.c.stage, both.c.lifecycle)


_add = Prepared(flow.insert().inline(), columns=Delta._fields)
_fold = Prepared(_folding)
_totals = Prepared(_summing())
