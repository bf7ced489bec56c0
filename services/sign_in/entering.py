# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Coming in: by password, by link, by a one-time code, and each time the same answer for an address nobody has."""

from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Connection

from services.desk import Desk
from services.errors import ServiceError
from services.sign_in import codes, limits, links, passwords, sessions
from services.sign_in.accounts import Account, account_of
from services.sign_in.letters import CHANGED, LINK, owe_letter
from services.sign_in.limits import TooManyTries, Try
from services.sign_in.sessions import Session

Given = TypeVar("Given")


class SignInRefused(ServiceError):
    """Address and password do not go together; which of them is wrong is not told."""

    code = "sign_in.refused"


class CodeRefused(ServiceError):
    """A one-time code that is wrong, too old, or was used before."""

    code = "sign_in.code_refused"


@dataclass(frozen=True, slots=True)
class Came:
    """Whence a request comes: its address, the kind of browser, and the session it brought along."""

    origin: str
    device: str
    brought: str | None = None


def with_password(desk: Desk, came: Came, address: str, password: str) -> str:
    """The secret of a new session. Raises SignInRefused, TooManyTries, Busy."""

    def begin(connection: Connection) -> tuple[Try | TooManyTries, Account | None, str | None]:
        made = limits.begin_try(desk, connection, limits.PASSWORD, address, came.origin)
        account = account_of(connection, address)
        return made, account, passwords.hash_known(connection, account.person if account else None)

    made, account, known = desk.store.write(begin)
    if isinstance(made, TooManyTries):
        raise made
    if not passwords.is_right(desk, known, password) or account is None or known is None:
        raise SignInRefused("address and password do not go together")
    fresh = passwords.hash_password(desk, password) if passwords.is_outdated(desk, known) else None
    return desk.store.write(lambda connection: _enter(desk, connection, came, made, account, fresh))


def ask_for_link(desk: Desk, came: Came, address: str, after: str | None = None) -> None:
    """Owes a letter with a link, if somebody has this address; the answer is the same. Raises TooManyTries.

    after: the page of ours that the link leads to once its reader is in
    """

    def work(connection: Connection) -> Try | TooManyTries:
        made = limits.begin_try(desk, connection, limits.LINK, address, came.origin)
        account = account_of(connection, address)
        wanted = not isinstance(made, TooManyTries) and limits.may_be_mailed(desk, connection, address)
        if account and wanted:
            owe_letter(desk, connection, account.person, LINK, **({"after": after} if after else {}))
        return made

    made = desk.store.write(work)
    if isinstance(made, TooManyTries):
        raise made


def with_link(desk: Desk, came: Came, secret: str) -> str:
    """The secret of a new session; the link lets in nobody again. Raises LinkRefused."""

    def work(connection: Connection) -> str:
        account = links.use(desk, connection, secret)
        limits.remember_place(desk, connection, account.email, came.origin)
        return sessions.begin(desk, connection, account.person, sessions.LINK, came.device, brought=came.brought)

    return desk.store.write(work)


def with_code(desk: Desk, came: Came, session: Session, code: str) -> str:
    """The session's new secret, now that its second factor was given. Raises CodeRefused, TooManyTries."""
    way = limits.CODE if len("".join(code.split())) <= 8 else limits.RECOVERY
    made = begin_guess(desk, came, session, way)

    def work(connection: Connection) -> str | None:
        if not codes.is_right_code(desk, connection, session.person, code):
            return None
        limits.succeed(connection, made)
        if way == limits.RECOVERY:
            owe_letter(desk, connection, session.person, CHANGED, what="recovery_code_used", at=desk.now())
        return sessions.strengthen(desk, connection, session)

    return or_refuse(desk.store.write(work))


def confirm_second_factor(desk: Desk, came: Came, session: Session, code: str) -> tuple[str, tuple[str, ...]]:
    """The session's new secret and the recovery codes, shown this once. Raises CodeRefused, TooManyTries."""
    made = begin_guess(desk, came, session, limits.CODE)

    def work(connection: Connection) -> tuple[str, tuple[str, ...]] | None:
        recovery = codes.confirm(desk, connection, session.person, code)
        if recovery is None:
            return None
        limits.succeed(connection, made)
        owe_letter(desk, connection, session.person, CHANGED, what="second_factor_set_up", at=desk.now())
        return sessions.strengthen(desk, connection, session), recovery

    return or_refuse(desk.store.write(work))


def begin_guess(desk: Desk, came: Came, session: Session, way: str) -> Try:
    """A guess about somebody whose password or link was right already. Raises TooManyTries."""
    account = session.email or session.person
    made = desk.store.write(lambda connection: limits.begin_try(desk, connection, way, account, came.origin))
    if isinstance(made, TooManyTries):
        raise made
    return made


def or_refuse(given: Given | None) -> Given:
    if given is None:
        raise CodeRefused("a code that is right now and was not used before")
    return given


def _enter(desk: Desk, connection: Connection, came: Came, made: Try, account: Account, fresh: str | None) -> str:
    limits.succeed(connection, made)
    if fresh:
        passwords.save_password(connection, account.person, fresh, desk.now())
    return sessions.begin(desk, connection, account.person, sessions.PASSWORD, came.device, brought=came.brought)
