# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Execution: one activity held, every other held, re-dated or waived, attendance recorded or the reason why not."""

from tests.cycle.play import executing
from tests.cycle.states.looking import codes, told, who_could


def test_what_reflection_needs_and_who_could_bring_it() -> None:
    anybody = ("party:BR", "party:PE", "secretariat")

    assert who_could(executing(), "begin_reflection") == {"activity_held": anybody, "activities_settled": anybody}
    assert told(executing(), "begin_reflection").who_may == anybody


def test_a_held_activity_owes_its_attendance_by_sex_and_by_bench() -> None:
    play = executing().say("activity_held", "activity-1", on="2026-03-02")
    assert play.missing("begin_reflection") == {"attendance"}

    assert play.say("attendance", "activity-1", women=0, men=12).missing("begin_reflection") == {"attendance"}
    assert play.say("attendance", "activity-1", benches={"workers": 12}).missing("begin_reflection") == set()


def test_why_attendance_was_not_recorded_is_an_answer() -> None:
    play = executing().say("activity_held", "activity-1", on="2026-03-02", not_recorded="the list was lost")

    assert play.missing("begin_reflection") == set()


def test_waiving_every_activity_leaves_none_held() -> None:
    play = executing().say("activity_waived", "activity-1", reason="no travel")

    assert play.missing("begin_reflection") == {"activity_held"}


def test_attendance_is_of_what_was_held() -> None:
    refused = executing().try_say("attendance", "activity-1", women=3)

    assert codes(refused) == {"fact.item_status"}


def test_what_was_held_is_neither_re_dated_nor_waived() -> None:
    play = executing().say("activity_held", "activity-1", on="2026-03-02", women=3)

    assert codes(play.try_say("activity_redated", "activity-1", on="2026-09-01", reason="r")) == {"fact.item_status"}
    assert codes(play.try_say("activity_waived", "activity-1", reason="r")) == {"fact.item_status"}


def test_nothing_is_held_on_a_day_to_come() -> None:
    assert codes(executing().try_say("activity_held", "activity-1", on="2026-06-01")) == {"fact.day_in_the_future"}
    assert executing().say("activity_held", "activity-1", on="2026-03-03").standing.count("activities_held") == 1


def test_a_struck_activity_holds_nothing_up() -> None:
    play = executing().say("activity_planned", title="Second", on="2026-05-04", mode="virtual")
    planned = play.standing.seq
    play.say("activity_held", "activity-1", on="2026-03-02", women=3, benches={"workers": 3})
    assert play.missing("begin_reflection") == {"activities_settled"}

    play.say("correct", event=planned, reason="entered twice", whole="struck")

    assert play.missing("begin_reflection") == set()


def test_facts_are_told_while_an_exchange_is_suspended_but_moves_wait() -> None:
    play = executing().move("suspend", reason="elections", review_on="2026-06-01")
    play.say("activity_held", "activity-1", on="2026-03-02", women=3, benches={"workers": 3})

    assert codes(play.try_move("begin_reflection")) == {"lifecycle.suspended"}
    assert codes(play.try_move("return_to_commitment", reason="r")) == {"lifecycle.suspended"}
    assert play.move("resume", reason="a new minister").move("begin_reflection").standing.stage == "reflection"
