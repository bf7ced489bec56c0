# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Reflection: the requester decides what it takes over, or concludes where nothing is adopted."""

from tests.cycle.play import Play, reflecting
from tests.cycle.states.looking import advised, codes, told, who_could


def thought() -> Play:
    return (
        reflecting().say("lessons", party="PE", text="what we saw").say("reflection_record", on="2026-03-02", text="r")
    )


def test_what_adoption_needs_and_who_could_bring_it() -> None:
    assert who_could(reflecting(), "adopt_action") == {
        "requester_lessons": ("party:PE", "secretariat"),
        "reflection_record": ("party:BR", "party:PE", "secretariat"),
        "decision": ("party:PE",),
    }


def test_the_requester_alone_adopts_or_concludes() -> None:
    assert told(thought(), "adopt_action").who_may == ("party:PE",)
    assert told(thought(), "conclude_without_roadmap").who_may == ("party:PE",)


def test_to_adopt_or_adapt_leads_on_and_not_to_adopt_does_not() -> None:
    for decision in ("adopt", "adapt"):
        assert thought().say("decision", decision=decision, text="t").missing("adopt_action") == set()
    assert thought().say("decision", decision="not_adopted", text="t").missing("adopt_action") == {"decision"}


def test_the_providers_lessons_may_follow_until_feedback() -> None:
    play = thought().say("decision", decision="adapt", text="t")
    assert advised(play, "adopt_action") == {"provider_lessons"}

    assert play.move("adopt_action").standing.owed == ("provider_lessons",)


def test_a_need_owed_twice_is_owed_once() -> None:
    play = thought().say("decision", decision="adapt", text="t").move("adopt_action")
    play.move("return_to_reflection", reason="look again")
    assert play.standing.owed == ()

    assert play.move("adopt_action").standing.owed == ("provider_lessons",)


def test_concluding_needs_a_reason_lessons_and_the_secretariats_confirmation() -> None:
    play = reflecting("light")
    assert codes(play.try_move("conclude_without_roadmap")) == {
        "conclusion_reason",
        "requester_lessons",
        "conclusion_confirmed",
    }

    play.say("lessons", party="PE", text="t").say("confirmation", move="conclude_without_roadmap")
    play.move("conclude_without_roadmap", reason="two days were enough")

    assert (play.standing.stage, play.events[-1].payload["reason"]) == ("feedback", "two days were enough")


def test_an_exchange_that_outgrew_its_light_weight_is_not_concluded_as_a_light_one() -> None:
    play = reflecting("light").say("lessons", party="PE", text="t").say("confirmation", move="conclude_without_roadmap")
    play.say("activity_planned", title="Three more days", mode="virtual", days=3)
    assert codes(play.try_move("conclude_without_roadmap", reason="small")) == {"conclusion_allowed"}

    play.say("decision", decision="not_adopted", text="not for us")
    assert play.move("conclude_without_roadmap", reason="small").standing.stage == "feedback"


def test_neither_the_rule_of_weight_nor_the_confirmation_is_excused() -> None:
    for code in ("conclusion_allowed", "conclusion_confirmed"):
        assert codes(reflecting().try_say("waiver", code=code, reason="r")) == {"need.is_a_rule"}


def test_a_correction_of_an_earlier_word_never_undoes_a_later_one() -> None:
    play = thought().say("decision", decision="adopt", text="we adopt")
    first = play.standing.seq
    play.say("decision", decision="not_adopted", text="the minister decided otherwise")

    assert codes(play.try_say("correct", event=first, reason="r", text="typo")) == {"correction.told_again"}
    assert play.standing.said["decision"] == "not_adopted"


def test_a_correction_of_the_last_word_counts_and_may_be_corrected_again() -> None:
    play = thought().say("decision", decision="adopt", text="we adopt")
    said = play.standing.seq

    play.say("correct", event=said, reason="misread", decision="not_adopted")
    assert play.standing.said["decision"] == "not_adopted"
    play.say("correct", event=said, reason="read again", decision="adapt")
    assert (play.standing.said["decision"], play.items["decision"].body["decision"]) == ("adapt", "adapt")


def test_whose_word_it_is_is_never_corrected() -> None:
    play = thought()
    lessons = next(event.seq for event in play.events if event.type == "LessonsRecorded")

    refused = play.try_say("correct", event=lessons, reason="r", party="BR")
    assert codes(refused) == {"correction.names_another"}
    assert play.say("correct", event=lessons, reason="r", party="PE", text="better").standing.said["lessons/PE"]
