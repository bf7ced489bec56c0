# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Rosters in the database: loaded whole, saved by what changed; and what a person may act as today."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Table, and_, or_, select
from sqlalchemy.dialects import postgresql, sqlite

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


@dataclass(frozen=True, slots=True)
class Part:
    """One collection of a roster, which has a table of its own."""

    table: Table
    name: str
    make: Callable[..., Any]
    key: tuple[str, ...]


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
    found: str | None = connection.scalar(select(rosters.c.id).where(rosters.c.party == party))
    return found


def all_of(connection: Connection) -> tuple[str, ...]:
    """Every roster, by party."""
    return tuple(connection.scalars(select(rosters.c.id).order_by(rosters.c.party)))


def owner_of(connection: Connection, table: Table, thing: str) -> str | None:
    """The roster that a role, delegation, absence or institution belongs to."""
    found: str | None = connection.scalar(select(table.c.roster).where(table.c.id == thing))
    return found


def load(connection: Connection, roster: str) -> Roster | None:
    """A roster as it stands."""
    row = connection.execute(select(rosters).where(rosters.c.id == roster)).first()
    if row is None:
        return None
    top = {name: value for name, value in row._mapping.items() if name != "id"}
    parts: dict[str, Any] = {part.name: _read(connection, part, roster) for part in PARTS}
    return Roster(roster=roster, **top, **parts)


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
        _upsert(connection, rosters, ("id",), [row_of(after)])
    for part in PARTS:
        known: Mapping[Any, Any] = getattr(before, part.name) if before else {}
        now: Mapping[Any, Any] = getattr(after, part.name)
        changed = [_row(after.roster, one) for key, one in now.items() if known.get(key) != one]
        _upsert(connection, part.table, _key(part.table), changed)


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
    connection.execute(select(persons.c.id).where(persons.c.id == person).with_for_update())
    other_side = rosters.c.party != HOUSE if party == HOUSE else rosters.c.party == HOUSE
    held = (
        roles.c.person == person,
        roles.c.status == "granted",
        or_(roles.c.until_on.is_(None), roles.c.until_on >= day),
    )
    lent = (delegations.c.delegate == person, delegations.c.ended_at.is_(None), delegations.c.to_on >= day)
    own = select(roles.c.id).join(rosters, rosters.c.id == roles.c.roster).where(other_side, *held)
    loans = select(delegations.c.id).join(rosters, rosters.c.id == delegations.c.roster).where(other_side, *lent)
    return connection.scalar(own.limit(1)) is not None or connection.scalar(loans.limit(1)) is not None


def _own_roles(connection: Connection, person: str, day_in: Callable[[str], str]) -> Iterable[Acting]:
    held = (
        select(roles.c.role, roles.c.bench, roles.c.from_on, roles.c.until_on, rosters.c.party, rosters.c.timezone)
        .join(rosters, rosters.c.id == roles.c.roster)
        .join(members, and_(members.c.roster == roles.c.roster, members.c.person == roles.c.person))
        .outerjoin(seats, _seat_of(roles.c.bench, roles.c.person))
        .where(roles.c.person == person, roles.c.status == "granted", members.c.ended_at.is_(None))
        .where(or_(roles.c.bench.is_(None), seats.c.status == "held"))
        .order_by(rosters.c.party, roles.c.role, roles.c.bench)
    )
    for row in connection.execute(held):
        today = day_in(row.timezone)
        if (row.from_on or "") <= today <= (row.until_on or today):
            yield Acting(row.role, row.party, row.bench, None)


def _seat_of(bench: ColumnElement[Any], person: ColumnElement[Any]) -> ColumnElement[bool]:
    return and_(seats.c.roster == roles.c.roster, seats.c.bench == bench, seats.c.person == person)


def _lent(connection: Connection, person: str, day_in: Callable[[str], str]) -> Iterable[Acting]:
    """Delegations in force whose giver still holds what they lent."""
    lent = (
        select(delegations, rosters.c.party, rosters.c.timezone)
        .join(rosters, rosters.c.id == delegations.c.roster)
        .join(members, and_(members.c.roster == delegations.c.roster, members.c.person == delegations.c.delegate))
        .where(delegations.c.delegate == person, delegations.c.ended_at.is_(None), members.c.ended_at.is_(None))
        .order_by(rosters.c.party, delegations.c.role, delegations.c.bench, delegations.c.id)
    )
    for row in connection.execute(lent):
        if not row.from_on <= day_in(row.timezone) <= row.to_on:
            continue
        given = Acting(row.role, row.party, row.bench, None)
        if given in _own_roles(connection, row.giver, day_in):
            yield Acting(row.role, row.party, row.bench, row.giver)


def _read(connection: Connection, part: Part, roster: str) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    query = select(part.table).where(part.table.c.roster == roster).order_by(*part.table.primary_key.columns)
    for row in connection.execute(query):
        values = {name: value for name, value in row._mapping.items() if name != "roster"}
        if "acts" in values:
            values["acts"] = tuple(values["acts"].split(","))
        key = tuple(values[name] for name in part.key)
        found[key if len(key) > 1 else key[0]] = part.make(**values)
    return found


def _row(roster: str, one: Any) -> dict[str, Any]:
    values = asdict(one)
    if "acts" in values:
        values["acts"] = ",".join(values["acts"])
    return {"roster": roster, **values}


def _key(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.primary_key.columns)


def _open(connection: Connection, roster: Roster) -> None:
    """A party has one roster: when a rival opened it first, the work runs again."""
    insert = (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(rosters)
    stored = insert.values(row_of(roster)).on_conflict_do_nothing().returning(rosters.c.id)
    if connection.execute(stored).first() is None:
        raise RunAgain(f"the roster of {roster.party} was opened at the same time")


def _upsert(connection: Connection, table: Table, key: tuple[str, ...], rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    insert = (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(table)
    new = {column.name: insert.excluded[column.name] for column in table.columns if column.name not in key}
    connection.execute(insert.on_conflict_do_update(index_elements=list(key), set_=new), rows)
