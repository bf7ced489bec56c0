# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Commitment: an instrument as heavy as the exchange, one dated activity, contributions of each, the benches' word."""

from typing import Any

import pytest

from tests.cycle.play import Play, matched, promised, spoken
from tests.cycle.states.looking import codes, told, who_could

NEEDS = {"instrument", "dated_activity", "contributions", "benches_word"}
TOOK = {"agreement": "a1", "reference": "AGR-2026-0001", "parties": ["BR", "PE"]}


def cited(play: Play, **more: Any) -> Play:
    return play.say("instrument", title="Memorandum", signed_on="2020-01-01", **more)


@pytest.mark.parametrize("weight", ["light", "standard", "triangular"])
def test_every_weight_needs_the_same_and_its_own_instrument(weight: str) -> None:
    assert matched(weight).missing("begin_execution") == NEEDS


def test_who_could_bring_what_execution_needs() -> None:
    assert who_could(matched(), "begin_execution") == {
        "instrument": ("party:BR", "party:PE", "secretariat"),
        "dated_activity": ("party:BR", "party:PE", "secretariat"),
        "contributions": ("party:BR", "party:PE", "secretariat"),
        "benches_word": ("bench:PE/employers", "bench:PE/workers"),
    }
    assert who_could(matched().say("contribution", party="BR", none=True), "begin_execution")["contributions"] == (
        "party:PE",
        "secretariat",
    )


@pytest.mark.parametrize(("weight", "fits"), [("light", True), ("standard", False), ("triangular", False)])
def test_a_minute_fits_a_light_exchange_only(weight: str, *, fits: bool) -> None:
    play = matched(weight).say("minute", signed_on="2026-03-02", signatories="two names", summary="what was agreed")

    assert ("instrument" not in play.missing("begin_execution")) is fits


@pytest.mark.parametrize("weight", ["light", "standard", "triangular"])
def test_an_instrument_cited_fits_any_weight(weight: str) -> None:
    assert "instrument" not in cited(matched(weight)).missing("begin_execution")


def test_an_instrument_that_is_over_fits_no_longer() -> None:
    assert "instrument" in cited(matched(), in_force_until="2026-03-01").missing("begin_execution")
    assert "instrument" not in cited(matched(), in_force_until="2026-03-02").missing("begin_execution")


@pytest.mark.parametrize(("effect", "fits"), [("in_force", True), ("provisional", True), ("ended", False)])
def test_an_agreement_fits_while_it_has_effect(effect: str, *, fits: bool) -> None:
    play = matched().hear("AgreementTookEffect", effect=effect, **TOOK)

    assert ("instrument" not in play.missing("begin_execution")) is fits


def test_an_agreement_binds_whom_it_names_and_no_successor() -> None:
    play = matched().hear("AgreementTookEffect", effect="in_force", **TOOK)
    play.say("succession", party="CL", replaces="BR").say("succession_agreed", replaces="BR")
    play.move("replace_party", reason="another ministry", old="BR", new="CL")

    reason = next(one for one in told(play, "begin_execution").judgement.missing if one.code == "instrument")
    assert reason.facts["unbound"] == ["CL"]

    play.hear("AgreementTookEffect", agreement="a2", reference="AGR-2026-0002", effect="in_force", parties=["CL", "PE"])
    assert "instrument" not in play.missing("begin_execution")


def test_each_party_may_be_bound_by_an_agreement_of_its_own() -> None:
    play = matched().hear("AgreementTookEffect", effect="in_force", **TOOK).say("join_party", party="CL", role="asks")
    assert "instrument" in play.missing("begin_execution")

    play.hear(
        "AgreementTookEffect", agreement="a2", reference="AGR-2026-0002", effect="provisional", parties=["BR", "CL"]
    )
    assert "instrument" not in play.missing("begin_execution")


def test_an_agreement_superseded_by_none_in_force_no_longer_fits() -> None:
    play = matched().hear("AgreementTookEffect", effect="in_force", **TOOK).hear("AgreementSuperseded", **TOOK)

    assert "instrument" in play.missing("begin_execution")


