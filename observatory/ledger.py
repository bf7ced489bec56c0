# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The ledger from outside: how much there is, what waits to be sealed, and one stream's events as they are stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from observatory.errors import NotFound
from storage import streams as stored
from storage.tables import streams

MOST = 500


@dataclass(frozen=True, slots=True)
class Ledger:
    """`streams`: how many of each kind; `waiting`: events that no sealed tree covers yet."""

    events: int
    streams: Mapping[str, int]
    waiting: int


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event as it is stored. `payload` shows digests where values were sealed."""

    seq: int
    type: str
    v: int
    actor: str
    on_behalf_of: str | None
    occurred_at: str
    recorded_at: str
    programme_version: str | None
    payload: Mapping[str, Any]
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Stream:
    """Some events of a stream, and the seq after which the next page begins. `version`: its last event."""

    stream: str
    items: tuple[EventLine, ...]
    next: int | None
    version: int


def summed(connection: Connection) -> Ledger:
    """What the ledger holds. Nothing is sealed into a tree yet, so every event waits."""
    found = connection.execute(
        select(streams.c.kind, func.count().label("many"), func.sum(streams.c.seq).label("long")).group_by(
            streams.c.kind
        )
    ).all()
    total = sum(int(row.long) for row in found)
    return Ledger(total, {row.kind: row.many for row in sorted(found)}, total)


def stream_shown(connection: Connection, kind: str, name: str, *, after: int = 0, limit: int = 100) -> Stream:
    """A page of a stream's events. Raises NotFound."""
    stream = f"{kind}/{name}"
    seq = connection.scalar(select(streams.c.seq).where(streams.c.id == stream))
    if seq is None:
        raise NotFound(f"no stream {stream}", stream=stream)
    limit = max(1, min(limit, MOST))
    found = stored.read_stream(connection, stream, after=after, up_to=min(after + limit, 2**31 - 1))
    lines = tuple(_line(event) for event in found)
    return Stream(stream, lines, lines[-1].seq if lines and lines[-1].seq < seq else None, int(seq))


def _line(event: Any) -> EventLine:
    return EventLine(**{name: getattr(event, name) for name in EventLine.__dataclass_fields__})
