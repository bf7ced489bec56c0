# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Own data: all that is kept about one person, for that person, as one JSON object.

Every table with a column that names persons is read, by the data map; what opens something is left out. Of events only the
references are given: what an event says is the exchange's.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Table, or_, select

from people.actors import Actor
from people.policy import can
from people.resources import of_person
from services.desk import Desk
from services.errors import NotFound, require
from services.privacy.data_map import DATA_MAP, Holds
from storage import privacy
from storage.tables import events, metadata

SAYS = frozenset({"id", "name", "email", "language", "device", "account", "origin", "on_behalf_of"})
"""Personal columns that say something; every other names a person by their id."""
NOT_AS_ROWS = frozenset({"events", "persons", "idempotency"})


def own_data(desk: Desk, actor: Actor) -> dict[str, Any]:
    """What is kept about whoever asks. Raises Refused."""
    require(can(actor, "export.own", of_person("person", actor.person)))
    with desk.store.read() as connection:
        return _told(desk, connection, actor.person, privacy.person(connection, actor.person))


def data_of(desk: Desk, actor: Actor, person: str) -> dict[str, Any]:
    """What is kept about a person, by id or address, at their request. Raises Refused, NotFound."""
    require(can(actor, "person.export", of_person("person", person)))
    with desk.store.read() as connection:
        row = privacy.person(connection, person)
        if row is None:
            raise NotFound(f"no person {person}", person=person)
        return _told(desk, connection, row["id"], row)


def _told(desk: Desk, connection: Connection, person: str, row: dict[str, Any] | None) -> dict[str, Any]:
    told = {"told_at": desk.now(), "person": row or {"id": person}}
    rows = {table.name: found for table, found in _rows(connection, person) if found}
    return {**told, "rows": rows, "acted_in": list(_acted_in(connection, person))}


def _rows(connection: Connection, person: str) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    for table in metadata.sorted_tables:
        naming = [column for column in table.columns if names_persons(table.name, column.name)]
        if not naming or table.name in NOT_AS_ROWS:
            continue
        shown = [column for column in table.columns if _may_be_shown(table.name, column.name)]
        query = select(*shown).where(or_(*(column == person for column in naming))).order_by(*table.primary_key.columns)
        yield table, [dict(row._mapping) for row in connection.execute(query)]


def names_persons(table: str, column: str) -> bool:
    """Whether a column holds ids of persons, by the data map."""
    return DATA_MAP[table].holds(column) is Holds.PERSONAL and column not in SAYS


def _may_be_shown(table: str, column: str) -> bool:
    return DATA_MAP[table].holds(column) is not Holds.HIDDEN


def _acted_in(connection: Connection, person: str) -> Iterator[dict[str, Any]]:
    """Every event the person recorded: where it stands, never what it says. Reads the whole ledger."""
    shown = (events.c.stream, events.c.seq, events.c.type, events.c.on_behalf_of, events.c.occurred_at)
    query = select(*shown).where(events.c.actor == person).order_by(events.c.stream, events.c.seq)
    yield from (dict(row._mapping) for row in connection.execute(query))
