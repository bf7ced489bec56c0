# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Streams in the database: locked, appended to, read."""

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, bindparam, select, update

from ledger.event import GENESIS, Event, Tip
from ledger.sealing import SealedRow
from storage.errors import ChangedMeanwhile
from storage.prepared import Prepared, adding
from storage.tables import events, sealed, streams

PAGE = 1000
COLUMNS = tuple(column.name for column in events.columns)


class StreamRow(NamedTuple):
    """A row of `streams`."""

    id: str
    kind: str
    tip: Tip


def lock(connection: Connection, ids: Sequence[str]) -> dict[str, Tip]:
    """The tip of each stream, GENESIS for one without events; nobody else extends them meanwhile.

    Rows are locked in ascending id, so that two writers of the same streams never wait for each
    other.
    """
    found = {row.id: Tip(row.seq, row.tip) for name in sorted(set(ids)) for row in _lock(connection, name)}
    return {name: found.get(name, GENESIS) for name in ids}


def append(connection: Connection, written: Sequence[Event], sealed_rows: Sequence[SealedRow] = ()) -> None:
    """Stores events made by `ledger.chain.extend`, and the sealed values that belong to them.

    Raises ChangedMeanwhile when a stream is not where its first new event expects it.
    """
    # In ascending id, as everywhere: two writers that touch the same streams meet in the same
    # order.
    for _, group in groupby(sorted(written, key=_by_stream), key=_by_stream):
        of_stream = list(group)
        _compare_and_set(connection, of_stream[0], of_stream[-1])
    _insert_events.many(connection, [_row(event) for event in written])
    _insert_sealed.many(connection, [_sealed(row) for row in sealed_rows])


def read_stream(connection: Connection, stream: str, after: int = 0, up_to: int | None = None) -> Iterator[Event]:
    """The events with seq above `after` and at most `up_to`, read a thousand at a time."""
    last = 2**31 - 1 if up_to is None else up_to
    while True:
        page = _page.rows(connection, {"stream": stream, "after": after, "up_to": last})
        yield from map(event_of, page)
        if len(page) < PAGE:
            return
        after = page[-1].seq


def read_sealed(connection: Connection, stream: str) -> tuple[SealedRow, ...]:
    """The sealed values of a stream that nobody erased, by seq and field."""
    return tuple(SealedRow(*row) for row in _sealed_of.rows(connection, {"stream": stream}))


def all_streams(connection: Connection, after: str = "") -> Iterator[StreamRow]:
    """Every row of `streams` in ascending id, read a thousand at a time."""
    while page := _streams_page.rows(connection, {"after": after}):
        yield from (StreamRow(row.id, row.kind, Tip(row.seq, row.tip)) for row in page)
        after = page[-1].id


def event_of(row: Any) -> Event:
    """The event that a row of `events` holds.

    Its payload is empty when somebody made the text no JSON object.
    """
    return Event(
        stream=row.stream,
        seq=row.seq,
        type=row.type,
        v=row.v,
        payload=_payload(row.payload),
        actor=row.actor,
        on_behalf_of=row.on_behalf_of,
        occurred_at=row.occurred_at,
        recorded_at=row.recorded_at,
        programme_version=row.programme_version,
        previous=row.previous,
        canonical=bytes(row.canonical),
        hash=row.hash,
        payload_text=row.payload,
    )


def _payload(text: str) -> dict[str, Any]:
    """Never raises: the audit must be able to read a damaged row to say that it is damaged."""
    try:
        payload = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return payload if isinstance(payload, dict) else {}


def _by_stream(event: Event) -> str:
    return event.stream


def _compare_and_set(connection: Connection, first: Event, last: Event) -> None:
    expected = first.seq - 1
    if expected == 0:
        changed = _begin(connection, _stream_row(last))
    else:
        changed = _move(
            connection,
            {
                "id": last.stream,
                "expected": expected,
                "previous": first.previous,
                "new_seq": last.seq,
                "new_tip": last.hash,
            },
        )
    if changed != 1:
        raise ChangedMeanwhile(last.stream, expected)


def _stream_row(last: Event) -> dict[str, Any]:
    kind = last.stream.partition("/")[0]
    return {"id": last.stream, "kind": kind, "seq": last.seq, "tip": last.hash}


def _row(event: Event) -> dict[str, Any]:
    return {
        "stream": event.stream,
        "seq": event.seq,
        "type": event.type,
        "v": event.v,
        "payload": event.payload_text,
        "actor": event.actor,
        "on_behalf_of": event.on_behalf_of,
        "occurred_at": event.occurred_at,
        "recorded_at": event.recorded_at,
        "programme_version": event.programme_version,
        "previous": event.previous,
        "canonical": event.canonical,
        "hash": event.hash,
    }


def _sealed(row: SealedRow) -> dict[str, Any]:
    return {
        "stream": row.stream,
        "seq": row.seq,
        "field": row.field,
        "value": row.value,
        "salt": row.salt,
    }


def _locking(stream: Any) -> Select[tuple[str, int, str]]:
    # SQLite ignores FOR UPDATE: its writer holds the whole database already.
    return select(streams.c.id, streams.c.seq, streams.c.tip).where(streams.c.id == stream).with_for_update()


def _lock(connection: Connection, stream: str) -> list[Any]:
    return _lock_one.rows(connection, {"stream": stream})


_lock_one = Prepared(_locking(bindparam("stream")))
_begin = Prepared(adding(streams))
_move = Prepared(
    update(streams)
    .where(
        streams.c.id == bindparam("id"),
        streams.c.seq == bindparam("expected"),
        streams.c.tip == bindparam("previous"),
    )
    .values(seq=bindparam("new_seq"), tip=bindparam("new_tip"))
)
_insert_events = Prepared(events.insert())
_insert_sealed = Prepared(sealed.insert())
_page = Prepared(
    select(events)
    .where(
        events.c.stream == bindparam("stream"),
        events.c.seq > bindparam("after"),
        events.c.seq <= bindparam("up_to"),
    )
    .order_by(events.c.seq)
    .limit(PAGE)
)
_sealed_of = Prepared(
    select(sealed).where(sealed.c.stream == bindparam("stream")).order_by(sealed.c.seq, sealed.c.field)
)
_streams_page = Prepared(select(streams).where(streams.c.id > bindparam("after")).order_by(streams.c.id).limit(PAGE))
