# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

import pytest
from sqlalchemy import Integer, LargeBinary, Text, insert, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.types import BigInteger

from ledger.event import Event
from storage.store import Store
from storage.tables import changes_lifecycle, events, exchanges, metadata, outbox, streams


def test_every_table_and_every_column_says_what_it_holds() -> None:
    unsaid = [table.name for table in metadata.sorted_tables if not table.comment]
    unsaid += [str(column) for table in metadata.sorted_tables for column in table.c if not column.comment]
    assert unsaid == []


def test_there_are_only_texts_whole_numbers_and_bytes() -> None:
    kinds = {type(column.type) for table in metadata.sorted_tables for column in table.c}
    assert kinds == {Text, Integer, BigInteger, LargeBinary}


def test_the_columns_of_events_are_the_fields_of_an_event() -> None:
    fields = set(Event.__slots__) - {"payload_text"}
    assert {column.name for column in events.columns} == fields


def test_sqlite_keeps_every_column_to_its_type(sqlite_url: str) -> None:
    store = Store.open(sqlite_url)
    row = {"id": "exchange/1", "kind": "exchange", "seq": "one", "tip": ""}
    with pytest.raises(IntegrityError, match="cannot store TEXT value in INTEGER"):
        store.write(lambda connection: connection.execute(insert(streams), row))
    with store.read() as connection:
        loose = "SELECT name FROM pragma_table_list WHERE type = 'table' AND NOT strict"
        names = set(connection.scalars(text(loose)))
    assert {name for name in names if not name.startswith("sqlite_")} == {"alembic_version"}
    store.close()


def plan(store: Store, statement: str) -> str:
    with store.read() as connection:
        return " ".join(str(row) for row in connection.execute(text(f"EXPLAIN QUERY PLAN {statement}")))


def test_the_overdue_page_the_due_duties_and_the_rests_are_found_by_their_small_indexes(
    sqlite_url: str,
) -> None:
    store = Store.open(sqlite_url)
    overdue = (
        select(exchanges.c.id)
        .where(exchanges.c.programme == text("'p'"), exchanges.c.awaited_on < text("'2026'"))
        .order_by(exchanges.c.awaited_on, exchanges.c.id)
    )
    due = (
        select(outbox.c.id)
        .where(outbox.c.done_at.is_(None), outbox.c.dead_at.is_(None))
        .order_by(outbox.c.due_at, outbox.c.id)
    )
    rests = (
        select(events.c.payload)
        .where(events.c.stream == text("'exchange/1'"), changes_lifecycle)
        .order_by(events.c.seq)
    )
    first, second, third = plan(store, str(overdue)), plan(store, str(due)), plan(store, str(rests))
    assert "ix_exchanges_awaited" in first
    assert "ix_outbox_open" in second
    assert "ix_events_lifecycle" in third
    assert "TEMP B-TREE" not in first + second + third
    store.close()


def test_every_text_of_postgresql_is_sorted_by_its_bytes(postgresql_url: str) -> None:
    """Otherwise a query that is sorted so cannot use an index that is not."""
    store = Store.open(postgresql_url)
    columns = "FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'alembic_version'"
    other = f"SELECT table_name, column_name {columns} AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'"
    with store.read() as connection:
        assert connection.execute(text(other)).all() == []
        assert connection.scalar(text(f"SELECT count(*) {columns} AND data_type = 'text'")) > 200
    store.close()


def test_text_is_compared_byte_by_byte_on_both_databases(store: Store) -> None:
    names = ["B", "a", "b", "é", "_", "B-1", "B1"]
    rows = [{"id": name, "kind": "x", "seq": 1, "tip": ""} for name in names]
    store.write(lambda connection: connection.execute(insert(streams), rows))
    with store.read() as connection:
        assert list(connection.scalars(select(streams.c.id).order_by(streams.c.id))) == sorted(names)
