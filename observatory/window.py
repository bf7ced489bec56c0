# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The window: what a door asks to see. Each look is one read of one moment, through the policy, for one reader."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from cycle.explain import Explanation, explain
from cycle.items import Item
from cycle.moment import day_in
from cycle.programme import Programme
from cycle.standing import Standing
from ledger.instants import instant
from observatory import agreements as texts
from observatory import board as figures
from observatory import exchange as one
from observatory import exchanges as many
from observatory import exchanges_on as past
from observatory import funding as money
from observatory import history as told
from observatory import ledger as kept
from observatory import registers
from observatory.agreement_texts import Signatory, Version, signatories, versions
from observatory.board import Board
from observatory.errors import NotFound
from observatory.orders import OPENED
from observatory.search import found_by
from people.actors import Actor
from storage import papers, programmes
from storage.papers import PaperRow

LAST_MOMENT = time(23, 59, 59, 999000)


class Reading(Protocol):
    """A store that can be read."""

    def read(self) -> AbstractContextManager[Connection]: ...


class Desk(Protocol):
    """What looking needs of a desk: the store to read, the programmes, the present instant."""

    @property
    def store(self) -> Reading: ...
    @property
    def papers(self) -> Path: ...
    def programme(self, connection: Connection, slug: str, version: int | None = None) -> Programme: ...
    def published(self, connection: Connection) -> tuple[Programme, ...]: ...
    def now(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Seen:
    """An exchange a reader may know of, with its rules and the present day there."""

    connection: Connection
    standing: Standing
    programme: Programme
    today: str


@contextmanager
def looking_at(desk: Desk, reader: Actor, exchange: str) -> Iterator[Seen]:
    """One exchange, by id or reference, for the length of one read. Raises NotFound."""
    with desk.store.read() as connection:
        standing = one.found(connection, reader, exchange)
        programme = desk.programme(connection, standing.programme, standing.programme_version)
        yield Seen(connection, standing, programme, day_in(desk.now(), programme.timezone))


def see_board(
    desk: Desk,
    *,
    programme: str | None = None,
    as_of: date | None = None,
    known_on: date | None = None,
    country: str | None = None,
    specimens: bool = False,
    reader: Actor | None = None,
) -> Board:
    """Where every exchange stood; `reader`: who asks, None for the house itself.

    Raises DayInTheFuture, CountryUnknown, NotFound.
    """
    with desk.store.read() as connection:
        asked = {"now": desk.now(), "specimens": specimens, "country": country, "reader": reader}
        return figures.board(connection, programme, as_of, known_on, **asked)  # type: ignore[arg-type]


def see_exchanges(
    desk: Desk,
    reader: Actor,
    filters: many.Filters,
    *,
    overdue: bool = False,
    after: str | None = None,
    limit: int = 50,
    sort: str | None = None,
    as_of: date | None = None,
    known_on: date | None = None,
) -> many.Page:
    """A page of the exchanges a reader may know of; `overdue`: those whose day has passed.

    as_of, known_on: as they stood at the end of a day, by what was recorded by another. Raises CursorInvalid,
    CountryUnknown, DayInTheFuture, SortNotOfADay.
    """
    with desk.store.read() as connection:
        figures.require_known(connection, filters.programme, filters.country)
        today = figures.today_in(connection, filters.programme, desk.now())
        asked = {"today": today, "after": after, "limit": limit}
        also = tuple(found_by(connection, filters.q, desk.published(connection) if filters.q else ()))
        if as_of or known_on:
            days = figures.days_asked(today, as_of, known_on)
            of_a_day = {"zone": _zones(desk, connection), "overdue": overdue, "sort": sort or OPENED, "also": also}
            return past.listed_on(connection, reader, filters, days, after=after, limit=limit, **of_a_day)  # type: ignore[arg-type]
        if overdue:
            return many.overdue(connection, reader, filters, sort=sort, also=also, **asked)  # type: ignore[arg-type]
        return many.listed(connection, reader, filters, sort=sort or OPENED, also=also, **asked)  # type: ignore[arg-type]


def _zones(desk: Desk, connection: Connection) -> past.Zone:
    return lambda standing: desk.programme(connection, standing.programme, standing.programme_version).timezone


def see_exchange(desk: Desk, reader: Actor, exchange: str) -> one.Whole:
    """One exchange whole. Raises NotFound."""
    with looking_at(desk, reader, exchange) as seen:
        return one.shown(seen.connection, reader, seen.standing, seen.programme, seen.today)


def see_exchange_on(desk: Desk, reader: Actor, exchange: str, as_of: date | None, known_on: date | None) -> many.Line:
    """One exchange as it stood at the end of a day, by what was known by another. Raises NotFound, DayInTheFuture."""
    with looking_at(desk, reader, exchange) as seen:
        days = figures.days_asked(seen.today, as_of, known_on)
        stood = one.as_it_stood(seen.connection, seen.standing, seen.programme, days)
        if not one.may_see(stood, reader):
            raise NotFound(f"nothing of {exchange} by {days.as_of}", exchange=exchange)
        return many.line(stood, days.as_of)


def see_moves(desk: Desk, reader: Actor, exchange: str) -> tuple[Explanation, ...]:
    """Every move from where an exchange stands, explained. Raises NotFound."""
    with looking_at(desk, reader, exchange) as seen:
        return explain(seen.programme, seen.standing, seen.today)


def see_history(desk: Desk, reader: Actor, exchange: str, *, after: int = 0, limit: int = told.MOST) -> told.Pages:
    """A page of an exchange's events, without those of a draft that was another's. Raises NotFound, CursorInvalid."""
    with looking_at(desk, reader, exchange) as seen:
        return events_of(seen, reader, after=after, limit=limit)


def events_of(seen: Seen, reader: Actor, *, after: int, limit: int) -> told.Pages:
    """The same of an exchange that is being looked at. Raises CursorInvalid."""
    after = max(after, one.draft_hidden_from(seen.connection, seen.standing, reader)) if after >= 0 else after
    pages = told.history(seen.connection, seen.standing.exchange, after=after, limit=limit)
    return pages if one.may_list_evidence(seen.standing, reader) else told.without_evidence(pages)


def see_papers(desk: Desk, reader: Actor, exchange: str) -> tuple[PaperRow, ...]:
    """The papers about an exchange. Raises NotFound."""
    with looking_at(desk, reader, exchange) as seen:
        return papers.of_exchange(seen.connection, seen.standing.exchange)


def see_paper(desk: Desk, reader: Actor, paper: str) -> PaperRow:
    """A drawn paper of an exchange or an agreement the reader may know of. Raises NotFound."""
    with desk.store.read() as connection:
        row = papers.find(connection, paper)
        if row is None or row.sha256 is None:
            raise NotFound(f"no drawn paper {paper}", paper=paper)
        if row.agreement is not None:
            texts.found(connection, reader, row.agreement)
        else:
            one.found(connection, reader, row.exchange or "")
        return row


def see_facts(desk: Desk, reader: Actor, exchange: str) -> tuple[Item, ...]:
    """Everything that was said in an exchange, in the order in which it was first said. Raises NotFound."""
    with looking_at(desk, reader, exchange) as seen:
        return one.said_in(seen.connection, reader, seen.standing)


def see_agreements(
    desk: Desk,
    reader: Actor,
    *,
    status: str | None = None,
    exchange: str | None = None,
    after: str = "",
    limit: int = 50,
) -> texts.Lines:
    """A page of the agreements a reader may know of."""
    with desk.store.read() as connection:
        return texts.listed(connection, reader, status=status, exchange=exchange, after=after, limit=limit)


def see_agreement(desk: Desk, reader: Actor, agreement: str) -> texts.Text:
    """One agreement whole. Raises NotFound."""
    with desk.store.read() as connection:
        return texts.shown(connection, texts.found(connection, reader, agreement))


def see_versions(desk: Desk, reader: Actor, agreement: str) -> tuple[Version, ...]:
    """Every version of an agreement's text. Raises NotFound."""
    with desk.store.read() as connection:
        return versions(connection, texts.found(connection, reader, agreement))


def see_signatories(desk: Desk, reader: Actor, agreement: str) -> tuple[Signatory, ...]:
    """Who signs an agreement, by office. Raises NotFound."""
    with desk.store.read() as connection:
        return signatories(texts.found(connection, reader, agreement))


def end_of(desk: Desk, reader: Actor, exchange: str, day: date) -> str | None:
    """The last instant of a day where an exchange is at home; None for today, which has not ended. Raises NotFound."""
    with looking_at(desk, reader, exchange) as seen:
        return _end_of(seen.programme.timezone, seen.today, day)


def end_of_day(desk: Desk, programme: str, day: date) -> str | None:
    """The last instant of a day in a programme's time zone; None for today. Raises NotFound."""
    with desk.store.read() as connection:
        zone = desk.programme(connection, programme).timezone
    return _end_of(zone, day_in(desk.now(), zone), day)


def _end_of(zone: str, today: str, day: date) -> str | None:
    return None if day.isoformat() == today else instant(datetime.combine(day, LAST_MOMENT, ZoneInfo(zone)))


def only_programme(desk: Desk) -> str:
    """The one programme that is published. Raises NotFound where there are several, or none."""
    with desk.store.read() as connection:
        slugs = programmes.slugs(connection)
    if len(slugs) != 1:
        raise NotFound(f"name one of the published programmes: {', '.join(slugs)}")
    return slugs[0]


def see_programmes(desk: Desk) -> tuple[dict[str, object], ...]:
    """Every published version, by slug and version."""
    with desk.store.read() as connection:
        return tuple(programmes.listed(connection))


def see_programme(desk: Desk, slug: str) -> tuple[dict[str, object], ...]:
    """Every published version of one programme. Raises NotFound."""
    found = tuple(row for row in see_programmes(desk) if row["slug"] == slug)
    if not found:
        raise NotFound(f"no published programme {slug}", programme=slug)
    return found


def see_programme_version(desk: Desk, slug: str, version: int) -> Mapping[str, Any]:
    """The resolved document of one published version. Raises NotFound."""
    with desk.store.read() as connection:
        document = programmes.load(connection, slug, version)
    if document is None:
        raise NotFound(f"no version {version} of a programme {slug}", programme=slug, version=version)
    return document


def see_follow_up(
    desk: Desk, reader: Actor, *, after: str | None = None, limit: int = 50, specimens: bool = False
) -> registers.Measures:
    """A page of what is still owed after exchanges. Raises CursorInvalid."""
    with desk.store.read() as connection:
        return registers.measures(connection, reader, after=after, limit=limit, specimens=specimens)


def see_sources(desk: Desk, *, after: str = "", limit: int = 50) -> money.Sources:
    """A page of the funding sources, as they were registered."""
    with desk.store.read() as connection:
        return money.sources(connection, after=after, limit=limit)


def see_source(desk: Desk, source: str) -> money.Source:
    """One funding source with what it sets aside. Raises NotFound."""
    with desk.store.read() as connection:
        return money.source(connection, source)


def see_ledger(desk: Desk) -> kept.Ledger:
    """How much the ledger holds."""
    with desk.store.read() as connection:
        return kept.summed(connection)


def see_stream(desk: Desk, kind: str, name: str, *, after: int = 0, limit: int = 100) -> kept.Stream:
    """A page of one stream's events as they are stored. Raises NotFound."""
    with desk.store.read() as connection:
        return kept.stream_shown(connection, kind, name, after=after, limit=limit)
