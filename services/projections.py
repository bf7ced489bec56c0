# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Projections rebuilt: the rows that events explain, written anew wherever they are not what the events say.

Each stream is folded outside a transaction and mended in one of its own, so that nobody waits for the whole; the flow is
mended last. The ledger is taken at its word: `minga audit verify` first says whether it may be.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, insert, select, text

from ledger.event import Event
from people.actors import Actor
from people.policy import can
from services.desk import Desk
from services.errors import ServiceError, require
from storage import flow, streams
from storage.flow import FlowKey
from storage.rosters import PARTS
from storage.search import build_index
from storage.store import Store
from storage.tables import (
    agreements,
    allocations,
    coverage,
    entries,
    exceptions,
    exchanges,
    facts,
    funding_sources,
    papers,
    parties,
    rosters,
    search,
)
from storage.tables import streams as stream_table

TRIES = 5
BATCH = 500

Row = Mapping[str, Any]
Zone = Callable[[str, int], str]


@dataclass(frozen=True, slots=True)
class Explained:
    """What a stream's events explain: rows by table, and what they add to the flow."""

    rows: Mapping[str, list[dict[str, Any]]]
    flow: Mapping[FlowKey, int] = field(default_factory=dict)


Explain = Callable[[str, Iterable[Event], Zone], Explained]
"""(stream, its events in order, time zones) → what they explain."""


class StreamDamaged(ServiceError):
    """The events of a stream do not fold."""

    code = "projections.stream_damaged"


class StreamRestless(ServiceError):
    """A stream got new events every time it had been folded."""

    code = "storage.busy"


@dataclass(slots=True)
class Rebuilt:
    """How many streams were looked at, how many had a row to mend, and how many figures of the flow."""

    streams: int = 0
    mended: int = 0
    strays: int = 0
    figures: int = 0


# Table by table: which rows belong to a stream, by the id in its name, and whose they are when there is no such stream.
_OWN: Mapping[str, Mapping[str, tuple[Table, ColumnElement[Any]]]] = {
    "exchange": {
        "exchanges": (exchanges, exchanges.c.id),
        "parties": (parties, parties.c.exchange),
        "facts": (facts, facts.c.exchange),
        "search": (search, search.c.exchange),
        "entries": (entries, entries.c.exchange),
        "exceptions": (exceptions, exceptions.c.exchange),
    },
    "agreement": {"agreements": (agreements, agreements.c.id), "coverage": (coverage, coverage.c.agreement)},
    "funding": {
        "funding_sources": (funding_sources, funding_sources.c.id),
        "allocations": (allocations, allocations.c.source),
    },
    "roster": {
        "rosters": (rosters, rosters.c.id),
        **{part.table.name: (part.table, part.table.c.roster) for part in PARTS},
    },
}


def rebuild(desk: Desk, actor: Actor, explain: Explain) -> Rebuilt:
    """Makes every derived row what the events explain. Raises Refused, StreamDamaged, StreamRestless."""
    require(can(actor, "projection.rebuild"))
    done, seen, sums = Rebuilt(), dict[str, int](), Counter[FlowKey]()
    zone = _zones(desk)
    for stream in _derived_streams(desk.store):
        seq, explained, mended = _mend(desk, stream, explain, zone)
        seen[stream] = seq
        sums.update(explained.flow)
        done.streams += 1
        done.mended += mended
    desk.store.write(build_index)
    done.strays = desk.store.write(_without_strays)
    done.figures = desk.store.write(lambda connection: _mend_flow(connection, seen, sums, explain, zone))
    return done


def _zones(desk: Desk) -> Zone:
    @cache
    def zone(slug: str, version: int) -> str:
        with desk.store.read() as connection:
            return desk.programme(connection, slug, version).timezone

    return zone


def _derived_streams(store: Store) -> Iterator[str]:
    """The streams that rows are derived from, a page at a time, so that no read is held open throughout."""
    after = ""
    while True:
        with store.read() as connection:
            query = select(stream_table.c.id, stream_table.c.kind).where(stream_table.c.id > after)
            page = connection.execute(query.order_by(stream_table.c.id).limit(BATCH)).all()
        yield from (row.id for row in page if row.kind in _OWN)
        if len(page) < BATCH:
            return
        after = page[-1].id


