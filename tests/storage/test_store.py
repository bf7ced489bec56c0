# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, exc, func, insert, make_url, select, text

from ledger.chain import verify_stream
from storage.engine import open_engine
from storage.errors import (
    RunAgain,
    StorageBusy,
    StorageUnavailable,
    WorkEndedTransaction,
    WriteInsideWork,
)
from storage.store import Store
from storage.streams import read_stream
from storage.tables import events, outbox, settings

ROOT = Path(__file__).parents[2]
ALL_STORES = ["sqlite, together", "sqlite, alone", "postgresql"]


@pytest.fixture(params=ALL_STORES)
def any_store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """A store of each kind of writer."""
    kind, _, way = request.param.partition(", ")
    opened = Store.open(request.getfixturevalue(f"{kind}_url"), group_commit=way != "alone")
    yield opened
    opened.close()


def put(connection: Connection, name: str, value: str = "") -> None:
    connection.execute(insert(settings).values(name=name, value=value))


def names(store: Store) -> list[str]:
    with store.read() as connection:
        return list(connection.scalars(select(settings.c.name).order_by(settings.c.name)))


def test_what_a_work_wrote_is_there_and_its_result_is_returned(any_store: Store) -> None:
    def work(connection: Connection) -> int:
        put(connection, "origin")
        return 42

    assert any_store.write(work) == 42
    assert names(any_store) == ["origin"]


def test_a_work_that_raises_writes_nothing_and_its_error_is_its_own(any_store: Store) -> None:
    class Refused(Exception):
        pass

    def work(connection: Connection) -> None:
        put(connection, "origin")
        raise Refused

    with pytest.raises(Refused):
        any_store.write(work)
    assert names(any_store) == []


def test_a_broken_rule_of_the_database_is_told_as_it_is(any_store: Store) -> None:
    any_store.write(lambda connection: put(connection, "origin"))
    with pytest.raises(exc.IntegrityError):
        any_store.write(lambda connection: put(connection, "origin"))
    any_store.write(lambda connection: put(connection, "after"))
    assert names(any_store) == ["after", "origin"]


def test_a_work_that_asks_for_another_transaction_is_refused(any_store: Store) -> None:
    def work(connection: Connection) -> None:
        any_store.write(lambda inner: put(inner, "inner"))

    with pytest.raises(WriteInsideWork) as refused:
        any_store.write(work)
    assert refused.value.code == "storage.write_inside_work"
    any_store.write(lambda connection: put(connection, "after"))
    assert names(any_store) == ["after"]


@pytest.mark.parametrize("ending", ["commit", "rollback"])
def test_a_work_that_ends_its_transaction_is_refused(any_store: Store, ending: str) -> None:
    with pytest.raises((WorkEndedTransaction, exc.InvalidRequestError)):
        any_store.write(lambda connection: getattr(connection, ending)())
    any_store.write(lambda connection: put(connection, "after"))
    assert names(any_store) == ["after"]


def test_writers_at_once_all_succeed(any_store: Store) -> None:
    def write(number: int) -> None:
        any_store.write(lambda connection: put(connection, f"{number:03}"))

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(write, range(100)))
    assert names(any_store) == [f"{number:03}" for number in range(100)]


def test_a_reader_cannot_write(any_store: Store) -> None:
    with (
        pytest.raises((exc.DBAPIError, StorageUnavailable), match=r"readonly|read-only"),
        any_store.read() as connection,
    ):
        put(connection, "origin")


def test_a_read_that_fails_leaves_the_store_usable(any_store: Store) -> None:
    with pytest.raises(LookupError), any_store.read():
        raise LookupError
    assert names(any_store) == []


def test_a_reader_sees_one_moment(any_store: Store) -> None:
    count = select(func.count()).select_from(settings)
    with any_store.read() as connection:
        before = connection.scalar(count)
        any_store.write(lambda writing: put(writing, "origin"))
        assert connection.scalar(count) == before == 0
    assert names(any_store) == ["origin"]


