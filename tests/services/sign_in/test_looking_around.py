# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Looking around: one tap among specimens on this machine, and never where somebody real is."""

from dataclasses import replace

import pytest

from people.actors import Role
from services.errors import NotFound
from services.sign_in import looking_around, sessions
from services.sign_in.entering import Came
from services.sign_in.sessions import SessionRefused
from tests.accounts import HERE, invite
from tests.house import House

NEAR = Came("127.0.0.1", "Firefox, Linux")


def test_a_visitor_of_this_machine_looks_around_as_each_of_the_cast(house: House) -> None:
    house.offered(origin="demonstration")
    met = [
        sessions.resume(house.desk, looking_around.look_around(house.desk, NEAR, who)) for who in looking_around.CAST
    ]
    assert [(one.name, one.actor and one.actor.role, one.actor and one.actor.party, one.lacks) for one in met] == [
        ("Ana", Role.SECRETARIAT, None, None),
        ("Bruno", Role.FOCAL_POINT, "BR", None),
        ("Paula", Role.FOCAL_POINT, "PE", None),
        ("Aldo", Role.AUDITOR, None, None),
    ]
    again = sessions.resume(house.desk, looking_around.look_around(house.desk, NEAR, "ana"))
    assert again.person == met[0].person


def test_nobody_looks_around_from_afar_or_behind_a_public_address(house: House) -> None:
    house.offered(origin="demonstration")
    public = replace(house.desk, public_url="https://minga.example.org")
    for desk, came in ((house.desk, HERE), (public, NEAR)):
        with pytest.raises(NotFound):
            looking_around.look_around(desk, came, "ana")
    with pytest.raises(NotFound):
        looking_around.look_around(house.desk, NEAR, "carla")


def test_without_demonstration_data_there_is_nothing_to_look_at(house: House) -> None:
    house.offered()
    assert not looking_around.is_offered(house.desk, NEAR.origin)


def test_the_first_real_person_ends_the_demonstration(house: House) -> None:
    house.offered(origin="demonstration")
    secret = looking_around.look_around(house.desk, NEAR, "ana")
    invite(house, "Bruno")
    assert not looking_around.is_offered(house.desk, NEAR.origin)
    with pytest.raises(SessionRefused):
        sessions.resume(house.desk, secret)
