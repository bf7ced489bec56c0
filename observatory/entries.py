# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Entries as a country sees them: what was told in its name, how it came, and whether it has been answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select, tuple_

from cycle.programme import Programme
from ledger.event import Event
from observatory.exceptions import Irregular
from observatory.history import NOT_TOLD
from observatory.orders import not_given_out, opened, sealed_up
from observatory.reading import readable
from observatory.window import Desk
from people.actors import Actor
from people.policy import rule_of
from people.table import ANY
from storage import entries as stored
from storage import streams
from storage.entries import WAITING, Entry
from storage.exchanges import stream_of
from storage.tables import entries, events, exchanges, persons


@dataclass(frozen=True, slots=True)
class Entries:
    """Some entries, and the cursor of the page after them; None when there is none."""

    items: tuple[Entry, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as a person reads it: in which exchange, by whom, and what was said.

    officer: their name, None when it is kept no more · said: the fields of the event, without what Minga added
    labels: what the exchange's programme calls its codes, by code and language
    """

    entry: Entry
    reference: str | None
    title: str
    specimen: bool
    officer: str | None
    said: Mapping[str, Any]
    labels: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Unheard:
    """A move that did not wait for a bench's word, as a person reads it. `labels` as above."""

    move: Irregular
    title: str
    specimen: bool
    labels: Mapping[str, Mapping[str, str]]


def shown(desk: Desk, connection: Connection, found: tuple[Entry, ...]) -> tuple[Shown, ...]:
    """Some entries, each with what its event says."""
    about, names, events_at = _about(connection, found), _officers(connection, found), _events(connection, found)
    labels = {pinned: labels_of(desk.programme(connection, *pinned)) for pinned in set(map(_pinned, about.values()))}
    return tuple(
        Shown(
            entry=entry,
            reference=about[entry.exchange].reference,
            title=about[entry.exchange].title,
            specimen=bool(about[entry.exchange].specimen),
            officer=names.get(entry.officer) or None,
            said=_said(events_at[entry.exchange, entry.seq]),
            labels=labels[_pinned(about[entry.exchange])],
        )
        for entry in found
    )


def unheard_shown(desk: Desk, connection: Connection, found: tuple[Irregular, ...]) -> tuple[Unheard, ...]:
    """Some moves that did not wait, each with what it is about."""
    about = _about(connection, found)
    return tuple(
        Unheard(
            move=one,
            title=about[one.exchange].title,
            specimen=bool(about[one.exchange].specimen),
            labels=labels_of(desk.programme(connection, *_pinned(about[one.exchange]))),
        )
        for one in found
    )


def _about(connection: Connection, found: Iterable[Entry | Irregular]) -> dict[str, Any]:
    """The rows of the exchanges that entries or moves are about, by id."""
    named = exchanges.c.id.in_(sorted({one.exchange for one in found}))
    pinned = (exchanges.c.programme, exchanges.c.programme_version)
    query = select(exchanges.c.id, exchanges.c.reference, exchanges.c.title, exchanges.c.specimen, *pinned)
    return {row.id: row for row in connection.execute(query.where(named))}


def _pinned(row: Any) -> tuple[str, int]:
    return row.programme, row.programme_version


def _officers(connection: Connection, found: Iterable[Entry]) -> dict[str, str]:
    query = select(persons.c.id, persons.c.name).where(persons.c.id.in_(sorted({one.officer for one in found})))
    return {row.id: row.name for row in connection.execute(query)}


def _events(connection: Connection, found: Iterable[Entry]) -> dict[tuple[str, int], Event]:
    """The events that were entered, by exchange and seq."""
    at = {(stream_of(one.exchange), one.seq): (one.exchange, one.seq) for one in found}
    query = select(events).where(tuple_(events.c.stream, events.c.seq).in_(list(at)))
    return {at[event.stream, event.seq]: event for event in map(streams.event_of, connection.execute(query))}


def labels_of(programme: Programme) -> Mapping[str, Mapping[str, str]]:
    """What a programme calls its codes, by code and language."""
    document = programme.document
    lists: Iterable[Any] = (document["benches"], *document["vocabularies"].values())
    listed = {one["code"]: one["labels"] for words in lists for one in words if "labels" in one}
    named = {code: one["labels"] for group in ("stages", "weights", "papers") for code, one in document[group].items()}
    return {**listed, **named}


def count_waiting(connection: Connection, reader: Actor) -> int:
    """How many entries wait for the word of a reader's party, in exchanges it may know of."""
    own = (entries.c.party == reader.party, entries.c.status == WAITING)
    known = select(exchanges.c.id).where(readable(reader))
    query = select(func.count()).select_from(entries).where(*own, entries.c.exchange.in_(known))
    return connection.scalar(query) or 0


def _said(event: Event) -> Mapping[str, Any]:
    return {name: value for name, value in sorted(event.payload.items()) if name not in NOT_TOLD | {"came"}}


def entries_of(
    connection: Connection, reader: Actor, *, waiting: bool = False, after: str | None = None, limit: int = 50
) -> Entries:
    """A page of the entries in the name of a reader's party; whoever reads all sees all. Raises CursorInvalid.

    Of exchanges the reader may know of alone: one may have been entered for a country that left since.
    """
    party = None if rule_of("entry.read").relations_of(reader.role) == ANY else reader.party
    status = WAITING if waiting else None
    place = _place(after) if after else None
    found = stored.of_party(connection, party, status, place, limit + 1, readable(reader))
    last = found[limit - 1] if len(found) > limit else None
    return Entries(found[:limit], sealed_up([last.exchange, str(last.seq)]) if last else None)


def _place(cursor: str) -> tuple[str, int]:
    match opened(cursor):
        case (exchange, seq) if seq.isdecimal() and len(seq) < 10:
            return exchange, int(seq)
        case _:
            raise not_given_out(cursor)
