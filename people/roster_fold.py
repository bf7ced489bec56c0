# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""How the events of a roster fold into its standing. The rows of the database are exactly this fold."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from cycle.events import Told
from people import roster as r
from people.roster import (
    Absence,
    Delegation,
    GovernmentChange,
    Granted,
    HeldRole,
    Institution,
    InstitutionName,
    Member,
    Roster,
    Seat,
    Seated,
)

NOT_YET_NAMED = "not_yet_named"


def begin(roster: str, event: Told) -> Roster:
    """The standing after RosterOpened."""
    return opened(roster, event.payload, event.seq, event.recorded_at)


def opened(roster: str, said: Mapping[str, Any], seq: int = 0, recorded_at: str = "") -> Roster:
    """A roster as it is opened: every seat is there, and vacant."""
    seats = {b: Seat(b, Seated.VACANT.value, None, NOT_YET_NAMED, None, None, seq) for b in said["benches"]}
    return Roster(roster, said["party"], said["kind"], said["timezone"], seq, recorded_at, seats=seats)


def evolve(roster: Roster, event: Told) -> Roster:
    """The standing after one more event."""
    told = replace(roster, seq=event.seq, recorded_at=event.recorded_at)
    return EFFECTS[event.type](told, event) if event.type in EFFECTS else told


def fold(roster: str, events: Iterable[Told]) -> Roster:
    """The standing after all events of a roster's stream."""
    telling = iter(events)
    standing = begin(roster, next(telling))
    for event in telling:
        standing = evolve(standing, event)
    return standing


Effect = Callable[[Roster, Told], Roster]


def _with(roster: Roster, name: str, key: Any, value: Any) -> Roster:
    changed: dict[str, Any] = {name: {**getattr(roster, name), key: value}}
    return replace(roster, **changed)


def _invite(roster: Roster, event: Told) -> Roster:
    person = event.payload["person"]
    return _with(roster, "members", person, Member(person, event.recorded_at, None, event.seq))


def _leave(roster: Roster, event: Told) -> Roster:
    person = event.payload["person"]
    left = replace(roster.members[person], ended_at=event.recorded_at, seq=event.seq)
    return _with(roster, "members", person, left)


def _propose(roster: Roster, event: Told) -> Roster:
    said = event.payload
    proposed = HeldRole(
        id=said["id"],
        person=said["person"],
        role=said["role"],
        bench=said.get("bench"),
        from_on=said.get("from_on"),
        until_on=said.get("until_on"),
        status=Granted.PROPOSED.value,
        proposed_by=said["proposed_by"],
        proposed_at=event.recorded_at,
        seq=event.seq,
    )
    return _with(roster, "roles", said["id"], proposed)


def _decide(status: Granted) -> Effect:
    def effect(roster: Roster, event: Told) -> Roster:
        said = event.payload
        decided = replace(
            roster.roles[said["id"]],
            status=status.value,
            decided_by=said["decided_by"],
            decided_at=event.recorded_at,
            second=said.get("second"),
            seq=event.seq,
        )
        return _with(roster, "roles", said["id"], decided)

    return effect


def _end_role(roster: Roster, event: Told) -> Roster:
    held = roster.roles[event.payload["id"]]
    role = replace(held, status=Granted.ENDED.value, ended_at=event.recorded_at, seq=event.seq)
    return _with(roster, "roles", role.id, role)


def _fill(roster: Roster, event: Told) -> Roster:
    said = event.payload
    seat = Seat(said["bench"], Seated.HELD.value, said["person"], None, said["from_on"], said["until_on"], event.seq)
    return _with(roster, "seats", said["bench"], seat)


def _vacate(roster: Roster, event: Told) -> Roster:
    said = event.payload
    seat = Seat(said["bench"], Seated.VACANT.value, None, said["reason"], said["on"], None, event.seq)
    return _with(roster, "seats", said["bench"], seat)


def _reseat(status: Seated) -> Effect:
    """The same holder, another status since a day."""

    def effect(roster: Roster, event: Told) -> Roster:
        said = event.payload
        since = {"reason": said.get("reason"), "from_on": said["on"], "seq": event.seq}
        seat = replace(roster.seats[said["bench"]], status=status.value, **since)
        return _with(roster, "seats", said["bench"], seat)

    return effect


def _delegate(roster: Roster, event: Told) -> Roster:
    said = event.payload
    named = {name: said[name] for name in ("id", "giver", "delegate", "role", "from_on", "to_on")}
    given = Delegation(**named, bench=said.get("bench"), acts=tuple(said["acts"]), seq=event.seq)
    return _with(roster, "delegations", given.id, given)


def _end_delegation(roster: Roster, event: Told) -> Roster:
    ended = {"ended_at": event.recorded_at, "reason": event.payload["reason"], "seq": event.seq}
    delegation = replace(roster.delegations[event.payload["id"]], **ended)
    return _with(roster, "delegations", delegation.id, delegation)


def _be_absent(roster: Roster, event: Told) -> Roster:
    said = event.payload
    named = {name: said[name] for name in ("id", "person", "from_on", "to_on")}
    absence = Absence(**named, seq=event.seq, told_by=said.get("told_by"))
    return _with(roster, "absences", absence.id, absence)


def _come_back(roster: Roster, event: Told) -> Roster:
    absence = replace(roster.absences[event.payload["id"]], ended_at=event.recorded_at, seq=event.seq)
    return _with(roster, "absences", absence.id, absence)


def _enter(roster: Roster, event: Told) -> Roster:
    said = event.payload
    entered = Institution(said["id"], said["type"], said["from_on"], None, event.seq)
    return _with(roster, "institutions", entered.id, entered)


def _name(roster: Roster, event: Told) -> Roster:
    said = event.payload
    name = InstitutionName(said["institution"], said["language"], said["from_on"], said["name"], event.seq)
    return _with(roster, "names", (name.institution, name.language, name.from_on), name)


def _close(roster: Roster, event: Told) -> Roster:
    closed = {"until_on": event.payload["until_on"], "seq": event.seq}
    institution = replace(roster.institutions[event.payload["id"]], **closed)
    return _with(roster, "institutions", institution.id, institution)


def _change_government(roster: Roster, event: Told) -> Roster:
    day = event.payload["on"]
    return _with(roster, "changes", day, GovernmentChange(day, event.recorded_at, event.seq))


EFFECTS: Mapping[str, Effect] = {
    r.PERSON_INVITED: _invite,
    r.PERSON_LEFT: _leave,
    r.ROLE_PROPOSED: _propose,
    r.ROLE_GRANTED: _decide(Granted.GRANTED),
    r.ROLE_REFUSED: _decide(Granted.REFUSED),
    r.ROLE_ENDED: _end_role,
    r.SEAT_FILLED: _fill,
    r.SEAT_VACATED: _vacate,
    r.SEAT_CONTESTED: _reseat(Seated.CONTESTED),
    r.SEAT_TO_BE_CONFIRMED: _reseat(Seated.TO_BE_CONFIRMED),
    r.SEAT_CONFIRMED: _reseat(Seated.HELD),
    r.DELEGATION_GIVEN: _delegate,
    r.DELEGATION_ENDED: _end_delegation,
    r.ABSENCE_ENTERED: _be_absent,
    r.ABSENCE_ENDED: _come_back,
    r.INSTITUTION_ENTERED: _enter,
    r.INSTITUTION_NAMED: _name,
    r.INSTITUTION_ENDED: _close,
    r.GOVERNMENT_CHANGED: _change_government,
}
