# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Deciding who stands in for whom: delegations (dated, scoped, revocable) and absences.

Nobody speaks a bench's word through a delegation who acts in another role of that country, nor acts in another role through
one who speaks a bench's word: a ministry would endorse its own paper. It is refused when the delegation is given and again
when the delegate acts.
"""

from collections.abc import Collection, Iterable
from datetime import date

from cycle.events import Happening
from cycle.refusals import Missing, Refusal
from people import roster as r
from people.actors import Actor, Role
from people.roster import Absence, Delegation, Roster
from people.roster_rules import (
    ACTS,
    LONGEST_DELEGATION_DAYS,
    MOVE,
    READ,
    SPEAK,
    Decision,
    bad_span,
    not_member,
    refuse,
    two_sides,
)


def give(roster: Roster, delegation: Delegation, by: Actor, day: str, *, acts_elsewhere: bool = False) -> Decision:
    """The giver lets another person of the party act in one of the giver's own roles.

    acts_elsewhere: the delegate acts for the house, if this is a party's roster; for a party, if it is the house's
    """
    wrong = [
        *not_member(roster, delegation.delegate),
        *_bad_giver(roster, delegation, by, day),
        *_bad_acts(delegation.acts),
        *_bad_days(delegation, day),
        *_two_hats(roster, delegation, day),
        *two_sides(acts_elsewhere),
    ]
    named = {name: getattr(delegation, name) for name in ("id", "giver", "delegate", "role", "from_on", "to_on")}
    bench = {"bench": delegation.bench} if delegation.bench else {}
    acts = sorted({*delegation.acts, READ})
    return refuse(wrong) or (Happening(r.DELEGATION_GIVEN, {**named, **bench, "acts": acts}),)


def _bad_giver(roster: Roster, delegation: Delegation, by: Actor, day: str) -> Iterable[Missing]:
    if by.person != delegation.giver or by.on_behalf_of is not None:
        yield Missing("delegation.given_by_its_own", "a person gives what is their own, and hands on nothing lent")
    elif not roster.holds(delegation.giver, delegation.role, delegation.bench, day):
        yield Missing("delegation.not_held", "a role or seat that the giver holds today")
    if delegation.delegate == delegation.giver:
        yield Missing("delegation.to_oneself", "somebody else")


def _bad_acts(acts: Collection[str]) -> Iterable[Missing]:
    if not acts or not set(acts) <= set(ACTS):
        yield Missing("delegation.acts_unknown", f"acts are of: {', '.join(ACTS)}", facts={"acts": list(acts)})


def _bad_days(delegation: Delegation, day: str) -> Iterable[Missing]:
    wrong = [*bad_span(delegation.from_on, delegation.to_on, must=True)]
    yield from wrong
    if wrong:
        return
    length = date.fromisoformat(delegation.to_on) - date.fromisoformat(delegation.from_on)
    if delegation.to_on < day or length.days >= LONGEST_DELEGATION_DAYS:
        need = f"it ends today or later, and lasts at most {LONGEST_DELEGATION_DAYS} days"
        yield Missing("delegation.span_wrong", need)


def _two_hats(roster: Roster, delegation: Delegation, day: str) -> Iterable[Missing]:
    if {SPEAK, MOVE} & set(delegation.acts) and endorses_itself(roster, delegation, day):
        need = "a bench's word is not spoken by a person who acts in another role of that country"
        yield Missing("delegation.self_endorsement", need)


def endorses_itself(roster: Roster, delegation: Delegation, day: str) -> bool:
    """Whether one person would give a bench's word and act in another role of the same country, one of them on loan."""
    others = roster.capacities(delegation.delegate, day) - {(delegation.role, delegation.bench)}
    if delegation.role == Role.BENCH_DELEGATE:
        return bool(others)
    return any(bench is not None for _, bench in others)


def may_act(
    roster: Roster, person: str, giver: str, role: str, bench: str | None, act: str, day: str
) -> Refusal | None:
    """Why a person may not do this act for another today; asked again at every act."""
    lent = [
        one
        for one in roster.delegations.values()
        if (one.delegate, one.giver, one.role, one.bench) == (person, giver, role, bench) and one.holds_on(day)
    ]
    if not lent or not roster.is_member(person) or not roster.holds(giver, role, bench, day):
        return Refusal.because("delegation.not_in_force", "a delegation in force from somebody who holds the role")
    covering = [one for one in lent if act in one.acts]
    if not covering:
        return Refusal.because("delegation.out_of_scope", f"a delegation to {act}", act=act)
    if act != READ and endorses_itself(roster, covering[0], day):
        need = "a bench's word is not spoken by a person who acts in another role of that country"
        return Refusal.because("delegation.self_endorsement", need)
    return None


def revoke(delegation: Delegation) -> Decision:
    """A delegation ends at once."""
    if delegation.ended_at is not None:
        return Refusal.because("delegation.ended_already", "a delegation ends once")
    return (Happening(r.DELEGATION_ENDED, {"id": delegation.id, "reason": "revoked"}),)


def be_absent(roster: Roster, absence: Absence) -> Decision:
    """A person is away from a day to a day."""
    wrong = [*not_member(roster, absence.person), *bad_span(absence.from_on, absence.to_on, must=True)]
    named = {name: getattr(absence, name) for name in ("id", "person", "from_on", "to_on", "told_by")}
    return refuse(wrong) or (Happening(r.ABSENCE_ENTERED, named),)


def come_back(absence: Absence) -> Decision:
    """An absence is called off."""
    if absence.ended_at is not None:
        return Refusal.because("absence.ended_already", "an absence ends once")
    return (Happening(r.ABSENCE_ENDED, {"id": absence.id}),)
