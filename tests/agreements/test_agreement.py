# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""An agreement's standing is the fold of its events, whatever is tried in whatever order."""

from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from agreements import decide
from agreements.agreement import fold
from agreements.rules import STEPS, Status
from cycle.refusals import Refusal
from tests.agreements.play import HASH, Play, in_force, signed

PARTIES = ("BR", "PE", "CL")
TRIES = [
    *[("step", name) for name in STEPS if name != "complete_signatures"],
    *[(verb, party) for verb in ("lists", "receive", "confirm") for party in PARTIES],
    ("text", ""),
    ("cover", "x2"),
]
scripts = st.tuples(st.sampled_from([Play.drafted, signed, in_force]), st.lists(st.sampled_from(TRIES), max_size=40))


def tried(play: Play, verb: str, what: str) -> None:
    at = play.standing
    said = {"party": what, "name": "N", "title": "T", "institution": "I"}
    found: dict[str, Callable[[], Any]] = {
        "step": lambda: play.try_step(what, reason="r", running="stop"),
        "lists": lambda: decide.list_signatory(at, said),
        "receive": lambda: play.try_receive(what),
        "confirm": lambda: play.try_confirm(what),
        "text": lambda: decide.propose_text(at, HASH, "s"),
        "cover": lambda: decide.cover(at, what, ("BR", "PE")),
    }
    decided = found[verb]()
    if not isinstance(decided, Refusal):
        play.take(decided)


@settings(max_examples=150, deadline=None)
@given(scripts)
def test_history_explains_the_standing_and_nobody_signs_what_was_not_open(
    script: tuple[Callable[[], Play], list[tuple[str, str]]],
) -> None:
    start, tries = script
    play = start()
    for verb, what in tries:
        before = play.standing
        tried(play, verb, what)
        after = play.standing
        if after.status == Status.SIGNED and before.status != Status.SIGNED:
            assert before.status == Status.OPEN_FOR_SIGNATURE
            assert after.unsigned() == ()
        if before.status in (Status.IN_FORCE, Status.EXPIRED, Status.TERMINATED):
            assert after.version == before.version

    assert fold("a1", play.events) == play.standing
    assert play.standing.seq == len(play.events)


def test_its_effect_follows_its_status() -> None:
    assert signed().standing.effect is None
    assert signed().hear("ProvisionallyApplied", reason="r").standing.effect == "provisional"
    assert in_force().standing.effect == "in_force"
    assert in_force().step("terminate", reason="r").standing.effect is None


def test_what_it_does_not_know_it_passes_over() -> None:
    play = in_force()
    before = play.standing

    play.hear("PaperOrdered", paper="p", kind="agreement", languages=["es"], version=1)

    assert (play.standing.status, play.standing.seq) == (before.status, before.seq + 1)


def test_a_succession_reopens_the_text_and_asks_for_a_new_one() -> None:
    play = signed()
    reopened = {"old": "PE", "new": "CL", "exchange": "x1", "to": "negotiation", "version": 2}
    play.hear("PartySucceeded", **reopened)

    assert play.standing.parties == ("BR", "CL")
    assert (play.standing.text_hash, play.standing.unsigned()) == (None, ("BR", "CL"))
