# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Turns: processes that write to one SQLite file wait for each other in the kernel's queue, not in SQLite's sleeps.

SQLite only polls for its write lock, ever more slowly, so a process that writes without pause starves the others for a
second and more. A lock on a file beside the database wakes the next one at once. It orders the waiting and nothing else:
SQLite's own lock still guards the data, also against writers that know nothing of turns. A process that dies gives up its
turn by dying.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.errors import StorageUnavailable


class Turns:
    """The file whose lock is the turn to write."""

    def __init__(self, database: str) -> None:
        self._path = Path(f"{database}-turn")
        self._file: int | None = None

    @contextmanager
    def mine(self) -> Iterator[None]:
        """Waits for the turn, holds it inside, and passes it on. Raises StorageUnavailable where nothing can be written."""
        if self._file is None:
            self._file = self._opened()
        fcntl.flock(self._file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(self._file, fcntl.LOCK_UN)

    def _opened(self) -> int:
        try:
            return os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise StorageUnavailable(f"{self._path} cannot be written: {error.strerror}") from error

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None
