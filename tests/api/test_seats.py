# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

from tests.api.door import Door, codes
from tests.api.test_people import ask
from tests.rostered import with_everybody
from tests.services.whole import everything


def test_a_seat_is_proposed_granted_contested_confirmed_and_vacated(door: Door) -> None:
    people = with_everybody(door.house)
    delegate = people.invite("delegate", "BR", people.ana)
    made = ask(door, people, "ana", "POST", "/seats/BR/workers/fill", json={"person": delegate})
    assert (made.status_code, made.json()["status"], made.json()["second"]) == (201, "proposed", "own")
    assert ask(door, people, "bruno", "POST", f"/roles/{made.json()['role']}/grant").status_code == 201
    seen = ask(door, people, "bruno", "GET", "/seats/BR/workers")
    assert (seen.json()["status"], seen.json()["name"]) == ("held", "Delegate")
    contested = {"reason": "two_organisations", "note": "Both wrote."}
    etag = seen.headers["ETag"]
    path = "/seats/BR/workers"
    assert ask(door, people, "ana", "POST", f"{path}/contest", json=contested, if_match=etag).status_code == 201
    told = ask(door, people, "bruno", "GET", path).json()
    assert (told["status"], told["reason"], told["note"]) == ("contested", "two_organisations", "Both wrote.")
    again = ask(door, people, "ana", "POST", f"{path}/contest", json=contested, if_match=etag)
    assert codes(again) == (412, "version.stale")
    assert ask(door, people, "bruno", "POST", f"{path}/confirm").json()["status"] == "held"
    assert (
        ask(door, people, "bruno", "POST", f"{path}/vacate", json={"reason": "resigned"}).json()["status"] == "vacant"
    )
    seats = ask(door, people, "bruno", "GET", "/seats?party=BR").json()["items"]
    assert {one["bench"]: one["status"] for one in seats} == dict.fromkeys(
        ("employers", "government", "workers"), "vacant"
    )


def test_a_reason_nobody_knows_and_a_bench_that_is_none_are_told(door: Door) -> None:
    people = with_everybody(door.house)
    wrong = ask(door, people, "ana", "POST", "/seats/BR/workers/contest", json={"reason": "resigned"})
    assert codes(wrong) == (422, "roster.word_unknown")
    assert codes(ask(door, people, "bruno", "POST", "/seats/BR/farmers/confirm")) == (404, "not_found")


def test_a_change_of_government_is_tried_and_told(door: Door) -> None:
    people = with_everybody(door.house)
    people.seat("bruna", "BR", "government")
    before = everything(door.house.desk)["events"]
    tried = ask(door, people, "ana", "POST", "/governments/BR/changes?dry_run=true", json={"on": "2026-11-20"})
    assert (tried.status_code, tried.json()["dry_run"], tried.json()["seats"]) == (201, True, ["government"])
    assert everything(door.house.desk)["events"] == before
    told = ask(door, people, "ana", "POST", "/governments/BR/changes", json={"on": "2026-11-20"})
    assert {**told.json(), "dry_run": True, "version": tried.json()["version"]} == tried.json()
    again = ask(door, people, "ana", "POST", "/governments/BR/changes", json={"on": "2026-11-20"})
    assert (again.json()["told_before"], again.json()["version"]) == (True, told.json()["version"])
    assert ask(door, people, "bruno", "GET", "/seats/BR/government").json()["status"] == "to_be_confirmed"
    future = ask(door, people, "ana", "POST", "/governments/BR/changes", json={"on": "2027-11-20"})
    assert codes(future) == (422, "government.day_wrong")


def test_the_hand_over_comes_as_a_zip(door: Door) -> None:
    people = with_everybody(door.house)
    ask(door, people, "ana", "POST", "/governments/BR/changes", json={"on": "2026-11-20"})
    given = ask(door, people, "bruno", "GET", "/governments/BR/changes/2026-11-20/handover?language=pt")
    assert (given.status_code, given.headers["content-type"]) == (200, "application/zip")
    assert given.content[:2] == b"PK"
    theirs = ask(door, people, "carla", "GET", "/governments/BR/changes/2026-11-20/handover")
    assert codes(theirs) == (404, "not_found")
