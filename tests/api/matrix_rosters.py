# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Things of a roster to ask for in the matrix: those of Brasil's, entered and granted by two officers."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from people.actors import Actor, Role
from people.resources import of_parties, of_person
from services import government
from services.asking import Asking
from services.rosters import institutions, people, roles, standins
from services.sign_in import sessions
from tests.api.matrix import Asker, Ground, Prepared
from tests.cast import ANA
from tests.house import House

SAYS_ITS_PARTY = ("person", "delegation", "absence")
SECOND = replace(ANA, actor=replace(ANA.actor, person="anabel"))
DAYS = {"from_on": "2026-11-23", "to_on": "2026-12-23"}


def lay_roster(house: House) -> dict[str, str]:
    """Brasil's roster: two persons, a role of the first, and what follows from it."""
    desk = house.desk
    government.change_government(desk, ANA, "BR", "2026-11-20")
    first, second, third = (
        str(people.add_person(desk, ANA, party="BR", name=name, email=f"{name}@mte.example")["person"])
        for name in ("bruno", "bruna", "paula")
    )
    role = str(roles.propose_role(desk, ANA, first, "focal_point", party="BR")["role"])
    roles.grant_role(desk, SECOND, role)
    bruno = Asking(Actor(first, Role.FOCAL_POINT, "BR"))
    acting: dict[str, Any] = {"party": "BR", "role": "focal_point", "acts": ("read",), **DAYS}
    said: dict[str, Any] = {"type_": "ministry", "language": "pt", "name": "Ministério", "from_on": "2026-01-01"}
    return {
        "person": first,
        "second": second,
        "third": third,
        "role": role,
        "delegation": str(standins.give_delegation(desk, bruno, second, **acting)["delegation"]),
        "absence": str(standins.tell_absence(desk, bruno, first, party="BR", **DAYS)["absence"]),
        "institution": str(institutions.enter_institution(desk, ANA, party="BR", **said)["institution"]),
    }


def of_roster(kind: str, **parts: str) -> Callable[[Ground, Asker, Mapping[str, Any]], Prepared]:
    """A thing of Brasil's roster; `parts`: part of the path → its name there, or the word itself."""

    def prepare(ground: Ground, asker: Asker, body: Mapping[str, Any]) -> Prepared:
        path = {part: ground.roster.get(name, name) for part, name in parts.items()}
        return Prepared(of_parties(kind, ("BR",), bench=parts.get("bench")), path, _said(ground, kind, body))

    return prepare


def _said(ground: Ground, kind: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """What the body must say so that it is about Brasil's roster."""
    known = {"delegate": ground.roster["second"], "person": ground.roster["second"], **DAYS, "until_on": "2026-12-23"}
    said = {name: value for name, value in known.items() if name in body}
    return {**said, "party": "BR"} if kind in SAYS_ITS_PARTY else said


def my_session(ground: Ground, asker: Asker, _: Mapping[str, Any]) -> Prepared:
    """A session of the asker's own."""
    desk, person = ground.house.desk, asker.actor.person
    if asker.actor.role is Role.PUBLIC:
        return Prepared(path={"session": "none"})
    desk.store.write(lambda connection: sessions.begin(desk, connection, person, "password", "a browser"))
    return Prepared(of_person("session", person), {"session": sessions.living(desk, person)[0].id})
