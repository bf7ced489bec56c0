# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

from typing import Any

import pytest
from sqlalchemy import Connection, exc, text

from ledger.event import Event
from storage.engine import open_engine
from storage.flow import Delta, add
from storage.migrate import newest
from storage.store import Store
from storage.streams import append, read_stream
from storage.tables import programmes
from storage.triggers import POSTGRESQL, SQLITE, missing_triggers
from tests.ledger.streams import STREAM, events

PROGRAMME = {
    "slug": "regional-initiative",
    "version": 1,
    "hash": "a" * 64,
    "document": "{}",
    "source": "",
    "published_at": "2026-11-23T09:00:00.000Z",
    "stream": "programme/1",
}

EVENT_COLUMNS = (
    "stream, seq, type, v, payload, actor, on_behalf_of, occurred_at, recorded_at,"
    " programme_version, previous, canonical, hash"
)
PROGRAMME_COLUMNS = "slug, version, hash, document, source, published_at, stream"
FIRST = f"SELECT {EVENT_COLUMNS} FROM events WHERE seq = 1"
FIRST_AGAIN = f"events ({EVENT_COLUMNS}) {FIRST}"
PROGRAMME_AGAIN = f"programmes ({PROGRAMME_COLUMNS}) SELECT {PROGRAMME_COLUMNS} FROM programmes"
OTHERWISE = "SET actor = 'somebody else'"
UPSERT = f"INSERT INTO {FIRST_AGAIN} ON CONFLICT (stream, seq) DO UPDATE {OTHERWISE}"

REFUSED_BY_BOTH = (
    f"UPDATE events {OTHERWISE}",
    "UPDATE events SET seq = 9 WHERE seq = 2",
    "DELETE FROM events",
    "DELETE FROM events WHERE seq = 2",
    f"INSERT INTO {FIRST_AGAIN}",
    UPSERT,
    "UPDATE programmes SET document = '[]'",
    "DELETE FROM programmes",
    f"INSERT INTO {PROGRAMME_AGAIN}",
    "UPDATE flow SET delta = 2",
)

# By rowid: another key, and yet the row of that rowid would be gone.
REPLACE_EVENT_BY_ROWID = (
    "REPLACE INTO events (rowid, stream, seq, type, v, payload, actor, occurred_at, recorded_at,"
    " previous, canonical, hash) SELECT rowid, 'exchange/other', 1, type, v, payload, actor,"
    " occurred_at, recorded_at, previous, canonical, hash FROM events WHERE seq = 1"
)
REPLACE_PROGRAMME_BY_ROWID = (
    "REPLACE INTO programmes (rowid, slug, version, hash, document, source, published_at, stream)"
    " SELECT rowid, 'other', 1, hash, document, source, published_at, stream FROM programmes"
)
REFUSED_BY_SQLITE = (
    f"INSERT OR REPLACE INTO {FIRST_AGAIN}",
    f"REPLACE INTO {FIRST_AGAIN}",
    f"INSERT OR IGNORE INTO {FIRST_AGAIN}",
    "UPDATE OR REPLACE events SET seq = 1 WHERE seq = 2",
    REPLACE_EVENT_BY_ROWID,
    f"REPLACE INTO {PROGRAMME_AGAIN}",
    REPLACE_PROGRAMME_BY_ROWID,
)

MERGE = (
    f"MERGE INTO events USING ({FIRST}) AS again"
    " ON events.stream = again.stream AND events.seq = again.seq"
    f" WHEN MATCHED THEN UPDATE {OTHERWISE}"
)
REFUSED_BY_POSTGRESQL = (
    "TRUNCATE events",
    "TRUNCATE events, streams CASCADE",
    "TRUNCATE programmes",
    MERGE,
    "SET LOCAL session_replication_role = replica; DELETE FROM events",
)


def remembered(store: Store) -> tuple[Event, ...]:
    with store.read() as connection:
        return tuple(read_stream(connection, STREAM))


def remember(connection: Connection) -> None:
    append(connection, events(2))
    connection.execute(programmes.insert(), PROGRAMME)
    add(connection, [Delta("p", "*", 0, "2026-11-23", "2026-11-23", "offer", "active", 1)])


