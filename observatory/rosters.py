# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Rosters as they stand, for those who may see them: people, roles, seats, delegations, absences, institutions.

Reading rights are part of every query: a country sees its own roster, the house sees all. An address is shown to whoever
may invite.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, false, or_, select, true

from cycle.moment import day_in
from observatory import roster_lines as lines
from observatory.errors import NotFound
from observatory.roster_lines import AbsenceLine, DelegationLine, InstitutionLine, PersonLine, RoleLine, SeatLine
from observatory.window import Desk
from people.actors import Actor
from people.policy import can
from people.resources import of_parties, of_person
from people.roster import HOUSE, Roster
from storage import rosters as stored
from storage.tables import absences, delegations, institutions, members, roles, rosters, seats

L = TypeVar("L")


@dataclass(frozen=True, slots=True)
class Lines(Generic[L]):
    """A page; `next` is the cursor of the one after."""

    items: tuple[L, ...]
    next: str | None


def see_people(
    desk: Desk, reader: Actor, *, party: str | None = None, after: str = "", limit: int = 50
) -> Lines[PersonLine]:
    """A page of the people whose rosters a reader may see, by roster and person."""
    with desk.store.read() as connection:
        key = (members.c.roster, members.c.person)
        found, following = _page(connection, _of(members), reader, party, key, after, limit)
        return Lines(_person_lines(connection, desk, reader, found), following)


def on_roster(
    connection: Connection, desk: Desk, reader: Actor, party: str
) -> tuple[tuple[PersonLine, ...], tuple[RoleLine, ...], tuple[SeatLine, ...]]:
    """Everybody on a party's roster, the roles that were granted and the seats, for a reader who may see them."""

    def found(table: Table, order: ColumnElement[Any], *where: ColumnElement[bool]) -> Sequence[Any]:
        of_party = _of(table).where(rosters.c.party == party, _reach(reader), *where)
        return connection.execute(of_party.order_by(order)).all()

    people = _person_lines(connection, desk, reader, found(members, members.c.person))
    granted = found(roles, roles.c.id, roles.c.status == "granted")
    return people, lines.role_lines(connection, granted), lines.seat_lines(connection, found(seats, seats.c.bench))


def see_person(desk: Desk, reader: Actor, person: str) -> tuple[PersonLine, ...]:
    """A person, once for each roster a reader may see them on. Raises NotFound."""
    with desk.store.read() as connection:
        query = _of(members).where(members.c.person == person).order_by(rosters.c.party)
        rows = [row for row in connection.execute(query) if _may_see(reader, person, row.party)]
        found = _person_lines(connection, desk, reader, rows)
    if not found:
        raise NotFound("there is no such person, or none you may know of")
    return found


def see_roles(
    desk: Desk, reader: Actor, *, party: str | None = None, status: str | None = None, after: str = "", limit: int = 50
) -> Lines[RoleLine]:
    """A page of roles; `status` proposed are those that wait for a second person."""
    with desk.store.read() as connection:
        where = true() if status is None else roles.c.status == status
        found, following = _page(connection, _of(roles).where(where), reader, party, (roles.c.id,), after, limit)
        return Lines(lines.role_lines(connection, found), following)


def see_role(desk: Desk, reader: Actor, role: str) -> RoleLine:
    """One role. Raises NotFound."""
    with desk.store.read() as connection:
        return lines.role_lines(connection, [_one(connection, reader, roles, role)])[0]


def see_seats(
    desk: Desk, reader: Actor, *, party: str | None = None, after: str = "", limit: int = 50
) -> Lines[SeatLine]:
    """A page of the seats a reader may see, by roster and bench."""
    with desk.store.read() as connection:
        key = (seats.c.roster, seats.c.bench)
        found, following = _page(connection, _of(seats), reader, party, key, after, limit)
        return Lines(lines.seat_lines(connection, found), following)


def see_seat(desk: Desk, reader: Actor, party: str, bench: str) -> SeatLine:
    """One seat. Raises NotFound."""
    with desk.store.read() as connection:
        here = _of(seats).where(rosters.c.party == party, seats.c.bench == bench, _reach(reader))
        row = connection.execute(here).first()
        if row is None:
            raise NotFound("there is no such seat, or none you may know of")
        return lines.seat_lines(connection, [row])[0]


def see_delegations(
    desk: Desk, reader: Actor, *, party: str | None = None, after: str = "", limit: int = 50
) -> Lines[DelegationLine]:
    """A page of delegations, ended ones too."""
    with desk.store.read() as connection:
        found, following = _page(connection, _of(delegations), reader, party, (delegations.c.id,), after, limit)
        return Lines(lines.delegation_lines(connection, found), following)


