# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Persons: who acts. Events know only a random id; what somebody is called stands here alone and can be erased."""

import re
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, insert, select

from cycle.checking import is_text
from people.roster_institutions import LANGUAGES
from services.desk import Desk
from services.errors import refused
from storage.errors import RunAgain
from storage.prepared import inserting
from storage.tables import persons

LONGEST_NAME = 300
LONGEST_EMAIL = 254
EMAIL = re.compile(r"[^@\s\0]+@[^@\s\0]+")


@dataclass(frozen=True, slots=True)
class Person:
    """A person as `persons` holds them. `email` is lower case; name and e-mail are gone once erased."""

    id: str
    name: str
    email: str | None
    language: str | None
    kind: str
    erased_at: str | None


_COLUMNS = [persons.c[name] for name in ("id", "name", "email", "language", "kind", "erased_at")]


def invite(desk: Desk, connection: Connection, name: str, email: str, language: str) -> str:
    """The id of the person with this e-mail: a known one as they are, else a new one. Raises Refused."""
    _check(name, email, language)
    known = find_by_email(connection, email)
    if known:
        return known.id
    row = _row(desk, name.strip(), specimen=False)
    _add(connection, {**row, "email": normal_email(email), "language": language})
    return str(row["id"])


def find_by_email(connection: Connection, email: str) -> Person | None:
    """The person with an e-mail address, however it is written."""
    return _one(connection, persons.c.email == normal_email(email))


def find(connection: Connection, person: str) -> Person | None:
    """The person with an id."""
    return _one(connection, persons.c.id == person)


def normal_email(email: str) -> str:
    """An address as it is compared: lower case, without blanks around it."""
    return email.strip().lower()


def add_unaccounted(desk: Desk, connection: Connection, name: str, language: str, *, specimen: bool) -> str:
    """The id of a new person who acts by a letter's key alone: without an address here, nobody signs in as them."""
    row = _row(desk, name, specimen=specimen)
    connection.execute(insert(persons), {**row, "language": language})
    return str(row["id"])


def add_specimen(desk: Desk, connection: Connection, name: str) -> str:
    """The id of a new person of a walked case, who is nobody."""
    row = _row(desk, name, specimen=True)
    connection.execute(insert(persons), row)
    return str(row["id"])


def hold_real_seats(connection: Connection) -> bool:
    """Whether real people act here; machines that act through tokens do not count."""
    real = select(func.count()).where(persons.c.kind == "person", persons.c.specimen == 0)
    return bool(connection.scalar(real))


def _row(desk: Desk, name: str, *, specimen: bool) -> dict[str, object]:
    person = desk.identifiers.new()
    return {"id": person, "name": name, "kind": "person", "specimen": int(specimen), "created_at": desk.now()}


def _add(connection: Connection, row: dict[str, object]) -> None:
    """An address is one person's: when a rival invited them first, the work runs again and finds them."""
    adding = inserting(persons, connection.dialect.name)
    if connection.execute(adding.values(row).on_conflict_do_nothing().returning(persons.c.id)).first() is None:
        raise RunAgain("a person with this address was invited at the same time")


def _one(connection: Connection, where: ColumnElement[bool]) -> Person | None:
    row = connection.execute(select(*_COLUMNS).where(where)).first()
    return Person(*row) if row else None


def _check(name: str, email: str, language: str) -> None:
    if not name.strip() or len(name) > LONGEST_NAME or not is_text(name):
        raise refused("person.name_malformed", f"a name of at most {LONGEST_NAME} letters")
    check_address(email, language)


def check_address(email: str, language: str) -> None:
    """Raises Refused where no letter could be written."""
    if len(email) > LONGEST_EMAIL or not EMAIL.fullmatch(email.strip()) or not is_text(email):
        raise refused("person.email_malformed", "an e-mail address")
    if language not in LANGUAGES:
        raise refused("person.language_unknown", f"a language of: {', '.join(LANGUAGES)}", language=language)
