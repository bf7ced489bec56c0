# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Deciding who is a party's and what they may be: invitations, roles that one proposes and another grants, goodbyes."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from cycle.events import Happening
from cycle.refusals import Missing, Refusal
from people import roster as r
from people.actors import Actor, Role
from people.roster import Granted, HeldRole, Kind, Roster
from people.roster_rules import (
    LEFT_BECAUSE,
    ROLES,
    Decision,
    Second,
    bad_note,
    bad_span,
    bad_word,
    lacks_second,
    not_member,
    noted,
    refuse,
    second_by,
    tenders,
    two_sides,
)


def invite(roster: Roster, person: str) -> Decision:
    """A person becomes one of this party's; invited again after leaving, they are so again."""
    if roster.is_member(person):
        return Refusal.because("person.invited_already", "a person is invited once")
    return (Happening(r.PERSON_INVITED, {"person": person}),)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A role for a person, with the seat's bench where it is a delegate's; without days, from the grant and until it ends."""

    id: str
    person: str
    role: str
    bench: str | None = None
    from_on: str | None = None
    until_on: str | None = None


def propose(roster: Roster, new: Proposal, by: Actor, *, acts_elsewhere: bool = False) -> Decision:
    """One person proposes a role for a person; nothing holds before a second person grants it.

    acts_elsewhere: the person acts for the house, if this is a party's roster; for a party, if it is the house's
    """
    wrong = [
        *not_member(roster, new.person),
        *_bad_role(roster, new.role, new.bench),
        *bad_span(new.from_on, new.until_on, must=False),
    ]
    if not wrong and _stands_already(roster, new.person, new.role, new.bench):
        wrong.append(Missing("role.proposed_already", "a role is proposed once, and held once"))
    wrong += two_sides(acts_elsewhere)
    said = {name: value for name, value in asdict(new).items() if value is not None}
    return refuse(wrong) or (Happening(r.ROLE_PROPOSED, {**said, "proposed_by": by.person}),)


def _bad_role(roster: Roster, role: str, bench: str | None) -> Iterable[Missing]:
    yield from bad_word(role, ROLES[roster.kind], "the role")
    if (role == Role.BENCH_DELEGATE) != (bench is not None):
        yield Missing("role.bench_wrong", "a bench delegate, and nobody else, sits on a bench")
    elif bench is not None and bench not in roster.seats:
        yield from bad_word(bench, sorted(roster.seats), "the bench")


def _stands_already(roster: Roster, person: str, role: str, bench: str | None) -> bool:
    standing = (one for one in roster.roles.values() if one.status in (Granted.PROPOSED, Granted.GRANTED))
    return any((one.person, one.role, one.bench) == (person, role, bench) for one in standing)


def grant(roster: Roster, role: HeldRole, by: Actor, day: str, *, acts_elsewhere: bool = False) -> Decision:
    """A second person grants what one proposed; a bench delegate takes the seat with it. `acts_elsewhere`: as above."""
    wrong = [*_undecided(role), *not_member(roster, role.person), *two_sides(acts_elsewhere)]
    if not wrong and (lack := lacks_second(roster, role, by, day)):
        wrong.append(lack)
    said = {"id": role.id, "decided_by": by.person, "second": second_by(roster, role, by, day).value}
    return refuse(wrong) or (Happening(r.ROLE_GRANTED, said), *_seated(roster, role, day))


def turn_down(role: HeldRole, by: Actor, note: str | None = None) -> Decision:
    """What was proposed is not granted."""
    wrong = [*_undecided(role), *bad_note(note)]
    return refuse(wrong) or (noted(r.ROLE_REFUSED, {"id": role.id, "decided_by": by.person}, note),)


def _undecided(role: HeldRole) -> Iterable[Missing]:
    if role.status != Granted.PROPOSED:
        yield Missing("role.decided_already", "a proposal is decided once", facts={"status": role.status})


def _seated(roster: Roster, role: HeldRole, day: str) -> tuple[Happening, ...]:
    """The seat filled, and whoever held it before no longer its delegate."""
    if role.bench is None:
        return ()
    before = tuple(_end(one, "replaced") for one in _delegates(roster, role.bench))
    lent = _delegations_end(roster, "role_ended", bench=role.bench)
    span = {"from_on": role.from_on or day, "until_on": role.until_on}
    return (*before, *lent, Happening(r.SEAT_FILLED, {"bench": role.bench, "person": role.person, **span}))


def _delegates(roster: Roster, bench: str) -> Iterable[HeldRole]:
    return (one for one in roster.roles.values() if one.bench == bench and one.status == Granted.GRANTED)


def bootstrap(
    roster: Roster, role_id: str, person: str, by: Actor, day: str, *, acts_elsewhere: bool = False
) -> Decision:
    """The first officer of the secretariat, made by the operator on the server alone; the event says so."""
    if refusal := refuse(two_sides(acts_elsewhere)):
        return refusal
    if by.role is not Role.OPERATOR or roster.kind != Kind.HOUSE or tenders(roster, day):
        return Refusal.because("role.not_the_first", "only the first officer of the house needs no second person")
    proposal = {"id": role_id, "person": person, "role": Role.SECRETARIAT.value, "proposed_by": by.person}
    granted = {"id": role_id, "decided_by": by.person, "second": Second.OPERATOR.value, "first_officer": True}
    invited = () if roster.is_member(person) else (Happening(r.PERSON_INVITED, {"person": person}),)
    return (*invited, Happening(r.ROLE_PROPOSED, proposal), Happening(r.ROLE_GRANTED, granted))


def end_role(roster: Roster, role: HeldRole, reason: str, day: str) -> Decision:
    """A role ends, and with it the seat and the delegations that hang on it."""
    wrong = [*bad_word(reason, LEFT_BECAUSE, "the reason")]
    if role.status not in (Granted.PROPOSED, Granted.GRANTED):
        wrong.append(Missing("role.ended_already", "a role ends once"))
    return refuse(wrong) or (*_without_role(roster, role, reason, day),)


def _without_role(roster: Roster, role: HeldRole, reason: str, day: str) -> Iterable[Happening]:
    yield _end(role, reason)
    if role.bench is not None:
        yield from _vacated(roster, role.person, role.bench, day)
    yield from _delegations_end(roster, "role_ended", giver=role.person, role=role.role, bench=role.bench)


def end_member(roster: Roster, person: str, reason: str, day: str, note: str | None = None) -> Decision:
    """A person acts no more for this party: roles, seats and delegations end with it."""
    wrong = [*not_member(roster, person), *bad_word(reason, LEFT_BECAUSE, "the reason"), *bad_note(note)]
    held = [one for one in roster.roles.values() if one.person == person and one.status in _OPEN]
    ended = [_end(one, reason) for one in held]
    vacated = [told for one in held if one.bench for told in _vacated(roster, person, one.bench, day)]
    lent = [
        *_delegations_end(roster, "giver_left", giver=person),
        *_delegations_end(roster, "delegate_left", to=person),
    ]
    away = [
        Happening(r.ABSENCE_ENDED, {"id": one.id})
        for one in roster.absences.values()
        if one.person == person and one.ended_at is None
    ]
    left = noted(r.PERSON_LEFT, {"person": person, "reason": reason}, note)
    return refuse(wrong) or (*ended, *vacated, *lent, *away, left)


def replacements(roster: Roster, person: str, successor: str, by: Actor, ids: Iterable[str]) -> Decision:
    """For every role a person holds, the same proposed for a successor: granted by a second person like any other."""
    held = [one for one in roster.roles.values() if one.person == person and one.status == Granted.GRANTED]
    wrong = [*not_member(roster, person), *not_member(roster, successor)]
    if not wrong and (person == successor or not held):
        wrong.append(Missing("role.nothing_to_hand_on", "a person with roles, and somebody else to take them over"))
    offers = (
        Happening(r.ROLE_PROPOSED, _same_for(one, successor, role_id, by))
        for one, role_id in zip(held, ids, strict=False)
        if not _stands_already(roster, successor, one.role, one.bench)
    )
    return refuse(wrong) or tuple(offers)


def _same_for(role: HeldRole, successor: str, role_id: str, by: Actor) -> dict[str, str]:
    bench = {"bench": role.bench} if role.bench else {}
    return {"id": role_id, "person": successor, "role": role.role, "proposed_by": by.person, **bench}


_OPEN = (Granted.PROPOSED, Granted.GRANTED)


def _end(role: HeldRole, reason: str) -> Happening:
    return Happening(r.ROLE_ENDED, {"id": role.id, "reason": reason})


def _vacated(roster: Roster, person: str, bench: str, day: str) -> Iterable[Happening]:
    if roster.seats[bench].person == person:
        yield Happening(r.SEAT_VACATED, {"bench": bench, "reason": "left", "on": day})


def _delegations_end(
    roster: Roster,
    reason: str,
    *,
    giver: str | None = None,
    to: str | None = None,
    role: str | None = None,
    bench: str | None = None,
) -> Iterable[Happening]:
    """The end of every open delegation by a giver, to a delegate, or of a role or seat; None asks for any."""
    for one in roster.delegations.values():
        asked = ((giver, one.giver), (to, one.delegate), (role, one.role), (bench, one.bench))
        if one.ended_at is None and all(said is None or said == known for said, known in asked):
            yield Happening(r.DELEGATION_ENDED, {"id": one.id, "reason": reason})
