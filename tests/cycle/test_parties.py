# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Parties join, leave, change roles and are replaced; no exchange goes on with an empty side."""

from typing import Any

import pytest

from cycle.evolve import fold
from cycle.refusals import Refusal
from tests.cycle.play import Play, executing, matched, offered, reflecting
from tests.cycle.states.looking import codes, who_could


@pytest.mark.parametrize(
    ("said", "told"),
    [("Chile", "a country by its code: Chile is CL"), ("brasil", "is BR"), ("BRA", "BRA is BR"), ("gtm", "gtm is GT")],
)
def test_a_member_by_its_name_or_three_letters_is_no_partner(said: str, told: str) -> None:
    for kind in ("answer", "join_party"):
        play = offered().move("publish_offer") if kind == "answer" else executing()
        tried = play.try_say(kind, party=said, **({"role": "supports"} if kind == "join_party" else {}))
        assert isinstance(tried, Refusal)
        (reason,) = tried.reasons
        assert (reason.code, told in reason.need) == ("country.unknown", True)

    for partner in ("Chile-solidario", "ILO", "CAN"):
        assert hasattr(executing().try_say("join_party", party=partner, role="supports"), "reasons") is False


def test_the_last_who_asks_or_offers_does_not_leave() -> None:
    for party in ("BR", "PE"):
        assert codes(executing().try_say("leave_party", party=party, reason="r")) == {"party.last_of_its_side"}
    play = executing().say("join_party", party="CL", role="asks")

    assert play.say("leave_party", party="PE", reason="elections").standing.members("asks") == ("CL",)


@pytest.mark.parametrize(("role", "stays"), [("both", True), ("asks", True), ("offers", False), ("supports", False)])
def test_the_last_who_asks_keeps_asking(role: str, *, stays: bool) -> None:
    tried = executing().try_say("change_role", party="PE", role=role, reason="r")

    assert (not hasattr(tried, "reasons")) is stays


def test_a_party_that_left_is_consulted_no_more() -> None:
    play = matched().say("join_party", party="CL", role="asks")
    assert who_could(play, "begin_execution")["benches_word"] == (
        "bench:CL/employers",
        "bench:CL/workers",
        "bench:PE/employers",
        "bench:PE/workers",
    )

    play.say("leave_party", party="CL", reason="r")

    assert who_could(play, "begin_execution")["benches_word"] == ("bench:PE/employers", "bench:PE/workers")
    assert codes(play.try_say("contribution", party="CL", none=True)) == {"party.not_in_the_exchange"}


def test_whoever_comes_back_has_the_new_role_alone() -> None:
    play = executing().say("join_party", party="CL", role="asks").say("leave_party", party="CL", reason="r")
    play.on("2026-05-04").say("join_party", party="CL", role="supports")

    party = play.standing.parties["CL"]
    assert (party["roles"], party["joined_on"], party["left_on"]) == (["supports"], "2026-05-04", None)


def test_whoever_left_and_answers_keeps_the_days_of_its_membership() -> None:
    play = offered(BR="offers", CL="supports").say("leave_party", party="CL", reason="r").move("publish_offer")
    play.on("2026-05-04").say("answer", party="CL")

    party = play.standing.parties["CL"]
    assert (party["status"], party["roles"], party["joined_on"], party["left_on"]) == (
        "candidate",
        [],
        "2026-03-01",
        "2026-03-02",
    )


def test_one_who_answered_belongs_from_the_day_it_is_chosen() -> None:
    play = offered(BR="offers").move("publish_offer").say("answer", party="PE")
    play.on("2026-05-04").move("answer_offer")

    assert play.standing.parties["PE"]["joined_on"] == "2026-05-04"


@pytest.mark.parametrize("new", ["BR", "PE"])
def test_nobody_succeeds_themselves_nor_the_only_party_they_face(new: str) -> None:
    assert codes(executing().try_say("succession", party=new, replaces="BR")) == {"succession.not_another"}


def test_a_partner_that_helped_may_succeed() -> None:
    play = executing().say("join_party", party="CL", role="facilitates").say("succession", party="CL", replaces="BR")
    play.say("succession_agreed", replaces="BR").move("replace_party", old="BR", new="CL", reason="r")

    assert play.standing.parties["CL"]["roles"] == ["facilitates", "offers"]


def test_a_succession_is_used_up_by_the_replacement() -> None:
    play = executing().say("succession", party="AR", replaces="BR").say("succession_agreed", replaces="BR")
    again: dict[str, Any] = {"old": "BR", "new": "AR", "reason": "r"}
    play.move("replace_party", **again).say("join_party", party="BR", role="offers")

    assert codes(play.try_move("replace_party", **again)) == {"successor_accepted", "requester_agrees"}


def test_what_a_replaced_party_said_is_not_its_successors_word() -> None:
    play = reflecting().say("lessons", party="PE", text="t")
    play.say("succession", party="CL", replaces="PE").move("replace_party", old="PE", new="CL", reason="r")

    assert who_could(play, "adopt_action")["requester_lessons"] == ("party:CL", "secretariat")


def test_a_successors_code_is_a_member_countrys_or_a_partners() -> None:
    for new in ("ZZ", "ar", "../AR"):
        refused = executing().try_move("replace_party", old="BR", new=new, reason="r")
        assert codes(refused) <= {"country.unknown", "move.field_malformed"}


def test_striking_one_of_two_contributions_leaves_the_other() -> None:
    play = matched().say("contribution", party="BR", none=True)
    play.say("contribution", party="BR", description="two experts")
    play.say("correct", event=play.standing.seq, reason="withdrawn", whole="struck")

    assert who_could(play, "begin_execution")["contributions"] == ("party:PE", "secretariat")
    assert fold("x", play.events) == play.standing


@pytest.mark.parametrize("says", [{"reason": 7}, {"reason": "r" * 20_001}, {"reason": "a\0b"}])
def test_what_a_move_carries_has_a_form(says: dict[str, Any]) -> None:
    assert codes(executing().try_move("suspend", review_on="2026-06-01", **says)) == {"move.field_malformed"}


def test_a_misspelt_word_of_a_move_is_not_passed_over() -> None:
    assert codes(executing().try_move("suspend", reason="elections", reviewon="2026-06-01")) == {
        "move.field_unknown",
        "review_date",
    }
    assert codes(offered().try_move("publish_offer", review_on="2026-06-01")) == {"move.field_unknown"}


def test_a_wrong_form_is_named_together_with_what_is_missing() -> None:
    assert codes(executing().try_move("suspend", review_on="2026-03-02")) == {"move.review_is_past", "reason"}
    assert codes(executing().try_move("suspend", reason=7)) == {"move.field_malformed", "review_date"}


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("soon", "move.field_malformed"),
        ("2026-02-30", "move.field_malformed"),
        ("20260601", "move.field_malformed"),
        ("2026-03-02", "move.review_is_past"),
        ("2026-03-03", None),
    ],
)
def test_a_suspension_is_looked_at_again_on_a_day_to_come(day: str, code: str | None) -> None:
    tried = executing().try_move("suspend", reason="elections", review_on=day)

    assert codes(tried) == {code} if code else tried[0].payload["review_on"] == day


def test_draft_names_parties_by_known_codes() -> None:
    for wrong in ("pe", "", "a b", "../x", "None" * 20):
        with pytest.raises(AssertionError, match=r"country\.unknown|party\.code_malformed"):
            Play.drafted(**{"BR": "offers", wrong: "asks"})
