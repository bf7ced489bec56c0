# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Engines: how each database is opened, once for writing and once for reading."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.pool import QueuePool

from storage.errors import StorageUnavailable

BUSY_TIMEOUT_MS = 30_000
# A statement of Minga takes milliseconds; one that takes half a minute is a mistake, and one that
# waits five seconds for a lock had better be asked again.
POSTGRESQL_OPTIONS = "-c statement_timeout=30s -c lock_timeout=5s"
# A look of several statements sees one moment, as it does on SQLite.
POSTGRESQL_READING = r"-c default_transaction_read_only=on -c default_transaction_isolation=repeatable\ read"


@dataclass(frozen=True, slots=True)
class Engines:
    """The two ways into one database."""

    writer: Engine
    reader: Engine

    @property
    def dialect(self) -> str:
        return self.writer.dialect.name


def open_engine(url: str) -> Engine:
    """The engine that writes."""
    return open_engines(url).writer


def open_engines(url: str) -> Engines:
    """Engines for `sqlite:///PATH` or `postgresql://…` (`postgres://…` too), not yet connected.

    Raises StorageUnavailable for any other database, and for SQLite in memory, where a reader would
    see nothing.
    """
    place = normal_url(url)
    if place.get_backend_name() == "sqlite":
        return Engines(_sqlite(place, query_only=False), _sqlite(place, query_only=True))
    return Engines(_postgresql(place, read_only=False), _postgresql(place, read_only=True))


def normal_url(url: str) -> URL:
    """The address with the driver Minga uses. Raises StorageUnavailable."""
    place = make_url(url)
    kind = place.drivername.partition("+")[0]
    if kind in ("postgresql", "postgres"):
        return place.set(drivername="postgresql+psycopg")
    if kind != "sqlite":
        raise StorageUnavailable(f"Minga keeps its ledger in SQLite or PostgreSQL, not in {kind}")
    if place.database in (None, "", ":memory:"):
        raise StorageUnavailable("Minga needs a SQLite file, not a database in memory")
    return place


def _sqlite(place: URL, *, query_only: bool) -> Engine:
    # Connections change threads but are never used by two at once: the pool and the writer's lock
    # see to it.
    engine = create_engine(
        place,
        poolclass=QueuePool,
        pool_size=8,
        max_overflow=32,
        connect_args={"check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def prepare(driver: Any, _record: Any) -> None:
        # None: the driver begins nothing by itself, so that BEGIN IMMEDIATE is ours to say.
        driver.isolation_level = None
        driver.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        driver.execute("PRAGMA foreign_keys=ON")
        # What is erased is overwritten with zeros; some builds of SQLite would leave it in the free pages of the file.
        driver.execute("PRAGMA secure_delete=ON")
        if query_only:
            driver.execute("PRAGMA query_only=ON")
            return
        driver.execute("PRAGMA journal_mode=WAL")
        # FULL: an acknowledged move outlives a power cut. NORMAL would be 1.3 times faster and
        # might lose the last ones.
        driver.execute("PRAGMA synchronous=FULL")
        # Without it REPLACE deletes a row and the trigger against deleting stays silent.
        driver.execute("PRAGMA recursive_triggers=ON")

    return engine


def _postgresql(place: URL, *, read_only: bool) -> Engine:
    options = f"{POSTGRESQL_OPTIONS} {POSTGRESQL_READING}" if read_only else POSTGRESQL_OPTIONS
    given = place.query.get("options", "")
    before = given if isinstance(given, str) else " ".join(given)
    return create_engine(
        place.difference_update_query(["options"]),
        pool_size=8,
        max_overflow=32,
        # Writers need no ping, which costs a round trip: a work on a stale connection is simply run
        # again.
        pool_pre_ping=read_only,
        connect_args={"options": f"{before} {options}".strip(), "connect_timeout": 10},
    )
