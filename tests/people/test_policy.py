# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The policy: every role, for its own party, another's, and none; beside each who may stands one who may not."""

from dataclasses import replace
from typing import Any

import pytest

from cycle.facts import FACTS
from cycle.standing import Standing
from people.actors import OPERATOR, SYSTEM_ACTOR, Actor, Role
from people.policy import Decision, can, may_correct, may_move, may_read, may_state
from people.resources import is_looking, of_exchange, of_parties
from tests.cycle.play import Play, acting, executing, matched, offered, programme, reflecting

ANA = Actor("ana", Role.SECRETARIAT)
BRUNO = Actor("bruno", Role.FOCAL_POINT, "BR")
PAULA = Actor("paula", Role.FOCAL_POINT, "PE")
CARLA = Actor("carla", Role.FOCAL_POINT, "CL")
ALDO = Actor("aldo", Role.AUDITOR)
MANAGER = Actor("m", Role.MANAGER)
EMPLOYERS = Actor("e", Role.BENCH_DELEGATE, "PE", "employers")
WORKERS_OF_BRASIL = Actor("w", Role.BENCH_DELEGATE, "BR", "workers")
WORKERS_OF_CHILE = Actor("c", Role.BENCH_DELEGATE, "CL", "workers")
PARTNER = Actor("p", Role.PARTNER, "org-ilo")
NOBODY = Actor("n", Role.FOCAL_POINT)
ALL = {
    "operator": OPERATOR,
    "system": SYSTEM_ACTOR,
    "ana": ANA,
    "bruno": BRUNO,
    "paula": PAULA,
    "carla": CARLA,
    "aldo": ALDO,
    "manager": MANAGER,
    "employers": EMPLOYERS,
    "workers of brasil": WORKERS_OF_BRASIL,
    "workers of chile": WORKERS_OF_CHILE,
    "partner": PARTNER,
    "nobody": NOBODY,
}
OFFICERS = {"operator", "ana"}


def code(decision: Decision) -> str | None:
    return decision.refusal.reasons[0].code if decision.refusal else None


def allowed(decisions: dict[str, Decision]) -> set[str]:
    assert all(decision.allowed == (decision.refusal is None) for decision in decisions.values())
    return {name for name, decision in decisions.items() if decision.allowed}


def who_moves(standing: Standing, move: str) -> set[str]:
    return allowed({name: may_move(programme(), standing, actor, move) for name, actor in ALL.items()})


def who_says(standing: Standing, kind: str, **fields: Any) -> set[str]:
    return allowed({name: may_state(programme(), standing, actor, kind, fields) for name, actor in ALL.items()})


@pytest.mark.parametrize(
    ("move", "who"),
    [
        ("publish_offer", OFFICERS | {"bruno"}),
        ("begin_execution", OFFICERS | {"bruno", "paula"}),
        ("adopt_action", {"paula"}),
        ("begin_accompaniment", OFFICERS | {"paula"}),
        ("close", OFFICERS),
        ("expire", OFFICERS | {"system"}),
        ("replace_party", OFFICERS),
        ("return_to_demand", OFFICERS | {"bruno", "paula"}),
        ("renew", OFFICERS | {"bruno", "paula"}),
    ],
)
def test_a_move_is_made_by_those_its_programme_names(move: str, who: set[str]) -> None:
    assert who_moves(executing().standing, move) == who


def test_who_answered_may_move_an_offer_and_a_stranger_may_not() -> None:
    play = offered(BR="offers").move("publish_offer").say("answer", party="PE")

    assert who_moves(play.standing, "answer_offer") == OFFICERS | {"bruno", "paula"}


def test_a_party_that_left_moves_nothing() -> None:
    play = executing().say("join_party", party="CL", role="supports")
    assert "carla" in who_moves(play.standing, "begin_reflection")

    assert "carla" not in who_moves(play.say("leave_party", party="CL", reason="r").standing, "begin_reflection")


