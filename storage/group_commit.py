# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Group commit for SQLite: one thread writes, and one COMMIT answers up to 32 works.

Every work runs in a savepoint of its own, so that one that raises takes nothing with it, and is
answered only after COMMIT.
"""

import threading
import time
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, exc

from storage.errors import StorageUnavailable, named
from storage.sqlite_writer import SqliteWriter
from storage.transaction import run, still_open

T = TypeVar("T")

TOGETHER = 32
# SQLite has no queue for its write lock: a process that commits and begins again at once keeps a
# second one waiting in its sleeps (p99 831 ms). Two milliseconds between busy batches let the other
# in (p99 1.4 ms).
BREATH_SECONDS = 0.002


class Job(Generic[T]):
    """A work with a place for its answer."""

    __slots__ = ("_answered", "error", "result", "work")

    def __init__(self, work: Callable[[Connection], T]) -> None:
        self.work = work
        self.result: Any = None
        self.error: BaseException | None = None
        self._answered = threading.Lock()
        self._answered.acquire()

    def run(self, connection: Connection) -> None:
        """Keeps what the work returns; raises what it raises."""
        self.result, self.error = None, None
        self.result = run(self.work, connection)

    def answer(self) -> None:
        self._answered.release()

    def wait(self) -> T:
        """The work's result, once committed; raises its error, once rolled back."""
        self._answered.acquire()
        if self.error is not None:
            raise self.error
        return self.result  # type: ignore[no-any-return]


class _BatchLost(Exception):
    """SQLite itself rolled the whole batch back, as it does on a full disk."""


class GroupCommit:
    """The queue, and the thread that empties it; the thread starts with the first work."""

    def __init__(self, writer: SqliteWriter) -> None:
        self._writer = writer
        self._queue: SimpleQueue[Job[Any] | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._gate = threading.Lock()
        self._closed = False

    def write(self, work: Callable[[Connection], T]) -> T:
        job = Job(work)
        with self._gate:
            if self._closed:
                raise StorageUnavailable("the store is closed")
            if self._thread is None:
                self._thread = threading.Thread(target=self._serve, name="minga-writer", daemon=True)
                self._thread.start()
            self._queue.put(job)
        return job.wait()

    def close(self) -> None:
        """Answers what is queued, then ends the thread."""
        with self._gate:
            self._closed = True
            thread, self._thread = self._thread, None
            self._queue.put(None)
        if thread is not None:
            thread.join()
        self._writer.close()

    def let_go(self) -> None:
        """Finishes the batch under way, closes, and writes nothing until `resume`."""
        self._writer.let_go()

    def resume(self) -> None:
        self._writer.resume()

    def _serve(self) -> None:
        while (first := self._queue.get()) is not None:
            batch, ended = self._batch(first)
            self._answer(batch)
            if ended:
                return
            if not self._queue.empty():
                time.sleep(BREATH_SECONDS)

    def _batch(self, first: Job[Any]) -> tuple[list[Job[Any]], bool]:
        """The first job and those waiting behind it; and whether the queue ended there."""
        batch = [first]
        while len(batch) < TOGETHER:
            try:
                job = self._queue.get_nowait()
            except Empty:
                break
            if job is None:
                return batch, True
            batch.append(job)
        return batch, False

    def _answer(self, batch: Sequence[Job[Any]]) -> None:
        """Commits the batch together; where that fails, each job alone.

        Every job is answered, whatever happens.
        """
        try:
            if len(batch) == 1 or not self._together(batch):
                for job in batch:
                    self._alone(job)
        except BaseException as error:  # noqa: BLE001
            for job in batch:
                job.error = job.error or error
        finally:
            for job in batch:
                job.answer()

    def _together(self, batch: Sequence[Job[Any]]) -> bool:
        """Whether the whole batch was committed."""
        try:
            self._writer.write(lambda connection: _run_all(batch, connection))
        except (_BatchLost, StorageUnavailable, exc.SQLAlchemyError):
            return False
        return True

    def _alone(self, job: Job[Any]) -> None:
        job.error = None
        try:
            self._writer.write(job.run)
        except BaseException as error:  # noqa: BLE001
            job.error = error


def _run_all(batch: Sequence[Job[Any]], connection: Connection) -> None:
    """Runs each job in its savepoint.

    Raises _BatchLost when SQLite gave up the transaction around them.
    """
    driver: Any = connection.connection.driver_connection
    for job in batch:
        driver.execute("SAVEPOINT work")
        try:
            job.run(connection)
        except BaseException as error:  # noqa: BLE001
            job.error = named(error) if isinstance(error, exc.SQLAlchemyError) else error
            if still_open(connection):
                driver.execute("ROLLBACK TO work")
        if not still_open(connection):
            raise _BatchLost
        driver.execute("RELEASE work")
