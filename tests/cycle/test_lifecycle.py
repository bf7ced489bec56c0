# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Returns, endings, pauses, revivals and a party's replacement."""

import pytest

from cycle.refusals import Refusal
from tests.cycle.play import Play, accompanied, evaluated, executing, matched, offered, programme, reflecting, spoken


def codes(refused: object) -> set[str]:
    assert isinstance(refused, Refusal), refused
    return {reason.code for reason in refused.reasons}


def test_a_return_counts_a_lap_and_keeps_what_was_said() -> None:
    play = reflecting().move("return_to_execution", reason="one more mission")

    assert (play.standing.stage, play.standing.lap) == ("execution", 1)
    assert play.standing.count("activities_held") == 1


def test_a_return_gives_its_reason() -> None:
    assert codes(reflecting().try_move("return_to_execution")) == {"reason"}


def test_a_return_below_execution_waits_for_the_secretariat_in_every_lap() -> None:
    play = executing()
    assert codes(play.try_move("return_to_demand", reason="another need")) == {"return_confirmed"}

    play.say("confirmation", move="return_to_demand").move("return_to_demand", reason="another need")

    assert play.standing.stage == "demand"
    assert "return_confirmed" not in play.missing("return_to_offer")


def test_a_return_never_touches_an_agreement() -> None:
    took = {"agreement": "a1", "reference": "AGR-2026-0001", "effect": "in_force", "parties": ["BR", "PE"]}
    play = executing().hear("AgreementTookEffect", **took)
    play.say("confirmation", move="return_to_commitment").move("return_to_commitment", reason="add an annex")

    assert play.standing.unbound == ()
    assert play.missing("begin_execution") == set()


def test_only_words_on_a_text_that_changed_stop_counting() -> None:
    play = accompanied().move("return_to_action", reason="a measure was forgotten")
    assert play.missing("begin_accompaniment") == set()

    play.say("text_revised", paper="roadmap", summary="a measure more")

    assert play.missing("begin_accompaniment") == {"roadmap_benches_word", "roadmap_approved"}
    spoken(play, "roadmap").say("roadmap_approval", party="PE", authority="Ministra", on="2026-03-02")
    assert play.missing("begin_accompaniment") == set()


@pytest.mark.parametrize(
    ("move", "lifecycle"), [("withdraw", "withdrawn"), ("decline", "declined"), ("expire", "expired")]
)
def test_before_execution_an_exchange_ends_quietly_and_keeps_its_stage(move: str, lifecycle: str) -> None:
    play = matched().move(move, reason="said")

    assert (play.standing.stage, play.standing.lifecycle) == ("commitment", lifecycle)
    assert codes(executing().try_move(move, reason="said")) == {"move.not_from_this_stage"}


def test_from_execution_on_an_exchange_is_terminated() -> None:
    play = executing().move("terminate", reason="no budget")

    assert play.standing.lifecycle == "terminated"
    assert codes(matched().try_move("terminate", reason="no budget")) == {"move.not_from_this_stage"}


@pytest.mark.parametrize(
    ("rests", "goes_on"), [("suspend", "resume"), ("terminate", "reopen"), ("suspend terminate", "reopen")]
)
def test_time_at_rest_uses_up_no_allowance(rests: str, goes_on: str) -> None:
    play = executing()
    due_on, left = play.standing.due_on, days_left(play)
    for move in rests.split():
        play.move(move, reason="elections", **({"review_on": "2027-01-15"} if move == "suspend" else {}))

    play.on("2026-09-01").move(goes_on, reason="a new minister")

    assert due_on is not None
    assert play.standing.due_on is not None
    assert due_on < play.standing.due_on
    assert days_left(play) == left
    assert "resting_since" not in play.standing.said


def test_what_was_overdue_before_it_rested_stays_so() -> None:
    play = executing().on("2029-01-01")
    due_on = play.standing.due_on

    play.move("suspend", reason="elections", review_on="2029-03-01").on("2029-02-01").move("resume", reason="r")

    assert play.standing.due_on == due_on


def days_left(play: Play) -> int:
    """Working days of the allowance that are left on the day of the play."""
    return programme().calendar.between(play.day, str(play.standing.due_on), play.standing.members(kind="country"))


def test_an_ended_exchange_is_reopened_where_it_ended() -> None:
    play = executing().move("terminate", reason="no budget").move("reopen", reason="budget found")

    assert (play.standing.stage, play.standing.lifecycle) == ("execution", "active")


def test_a_completed_exchange_is_reopened_into_feedback() -> None:
    play = evaluated().move("close").move("reopen_closed", reason="a late evaluation")

    assert (play.standing.stage, play.standing.lifecycle, play.standing.lap) == ("feedback", "active", 1)


def test_a_suspension_has_a_review_date_and_keeps_the_stage() -> None:
    assert codes(executing().try_move("suspend", reason="elections")) == {"review_date"}

    play = executing().move("suspend", reason="elections", review_on="2026-06-01")
    assert (play.standing.stage, play.standing.review_on) == ("execution", "2026-06-01")

    play.move("resume", reason="a new minister")
    assert (play.standing.lifecycle, play.standing.review_on) == ("active", None)


def test_a_party_is_replaced_when_its_successor_accepts_and_the_requester_agrees() -> None:
    play = executing()
    asks = {"old": "BR", "new": "AR", "reason": "the institute closed"}
    assert codes(play.try_move("replace_party", **asks)) == {"successor_accepted", "requester_agrees"}

    play.say("succession", party="AR", replaces="BR").say("succession_agreed", replaces="BR")
    play.move("replace_party", **asks)

    assert play.standing.members("offers") == ("AR",)
    assert play.standing.parties["BR"]["status"] == "left"
    assert play.standing.first_party == "AR"
    assert play.standing.text_version("agreement") == 2


def test_an_exchange_that_goes_on_cannot_be_renewed() -> None:
    assert codes(executing().try_move("renew", reason="again")) == {"lifecycle.active"}
    assert executing().move("terminate", reason="r").move("renew", reason="again").events[-1].type == "ExchangeRenewed"


def test_conclusion_without_a_roadmap_is_for_light_weight_or_nothing_adopted() -> None:
    play = reflecting().say("lessons", party="PE", text="t")
    play.say("confirmation", move="conclude_without_roadmap")
    assert codes(play.try_move("conclude_without_roadmap", reason="small")) == {"conclusion_allowed"}

    play.say("decision", decision="not_adopted", text="not for us").move("conclude_without_roadmap", reason="small")

    assert play.standing.stage == "feedback"


def test_a_draft_may_be_withdrawn() -> None:
    assert offered().move("withdraw", reason="no budget").standing.lifecycle == "withdrawn"
    assert isinstance(Play.drafted().try_move("withdraw"), Refusal)