def test_every_connection_that_writes_waits_for_the_disk(sqlite_url: str) -> None:
    def asked(connection: Connection) -> list[object]:
        pragmas = (
            "synchronous",
            "journal_mode",
            "recursive_triggers",
            "foreign_keys",
            "busy_timeout",
        )
        return [connection.scalar(text(f"PRAGMA {name}")) for name in pragmas]

    for together in (True, False):
        store = Store.open(sqlite_url, group_commit=together)
        full = 2
        assert store.write(asked) == [full, "wal", 1, 1, 30_000]
        store.close()


def test_a_work_that_met_a_rival_runs_again_from_the_start(postgresql_url: str) -> None:
    store = Store.open(postgresql_url)
    runs: list[int] = []

    def work(connection: Connection) -> int:
        runs.append(len(runs))
        put(connection, "origin")
        if len(runs) < 3:
            raise RunAgain
        return len(runs)

    assert store.write(work) == 3
    assert names(store) == ["origin"]
    store.close()


def test_a_work_runs_at_most_five_times(postgresql_url: str) -> None:
    store = Store.open(postgresql_url)
    runs: list[int] = []

    def work(_connection: Connection) -> None:
        runs.append(1)
        raise RunAgain

    with pytest.raises(RunAgain):
        store.write(work)
    assert len(runs) == 5
    store.close()


def test_works_that_lock_each_other_out_on_postgresql_both_succeed(postgresql_url: str) -> None:
    store = Store.open(postgresql_url)
    for name in ("a", "b"):
        store.write(partial(put, name=name))
    both_hold_one = threading.Barrier(2)
    first_run = {"a": True, "b": True}

    def swap(first: str, second: str) -> None:
        def work(connection: Connection) -> None:
            change = settings.update().values(value=settings.c.value + first)
            connection.execute(change.where(settings.c.name == first))
            if first_run[first]:
                first_run[first] = False
                both_hold_one.wait(20)
            connection.execute(change.where(settings.c.name == second))

        store.write(work)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(swap, "ab", "ba"))
    with store.read() as connection:
        values = sorted(connection.scalars(select(settings.c.value)))
    assert [sorted(value) for value in values] == [["a", "b"], ["a", "b"]]
    store.close()


def test_a_connection_the_server_closed_meanwhile_is_not_noticed(postgresql_url: str) -> None:
    store = Store.open(postgresql_url)
    store.write(lambda connection: put(connection, "before"))
    engine = open_engine(postgresql_url)
    with engine.connect() as connection:
        ended = connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        ).all()
    engine.dispose()
    assert ended
    store.write(lambda connection: put(connection, "after"))
    assert names(store) == ["after", "before"]
    store.close()


def test_a_lock_held_too_long_is_told_as_busy(store: Store) -> None:
    sqlite = store.dialect == "sqlite"
    impatient = "PRAGMA busy_timeout=50" if sqlite else "SET lock_timeout='50ms'"
    rival = open_engine(store.url)
    store.write(lambda connection: connection.execute(text(impatient)))
    with rival.connect() as holding:
        holding.execute(text("BEGIN IMMEDIATE" if sqlite else "LOCK TABLE settings"))
        with pytest.raises(StorageBusy) as busy:
            store.write(lambda connection: put(connection, "origin"))
        holding.rollback()
    rival.dispose()
    assert busy.value.code == "storage.busy"
    store.write(lambda connection: put(connection, "origin"))
    assert names(store) == ["origin"]


