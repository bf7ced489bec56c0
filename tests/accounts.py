# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Accounts for tests: people of the cast with an address, a role, a password and a telephone that makes codes."""

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pyotp
from argon2 import PasswordHasher

from ledger.instants import moment_of
from people.actors import OPERATOR, Actor, Role
from people.roster import HOUSE
from services.asking import Asking
from services.mail import FOLDER, send_next
from services.rosters import people, roles
from services.sign_in import entering, on_the_server, own, sessions
from services.sign_in.accounts import named, officers
from services.sign_in.entering import Came
from services.sign_in.sessions import Session
from tests.cast import ANA
from tests.house import House

PASSWORD = "nine mules cross the bridge"
HERE = Came("192.0.2.1", "Firefox, Linux")
ELSEWHERE = Came("198.51.100.7", "Chrome, Android")
QUICK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
"""Hashes of little cost, where the cost is not what a test is about."""


def invite(house: House, name: str, role: Role | None = None, party: str | None = None, *, language: str = "en") -> str:
    """A person with an address and perhaps a role; the address."""
    house.desk.hasher = QUICK
    address = f"{name.lower()}@example.org"
    on_the_server.add_person(house.desk, address, name, language)
    if role:
        grant(house, address, role, party)
    return address


def invite_with_password(
    house: House, name: str, role: Role | None = None, party: str | None = None, *, language: str = "en"
) -> str:
    """The same, with a password; the letter that tells of it is sent and gone."""
    address = invite(house, name, role, party, language=language)
    on_the_server.set_password(house.desk, address, PASSWORD)
    read_mail(house)
    return address


def come_in(house: House, address: str, came: Came = HERE) -> tuple[str, Session]:
    """Signs in by password: the secret, and the session as it stands."""
    secret = entering.with_password(house.desk, came, address, PASSWORD)
    return secret, sessions.resume(house.desk, secret)


def come_in_strongly(house: House, address: str, came: Came = HERE) -> tuple[str, str, tuple[str, ...]]:
    """Signs in and sets a second factor up: the session's secret, the factor's, and the recovery codes."""
    _, session = come_in(house, address, came)
    factor = own.begin_second_factor(house.desk, session).secret
    secret, recovery = entering.confirm_second_factor(house.desk, came, session, code(house, factor))
    house.clock.on(seconds=30)
    return secret, factor, recovery


def code(house: House, factor: str) -> str:
    """What the telephone shows now."""
    return pyotp.TOTP(factor).at(int(moment_of(house.desk.now()).timestamp()))


def read_mail(house: House) -> list[EmailMessage]:
    """Sends what is owed, and takes the letters out of the folder, in the order they were owed."""
    send_next(house.desk)
    paths = sorted((house.desk.data / FOLDER).glob("*.eml"))
    found = [message_from_bytes(path.read_bytes(), policy=default) for path in paths]
    for path in paths:
        path.unlink()
    return found


def words_of(letter: EmailMessage) -> str:
    """The text of a letter, as its reader sees it."""
    body = letter.get_body(("plain",))
    assert body is not None, "every letter has a text"
    return str(body.get_content())


def key_in(letter: EmailMessage) -> str:
    """The secret of the link in a letter."""
    found = re.search(r"key=([\w-]+)", words_of(letter))
    assert found, "this letter holds a link"
    return found[1]


def grant(house: House, address: str, role: Role, party: str | None = None) -> None:
    """Gives a person a role under four eyes: an officer who is here already, else the operator, is the second person."""
    person = person_of(house, address)
    first, second = (Asking(OPERATOR), ANA) if party else (ANA, _second_of_the_house(house))
    roster = party or HOUSE
    people.add_person(house.desk, ANA, party=roster, name=address, email=address, language="en")
    proposed = roles.propose_role(house.desk, first, person, role, party=roster)
    if proposed["status"] == "proposed":
        roles.grant_role(house.desk, second, str(proposed["role"]))


def _second_of_the_house(house: House) -> Asking:
    with house.desk.store.read() as connection:
        here = officers(connection)
    return Asking(Actor(here[0].person, Role.SECRETARIAT) if here else OPERATOR)


def end_roles(house: House, address: str, party: str) -> None:
    """The person acts no more for a party."""
    people.end_person(house.desk, ANA, person_of(house, address), party=party)


def person_of(house: House, address: str) -> str:
    with house.desk.store.read() as connection:
        return named(connection, address).person
