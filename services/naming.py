# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What a fact is about: the item it names or replaces, the event it corrects, the exchange it doubles."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from cycle.commands import StateFact
from cycle.facts import BY_EVENT
from cycle.facts.rule import Place
from cycle.items import Item, item_name
from cycle.programme import Programme
from cycle.standing import Standing
from ledger.event import Event
from services.errors import refused
from storage import exchanges, streams


def command_of(
    connection: Connection,
    programme: Programme,
    standing: Standing,
    kind: str,
    fields: Mapping[str, Any],
    item: str | None,
) -> StateFact:
    """The command that says a fact, with the present state of what it is about."""
    if kind == "correct":
        return _with_the_corrected(connection, standing, fields)
    rule = programme.facts.get(kind)
    if rule is None or rule.place is Place.NEW:
        return StateFact(kind, fields)
    name = item if rule.place is Place.NAMED else _name_or_none(rule, fields)
    return StateFact(kind, fields, _item(connection, standing, name))


def require_no_stray_item(programme: Programme, kind: str, item: str | None) -> None:
    """Only a fact about an item takes the name of one: `measure` begins a new measure, whichever it is handed."""
    rule = programme.facts.get(kind)
    if item and rule and rule.place is not Place.NAMED:
        raise refused("fact.item_not_taken", f"{kind} is about no item that was said before", kind=kind, item=item)


def _name_or_none(rule: Any, fields: Mapping[str, Any]) -> str | None:
    try:
        return item_name(rule, fields, 0)
    except KeyError:
        return None


def _item(connection: Connection, standing: Standing, name: str | None) -> Item | None:
    return exchanges.load_item(connection, standing.exchange, name) if name else None


def _with_the_corrected(connection: Connection, standing: Standing, fields: Mapping[str, Any]) -> StateFact:
    seq = fields.get("event")
    if not isinstance(seq, int) or not 0 < seq <= standing.seq:
        return StateFact("correct", fields)
    event = _event(connection, standing, seq)
    rule = BY_EVENT.get(event.type) if event else None
    if event is None or rule is None or rule.kind == "correct":
        return StateFact("correct", fields)
    found = _item(connection, standing, event.payload["item"])
    retold = found is not None and _is_retold(connection, standing, found, seq)
    return StateFact("correct", fields, found, (rule.kind, event.payload, seq), retold)


def _event(connection: Connection, standing: Standing, seq: int) -> Event | None:
    stream = exchanges.stream_of(standing.exchange)
    return next(streams.read_stream(connection, stream, after=seq - 1, up_to=seq), None)


def _is_retold(connection: Connection, standing: Standing, item: Item, seq: int) -> bool:
    """Whether an item was said anew after an event: the last to touch it is neither that event nor a correction of it."""
    last = _event(connection, standing, item.changed_seq) if item.changed_seq != seq else None
    return last is not None and last.payload.get("event") != seq


def require_another(connection: Connection, standing: Standing, of: object) -> None:
    """A duplicate names another exchange that there is. Raises Refused."""
    found = exchanges.load(connection, exchanges.id_of(connection, str(of)) or str(of))
    if found is None or found.standing.exchange == standing.exchange:
        raise refused("duplicate.exchange_unknown", "names the other exchange, by id or reference", of=str(of)[:80])
