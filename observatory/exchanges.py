# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Exchanges as lists: every one a reader may know of, page by page, and those whose day has passed.

Pages follow keys, never offsets: page one thousand costs what page one costs.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, select

from cycle.standing import Standing
from observatory.orders import DUE_FIRST, OPENED, Order, order_of
from observatory.reading import readable
from people.actors import Actor
from storage.exchanges import standing_of
from storage.tables import exchanges, parties

MOST = 200


@dataclass(frozen=True, slots=True)
class Filters:
    """Which exchanges a list holds; nothing said holds all of them, specimens too. `q`: words to find them by."""

    stage: str | None = None
    lifecycle: str | None = None
    country: str | None = None
    programme: str | None = None
    specimens: bool | None = None
    weight: str | None = None
    door: str | None = None
    q: str | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """One who takes part, and as what."""

    party: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One exchange in a list. `due_on`: the day it is awaited; `overdue`: it had passed when the list was read."""

    exchange: str
    reference: str | None
    title: str
    programme: str
    stage: str
    lifecycle: str
    weight: str
    door: str
    lap: int
    parties: tuple[Party, ...]
    entered_on: str | None
    days_in_stage: int
    due_on: str | None
    overdue: bool
    moved_at: str | None
    specimen: bool
    origin: str
    source: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines, and the cursor of the page after them; None when there is none."""

    items: tuple[Line, ...]
    next: str | None


def listed(
    connection: Connection,
    reader: Actor,
    filters: Filters,
    *,
    today: str,
    after: str | None = None,
    limit: int = 50,
    sort: str = OPENED,
    also: Iterable[ColumnElement[bool]] = (),
) -> Page:
    """A page of the exchanges a reader may know of, in one of the orders of SORTS. Raises CursorInvalid.

    also: what more they must fulfil, as `search.found_by` says it.
    """
    query = filtered(filters).where(*also)
    return _page(connection, reader, query, order_of(sort), today=today, after=after, limit=limit)


def overdue(
    connection: Connection,
    reader: Actor,
    filters: Filters,
    *,
    today: str,
    after: str | None = None,
    limit: int = 50,
    sort: str | None = None,
    also: Iterable[ColumnElement[bool]] = (),
) -> Page:
    """A page of the exchanges whose day has passed, those due first leading. Raises CursorInvalid.

    Where `filters` names a programme the index of awaited days gives the page; else it is sorted.
    """
    query = filtered(filters).where(exchanges.c.awaited_on < today, *also)
    order = order_of(sort) if sort else DUE_FIRST
    return _page(connection, reader, query, order, today=today, after=after, limit=limit)


def _page(
    connection: Connection,
    reader: Actor,
    query: Select[Any],
    order: Order,
    *,
    today: str,
    after: str | None,
    limit: int,
) -> Page:
    limit = max(1, min(limit, MOST))
    known = order.sorted(query.where(readable(reader)))
    wanted = order.after(known, order.place(after)) if after else known
    # One more than is shown: it tells whether another page follows.
    found = [standing_of(row) for row in connection.execute(wanted.limit(limit + 1))]
    following = order.cursor(found[limit - 1]) if len(found) > limit else None
    return Page(tuple(line(standing, today) for standing in found[:limit]), following)


def recently_moved(
    connection: Connection, reader: Actor, filters: Filters, *, today: str, limit: int = 10
) -> tuple[Line, ...]:
    """The exchanges that moved last, of those a reader may know of; drafts left out."""
    known = filtered(filters).where(readable(reader))
    wanted = known.where(exchanges.c.moved_at.is_not(None), exchanges.c.stage != "draft")
    # Ids first: sorting rows with all they hold would carry every standing about.
    last = wanted.with_only_columns(exchanges.c.id).order_by(exchanges.c.moved_at.desc(), exchanges.c.id.desc())
    ids = list(connection.scalars(last.limit(limit)))
    rows = connection.execute(select(exchanges).where(exchanges.c.id.in_(ids)))
    found = {row.id: standing_of(row) for row in rows}
    return tuple(line(found[each], today) for each in ids)


def line(standing: Standing, today: str) -> Line:
    """One exchange as a line of a list read on a day."""
    awaited_on = standing.awaited_on
    return Line(
        exchange=standing.exchange,
        reference=standing.reference,
        title=standing.title,
        programme=standing.programme,
        stage=standing.stage,
        lifecycle=standing.lifecycle,
        weight=standing.weight,
        door=standing.door,
        lap=standing.lap,
        parties=tuple(Party(code, tuple(standing.parties[code]["roles"])) for code in standing.members()),
        entered_on=standing.entered_on,
        days_in_stage=calendar_days(standing.entered_on, today),
        due_on=awaited_on,
        overdue=awaited_on is not None and awaited_on < today,
        moved_at=standing.moved_at,
        specimen=standing.is_specimen,
        origin=standing.origin,
        source=standing.source,
    )


def calendar_days(since: str | None, until: str) -> int:
    """How many days lie between two days; none for what has not begun."""
    return max(0, (date.fromisoformat(until) - date.fromisoformat(since)).days) if since else 0


def filtered(filters: Filters) -> Select[Any]:
    """The exchanges that some filters leave, whoever reads them."""
    query = select(exchanges)
    same = {name: getattr(filters, name) for name in ("stage", "lifecycle", "programme", "weight", "door")}
    for name, value in same.items():
        query = query.where(exchanges.c[name] == value) if value is not None else query
    if filters.specimens is not None:
        query = query.where(exchanges.c.specimen == int(filters.specimens))
    if filters.country is not None:
        there = and_(parties.c.exchange == exchanges.c.id, parties.c.party == filters.country)
        query = query.where(exists().where(there, parties.c.left_on.is_(None)))
    return query


def specimens_only(connection: Connection) -> bool:
    """Whether there is no real exchange at all, only specimens (or nothing)."""
    return connection.scalar(select(func.count()).select_from(_a_real_one)) == 0


_a_real_one = select(exchanges.c.id).where(exchanges.c.specimen == 0).limit(1).subquery()
