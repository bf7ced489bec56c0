# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The record behind a paper: an order, and each exchange folded up to it. What was told later is not in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from cycle.evolve import fold
from cycle.items import Item, fold_items
from cycle.moment import day_in
from cycle.programme import Programme
from cycle.standing import Standing
from documents.facts import PaperMark, Text
from ledger.event import Event
from services.desk import Desk
from services.errors import NotFound
from services.paper_facts.phrases import label
from storage import exchanges, streams
from storage.papers import PaperRow


def title_of(programme: Programme) -> Text:
    """What a programme is called."""
    return label(programme.document["title"], programme.first_language)


@dataclass(frozen=True, slots=True)
class Order:
    """A paper and the event that ordered it. `address`: where the paper can be checked, if this house has an address."""

    row: PaperRow
    event: Event
    address: str | None

    def mark(self, programme: Programme, reference: str, *, specimen: bool) -> PaperMark:
        """What identifies the paper: of the day it was ordered, whenever it is drawn."""
        return PaperMark(
            reference=reference,
            version=self.row.version,
            tip=self.event.hash,
            ordered_on=self.ordered_on(programme),
            programme=title_of(programme),
            specimen=specimen,
            public_url=self.address,
            emblem=programme.document["emblem"],
        )

    def ordered_on(self, programme: Programme) -> date:
        """The day the order was recorded: a paper about the past is never dated back."""
        return date.fromisoformat(day_in(self.event.recorded_at, programme.timezone))


@dataclass(frozen=True, slots=True)
class Record:
    """An exchange as it stood when a paper was ordered. `clear`: sealed values by event and field; erased ones are gone."""

    programme: Programme
    standing: Standing
    items: Mapping[str, Item]
    events: tuple[Event, ...]
    clear: Mapping[tuple[int, str], str]

    def of_kind(self, kind: str) -> tuple[Item, ...]:
        """The items of a kind that count, in the order in which they were first said."""
        found = [item for item in self.items.values() if item.kind == kind and not item.struck]
        return tuple(sorted(found, key=lambda item: item.said_seq))

    def one(self, name: str) -> Mapping[str, Any]:
        """What one item says; nothing when it was not said or was struck."""
        item = self.items.get(name)
        return item.body if item and not item.struck else {}

    def day(self, seq: int) -> date:
        """The local day on which an event happened."""
        return date.fromisoformat(day_in(self.events[seq - 1].occurred_at, self.programme.timezone))

    @property
    def reference(self) -> str:
        """The reference, or the id while the exchange is a draft."""
        return self.standing.reference or self.standing.exchange

    @property
    def specimen(self) -> bool:
        return self.standing.is_specimen


def order_of(desk: Desk, connection: Connection, row: PaperRow) -> Order:
    """A paper with the event that ordered it. Raises NotFound."""
    found = tuple(streams.read_stream(connection, row.stream, after=row.ordered_seq - 1, up_to=row.ordered_seq))
    if not found:
        raise NotFound(f"no event {row.ordered_seq} in {row.stream}", paper=row.id)
    address = f"{desk.public_url}/papers/{row.id}" if desk.public_url else None
    return Order(row, found[0], address)


def ordered_exchange(desk: Desk, connection: Connection, order: Order) -> Record:
    """The exchange a paper is about, up to the order itself."""
    return _record(desk, connection, order.row.exchange or "", order.row.ordered_seq, None)


def covered_exchange(desk: Desk, connection: Connection, exchange: str, order: Order) -> Record:
    """An exchange that an agreement covers, with what was recorded by the time of the order."""
    return _record(desk, connection, exchange, None, order.event.recorded_at)


def clear_values(connection: Connection, stream: str) -> Mapping[tuple[int, str], str]:
    """The sealed values of a stream that nobody erased, by event and field."""
    return {(row.seq, row.field): row.value for row in streams.read_sealed(connection, stream)}


def _record(desk: Desk, connection: Connection, exchange: str, up_to: int | None, by: str | None) -> Record:
    stream = exchanges.stream_of(exchange)
    told = streams.read_stream(connection, stream, up_to=up_to)
    events = tuple(event for event in told if by is None or event.recorded_at <= by)
    if not events:
        raise NotFound(f"no exchange {exchange}", exchange=exchange)
    standing = fold(exchange, events)
    programme = desk.programme(connection, standing.programme, standing.programme_version)
    return Record(programme, standing, fold_items(events), events, clear_values(connection, stream))
