"""The front page: the board with what is overdue and what moved last, seen in one read."""

from dataclasses import dataclass
from datetime import date
from heapq import merge
from itertools import islice

from cycle.programme import Programme
from observatory.board import Board, board, today_in
from observatory.exchanges import Filters, Line, overdue, recently_moved, specimens_only
from observatory.window import Desk
from people.actors import SYSTEM_ACTOR
from storage import programmes

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Front:
    """What the front page tells.

    programmes: newest version of each · demonstration: there is no real exchange, so specimens are shown
    overdue, moved: as of today, whatever day the board is asked for; drafts are nobody's but their parties'
    """

    board: Board
    today: str
    programmes: tuple[Programme, ...]
    demonstration: bool
    overdue: tuple[Line, ...]
    moved: tuple[Line, ...]


def see_front(
    desk: Desk,
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
        seen = board(connection, programme, as_of, known_on, now=now, specimens=only, country=country)
        today = today_in(connection, programme, now)
        slugs = sorted({str(row["slug"]) for row in programmes.listed(connection)})
        shown = [slug for slug in slugs if programme in (None, slug)]
        specimens = None if only else False
        late = [
            overdue(connection, SYSTEM_ACTOR, Filters(None, None, country, slug, specimens), today=today, limit=SHOWN)
            for slug in shown
        ]
        first_due = merge(*(page.items for page in late), key=lambda line: (line.due_on or "", line.exchange))
        moved = recently_moved(connection, Filters(None, None, country, programme, specimens), today=today, limit=SHOWN)
        known = tuple(desk.programme(connection, slug) for slug in slugs)
        return Front(seen, today, known, only and bool(moved), tuple(islice(first_due, SHOWN)), moved)