def test_managers_and_auditors_are_told_that_they_only_read() -> None:
    for actor in (ALDO, MANAGER):
        assert code(may_move(programme(), executing().standing, actor, "close")) == "permission.reads_only"
        assert (
            code(may_state(programme(), executing().standing, actor, "flag", {"flag": "f"})) == "permission.reads_only"
        )


CONSENTS = sorted(kind for kind, fact in FACTS.items() if fact.consent)


def test_these_are_the_consents() -> None:
    assert CONSENTS == [
        "acceptance",
        "decision",
        "endorsement",
        "minute",
        "reply",
        "roadmap_approval",
        "succession",
        "succession_agreed",
    ]


@pytest.mark.parametrize("kind", CONSENTS)
@pytest.mark.parametrize("officer", [ANA, OPERATOR, replace(ANA, on_behalf_of="PE")])
def test_no_officer_consents_for_a_country(kind: str, officer: Actor) -> None:
    decision = may_state(programme(), executing().standing, officer, kind, {"party": "PE", "bench": "workers"})

    assert code(decision) == "permission.consent_is_their_own"


@pytest.mark.parametrize(
    ("kind", "fields", "who"),
    [
        ("acceptance", {"party": "PE"}, {"paula"}),
        ("decision", {}, {"paula"}),
        ("roadmap_approval", {"party": "PE"}, {"paula"}),
        ("minute", {}, {"bruno", "paula"}),
        ("endorsement", {"party": "PE", "bench": "employers"}, {"employers"}),
        ("endorsement", {"party": "BR", "bench": "workers"}, {"workers of brasil"}),
        ("endorsement", {"party": "CL", "bench": "workers"}, set()),
        ("succession", {"party": "CL", "replaces": "BR"}, {"system"}),
        ("answer", {"party": "CL"}, OFFICERS | {"system"}),
        ("lessons", {"party": "BR"}, OFFICERS | {"bruno"}),
        ("contribution", {"party": "PE"}, OFFICERS | {"paula"}),
        ("sheet", {"side": "offer"}, OFFICERS | {"bruno", "paula"}),
        ("measure", {}, OFFICERS | {"paula"}),
        ("validation", {"side": "offer"}, OFFICERS),
        ("waiver", {"code": "contributions"}, OFFICERS),
        ("confirmation", {"move": "return_to_demand"}, OFFICERS),
        ("flag", {"flag": "f"}, OFFICERS | {"system"}),
        ("leave_party", {"party": "PE"}, OFFICERS | {"paula"}),
        ("join_party", {"party": "CL"}, OFFICERS),
        ("marker", {}, OFFICERS | {"bruno", "paula"}),
    ],
)
def test_a_fact_is_said_by_those_whose_it_is(kind: str, fields: dict[str, Any], who: set[str]) -> None:
    assert who_says(executing().standing, kind, **fields) == who


def test_a_delegate_fills_no_other_seat() -> None:
    standing = executing().standing
    decisions = [
        may_state(programme(), standing, EMPLOYERS, "endorsement", {"party": party, "bench": bench})
        for party, bench in (("PE", "workers"), ("BR", "employers"))
    ]

    assert [code(decision) for decision in decisions] == ["permission.another_bench", "permission.another_party"]


def test_a_party_says_not_available_only_of_what_it_could_bring() -> None:
    standing = matched().standing
    assert who_says(standing, "not_available", code="contributions") == OFFICERS | {"bruno", "paula"}

    assert who_says(standing, "not_available", code="nobody_asks") == OFFICERS | {"bruno", "paula"}

    standing = reflecting().standing
    assert who_says(standing, "not_available", code="requester_lessons") == OFFICERS | {"paula"}
    assert who_says(acting().standing, "not_available", code="roadmap_approved") == OFFICERS | {"paula"}
    assert who_says(acting().standing, "not_available", code="roadmap_benches_word") == OFFICERS | {"employers"}