def see_delegation(desk: Desk, reader: Actor, delegation: str) -> DelegationLine:
    """One delegation. Raises NotFound."""
    with desk.store.read() as connection:
        return lines.delegation_lines(connection, [_one(connection, reader, delegations, delegation)])[0]


def see_absences(
    desk: Desk, reader: Actor, *, party: str | None = None, after: str = "", limit: int = 50
) -> Lines[AbsenceLine]:
    """A page of absences, ended ones too."""
    with desk.store.read() as connection:
        found, following = _page(connection, _of(absences), reader, party, (absences.c.id,), after, limit)
        return Lines(lines.absence_lines(connection, found), following)


def see_absence(desk: Desk, reader: Actor, absence: str) -> AbsenceLine:
    """One absence. Raises NotFound."""
    with desk.store.read() as connection:
        return lines.absence_lines(connection, [_one(connection, reader, absences, absence)])[0]


def see_institutions(
    desk: Desk, reader: Actor, *, party: str | None = None, after: str = "", limit: int = 50
) -> Lines[InstitutionLine]:
    """A page of institutions with what they are called today."""
    with desk.store.read() as connection:
        found, following = _page(connection, _of(institutions), reader, party, (institutions.c.id,), after, limit)
        return Lines(_institution_lines(connection, desk, found), following)


def see_institution(desk: Desk, reader: Actor, institution: str) -> InstitutionLine:
    """One institution. Raises NotFound."""
    with desk.store.read() as connection:
        return _institution_lines(connection, desk, [_one(connection, reader, institutions, institution)])[0]


def _person_lines(connection: Connection, desk: Desk, reader: Actor, found: Sequence[Any]) -> tuple[PersonLine, ...]:
    known, shown = _rosters(connection, found), lines.persons_by_id(connection, (row.person for row in found))
    return tuple(
        lines.person_line(
            shown.get(row.person),
            known[row.roster],
            row.person,
            day_in(desk.now(), known[row.roster].timezone),
            with_email=can(reader, "person.invite", of_parties("person", {row.party})).allowed,
        )
        for row in found
    )


def _institution_lines(connection: Connection, desk: Desk, found: Sequence[Any]) -> tuple[InstitutionLine, ...]:
    known = _rosters(connection, found)
    return tuple(
        lines.institution_line(known[row.roster], row.id, day_in(desk.now(), known[row.roster].timezone))
        for row in found
    )


def _rosters(connection: Connection, found: Sequence[Any]) -> dict[str, Roster]:
    """The rosters that rows belong to, each read once."""
    loaded = {name: stored.load(connection, name) for name in {row.roster for row in found}}
    return {name: roster for name, roster in loaded.items() if roster is not None}


def _of(table: Table) -> Select[Any]:
    """The rows of a table with their party and the version of its roster."""
    return select(table, rosters.c.party, rosters.c.seq.label("version")).join(rosters, rosters.c.id == table.c.roster)


def _reach(reader: Actor) -> ColumnElement[bool]:
    """The rosters a reader may see, as part of the query."""
    if can(reader, "roster.read", of_parties("roster", {HOUSE})).allowed:
        return true()
    own = reader.party or ""
    return rosters.c.party == own if can(reader, "roster.read", of_parties("roster", {own})).allowed else false()


def _may_see(reader: Actor, person: str, party: str) -> bool:
    own = can(reader, "person.read", of_person("person", person))
    return own.allowed or can(reader, "roster.read", of_parties("roster", {party})).allowed


def _page(
    connection: Connection,
    query: Select[Any],
    reader: Actor,
    party: str | None,
    key: Sequence[ColumnElement[Any]],
    after: str,
    limit: int,
) -> tuple[list[Any], str | None]:
    """Rows after a cursor, and the cursor of the next page; a cursor is the last row's key, `_` between its parts."""
    asked = query.where(_reach(reader), true() if party is None else rosters.c.party == party)
    if after:
        asked = asked.where(_beyond(key, after.split("__", len(key) - 1)))
    found = list(connection.execute(asked.order_by(*key).limit(limit + 1)))
    last = "__".join(str(_value(found[limit - 1], column)) for column in key) if len(found) > limit else None
    return found[:limit], last


def _beyond(key: Sequence[ColumnElement[Any]], said: Sequence[str]) -> ColumnElement[bool]:
    first = key[0] > said[0]
    return first if len(said) < len(key) or len(key) == 1 else or_(first, and_(key[0] == said[0], key[1] > said[1]))


def _value(row: Any, column: Any) -> Any:
    return row._mapping[column]


def _one(connection: Connection, reader: Actor, table: Table, thing: str) -> Any:
    row = connection.execute(_of(table).where(table.c.id == thing, _reach(reader))).first()
    if row is None:
        raise NotFound("there is no such thing on a roster, or none you may know of")
    return row
