# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Lines of rosters: what a reader sees of a person, a role, a seat, a delegation, an absence, an institution.

Names come from `persons` and are None once erased; a note comes from `sealed`, likewise.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, and_, or_, select

from people.roster import InstitutionName, Roster
from people.roster_institutions import called_on
from storage.rosters import stream_of
from storage.tables import persons, sealed

Found = Iterable[Row[Any]]


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person of one party. `acts_as`: focal_point, bench_delegate/workers …; `version` is of the party's roster."""

    person: str
    name: str | None
    email: str | None
    language: str | None
    party: str
    acts_as: tuple[str, ...]
    is_away: bool
    invited_at: str
    ended_at: str | None
    version: int


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role proposed, granted, refused or ended. `second`: whose the second pair of eyes was."""

    role: str
    person: str
    name: str | None
    party: str
    kind: str
    bench: str | None
    status: str
    from_on: str | None
    until_on: str | None
    proposed_by: str
    proposed_at: str
    decided_by: str | None
    decided_at: str | None
    second: str | None
    ended_at: str | None
    version: int


@dataclass(frozen=True, slots=True)
class SeatLine:
    """The place of a bench. `note` is what was said about why; None once erased."""

    party: str
    bench: str
    status: str
    person: str | None
    name: str | None
    reason: str | None
    note: str | None
    from_on: str | None
    until_on: str | None
    version: int


@dataclass(frozen=True, slots=True)
class DelegationLine:
    """Who may act for whom, in what, how long."""

    delegation: str
    party: str
    giver: str
    giver_name: str | None
    delegate: str
    delegate_name: str | None
    role: str
    bench: str | None
    acts: tuple[str, ...]
    from_on: str
    to_on: str
    ended_at: str | None
    reason: str | None
    version: int


@dataclass(frozen=True, slots=True)
class AbsenceLine:
    """Who is away, and until when."""

    absence: str
    party: str
    person: str
    name: str | None
    from_on: str
    to_on: str
    ended_at: str | None
    version: int


@dataclass(frozen=True, slots=True)
class InstitutionLine:
    """An institution with its present names by language, and every name it had."""

    institution: str
    party: str
    type: str
    names: Mapping[str, str]
    all_names: tuple[Mapping[str, str], ...]
    from_on: str | None
    until_on: str | None
    version: int


def persons_by_id(connection: Connection, ids: Iterable[str]) -> dict[str, Row[Any]]:
    """Name, address and language of persons; the erased are left out."""
    shown = select(persons.c.id, persons.c.name, persons.c.email, persons.c.language)
    wanted = (persons.c.id.in_(sorted(set(ids))), persons.c.erased_at.is_(None))
    return {row.id: row for row in connection.execute(shown.where(*wanted))}


def person_line(shown: Row[Any] | None, roster: Roster, person: str, today: str, *, with_email: bool) -> PersonLine:
    """A person of a roster as of today. `shown`: as `persons_by_id` has them, None once erased."""
    member = roster.members[person]
    return PersonLine(
        person=person,
        name=shown.name if shown else None,
        email=shown.email if shown and with_email else None,
        language=shown.language if shown else None,
        party=roster.party,
        acts_as=tuple(f"{role}/{bench}" if bench else role for role, bench in _acts(roster, person, today)),
        is_away=any(one.person == person and one.holds_on(today) for one in roster.absences.values()),
        invited_at=member.invited_at,
        ended_at=member.ended_at,
        version=roster.seq,
    )


def _acts(roster: Roster, person: str, today: str) -> list[tuple[str, str | None]]:
    own = {
        (one.role, one.bench)
        for one in roster.roles.values()
        if one.person == person and one.holds_on(today) and roster.holds(person, one.role, one.bench, today)
    }
    return sorted(own, key=str)


def role_lines(connection: Connection, found: Found) -> tuple[RoleLine, ...]:
    rows = list(found)
    names = _names(connection, (row.person for row in rows))
    return tuple(
        RoleLine(
            role=row.id,
            person=row.person,
            name=names.get(row.person),
            party=row.party,
            kind=row.role,
            bench=row.bench,
            status=row.status,
            from_on=row.from_on,
            until_on=row.until_on,
            proposed_by=row.proposed_by,
            proposed_at=row.proposed_at,
            decided_by=row.decided_by,
            decided_at=row.decided_at,
            second=row.second,
            ended_at=row.ended_at,
            version=row.version,
        )
        for row in rows
    )


def seat_lines(connection: Connection, found: Found) -> tuple[SeatLine, ...]:
    rows = list(found)
    names = _names(connection, (row.person for row in rows if row.person))
    notes = _notes(connection, rows)
    return tuple(
        SeatLine(
            party=row.party,
            bench=row.bench,
            status=row.status,
            person=row.person,
            name=names.get(row.person or ""),
            reason=row.reason,
            note=notes.get((row.roster, row.seq)),
            from_on=row.from_on,
            until_on=row.until_on,
            version=row.version,
        )
        for row in rows
    )


def delegation_lines(connection: Connection, found: Found) -> tuple[DelegationLine, ...]:
    rows = list(found)
    names = _names(connection, (person for row in rows for person in (row.giver, row.delegate)))
    return tuple(
        DelegationLine(
            delegation=row.id,
            party=row.party,
            giver=row.giver,
            giver_name=names.get(row.giver),
            delegate=row.delegate,
            delegate_name=names.get(row.delegate),
            role=row.role,
            bench=row.bench,
            acts=tuple(row.acts.split(",")),
            from_on=row.from_on,
            to_on=row.to_on,
            ended_at=row.ended_at,
            reason=row.reason,
            version=row.version,
        )
        for row in rows
    )


def absence_lines(connection: Connection, found: Found) -> tuple[AbsenceLine, ...]:
    rows = list(found)
    names = _names(connection, (row.person for row in rows))
    return tuple(
        AbsenceLine(
            absence=row.id,
            party=row.party,
            person=row.person,
            name=names.get(row.person),
            from_on=row.from_on,
            to_on=row.to_on,
            ended_at=row.ended_at,
            version=row.version,
        )
        for row in rows
    )


def institution_line(roster: Roster, institution: str, today: str) -> InstitutionLine:
    """An institution of a roster, with what it is called today."""
    known = roster.institutions[institution]
    told = sorted((one for one in roster.names.values() if one.institution == institution), key=_by_day)
    return InstitutionLine(
        institution=institution,
        party=roster.party,
        type=known.type,
        names=called_on(roster, institution, today),
        all_names=tuple({"language": one.language, "from_on": one.from_on, "name": one.name} for one in told),
        from_on=known.from_on,
        until_on=known.until_on,
        version=roster.seq,
    )


def _by_day(name: InstitutionName) -> tuple[str, str]:
    return name.from_on, name.language


def _names(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    wanted = sorted(set(ids))
    query = select(persons.c.id, persons.c.name).where(persons.c.id.in_(wanted), persons.c.erased_at.is_(None))
    return {row.id: row.name for row in connection.execute(query)}


def _notes(connection: Connection, rows: Iterable[Row[Any]]) -> dict[tuple[str, int], str]:
    """What was said about each seat, as far as nobody erased it."""
    places = [and_(sealed.c.stream == stream_of(row.roster), sealed.c.seq == row.seq) for row in rows]
    if not places:
        return {}
    found = connection.execute(select(sealed).where(sealed.c.field == "note", or_(*places)))
    return {(row.stream.removeprefix(stream_of("")), row.seq): row.value for row in found}
