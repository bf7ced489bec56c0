# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Accompaniment: check-ins or the end of the period, and each measure done, under way with a new date, or dropped."""

import pytest

from tests.cycle.play import Play, accompanied
from tests.cycle.states.looking import codes, told, who_could


def looked_after() -> Play:
    return accompanied().say("check_in", on="2026-03-02", mode="virtual").say("lessons", party="BR", text="t")


def test_what_feedback_needs_and_who_could_bring_it() -> None:
    play = accompanied()

    assert who_could(play, "open_feedback") == {
        "check_ins": ("party:PE", "secretariat", "party:BR"),
        "measures_settled": ("party:PE", "secretariat"),
        "provider_lessons": ("party:BR", "secretariat"),
    }
    assert told(play, "open_feedback").who_may == ("party:BR", "party:PE", "secretariat")


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("measure_done", {"done_on": "2026-03-02"}),
        ("measure_under_way", {"on": "2026-12-01"}),
        ("measure_dropped", {"reason": "another law"}),
    ],
)
def test_each_measure_is_settled_in_one_of_three_ways(kind: str, said: dict[str, str]) -> None:
    play = looked_after()
    assert play.missing("open_feedback") == {"measures_settled"}

    assert play.say(kind, "measure-1", **said).missing("open_feedback") == set()


def test_a_new_date_keeps_a_measure_under_way() -> None:
    play = looked_after().say("measure_under_way", "measure-1", on="2026-12-01")

    assert play.say("measure_revised", "measure-1", on="2027-01-15").items["measure-1"].status == "under_way"
    assert play.missing("open_feedback") == set()


def test_a_period_that_is_over_stands_for_a_check_in() -> None:
    play = accompanied().say("measure_done", "measure-1", done_on="2026-03-02").say("lessons", party="BR", text="t")
    play.say("period", until="2026-08-31")

    assert play.on("2026-08-31").missing("open_feedback") == {"check_ins"}
    assert play.on("2026-09-01").missing("open_feedback") == set()


def test_a_check_in_is_held_before_it_is_told() -> None:
    assert codes(accompanied().try_say("check_in", on="2026-09-01", mode="virtual")) == {"fact.day_in_the_future"}


def test_the_provider_that_left_no_lessons_is_excused_by_the_secretariat_only_as_a_note() -> None:
    play = accompanied().say("check_in", on="2026-03-02", mode="virtual")
    play.say("measure_done", "measure-1", done_on="2026-03-02").say("waiver", code="provider_lessons", reason="closed")

    play.move("open_feedback")

    assert play.events[-1].payload["excused"] == {"provider_lessons": "waived"}
    assert play.standing.owed == ()