@pytest.mark.parametrize(
    ("kind", "was", "who"),
    [
        ("endorsement", {"party": "PE", "bench": "employers", "paper": "agreement"}, {"employers"}),
        ("decision", {"decision": "adopt"}, {"paula"}),
        ("lessons", {"party": "BR", "text": "t"}, OFFICERS | {"bruno"}),
        ("waiver", {"code": "contributions"}, OFFICERS),
    ],
)
def test_only_who_may_say_a_thing_corrects_it(kind: str, was: dict[str, Any], who: set[str]) -> None:
    standing = executing().standing

    assert allowed({name: may_correct(programme(), standing, actor, kind, was) for name, actor in ALL.items()}) == who


def readers(standing: Standing) -> set[str]:
    return {name for name, actor in ALL.items() if may_read(standing, actor)}


READ_ALL = {"operator", "system", "ana", "aldo", "manager"}
OWN = {"bruno", "workers of brasil"}


def test_a_draft_is_its_own_parties() -> None:
    assert readers(Play.drafted(BR="offers").standing) == READ_ALL | OWN


def test_an_offer_that_looks_is_seen_by_every_focal_point_until_it_is_matched() -> None:
    play = offered(BR="offers").move("publish_offer")
    focal_points = {"paula", "carla", "nobody"}
    assert readers(play.standing) == READ_ALL | OWN | focal_points

    play.say("answer", party="PE").move("answer_offer")

    assert readers(play.standing) == READ_ALL | OWN | {"paula", "employers"}


def test_a_partner_that_helps_does_not_hide_an_offer() -> None:
    play = offered(BR="offers", **{"org-ilo": "facilitates"}).move("publish_offer")

    assert "carla" in readers(play.standing)
    assert "partner" in readers(play.standing)


def test_an_offer_that_was_withdrawn_looks_no_more() -> None:
    play = offered(BR="offers").move("publish_offer")
    assert is_looking(play.standing)

    assert not is_looking(play.move("withdraw", reason="r").standing)


def test_one_that_was_declined_with_thanks_no_longer_reads() -> None:
    play = offered(BR="offers").move("publish_offer").say("answer", party="PE").say("answer", party="CL")
    play.move("answer_offer", counterpart="PE")

    assert not may_read(play.standing, CARLA)
    assert may_read(play.standing, PAULA)


def test_who_opens_an_exchange() -> None:
    decisions = {
        name: can(actor, "exchange.draft", of_parties("exchange", ("BR", "PE"))) for name, actor in ALL.items()
    }

    assert allowed(decisions) == OFFICERS | {"system", "bruno", "paula"}
    assert code(decisions["employers"]) == "permission.not_a_party"


def test_who_operates_backdates_and_orders_papers() -> None:
    officers = OFFICERS | {"system"}

    for action in ("import.run", "programme.publish", "projection.rebuild", "funding.register", "funding.allocate"):
        assert allowed({name: can(actor, action) for name, actor in ALL.items()}) == officers
    assert allowed({name: can(actor, "moment.backdate") for name, actor in ALL.items()}) == officers
    standing = executing().standing
    orders = {name: can(actor, "exchange.order", of_exchange(standing)) for name, actor in ALL.items()}
    assert allowed(orders) == officers | {"bruno", "paula"}


@pytest.mark.parametrize(
    ("by", "who"),
    [
        (("party", "secretariat"), OFFICERS | {"bruno", "paula"}),
        (("secretariat",), OFFICERS),
        (("secretariat", "system"), OFFICERS | {"system"}),
        (("system",), {"system"}),
    ],
)
def test_who_takes_a_step_of_an_agreement(by: tuple[str, ...], who: set[str]) -> None:
    step = of_parties("agreement", ("BR", "PE"), by=by, move="s")
    assert allowed({name: can(actor, "agreement.step", step) for name, actor in ALL.items()}) == who


def test_what_the_engine_does_not_know_is_the_engines_to_refuse() -> None:
    assert may_move(programme(), executing().standing, PAULA, "fly").allowed
    assert may_state(programme(), executing().standing, PAULA, "rumour", {}).allowed
