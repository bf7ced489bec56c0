# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Feedback: evaluations, or their lapse; a practice proposed, or why not; open measures handed over. Then closed."""

from tests.cycle.play import Play, accompanied, evaluated
from tests.cycle.states.looking import codes, moves, told, who_could


def opened() -> Play:
    play = accompanied().say("check_in", on="2026-03-02", mode="virtual").say("lessons", party="BR", text="t")
    return play.say("measure_under_way", "measure-1", on="2026-12-01").move("open_feedback")


def test_what_closing_needs_and_who_could_bring_it() -> None:
    assert who_could(opened(), "close") == {
        "requester_evaluation": ("party:PE", "secretariat"),
        "provider_evaluation": ("party:BR", "secretariat"),
        "practice": ("party:BR", "party:PE", "secretariat"),
        "measures_handed_over": ("party:PE", "secretariat"),
    }


def test_the_secretariat_closes() -> None:
    assert told(opened(), "close").who_may == ("secretariat",)


def test_evaluations_lapse_and_a_practice_does_not() -> None:
    play = opened().on("2026-09-01")
    assert play.missing("close") == {"practice", "measures_handed_over"}

    play.say("practice", none_because="too early").say("hand_over", owner="Ministerio", review_on="2027-03-01")
    play.move("close")

    assert play.events[-1].payload["lapsed"] == ["provider_evaluation", "requester_evaluation"]
    assert (play.standing.stage, play.standing.lifecycle) == ("closed", "completed")


def test_measures_that_are_done_need_no_owner() -> None:
    assert evaluated().missing("close") == set()
    assert "measures_handed_over" in opened().missing("close")


def test_a_practice_is_a_title_or_a_reason_for_none() -> None:
    assert codes(opened().try_say("practice", summary="s")) == {"fact.field_missing"}
    assert "practice" not in opened().say("practice", title="Training inspectors").missing("close")


def test_terms_begin_anew_when_a_closed_exchange_is_reopened() -> None:
    play = opened().on("2026-09-01").say("practice", title="t").say("hand_over", owner="M", review_on="2027-03-01")
    play.move("close").on("2026-10-01").move("reopen_closed", reason="a late evaluation")

    assert play.missing("close") == {"requester_evaluation", "provider_evaluation"}


def test_a_closed_exchange_leaves_only_by_reopening_or_renewal() -> None:
    assert moves(evaluated().move("close")) == {"reopen_closed", "renew"}
