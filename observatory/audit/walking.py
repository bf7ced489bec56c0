# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Walking through the ledger: every table in ascending stream, side by side, so that what stands alone shows.

A row that no event explains, or an event whose rows are gone, is met on the way; nothing is looked up one by one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, select

from ledger.event import Event
from storage.streams import event_of
from storage.tables import (
    absences,
    agreements,
    allocations,
    coverage,
    delegations,
    entries,
    events,
    exceptions,
    exchanges,
    facts,
    funding_sources,
    government_changes,
    institution_names,
    institutions,
    members,
    papers,
    parties,
    programmes,
    roles,
    rosters,
    sealed,
    search,
    seats,
    streams,
)

PAGE = 500

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the rows of a table name their stream: the column, and what stands before its value."""

    table: Any
    column: str
    before: str = ""

    def query(self, only: frozenset[str] | None) -> Select[Any]:
        """The rows in ascending stream; `only` those of some streams."""
        column = self.table.c[self.column]
        query: Select[Any] = select(self.table).order_by(column, *self.table.primary_key.columns)
        if only is None:
            return query
        names = [stream.removeprefix(self.before) for stream in only if stream.startswith(self.before)]
        return query.where(column.in_(names))


PLACES: dict[str, Place] = {
    "events": Place(events, "stream"),
    "streams": Place(streams, "id"),
    "sealed": Place(sealed, "stream"),
    "exchanges": Place(exchanges, "id", "exchange/"),
    "parties": Place(parties, "exchange", "exchange/"),
    "facts": Place(facts, "exchange", "exchange/"),
    "search": Place(search, "exchange", "exchange/"),
    "entries": Place(entries, "exchange", "exchange/"),
    "exceptions": Place(exceptions, "exchange", "exchange/"),
    "agreements": Place(agreements, "id", "agreement/"),
    "coverage": Place(coverage, "agreement", "agreement/"),
    "papers": Place(papers, "stream"),
    "programmes": Place(programmes, "stream"),
    "funding_sources": Place(funding_sources, "id", "funding/"),
    "allocations": Place(allocations, "source", "funding/"),
    "rosters": Place(rosters, "id", "roster/"),
    "members": Place(members, "roster", "roster/"),
    "roles": Place(roles, "roster", "roster/"),
    "seats": Place(seats, "roster", "roster/"),
    "delegations": Place(delegations, "roster", "roster/"),
    "absences": Place(absences, "roster", "roster/"),
    "institutions": Place(institutions, "roster", "roster/"),
    "institution_names": Place(institution_names, "roster", "roster/"),
    "government_changes": Place(government_changes, "roster", "roster/"),
}
LEDGER = frozenset({"events", "streams", "sealed"})
DERIVED = tuple(name for name in PLACES if name not in LEDGER)
KEYS = {name: tuple(c.name for c in place.table.primary_key.columns) for name, place in PLACES.items()}


def in_order(text: str) -> bytes:
    """Text as both databases sort it: byte by byte, also bytes that are no text."""
    return text.encode("utf-8", "surrogateescape")


class Shelf:
    """The rows of one table, taken off one stream at a time."""

    def __init__(self, rows: Iterator[Any], stream_of: Callable[[Any], str]) -> None:
        self._rows = rows
        self._stream_of = stream_of
        self._advance()

    def _advance(self) -> None:
        self._row = next(self._rows, None)
        self.stream = None if self._row is None else self._stream_of(self._row)

    def take(self, stream: str) -> Iterator[Any]:
        """The rows of a stream, if it is the next one here."""
        while self._row is not None and self.stream == stream:
            row = self._row
            self._advance()
            yield row


@dataclass(frozen=True, slots=True)
class Visit:
    """All that is stored about one stream. Its events are read as they are asked for, once."""

    stream: str
    events: Iterator[Event]
    row: Row | None
    sealed: list[Row]
    rows: dict[str, list[Row]]


def walk(connection: Connection, only: frozenset[str] | None = None) -> Iterator[Visit]:
    """Every stream that any table names, in ascending order."""
    shelves = {name: _shelf(connection, place, only) for name, place in PLACES.items()}
    while named := [shelf.stream for shelf in shelves.values() if shelf.stream is not None]:
        stream = min(named, key=in_order)
        taken = {name: [row._asdict() for row in shelves[name].take(stream)] for name in PLACES if name != "events"}
        row = next(iter(taken["streams"]), None)
        rows = {name: taken[name] for name in DERIVED}
        told = shelves["events"].take(stream)
        yield Visit(stream, map(event_of, told), row, taken["sealed"], rows)
        for _ in told:
            """Whatever the visitor left unread."""


def _shelf(connection: Connection, place: Place, only: frozenset[str] | None) -> Shelf:
    rows = connection.execute(place.query(only), execution_options={"yield_per": PAGE})
    before, at = place.before, list(place.table.c.keys()).index(place.column)
    return Shelf(iter(rows), lambda row: before + row[at])
