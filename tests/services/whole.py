# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The whole database as a value, and the check that its rows are the fold of its events."""

from typing import Any

from sqlalchemy import Connection, Table, select

from agreements.agreement import fold as fold_agreement
from cycle.evolve import fold
from cycle.items import fold_items
from ledger.event import Event
from services.desk import Desk
from storage import agreements, exchanges, streams
from storage.tables import metadata
from storage.tables import parties as parties_table


def everything(desk: Desk) -> dict[str, list[Any]]:
    """Every row of every table."""
    with desk.store.read() as connection:
        return {table.name: _rows(connection, table) for table in metadata.sorted_tables}


def rows_of(desk: Desk, table: str) -> list[Any]:
    """Every row of one table, whatever the schema of the others is."""
    with desk.store.read() as connection:
        return _rows(connection, metadata.tables[table])


def _rows(connection: Connection, table: Table) -> list[Any]:
    return sorted(tuple(map(str, row)) for row in connection.execute(select(table)))


def history(desk: Desk, stream: str) -> list[Event]:
    with desk.store.read() as connection:
        return list(streams.read_stream(connection, stream))


def types(desk: Desk, stream: str) -> list[str]:
    return [event.type for event in history(desk, stream)]


def assert_explained(desk: Desk, exchange: str) -> None:
    """The exchange's row, its parties and its facts are exactly what its events add up to."""
    events = history(desk, f"exchange/{exchange}")
    with desk.store.read() as connection:
        loaded = exchanges.load(connection, exchange)
        items = {item.item: item for item in exchanges.load_items(connection, exchange)}
        query = select(parties_table).where(parties_table.c.exchange == exchange).order_by(parties_table.c.party)
        rows = [dict(row._mapping) for row in connection.execute(query)]
    assert loaded is not None
    standing = fold(exchange, events)
    assert loaded.standing == standing
    assert exchanges.row_of(loaded.standing) == exchanges.row_of(standing)
    assert items == fold_items(events)
    assert rows == exchanges.party_rows(standing)


def assert_agreement_explained(desk: Desk, agreement: str) -> None:
    """An agreement's row is exactly what its events add up to."""
    events = history(desk, f"agreement/{agreement}")
    with desk.store.read() as connection:
        loaded = agreements.load(connection, agreement)
    assert loaded is not None
    assert loaded.standing == fold_agreement(agreement, events)
