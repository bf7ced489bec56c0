# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Explanations: every move with each need that is missing. Who meets exactly one of them sees exactly that one go."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from cycle.explain import explain
from tests.cycle.play import (
    DEMAND,
    OFFER,
    Play,
    accompanied,
    acting,
    executing,
    matched,
    offered,
    programme,
    reflecting,
)

Saying = tuple[str, dict[str, Any]]
BENCHES = ("employers", "workers")
PARTIES = ("BR", "PE")


def missing(play: Play) -> dict[str, frozenset[str]]:
    """move → the codes it misses, of every move from here."""
    told = explain(programme(), play.standing, play.day)
    return {one.move: frozenset(reason.code for reason in one.judgement.missing) for one in told}


def asked_for(side: str) -> Play:
    return Play.drafted(door=side)


def answered() -> Play:
    return offered().move("publish_offer").move("answer_offer")


def with_two_activities() -> Play:
    return executing().say("activity_planned", title="Seminar", on="2026-05-04", mode="virtual")


def with_an_unlisted_activity() -> Play:
    return executing().say("activity_held", "activity-1", on="2026-03-02")


def with_nobodys_measure() -> Play:
    return acting().say("measure", title="Train")


def fed_back() -> Play:
    play = accompanied().say("check_in", on="2026-03-02", mode="virtual").say("lessons", party="BR", text="t")
    return play.say("measure_under_way", "measure-1", on="2026-12-01").move("open_feedback")


def sheet(side: str, **fields: Any) -> list[Saying]:
    return [("sheet", {"side": side, **fields})]


def each(kind: str, **fields: Any) -> list[Saying]:
    return [(kind, {"party": party, **fields}) for party in PARTIES]


def benches(kind: str, paper: str, **fields: Any) -> list[Saying]:
    return [(kind, {"party": "PE", "bench": bench, "paper": paper, **fields}) for bench in BENCHES]


def one(kind: str, **fields: Any) -> list[Saying]:
    return [(kind, fields)]


NEEDS: dict[str, tuple[Callable[[], Play], list[Saying]]] = {
    **{f"offer_{name}": (Play.drafted, sheet("offer", **{name: OFFER[name]})) for name in OFFER},
    **{
        f"demand_{name}": (lambda: asked_for("demand"), sheet("demand", **{name: DEMAND[name]}))
        for name in ("institution", "problem", "learns")
    },
    "demand_territory": (lambda: asked_for("demand"), sheet("demand", national=True)),
    "counterpart": (lambda: offered(BR="offers").move("publish_offer"), one("answer", party="PE")),
    "demand_population": (answered, sheet("demand", population="9,000 children")),
    "demand_baseline": (answered, sheet("demand", baseline_plan="the first activity, by May")),
    "benches_consulted": (answered, benches("consultation", "agreement")),
    "match_accepted": (answered, each("acceptance")),
    "instrument": (matched, one("instrument", title="Memorandum", signed_on="2020-01-01")),
    "dated_activity": (matched, one("activity_planned", title="Mission", on="2026-04-01", mode="virtual")),
    "contributions": (matched, each("contribution", none=True)),
    "benches_word": (matched, benches("endorsement", "agreement", word="endorsed")),
    "activity_held": (
        with_two_activities,
        one("activity_held", item="activity-1", on="2026-03-02", not_recorded="the list was lost"),
    ),
    "activities_settled": (
        with_two_activities,
        [("activity_waived", {"item": f"activity-{n}", "reason": "no budget"}) for n in (1, 2)],
    ),
    "attendance": (
        with_an_unlisted_activity,
        one("attendance", item="activity-1", women=4, men=3, benches={"government": 7}),
    ),
    "requester_lessons": (reflecting, one("lessons", party="PE", text="what we saw")),
    "reflection_record": (reflecting, one("reflection_record", on="2026-03-02", text="r")),
    "decision": (reflecting, one("decision", decision="adapt", text="t")),
    "conclusion_allowed": (reflecting, one("decision", decision="not_adopted", text="t")),
    "conclusion_confirmed": (reflecting, one("confirmation", move="conclude_without_roadmap")),
    "roadmap_approved": (acting, one("roadmap_approval", party="PE", authority="Ministra", on="2026-03-02")),
    "roadmap_benches_word": (acting, benches("endorsement", "roadmap", word="with_reservation", reservation="costs")),
    "measure": (acting, one("measure", title="Train", responsible="Ministerio", on="2026-09-01")),
    "measures_complete": (
        with_nobodys_measure,
        one("measure_revised", item="measure-1", responsible="Ministerio", on="2026-09-01"),
    ),
    "indicator": (acting, one("indicator", name="inspectors", baseline_measure="measure 1", target="60")),
    "check_ins": (accompanied, one("check_in", on="2026-03-02", mode="virtual")),
    "measures_settled": (accompanied, one("measure_dropped", item="measure-1", reason="no budget")),
    "provider_lessons": (accompanied, one("lessons", party="BR", text="t")),
    "requester_evaluation": (fed_back, one("evaluation", party="PE", text="good")),
    "provider_evaluation": (fed_back, one("evaluation", party="BR", text="good")),
    "practice": (fed_back, one("practice", none_because="too early")),
    "measures_handed_over": (fed_back, one("hand_over", owner="Ministerio", review_on="2027-03-01")),
}
BY_THE_MOVE_OR_THE_SETTING = {
    *("offer_door", "demand_door", "both_doors", "light_weight", "conclusion_reason"),
    *("offer_availability", "offer_evidence", "provider_benches_informed", "indicators_complete"),
    *("offer_validated", "demand_validated"),
}


def said(play: Play, sayings: Iterable[Saying]) -> Play:
    for kind, fields in sayings:
        play.say(kind, **fields)
    return play


@pytest.mark.parametrize("code", NEEDS)
def test_who_meets_exactly_one_need_sees_exactly_that_one_go(code: str) -> None:
    begun, sayings = NEEDS[code]
    play = begun()
    before = missing(play)
    assert any(code in codes for codes in before.values())

    after = missing(said(play, sayings))

    assert after == {move: codes - {code} for move, codes in before.items()}


def test_every_need_of_a_move_ahead_is_met_here_or_met_otherwise() -> None:
    ahead = [move for move in programme().moves.values() if move.to and not move.is_return]

    assert {need.name for move in ahead for need in move.needs} == {*NEEDS, *BY_THE_MOVE_OR_THE_SETTING}
