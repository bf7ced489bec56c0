# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

from collections.abc import Callable
from typing import Any

import pytest

from ledger.event import Event
from people.actors import Actor, Role
from people.roster import Roster
from people.roster_fold import fold
from services.asking import Asking
from services.errors import NotFound, Refused, Stale
from services.rosters.people import add_person, end_person, replace_person
from services.rosters.roles import bootstrap, end_role, fill_seat, grant_role, propose_role, refuse_role
from services.rosters.standins import end_absence, give_delegation, tell_absence
from storage import rosters
from tests.house import House
from tests.rostered import OPERATING, with_everybody, with_officers
from tests.services.whole import everything, history


def roster(house: House, party: str) -> Roster:
    with house.desk.store.read() as connection:
        found = rosters.load(connection, str(rosters.id_of(connection, party)))
    assert found is not None
    return found


def explained(house: House, party: str) -> Roster:
    """The roster of a party, which is what its events add up to."""
    stored = roster(house, party)
    assert stored == fold(stored.roster, history(house.desk, rosters.stream_of(stored.roster)))
    return stored


def reasons(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.refusal.reasons]


def test_a_role_holds_once_a_second_person_grants_it(house: House) -> None:
    people = with_everybody(house)
    bruno, bruna = people.focal("bruno", "BR"), people.invite("bruna", "BR", people.focal("bruno", "BR"))
    made = propose_role(house.desk, people.ana, bruna, "focal_point", party="BR")
    assert (made["status"], made["second"]) == ("proposed", "own")
    assert bruna not in explained(house, "BR").granted("focal_point", "2026-11-23")
    granted = grant_role(house.desk, bruno, made["role"])
    assert (granted["status"], granted["second"]) == ("granted", "own")
    assert bruna in explained(house, "BR").granted("focal_point", "2026-11-23")


def test_nobody_grants_what_they_proposed_or_what_they_receive(house: House) -> None:
    people = with_everybody(house)
    bruno = people.focal("bruno", "BR")
    bruna = people.invite("bruna", "BR", bruno)
    made = propose_role(house.desk, bruno, bruna, "focal_point", party="BR")
    before = everything(house.desk)
    for asker in (bruno, Asking(Actor(bruna, Role.FOCAL_POINT, "BR"))):
        with pytest.raises(Refused) as refused:
            grant_role(house.desk, asker, made["role"])
        assert reasons(refused) == ["role.second_person"]
    assert everything(house.desk) == before


def test_where_a_country_has_one_person_the_secretariat_is_the_second_and_the_event_notes_it(house: House) -> None:
    people = with_everybody(house)
    bruno = people.focal("bruno", "BR")
    bruna = people.invite("bruna", "BR", bruno)
    made = propose_role(house.desk, bruno, bruna, "focal_point", party="BR")
    assert made["second"] == "secretariat"
    grant_role(house.desk, people.ana, made["role"])
    events = history(house.desk, rosters.stream_of(explained(house, "BR").roster))
    assert [e.payload["second"] for e in events if e.type == "RoleGranted"] == ["secretariat", "secretariat"]


def test_the_secretariat_is_no_second_where_the_country_has_one_of_its_own(house: House) -> None:
    people = with_everybody(house)
    bruna = people.invite("bruna", "BR", people.focal("bruno", "BR"))
    made = propose_role(house.desk, people.ana, bruna, "focal_point", party="BR")
    with pytest.raises(Refused) as refused:
        grant_role(house.desk, people.asks("officer", Role.SECRETARIAT), made["role"])
    assert reasons(refused) == ["role.second_of_its_own"]


def test_while_the_second_of_a_country_is_away_the_secretariat_is_and_the_event_notes_it(house: House) -> None:
    people = with_everybody(house)
    bruno, bruna = people.focal("bruno", "BR"), people.make_focal("bruna", "BR")
    away = tell_absence(house.desk, bruna, people.ids["bruna"], party="BR", from_on="2026-11-23", to_on="2026-11-27")
    made = propose_role(house.desk, bruno, people.invite("benta", "BR", bruno), "focal_point", party="BR")
    assert made["second"] == "secretariat"
    assert grant_role(house.desk, people.ana, made["role"])["second"] == "secretariat"
    end_absence(house.desk, bruna, str(away["absence"]))
    other = propose_role(house.desk, bruno, people.invite("bento", "BR", bruno), "focal_point", party="BR")
    assert other["second"] == "own"
    explained(house, "BR")


def test_who_is_away_and_decides_nonetheless_is_the_second_of_its_own(house: House) -> None:
    people = with_everybody(house)
    bruno, bruna = people.focal("bruno", "BR"), people.make_focal("bruna", "BR")
    tell_absence(house.desk, bruno, people.ids["bruna"], party="BR", from_on="2026-11-23", to_on="2026-11-27")
    made = propose_role(house.desk, bruno, people.invite("benta", "BR", bruno), "focal_point", party="BR")
    assert made["second"] == "secretariat"
    assert grant_role(house.desk, bruna, made["role"])["second"] == "own"


