# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What may happen to an agreement, and to whom a refusal points."""

from typing import Any

import pytest

from agreements import decide
from cycle.moment import Moment
from cycle.refusals import Refusal
from tests.agreements.play import HASH, NOW, Play, in_force, opened, signed


def codes(refused: object) -> set[str]:
    assert isinstance(refused, Refusal), refused
    return {reason.code for reason in refused.reasons}


def test_a_text_goes_to_clearance_once_there_is_one() -> None:
    play = Play.drafted().step("open_negotiation")
    refused = play.try_step("send_for_clearance")
    assert codes(refused) == {"agreement.text"}
    assert refused.reasons[0].who_could == ("party:BR", "party:PE")

    assert play.text().step("send_for_clearance").standing.status == "clearance"


def test_each_party_lists_who_signs() -> None:
    play = Play.drafted().step("open_negotiation").text().step("send_for_clearance").lists("BR")
    refused = play.try_step("open_for_signature")

    assert [reason.who_could for reason in refused.reasons] == [("party:PE",)]


def test_a_signatory_listed_again_keeps_its_place() -> None:
    play = Play.drafted().lists("BR").lists("PE").lists("BR")

    assert [play.standing.signatories[party]["order"] for party in ("BR", "PE")] == [1, 2]


@pytest.mark.parametrize("said", [{"party": "CL"}, {"name": ""}, {"name": "  "}, {"title": 7}, {"institution": "a\0b"}])
def test_a_signatory_is_of_a_party_with_name_title_and_institution(said: dict[str, Any]) -> None:
    whole = {"party": "BR", "name": "N", "title": "T", "institution": "I"}
    assert not isinstance(decide.list_signatory(Play.drafted().standing, whole), Refusal)

    assert isinstance(decide.list_signatory(Play.drafted().standing, {**whole, **said}), Refusal)


def test_nobody_is_listed_after_signing() -> None:
    said = {"party": "BR", "name": "N", "title": "T", "institution": "I"}

    assert codes(decide.list_signatory(signed().standing, said)) == {"agreement.text_is_fixed"}


def test_a_second_officer_confirms() -> None:
    play = opened().receive("BR")

    refused = play.try_confirm("BR", by="one")
    assert codes(refused) == {"agreement.second_officer"}
    assert refused.reasons[0].who_could == ("party:BR",)
    assert play.confirm("BR").standing.unsigned() == ("PE",)


def test_the_last_confirmation_completes_the_signatures() -> None:
    play = opened().receive("BR").receive("PE").confirm("BR")
    assert play.standing.status == "open_for_signature"

    assert play.confirm("PE").standing.status == "signed"


def test_what_is_in_force_is_not_confirmed_back_to_signed() -> None:
    refused = in_force().try_confirm("BR")

    assert codes(refused) == {"agreement.not_open_for_signature", "agreement.counterpart_confirmed"}


def test_a_counterpart_is_confirmed_only_while_the_text_is_open() -> None:
    play = opened().receive("BR").confirm("BR").receive("PE").step("return_to_negotiation", reason="one clause")

    assert codes(play.try_confirm("PE")) == {"agreement.not_open_for_signature"}


def test_a_counterpart_that_counts_is_not_overwritten() -> None:
    play = opened().receive("BR").confirm("BR")

    assert codes(play.try_receive("BR", by="third")) == {"agreement.counterpart_confirmed"}


def test_a_counterpart_of_an_earlier_text_stops_counting() -> None:
    play = opened().receive("BR").confirm("BR").step("return_to_negotiation", reason="one clause").text()
    play.step("send_for_clearance").step("open_for_signature")

    assert play.standing.unsigned() == ("BR", "PE")
    assert codes(play.try_confirm("BR")) == {"agreement.counterpart"}


@pytest.mark.parametrize(
    ("signed_on", "code"),
    [
        ("2026-03-10", "fact.day_in_the_future"),
        ("yesterday", "fact.field_invalid"),
        ("", "fact.field_missing"),
    ],
)
def test_a_counterpart_was_signed_on_a_day_that_has_come(signed_on: str, code: str) -> None:
    assert codes(opened().try_receive("BR", signed_on=signed_on)) == {code}
    assert not isinstance(opened().try_receive("BR", signed_on="2026-03-02"), Refusal)


