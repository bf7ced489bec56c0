# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""History: the events of one exchange as lines a person reads, with what was corrected struck but never hidden."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from cycle import events as e
from cycle.facts import BY_EVENT
from ledger.event import Event
from observatory.errors import CursorInvalid
from storage import exchanges, streams
from storage.tables import events, persons

MOST = 500
_LONGEST = 160
NOT_TOLD = frozenset({"counts", "number", "item", "backdated", "by_itself", "owed", "was", "row"})


@dataclass(frozen=True, slots=True)
class Happened:
    """One event as a line. `who`: the person's name, else their id; `struck`: by a later correction."""

    seq: int
    occurred_at: str
    recorded_at: str
    type: str
    who: str
    on_behalf_of: str | None
    summary: str
    struck: bool
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Pages:
    """Some events in order, and the seq after which the next page begins; None when there is none."""

    items: tuple[Happened, ...]
    next: int | None


def history(connection: Connection, exchange: str, *, after: int = 0, limit: int = MOST) -> Pages:
    """A page of an exchange's events, by id. Raises CursorInvalid."""
    if after < 0:
        raise CursorInvalid("a history begins at event 1", cursor=after)
    limit = max(1, min(limit, MOST))
    stream = exchanges.stream_of(exchange)
    found = list(streams.read_stream(connection, stream, after=after, up_to=after + limit + 1))
    told = found[:limit]
    struck = _struck(connection, stream)
    names = _names(connection, {event.actor for event in told})
    lines = tuple(_line(event, names, event.seq in struck) for event in told)
    return Pages(lines, told[-1].seq if len(found) > limit else None)


def last_event(connection: Connection, exchange: str, before: int | None = None) -> int:
    """The seq of an exchange's last event, by id, or of the last before another; 0 where there is none."""
    query = select(func.max(events.c.seq)).where(events.c.stream == exchanges.stream_of(exchange))
    return connection.scalar(query if before is None else query.where(events.c.seq < before)) or 0


def without_evidence(pages: Pages) -> Pages:
    """The same page without what was said of files."""
    told = (line for line in pages.items if not str(line.payload.get("item", "")).startswith("evidence-"))
    return Pages(tuple(told), pages.next)


def _line(event: Event, names: Mapping[str, str], struck: bool) -> Happened:
    said = summary(event.type, event.payload)
    who = (names.get(event.actor, event.actor), event.on_behalf_of)
    return Happened(event.seq, event.occurred_at, event.recorded_at, event.type, *who, said, struck, event.payload)


def summary(kind: str, payload: Mapping[str, Any]) -> str:
    """What an event says, in one line."""
    match kind:
        case e.EXCHANGE_DRAFTED | e.EXCHANGE_IMPORTED:
            return _joined([str(payload["title"]), *(f"{p['party']} {p['role']}" for p in payload["parties"])])
        case e.STAGE_MOVED:
            return _joined([f"{payload['from']} → {payload['to']}", payload["move"], *_said(payload, _OF_A_MOVE)])
        case e.STAGE_RECORDED:
            return _joined([f"in {payload['to']}, {payload['lifecycle']}", f"since {payload['on']}"])
        case e.LIFECYCLE_CHANGED:
            return _joined([f"now {payload['lifecycle']}", payload["move"], *_said(payload, _OF_A_MOVE)])
        case e.PARTY_REPLACED:
            return _joined([f"{payload['old']} → {payload['new']}", *_said(payload, ("reason",))])
        case e.PAPER_ORDERED | e.PAPER_DRAWN_UP:
            return _joined([*_said(payload, ("kind", "languages", "version", "pages", "sha256"))])
        case e.CORRECTED:
            return _joined([f"event {payload['event']}", payload["reason"], *_fields(payload["right"])])
        case _ if kind in BY_EVENT:
            return _joined([str(payload["item"]), *_fields(payload)])
        case _:
            return _joined(_fields(payload))


_OF_A_MOVE = ("counterpart", "reason", "review_on", "due_on", "lap", "lapsed", "excused", "reference")


def _said(payload: Mapping[str, Any], names: Sequence[str]) -> list[str]:
    return [f"{name}: {_value(payload[name])}" for name in names if payload.get(name)]


def _fields(payload: Mapping[str, Any]) -> list[str]:
    return [f"{name}: {_value(value)}" for name, value in sorted(payload.items()) if name not in NOT_TOLD]


def _value(value: Any) -> str:
    match value:
        case True:
            return "yes"
        case {"sealed": _}:
            return "(sealed)"
        case Mapping():
            return ", ".join(f"{name} {_value(one)}" for name, one in sorted(value.items()))
        case list() | tuple():
            return ", ".join(_value(one) for one in value)
        case _:
            return str(value)


def _joined(parts: Iterable[str]) -> str:
    whole = "; ".join(" ".join(part.split()) for part in parts if part)
    return whole if len(whole) <= _LONGEST else whole[: _LONGEST - 1].rstrip() + "…"


def _struck(connection: Connection, stream: str) -> frozenset[int]:
    """The events that later ones corrected."""
    query = select(events).where(events.c.stream == stream, events.c.type == e.CORRECTED)
    return frozenset(int(streams.event_of(row).payload["event"]) for row in connection.execute(query))


def _names(connection: Connection, people: Iterable[str]) -> dict[str, str]:
    query = select(persons.c.id, persons.c.name).where(persons.c.id.in_(sorted(people)))
    return {row.id: row.name for row in connection.execute(query)}