def test_a_minute_no_longer_fits_when_the_exchange_grows_heavier() -> None:
    play = promised("light").say("minute", signed_on="2026-03-02", signatories="two names", summary="s")
    assert play.missing("begin_execution") == {"benches_word"}

    play.say("weight", weight="standard", reason="a mission more")

    assert play.missing("begin_execution") == {"benches_word", "instrument"}


@pytest.mark.parametrize(("days", "light"), [(5, True), (6, False)])
def test_a_light_exchange_has_at_most_five_activity_days(days: int, *, light: bool) -> None:
    play = matched("light").say("activity_planned", title="Sessions", on="2026-05-04", mode="virtual", days=days)

    assert ("light_weight" not in play.missing("begin_execution")) is light
    assert codes(play.try_say("waiver", code="light_weight", reason="only a little more")) == {"need.is_a_rule"}


def test_an_activity_without_a_date_is_no_dated_activity() -> None:
    play = matched().say("activity_planned", title="Mission", mode="in_person")
    assert "dated_activity" in play.missing("begin_execution")

    assert "dated_activity" not in play.say("activity_redated", "activity-1", on="2026-05-04", reason="agreed").missing(
        "begin_execution"
    )


def test_a_partner_that_helps_states_its_contribution_too() -> None:
    play = promised().say("join_party", party="org-ilo", role="facilitates")

    assert who_could(play, "begin_execution")["contributions"] == ("party:org-ilo", "secretariat")


@pytest.mark.parametrize("word", ["endorsed", "refused", "seat_vacant"])
def test_any_word_of_a_bench_is_its_word(word: str) -> None:
    assert spoken(cited(promised()), "agreement", word).missing("begin_execution") == set()


def test_a_word_on_an_earlier_text_stops_counting_and_its_term_begins_anew() -> None:
    play = spoken(cited(promised()), "agreement").say("text_revised", paper="agreement", summary="a clause more")
    assert play.missing("begin_execution") == {"benches_word"}
    assert play.on("2026-12-01").missing("begin_execution") == {"benches_word"}

    for bench in ("employers", "workers"):
        play.say("consultation", party="PE", bench=bench, paper="agreement")
    assert play.on("2026-12-20").missing("begin_execution") == {"benches_word"}
    assert play.on("2027-02-01").missing("begin_execution") == set()


def test_a_lapse_is_counted_from_the_last_bench_asked_and_carried_in_the_event() -> None:
    play = cited(promised())
    lapses_after = told(play, "begin_execution").judgement.missing[0].facts["lapses_after"]
    assert play.on(lapses_after).missing("begin_execution") == {"benches_word"}

    play.on("2026-04-15").move("begin_execution")

    assert lapses_after < "2026-04-15"
    assert play.events[-1].payload["lapsed"] == ["benches_word"]


def test_a_waiver_is_carried_in_the_event() -> None:
    play = spoken(cited(promised()), "agreement").say("join_party", party="org-ilo", role="supports")
    play.say("waiver", code="contributions", reason="the partner only hosts").move("begin_execution")

    assert play.events[-1].payload["excused"] == {"contributions": "waived"}


def test_what_was_met_is_not_excused_in_the_event() -> None:
    play = spoken(cited(promised()), "agreement").say("waiver", code="contributions", reason="r")

    assert "excused" not in play.move("begin_execution").events[-1].payload


def test_a_struck_waiver_excuses_nothing() -> None:
    play = matched().say("waiver", code="contributions", reason="r")
    play.say("correct", event=play.standing.seq, reason="too soon", whole="struck")

    assert "contributions" in play.missing("begin_execution")


def test_a_struck_word_leaves_the_bench_asked() -> None:
    play = spoken(cited(promised()), "agreement")
    assert play.missing("begin_execution") == set()

    play.say("correct", event=play.standing.seq, reason="another bench's paper", whole="struck")

    assert who_could(play, "begin_execution") == {"benches_word": ("bench:PE/workers",)}


def test_who_may_begin_execution() -> None:
    assert told(promised(), "begin_execution").who_may == ("party:BR", "party:PE", "secretariat")
