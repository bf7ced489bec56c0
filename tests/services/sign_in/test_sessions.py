# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Sessions: kept in the database, rotated, limited in time, ended from anywhere, and stolen by nobody."""

import pytest
from sqlalchemy import select, update

from people.actors import Actor, Role
from services.errors import NotFound, Refused
from services.sign_in import entering, sessions
from services.sign_in.forgetting import forget_sign_in
from services.sign_in.keys import hash_of
from services.sign_in.sessions import SessionRefused
from storage.sign_in import end_sessions_of
from storage.tables import persons, sign_in_tries
from storage.tables import sessions as table
from tests.accounts import (
    ELSEWHERE,
    HERE,
    PASSWORD,
    code,
    come_in,
    come_in_strongly,
    end_roles,
    grant,
    invite_with_password,
)
from tests.house import House


def is_living(house: House, secret: str) -> bool:
    try:
        sessions.resume(house.desk, secret)
    except SessionRefused:
        return False
    return True


def test_a_focal_point_signs_in_and_acts_for_the_country(house: House) -> None:
    address = invite_with_password(house, "Bruno", Role.FOCAL_POINT, "BR")
    _, session = come_in(house, address)
    assert session.actor == Actor(session.person, Role.FOCAL_POINT, "BR")
    assert (session.name, session.lacks, session.strong) == ("Bruno", None, False)


def test_the_database_holds_the_digest_of_256_random_bits_and_never_the_secret(house: House) -> None:
    secret, _ = come_in(house, invite_with_password(house, "Bruno"))
    with house.desk.store.read() as connection:
        row = connection.execute(select(table)).one()
    assert len(secret) == 43
    assert row.secret_hash == hash_of(secret)
    assert secret not in str(row)


def test_a_session_ends_after_thirty_minutes_without_use(house: House) -> None:
    secret, _ = come_in(house, invite_with_password(house, "Bruno"))
    house.clock.on(minutes=29)
    assert is_living(house, secret)
    house.clock.on(minutes=29)
    assert is_living(house, secret)
    house.clock.on(minutes=30)
    assert not is_living(house, secret)


def test_a_session_ends_after_twelve_hours_however_much_it_is_used(house: House) -> None:
    secret, _ = come_in(house, invite_with_password(house, "Bruno"))
    for _ in range(12 * 4 - 1):
        house.clock.on(minutes=15)
        assert is_living(house, secret)
    house.clock.on(minutes=15)
    assert not is_living(house, secret)


def test_signing_in_ends_the_session_the_browser_brought(house: House) -> None:
    address = invite_with_password(house, "Bruno")
    first, _ = come_in(house, address)
    brought = entering.Came(HERE.origin, HERE.device, brought=first)
    second = entering.with_password(house.desk, brought, address, PASSWORD)
    assert (is_living(house, first), is_living(house, second)) == (False, True)


def test_a_second_factor_gives_the_session_another_secret(house: House) -> None:
    address = invite_with_password(house, "Ana", Role.SECRETARIAT)
    _, factor, _ = come_in_strongly(house, address)
    weak, session = come_in(house, address, ELSEWHERE)
    strong = entering.with_code(house.desk, ELSEWHERE, session, code(house, factor))
    assert (is_living(house, weak), sessions.resume(house.desk, strong).lacks) == (False, None)


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.MANAGER, Role.AUDITOR])
def test_who_sees_all_must_set_up_a_second_factor_first(house: House, role: Role) -> None:
    _, session = come_in(house, invite_with_password(house, "Ana", role))
    assert (session.lacks, session.actor and session.actor.role) == ("enrol", role)


def test_whoever_set_a_second_factor_up_gives_it_each_time(house: House) -> None:
    address = invite_with_password(house, "Bruno", Role.FOCAL_POINT, "BR")
    come_in_strongly(house, address)
    assert come_in(house, address)[1].lacks == "give_code"


def test_one_signs_out_everywhere(house: House) -> None:
    address = invite_with_password(house, "Bruno")
    secrets = [come_in(house, address, came)[0] for came in (HERE, ELSEWHERE)]
    other, _ = come_in(house, invite_with_password(house, "Paula"))
    assert sessions.end_everywhere(house.desk, sessions.resume(house.desk, secrets[0]).person) == 2
    assert [is_living(house, secret) for secret in (*secrets, other)] == [False, False, True]


def test_one_ends_a_session_of_ones_own_and_of_nobody_else(house: House) -> None:
    address = invite_with_password(house, "Bruno")
    _, here = come_in(house, address)
    lost, there = come_in(house, address, ELSEWHERE)
    _, paula = come_in(house, invite_with_password(house, "Paula"))
    with pytest.raises(NotFound):
        sessions.end_one(house.desk, paula.person, there.id)
    sessions.end_one(house.desk, here.person, there.id)
    assert not is_living(house, lost)
    assert [one.current for one in sessions.living(house.desk, here.person, here.id)] == [True]


def test_sessions_of_several_persons_end_together(house: House) -> None:
    addresses = [invite_with_password(house, name) for name in ("Bruno", "Paula", "Carla")]
    came = [come_in(house, address) for address in addresses]
    gone = [session.person for _, session in came[:2]]
    now = house.desk.now()
    assert house.desk.store.write(lambda connection: end_sessions_of(connection, gone, now)) == 2
    assert [is_living(house, secret) for secret, _ in came] == [False, False, True]


def test_a_person_with_several_roles_says_as_which_one_acts(house: House) -> None:
    address = invite_with_password(house, "Bruno", Role.FOCAL_POINT, "BR")
    grant(house, address, Role.PARTNER, "FAO")
    old, session = come_in(house, address)
    other = next(place for place, actor in enumerate(session.actors) if actor != session.actor)
    new = house.desk.store.write(lambda connection: sessions.act_as(house.desk, connection, session, other))
    assert sessions.resume(house.desk, new).actor == session.actors[other]
    assert not is_living(house, old)
    with pytest.raises(Refused, match=r"session\.actor_unknown"):
        house.desk.store.write(lambda connection: sessions.act_as(house.desk, connection, session, 2))


def test_a_role_that_ended_opens_nothing_any_more(house: House) -> None:
    address = invite_with_password(house, "Bruno", Role.FOCAL_POINT, "BR")
    secret, _ = come_in(house, address)
    end_roles(house, address, "BR")
    assert sessions.resume(house.desk, secret).actor is None


def test_the_session_of_somebody_erased_opens_nothing(house: House) -> None:
    secret, session = come_in(house, invite_with_password(house, "Bruno"))
    erased = update(persons).where(persons.c.id == session.person).values(erased_at=house.desk.now())
    house.desk.store.write(lambda connection: connection.execute(erased))
    assert not is_living(house, secret)


def test_what_counts_no_more_is_forgotten_a_little_at_a_time(house: House) -> None:
    address = invite_with_password(house, "Bruno")
    for _ in range(3):
        come_in(house, address)

    def left() -> int:
        with house.desk.store.read() as connection:
            return sum(len(connection.execute(select(one)).all()) for one in (table, sign_in_tries))

    def forget(limit: int) -> int:
        return house.desk.store.write(lambda connection: forget_sign_in(house.desk, connection, limit))

    house.clock.on(days=29)
    assert (forget(100), left()) == (0, 6)
    house.clock.on(days=62)
    assert (forget(2), left(), forget(100), left()) == (4, 2, 2, 0)