def refuses(url: str, statement: str, *before: str) -> None:
    engine = open_engine(url)
    with engine.connect() as connection:
        for preparing in before:
            connection.exec_driver_sql(preparing)
        with pytest.raises(exc.DBAPIError, match=r"append-only|unique constraint"):
            connection.execute(text(statement))
    engine.dispose()


@pytest.mark.parametrize("statement", REFUSED_BY_BOTH)
def test_neither_database_changes_what_was_remembered(store: Store, statement: str) -> None:
    store.write(remember)
    refuses(store.url, statement)
    assert remembered(store) == events(2)


@pytest.mark.parametrize("recursive", ["ON", "OFF"])
@pytest.mark.parametrize("statement", [*REFUSED_BY_BOTH, *REFUSED_BY_SQLITE])
def test_sqlite_refuses_replacing_whether_or_not_triggers_recurse(
    sqlite_url: str, statement: str, recursive: str
) -> None:
    store = Store.open(sqlite_url)
    store.write(remember)
    refuses(sqlite_url, statement, f"PRAGMA recursive_triggers={recursive}")
    assert remembered(store) == events(2)
    store.close()


@pytest.mark.parametrize("statement", REFUSED_BY_POSTGRESQL)
def test_postgresql_refuses_truncating_merging_and_playing_the_replica(postgresql_url: str, statement: str) -> None:
    store = Store.open(postgresql_url)
    store.write(remember)
    refuses(postgresql_url, statement)
    assert remembered(store) == events(2)
    store.close()


def test_new_rows_are_accepted(store: Store) -> None:
    store.write(remember)
    assert remembered(store) == events(2)


def run(store: Store, *statements: str) -> None:
    def work(connection: Connection) -> None:
        for statement in statements:
            connection.execute(text(statement))

    store.write(work)


def missing(store: Store) -> tuple[str, ...]:
    with store.read() as connection:
        return missing_triggers(connection)


def test_a_migrated_database_misses_no_trigger(store: Store) -> None:
    assert newest()
    assert missing(store) == ()


@pytest.mark.parametrize("trigger", SQLITE, ids=lambda trigger: trigger.name)
def test_a_trigger_dropped_from_sqlite_is_missed(sqlite_url: str, trigger: Any) -> None:
    store = Store.open(sqlite_url)
    run(store, f"DROP TRIGGER {trigger.name}")
    assert missing(store) == (trigger.name,)
    store.close()


def test_a_trigger_emptied_on_sqlite_is_missed(sqlite_url: str) -> None:
    store = Store.open(sqlite_url)
    name = "events_never_updated"
    silent = f"CREATE TRIGGER {name} BEFORE UPDATE ON events BEGIN SELECT 1; END"
    run(store, f"DROP TRIGGER {name}", silent)
    assert missing(store) == (name,)
    store.close()


@pytest.mark.parametrize("trigger", POSTGRESQL, ids=lambda trigger: trigger.name)
@pytest.mark.parametrize(
    "statement",
    [
        "DROP TRIGGER {name} ON {table}",
        "ALTER TABLE {table} DISABLE TRIGGER {name}",
        "ALTER TABLE {table} ENABLE REPLICA TRIGGER {name}",
    ],
)
def test_a_trigger_dropped_or_silenced_on_postgresql_is_missed(
    postgresql_url: str, trigger: Any, statement: str
) -> None:
    store = Store.open(postgresql_url)
    run(store, statement.format(name=trigger.name, table=trigger.table))
    assert missing(store) == (trigger.name,)
    store.close()


def test_a_function_emptied_on_postgresql_is_missed_by_every_trigger(postgresql_url: str) -> None:
    store = Store.open(postgresql_url)
    run(
        store,
        "CREATE OR REPLACE FUNCTION minga_refuses() RETURNS trigger LANGUAGE plpgsql AS $$ begin return new; end $$",
    )
    assert missing(store) == tuple(trigger.name for trigger in POSTGRESQL)
    store.close()
