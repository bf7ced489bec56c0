# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""One transaction: begun, then committed or rolled back.

Nowhere else in Minga is anything committed.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import Connection, exc, text

from storage.errors import OutcomeUnknown, WorkEndedTransaction, WriteInsideWork
from storage.prepared import Prepared

T = TypeVar("T")

_thread = threading.local()
_take_write_lock = Prepared(text("BEGIN IMMEDIATE"))


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """Commits what happens inside, or rolls it back when it raises.

    Raises OutcomeUnknown when the connection broke while committing.
    """
    begun = connection.begin()
    try:
        if connection.dialect.name == "sqlite":
            # The write lock now, or not at all: a reader that turns writer half-way may find it
            # gone and cannot wait for it.
            _take_write_lock(connection, {})
        yield
        if connection.get_transaction() is not begun or not still_open(connection):
            raise WorkEndedTransaction("the transaction was ended from inside")
    except BaseException:
        connection.rollback()
        raise
    _commit(begun.commit)


def still_open(connection: Connection) -> bool:
    """Is the driver's own transaction still there?"""
    if not connection.in_transaction() or connection.invalidated:
        return False
    driver: Any = connection.connection.driver_connection
    return connection.dialect.name != "sqlite" or bool(driver.in_transaction)


def run(work: Callable[[Connection], T], connection: Connection) -> T:
    """Runs a work, during which this thread may not write anew."""
    _thread.working = True
    try:
        return work(connection)
    finally:
        _thread.working = False


def refuse_inside_work() -> None:
    """Raises WriteInsideWork in a thread that is running a work."""
    if getattr(_thread, "working", False):
        raise WriteInsideWork("a work has its connection; it cannot ask for another transaction")


def _commit(commit: Callable[[], None]) -> None:
    try:
        commit()
    except exc.DBAPIError as error:
        if error.connection_invalidated:
            raise OutcomeUnknown("the connection broke while committing") from error
        raise
