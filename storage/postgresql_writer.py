# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""PostgreSQL's writer: one transaction per work, run again when a rival was in the way."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection, Engine, exc

from storage.errors import (
    StorageError,
    asks_to_run_again,
    storage_errors,
)
from storage.transaction import run, transaction

T = TypeVar("T")

TIMES = 5


class PostgresqlWriter:
    """Runs works side by side; the database keeps them apart."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def write(self, work: Callable[[Connection], T]) -> T:
        """The work's result, once committed.

        Raises what the work raises, StorageBusy, StorageUnavailable, OutcomeUnknown.
        """
        with storage_errors():
            for _ in range(TIMES - 1):
                try:
                    return self._once(work)
                except (exc.DBAPIError, StorageError) as error:
                    if not (asks_to_run_again(error) or _was_stale(error)):
                        raise
            return self._once(work)

    def close(self) -> None:
        """Nothing of its own to close: connections belong to the engine."""

    def let_go(self) -> None:
        """Nothing to do: a forked child leaves the parent's connections alone."""

    def resume(self) -> None:
        """Nothing to do."""

    def _once(self, work: Callable[[Connection], T]) -> T:
        with self._engine.connect() as connection, transaction(connection):
            return run(work, connection)


def _was_stale(error: BaseException) -> bool:
    """Did the connection turn out to be closed before anything was committed?"""
    return isinstance(error, exc.DBAPIError) and error.connection_invalidated
