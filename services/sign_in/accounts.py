# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Whose an address is, and who needs a second factor. As whom a person may act is told by services/accounts.py."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, select

from people.actors import Actor, Role
from services.errors import NotFound
from services.persons import normal_email
from storage.tables import persons, roles, second_factors

NEED_A_SECOND_FACTOR = frozenset({Role.SECRETARIAT, Role.MANAGER, Role.AUDITOR})


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody with an address: who may sign in."""

    person: str
    name: str
    email: str
    language: str


def account_of(connection: Connection, typed: str) -> Account | None:
    """Whose address this is; None for nobody's."""
    return _first(connection, persons.c.email == normal_email(typed))


def account_by_id(connection: Connection, person: str) -> Account | None:
    """The account of a person; None for one without an address."""
    return _first(connection, persons.c.id == person)


def named(connection: Connection, typed: str) -> Account:
    """Whose address this is. Raises NotFound. For the operator, who may know who is here."""
    found = account_of(connection, typed)
    if found is None:
        raise NotFound("no person with this address")
    return found


def needs_second_factor(actors: Iterable[Actor]) -> bool:
    """Whether one of these may only be acted as after a one-time code."""
    return any(actor.role in NEED_A_SECOND_FACTOR for actor in actors)


def has_second_factor(connection: Connection, person: str) -> bool:
    """Whether the person set up one-time codes and confirmed them with a first one."""
    confirmed = (second_factors.c.person == person, second_factors.c.confirmed_at.is_not(None))
    return connection.scalar(select(second_factors.c.person).where(*confirmed)) is not None


def officers(connection: Connection) -> tuple[Account, ...]:
    """Everybody of the secretariat with an address."""
    held = select(roles.c.person).where(roles.c.role == Role.SECRETARIAT, roles.c.status == "granted")
    query = _accounts().where(persons.c.id.in_(held)).order_by(persons.c.id)
    return tuple(_account(row) for row in connection.execute(query))


def everybody(connection: Connection) -> tuple[Account, ...]:
    """Everybody with an address, by address."""
    return tuple(_account(row) for row in connection.execute(_accounts().order_by(persons.c.email)))


def _accounts() -> Select[Any]:
    return select(persons.c.id, persons.c.name, persons.c.email, persons.c.language).where(
        persons.c.kind == "person", persons.c.email.is_not(None), persons.c.erased_at.is_(None)
    )


def _first(connection: Connection, wanted: ColumnElement[bool]) -> Account | None:
    row = connection.execute(_accounts().where(wanted)).first()
    return _account(row) if row else None


def _account(row: Row[Any]) -> Account:
    return Account(row.id, row.name, row.email, row.language or "es")