def test_no_officer_sends_the_second_of_a_country_away(house: House) -> None:
    people = with_everybody(house)
    tell_absence(house.desk, people.ana, people.ids["bruno"], party="BR", from_on="2026-11-23", to_on="2026-11-27")
    made = propose_role(house.desk, people.ana, people.invite("bruna", "BR", people.ana), "focal_point", party="BR")
    assert made["second"] == "own"
    with pytest.raises(Refused) as refused:
        grant_role(house.desk, people.asks("officer", Role.SECRETARIAT), made["role"])
    assert reasons(refused) == ["role.second_of_its_own"]


def test_an_officer_whom_the_country_s_roster_lists_sends_nobody_away_either(house: House) -> None:
    """An officer may invite, so being on the roster is not enough for one's word about others to count."""
    people = with_everybody(house)
    add_person(house.desk, people.ana, party="BR", name="Ana", email="ana@minga.example")
    tell_absence(house.desk, people.ana, people.ids["bruno"], party="BR", from_on="2026-11-23", to_on="2026-11-27")
    made = propose_role(house.desk, people.ana, people.invite("bruna", "BR", people.ana), "focal_point", party="BR")
    assert made["second"] == "own"


def test_nobody_acts_for_the_house_and_for_a_country(house: House) -> None:
    people = with_everybody(house)
    bruno, officer = people.focal("bruno", "BR"), people.asks("officer", Role.SECRETARIAT)
    add_person(house.desk, people.ana, party="BR", name="Ana", email="ana@minga.example")
    add_person(house.desk, people.ana, name="Bruno", email="bruno@br.example")
    before = everything(house.desk)
    tries: tuple[Callable[[], object], ...] = (
        lambda: propose_role(house.desk, bruno, people.ids["ana"], "focal_point", party="BR"),
        lambda: fill_seat(house.desk, bruno, "BR", "workers", people.ids["ana"]),
        lambda: propose_role(house.desk, officer, people.ids["bruno"], "auditor"),
        lambda: give_delegation(house.desk, officer, people.ids["bruno"], **LENT),
    )
    for tried in tries:
        with pytest.raises(Refused) as refused:
            tried()
        assert reasons(refused) == ["role.two_sides"]
    assert everything(house.desk) == before


def test_of_two_sides_that_propose_one_person_the_first_to_grant_has_them(house: House) -> None:
    people = with_everybody(house)
    bruno, officer = people.focal("bruno", "BR"), people.asks("officer", Role.SECRETARIAT)
    bruna = people.invite("bruna", "BR", bruno)
    add_person(house.desk, people.ana, name="Bruna", email="bruna@br.example")
    country = propose_role(house.desk, people.ana, bruna, "focal_point", party="BR")
    audit = propose_role(house.desk, people.ana, bruna, "auditor")
    grant_role(house.desk, bruno, country["role"])
    with pytest.raises(Refused) as refused:
        grant_role(house.desk, officer, audit["role"])
    assert reasons(refused) == ["role.two_sides"]
    end_role(house.desk, bruno, country["role"])
    assert grant_role(house.desk, officer, audit["role"])["status"] == "granted"


LENT: dict[str, Any] = {
    "party": "*",
    "role": "secretariat",
    "acts": ("read",),
    "from_on": "2026-11-23",
    "to_on": "2026-12-23",
}


def test_the_operator_is_no_second_of_a_country(house: House) -> None:
    people = with_everybody(house)
    bruna = people.invite("bruna", "BR", people.ana)
    made = propose_role(house.desk, people.focal("bruno", "BR"), bruna, "focal_point", party="BR")
    with pytest.raises(Refused) as refused:
        grant_role(house.desk, OPERATING, made["role"])
    assert reasons(refused) == ["role.second_of_secretariat"]


def test_the_first_officer_needs_no_second_person_and_nobody_else_does_without(house: House) -> None:
    people = with_officers(house)
    events = history(house.desk, rosters.stream_of(explained(house, "*").roster))
    granted = next(one for one in events if one.type == "RoleGranted")
    assert granted.payload == {
        "id": granted.payload["id"],
        "decided_by": "operator",
        "second": "operator",
        "first_officer": True,
    }
    with pytest.raises(Refused) as refused:
        bootstrap(house.desk, OPERATING, name="Another", email="another@minga.example")
    assert reasons(refused) == ["role.not_the_first"]
    with pytest.raises(Refused):
        bootstrap(house.desk, people.ana, name="Another", email="another@minga.example")


