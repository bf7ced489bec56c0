# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Forgeries by somebody who knows Minga well: events cut off, put in or written anew, and the rest put right."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from ledger.chain import extend
from ledger.event import GENESIS, Draft, Event
from observatory.audit.rules import Rules
from observatory.derived import ExchangeFolding, Row, derive, flow_rows, folding_of
from storage.flow import FlowKey
from storage.store import Store
from storage.streams import all_streams, read_stream
from storage.tables import metadata
from tests.observatory.ledgers import Attacker, Settings

PROJECTIONS = ("exchanges", "parties", "facts", "agreements", "coverage", "papers", "entries", "exceptions", "search")


def events_of(settings: Settings, stream: str) -> list[Event]:
    store = Store.open(settings.database_url, group_commit=False)
    with store.read() as connection:
        found = list(read_stream(connection, stream))
    store.close()
    return found


def stream_of(attacker: Attacker, kind: str) -> str:
    """The longest stream of a kind."""
    query = "SELECT id FROM streams WHERE kind = ? ORDER BY seq DESC LIMIT 1"
    return str(attacker.rows(query, kind)[0][0])


def insert(attacker: Attacker, table: str, row: Row) -> None:
    marks = ", ".join("?" for _ in row)
    attacker.run(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", *row.values())


def row_of(event: Event) -> Row:
    names = [column.name for column in metadata.tables["events"].columns]
    return {name: event.payload_text if name == "payload" else getattr(event, name) for name in names}


def chained(events: Sequence[Event], change: Callable[[Event], Draft | None] = lambda _: None) -> list[Event]:
    """The events once more, each as `change` wants it (None: as it was), with links and hashes that fit."""
    told: list[Event] = []
    for event in events:
        draft = change(event) or Draft(event.type, event.payload, event.v)
        tip = told[-1].tip if told else GENESIS
        told += extend(
            event.stream,
            tip,
            [draft],
            actor=event.actor,
            on_behalf_of=event.on_behalf_of,
            occurred_at=event.occurred_at,
            recorded_at=event.recorded_at,
            programme_version=event.programme_version,
        )
    return told


def follow(last: Event, draft: Draft, **when: str) -> Event:
    """One more event after the last, as if Minga had written it."""
    at = {"occurred_at": last.occurred_at, "recorded_at": last.recorded_at, **when}
    version = last.programme_version
    (event,) = extend(
        last.stream, last.tip, [draft], actor="mallory", on_behalf_of=None, programme_version=version, **at
    )
    return event


def write_anew(attacker: Attacker, stream: str, events: Sequence[Event]) -> None:
    """These and no other events in a stream, and its row to fit."""
    attacker.run("DELETE FROM events WHERE stream = ?", stream)
    for event in events:
        insert(attacker, "events", row_of(event))
    attacker.run("UPDATE streams SET seq = ?, tip = ? WHERE id = ?", events[-1].seq, events[-1].hash, stream)


def put_everything_right(attacker: Attacker) -> None:
    """Every projection and every sum as the events, such as they now are, explain them."""
    rows, sums = explained(attacker.settings)
    for table in PROJECTIONS:
        attacker.run(f"DELETE FROM {table}")
        for row in rows[table]:
            insert(attacker, table, row)
    attacker.run("DELETE FROM flow")
    attacker.run("DELETE FROM flow_base")
    for row in flow_rows(sums):
        insert(attacker, "flow_base", row)


def explained(settings: Settings) -> tuple[dict[str, list[Row]], Counter[FlowKey]]:
    """What all events of a ledger explain."""
    rows: dict[str, list[Row]] = {table: [] for table in PROJECTIONS}
    sums: Counter[FlowKey] = Counter()
    store = Store.open(settings.database_url, group_commit=False)
    with store.read() as connection:
        zone = Rules(connection).zone
        for stream in all_streams(connection):
            events = list(read_stream(connection, stream.id))
            for table, found in derive(stream.id, events, zone).items():
                rows.setdefault(table, []).extend(found)
            sums.update(flow_added(stream.id, events, zone))
    store.close()
    return rows, sums


def flow_added(stream: str, events: Sequence[Event], zone: Any) -> Counter[FlowKey]:
    folding = folding_of(stream, zone)
    for event in events:
        folding.add(event)
    return folding.flow if isinstance(folding, ExchangeFolding) else Counter()
