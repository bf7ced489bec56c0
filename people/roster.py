# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""A roster: who is a party's, who holds which role and seat, who is away and who stands in. One stream per party.

The house (secretariat, managers, auditors) has a roster too, whose party is `*`. Persons are random ids here; what they
are called stands in the table `persons` alone. Days are days of the roster's time zone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

HOUSE = "*"

ROSTER_OPENED = "RosterOpened"
PERSON_INVITED = "PersonInvited"
PERSON_LEFT = "PersonLeft"
ROLE_PROPOSED = "RoleProposed"
ROLE_GRANTED = "RoleGranted"
ROLE_REFUSED = "RoleRefused"
ROLE_ENDED = "RoleEnded"
SEAT_FILLED = "SeatFilled"
SEAT_VACATED = "SeatVacated"
SEAT_CONTESTED = "SeatContested"
SEAT_TO_BE_CONFIRMED = "SeatToBeConfirmed"
SEAT_CONFIRMED = "SeatConfirmed"
DELEGATION_GIVEN = "DelegationGiven"
DELEGATION_ENDED = "DelegationEnded"
ABSENCE_ENTERED = "AbsenceEntered"
ABSENCE_ENDED = "AbsenceEnded"
INSTITUTION_ENTERED = "InstitutionEntered"
INSTITUTION_NAMED = "InstitutionNamed"
INSTITUTION_ENDED = "InstitutionEnded"
GOVERNMENT_CHANGED = "GovernmentChanged"


class Kind(StrEnum):
    """Whose roster it is."""

    COUNTRY = "country"
    PARTNER = "partner"
    HOUSE = "house"


class Seated(StrEnum):
    """How a seat stands."""

    HELD = "held"
    VACANT = "vacant"
    CONTESTED = "contested"
    TO_BE_CONFIRMED = "to_be_confirmed"


class Granted(StrEnum):
    """How a role stands."""

    PROPOSED = "proposed"
    GRANTED = "granted"
    REFUSED = "refused"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Member:
    """A person who may hold a role or a seat of this party, until `ended_at`."""

    person: str
    invited_at: str
    ended_at: str | None
    seq: int


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role one person proposed for another. `second`: whose the second pair of eyes was (see `roster_rules.Second`)."""

    id: str
    person: str
    role: str
    bench: str | None
    from_on: str | None
    until_on: str | None
    status: str
    proposed_by: str
    proposed_at: str
    seq: int
    decided_by: str | None = None
    decided_at: str | None = None
    second: str | None = None
    ended_at: str | None = None

    def holds_on(self, day: str) -> bool:
        return self.status == Granted.GRANTED and (self.from_on or "") <= day <= (self.until_on or day)


@dataclass(frozen=True, slots=True)
class Seat:
    """The place of one bench. A contested seat, and one to be confirmed, keep their holder, who does not act meanwhile."""

    bench: str
    status: str
    person: str | None
    reason: str | None
    from_on: str | None
    until_on: str | None
    seq: int

    def holds_on(self, day: str) -> bool:
        """Whether its holder may speak from it on a day."""
        return self.status == Seated.HELD and (self.from_on or "") <= day <= (self.until_on or day)


@dataclass(frozen=True, slots=True)
class Delegation:
    """The delegate may do `acts` for the giver, in one role of the giver's, from a day to a day."""

    id: str
    giver: str
    delegate: str
    role: str
    bench: str | None
    acts: tuple[str, ...]
    from_on: str
    to_on: str
    seq: int
    ended_at: str | None = None
    reason: str | None = None

    def holds_on(self, day: str) -> bool:
        return self.ended_at is None and self.from_on <= day <= self.to_on


@dataclass(frozen=True, slots=True)
class Absence:
    """A person is away from a day to a day. `told_by`: who said so, the person themselves or another."""

    id: str
    person: str
    from_on: str
    to_on: str
    seq: int
    ended_at: str | None = None
    told_by: str | None = None

    def holds_on(self, day: str) -> bool:
        return self.ended_at is None and self.from_on <= day <= self.to_on


@dataclass(frozen=True, slots=True)
class InstitutionName:
    """What an institution is called in a language from a day on."""

    institution: str
    language: str
    from_on: str
    name: str
    seq: int


@dataclass(frozen=True, slots=True)
class Institution:
    """An institution of the party; its names are dated, per language."""

    id: str
    type: str
    from_on: str | None
    until_on: str | None
    seq: int


@dataclass(frozen=True, slots=True)
class GovernmentChange:
    """A change of government, told once per day."""

    on_day: str
    recorded_at: str
    seq: int


def _none() -> Mapping[Any, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Roster:
    """Where a party's roster stands after its event `seq`. Names are keyed (institution, language, from_on)."""

    roster: str
    party: str
    kind: str
    timezone: str
    seq: int = 0
    recorded_at: str = ""
    members: Mapping[str, Member] = field(default_factory=_none)
    roles: Mapping[str, HeldRole] = field(default_factory=_none)
    seats: Mapping[str, Seat] = field(default_factory=_none)
    delegations: Mapping[str, Delegation] = field(default_factory=_none)
    absences: Mapping[str, Absence] = field(default_factory=_none)
    institutions: Mapping[str, Institution] = field(default_factory=_none)
    names: Mapping[tuple[str, str, str], InstitutionName] = field(default_factory=_none)
    changes: Mapping[str, GovernmentChange] = field(default_factory=_none)

    def is_member(self, person: str) -> bool:
        known = self.members.get(person)
        return known is not None and known.ended_at is None

    def granted(self, role: str, day: str) -> frozenset[str]:
        """The persons who hold a role on a day."""
        return frozenset(one.person for one in self.roles.values() if one.role == role and one.holds_on(day))

    def holds(self, person: str, role: str, bench: str | None, day: str) -> bool:
        """Whether a person holds a role, or a seat, themselves on a day: not through a delegation."""
        if bench is None:
            return person in self.granted(role, day)
        seat = self.seats.get(bench)
        return seat is not None and seat.person == person and seat.holds_on(day)

    def capacities(self, person: str, day: str) -> frozenset[tuple[str, str | None]]:
        """Every role of this party a person acts in on a day, own or delegated: (role, bench)."""
        own = {(one.role, one.bench) for one in self.roles.values() if one.person == person and one.holds_on(day)}
        lent = {(d.role, d.bench) for d in self.delegations.values() if d.delegate == person and d.holds_on(day)}
        return frozenset(own | lent)
