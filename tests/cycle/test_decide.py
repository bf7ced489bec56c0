# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Decisions: a refusal names everything at once, and what was refused changed nothing."""

from dataclasses import replace

import pytest

from cycle.commands import MakeMove
from cycle.decide import decide
from cycle.moment import Moment
from cycle.refusals import Refusal
from tests.cycle.play import DEMAND, OFFER, Play, evaluated, executing, matched, moment, offered, programme, promised

VALUED = {"valuation_method": "price paid", "rate_source": "none: paid in USD"}


def codes(refused: object) -> set[str]:
    assert isinstance(refused, Refusal), refused
    return {reason.code for reason in refused.reasons}


def test_a_refusal_names_everything_missing_at_once() -> None:
    refused = Play.drafted().try_move("publish_offer")

    assert codes(refused) == {"offer_institution", "offer_shares", "offer_theme", "offer_modality", "offer_language"}


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("institution", "offer_institution"),
        ("shares", "offer_shares"),
        ("theme", "offer_theme"),
        ("modality", "offer_modality"),
        ("language", "offer_language"),
    ],
)
def test_satisfying_one_need_takes_exactly_its_code_away(field: str, code: str) -> None:
    play = Play.drafted()
    before = play.missing("publish_offer")

    play.say("sheet", side="offer", **{field: OFFER[field]})

    assert before - play.missing("publish_offer") == {code}


def test_a_reason_says_who_could_cure_it() -> None:
    refused = Play.drafted().try_move("publish_offer")

    assert {reason.who_could for reason in refused.reasons} == {("party:BR", "party:PE", "secretariat")} or {
        reason.who_could for reason in refused.reasons
    } == {("party:BR", "secretariat")}


def test_a_refused_move_changes_nothing() -> None:
    play = Play.drafted()
    before = play.standing

    play.try_move("publish_offer")

    assert play.standing is before


def test_an_explanation_and_a_refusal_never_differ() -> None:
    play = matched()

    assert play.missing("begin_execution") == codes(play.try_move("begin_execution"))


def test_a_move_of_another_stage_is_refused_with_where_it_starts() -> None:
    refused = offered().try_move("begin_execution")

    assert codes(refused) == {"move.not_from_this_stage"}


def test_an_unknown_move_is_refused() -> None:
    assert codes(offered().try_move("leap")) == {"move.unknown"}


def test_nothing_happens_in_the_future() -> None:
    future = Moment("2026-03-03T00:00:00.000Z", "2026-03-02T00:00:00.000Z", "2026-03-03")
    decided = decide(programme(), offered().standing, MakeMove("publish_offer"), future)

    assert codes(decided) == {"moment.in_the_future"}


def test_a_move_is_never_earlier_than_the_move_before_it() -> None:
    play = executing()
    decided = decide(programme(), play.standing, MakeMove("begin_reflection"), moment("2026-03-01"))

    assert "moment.before_previous_move" in codes(decided)


def test_facts_are_accepted_while_suspended_and_moves_are_not() -> None:
    play = executing().move("suspend", reason="elections", review_on="2026-06-01")

    play.say("activity_held", "activity-1", on="2026-03-02", women=1, benches={"workers": 1})

    assert codes(play.try_move("begin_reflection")) == {"lifecycle.suspended"}


def test_the_last_acceptance_moves_by_itself() -> None:
    play = matched()

    assert (play.standing.stage, play.events[-1].payload["by_itself"]) == ("commitment", True)


def test_the_last_acceptance_does_not_move_while_something_else_is_missing() -> None:
    play = offered().move("publish_offer").move("answer_offer")
    play.say("acceptance", party="BR").say("acceptance", party="PE")

    assert play.standing.stage == "demand"
    assert play.missing("begin_commitment") == {"demand_population", "demand_baseline", "benches_consulted"}


def test_demand_first_is_the_same_cycle_through_the_other_door() -> None:
    play = Play.drafted(door="demand").say(
        "sheet", side="demand", population="p", baseline_plan="activity 1 by May", **DEMAND
    )
    play.move("publish_demand").move("answer_demand")
    for bench in ("employers", "workers"):
        play.say("consultation", party="PE", bench=bench, paper="agreement")
    play.say("acceptance", party="BR").say("acceptance", party="PE")

    assert [e.payload["to"] for e in play.events if e.type == "StageMoved"] == ["demand", "offer", "commitment"]


def test_several_may_answer_and_the_others_are_declined_with_thanks() -> None:
    play = Play.drafted(BR="offers").say("sheet", side="offer", **OFFER).move("publish_offer")
    play.say("answer", party="PE").say("answer", party="CL")

    play.move("answer_offer", counterpart="CL")

    assert play.standing.members() == ("BR", "CL")
    assert play.standing.parties["PE"]["status"] == "declined"


def test_a_need_due_later_is_owed_until_its_stage() -> None:
    play = Play.drafted().say("sheet", side="offer", **OFFER).move("publish_offer").move("answer_offer")
    play.say("sheet", side="demand", population="p", baseline="b", **DEMAND)
    for bench in ("employers", "workers"):
        play.say("consultation", party="PE", bench=bench, paper="agreement")
    play.say("acceptance", party="BR").say("acceptance", party="PE")

    assert play.standing.owed == ("offer_availability", "offer_evidence")
    assert play.missing("begin_commitment") == {"offer_availability", "offer_evidence"}


def test_a_bench_that_stays_silent_lapses_after_its_term_and_the_move_says_so() -> None:
    play = promised().say("instrument", title="Memorandum", signed_on="2020-01-01")
    assert play.missing("begin_execution") == {"benches_word"}

    play.on("2026-05-04").move("begin_execution")

    assert play.events[-1].payload["lapsed"] == ["benches_word"]


def test_consent_and_signature_never_lapse() -> None:
    play = promised().on("2036-01-02")

    assert play.missing("begin_execution") == {"instrument"}
    assert codes(play.try_say("waiver", code="instrument", reason="silence")) == {"need.blocks_for_ever"}


def test_the_secretariat_waives_other_needs_with_a_reason() -> None:
    play = matched().say("waiver", code="contributions", reason="to be stated in the workplan")

    assert "contributions" not in play.missing("begin_execution")
    assert play.standing.met == {"contributions": "waived"}


def test_a_light_exchange_goes_by_minute_and_moves_no_money() -> None:
    play = promised("light").say("minute", signed_on="2026-03-02", signatories="two names", summary="what was agreed")
    assert play.missing("begin_execution") == {"benches_word"}

    play.say("contribution", party="BR", description="grant", amount="100.00", currency="USD", **VALUED)

    assert play.missing("begin_execution") == {"benches_word", "light_weight"}


def test_closing_completes() -> None:
    play = evaluated().move("close")

    assert (play.standing.stage, play.standing.lifecycle) == ("closed", "completed")


def test_an_exchange_from_before_minga_is_asked_only_for_what_comes_after() -> None:
    play = executing()
    play.standing = replace(play.standing, before_minga="execution", said={}, counts={}, words={}, stage="commitment")

    assert play.missing("begin_execution") == set()

    play.move("begin_execution")
    assert play.missing("begin_reflection") == {"activity_held"}


def test_an_unknown_country_cannot_open_an_exchange() -> None:
    with pytest.raises(AssertionError, match=r"country\.unknown"):
        Play.drafted(ZZ="offers")
