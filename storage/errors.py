# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What can go wrong with the database: stable codes, and which driver error means which."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import exc


class StorageError(Exception):
    """The root of all that storage refuses or fails at."""

    code = "storage.error"


class StorageUnavailable(StorageError):
    """The database cannot be reached, is full, read-only or damaged. Nothing was written."""

    code = "storage.unavailable"


class StorageBusy(StorageUnavailable):
    """Another process held the database too long. Nothing was written; asking again is safe."""

    code = "storage.busy"


class OutcomeUnknown(StorageUnavailable):
    """The connection broke while committing: it may or may not have been written.

    Ask again with the same key.
    """

    code = "storage.outcome_unknown"


class WriteInsideWork(StorageError):
    """A work called `write`.

    It has a connection already, and its own transaction would wait for itself for ever.
    """

    code = "storage.write_inside_work"


class WorkEndedTransaction(StorageError):
    """A work committed or rolled back by itself. Only storage does."""

    code = "storage.work_ended_transaction"


class RunAgain(StorageError):
    """Raised by a work that met a rival's row: it runs again from the start."""

    code = "storage.run_again"


class ChangedMeanwhile(StorageError):
    """The stream got another event since it was read."""

    code = "storage.changed_meanwhile"

    def __init__(self, stream: str, expected_seq: int) -> None:
        super().__init__(f"{stream} is no longer at event {expected_seq}")
        self.stream = stream
        self.expected_seq = expected_seq


AGAIN = frozenset({"40001", "40P01"})
BUSY = frozenset({"55P03", "57014"})
UNAVAILABLE_CLASSES = ("08", "53", "57", "58", "XX")
BUSY_SQLITE = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
UNAVAILABLE_SQLITE = frozenset(
    {
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
    }
)

CURES_SQLITE = {
    sqlite3.SQLITE_CORRUPT: "the database file is damaged: keep it as it is, and restore a backup",
    sqlite3.SQLITE_NOTADB: "the file is no database, or is damaged at its beginning: restore a backup",
    sqlite3.SQLITE_FULL: "the disk is full: free some space and ask again",
    sqlite3.SQLITE_IOERR: "the disk is full or failing: free some space, or look at the disk",
    sqlite3.SQLITE_READONLY: "this user may not write to the database file or to its folder",
    sqlite3.SQLITE_CANTOPEN: "the folder of the database is missing, or this user may not write to it",
    sqlite3.SQLITE_PERM: "this user may not use the database file",
}
"""What the driver's few words mean for whoever reads them."""


def asks_to_run_again(error: BaseException) -> bool:
    """Did PostgreSQL refuse this transaction only because another ran at the same time?"""
    return isinstance(error, RunAgain) or sqlstate(error) in AGAIN


def sqlstate(error: BaseException) -> str | None:
    """PostgreSQL's five-letter code of an error; None for any other error."""
    state = getattr(getattr(error, "orig", None), "sqlstate", None)
    return state if isinstance(state, str) else None


def named(error: exc.SQLAlchemyError) -> Exception:
    """What a driver's error means here; the error itself when it is about the statement."""
    if isinstance(error, exc.TimeoutError):
        return StorageBusy("no connection came free in time")
    if not isinstance(error, exc.DBAPIError):
        return error
    return _named_by_sqlite(error) if isinstance(error.orig, sqlite3.Error) else _named_by_postgresql(error)


@contextmanager
def storage_errors() -> Iterator[None]:
    """Turns driver errors raised inside into those of this module."""
    try:
        yield
    except exc.SQLAlchemyError as error:
        meaning = named(error)
        if meaning is error:
            raise
        raise meaning from error


def _named_by_sqlite(error: exc.DBAPIError) -> Exception:
    # The low byte is the kind; the rest says which variety of it.
    kind = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
    if kind in BUSY_SQLITE:
        return StorageBusy(str(error.orig))
    if kind not in UNAVAILABLE_SQLITE:
        return error
    cure = CURES_SQLITE.get(kind)
    return StorageUnavailable(f"{error.orig}; {cure}" if cure else str(error.orig))


def _named_by_postgresql(error: exc.DBAPIError) -> Exception:
    state = sqlstate(error)
    if state in BUSY or state in AGAIN:
        return StorageBusy(str(error.orig))
    lost = error.connection_invalidated or (state is None and isinstance(error, exc.OperationalError))
    if lost or (state or "").startswith(UNAVAILABLE_CLASSES):
        return StorageUnavailable(str(error.orig))
    return error
