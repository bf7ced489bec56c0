# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The register of exceptions: overrides, waivers, lapses, entries in a country's name, and what was told late.

By period, country, officer and kind, the last recorded leading; each with what was answered to it: the country's word to an
entry, the bench's reply to a move that did not wait for its word.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, exists, or_, select, tuple_

from cycle.moment import day_in
from observatory.errors import DayInTheFuture, DaysReversed
from observatory.exports import csv_line
from observatory.orders import not_given_out, opened, sealed_up
from observatory.reading import readable
from people.actors import Actor
from storage.tables import entries, exceptions, exchanges, facts, parties, persons

PAGE = 500
EARLIEST_DAY = "Etc/GMT-14"
"""Where every day comes first: nowhere has a day come that has not come there."""
_KEY = (
    exceptions.c.recorded_at,
    exceptions.c.exchange,
    exceptions.c.seq,
    exceptions.c.kind,
    exceptions.c.what,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which exceptions are asked for. `first`, `last`: days on which they were recorded; `country`: that takes part."""

    first: date | None = None
    last: date | None = None
    country: str | None = None
    officer: str | None = None
    kind: str | None = None
    exchange: str | None = None
    specimens: bool = False


@dataclass(frozen=True, slots=True)
class Irregular:
    """Something outside the ordinary way.

    kind: waiver, not_available, lapse, override, excuse, unheard, on_behalf, contested or back_dated
    officer: id of the person who recorded it · name: what they are called, as long as that is kept
    answer: confirmed, contested or waiting, of an entry; the reply of a bench that was not heard
    """

    exchange: str
    reference: str | None
    seq: int
    kind: str
    what: str
    party: str | None
    bench: str | None
    reason: str | None
    officer: str
    name: str | None
    occurred_at: str
    recorded_at: str
    answer: str | None


@dataclass(frozen=True, slots=True)
class Irregulars:
    """Some exceptions, and the cursor of the page after them; None when there is none."""

    items: tuple[Irregular, ...]
    next: str | None


def register(
    connection: Connection, reader: Actor, asked: Asked, *, after: str | None = None, limit: int = 50
) -> Irregulars:
    """A page of the register, for the exchanges a reader takes part in, or all. Raises CursorInvalid."""
    query = _asked(reader, asked).limit(limit + 1)
    if after is not None:
        query = query.where(tuple_(*_KEY) < _place(after))
    rows = connection.execute(query).all()
    items = _told(connection, rows[:limit])
    last = rows[limit - 1] if len(rows) > limit else None
    return Irregulars(items, _cursor(last) if last else None)


def require_period(asked: Asked, now: str) -> None:
    """Goes on for days in which something can have been recorded; the last may be to come. Raises DaysReversed, DayInTheFuture."""
    if asked.first is None:
        return
    if asked.last is not None and asked.last < asked.first:
        raise DaysReversed(f"a period does not end on {asked.last}, before it begins on {asked.first}")
    day, today = asked.first.isoformat(), day_in(now, EARLIEST_DAY)
    if day > today:
        raise DayInTheFuture(f"{day} has not come yet", day=day, today=today)


def csv_lines(connection: Connection, reader: Actor, asked: Asked) -> Iterator[str]:
    """The header, then a line for each exception; no cell begins like a formula."""
    yield csv_line([field.name for field in fields(Irregular)])
    after = None
    while True:
        page = register(connection, reader, asked, after=after, limit=PAGE)
        yield from (csv_line("" if cell is None else cell for cell in asdict(one).values()) for one in page.items)
        if (after := page.next) is None:
            return


def unheard(connection: Connection, reader: Actor) -> tuple[Irregular, ...]:
    """What waits for a bench: moves that did not wait for its word, and to which it has not replied."""
    own = _asked(reader, Asked(kind="unheard", specimens=True))
    if reader.bench is not None:
        own = own.where(exceptions.c.bench == reader.bench)
    rows = connection.execute(own.where(exceptions.c.party == reader.party).limit(PAGE)).all()
    return tuple(one for one in _told(connection, rows) if one.answer is None)


def _asked(reader: Actor, asked: Asked) -> Select[Any]:
    query = (
        select(exceptions, exchanges.c.reference, persons.c.name)
        .join(exchanges, exchanges.c.id == exceptions.c.exchange)
        .join(persons, persons.c.id == exceptions.c.officer, isouter=True)
        .where(readable(reader, "entry.read"), *_filters(asked))
    )
    return query.order_by(*(column.desc() for column in _KEY))


def _filters(asked: Asked) -> Iterator[ColumnElement[bool]]:
    column = exceptions.c
    if asked.first is not None:
        yield column.recorded_at >= asked.first.isoformat()
    if asked.last is not None:
        # Instants begin with their day, and "~" stands behind every instant of it.
        yield column.recorded_at < f"{asked.last.isoformat()}~"
    if asked.country is not None:
        takes_part = exists().where(parties.c.exchange == column.exchange, parties.c.party == asked.country)
        yield or_(takes_part, column.party == asked.country)
    named = {"officer": asked.officer, "kind": asked.kind, "exchange": asked.exchange}
    yield from (column[name] == value for name, value in named.items() if value is not None)
    if not asked.specimens:
        yield exchanges.c.specimen == 0


def _told(connection: Connection, rows: Iterable[Any]) -> tuple[Irregular, ...]:
    found = tuple(rows)
    known = sorted({row.exchange for row in found})
    answers, replies = _answers(connection, known), _replies(connection, known)
    return tuple(
        Irregular(
            exchange=row.exchange,
            reference=row.reference,
            seq=row.seq,
            kind=row.kind,
            what=row.what,
            party=row.party,
            bench=row.bench,
            reason=row.reason,
            officer=row.officer,
            name=row.name or None,
            occurred_at=row.occurred_at,
            recorded_at=row.recorded_at,
            answer=_answer(row, answers, replies),
        )
        for row in found
    )


def _answer(row: Any, answers: Mapping[tuple[str, int], str], replies: Mapping[tuple[str, str], str]) -> str | None:
    if row.kind == "unheard":
        return replies.get((row.exchange, row.what))
    return answers.get((row.exchange, row.seq)) if row.kind == "on_behalf" else None


def _answers(connection: Connection, known: list[str]) -> dict[tuple[str, int], str]:
    query = select(entries.c.exchange, entries.c.seq, entries.c.status).where(entries.c.exchange.in_(known))
    return {(row.exchange, row.seq): row.status for row in connection.execute(query)}


def _replies(connection: Connection, known: list[str]) -> dict[tuple[str, str], str]:
    """What benches replied, by exchange and word (`paper/party/bench`)."""
    said = (facts.c.exchange.in_(known), facts.c.kind == "reply", facts.c.struck == 0)
    query = select(facts.c.exchange, facts.c.party, facts.c.body).where(*said)
    told = ((row.exchange, row.party, json.loads(row.body)) for row in connection.execute(query))
    return {(exchange, f"{body['paper']}/{party}/{body['bench']}"): body["text"] for exchange, party, body in told}


def _cursor(row: Any) -> str:
    return sealed_up([row.recorded_at, row.exchange, str(row.seq), row.kind, row.what])


def _place(cursor: str) -> tuple[str, str, int, str, str]:
    match opened(cursor):
        case (recorded_at, exchange, seq, kind, what) if seq.isdecimal() and len(seq) < 10:
            return recorded_at, exchange, int(seq), kind, what
        case _:
            raise not_given_out(cursor)
