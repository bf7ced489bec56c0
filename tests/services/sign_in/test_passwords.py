# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Passwords: long rather than ornate, never among the commonest, kept as argon2id, hashed anew when the cost changes."""

import stat
from threading import Barrier, Thread

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.profiles import RFC_9106_LOW_MEMORY
from sqlalchemy import select

from services.errors import Refused
from services.sign_in import entering, own, passwords, sessions
from services.sign_in.entering import SignInRefused
from services.sign_in.passwords import check_password
from services.sign_in.sessions import SessionRefused
from storage.tables import passwords as table
from tests.accounts import HERE, PASSWORD, come_in, invite_with_password, read_mail
from tests.house import House


@pytest.mark.parametrize(
    "password",
    [
        "nine mules cross the bridge",
        "tr3s-mulas-en-el-puente",
        "u8#kW2!vQz41",
        "83 01 94 62 75 55",
        "ñandú y quirquincho",
    ],
)
def test_a_long_password_needs_no_capitals_figures_or_signs(password: str) -> None:
    assert check_password(password, "Ana", "ana@example.org") == password


@pytest.mark.parametrize("length", [128, 256])
def test_a_passphrase_may_be_long(length: int) -> None:
    said = ("seventeen small boats " * 12)[: length - 8] + "qbvx-zwk"
    assert len(check_password(said)) == length


@pytest.mark.parametrize("password", ["short-one-2", "x" * 300, ""])
def test_a_password_has_twelve_characters_or_more(password: str) -> None:
    with pytest.raises(Refused, match=r"password\.length_wrong"):
        check_password(password)


@pytest.mark.parametrize(
    "password",
    [
        *(
            "password2026!",
            "P4ssw0rd!!!!",
            "contraseña123",
            "qwertyuiop12",
            "123456789012",
            "abcabcabcabc",
            "aaaaaaaaaaaaa",
        ),
        *(
            "Bienvenido2026",
            "minga-minga-1",
            "motdepasse2026",
            "1qaz2wsx3edc",
            "987654321098",
            "iloveyou2026",
            "zxcvbnm12345",
        ),
        *("Bruno-Bruno-1", "bruno.brasil26", "example-org-1"),
    ],
)
def test_what_is_guessed_first_is_refused(password: str) -> None:
    with pytest.raises(Refused, match=r"password\.too_common"):
        check_password(password, "Bruno", "bruno@example.org")


def stored(house: House) -> str:
    with house.desk.store.read() as connection:
        return str(connection.scalar(select(table.c.hash)))


def test_a_password_is_hashed_anew_when_the_cost_has_changed(house: House) -> None:
    address = invite_with_password(house, "Bruno")
    before = stored(house)
    house.desk.hasher = PasswordHasher(time_cost=2, memory_cost=128, parallelism=1)
    come_in(house, address)
    after = extract_parameters(stored(house))
    assert (after.time_cost, after.memory_cost) == (2, 128)
    assert before != stored(house)
    come_in(house, address)


def test_the_desk_hashes_at_the_librarys_own_cost() -> None:
    usual = PasswordHasher()
    assert (usual.memory_cost, usual.time_cost, usual.parallelism) == (
        RFC_9106_LOW_MEMORY.memory_cost,
        RFC_9106_LOW_MEMORY.time_cost,
        RFC_9106_LOW_MEMORY.parallelism,
    )


def test_no_more_hashes_run_at_once_than_there_are_cores(house: House) -> None:
    class Counting(PasswordHasher):
        running = most = 0

        def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
            Counting.running += 1
            Counting.most = max(Counting.most, Counting.running)
            try:
                return super().hash(password, salt=salt)
            finally:
                Counting.running -= 1

    house.desk.hasher, together = Counting(time_cost=1, memory_cost=8192, parallelism=1), Barrier(12)

    def one() -> None:
        together.wait()
        passwords.hash_password(house.desk, PASSWORD)

    threads = [Thread(target=one) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 1 <= Counting.most <= passwords.CORES


def test_changing_the_password_ends_the_other_sessions_and_is_told(house: House) -> None:
    address = invite_with_password(house, "Bruno")
    elsewhere, _ = come_in(house, address)
    _, session = come_in(house, address)
    new = "eleven mules on the far side"
    own.change_password(house.desk, HERE, session, PASSWORD, new)
    with pytest.raises(SessionRefused):
        sessions.resume(house.desk, elsewhere)
    with pytest.raises(SignInRefused):
        entering.with_password(house.desk, HERE, address, PASSWORD)
    house.clock.on(minutes=1)
    assert entering.with_password(house.desk, HERE, address, new)
    assert [letter["Subject"] for letter in read_mail(house)] == ["How you sign in to Minga has changed"]


def test_the_present_password_is_asked_for(house: House) -> None:
    _, session = come_in(house, invite_with_password(house, "Bruno"))
    with pytest.raises(SignInRefused):
        own.change_password(house.desk, HERE, session, "a wrong one, quite", "eleven mules on the far side")


def test_the_key_of_signing_in_is_for_this_user_alone_and_outside_the_data(house: House) -> None:
    invite_with_password(house, "Bruno")
    come_in(house, "bruno@example.org")
    key = house.desk.keys / "sign-in.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE(house.desk.keys.stat().st_mode) == 0o700
    assert not key.is_relative_to(house.desk.data)
