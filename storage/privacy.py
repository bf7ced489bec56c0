# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What is kept about persons, in the database: found, blanked and deleted. Every table that names a person is known here."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Table, and_, delete, or_, select, update

from people.erasure import SealedPlace
from storage.tables import (
    events,
    passwords,
    persons,
    recovery_codes,
    sealed,
    second_factors,
    sessions,
    sign_in_links,
    tokens,
)

SIGN_IN: Sequence[Table] = (sessions, passwords, sign_in_links, second_factors, recovery_codes)
"""Tables whose rows by `person` are that person's means to come in."""


def person(connection: Connection, name: str) -> dict[str, Any] | None:
    """A person's row, by id or by address."""
    row = connection.execute(select(persons).where(or_(persons.c.id == name, persons.c.email == name.lower()))).first()
    return row._asdict() if row else None


def sealed_about(connection: Connection, words: Iterable[str]) -> frozenset[SealedPlace]:
    """The sealed values that hold one of some words whole, in whatever case: a name, an address. Reads every value."""
    said = [re.escape(word.strip()) for word in words if word.strip()]
    if not said:
        return frozenset()
    # Not in SQL: SQLite knows capitals of ASCII only, and neither database knows where a name ends.
    whole = re.compile(rf"(?<!\w)(?:{'|'.join(said)})(?!\w)", re.IGNORECASE)
    rows = connection.execute(select(sealed), execution_options={"yield_per": 1000})
    return frozenset(SealedPlace(row.stream, row.seq, row.field) for row in rows if whole.search(row.value))


def still_sealed(connection: Connection, places: Iterable[SealedPlace]) -> frozenset[SealedPlace]:
    """Those of some places whose value is there."""
    found = (
        connection.execute(select(sealed.c.stream, sealed.c.seq, sealed.c.field).where(_at(place))).first()
        for place in places
    )
    return frozenset(SealedPlace(*row) for row in found if row)


def types_at(connection: Connection, places: Iterable[SealedPlace]) -> dict[SealedPlace, str]:
    """The type of the event in which each value was sealed."""
    query = select(events.c.type)
    return {
        place: str(connection.scalar(query.where(events.c.stream == place.stream, events.c.seq == place.seq)))
        for place in places
    }


def delete_sealed(connection: Connection, places: Iterable[SealedPlace]) -> int:
    """Deletes sealed values; how many."""
    return sum(connection.execute(delete(sealed).where(_at(place))).rowcount for place in places)


def blank_person(connection: Connection, who: str, at: str) -> None:
    """Takes a person's name and address out, and every means by which they come in."""
    blank = {"name": "", "email": None, "language": None, "erased_at": at}
    connection.execute(update(persons).where(persons.c.id == who).values(blank))
    for table in SIGN_IN:
        connection.execute(delete(table).where(table.c.person == who))
    living = and_(tokens.c.person == who, tokens.c.revoked_at.is_(None))
    connection.execute(update(tokens).where(living).values(revoked_at=at))
    connection.execute(update(tokens).where(tokens.c.person == who).values(name=""))


def _at(place: SealedPlace) -> Any:
    return and_(sealed.c.stream == place.stream, sealed.c.seq == place.seq, sealed.c.field == place.field)
