# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What somebody with a little would try for more: a loan, a token, a second seat, a country that only looks on."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import httpx
import pytest

from api.cookies import COOKIE
from services.accounts import actors_of
from services.agreements import confirm_counterpart, draft_agreement, receive_counterpart
from services.asking import Asking
from services.errors import Refused
from services.evidence import Declaration, add_evidence
from services.privacy.erasure import ask_erasure, decide_erasure
from services.rosters.standins import give_delegation
from services.sign_in import on_the_server
from services.tokens import create_token
from storage.idempotency import KeyReused
from tests.accounts import PASSWORD, QUICK, come_in_strongly
from tests.api.door import Door, codes
from tests.cast import ANA, BRUNO, EMPLOYERS
from tests.house import House
from tests.rostered import Rostered, with_everybody, with_officers

A_YEAR = {"from_on": "2026-11-23", "to_on": "2026-12-23"}


def lent(people: Rostered, giver: Asking, party: str, *acts: str) -> Asking:
    """Somebody whom one person alone invited and lets act in their stead: perhaps that very person once more."""
    double, role = people.invite("double", party, people.ana), giver.actor.role.value
    give_delegation(people.house.desk, giver, double, party=party, role=role, acts=acts, **A_YEAR)
    with people.house.desk.store.read() as connection:
        (actor,) = actors_of(connection, double, people.house.desk.now())
    return Asking(actor)


def why(error: pytest.ExceptionInfo[Refused]) -> str:
    return error.value.refusal.code


def test_who_may_only_read_for_an_officer_enters_nothing_in_a_country_s_name(door: Door) -> None:
    people = with_officers(door.house)
    lent(people, people.ana, "*", "read")
    door.house.desk.hasher, exchange = QUICK, door.house.draft()
    on_the_server.set_password(door.house.desk, "double@minga.example", PASSWORD)
    secret, _, _ = come_in_strongly(door.house, "double@minga.example")
    here = {"Cookie": f"{COOKIE}={secret}", "Sec-Fetch-Site": "same-origin", "If-Match": "*"}
    told = {"kind": "sheet", "fields": {"side": "offer"}, "came_by": "mail", "received_on": "2026-11-20"}
    path = f"/api/v1/exchanges/{exchange}/facts"
    assert codes(door.client.post(path, headers=here, json={**told, "on_behalf_of": "BR"})) == (
        403,
        "permission.on_behalf",
    )


def test_the_second_pair_of_eyes_on_a_signature_is_nobody_whom_the_first_lent_their_role(house: House) -> None:
    people, exchange = with_everybody(house), house.committed()
    bruno = people.focal("bruno", "BR")
    about = {"exchange": exchange, "title": "Rubber", "register": "binding"}
    agreement = str(draft_agreement(house.desk, ANA, **about)["agreement"])
    double = lent(people, bruno, "BR", "speak", "move")
    for act in (receive_counterpart, confirm_counterpart):
        with pytest.raises(Refused) as error:
            act(house.desk, double, agreement, {"party": "BR", "signed_on": "2026-11-20"})
        assert why(error) == "permission.in_person"


def test_the_second_officer_of_an_erasure_is_nobody_whom_the_first_lent_their_role(house: House) -> None:
    people = with_officers(house)
    double, gone = lent(people, people.ana, "*", "speak", "move"), people.invite("bruno", "*", people.ana)
    asked = ask_erasure(house.desk, people.ana, gone, "at their own request")
    with pytest.raises(Refused) as error:
        decide_erasure(house.desk, double, str(asked["erasure"]))
    with pytest.raises(Refused) as other:
        ask_erasure(house.desk, double, gone, "at their own request")
    assert (why(error), why(other)) == ("permission.in_person", "permission.in_person")


def made_with(door: Door, secret: str, **said: Any) -> httpx.Response:
    key = {"Authorization": f"Bearer {secret}"}
    return door.client.post("/api/v1/tokens", headers=key, json={"name": "more", "role": "secretariat", **said})


def test_a_token_makes_none_that_may_more_or_lives_longer(door: Door) -> None:
    people = with_officers(door.house)
    brief = create_token(door.house.desk, people.ana.actor, "brief", scopes=["write"], expires_in_days=2).secret
    wider = made_with(door, brief, scopes=["read", "write"], expires_in_days=1)
    longer = made_with(door, brief, scopes=["write"], expires_in_days=3)
    assert [codes(wider), codes(longer)] == [(403, "permission.token_reach")] * 2
    assert made_with(door, brief, scopes=["write"], expires_in_days=2).status_code == 201


def test_a_key_of_one_role_answers_nothing_in_another_role_of_the_same_person(house: House) -> None:
    exchange = house.committed()
    word = {"party": "PE", "bench": "employers", "paper": "agreement", "word": "endorsed"}
    first = replace(EMPLOYERS, key="word-1")
    house.state(first, exchange, "endorsement", **word)
    other = replace(first, actor=replace(first.actor, bench="workers"))
    with pytest.raises(KeyReused):
        house.state(other, exchange, "endorsement", **word)


def test_a_country_that_looks_for_an_offer_sees_nothing_of_its_evidence(door: Door) -> None:
    exchange = door.house.offered()
    letter = (BytesIO(b"minutes of the visit"), "visit.txt", Declaration("document", "nobody"))
    add_evidence(door.house.desk, BRUNO, exchange, *letter)
    for path, known in (("", 200), ("/facts", 200), ("/events", 200), ("/evidence", 404)):
        own = door.get("bruna", f"/exchanges/{exchange}{path}")
        other = door.get("carla", f"/exchanges/{exchange}{path}")
        assert (own.status_code, other.status_code) == (200, known), path
        assert ("evidence-1" in own.text, "evidence-1" in other.text) == (True, False), path


def test_an_agreement_is_named_to_nobody_who_may_not_know_of_it(door: Door) -> None:
    exchange = door.house.offered()
    door.house.state(ANA, exchange, "join_party", party="CO", role="supports")
    about = {"exchange": exchange, "title": "Between two alone", "register": "binding"}
    draft_agreement(door.house.desk, ANA, **about)
    assert "Between two alone" in door.get("ana", f"/exchanges/{exchange}").text
    looking_on = door.get("paula", f"/exchanges/{exchange}")
    assert (looking_on.status_code, "Between two alone" in looking_on.text) == (200, False)


def test_nobody_counts_the_drafts_of_another_country(door: Door) -> None:
    door.house.draft()

    def drafts(answer: httpx.Response) -> tuple[int, int]:
        return answer.json()["total"], answer.json()["stages"]["draft"]

    assert drafts(door.client.get("/api/v1/board", params={"country": "BR"})) == (0, 0)
    assert drafts(door.get("carla", "/board", country="BR")) == (0, 0)
    assert drafts(door.get("carla", "/board")) == (0, 0)
    assert drafts(door.get("bruno", "/board", country="BR")) == (1, 1)
    assert drafts(door.get("aldo", "/board")) == (1, 1)
