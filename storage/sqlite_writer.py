# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""SQLite's one write connection of this process, used by one thread at a time."""

import threading
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection, Engine

from storage.errors import storage_errors
from storage.transaction import run, transaction
from storage.turns import Turns

T = TypeVar("T")


class SqliteWriter:
    """Runs works one after the other, each in its own transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None
        self._lock = threading.Lock()
        self._turns = Turns(str(engine.url.database))

    def write(self, work: Callable[[Connection], T]) -> T:
        """The work's result, once committed.

        Raises what the work raises, StorageBusy, StorageUnavailable.
        """
        with self._lock, storage_errors():
            connection = self._open()
            try:
                with self._turns.mine(), transaction(connection):
                    return run(work, connection)
            finally:
                self._drop_if_broken(connection)

    def close(self) -> None:
        with self._lock:
            self._close()

    def let_go(self) -> None:
        """Closes the connection and lets nobody write until `resume`."""
        self._lock.acquire()
        self._close()

    def resume(self) -> None:
        self._lock.release()

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._turns.close()

    def _open(self) -> Connection:
        if self._connection is None:
            self._connection = self._engine.connect()
        return self._connection

    def _drop_if_broken(self, connection: Connection) -> None:
        """A connection that could not even roll back is not used again."""
        driver = None if connection.invalidated else connection.connection.driver_connection
        if driver is None or driver.in_transaction or connection.in_transaction():
            connection.invalidate()
            self._close()
