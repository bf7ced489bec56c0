# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, insert, inspect, text

from ledger.event import Draft
from ledger.sealing import seal_drafts
from storage.errors import StorageUnavailable
from storage.flow import Delta, add, fold
from storage.migrate import MIGRATIONS, current, downgrade, migrate, newest
from storage.store import Store
from storage.streams import append, read_stream
from storage.tables import metadata, programmes
from storage.tables.search import is_made_apart
from storage.triggers import missing_triggers
from tests.ledger.streams import STREAM, events, told

ROOT = Path(__file__).parents[2]


def revisions() -> list[str]:
    scripts = ScriptDirectory(str(MIGRATIONS)).walk_revisions()
    return [script.revision for script in scripts][::-1]


def tables(url: str) -> set[str]:
    store = Store.open(url)
    with store.read() as connection:
        names = set(inspect(connection).get_table_names())
    store.close()
    return {name for name in names if name != "alembic_version" and not is_made_apart(name)}


def populate(connection: Connection) -> None:
    """Something in every table: text and numbers of the right kinds, and a real stream."""
    drafts, rows = seal_drafts(STREAM, events(2)[-1].tip, [Draft("ContactNamed", {}, sealed={"name": "Bruno"})])
    append(connection, events(2))
    append(connection, told(drafts, events(2)[-1].tip), rows)
    add(connection, [Delta("p", "*", 0, "2026-11-23", "2026-11-23", "offer", "active", 1)] * 2)
    fold(connection, 1)
    filled = {"streams", "events", "sealed", "flow", "flow_base"}
    for table in metadata.sorted_tables:
        if table.name not in filled:
            row: dict[str, Any] = {
                column.name: 1 if column.type.python_type is int else "{}" if column.name == "standing" else "x"
                for column in table.columns
            }
            connection.execute(insert(table), row)


def counts(store: Store) -> dict[str, int]:
    with store.read() as connection:
        return {table.name: len(connection.execute(table.select()).all()) for table in metadata.sorted_tables}


def test_migrating_makes_every_table_and_says_where_it_is(empty_url: str) -> None:
    assert current(empty_url) is None
    migrate(empty_url)
    assert current(empty_url) == newest() == revisions()[-1]
    assert tables(empty_url) == {table.name for table in metadata.sorted_tables}


def test_the_tables_migrations_make_are_the_tables_the_code_means(store: Store) -> None:
    def told(name: str | None, *_: object) -> bool:
        return not is_made_apart(name)

    def differences(connection: Connection) -> list[Any]:
        options = {"compare_type": True, "compare_server_default": True, "include_name": told}
        found: list[Any] = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
        return found

    with store.read() as connection:
        assert differences(connection) == []
        assert missing_triggers(connection) == ()


def test_migrating_again_changes_nothing(url: str) -> None:
    store = Store.open(url)
    store.write(populate)
    before = counts(store)
    store.close()
    migrate(url)
    store = Store.open(url)
    assert counts(store) == before
    store.close()


def test_every_step_down_and_up_again_works_on_a_database_full_of_rows(url: str) -> None:
    store = Store.open(url)
    store.write(populate)
    store.close()
    for below in (*revisions()[-2::-1], "base"):
        downgrade(url, below)
        assert current(url) == (None if below == "base" else below)
    assert tables(url) == set()
    for revision in revisions():
        migrate(url, revision)
        assert current(url) == revision
    store = Store.open(url)
    store.write(populate)
    with store.read() as connection:
        assert missing_triggers(connection) == ()
        assert len(list(read_stream(connection, STREAM))) == 3
    store.close()


def test_a_step_down_keeps_the_rows_of_the_tables_that_stay(url: str) -> None:
    store = Store.open(url)
    store.write(populate)
    store.close()
    downgrade(url, revisions()[0])
    store = Store.open(url)
    with store.read() as connection:
        assert len(list(read_stream(connection, STREAM))) == 3
        assert len(connection.execute(programmes.select()).all()) == 1
    store.close()
    migrate(url)
    assert current(url) == newest()


def test_a_migration_that_fails_leaves_nothing_behind(empty_url: str) -> None:
    store = Store.open(empty_url)
    # In the way of the last table of the first migration.
    store.write(lambda connection: connection.execute(text("CREATE TABLE programmes (x TEXT)")))
    store.close()
    with pytest.raises(Exception, match="already exists"):
        migrate(empty_url)
    assert tables(empty_url) == {"programmes"}
    assert current(empty_url) is None


def test_migrations_are_named_as_sentences() -> None:
    names = [path.stem for path in (MIGRATIONS / "versions").glob("*.py")]
    assert names
    assert all(len(name.split("_")) >= 3 for name in names)


def test_a_place_that_is_not_there_is_unavailable() -> None:
    with pytest.raises(StorageUnavailable):
        migrate("sqlite:////no/such/folder/minga.db")


def test_migrating_does_not_depend_on_the_working_folder(empty_sqlite_url: str, tmp_path: Path) -> None:
    code = f"from storage.migrate import migrate; migrate({empty_sqlite_url!r})"
    subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        check=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert current(empty_sqlite_url) == newest()


def test_alembics_own_command_finds_the_migrations(empty_sqlite_url: str, tmp_path: Path) -> None:
    alembic = [sys.executable, "-m", "alembic", "-c", str(ROOT / "alembic.ini")]
    environment = {**os.environ, "MINGA_DATABASE_URL": empty_sqlite_url}
    for command in (["upgrade", "head"], ["check"]):
        subprocess.run(
            [*alembic, *command],
            cwd=tmp_path,
            check=True,
            timeout=60,
            env=environment,
            capture_output=True,
        )
    assert current(empty_sqlite_url) == newest()
