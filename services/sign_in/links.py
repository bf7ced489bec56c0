# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Links that let in once. Looking at one changes nothing, so what a mail scanner fetches first still works for its reader.

A link holds 256 bits, is kept as their SHA-256, lasts fifteen minutes and is used by one POST. Its secret is made at the
moment the letter is sent: neither the outbox nor a backup of it ever held a link that works.
"""

from urllib.parse import urlencode

from sqlalchemy import ColumnElement, Connection, insert, select, update

from ledger.instants import later
from services.desk import Desk
from services.errors import ServiceError
from services.sign_in.accounts import Account, account_by_id
from services.sign_in.keys import hash_of, new_secret
from storage.tables import sign_in_links

LASTS_SECONDS = 15 * 60
PATH = "/sign-in/link"


class LinkRefused(ServiceError):
    """A link that is unknown, was used or has run out: the three are told alike."""

    code = "sign_in.link_refused"


def new_link(desk: Desk, connection: Connection, person: str, after: str | None = None) -> str:
    """The address of a new link for a person, and of the page after it. Nobody can read it anywhere later."""
    secret = new_secret(desk)
    now = desk.now()
    row = {
        "id": desk.identifiers.new(),
        "secret_hash": hash_of(secret),
        "person": person,
        "created_at": now,
        "expires_at": later(now, LASTS_SECONDS),
        "used_at": None,
    }
    connection.execute(insert(sign_in_links), row)
    return f"{desk.address}{PATH}?{urlencode({'key': secret} | ({'next': after} if after else {}))}"


def works(desk: Desk, secret: str) -> bool:
    """Whether the link would let its reader in now. Asking uses up nothing."""
    with desk.store.read() as connection:
        return connection.scalar(select(sign_in_links.c.id).where(*_usable(desk, secret))) is not None


def use(desk: Desk, connection: Connection, secret: str) -> Account:
    """Whom the link lets in; it lets in nobody again. Raises LinkRefused."""
    used = (
        update(sign_in_links).where(*_usable(desk, secret)).values(used_at=desk.now()).returning(sign_in_links.c.person)
    )
    person = connection.scalar(used)
    account = account_by_id(connection, person) if person else None
    if account is None:
        raise LinkRefused("a link that is known, unused and not older than a quarter of an hour")
    return account


def forget_links_of(connection: Connection, person: str, now: str) -> None:
    """No link sent so far lets this person in."""
    open_ = (sign_in_links.c.person == person, sign_in_links.c.used_at.is_(None))
    connection.execute(update(sign_in_links).where(*open_).values(used_at=now))


def _usable(desk: Desk, secret: str) -> tuple[ColumnElement[bool], ...]:
    known = sign_in_links.c.secret_hash == hash_of(secret)
    return known, sign_in_links.c.used_at.is_(None), sign_in_links.c.expires_at > desk.now()