def test_a_counterpart_is_of_a_party_and_arrives_while_the_text_is_open() -> None:
    assert codes(opened().try_receive("CL")) == {"agreement.party_unknown"}
    assert codes(Play.drafted().try_receive("BR")) == {"agreement.not_open_for_signature"}


def test_a_text_is_negotiated_before_clearance_only() -> None:
    assert codes(decide.propose_text(opened().standing, HASH, "s")) == {"agreement.text_is_fixed"}


def test_ending_under_running_activities_says_what_becomes_of_them() -> None:
    play = in_force().hear("ExecutionBegan", exchange="x1")
    for step in ("terminate", "expire"):
        refused = play.try_step(step, reason="r")
        assert codes(refused) == {"agreement.activities_run"}
        assert refused.reasons[0].facts == {"exchanges": ["x1"]}
        assert codes(play.try_step(step, running="later")) == {"agreement.activities_run", "agreement.reason"}

    assert play.step("terminate", reason="r", running="continue").events[-1].payload["running"] == "continue"


def test_ending_with_nothing_running_needs_only_its_reason() -> None:
    play = in_force().hear("ExecutionBegan", exchange="x1").hear("ExecutionEnded", exchange="x1")
    assert codes(play.try_step("terminate")) == {"agreement.reason"}

    assert play.step("terminate", reason="r").standing.status == "terminated"


def test_a_step_carries_what_it_knows_and_no_blank_reason() -> None:
    assert codes(in_force().try_step("terminate", reason=" ")) == {"agreement.reason"}
    assert codes(in_force().try_step("terminate", reasons="no budget")) == {"agreement.reason", "fact.field_unknown"}


@pytest.mark.parametrize(
    ("last_day", "codes_told"), [("2026-03-02", {"agreement.still_in_force"}), ("2026-03-01", set())]
)
def test_it_expires_when_its_last_day_is_over(last_day: str, codes_told: set[str]) -> None:
    play = signed().step("seal").step("bring_into_force", expires_on=last_day)
    told = play.try_step("expire", reason="its term is over")

    assert (codes(told) if isinstance(told, Refusal) else set()) == codes_told
    assert not isinstance(play.try_step("terminate", reason="r"), Refusal)


def test_it_enters_into_force_on_the_day_it_is_brought() -> None:
    assert in_force().standing.in_force_on == "2026-03-02"


@pytest.mark.parametrize("step", ["seal", "bring_into_force", "expire", "supersede"])
def test_a_step_starts_only_where_it_starts(step: str) -> None:
    assert codes(Play.drafted().try_step(step, reason="r")) == {"agreement.not_from_here"}


def test_an_unknown_step_and_a_day_to_come_are_refused() -> None:
    assert codes(Play.drafted().try_step("burn")) == {"agreement.step_unknown"}
    future = Moment.of("2026-03-03T12:00:00.000Z", NOW.recorded_at, "America/Lima")
    assert codes(decide.decide_step(Play.drafted().standing, "open_negotiation", {}, future)) == {
        "moment.in_the_future"
    }


def test_it_is_applied_provisionally_once_and_with_a_reason() -> None:
    play = signed()
    assert codes(decide.apply_provisionally(play.standing, " ")) == {"agreement.not_signed"}
    assert codes(decide.apply_provisionally(opened().standing, "r")) == {"agreement.not_signed"}

    play.take(decide.apply_provisionally(play.standing, "parliament rests"))

    assert codes(decide.apply_provisionally(play.standing, "again")) == {"agreement.provisional_already"}


def test_it_covers_one_exchange_more_of_the_same_parties() -> None:
    play = in_force()
    assert codes(decide.cover(play.standing, "x2", ("BR",))) == {"agreement.other_parties"}
    assert codes(decide.cover(play.standing, "x1", ("BR", "PE"))) == {"agreement.covers_already"}

    play.take(decide.cover(play.standing, "x2", ("BR", "PE", "org-ilo")))

    assert dict(play.standing.exchanges) == {"x1": "waiting", "x2": "waiting"}


def test_what_ended_covers_nothing_new() -> None:
    assert codes(decide.cover(in_force().step("terminate", reason="r").standing, "x2", ("BR", "PE"))) == {
        "agreement.ended"
    }
