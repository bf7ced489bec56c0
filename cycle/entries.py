# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Entries: what an officer tells in a country's name, how it came, and what the country says to it.

A country is told "entered in your name" and confirms or contests. Its answer is consent: nobody gives it for the country.
"""

from dataclasses import dataclass, replace
from typing import Any

from cycle import events as e
from cycle.checking import is_day, is_text
from cycle.events import Happening
from cycle.moment import Moment
from cycle.refusals import Missing, Refusal

WAYS = ("mail", "telephone", "meeting")
LONGEST_REASON = 2000


@dataclass(frozen=True, slots=True)
class Came:
    """How something came to an officer, and the day it arrived. `by`: mail, telephone or meeting."""

    by: str
    on: str


def malformed(came: Came, moment: Moment) -> Refusal | None:
    """What is wrong with how something is said to have come."""
    mistakes: list[Missing] = []
    if came.by not in WAYS:
        mistakes.append(Missing("entry.way_unknown", f"it came by one of: {', '.join(WAYS)}"))
    if not is_day(came.on) or came.on > moment.tomorrow:
        mistakes.append(Missing("entry.day_malformed", "it came on a day like 2026-11-23, which has come already"))
    return Refusal("entry.malformed", tuple(mistakes)) if mistakes else None


def marked(told: tuple[Happening, ...], came: Came) -> tuple[Happening, ...]:
    """What was decided, its first event saying how it came: that one is the entry, the others follow from it."""
    first = replace(told[0], payload={**told[0].payload, "came": {"by": came.by, "on": came.on}})
    return (first, *told[1:])


def decide_answer(seq: int, party: str, status: str, reason: str | None) -> Happening | Refusal:
    """The event a country's answer becomes; with a reason it contests, and without one it confirms."""
    if status != "waiting":
        return Refusal.because("entry.answered", "an entry is answered once", status=status)
    payload: dict[str, Any] = {"entry": seq, "party": party}
    if reason is None:
        return Happening(e.ENTRY_CONFIRMED, payload)
    if not reason.strip() or len(reason) > LONGEST_REASON or not is_text(reason):
        return Refusal.because("entry.reason_missing", f"why it is contested, in at most {LONGEST_REASON} characters")
    return Happening(e.ENTRY_CONTESTED, {**payload, "reason": reason})
