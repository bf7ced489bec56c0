# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Entries in a country's name, in the database: opened by the event an officer recorded, answered by the country's own.

The rows are what the events of the exchange explain; recording, rebuilding and the audit make them with the same functions.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, insert, select, tuple_, update

from cycle import events as e
from ledger.event import Event
from storage.tables import entries, exchanges

WAITING = "waiting"
_STATUS = {e.ENTRY_CONFIRMED: "confirmed", e.ENTRY_CONTESTED: "contested"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as stored. `seq` names it within its exchange."""

    exchange: str
    seq: int
    party: str
    type: str
    item: str | None
    came_by: str
    came_on: str
    officer: str
    recorded_at: str
    status: str
    answered_seq: int | None
    answered_by: str | None
    answered_at: str | None
    reason: str | None


def is_entry(event: Event) -> bool:
    """Whether an officer entered this in a country's name: it says how it came."""
    return event.on_behalf_of is not None and "came" in event.payload


def entry_row(exchange: str, event: Event) -> dict[str, Any]:
    """The row that an entered event opens."""
    came = event.payload["came"]
    return {
        "exchange": exchange,
        "seq": event.seq,
        "party": event.on_behalf_of,
        "type": event.type,
        "item": event.payload.get("item"),
        "came_by": came["by"],
        "came_on": came["on"],
        "officer": event.actor,
        "recorded_at": event.recorded_at,
        "status": WAITING,
        "answered_seq": None,
        "answered_by": None,
        "answered_at": None,
        "reason": None,
    }


def answer_values(event: Event) -> dict[str, Any]:
    """What the country's answer changes in the row it is about."""
    return {
        "status": _STATUS[event.type],
        "answered_seq": event.seq,
        "answered_by": event.actor,
        "answered_at": event.recorded_at,
        "reason": event.payload.get("reason"),
    }


def hear(connection: Connection, exchange: str, event: Event) -> None:
    """Writes what an event just recorded says about entries; most say nothing."""
    if is_entry(event):
        connection.execute(insert(entries), entry_row(exchange, event))
    elif event.type in e.ANSWERS:
        named = (entries.c.exchange == exchange, entries.c.seq == event.payload["entry"])
        connection.execute(update(entries).where(*named).values(answer_values(event)))


def find(connection: Connection, exchange: str, seq: int) -> Entry | None:
    """One entry, by the event that was entered."""
    row = connection.execute(select(entries).where(entries.c.exchange == exchange, entries.c.seq == seq)).first()
    return Entry(*row) if row else None


def of_party(
    connection: Connection,
    party: str | None,
    status: str | None,
    after: tuple[str, int] | None,
    limit: int,
    among: ColumnElement[bool],
) -> tuple[Entry, ...]:
    """Entries in a party's name (None: in anybody's), by exchange and event.

    after: the last one seen · among: which rows of `exchanges` they may be about
    """
    about = entries.join(exchanges, exchanges.c.id == entries.c.exchange)
    query = select(entries).select_from(about).where(among)
    query = query.order_by(entries.c.exchange, entries.c.seq).limit(limit)
    if party is not None:
        query = query.where(entries.c.party == party)
    if status is not None:
        query = query.where(entries.c.status == status)
    if after is not None:
        query = query.where(tuple_(entries.c.exchange, entries.c.seq) > after)
    return tuple(Entry(*row) for row in connection.execute(query))


def count_waiting(connection: Connection, parties: Collection[str]) -> int:
    """How many entries in the name of some parties nobody has answered."""
    waiting = (entries.c.party.in_(sorted(parties)), entries.c.status == WAITING)
    return connection.scalar(select(func.count()).select_from(entries).where(*waiting)) or 0
