# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What the operator does for people from the command line of the server, and nobody through the web.

Breaking the glass lets an officer in who lost password, mailbox and telephone: one link, once, for fifteen minutes. It is
loud: an event in the ledger of the house, a line in the log, a letter to every other officer.
"""

import logging
from dataclasses import dataclass

from sqlalchemy import Connection, select

from cycle.events import Happening
from ledger.event import GENESIS, Tip
from people.actors import OPERATOR, Role
from services.accounts import actors_of
from services.act import Act
from services.desk import Desk
from services.errors import refused
from services.persons import invite
from services.recording import record_events
from services.sign_in import accounts, codes, links, passwords
from services.sign_in.accounts import Account, account_of, named, officers
from services.sign_in.letters import CHANGED, GLASS_BROKEN, LINK, owe_letter
from storage import sign_in as rows
from storage.tables import streams

logger = logging.getLogger("minga.sign_in")


@dataclass(frozen=True, slots=True)
class Glass:
    """A glass that was broken: whom it lets in, by which link, and how many others were told."""

    person: str
    link: str
    told: int


def add_person(desk: Desk, address: str, name: str, language: str = "es") -> Account:
    """A person who can sign in, and who may do nothing yet. Raises Refused."""

    def work(connection: Connection) -> Account:
        if account_of(connection, address) is not None:
            raise refused("person.exists", "an address that nobody here has")
        invite(desk, connection, name, address, language)
        return named(connection, address)

    return desk.store.write(work)


def everybody(desk: Desk) -> tuple[Account, ...]:
    """Everybody with an address, by address."""
    with desk.store.read() as connection:
        return accounts.everybody(connection)


def set_password(desk: Desk, address: str, password: str) -> Account:
    """Gives a person this password; their sessions end, and they are told. Raises Refused, NotFound."""
    with desk.store.read() as connection:
        account = named(connection, address)
    hashed = passwords.hash_password(desk, passwords.check_password(password, account.name, account.email))

    def work(connection: Connection) -> None:
        passwords.save_password(connection, account.person, hashed, desk.now())
        rows.end_sessions_of(connection, [account.person], desk.now())
        owe_letter(desk, connection, account.person, CHANGED, what="password", at=desk.now())

    desk.store.write(work)
    return account


def mail_link(desk: Desk, address: str) -> Account:
    """Owes a person a letter with a link. Raises NotFound."""

    def work(connection: Connection) -> Account:
        account = named(connection, address)
        owe_letter(desk, connection, account.person, LINK)
        return account

    return desk.store.write(work)


def reset_codes(desk: Desk, address: str) -> Account:
    """Takes a lost second factor away; sessions end, the person is told, the ledger remembers. Raises NotFound."""

    def work(connection: Connection) -> Account:
        account = named(connection, address)
        codes.take_away(connection, account.person)
        rows.end_sessions_of(connection, [account.person], desk.now())
        owe_letter(desk, connection, account.person, CHANGED, what="second_factor_taken_away", at=desk.now())
        _remember(desk, connection, Happening("SecondFactorReset", {"person": account.person}))
        return account

    account = desk.store.write(work)
    logger.warning("The second factor of person %s was taken away on the server", account.person)
    return account


def break_glass(desk: Desk, address: str) -> Glass:
    """Lets an officer in once, by a link shown on the server, past password and second factor.

    The officer is told by mail too: it may not have been they who asked. Raises Refused, NotFound.
    """

    def work(connection: Connection) -> Glass:
        account = named(connection, address)
        if all(actor.role is not Role.SECRETARIAT for actor in actors_of(connection, account.person, desk.now())):
            raise refused("person.not_an_officer", "somebody of the secretariat")
        codes.take_away(connection, account.person)
        links.forget_links_of(connection, account.person, desk.now())
        rows.end_sessions_of(connection, [account.person], desk.now())
        owe_letter(desk, connection, account.person, CHANGED, what="second_factor_taken_away", at=desk.now())
        told = [other for other in officers(connection) if other.person != account.person]
        for other in told:
            owe_letter(desk, connection, other.person, GLASS_BROKEN, whose=account.person, at=desk.now())
        _remember(desk, connection, Happening("GlassBroken", {"person": account.person, "told": len(told)}))
        return Glass(account.person, links.new_link(desk, connection, account.person), len(told))

    glass = desk.store.write(work)
    logger.critical("THE GLASS WAS BROKEN for person %s on the server; %d officers are told", glass.person, glass.told)
    return glass


def _remember(desk: Desk, connection: Connection, told: Happening) -> None:
    """An event in the house's own stream, which begins with the first."""
    query = select(streams.c.id, streams.c.seq, streams.c.tip).where(streams.c.kind == "house")
    known = connection.execute(query.order_by(streams.c.id).limit(1).with_for_update()).first()
    stream = known.id if known else f"house/{desk.identifiers.new()}"
    tip = Tip(known.seq, known.tip) if known else GENESIS
    record_events(Act.now(desk, connection, OPERATOR), stream, tip, [told])
