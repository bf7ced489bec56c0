# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Exchanges as a list of a past day: those a reader may know of, each as it stood then, by what was recorded by another.

What no event has touched since stands as its row says, and is filtered by the database. The rest is folded, a bounded number a
page: a page may then hold fewer lines than asked for, or none, and still name the one after it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, exists, or_, select, true

from cycle.standing import Standing
from observatory.board import Days
from observatory.errors import SortNotOfADay
from observatory.exchange import may_see, stood_on
from observatory.exchanges import MOST, Filters, Page, filtered, line
from observatory.orders import OPENED, Order, order_of, sealed_up
from observatory.reading import readable
from people.actors import Actor
from storage.exchanges import standing_of, stream_of
from storage.streams import event_of
from storage.tables import events, exchanges, parties

AT_ONCE = 100
MOST_LOOKED_AT = 500

Zone = Callable[[Standing], str]
"""The time zone in which an exchange counts its days."""


def listed_on(
    connection: Connection,
    reader: Actor,
    filters: Filters,
    days: Days,
    *,
    zone: Zone,
    overdue: bool = False,
    after: str | None = None,
    limit: int = 50,
    sort: str = OPENED,
    also: Iterable[ColumnElement[bool]] = (),
) -> Page:
    """A page of the exchanges as they stood at the end of `days.as_of`. Raises CursorInvalid, SortNotOfADay."""
    order, limit = _order(sort), max(1, min(limit, MOST))
    query = _candidates(reader, filters, days, overdue).where(*also)
    place, looked_at, found = order.place(after) if after else None, 0, list[Standing]()
    while True:
        rows = connection.execute(_behind(order, query, place)).all()
        for stood in _as_they_stood(connection, rows, days, zone):
            if not _fits(stood, reader, filters, days, overdue=overdue):
                continue
            if len(found) == limit:
                return _page(found, days, order.cursor(found[-1]))
            found.append(stood)
        looked_at += len(rows)
        if len(rows) < AT_ONCE:
            return _page(found, days, None)
        place = (str(rows[-1].id),)
        if looked_at >= MOST_LOOKED_AT:
            return _page(found, days, sealed_up([order.name, *place]))


def _order(sort: str) -> Order:
    order = order_of(sort)
    if order.field != OPENED:
        raise SortNotOfADay("a list of a past day is sorted by `opened` or `-opened`", sort=sort)
    return order


def _behind(order: Order, query: Select[Any], place: tuple[str, ...] | None) -> Select[Any]:
    return order.sorted(order.after(query, place) if place else query).limit(AT_ONCE)


def _page(found: Sequence[Standing], days: Days, following: str | None) -> Page:
    return Page(tuple(line(stood, days.as_of) for stood in found), following)


def _candidates(reader: Actor, filters: Filters, days: Days, overdue: bool) -> Select[Any]:
    """Whatever may have fitted then: what was touched since, and of the rest what fits now."""
    lasting = filtered(replace(filters, stage=None, lifecycle=None, weight=None, country=None))
    if filters.country is not None:
        # Also of who has left since.
        ever = exists().where(parties.c.exchange == exchanges.c.id, parties.c.party == filters.country)
        lasting = lasting.where(ever)
    return lasting.where(
        readable(reader), or_(exchanges.c.recorded_at >= _settled(days), _fits_now(filters, days, overdue))
    )


def _fits_now(filters: Filters, days: Days, overdue: bool) -> ColumnElement[bool]:
    asked = filtered(filters)
    asked = asked.where(exchanges.c.awaited_on < days.as_of) if overdue else asked
    return true() if asked.whereclause is None else asked.whereclause


def _settled(days: Days) -> str:
    """An instant at which both days last in every time zone of the world: what was recorded earlier belongs to them."""
    return f"{min(days.as_of, days.known_on)}T10:00:00.000Z"


def _as_they_stood(connection: Connection, rows: Sequence[Any], days: Days, zone: Zone) -> Iterator[Standing]:
    """The standings of a day, in the order of the rows; what was not known then is left out."""
    now = [standing_of(row) for row in rows]
    touched = {one.exchange: one for one in now if one.recorded_at >= _settled(days)}
    folded = _folded(connection, touched, days, zone)
    for one in now:
        stood = folded.get(one.exchange) if one.exchange in touched else one
        if stood is not None:
            yield stood


def _folded(
    connection: Connection, touched: Mapping[str, Standing], days: Days, zone: Zone
) -> dict[str, Standing | None]:
    named = {stream_of(exchange): standing for exchange, standing in touched.items()}
    if not named:
        return {}
    query = select(events).where(events.c.stream.in_(sorted(named))).order_by(events.c.stream, events.c.seq)
    told = map(event_of, connection.execute(query))
    by_stream = groupby(told, key=lambda event: event.stream)
    return {
        named[stream].exchange: stood_on(named[stream].exchange, its, zone(named[stream]), days)
        for stream, its in by_stream
    }


def _fits(stood: Standing, reader: Actor, filters: Filters, days: Days, *, overdue: bool) -> bool:
    asked = {name: getattr(filters, name) for name in ("stage", "lifecycle", "weight")}
    same = all(value is None or getattr(stood, name) == value for name, value in asked.items())
    there = filters.country is None or filters.country in stood.members()
    return same and there and may_see(stood, reader) and (not overdue or line(stood, days.as_of).overdue)
