# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Connection

from ledger.instants import later
from storage.outbox import (
    FIRST_PAUSE_SECONDS,
    LONGEST_PAUSE_SECONDS,
    Duty,
    LeaseLost,
    add,
    claim,
    dead,
    fail,
    find,
    finish,
    forget,
    open_count,
    pause_seconds,
    replay,
)
from storage.store import Store

NOW = "2026-11-23T09:00:00.000Z"
MINUTE = 60


def owe(store: Store, number: int, *, due_at: str | None = None, max_attempts: int = 8) -> bool:
    return store.write(
        lambda connection: add(
            connection,
            duty_id=f"d{number}",
            duty="notify" if number % 2 else "draw_paper",
            subject=f"exchange/{number}",
            payload="{}",
            key=f"key-{number}",
            now=NOW,
            due_at=due_at,
            max_attempts=max_attempts,
        )
    )


def take(store: Store, now: str = NOW, duty: str | None = None, limit: int = 10) -> tuple[Duty, ...]:
    return store.write(lambda connection: claim(connection, duty, now, MINUTE, limit))


def lease_of(duty: Duty) -> str:
    assert duty.lease is not None
    return duty.lease


def test_a_duty_with_a_known_key_is_owed_once(store: Store) -> None:
    assert owe(store, 1)
    assert not owe(store, 1)
    with store.read() as connection:
        assert open_count(connection) == 1


def test_due_duties_are_leased_the_longest_due_first(store: Store) -> None:
    owe(store, 1)
    owe(store, 2, due_at=later(NOW, -1))
    owe(store, 3, due_at=later(NOW, 1))
    claimed = take(store)
    assert [(duty.id, duty.attempts) for duty in claimed] == [("d2", 1), ("d1", 1)]
    assert take(store) == ()


def test_only_the_asked_kind_and_number_are_leased(store: Store) -> None:
    for number in range(6):
        owe(store, number)
    assert [duty.id for duty in take(store, duty="notify", limit=2)] == ["d1", "d3"]


def test_claimers_at_once_share_no_duty(store: Store) -> None:
    for number in range(40):
        owe(store, number)
    with ThreadPoolExecutor(8) as pool:
        shares = list(pool.map(lambda _: take(store, limit=5), range(8)))
    taken = [duty.id for share in shares for duty in share]
    assert len(taken) == len(set(taken))
    rest = take(store, limit=40)
    assert len(taken) + len(rest) == 40


def test_the_holder_finishes_and_the_duty_is_open_no_more(store: Store) -> None:
    owe(store, 1)
    (duty,) = take(store)
    store.write(lambda connection: finish(connection, duty.id, lease_of(duty), NOW))
    with store.read() as connection:
        assert open_count(connection) == 0
    assert take(store, later(NOW, 10 * MINUTE)) == ()


def test_who_lost_the_lease_finishes_nothing_and_fails_nothing(store: Store) -> None:
    owe(store, 1)
    (slow,) = take(store)
    (quick,) = take(store, later(NOW, 2 * MINUTE))
    assert (slow.id, quick.attempts) == (quick.id, 2)
    for act in (
        lambda connection: finish(connection, slow.id, lease_of(slow), NOW),
        lambda connection: fail(connection, slow.id, lease_of(slow), NOW, "smtp.refused"),
    ):
        with pytest.raises(LeaseLost):
            store.write(act)
    store.write(lambda connection: finish(connection, quick.id, lease_of(quick), NOW))
    with pytest.raises(LeaseLost):
        store.write(lambda connection: finish(connection, quick.id, lease_of(quick), NOW))


def test_a_failed_duty_comes_back_after_its_pause(store: Store) -> None:
    owe(store, 1)
    (duty,) = take(store)
    last = store.write(lambda connection: fail(connection, duty.id, lease_of(duty), NOW, "smtp.refused"))
    assert not last
    assert take(store, later(NOW, FIRST_PAUSE_SECONDS - 1)) == ()
    (again,) = take(store, later(NOW, FIRST_PAUSE_SECONDS))
    assert (again.attempts, again.last_error) == (2, "smtp.refused")


def test_pauses_double_up_to_the_longest() -> None:
    assert [pause_seconds(attempts) for attempts in (1, 2, 3, 4)] == [10, 20, 40, 80]
    assert pause_seconds(1000) == LONGEST_PAUSE_SECONDS


def test_after_the_last_attempt_a_duty_is_dead_and_can_be_replayed(store: Store) -> None:
    owe(store, 1, max_attempts=1)
    (duty,) = take(store)
    assert store.write(lambda connection: fail(connection, duty.id, lease_of(duty), NOW, "smtp.refused"))
    assert take(store, later(NOW, 1000 * MINUTE)) == ()
    with store.read() as connection:
        assert [(one.id, one.last_error) for one in dead(connection)] == [("d1", "smtp.refused")]
        assert open_count(connection) == 0
    assert store.write(lambda connection: replay(connection, "d1", NOW))
    assert not store.write(lambda connection: replay(connection, "d1", NOW))
    (again,) = take(store)
    assert (again.id, again.attempts) == ("d1", 1)


def test_a_duty_whose_holder_vanished_at_the_last_attempt_is_dead(store: Store) -> None:
    owe(store, 1, max_attempts=1)
    take(store)
    assert take(store, later(NOW, 2 * MINUTE)) == ()
    with store.read() as connection:
        assert [one.last_error for one in dead(connection)] == ["outbox.holder_vanished"]


def test_a_duty_can_be_looked_up_and_counted_by_kind(store: Store) -> None:
    owe(store, 1)
    owe(store, 2)

    def look(connection: Connection) -> tuple[int, int, bool, bool]:
        known, unknown = find(connection, "d1"), find(connection, "d9")
        both = open_count(connection)
        return both, open_count(connection, "notify"), known is not None, unknown is None

    with store.read() as connection:
        assert look(connection) == (2, 1, True, True)


def test_duties_done_long_ago_are_forgotten_and_open_ones_kept(store: Store) -> None:
    owe(store, 1)
    owe(store, 2)
    (duty,) = take(store, limit=1)
    store.write(lambda connection: finish(connection, duty.id, lease_of(duty), NOW))
    assert store.write(lambda connection: forget(connection, later(NOW, 1))) == 1
    with store.read() as connection:
        assert find(connection, duty.id) is None
        assert open_count(connection) == 1
