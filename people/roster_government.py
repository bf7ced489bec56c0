# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Deciding a change of government: which seats are to be confirmed, which delegations end, whose sessions end.

A government is its own bench, and the focal points are its officers. Employers and workers name their delegates themselves:
their seats change only where the act names their bench.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from cycle.checking import is_day
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


def effect_of(roster: Roster, benches: Collection[str], day: str, *, officers: bool = True) -> Effect:
    """What a change of government on these benches does, `day` being today.

    officers: it reaches the focal points and what they lent, too; not where it only adds benches to what was told
    """
    seats = [s for s in roster.seats.values() if s.bench in benches and s.person and s.status != Seated.TO_BE_CONFIRMED]
    ended = [
        d
        for d in roster.delegations.values()
        if d.ended_at is None and d.to_on >= day and (d.bench in benches or (officers and d.bench is None))
    ]
    holders = {seat.person for seat in roster.seats.values() if seat.bench in benches and seat.person}
    focal_points = roster.granted(Role.FOCAL_POINT, day) if officers else ()
    persons = {*holders, *focal_points, *(d.delegate for d in ended)}
    return Effect(
        tuple(sorted(seat.bench for seat in seats)),
        tuple(sorted(d.id for d in ended)),
        tuple(sorted(persons)),
    )


def decide(
    roster: Roster,
    on: str,
    benches: Collection[str],
    found: Mapping[str, Any],
    today: str,
    told: Mapping[str, Any] | None = None,
) -> _Decision:
    """One event for the act, with all it came to (`found` adds what other streams hold), and one for each seat and loan.

    told: what the same change came to when it was told before, of fewer benches; the event says both
    """
    wrong = [missing for bench in benches for missing in bad_word(bench, sorted(roster.seats), "the bench")]
    if roster.kind != Kind.COUNTRY:
        wrong.append(Missing("government.not_a_country", "a member country"))
    if not is_day(on) or on > today:
        wrong.append(Missing("government.day_wrong", "a day that has come", facts={"on": on}))
    effect = effect_of(roster, benches, today, officers=told is None)
    reason = {"reason": CHANGE_OF_GOVERNMENT}
    seats = [Happening(r.SEAT_TO_BE_CONFIRMED, {"bench": bench, "on": on, **reason}) for bench in effect.seats]
    loans = [Happening(r.DELEGATION_ENDED, {"id": one, **reason}) for one in effect.delegations]
    came_to = {"seats": list(effect.seats), "delegations": list(effect.delegations), "persons": list(effect.persons)}
    now = {"on": on, "benches": sorted(benches), **came_to, **found}
    return refuse(wrong) or (Happening(r.GOVERNMENT_CHANGED, _added_up(now, told) if told else now), *seats, *loans)


def _added_up(now: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """What an act came to, together with what it came to before."""
    both = {name: sorted({*before[name], *now[name]}) for name in _LISTS}
    return {**now, **both, "sessions": before["sessions"] + now["sessions"]}


_LISTS = ("benches", "seats", "delegations", "persons", "tokens")
