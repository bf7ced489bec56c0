# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Demand: offer and demand side by side; each consents to the match, and nothing but that can block for ever."""

import pytest

from tests.cycle.play import DEMAND, Play, offered
from tests.cycle.states.looking import advised, codes, told, who_could

MATCH = {"match_accepted", "demand_population", "demand_baseline", "benches_consulted"}


def answered() -> Play:
    return offered().move("publish_offer").move("answer_offer")


def consented() -> Play:
    play = answered().say("sheet", side="demand", population="9,000 children", baseline="none", **DEMAND)
    for bench in ("employers", "workers"):
        play.say("consultation", party="PE", bench=bench, paper="agreement")
    return play


def test_what_a_commitment_needs_and_who_could_bring_it() -> None:
    assert who_could(answered(), "begin_commitment") == {
        "match_accepted": ("party:BR", "party:PE"),
        "demand_population": ("party:PE", "secretariat"),
        "demand_baseline": ("party:PE", "secretariat"),
        "benches_consulted": ("party:PE", "secretariat"),
    }


def test_each_need_takes_its_own_code_away() -> None:
    play = answered()
    assert play.missing("begin_commitment") == MATCH

    assert play.say("sheet", side="demand", population="p").missing("begin_commitment") == MATCH - {"demand_population"}
    play.say("sheet", side="demand", baseline_plan="activity 1 produces it by May")
    assert play.missing("begin_commitment") == {"match_accepted", "benches_consulted"}
    play.say("consultation", party="PE", bench="employers", paper="agreement")
    assert play.missing("begin_commitment") == {"match_accepted", "benches_consulted"}
    play.say("consultation", party="PE", bench="workers", paper="agreement")
    assert play.missing("begin_commitment") == {"match_accepted"}


def test_the_last_acceptance_moves_by_itself() -> None:
    play = consented().say("acceptance", party="BR")
    assert play.standing.stage == "demand"
    assert who_could(play, "begin_commitment") == {"match_accepted": ("party:PE",)}

    play.say("acceptance", party="PE")

    assert (play.standing.stage, play.events[-1].payload["by_itself"]) == ("commitment", True)


def test_the_last_acceptance_waits_where_something_else_is_missing() -> None:
    play = answered().say("acceptance", party="BR").say("acceptance", party="PE")

    assert (play.standing.stage, play.missing("begin_commitment")) == ("demand", MATCH - {"match_accepted"})


def test_nobody_accepts_a_match_before_there_is_one() -> None:
    play = offered().move("publish_offer")

    assert codes(play.try_say("acceptance", party="BR")) == {"acceptance.no_match_yet"}
    assert play.move("answer_offer").say("acceptance", party="BR").standing.said["acceptance/BR"] is True


def test_the_consent_to_a_match_is_never_waived_nor_lapses() -> None:
    assert codes(consented().try_say("waiver", code="match_accepted", reason="silence")) == {"need.blocks_for_ever"}
    assert consented().on("2046-01-05").missing("begin_commitment") == {"match_accepted"}


def test_the_providers_benches_are_advice() -> None:
    play = consented()
    assert advised(play, "begin_commitment") == {"provider_benches_informed"}

    for bench in ("employers", "workers"):
        play.say("consultation", party="BR", bench=bench, paper="agreement")
    assert advised(play, "begin_commitment") == set()


def test_benches_are_asked_again_only_while_they_are_silent() -> None:
    play = consented().say("endorsement", party="PE", bench="workers", paper="agreement", word="endorsed")

    again = play.try_say("consultation", party="PE", bench="workers", paper="agreement")
    assert codes(again) == {"consultation.already_spoken"}
    assert play.say("consultation", party="PE", bench="employers", paper="agreement").standing.words[
        "agreement/PE/employers"
    ] == {"word": "asked", "version": 1, "since": play.day}


def test_who_may_begin_a_commitment() -> None:
    assert told(consented(), "begin_commitment").who_may == ("party:BR", "party:PE", "secretariat")


def test_a_demand_is_answered_by_an_offer() -> None:
    play = Play.drafted(door="demand", PE="asks").say("sheet", side="demand", **DEMAND).move("publish_demand")
    assert codes(play.try_move("answer_demand")) == {"counterpart"}

    play.say("answer", party="BR").move("answer_demand")

    assert (play.standing.stage, play.standing.members("offers")) == ("offer", ("BR",))


@pytest.mark.parametrize("code", ["both_doors", "counterpart"])
def test_no_waiver_skips_a_stage(code: str) -> None:
    assert codes(offered().try_say("waiver", code=code, reason="r")) == {"need.is_a_rule"}
    assert codes(offered().try_say("not_available", code=code, reason="r")) == {"need.is_a_rule"}


def test_a_second_demand_does_not_lead_back() -> None:
    assert codes(answered().try_move("answer_demand")) == {"move.not_ahead"}
