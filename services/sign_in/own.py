# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""One's own account: the password, the second factor and its recovery codes, changed by whoever is signed in."""

from sqlalchemy import Connection

from ledger.instants import later
from services.desk import Desk
from services.errors import refused
from services.sign_in import codes, limits, passwords, sessions
from services.sign_in.accounts import has_second_factor, needs_second_factor
from services.sign_in.entering import Came, SignInRefused, begin_guess, or_refuse
from services.sign_in.letters import CHANGED, owe_letter
from services.sign_in.limits import Try
from services.sign_in.sessions import Session
from storage import sign_in as rows

FRESH_SECONDS = 15 * 60


def has_password(desk: Desk, session: Session) -> bool:
    with desk.store.read() as connection:
        return passwords.hash_known(connection, session.person) is not None


def may_skip_current(desk: Desk, session: Session) -> bool:
    """Whether a link let the person in just now: then the present password, perhaps forgotten, is not asked for."""
    return session.means == sessions.LINK and session.created_at > later(desk.now(), -FRESH_SECONDS)


def change_password(desk: Desk, came: Came, session: Session, current: str, new: str) -> str:
    """The session's new secret; every other session of the person ends. Raises Refused, SignInRefused, TooManyTries."""
    _somebody_real(session)
    plain = passwords.check_password(new, session.name, session.email or "")
    made = None if may_skip_current(desk, session) else _right_password(desk, came, session, current)
    hashed = passwords.hash_password(desk, plain)

    def work(connection: Connection) -> str:
        if made:
            limits.succeed(connection, made)
        passwords.save_password(connection, session.person, hashed, desk.now())
        rows.end_sessions_of(connection, [session.person], desk.now(), but=session.id)
        owe_letter(desk, connection, session.person, CHANGED, what="password", at=desk.now())
        return sessions.renew(desk, connection, session)

    return desk.store.write(work)


def begin_second_factor(desk: Desk, session: Session) -> codes.Enrolment:
    """What the telephone reads to make codes. Raises Refused."""
    _somebody_real(session)
    name = session.email or session.name
    return desk.store.write(lambda connection: codes.enrol(desk, connection, session.person, name))


def renew_recovery_codes(desk: Desk, came: Came, session: Session, code: str) -> tuple[str, ...]:
    """Ten new recovery codes, shown this once. Raises CodeRefused, TooManyTries."""
    made = begin_guess(desk, came, session, limits.CODE)

    def work(connection: Connection) -> tuple[str, ...] | None:
        if not codes.is_right_code(desk, connection, session.person, code):
            return None
        limits.succeed(connection, made)
        owe_letter(desk, connection, session.person, CHANGED, what="recovery_codes", at=desk.now())
        return codes.new_recovery_codes(desk, connection, session.person)

    return or_refuse(desk.store.write(work))


def take_second_factor_away(desk: Desk, came: Came, session: Session, code: str) -> None:
    """No more codes for this account, where none are asked of it. Raises Refused, CodeRefused, TooManyTries."""
    if must_have_second_factor(session):
        raise refused("second_factor.required", "a role that may go without one")
    made = begin_guess(desk, came, session, limits.CODE)

    def work(connection: Connection) -> bool | None:
        if not codes.is_right_code(desk, connection, session.person, code):
            return None
        limits.succeed(connection, made)
        codes.take_away(connection, session.person)
        owe_letter(desk, connection, session.person, CHANGED, what="second_factor_taken_away", at=desk.now())
        return True

    or_refuse(desk.store.write(work))


def recovery_codes_left(desk: Desk, session: Session) -> int | None:
    """How many recovery codes are unused; None for who has no second factor."""
    with desk.store.read() as connection:
        if not has_second_factor(connection, session.person):
            return None
        return codes.recovery_codes_left(connection, session.person)


def must_have_second_factor(session: Session) -> bool:
    return needs_second_factor(session.actors)


def _right_password(desk: Desk, came: Came, session: Session, current: str) -> Try:
    made = begin_guess(desk, came, session, limits.PASSWORD)
    with desk.store.read() as connection:
        known = passwords.hash_known(connection, session.person)
    if not passwords.is_right(desk, known, current):
        raise SignInRefused("the present password")
    return made


def _somebody_real(session: Session) -> None:
    if session.is_demonstration:
        raise refused("session.demonstration", "somebody real: a specimen has no account to change")
