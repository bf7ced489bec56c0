# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Closed: completed; facts may still be told, and it is renewed once."""

from tests.cycle.play import evaluated, executing
from tests.cycle.states.looking import codes, told


def test_facts_are_still_told_after_closing() -> None:
    play = evaluated().move("close").say("lessons", party="BR", text="seen later")

    assert (play.standing.stage, play.items["lessons-BR"].body) == ("closed", {"text": "seen later"})


def test_no_other_move_leaves_a_closed_exchange() -> None:
    closed = evaluated().move("close")

    assert codes(closed.try_move("return_to_action", reason="r")) == {"move.not_from_this_stage", "lifecycle.completed"}
    assert codes(closed.try_move("terminate", reason="r")) == {"move.not_from_this_stage", "lifecycle.completed"}
    assert codes(closed.try_move("close")) == {"move.not_from_this_stage", "lifecycle.completed"}


def test_who_may_leave_it() -> None:
    closed = evaluated().move("close")

    assert told(closed, "reopen_closed").who_may == ("secretariat",)
    assert told(closed, "renew").who_may == ("party:BR", "party:PE", "secretariat")


def test_an_exchange_is_renewed_once() -> None:
    play = executing().move("terminate", reason="no budget").move("renew", reason="budget found")

    assert codes(play.try_move("renew", reason="again")) == {"renewed_once"}


def test_a_blank_reason_is_none() -> None:
    assert codes(evaluated().move("close").try_move("reopen_closed", reason="  ")) == {"reason"}
