# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Draft: two doors, each with its own sheet; nothing else leads out."""

from typing import Any

import pytest

from tests.cycle.play import DEMAND, OFFER, Play
from tests.cycle.states.looking import advised, codes, moves, told, who_could


def asking() -> Play:
    return Play.drafted(door="demand", PE="asks")


def test_an_offer_door_opens_only_to_an_offer() -> None:
    assert moves(Play.drafted()) == {"publish_offer", "withdraw", "replace_party"}
    assert codes(Play.drafted().try_move("publish_demand")) >= {"demand_door"}


def test_a_demand_door_opens_only_to_a_demand() -> None:
    assert moves(asking()) == {"publish_demand", "withdraw", "replace_party"}
    assert codes(asking().try_move("publish_offer")) >= {"offer_door"}


def test_what_a_demand_needs_is_named_at_once() -> None:
    assert who_could(asking(), "publish_demand") == dict.fromkeys(
        ("demand_institution", "demand_problem", "demand_learns", "demand_territory"), ("party:PE", "secretariat")
    )


def test_what_an_offer_needs_is_the_offering_partys_or_the_secretariats_to_say() -> None:
    assert set(who_could(Play.drafted(), "publish_offer").values()) == {("party:BR", "secretariat")}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"institution": "Ministerio"}, "demand_institution"),
        ({"problem": "children at work"}, "demand_problem"),
        ({"learns": "to inspect"}, "demand_learns"),
        ({"territory": "Cusco"}, "demand_territory"),
        ({"national": True}, "demand_territory"),
    ],
)
def test_each_word_of_a_demand_takes_its_own_code_away(said: dict[str, Any], code: str) -> None:
    play = asking()
    before = play.missing("publish_demand")

    assert before - play.say("sheet", side="demand", **said).missing("publish_demand") == {code}


def test_a_cross_cutting_issue_stands_for_a_theme() -> None:
    said = {name: value for name, value in OFFER.items() if name != "theme"}
    play = Play.drafted().say("sheet", side="offer", **said)
    assert play.missing("publish_offer") == {"offer_theme"}

    assert play.say("sheet", side="offer", cross_cutting="gender").missing("publish_offer") == set()


def test_availability_and_evidence_may_follow_until_commitment() -> None:
    play = Play.drafted().say("sheet", side="offer", **OFFER)

    assert advised(play, "publish_offer") == {"offer_availability", "offer_evidence"}
    assert play.move("publish_offer").standing.owed == ("offer_availability", "offer_evidence")


def test_no_evidence_yet_is_an_answer() -> None:
    play = Play.drafted().say("sheet", side="offer", availability="May", no_evidence_yet=True, **OFFER)

    assert play.move("publish_offer").standing.owed == ()


def test_a_demand_owes_nothing() -> None:
    play = asking().say("sheet", side="demand", **DEMAND).move("publish_demand")

    assert (play.standing.stage, play.standing.owed) == ("demand", ())


def test_the_party_of_the_door_publishes_or_the_secretariat_on_its_behalf() -> None:
    assert told(Play.drafted(), "publish_offer").who_may == ("party:BR", "secretariat")
    assert told(asking(), "publish_demand").who_may == ("party:PE", "secretariat")


def test_the_rules_of_the_doors_are_never_excused() -> None:
    assert codes(Play.drafted().try_say("waiver", code="demand_door", reason="r")) == {"need.is_a_rule"}
    assert Play.drafted().say("waiver", code="offer_theme", reason="r").standing.met == {"offer_theme": "waived"}
