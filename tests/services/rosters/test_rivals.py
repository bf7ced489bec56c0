# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

from concurrent.futures import ThreadPoolExecutor

from people.roster import Roster
from people.roster_fold import fold
from services.errors import Refused
from services.rosters.people import add_person
from services.rosters.roles import grant_role, propose_role
from storage import rosters
from tests.house import House
from tests.rostered import Rostered, with_everybody, with_officers
from tests.services.whole import history


def standing(house: House, party: str) -> Roster:
    """A roster, which is what its events add up to."""
    with house.desk.store.read() as connection:
        stored = rosters.load(connection, str(rosters.id_of(connection, party)))
    assert stored is not None
    assert stored == fold(stored.roster, history(house.desk, rosters.stream_of(stored.roster)))
    return stored


def invite(people: Rostered, place: int) -> str:
    email = f"person-{place}@cl.example"
    return str(add_person(people.house.desk, people.ana, party="CL", name="Newcomer", email=email)["person"])


def test_eight_who_open_a_roster_at_once_open_one(house: House) -> None:
    people = with_officers(house)
    with ThreadPoolExecutor(8) as rivals:
        invited = set(rivals.map(lambda place: invite(people, place), range(8)))
    assert set(standing(house, "CL").members) == invited
    assert len(invited) == 8


def test_of_two_who_grant_at_once_one_does(house: House) -> None:
    people = with_everybody(house)
    bruna = people.invite("bruna", "BR", people.ana)
    made = propose_role(house.desk, people.focal("bruno", "BR"), bruna, "focal_point", party="BR")

    def grant(name: str) -> str:
        try:
            return str(grant_role(house.desk, people.asks(name, people.ana.actor.role), made["role"])["status"])
        except Refused as refused:
            return refused.code

    with ThreadPoolExecutor(2) as rivals:
        assert sorted(rivals.map(grant, ("ana", "officer"))) == ["granted", "role.decided_already"]
    assert standing(house, "BR").roles[made["role"]].status == "granted"


def test_one_address_invited_by_several_countries_at_once_is_one_person(house: House) -> None:
    people = with_officers(house)

    def invite_to(party: str) -> str:
        same = {"name": "Newcomer", "email": "Newcomer@CL.example"}
        return str(add_person(house.desk, people.ana, party=party, **same)["person"])

    with ThreadPoolExecutor(4) as rivals:
        assert len(set(rivals.map(invite_to, ("CL", "BR", "PE", "CO")))) == 1
