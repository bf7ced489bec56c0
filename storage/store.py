# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The store: the only way to write, and the way to read.

`write(work)` runs the work in one transaction and answers once it is committed. A work gets a
connection, does nothing but read and write through it, takes milliseconds, and may be run again
from the start; so it must not keep anything between runs. On SQLite with group commit it runs in
the writer's thread: it sees no thread-locals or context variables of its caller.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar
from weakref import WeakSet

from sqlalchemy import Connection

from storage.engine import Engines, open_engines
from storage.errors import storage_errors
from storage.group_commit import GroupCommit
from storage.postgresql_writer import PostgresqlWriter
from storage.sqlite_writer import SqliteWriter
from storage.transaction import refuse_inside_work

T = TypeVar("T")


class Store:
    """One database, open."""

    def __init__(self, url: str, *, group_commit: bool = True) -> None:
        self.url = url
        self._group_commit = group_commit
        self._open()
        _stores.add(self)

    @classmethod
    def open(cls, url: str, *, group_commit: bool = True) -> "Store":
        """Opens `sqlite:///PATH` or `postgresql://…`, whose schema must be there already."""
        return cls(url, group_commit=group_commit)

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._engines.dialect

    def write(self, work: Callable[[Connection], T]) -> T:
        """The work's result, once committed.

        Raises what the work raises (then nothing was written), WriteInsideWork, StorageBusy,
        StorageUnavailable, OutcomeUnknown.
        """
        refuse_inside_work()
        return self._writer.write(work)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that cannot write and sees one moment throughout."""
        with storage_errors(), self._engines.reader.connect() as connection:
            if self.dialect == "sqlite":
                connection.exec_driver_sql("BEGIN")
            yield connection

    def close(self) -> None:
        """Answers what is still queued and closes every connection."""
        self._writer.close()
        self._engines.writer.dispose()
        self._engines.reader.dispose()

    def _open(self) -> None:
        self._engines = open_engines(self.url)
        self._writer = _writer(self._engines, group_commit=self._group_commit)

    def before_fork(self) -> None:
        """Closes SQLite: a child would inherit the memory of its locks without holding them."""
        self._writer.let_go()
        if self.dialect == "sqlite":
            self._engines.writer.dispose()
            self._engines.reader.dispose()

    def after_fork_in_parent(self) -> None:
        self._writer.resume()

    def after_fork_in_child(self) -> None:
        self._engines.writer.dispose(close=False)
        self._engines.reader.dispose(close=False)
        self._open()


def _writer(engines: Engines, *, group_commit: bool) -> SqliteWriter | GroupCommit | PostgresqlWriter:
    if engines.dialect != "sqlite":
        return PostgresqlWriter(engines.writer)
    alone = SqliteWriter(engines.writer)
    return GroupCommit(alone) if group_commit else alone


_stores: WeakSet[Store] = WeakSet()


def _for_every_store(act: Callable[[Store], None]) -> Callable[[], None]:
    def act_on_all() -> None:
        for store in tuple(_stores):
            act(store)

    return act_on_all


os.register_at_fork(
    before=_for_every_store(Store.before_fork),
    after_in_parent=_for_every_store(Store.after_fork_in_parent),
    after_in_child=_for_every_store(Store.after_fork_in_child),
)