def _mend(desk: Desk, stream: str, explain: Explain, zone: Zone) -> tuple[int, Explained, bool]:
    """Makes the rows of one stream what its events explain: up to which event, what they explain, was it needed."""
    for _ in range(TRIES):
        with desk.store.read() as connection:
            events = list(streams.read_stream(connection, stream))
            explained = _explained(explain, stream, events, zone)
            same = _stored(connection, stream) == _ordered(explained.rows)
        seq = len(events)
        if same:
            return seq, explained, False
        if desk.store.write(lambda connection, it=explained, at=seq: _replace(connection, stream, at, it)):  # type: ignore[misc]
            return seq, explained, True
    raise StreamRestless(f"{stream} changes faster than it is folded", stream=stream)


def _explained(explain: Explain, stream: str, events: Iterable[Event], zone: Zone) -> Explained:
    try:
        return explain(stream, events, zone)
    except (LookupError, TypeError, ValueError, AttributeError, AssertionError) as error:
        raise StreamDamaged(f"{stream} does not fold: run `minga audit verify`", stream=stream) from error


def _tables(stream: str) -> dict[str, tuple[Table, ColumnElement[bool]]]:
    """The derived tables of a stream, and which of their rows are its own."""
    kind, _, name = stream.partition("/")
    own = {table_name: (table, column == name) for table_name, (table, column) in _OWN[kind].items()}
    return {**own, "papers": (papers, papers.c.stream == stream)}


def _stored(connection: Connection, stream: str) -> dict[str, list[Row]]:
    found = {
        name: [dict(row._mapping) for row in connection.execute(select(table).where(own))]
        for name, (table, own) in _tables(stream).items()
    }
    return _ordered(found)


def _ordered(rows: Mapping[str, Iterable[Row]]) -> dict[str, list[Row]]:
    """Rows in one order, tables without any left out, so that equal means the same."""
    ordered = {name: sorted(found, key=lambda row: sorted(map(str, row.items()))) for name, found in rows.items()}
    return {name: found for name, found in ordered.items() if found}


def _replace(connection: Connection, stream: str, seq: int, explained: Explained) -> bool:
    """Writes a stream's rows anew; False, and nothing, when it has moved on since it was folded."""
    if streams.lock(connection, [stream])[stream].seq != seq:
        return False
    for name, (table, own) in _tables(stream).items():
        connection.execute(delete(table).where(own))
        rows = explained.rows.get(name, [])
        for start in range(0, len(rows), BATCH):
            connection.execute(insert(table), rows[start : start + BATCH])
    return True


def _without_strays(connection: Connection) -> int:
    """Deletes rows that no stream knows; how many."""
    gone = 0
    for kind, tables in _OWN.items():
        for table, column in tables.values():
            known = select(stream_table.c.id).where(stream_table.c.id == f"{kind}/" + column).exists()
            gone += connection.execute(delete(table).where(~known)).rowcount
    known = select(stream_table.c.id).where(stream_table.c.id == papers.c.stream).exists()
    return gone + connection.execute(delete(papers).where(~known)).rowcount


def _mend_flow(
    connection: Connection, seen: Mapping[str, int], sums: Counter[FlowKey], explain: Explain, zone: Zone
) -> int:
    """Makes base and tail together sum up to what the events explain; how many figures were wrong."""
    if connection.dialect.name == "postgresql":
        # Nobody moves an exchange meanwhile: a move inserts into the tail before it is committed.
        connection.execute(text("LOCK TABLE flow IN SHARE ROW EXCLUSIVE MODE"))
    wanted = Counter(sums)
    for stream, seq in _moved_on(connection, seen):
        events = list(streams.read_stream(connection, stream))
        wanted.update(_explained(explain, stream, events, zone).flow)
        if seq:
            wanted.subtract(_explained(explain, stream, events[:seq], zone).flow)
    stored = Counter(dict(flow.sums(connection)))
    wrong = {key: wanted[key] - stored[key] for key in {*wanted, *stored} if wanted[key] != stored[key]}
    # As a move would: only added, and folded by the beat.
    flow.add(connection, [flow.Delta(*key, wrong[key]) for key in sorted(wrong)])
    return len(wrong)


def _moved_on(connection: Connection, seen: Mapping[str, int]) -> list[tuple[str, int]]:
    """The exchanges that got events since they were folded, each with how many it had; none for new ones."""
    query = select(stream_table.c.id, stream_table.c.seq).where(stream_table.c.kind == "exchange")
    return [(row.id, seen.get(row.id, 0)) for row in connection.execute(query) if seen.get(row.id) != row.seq]
