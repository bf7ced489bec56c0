# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Funding sources: what each holds, what of it is set aside for which exchange, and what is left."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from cycle.funding import FundingSource, written
from observatory.errors import NotFound
from storage import funding
from storage.tables import allocations, exchanges, funding_sources

MOST = 200


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One source in a list. Amounts are decimal texts; `version` is its ETag."""

    source: str
    donor: str
    project_code: str
    currency: str
    amount: str
    allocated: str
    left: str
    from_on: str
    to_on: str | None
    version: int


@dataclass(frozen=True, slots=True)
class Sources:
    """Some sources, and the id after which the next page begins; None when there is none."""

    items: tuple[SourceLine, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Allocation:
    """What is set aside for one exchange."""

    exchange: str
    reference: str | None
    amount: str


@dataclass(frozen=True, slots=True)
class Source:
    """One source whole."""

    about: SourceLine
    allocations: tuple[Allocation, ...]


def sources(connection: Connection, *, after: str = "", limit: int = 50) -> Sources:
    """A page of the sources, in the order in which they were registered."""
    limit = max(1, min(limit, MOST))
    query = select(funding_sources).where(funding_sources.c.id > after).order_by(funding_sources.c.id)
    rows = connection.execute(query.limit(limit + 1)).all()
    page = tuple(_line(funding.source_of(row)) for row in rows[:limit])
    return Sources(page, page[-1].source if len(rows) > limit else None)


def source(connection: Connection, name: str) -> Source:
    """One source by id. Raises NotFound."""
    found = funding.load(connection, name)
    if found is None:
        raise NotFound(f"no funding source {name}", source=name)
    set_aside = (
        select(allocations, exchanges.c.reference)
        .join(exchanges, exchanges.c.id == allocations.c.exchange)
        .where(allocations.c.source == name)
        .order_by(allocations.c.exchange)
    )
    return Source(_line(found), tuple(_allocation(row) for row in connection.execute(set_aside)))


def _line(standing: FundingSource) -> SourceLine:
    same = ("source", "donor", "project_code", "currency", "amount", "allocated", "from_on", "to_on")
    told = {name: getattr(standing, name) for name in same}
    return SourceLine(**told, left=written(standing.left), version=standing.seq)


def _allocation(row: Any) -> Allocation:
    return Allocation(row.exchange, row.reference, row.amount)
