# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Action: a roadmap approved by the requester, with its benches' word, somebody responsible and a date for each measure."""

from tests.cycle.play import Play, acting, spoken
from tests.cycle.states.looking import advised, codes, told, who_could


def drawn() -> Play:
    play = acting().say("measure", title="Train", responsible="Ministerio", on="2026-09-01")
    return play.say("indicator", name="inspectors", baseline="0", target="60")


def test_what_accompaniment_needs_and_who_could_bring_it() -> None:
    assert who_could(acting(), "begin_accompaniment") == {
        "roadmap_approved": ("party:PE",),
        "roadmap_benches_word": ("bench:PE/employers", "bench:PE/workers"),
        "measure": ("party:PE", "secretariat"),
        "indicator": ("party:PE", "secretariat"),
    }
    assert told(acting(), "begin_accompaniment").who_may == ("party:PE", "secretariat")


def test_each_measure_names_somebody_and_a_day() -> None:
    play = drawn().say("measure", title="Publish")
    assert "measures_complete" in play.missing("begin_accompaniment")
    play.say("measure_revised", "measure-2", responsible="Ministerio")
    assert "measures_complete" in play.missing("begin_accompaniment")

    play.say("measure_revised", "measure-2", on="2026-10-01")

    assert "measures_complete" not in play.missing("begin_accompaniment")


def test_one_indicator_is_complete_and_the_rest_may_follow() -> None:
    play = drawn().say("indicator", name="farms", target="10")

    assert "indicator" not in play.missing("begin_accompaniment")
    assert advised(play, "begin_accompaniment") == {"indicators_complete", "provider_lessons"}


def test_a_measure_that_produces_the_baseline_is_a_baseline() -> None:
    play = acting().say("indicator", name="farms", target="10", baseline_measure="measure-1")

    assert "indicator" not in play.missing("begin_accompaniment")
    assert "indicator" in acting().say("indicator", name="farms", target="10").missing("begin_accompaniment")


def test_the_benches_term_on_the_roadmap_runs_from_the_day_they_are_asked() -> None:
    play = drawn().say("roadmap_approval", party="PE", authority="Ministra", on="2026-03-02")
    assert play.on("2027-01-04").missing("begin_accompaniment") == {"roadmap_benches_word"}

    for bench in ("employers", "workers"):
        play.say("consultation", party="PE", bench=bench, paper="roadmap")
    assert play.missing("begin_accompaniment") == {"roadmap_benches_word"}
    assert play.on("2027-03-01").missing("begin_accompaniment") == set()


def test_words_on_the_agreement_are_no_words_on_the_roadmap() -> None:
    play = spoken(drawn(), "agreement")
    assert "roadmap_benches_word" in play.missing("begin_accompaniment")

    assert "roadmap_benches_word" not in spoken(play, "roadmap").missing("begin_accompaniment")


def test_an_approval_is_of_the_present_text_and_of_a_day_that_has_come() -> None:
    day = {"party": "PE", "authority": "Ministra"}
    assert codes(drawn().try_say("roadmap_approval", on="2026-07-01", **day)) == {"fact.day_in_the_future"}
    play = drawn().say("roadmap_approval", on="2026-03-02", **day)

    play.say("text_revised", paper="roadmap", summary="a measure more")

    assert "roadmap_approved" in play.missing("begin_accompaniment")


def test_a_successor_of_the_requester_approves_anew() -> None:
    play = spoken(drawn().say("roadmap_approval", party="PE", authority="Ministra", on="2026-03-02"), "roadmap")
    assert play.missing("begin_accompaniment") == set()

    play.say("succession", party="CL", replaces="PE").move("replace_party", old="PE", new="CL", reason="r")

    assert who_could(play, "begin_accompaniment") == {
        "roadmap_approved": ("party:CL",),
        "roadmap_benches_word": ("bench:CL/employers", "bench:CL/workers"),
    }
