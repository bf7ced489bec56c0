# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Looking around: where all is demonstration and nobody real is here, a visitor of this machine tries each role in one tap."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from people.actors import Actor, Role
from services.desk import Desk
from services.errors import NotFound
from services.persons import add_specimen, hold_real_seats
from services.sign_in import sessions
from services.sign_in.entering import Came
from storage.tables import exchanges, persons

LOOPBACK = frozenset({"127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Specimen:
    """One of the cast, who is nobody."""

    name: str
    role: Role
    party: str | None = None


CAST: dict[str, Specimen] = {
    "ana": Specimen("Ana", Role.SECRETARIAT),
    "bruno": Specimen("Bruno", Role.FOCAL_POINT, "BR"),
    "paula": Specimen("Paula", Role.FOCAL_POINT, "PE"),
    "aldo": Specimen("Aldo", Role.AUDITOR),
}


def is_offered(desk: Desk, origin: str) -> bool:
    """Whether somebody from this address may look around: on this machine, behind no public address, among specimens."""
    if origin not in LOOPBACK or desk.public_url is not None:
        return False
    with desk.store.read() as connection:
        return _is_demonstration(connection)


def look_around(desk: Desk, came: Came, who: str) -> str:
    """The secret of a session as one of the cast. Raises NotFound where that is not offered."""
    specimen = CAST.get(who)
    if specimen is None or not is_offered(desk, came.origin):
        raise NotFound("nobody to look around as")

    def work(connection: Connection) -> str:
        person = _person(desk, connection, specimen.name)
        actor = Actor(person, specimen.role, specimen.party)
        how = (person, sessions.DEMONSTRATION, came.device)
        return sessions.begin(desk, connection, *how, brought=came.brought, actor=actor)

    return desk.store.write(work)


def _is_demonstration(connection: Connection) -> bool:
    shown = select(exchanges.c.id).where(exchanges.c.origin == "demonstration").limit(1)
    return connection.scalar(shown) is not None and not hold_real_seats(connection)


def _person(desk: Desk, connection: Connection, name: str) -> str:
    nobody = (persons.c.name == name, persons.c.specimen == 1, persons.c.kind == "person")
    known: str | None = connection.scalar(select(persons.c.id).where(*nobody).order_by(persons.c.id).limit(1))
    return known or add_specimen(desk, connection, name)