def test_everything_wrong_with_a_proposal_is_said_at_once(house: House) -> None:
    people = with_everybody(house)
    with pytest.raises(Refused) as refused:
        propose_role(
            house.desk, people.ana, people.ids["carla"], "auditor", party="BR", from_on="soon", until_on="2026-01-01"
        )
    assert refused.value.code == "roster.requirements_unmet"
    assert reasons(refused) == ["person.not_of_this_party", "roster.word_unknown", "roster.day_malformed"]


def test_a_proposal_is_decided_once(house: House) -> None:
    people = with_everybody(house)
    bruno = people.focal("bruno", "BR")
    bruna = people.invite("bruna", "BR", bruno)
    made = propose_role(house.desk, people.ana, bruna, "focal_point", party="BR")
    refuse_role(house.desk, bruno, made["role"], "Known for something else.")
    with pytest.raises(Refused) as refused:
        grant_role(house.desk, bruno, made["role"])
    assert reasons(refused) == ["role.decided_already"]
    told = history(house.desk, rosters.stream_of(explained(house, "BR").roster))[-1]
    assert told.type == "RoleRefused"
    assert "Known" not in told.payload_text


def test_the_same_key_twice_proposes_once(house: House) -> None:
    people = with_everybody(house)
    bruna = people.invite("bruna", "BR", people.ana)
    asking = Asking(people.ana.actor, key="k")
    once = propose_role(house.desk, asking, bruna, "focal_point", party="BR")
    assert propose_role(house.desk, asking, bruna, "focal_point", party="BR") == once
    assert len(explained(house, "BR").roles) == 2


def test_an_asker_who_saw_an_older_roster_is_told_what_happened_meanwhile(house: House) -> None:
    people = with_everybody(house)
    seen = explained(house, "BR").seq
    people.invite("bruna", "BR", people.ana)
    with pytest.raises(Stale) as stale:
        add_person(
            house.desk,
            Asking(people.ana.actor, if_match=seen),
            party="BR",
            name="Newcomer",
            email="newcomer@br.example",
        )
    assert [one["type"] for one in stale.value.facts["meanwhile"]] == ["PersonInvited"]


def test_a_third_country_neither_sees_nor_changes_a_roster(house: House) -> None:
    people = with_everybody(house)
    carla, bruno = people.focal("carla", "CO"), people.ids["bruno"]
    role = next(iter(explained(house, "BR").roles))
    before = everything(house.desk)
    acts: tuple[Callable[[], object], ...] = (
        lambda: add_person(house.desk, carla, party="BR", name="Newcomer", email="newcomer@br.example"),
        lambda: end_person(house.desk, carla, bruno, party="BR"),
        lambda: propose_role(house.desk, carla, bruno, "focal_point", party="BR"),
        lambda: grant_role(house.desk, carla, role),
        lambda: end_role(house.desk, carla, role),
        lambda: replace_person(house.desk, carla, bruno, party="BR", successor=bruno),
    )
    for act in acts:
        with pytest.raises(NotFound):
            act()
    assert everything(house.desk) == before


def test_names_and_addresses_stand_in_no_event(house: House) -> None:
    people = with_everybody(house)
    events = [one for party in ("*", "BR") for one in _events(house, party)]
    told = "".join(one.payload_text for one in events)
    assert people.ids["bruno"] in told
    assert "bruno" not in told.lower()


def _events(house: House, party: str) -> list[Event]:
    return history(house.desk, rosters.stream_of(roster(house, party).roster))


def test_who_leaves_leaves_every_role_behind(house: House) -> None:
    people = with_everybody(house)
    people.seat("delegate", "BR", "workers")
    end_person(house.desk, people.ana, people.ids["delegate"], party="BR", reason="moved_on")
    after = explained(house, "BR")
    assert (after.seats["workers"].status, after.seats["workers"].reason) == ("vacant", "left")
    assert not after.is_member(people.ids["delegate"])
    assert not [
        role for role in after.roles.values() if role.person == people.ids["delegate"] and role.status != "ended"
    ]


def test_a_successor_is_proposed_for_every_role_and_holds_none_before_a_second_person_grants(house: House) -> None:
    people = with_everybody(house)
    bruno = people.focal("bruno", "BR")
    bruna = people.invite("bruna", "BR", bruno)
    made = replace_person(house.desk, people.ana, people.ids["bruno"], party="BR", successor=bruna)
    assert len(made["roles"]) == 1
    assert bruna not in explained(house, "BR").granted("focal_point", "2026-11-23")
    grant_role(house.desk, bruno, made["roles"][0])
    assert bruna in explained(house, "BR").granted("focal_point", "2026-11-23")


def test_a_country_nobody_knows_has_no_roster(house: House) -> None:
    with pytest.raises(NotFound):
        add_person(house.desk, with_officers(house).ana, party="XX", name="Nobody", email="nobody@xx.example")
