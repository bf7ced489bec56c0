# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Rosters in the database: loaded whole, saved by what changed; and what a person may act as today."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Table, and_, bindparam, or_, select

from ledger.event import Tip
from people.roster import (
    HOUSE,
    Absence,
    Delegation,
    GovernmentChange,
    HeldRole,
    Institution,
    InstitutionName,
    Member,
    Roster,
    Seat,
)
from storage import streams
from storage.errors import RunAgain
from storage.prepared import Prepared, adding, upserting
from storage.tables import (
    absences,
    delegations,
    government_changes,
    institution_names,
    institutions,
    members,
    persons,
    roles,
    rosters,
    seats,
)

STREAM = "roster/"


class Loaded(NamedTuple):
    """A roster's standing with the tip of its stream."""

    standing: Roster
    tip: Tip


class Part:
    """One collection of a roster, which has a table of its own; `key`: what its members are found by within the roster."""

    def __init__(self, table: Table, name: str, make: Callable[..., Any], key: tuple[str, ...]) -> None:
        self.table = table
        self.name = name
        self._make = make
        self._key_of = itemgetter(*key)
        self._select = Prepared(
            select(table).where(table.c.roster == bindparam("of")).order_by(*table.primary_key.columns)
        )
        self._upsert = Prepared(upserting(table))

    def read(self, connection: Connection, roster: str) -> dict[Any, Any]:
        """The members of a roster's collection, by key."""
        found: dict[Any, Any] = {}
        for row in self._select.rows(connection, {"of": roster}):
            values = row._asdict()
            del values["roster"]
            if "acts" in values:
                values["acts"] = tuple(values["acts"].split(","))
            found[self._key_of(values)] = self._make(**values)
        return found

    def save(self, connection: Connection, roster: str, changed: Iterable[Any]) -> None:
        """Writes members of the collection over what they were."""
        self._upsert.many(connection, [_row(roster, one) for one in changed])


PARTS = (
    Part(members, "members", Member, ("person",)),
    Part(roles, "roles", HeldRole, ("id",)),
    Part(seats, "seats", Seat, ("bench",)),
    Part(delegations, "delegations", Delegation, ("id",)),
    Part(absences, "absences", Absence, ("id",)),
    Part(institutions, "institutions", Institution, ("id",)),
    Part(institution_names, "names", InstitutionName, ("institution", "language", "from_on")),
    Part(government_changes, "changes", GovernmentChange, ("on_day",)),
)


def stream_of(roster: str) -> str:
    return STREAM + roster


def id_of(connection: Connection, party: str) -> str | None:
    """The roster of a party, `*` for the house; None before its first event."""
    row = _of_party.first(connection, {"party": party})
    return row.id if row else None


def owner_of(connection: Connection, table: Table, thing: str) -> str | None:
    """The roster that a role, delegation, absence or institution belongs to."""
    found: str | None = connection.scalar(select(table.c.roster).where(table.c.id == thing))
    return found


def load(connection: Connection, roster: str) -> Roster | None:
    """A roster as it stands."""
    row = _load.first(connection, {"roster": roster})
    if row is None:
        return None
    top = row._asdict()
    del top["id"]
    parts: dict[str, Any] = {part.name: part.read(connection, roster) for part in PARTS}
    return Roster(roster=roster, **top, **parts)


def of_party(connection: Connection, party: str) -> Roster | None:
    """The roster of a party as it stands, `*` for the house; None before its first event."""
    roster = id_of(connection, party)
    return load(connection, roster) if roster else None


def load_locked(connection: Connection, roster: str) -> Loaded | None:
    """A roster; nobody else extends its stream meanwhile."""
    tip = streams.lock(connection, [stream_of(roster)])[stream_of(roster)]
    standing = load(connection, roster)
    return Loaded(standing, tip) if standing else None


def save(connection: Connection, before: Roster | None, after: Roster) -> None:
    """Writes what a roster came to: its row, and the parts that are not as they were."""
    if before is None:
        _open(connection, after)
    else:
        _save(connection, row_of(after))
    for part in PARTS:
        known: Mapping[Any, Any] = getattr(before, part.name) if before else {}
        now: Mapping[Any, Any] = getattr(after, part.name)
        part.save(connection, after.roster, [one for key, one in now.items() if known.get(key) != one])


def row_of(roster: Roster) -> dict[str, Any]:
    """The row of `rosters`."""
    top = {name: getattr(roster, name) for name in ("party", "kind", "timezone", "seq", "recorded_at")}
    return {"id": roster.roster, **top}


def rows_of(roster: Roster) -> dict[str, list[dict[str, Any]]]:
    """The rows of every table for a roster, table by table."""
    parts = {
        part.table.name: [_row(roster.roster, one) for one in getattr(roster, part.name).values()] for part in PARTS
    }
    return {"rosters": [row_of(roster)], **parts}


