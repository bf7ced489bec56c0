# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Connection, event, insert, select, text

from storage.engine import open_engine
from storage.errors import StorageUnavailable
from storage.group_commit import BREATH_SECONDS, TOGETHER, GroupCommit
from storage.sqlite_writer import SqliteWriter
from storage.tables import settings

Work = Callable[[Connection], Any]


class Line:
    """Works that stand in line while the writer is held, and are then answered together."""

    def __init__(self, url: str) -> None:
        self.engine = open_engine(url)
        self.group = GroupCommit(SqliteWriter(self.engine))
        self.commits = 0
        event.listen(self.engine, "commit", self._count)

    def _count(self, _connection: Connection) -> None:
        self.commits += 1

    def answers(self, works: list[Work]) -> list[Future[Any]]:
        """Each work's answer. The works are committed in batches after one that holds the line."""
        held, go = threading.Event(), threading.Event()

        def hold(_connection: Connection) -> None:
            held.set()
            go.wait(20)

        with ThreadPoolExecutor(len(works) + 1) as pool:
            pool.submit(self.group.write, hold)
            assert held.wait(20)
            answers = []
            for number, work in enumerate(works, 1):
                answers.append(pool.submit(self.group.write, work))
                while self.group._queue.qsize() < number:
                    threading.Event().wait(0.001)
            self.commits = 0
            go.set()
        return answers

    def names(self) -> list[str]:
        with self.engine.connect() as connection:
            return list(connection.scalars(select(settings.c.name).order_by(settings.c.name)))


@pytest.fixture
def line(sqlite_url: str) -> Iterator[Line]:
    opened = Line(sqlite_url)
    yield opened
    opened.group.close()
    opened.engine.dispose()


def putting(name: str) -> Work:
    return lambda connection: connection.execute(insert(settings).values(name=name, value=""))


def executing(statement: str) -> Work:
    return lambda connection: connection.execute(text(statement))


def refusing(name: str) -> Work:
    def work(connection: Connection) -> None:
        putting(name)(connection)
        raise LookupError(name)

    return work


def test_works_that_wait_are_committed_together(line: Line) -> None:
    answers = line.answers([putting(f"{number:02}") for number in range(10)])
    assert all(answer.exception() is None for answer in answers)
    assert len(line.names()) == 10
    # The one that held the line, and then all the others.
    assert line.commits == 2


def test_at_most_so_many_are_committed_together(line: Line) -> None:
    line.answers([putting(f"{number:02}") for number in range(TOGETHER + 1)])
    assert len(line.names()) == TOGETHER + 1
    assert line.commits == 3


def test_a_work_that_raises_takes_nothing_with_it(line: Line) -> None:
    answers = line.answers([putting("1"), refusing("2"), putting("3"), putting("1"), putting("5")])
    errors = [type(answer.exception()).__name__ for answer in answers]
    assert errors == ["NoneType", "LookupError", "NoneType", "IntegrityError", "NoneType"]
    assert line.names() == ["1", "3", "5"]
    assert line.commits == 2


def test_a_later_work_sees_what_an_earlier_one_of_its_batch_wrote(line: Line) -> None:
    def look(connection: Connection) -> int:
        return len(connection.execute(select(settings.c.name)).all())

    _, answer = line.answers([putting("1"), look])
    assert answer.result() == 1


def test_a_work_that_ends_the_transaction_is_refused_and_the_others_are_run_again(
    line: Line,
) -> None:
    def commit(connection: Connection) -> None:
        connection.connection.driver_connection.execute("ROLLBACK")  # type: ignore[union-attr]

    answers = line.answers([putting("1"), commit, putting("3")])
    errors = [type(answer.exception()).__name__ for answer in answers]
    assert errors == ["NoneType", "WorkEndedTransaction", "NoneType"]
    assert line.names() == ["1", "3"]


def test_when_the_commit_of_a_batch_fails_each_work_runs_again_alone(line: Line) -> None:
    """Deferred foreign keys are looked at only by COMMIT: one work's mistake fails the batch."""
    line.answers([executing(statement) for statement in FAMILIES])
    runs: list[str] = []

    def child(name: str, parent: str) -> Work:
        def work(connection: Connection) -> None:
            runs.append(name)
            connection.execute(text(f"INSERT INTO child VALUES ('{name}', '{parent}')"))

        return work

    answers = line.answers([child("1", "known"), child("2", "unknown"), child("3", "known")])
    errors = [type(answer.exception()).__name__ for answer in answers]
    assert errors == ["NoneType", "IntegrityError", "NoneType"]
    assert runs == ["1", "2", "3", "1", "2", "3"]
    with line.engine.connect() as connection:
        assert list(connection.scalars(text("SELECT name FROM child ORDER BY name"))) == ["1", "3"]


FAMILIES = (
    "CREATE TABLE parent (name TEXT PRIMARY KEY)",
    "CREATE TABLE child (name TEXT, parent TEXT REFERENCES parent DEFERRABLE INITIALLY DEFERRED)",
    "INSERT INTO parent VALUES ('known')",
)


def test_nobody_is_answered_before_the_commit(line: Line) -> None:
    answered_early: list[bool] = []
    committing = threading.Event()
    answers: list[Future[Any]] = []

    @event.listens_for(line.engine, "commit")
    def look(_connection: Connection) -> None:
        answered_early.extend(answer.done() for answer in answers)
        committing.set()

    with ThreadPoolExecutor(8) as pool:
        held, go = threading.Event(), threading.Event()

        def hold(_connection: Connection) -> None:
            held.set()
            go.wait(20)

        answers.append(pool.submit(line.group.write, hold))
        held.wait(20)
        answers += [pool.submit(line.group.write, putting(str(number))) for number in range(5)]
        go.set()
    event.remove(line.engine, "commit", look)
    assert committing.is_set()
    assert answered_early[0] is False
    assert len(line.names()) == 5


def test_between_busy_batches_the_writer_lets_others_in(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr("storage.group_commit.time.sleep", pauses.append)
    line.answers([putting(f"{number:02}") for number in range(TOGETHER + 1)])
    # After the one that held the line, and after the first full batch; not after the last.
    assert pauses == [BREATH_SECONDS, BREATH_SECONDS]


def test_what_was_queued_is_answered_before_the_end_and_later_works_are_refused(
    line: Line,
) -> None:
    line.answers([putting("1")])
    line.group.close()
    assert line.names() == ["1"]
    with pytest.raises(StorageUnavailable):
        line.group.write(putting("2"))
