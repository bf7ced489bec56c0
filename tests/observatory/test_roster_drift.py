# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What rosters' rows say is what their events explain: the audit finds each row changed, and a rebuild mends it."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Table, delete, insert, select, update

from ledger.findings import Damage
from minga.commands.projections import explain
from observatory.audit import take_stock
from people.actors import OPERATOR
from services.projections import rebuild
from storage.rosters import PARTS
from storage.store import Store
from storage.tables import rosters
from tests.house import furnish
from tests.rostered import a_row_of_every_kind

TABLES = (rosters, *(part.table for part in PARTS))


@pytest.fixture
def kept(store: Store, tmp_path: Path) -> Store:
    """A store with rosters that have a row of every kind."""
    house = furnish(store, tmp_path)
    a_row_of_every_kind(house)
    house.desk.papers.mkdir()
    return store


def rows(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    with store.read() as connection:
        return {table.name: sorted(map(tuple, connection.execute(select(table))), key=str) for table in TABLES}


def first(store: Store, table: Table) -> dict[str, Any]:
    with store.read() as connection:
        return dict(connection.execute(select(table).order_by(*table.primary_key.columns)).mappings().first() or {})


def put(store: Store, table: Table, key: dict[str, Any], values: dict[str, Any]) -> None:
    changed = update(table).where(*(table.c[name] == value for name, value in key.items())).values(values)
    store.write(lambda connection: connection.execute(changed).rowcount)


def damage(store: Store, folder: Path) -> set[Damage]:
    return set(take_stock(store, folder / "papers").kinds)


def test_rosters_nobody_touched_are_clean(kept: Store, tmp_path: Path) -> None:
    assert {name: bool(found) for name, found in rows(kept).items()} == {table.name: True for table in TABLES}
    assert damage(kept, tmp_path) == set()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_column_somebody_changed_is_found(kept: Store, tmp_path: Path, table: Table) -> None:
    row = first(kept, table)
    key = {column.name: row[column.name] for column in table.primary_key.columns}
    for name in sorted(set(row) - set(key)):
        other = row[name] + 1 if isinstance(row[name], int) else f"{row[name]}x"
        put(kept, table, key, {name: other})
        assert damage(kept, tmp_path) == {Damage.PROJECTION_DRIFT}, name
        put(kept, table, key, {name: row[name]})


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_row_gone_and_a_row_too_many_are_found(kept: Store, tmp_path: Path, table: Table) -> None:
    row = first(kept, table)
    key = {column.name: row[column.name] for column in table.primary_key.columns}
    gone = delete(table).where(*(table.c[name] == value for name, value in key.items()))
    kept.write(lambda connection: connection.execute(gone).rowcount)
    assert damage(kept, tmp_path) == {Damage.PROJECTION_DRIFT}
    more = {**row, **{name: f"{value}-2" for name, value in key.items() if name != "roster"}}
    more |= {"party": "XX"} if table is rosters else {}
    kept.write(lambda connection: connection.execute(insert(table), [row, more]).rowcount)
    assert damage(kept, tmp_path) == {Damage.PROJECTION_DRIFT}


def test_a_rebuild_brings_every_row_back(kept: Store, tmp_path: Path) -> None:
    before = rows(kept)

    def empty(connection: Connection) -> None:
        for table in TABLES:
            connection.execute(delete(table))

    kept.write(empty)
    rebuild(furnish(kept, tmp_path).desk, OPERATOR, explain)
    assert rows(kept) == before
