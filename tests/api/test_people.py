# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

from typing import Any

import httpx
import pytest
from sqlalchemy import update

from people.actors import OPERATOR, Role
from services.tokens import create_token
from storage.tables import tokens
from tests.api.door import Door, codes
from tests.rostered import Rostered, a_row_of_every_kind, with_everybody

SPAN = {"party": "BR", "from_on": "2026-11-23", "to_on": "2026-12-23"}


@pytest.fixture
def people(door: Door) -> Rostered:
    """Everybody on a roster."""
    return with_everybody(door.house)


def ask(door: Door, people: Rostered, who: str, method: str, path: str, **more: Any) -> httpx.Response:
    """A request as a person of the rosters, by a token that acts as them."""
    acts_as = {"ana": (Role.SECRETARIAT, None), "officer": (Role.SECRETARIAT, None), "carla": (Role.FOCAL_POINT, "CO")}
    role, party = acts_as.get(who, (Role.FOCAL_POINT, "BR"))
    given = create_token(door.house.desk, OPERATOR, who, role=role, party=party, scopes=("read", "write"))
    theirs = update(tokens).where(tokens.c.id == given.id).values(person=people.ids[who])
    door.house.desk.store.write(lambda connection: connection.execute(theirs).rowcount)
    headers = {"Authorization": f"Bearer {given.secret}", "If-Match": more.pop("if_match", "*")}
    return door.client.request(method, f"/api/v1{path}", headers=headers, **more)


def test_a_person_is_invited_and_seen_by_their_own_country(door: Door, people: Rostered) -> None:
    said = {"party": "BR", "name": "Bruna", "email": "Bruna@BR.example", "language": "pt"}
    made = ask(door, people, "bruno", "POST", "/people", json=said)
    assert made.status_code == 201
    person = made.json()["person"]
    assert made.headers["Location"] == f"/api/v1/people/{person}"
    seen = ask(door, people, "bruno", "GET", f"/people/{person}")
    assert (seen.json()["name"], seen.json()["email"], seen.json()["acts_as"]) == ("Bruna", "bruna@br.example", [])
    assert seen.headers["ETag"] == made.headers["ETag"] == f'"{made.json()["version"]}"'
    again = ask(door, people, "bruno", "POST", "/people", json=said)
    assert codes(again) == (409, "person.invited_already")


def test_a_role_waits_for_a_second_person(door: Door, people: Rostered) -> None:
    bruna = people.invite("bruna", "BR", people.ana)
    made = ask(door, people, "bruno", "POST", f"/people/{bruna}/roles", json={"party": "BR", "role": "focal_point"})
    assert (made.status_code, made.json()["status"], made.json()["second"]) == (201, "proposed", "secretariat")
    role = made.json()["role"]
    waiting = ask(door, people, "bruno", "GET", "/roles?status=proposed").json()["items"]
    assert [(one["role"], one["name"], one["kind"]) for one in waiting] == [(role, "Bruna", "focal_point")]
    assert codes(ask(door, people, "bruno", "POST", f"/roles/{role}/grant")) == (409, "role.second_person")
    stale = ask(door, people, "ana", "POST", f"/roles/{role}/grant", if_match='"1"')
    assert codes(stale) == (412, "version.stale")
    granted = ask(door, people, "ana", "POST", f"/roles/{role}/grant", if_match=made.headers["ETag"])
    assert (granted.status_code, granted.json()["status"]) == (201, "granted")
    assert ask(door, people, "bruno", "GET", f"/people/{bruna}").json()["acts_as"] == ["focal_point"]
    ended = ask(door, people, "bruno", "POST", f"/roles/{role}/end", json={"reason": "moved_on"})
    assert ended.json()["status"] == "ended"
    assert ask(door, people, "bruno", "GET", f"/roles/{role}").json()["status"] == "ended"


def test_a_proposal_is_turned_down(door: Door, people: Rostered) -> None:
    bruna = people.invite("bruna", "BR", people.ana)
    made = ask(door, people, "bruno", "POST", f"/people/{bruna}/roles", json={"party": "BR", "role": "focal_point"})
    path = f"/roles/{made.json()['role']}"
    assert ask(door, people, "ana", "POST", f"{path}/refuse", json={"note": "Not yet."}).json()["status"] == "refused"
    assert codes(ask(door, people, "ana", "POST", f"{path}/grant")) == (409, "role.decided_already")


def test_a_successor_takes_over_and_the_one_before_is_parted_with(door: Door, people: Rostered) -> None:
    bruno, bruna = people.ids["bruno"], people.invite("bruna", "BR", people.ana)
    said = {"party": "BR", "successor": bruna}
    made = ask(door, people, "ana", "POST", f"/people/{bruno}/replace", json=said)
    assert (made.status_code, len(made.json()["roles"])) == (201, 1)
    assert ask(door, people, "bruno", "POST", f"/roles/{made.json()['roles'][0]}/grant").status_code == 201
    gone = ask(door, people, "bruna", "POST", f"/people/{bruno}/end", json={"party": "BR", "reason": "replaced"})
    assert gone.status_code == 201
    assert ask(door, people, "ana", "GET", f"/people/{bruno}").json()["ended_at"] is not None


def test_people_come_in_pages(door: Door, people: Rostered) -> None:
    seen, path = list[str](), "/people?limit=2"
    while path:
        page = ask(door, people, "ana", "GET", path)
        seen += [one["person"] for one in page.json()["items"]]
        path = f"/people?limit=2&after={page.json()['next']}" if page.json()["next"] else ""
    assert sorted(seen) == sorted(people.ids.values())
    only = ask(door, people, "ana", "GET", "/people?party=BR").json()["items"]
    assert [one["name"] for one in only] == ["Bruno"]


