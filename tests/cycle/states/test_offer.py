# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Offer: others answer, the first party chooses one, and the rest are declined with thanks."""

from tests.cycle.play import DEMAND, OFFER, Play, matched, offered
from tests.cycle.states.looking import advised, codes, moves, told


def published(**roles: str) -> Play:
    return offered(**(roles or {"BR": "offers"})).move("publish_offer")


def test_an_offer_waits_for_an_answer() -> None:
    assert codes(published().try_move("answer_offer")) == {"counterpart"}
    assert published().say("answer", party="PE").move("answer_offer").standing.stage == "demand"


def test_anyone_may_answer_and_whoever_answered_may_move() -> None:
    reason = told(published(), "answer_offer").judgement.missing[0]
    assert reason.who_could == ("anyone",)

    assert told(published().say("answer", party="PE"), "answer_offer").who_may == (
        "party:PE",
        "party:BR",
        "secretariat",
    )


def test_of_several_who_answered_one_is_named_and_none_names_itself() -> None:
    play = published().say("answer", party="PE").say("answer", party="CL")
    refused = play.try_move("answer_offer")
    assert codes(refused) == {"counterpart"}
    assert refused.reasons[0].facts["counterparts"] == ["CL", "PE"]

    assert told(play, "answer_offer").who_may == ("party:BR", "secretariat")

    play.move("answer_offer", counterpart="PE")

    assert play.standing.members("asks") == ("PE",)
    assert play.standing.parties["CL"]["status"] == "declined"
    assert play.events[-1].payload["declined_with_thanks"] == ["CL"]


def test_nobody_is_chosen_who_did_not_answer() -> None:
    play = published().say("answer", party="PE")

    assert codes(play.try_move("answer_offer", counterpart="CL")) == {"counterpart"}
    assert codes(play.try_move("answer_offer", counterpart="BR")) == {"counterpart"}


def test_a_partner_that_helps_is_no_counterpart_unless_it_is_named() -> None:
    play = published(BR="offers", **{"org-ilo": "facilitates"})
    assert codes(play.try_move("answer_offer")) == {"counterpart"}

    assert play.move("answer_offer", counterpart="org-ilo").standing.members("asks") == ("org-ilo",)


def test_validation_by_the_secretariat_is_advice() -> None:
    play = published().say("answer", party="PE")
    assert advised(play, "answer_offer") == {"offer_validated"}

    assert advised(play.say("validation", side="offer"), "answer_offer") == set()


def test_an_offer_that_answers_a_demand_moves_ahead_only() -> None:
    play = Play.drafted(door="demand", PE="asks").say("sheet", side="demand", **DEMAND).move("publish_demand")
    play.say("answer", party="BR").move("answer_demand")
    assert play.standing.stage == "offer"

    assert codes(play.try_move("answer_offer", counterpart="BR")) == {"move.not_ahead"}
    assert "answer_offer" not in moves(play)


def test_what_is_matched_no_longer_looks_for_answers() -> None:
    assert codes(matched().try_say("answer", party="CL")) == {"answer.not_looked_for"}


def test_a_new_counterpart_means_a_new_consent() -> None:
    play = matched().move("return_to_offer", reason="Perú waits for its budget")
    play.say("answer", party="CL").move("answer_offer", counterpart="CL")

    assert "match_accepted" in play.missing("begin_commitment")


def test_the_same_counterpart_keeps_the_consent_it_gave() -> None:
    play = matched().move("return_to_offer", reason="another modality").move("answer_offer", counterpart="PE")

    assert "match_accepted" not in play.missing("begin_commitment")


def test_what_was_owed_is_still_owed_after_a_return() -> None:
    play = Play.drafted().say("sheet", side="offer", **OFFER).move("publish_offer").move("answer_offer")

    play.move("return_to_offer", reason="another modality")

    assert play.standing.owed == ("offer_availability", "offer_evidence")