class Acting(NamedTuple):
    """One thing a person may act as: a role, the party (`*` for the house), the bench, and for whom they stand in."""

    role: str
    party: str
    bench: str | None
    giver: str | None


def acting_as(connection: Connection, person: str, day_in: Callable[[str], str]) -> tuple[Acting, ...]:
    """What a person may act as: roles and seats held, then delegations. `day_in`: today in a time zone."""
    own = _own_roles(connection, person, day_in)
    return (*own, *_lent(connection, person, day_in))


def acts_elsewhere(connection: Connection, party: str, person: str, day: str) -> bool:
    """Whether a person acts on the other side: for the house, of a party's people; for any party, of the house's.

    The person's row is locked first, so that of two grants on two rosters the second one sees the first.
    """
    _lock_person.rows(connection, {"person": person})
    held, lent = _SIDES[party == HOUSE]
    asked = {"person": person, "day": day}
    return held.first(connection, asked) is not None or lent.first(connection, asked) is not None


def _own_roles(connection: Connection, person: str, day_in: Callable[[str], str]) -> Iterable[Acting]:
    for row in _held.rows(connection, {"person": person}):
        today = day_in(row.timezone)
        if (row.from_on or "") <= today <= (row.until_on or today):
            yield Acting(row.role, row.party, row.bench, None)


def _lent(connection: Connection, person: str, day_in: Callable[[str], str]) -> Iterable[Acting]:
    """Delegations in force whose giver still holds what they lent."""
    for row in _loaned.rows(connection, {"person": person}):
        if not row.from_on <= day_in(row.timezone) <= row.to_on:
            continue
        given = Acting(row.role, row.party, row.bench, None)
        if given in _own_roles(connection, row.giver, day_in):
            yield Acting(row.role, row.party, row.bench, row.giver)


def _row(roster: str, one: Any) -> dict[str, Any]:
    values = asdict(one)
    if "acts" in values:
        values["acts"] = ",".join(values["acts"])
    return {"roster": roster, **values}


def _open(connection: Connection, roster: Roster) -> None:
    """A party has one roster: when a rival opened it first, the work runs again."""
    if not _begin(connection, row_of(roster)):
        raise RunAgain(f"the roster of {roster.party} was opened at the same time")


def _on_a_side(of_the_house: ColumnElement[bool]) -> tuple[Prepared, Prepared]:
    """Whether a person holds a role there from a day on, and whether somebody lent them one."""
    person: Any = bindparam("person")
    day: Any = bindparam("day")
    lasts = or_(roles.c.until_on.is_(None), roles.c.until_on >= day)
    held = select(roles.c.id).join(rosters, rosters.c.id == roles.c.roster).where(of_the_house, lasts)
    lent = select(delegations.c.id).join(rosters, rosters.c.id == delegations.c.roster).where(of_the_house)
    runs = (delegations.c.ended_at.is_(None), delegations.c.to_on >= day)
    return (
        Prepared(held.where(roles.c.person == person, roles.c.status == "granted")),
        Prepared(lent.where(delegations.c.delegate == person, *runs)),
    )


_load = Prepared(select(rosters).where(rosters.c.id == bindparam("roster")))
_of_party = Prepared(select(rosters.c.id).where(rosters.c.party == bindparam("party")))
_save = Prepared(upserting(rosters))
_begin = Prepared(adding(rosters))
_lock_person = Prepared(select(persons.c.id).where(persons.c.id == bindparam("person")).with_for_update())
_SIDES = {True: _on_a_side(rosters.c.party != HOUSE), False: _on_a_side(rosters.c.party == HOUSE)}
"""The other side, of the house and of any party."""
_held = Prepared(
    select(roles.c.role, roles.c.bench, roles.c.from_on, roles.c.until_on, rosters.c.party, rosters.c.timezone)
    .join(rosters, rosters.c.id == roles.c.roster)
    .join(members, and_(members.c.roster == roles.c.roster, members.c.person == roles.c.person))
    .outerjoin(
        seats,
        and_(seats.c.roster == roles.c.roster, seats.c.bench == roles.c.bench, seats.c.person == roles.c.person),
    )
    .where(roles.c.person == bindparam("person"), roles.c.status == "granted", members.c.ended_at.is_(None))
    .where(or_(roles.c.bench.is_(None), seats.c.status == "held"))
    .order_by(rosters.c.party, roles.c.role, roles.c.bench)
)
_loaned = Prepared(
    select(delegations, rosters.c.party, rosters.c.timezone)
    .join(rosters, rosters.c.id == delegations.c.roster)
    .join(members, and_(members.c.roster == delegations.c.roster, members.c.person == delegations.c.delegate))
    .where(
        delegations.c.delegate == bindparam("person"), delegations.c.ended_at.is_(None), members.c.ended_at.is_(None)
    )
    .order_by(rosters.c.party, delegations.c.role, delegations.c.bench, delegations.c.id)
)
