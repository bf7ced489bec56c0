# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""One-time codes: set up with a first right code, each accepted once, sealed at rest; recovery codes for a lost telephone."""

import pytest
from sqlalchemy import select, text

from people.actors import Role
from services.errors import Refused
from services.sign_in import entering, own, sessions
from services.sign_in.entering import CodeRefused
from services.sign_in.keys import FILE, KeyUnusable, _read
from services.sign_in.limits import TooManyTries
from storage.tables import recovery_codes, second_factors
from tests.accounts import ELSEWHERE, HERE, code, come_in, come_in_strongly, invite_with_password, read_mail, words_of
from tests.house import House


def officer(house: House) -> str:
    return invite_with_password(house, "Ana", Role.SECRETARIAT)


def test_a_first_right_code_sets_the_factor_up_and_gives_ten_recovery_codes(house: House) -> None:
    secret, _, recovery = come_in_strongly(house, officer(house))
    assert (len(set(recovery)), sessions.resume(house.desk, secret).strong) == (10, True)
    assert [letter["Subject"] for letter in read_mail(house)] == ["How you sign in to Minga has changed"]


def test_a_wrong_first_code_sets_nothing_up(house: House) -> None:
    _, session = come_in(house, officer(house))
    own.begin_second_factor(house.desk, session)
    with pytest.raises(CodeRefused):
        entering.confirm_second_factor(house.desk, HERE, session, "12 34 56")
    assert own.recovery_codes_left(house.desk, session) is None


def test_looking_at_the_set_up_again_shows_the_same_secret(house: House) -> None:
    _, session = come_in(house, officer(house))
    assert own.begin_second_factor(house.desk, session) == own.begin_second_factor(house.desk, session)


def test_a_factor_that_counts_is_shown_to_nobody(house: House) -> None:
    address = officer(house)
    come_in_strongly(house, address)
    _, weak = come_in(house, address)
    with pytest.raises(Refused, match=r"second_factor\.exists"):
        own.begin_second_factor(house.desk, weak)


def test_a_code_is_accepted_once(house: House) -> None:
    address = officer(house)
    _, factor, _ = come_in_strongly(house, address)
    same = code(house, factor)
    entering.with_code(house.desk, HERE, come_in(house, address)[1], same)
    with pytest.raises(CodeRefused):
        entering.with_code(house.desk, HERE, come_in(house, address)[1], same)


def test_a_code_of_the_step_before_is_not_accepted_after_a_later_one(house: House) -> None:
    address = officer(house)
    _, factor, _ = come_in_strongly(house, address)
    house.clock.on(seconds=30)
    earlier = code(house, factor)
    house.clock.on(seconds=30)
    entering.with_code(house.desk, HERE, come_in(house, address)[1], code(house, factor))
    with pytest.raises(CodeRefused):
        entering.with_code(house.desk, HERE, come_in(house, address)[1], earlier)


@pytest.mark.parametrize(("seconds", "accepted"), [(-30, True), (0, True), (30, True), (-60, False), (60, False)])
def test_a_code_lasts_one_step_either_way(house: House, seconds: int, accepted: bool) -> None:
    address = officer(house)
    _, factor, _ = come_in_strongly(house, address)
    house.clock.on(minutes=5)
    house.clock.on(seconds=seconds)
    shown = code(house, factor)
    house.clock.on(seconds=-seconds)
    _, session = come_in(house, address)
    if accepted:
        assert entering.with_code(house.desk, HERE, session, shown)
        return
    with pytest.raises(CodeRefused):
        entering.with_code(house.desk, HERE, session, shown)


def test_a_recovery_code_lets_in_once_however_it_is_typed(house: House) -> None:
    address = officer(house)
    _, _, recovery = come_in_strongly(house, address)
    read_mail(house)
    typed = recovery[3].upper().replace("-", " ")
    secret = entering.with_code(house.desk, HERE, come_in(house, address)[1], typed)
    strong = sessions.resume(house.desk, secret)
    assert (strong.strong, own.recovery_codes_left(house.desk, strong)) == (True, 9)
    assert "one of your recovery codes" in words_of(read_mail(house)[0])
    with pytest.raises(CodeRefused):
        entering.with_code(house.desk, HERE, come_in(house, address)[1], typed)


def test_new_recovery_codes_end_the_old(house: House) -> None:
    address = officer(house)
    secret, factor, recovery = come_in_strongly(house, address)
    anew = own.renew_recovery_codes(house.desk, HERE, sessions.resume(house.desk, secret), code(house, factor))
    assert not set(anew) & set(recovery)
    with pytest.raises(CodeRefused):
        entering.with_code(house.desk, HERE, come_in(house, address)[1], recovery[0])


def test_codes_are_not_guessed(house: House) -> None:
    address = officer(house)
    _, factor, _ = come_in_strongly(house, address)
    _, session = come_in(house, address, ELSEWHERE)
    guesses = 0
    for number in range(45):
        house.clock.on(seconds=20)
        try:
            entering.with_code(house.desk, ELSEWHERE, session, f"{number:06}")
        except CodeRefused:
            guesses += 1
        except TooManyTries:
            continue
    assert guesses <= 10
    house.clock.on(minutes=16)
    _, session = come_in(house, address)
    assert entering.with_code(house.desk, HERE, session, code(house, factor)), "whoever came in from here before may"


def test_neither_secret_nor_recovery_code_rests_as_it_was_given(house: House) -> None:
    _, factor, recovery = come_in_strongly(house, officer(house))
    with house.desk.store.read() as connection:
        rows = "".join(str(connection.execute(select(table)).all()) for table in (second_factors, recovery_codes))
    assert factor not in rows
    assert not any(one in rows or one.replace("-", "") in rows for one in recovery)


def test_a_sealed_secret_is_bound_to_its_person_and_its_key(house: House) -> None:
    address = officer(house)
    _, factor, _ = come_in_strongly(house, address)
    _, session = come_in(house, address)
    (house.desk.keys / FILE).write_bytes(bytes(32))
    _read.cache_clear()
    with pytest.raises(KeyUnusable):
        entering.with_code(house.desk, HERE, session, code(house, factor))
    with house.desk.store.read() as connection:
        assert connection.scalar(text("select count(*) from second_factors")) == 1
