# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The schema: made, moved up and moved down only by migrations."""

from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.engine import open_engine
from storage.errors import storage_errors
from storage.transaction import transaction

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(url: str, revision: str = "head") -> None:
    """The schema up to its newest version, all or nothing.

    Raises StorageBusy, StorageUnavailable.
    """
    _change(url, command.upgrade, revision)


def downgrade(url: str, revision: str) -> None:
    """The schema back down to a revision; `base` takes everything away."""
    _change(url, command.downgrade, revision)


def current(url: str) -> str | None:
    """The revision the database is at; None before the first migration."""
    engine = open_engine(url)
    try:
        with storage_errors(), engine.connect() as connection:
            return revision_of(connection)
    finally:
        engine.dispose()


def revision_of(connection: Connection) -> str | None:
    """The revision a database is at, asked through a connection that is open already."""
    return MigrationContext.configure(connection).get_current_revision()


@cache
def newest() -> str:
    """The revision that the code wants."""
    head = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    if head is None:
        raise LookupError(f"no migrations in {MIGRATIONS}")
    return head


def _change(url: str, change: Any, revision: str) -> None:
    engine = open_engine(url)
    try:
        with storage_errors(), engine.connect() as connection, transaction(connection):
            change(_config(connection), revision)
    finally:
        engine.dispose()


def _config(connection: Connection) -> Config:
    """Finds the migrations beside this file, whatever the working folder is."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