@pytest.mark.parametrize("group_commit", [True, False])
def test_a_full_disk_is_told_as_unavailable_and_passes(sqlite_url: str, group_commit: bool) -> None:
    store = Store.open(sqlite_url, group_commit=group_commit)
    pages = store.write(lambda connection: connection.scalar(text("PRAGMA page_count")))
    store.write(lambda connection: connection.execute(text(f"PRAGMA max_page_count={pages}")))
    with pytest.raises(StorageUnavailable, match="the disk is full: free some space") as unavailable:
        store.write(lambda connection: put(connection, "big", "x" * 100_000))
    assert unavailable.value.code == "storage.unavailable"
    store.write(lambda connection: connection.execute(text("PRAGMA max_page_count=100000")))
    store.write(lambda connection: put(connection, "after"))
    assert names(store) == ["after"]
    store.close()


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:////no/such/folder/minga.db",
        "postgresql://nobody@127.0.0.1:1/nothing",
    ],
)
def test_a_database_that_is_not_there_is_unavailable(url: str) -> None:
    store = Store.open(url)
    with pytest.raises(StorageUnavailable):
        store.write(lambda connection: put(connection, "origin"))
    with pytest.raises(StorageUnavailable):
        names(store)
    store.close()


@pytest.mark.parametrize(
    ("begin", "cure"), [(0, "the file is no database"), (4096, "the database file is damaged: keep it as it is")]
)
def test_a_damaged_file_says_what_to_do(sqlite_url: str, begin: int, cure: str) -> None:
    file = Path(make_url(sqlite_url).database or "")
    file.write_bytes(file.read_bytes()[:begin] + b"\xff" * (file.stat().st_size - begin))
    store = Store.open(sqlite_url)
    with pytest.raises(StorageUnavailable, match=cure) as unavailable:
        names(store)
    assert unavailable.value.code == "storage.unavailable"
    store.close()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_told(sqlite_url: str) -> None:
    file = Path(make_url(sqlite_url).database or "")
    file.parent.chmod(0o500)
    store = Store.open(sqlite_url)
    with pytest.raises(StorageUnavailable, match="this user may not write"):
        store.write(lambda connection: put(connection, "origin"))
    store.close()
    file.parent.chmod(0o700)


@pytest.mark.parametrize("url", ["mysql://x/y", "sqlite://", "sqlite:///:memory:"])
def test_other_databases_are_refused(url: str) -> None:
    with pytest.raises(StorageUnavailable):
        Store.open(url)


def test_a_forked_child_and_its_parent_both_write(store: Store) -> None:
    store.write(lambda connection: put(connection, "1 before"))
    names(store)
    child = os.fork()
    if child == 0:
        try:
            store.write(lambda connection: put(connection, "2 child"))
            store.close()
        finally:
            os._exit(0)
    store.write(lambda connection: put(connection, "3 parent"))
    assert os.waitpid(child, 0)[1] == 0
    assert names(store) == ["1 before", "2 child", "3 parent"]


def test_no_acknowledged_event_is_lost_and_none_doubled_when_the_writer_is_killed(
    url: str,
) -> None:
    acknowledged: list[str] = []
    for kill in range(3):
        acknowledged += killed_after(url, 25 + 17 * kill)
    store = Store.open(url)
    with store.read() as connection:
        told = [
            list(read_stream(connection, stream)) for stream in connection.scalars(select(events.c.stream).distinct())
        ]
        duties = set(connection.scalars(select(outbox.c.key)))
    store.close()
    there = {f"{event.stream} {event.seq} {event.hash}" for stream in told for event in stream}
    assert set(acknowledged) <= there
    assert len(acknowledged) == len(set(acknowledged))
    assert duties == {f"{event.stream}/{event.seq}" for stream in told for event in stream}
    assert [finding for stream in told for finding in verify_stream(stream)] == []


def killed_after(url: str, lines: int) -> list[str]:
    """What a writing process acknowledged until it was killed, soon after so many lines."""
    script = Path(__file__).with_name("writer_process.py")
    with subprocess.Popen(
        [sys.executable, str(script), url],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(lines)]
        process.kill()
        # A last line cut off in the middle was not acknowledged to anybody.
        said += [line for line in process.stdout if line.endswith("\n")]
    assert all(said)
    return [line.strip() for line in said]