def test_an_auditor_sees_names_and_no_addresses(door: Door, people: Rostered) -> None:
    people.invite("aldo", "*")
    seen = door.get("aldo", "/people", party="BR").json()["items"]
    assert [(one["name"], one["email"]) for one in seen] == [("Bruno", None)]


def test_standing_in_is_given_seen_and_revoked(door: Door, people: Rostered) -> None:
    bruna = people.invite("bruna", "BR", people.ana)
    said = {**SPAN, "delegate": bruna, "role": "focal_point", "acts": ["read", "move"]}
    made = ask(door, people, "bruno", "POST", "/delegations", json=said)
    assert made.status_code == 201
    path = made.headers["Location"].removeprefix("/api/v1")
    seen = ask(door, people, "bruno", "GET", path).json()
    assert (seen["giver_name"], seen["delegate_name"], seen["acts"]) == ("Bruno", "Bruna", ["move", "read"])
    assert ask(door, people, "bruno", "POST", f"{path}/revoke").status_code == 201
    (listed,) = ask(door, people, "ana", "GET", "/delegations").json()["items"]
    assert listed["reason"] == "revoked"
    wrong = ask(door, people, "bruno", "POST", "/delegations", json={**said, "to_on": "2026-11-01"})
    assert codes(wrong) == (422, "roster.days_reversed")


def test_an_absence_is_told_seen_and_called_off(door: Door, people: Rostered) -> None:
    made = ask(door, people, "bruno", "POST", "/absences", json={**SPAN, "person": people.ids["bruno"]})
    path = made.headers["Location"].removeprefix("/api/v1")
    assert ask(door, people, "bruno", "GET", path).json()["to_on"] == "2026-12-23"
    assert ask(door, people, "bruno", "GET", f"/people/{people.ids['bruno']}").json()["is_away"] is True
    assert ask(door, people, "bruno", "POST", f"{path}/end").status_code == 201
    assert ask(door, people, "bruno", "GET", f"/people/{people.ids['bruno']}").json()["is_away"] is False
    assert len(ask(door, people, "bruno", "GET", "/absences").json()["items"]) == 1


def test_an_institution_bears_the_name_of_its_day(door: Door, people: Rostered) -> None:
    said = {"party": "BR", "type": "ministry", "language": "pt", "name": "Ministério do Trabalho"}
    made = ask(door, people, "bruno", "POST", "/institutions", json={**said, "from_on": "1930-11-26"})
    path = made.headers["Location"].removeprefix("/api/v1")
    for name, day in (("Ministério da Economia", "2019-01-01"), ("Ministério do Trabalho e Emprego", "2027-01-01")):
        named = {"language": "pt", "name": name, "from_on": day}
        assert ask(door, people, "bruno", "POST", f"{path}/names", json=named).status_code == 201
    seen = ask(door, people, "bruno", "GET", path).json()
    assert seen["names"] == {"pt": "Ministério da Economia"}
    assert [one["from_on"] for one in seen["all_names"]] == ["1930-11-26", "2019-01-01", "2027-01-01"]
    assert ask(door, people, "bruno", "POST", f"{path}/close", json={"until_on": "2027-12-31"}).status_code == 201
    late = ask(door, people, "bruno", "POST", f"{path}/close", json={"until_on": "2028-12-31"})
    assert codes(late) == (409, "institution.closed_already")
    assert len(ask(door, people, "bruno", "GET", "/institutions").json()["items"]) == 1


@pytest.mark.parametrize("noun", ["people", "roles", "delegations", "absences", "institutions", "seats"])
def test_a_third_country_sees_nothing_of_brasil(door: Door, noun: str) -> None:
    people = a_row_of_every_kind(door.house)
    ours = ask(door, people, "bruno", "GET", f"/{noun}").json()["items"]
    theirs = ask(door, people, "carla", "GET", f"/{noun}").json()["items"]
    assert {one["party"] for one in ours} == {"BR"}
    assert {one["party"] for one in theirs} <= {"CO"}
    assert ask(door, people, "carla", "GET", f"/{noun}?party=BR").json()["items"] == []
    thing = "person" if noun == "people" else noun.removesuffix("s")
    path = "/seats/BR/workers" if noun == "seats" else f"/{noun}/{ours[0][thing]}"
    assert ask(door, people, "bruno", "GET", path).status_code == 200
    assert codes(ask(door, people, "carla", "GET", path)) == (404, "not_found")


def test_a_third_country_changes_nothing_of_brasil(door: Door) -> None:
    people = a_row_of_every_kind(door.house)
    bruno = people.ids["bruno"]
    own = {noun: ask(door, people, "bruno", "GET", f"/{noun}").json()["items"][0] for noun in ("roles", "institutions")}
    role, institution = own["roles"]["role"], own["institutions"]["institution"]
    for path, body in (
        ("/people", {"party": "BR", "name": "Newcomer", "email": "newcomer@br.example"}),
        (f"/people/{bruno}/end", {"party": "BR"}),
        (f"/people/{bruno}/roles", {"party": "BR", "role": "focal_point"}),
        (f"/roles/{role}/end", {}),
        (f"/institutions/{institution}/close", {"until_on": "2026-12-31"}),
        ("/seats/BR/workers/vacate", {"reason": "other"}),
        ("/governments/BR/changes", {"on": "2026-11-21"}),
    ):
        assert codes(ask(door, people, "carla", "POST", path, json=body)) == (404, "not_found"), path
