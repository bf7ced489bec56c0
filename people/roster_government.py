# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Deciding a change of government: which seats are to be confirmed, which delegations end, whose sessions end.

A government is its own bench, and the focal points are its officers. Employers and workers name their delegates themselves:
their seats change only where the act names their bench.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from cycle.carried import is_day
from cycle.events import Happening
from cycle.refusals import Missing
from people import roster as r
from people.actors import Role
from people.roster import Kind, Roster, Seated
from people.roster_rules import CHANGE_OF_GOVERNMENT, bad_word, refuse
from people.roster_rules import Decision as _Decision

GOVERNMENT = "government"


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change of government does to a roster: benches, ids of delegations, ids of persons who sign in anew."""

    seats: tuple[str, ...]
    delegations: tuple[str, ...]
    persons: tuple[str, ...]


def effect_of(roster: Roster, benches: Collection[str], day: str) -> Effect:
    """What a change of government on these benches does, `day` being today."""
    seats = [s for s in roster.seats.values() if s.bench in benches and s.person and s.status != Seated.TO_BE_CONFIRMED]
    ended = [d for d in roster.delegations.values() if d.ended_at is None and d.to_on >= day and _of(d.bench, benches)]
    holders = {seat.person for seat in roster.seats.values() if seat.bench in benches and seat.person}
    persons = {*holders, *roster.granted(Role.FOCAL_POINT, day), *(d.delegate for d in ended)}
    return Effect(
        tuple(sorted(seat.bench for seat in seats)),
        tuple(sorted(d.id for d in ended)),
        tuple(sorted(persons)),
    )


def _of(bench: str | None, benches: Collection[str]) -> bool:
    """A delegation of a focal point, who has no bench, is the government's."""
    return bench is None or bench in benches


def decide(roster: Roster, on: str, benches: Collection[str], found: Mapping[str, object], today: str) -> _Decision:
    """One event for the act, with all it came to (`found` adds what other streams hold), and one for each seat and loan."""
    wrong = [missing for bench in benches for missing in bad_word(bench, sorted(roster.seats), "the bench")]
    if roster.kind != Kind.COUNTRY:
        wrong.append(Missing("government.not_a_country", "a member country"))
    if not is_day(on) or on > today:
        wrong.append(Missing("government.day_wrong", "a day that has come", facts={"on": on}))
    effect = effect_of(roster, benches, today)
    reason = {"reason": CHANGE_OF_GOVERNMENT}
    seats = [Happening(r.SEAT_TO_BE_CONFIRMED, {"bench": bench, "on": on, **reason}) for bench in effect.seats]
    loans = [Happening(r.DELEGATION_ENDED, {"id": one, **reason}) for one in effect.delegations]
    came_to = {"seats": list(effect.seats), "delegations": list(effect.delegations), "persons": list(effect.persons)}
    told = {"on": on, "benches": sorted(benches), **came_to, **found}
    return refuse(wrong) or (Happening(r.GOVERNMENT_CHANGED, told), *seats, *loans)
