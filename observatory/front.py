# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The front page: the board's figures, and for who may list exchanges what is overdue and what moved last; one read."""

from dataclasses import dataclass, replace
from datetime import date
from heapq import merge
from itertools import islice

from sqlalchemy import Connection

from cycle.programme import Programme
from observatory.board import Board, board, today_in
from observatory.exchanges import Filters, Line, overdue, recently_moved, specimens_only
from observatory.window import Desk
from people.actors import Actor
from people.policy import can

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Lists:
    """Of the exchanges a reader may know of: those whose day has passed, due first leading, and those that moved last."""

    overdue: tuple[Line, ...]
    moved: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Front:
    """What the front page tells.

    programmes: newest version of each · demonstration: there is no real exchange, so specimens are shown
    lists: as of today, whatever day the board is asked for; None for a reader who lists no exchanges
    """

    board: Board
    today: str
    programmes: tuple[Programme, ...]
    demonstration: bool
    lists: Lists | None


def see_front(
    desk: Desk,
    reader: Actor,
    *,
    programme: str | None = None,
    as_of: date | None = None,
    known_on: date | None = None,
    country: str | None = None,
) -> Front:
    """The front page of one programme, or of all. Raises DayInTheFuture, CountryUnknown, NotFound."""
    now = desk.now()
    with desk.store.read() as connection:
        only = specimens_only(connection)
        seen = board(connection, programme, as_of, known_on, now=now, specimens=only, country=country, reader=reader)
        today = today_in(connection, programme, now)
        known = desk.published(connection)
        wanted = Filters(country=country, programme=programme, specimens=None if only else False)
        slugs = tuple(one.slug for one in known)
        lists = _lists(connection, reader, wanted, slugs, today) if can(reader, "exchange.list").allowed else None
        return Front(seen, today, known, only and seen.total > 0, lists)


def _lists(connection: Connection, reader: Actor, wanted: Filters, slugs: tuple[str, ...], today: str) -> Lists:
    # Programme by programme: so the index of awaited days gives each page.
    each = (replace(wanted, programme=slug) for slug in slugs if wanted.programme in (None, slug))
    late = [overdue(connection, reader, one, today=today, limit=SHOWN).items for one in each]
    due_first = merge(*late, key=lambda line: (line.due_on or "", line.exchange))
    moved = recently_moved(connection, reader, wanted, today=today, limit=SHOWN)
    return Lists(tuple(islice(due_first, SHOWN)), moved)
