# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Limits: few guesses, a pause that grows, counted in the database; and nobody is locked out by somebody else."""

import pytest
from argon2 import PasswordHasher

from services.desk import Desk
from services.sign_in import entering
from services.sign_in.entering import Came, SignInRefused
from services.sign_in.limits import TooManyTries
from storage.store import Store
from tests.accounts import ELSEWHERE, HERE, PASSWORD, QUICK, come_in, invite_with_password
from tests.house import House


def guess(desk: Desk, address: str, came: Came = HERE, password: str = "a wrong one, quite") -> str:
    try:
        entering.with_password(desk, came, address, password)
    except SignInRefused:
        return "refused"
    except TooManyTries as error:
        return f"wait {error.seconds}"
    return "in"


def guesses(house: House, address: str, came: Came, times: int, *, every: int) -> list[str]:
    found = []
    for _ in range(times):
        found.append(guess(house.desk, address, came))
        house.clock.on(seconds=every)
    return found


@pytest.mark.parametrize("name", ["bruno", "nobody"])
def test_ten_guesses_in_a_quarter_of_an_hour_and_no_more(house: House, name: str) -> None:
    invite_with_password(house, "Bruno")
    found = guesses(house, f"{name}@example.org", ELSEWHERE, 90, every=10)
    assert 5 <= found.count("refused") <= 10


def test_the_pause_grows_from_the_fourth_failure_on(house: House) -> None:
    address = invite_with_password(house, "Bruno")
    assert guesses(house, address, HERE, 4, every=0) == ["refused"] * 4
    pauses = []
    for _ in range(5):
        pauses.append(guess(house.desk, address))
        house.clock.on(seconds=int(pauses[-1].removeprefix("wait ")))
        assert guess(house.desk, address) == "refused"
    assert pauses == ["wait 2", "wait 4", "wait 8", "wait 16", "wait 32"]


def test_the_right_password_lets_in_again_and_clears_what_failed_before(house: House) -> None:
    address = invite_with_password(house, "Bruno")
    guesses(house, address, HERE, 3, every=1)
    house.clock.on(seconds=5)
    assert guess(house.desk, address, HERE, PASSWORD) == "in"
    house.clock.on(seconds=1)
    assert guesses(house, address, HERE, 3, every=0) == ["refused"] * 3


def test_a_restart_forgets_nothing(house: House) -> None:
    address = invite_with_password(house, "Bruno")
    guesses(house, address, HERE, 30, every=15)
    again = Store.open(house.desk.store.url)
    desk = Desk(again, house.desk.data, clock=house.clock, hasher=QUICK)
    assert guess(desk, address, HERE, PASSWORD).startswith("wait")
    again.close()


def test_nobody_is_locked_out_by_somebody_elses_guesses(house: House) -> None:
    address = invite_with_password(house, "Bruno")
    come_in(house, address)
    for number in range(80):
        guess(house.desk, address, Came(f"203.0.113.{number}", "?"))
    assert guess(house.desk, address, Came("203.0.113.200", "?"), PASSWORD).startswith("wait")
    assert guess(house.desk, address, HERE, PASSWORD) == "in"
    assert guess(house.desk, invite_with_password(house, "Paula"), HERE, PASSWORD) == "in"


def test_many_accounts_guessed_from_one_place_are_noticed(house: House) -> None:
    house.desk.hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    found = [guess(house.desk, f"person{number}@example.org", ELSEWHERE) for number in range(305)]
    assert (found[:300], found[-1].partition(" ")[0]) == (["refused"] * 300, "wait")


def test_the_window_slides(house: House) -> None:
    address = invite_with_password(house, "Bruno")
    guesses(house, address, HERE, 60, every=15)
    house.clock.on(minutes=15)
    assert guess(house.desk, address, HERE, PASSWORD) == "in"
