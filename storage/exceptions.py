# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What is outside the ordinary way, in the database: the rows that one event of an exchange explains."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, insert

from cycle import events as e
from ledger.event import Event
from people.actors import stood_for
from storage.tables import exceptions

KINDS = (
    "waiver",
    "not_available",
    "lapse",
    "override",
    "excuse",
    "unheard",
    "on_behalf",
    "contested",
    "back_dated",
)
_OF_A_REGISTER = frozenset({e.EXCHANGE_IMPORTED, e.STAGE_RECORDED})
"""What a register brought is as old as it says: nobody told it late."""
_EXCUSES = {"NeedWaived": "waiver", "NeedNotAvailable": "not_available"}


def exception_rows(exchange: str, event: Event) -> list[dict[str, Any]]:
    """A row for each way in which an event is out of the ordinary; none for most events."""
    return [
        {
            "exchange": exchange,
            "seq": event.seq,
            "kind": kind,
            "what": what,
            "party": party,
            "bench": bench,
            "reason": event.payload.get("backdated") or event.payload.get("reason"),
            "officer": event.actor,
            "occurred_at": event.occurred_at,
            "recorded_at": event.recorded_at,
        }
        for kind, what, party, bench in _ways(event)
    ]


def hear(connection: Connection, exchange: str, event: Event) -> None:
    """Writes the ways in which an event just recorded is out of the ordinary."""
    if rows := exception_rows(exchange, event):
        connection.execute(insert(exceptions), rows)


Way = tuple[str, str, str | None, str | None]
"""(kind, what, party, bench)"""


def _ways(event: Event) -> Iterator[Way]:
    payload = event.payload
    if event.type in _EXCUSES:
        yield _EXCUSES[event.type], payload["code"], payload.get("party"), None
    if event.type == e.STAGE_MOVED:
        yield from _of_a_move(payload)
    if event.type == e.ENTRY_CONTESTED:
        yield "contested", f"event {payload['entry']}", payload["party"], None
    if _is_told_for_a_party(event):
        yield "on_behalf", event.type, event.on_behalf_of, None
    if event.occurred_at < event.recorded_at and event.type not in _OF_A_REGISTER:
        yield "back_dated", event.type, event.on_behalf_of, None


def _is_told_for_a_party(event: Event) -> bool:
    """A party's code; for a delegation a person's id stands there, which is the ordinary way."""
    return event.on_behalf_of is not None and stood_for(event.on_behalf_of) is None


def _of_a_move(payload: dict[str, Any]) -> Iterator[Way]:
    for need in payload.get("lapsed", ()):
        yield "lapse", need, None, None
    for need, how in sorted(payload.get("excused", {}).items()):
        yield ("override", need, None, None) if how == "waived" else ("excuse", f"{need}: {how}", None, None)
    for word in payload.get("unheard", ()):
        _, party, bench = word.split("/")
        yield "unheard", word, party, bench
