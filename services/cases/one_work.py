# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""A store inside one transaction: what several services write through it is written together or not at all.

Each write is a savepoint, so that a refused step leaves nothing behind and the case can go on.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy import Connection

from storage.store import Store

T = TypeVar("T")


class OneWork(Store):
    """The store that services see while somebody else's `write` is under way on this connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def dialect(self) -> str:
        return self._connection.dialect.name

    def write(self, work: Callable[[Connection], T]) -> T:
        """The work's result; what it wrote is undone when it raises."""
        with self._connection.begin_nested():
            return work(self._connection)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """The same connection: inside, one sees what was just written."""
        yield self._connection

    def close(self) -> None:
        """Nothing of its own to close."""
