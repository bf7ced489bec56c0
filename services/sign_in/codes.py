# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""One-time codes (TOTP, RFC 6238) and the ten recovery codes for the day the telephone is lost.

The secret of a factor rests sealed; a code is accepted within one step of thirty seconds either way, and its step, and every
step before it, never again. A recovery code holds 140 bits, is kept as its SHA-256 and used once.
"""

from base64 import b32encode
from collections.abc import Iterable
from dataclasses import dataclass
from hmac import compare_digest

import pyotp
from sqlalchemy import Connection, delete, func, insert, or_, select, update

from ledger.instants import moment_of
from services.desk import Desk
from services.errors import refused
from services.sign_in.keys import hash_of, seal, unseal
from storage.tables import recovery_codes, second_factors

STEP_SECONDS = 30
STEPS_EITHER_WAY = 1
RECOVERY_CODES = 10
GROUPS, LETTERS_A_GROUP = 4, 7
ISSUER = "Minga"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A second factor being set up: what the telephone reads as a picture, and what a person can type instead."""

    secret: str
    address: str


def enrol(desk: Desk, connection: Connection, person: str, name: str) -> Enrolment:
    """The second factor that waits for its first code: the one begun already, or a new one. Raises Refused."""
    known = connection.execute(select(second_factors).where(second_factors.c.person == person)).first()
    if known is not None and known.confirmed_at is not None:
        raise refused("second_factor.exists", "one second factor at a time; take the present one away first")
    secret = unseal(desk, person, known.sealed) if known else _begin(desk, connection, person)
    return Enrolment(secret, pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER))


def confirm(desk: Desk, connection: Connection, person: str, code: str) -> tuple[str, ...] | None:
    """The first right code makes the factor count: the new recovery codes, shown this once. None for a wrong code."""
    if not _take_step(desk, connection, person, code, confirmed=False):
        return None
    values = {"confirmed_at": desk.now()}
    connection.execute(update(second_factors).where(second_factors.c.person == person).values(values))
    return new_recovery_codes(desk, connection, person)


def is_right_code(desk: Desk, connection: Connection, person: str, code: str) -> bool:
    """Whether this is a one-time code that was not used before, or an unused recovery code. It is used up."""
    digits = "".join(code.split())
    if len(digits) == 6 and digits.isascii() and digits.isdigit():
        return _take_step(desk, connection, person, digits, confirmed=True)
    return _take_recovery_code(desk, connection, person, code)


def new_recovery_codes(desk: Desk, connection: Connection, person: str) -> tuple[str, ...]:
    """Ten new recovery codes; those of before are worth nothing any more."""
    codes = tuple(_recovery_code(desk) for _ in range(RECOVERY_CODES))
    connection.execute(delete(recovery_codes).where(recovery_codes.c.person == person))
    rows = [{"person": person, "code_hash": _hash(code), "used_at": None} for code in codes]
    connection.execute(insert(recovery_codes), rows)
    return codes


def recovery_codes_left(connection: Connection, person: str) -> int:
    unused = (recovery_codes.c.person == person, recovery_codes.c.used_at.is_(None))
    return connection.scalar(select(func.count()).select_from(recovery_codes).where(*unused)) or 0


def take_away(connection: Connection, person: str) -> None:
    """The person has no second factor and no recovery codes any more."""
    connection.execute(delete(second_factors).where(second_factors.c.person == person))
    connection.execute(delete(recovery_codes).where(recovery_codes.c.person == person))


def _begin(desk: Desk, connection: Connection, person: str) -> str:
    secret = b32encode(desk.identifiers.random(20)).decode()
    row = {"person": person, "sealed": seal(desk, person, secret), "created_at": desk.now()}
    connection.execute(insert(second_factors), {**row, "confirmed_at": None, "last_step": None})
    return secret


def _take_step(desk: Desk, connection: Connection, person: str, code: str, *, confirmed: bool) -> bool:
    """Finds the step whose code this is and uses it up, in one statement, so that of two rivals one is right."""
    known = connection.execute(select(second_factors).where(second_factors.c.person == person)).first()
    if known is None or (known.confirmed_at is not None) is not confirmed:
        return False
    step = _step_of(desk, unseal(desk, person, known.sealed), "".join(code.split()))
    if step is None:
        return False
    unused = or_(second_factors.c.last_step.is_(None), second_factors.c.last_step < step)
    taken = update(second_factors).where(second_factors.c.person == person, unused).values(last_step=step)
    return connection.execute(taken).rowcount == 1


def _step_of(desk: Desk, secret: str, code: str) -> int | None:
    now = int(moment_of(desk.now()).timestamp()) // STEP_SECONDS
    steps = range(now - STEPS_EITHER_WAY, now + STEPS_EITHER_WAY + 1)
    return next((step for step in steps if _is_code_of(secret, step, code)), None)


def _is_code_of(secret: str, step: int, code: str) -> bool:
    return compare_digest(pyotp.TOTP(secret).at(step * STEP_SECONDS).encode(), code.encode())


def _take_recovery_code(desk: Desk, connection: Connection, person: str, code: str) -> bool:
    wanted = (recovery_codes.c.person == person, recovery_codes.c.code_hash == _hash(code))
    unused = update(recovery_codes).where(*wanted, recovery_codes.c.used_at.is_(None))
    return connection.execute(unused.values(used_at=desk.now())).rowcount == 1


def _recovery_code(desk: Desk) -> str:
    letters = b32encode(desk.identifiers.random(20)).decode().lower()[: GROUPS * LETTERS_A_GROUP]
    return "-".join(_groups(letters))


def _groups(letters: str) -> Iterable[str]:
    return (letters[at : at + LETTERS_A_GROUP] for at in range(0, len(letters), LETTERS_A_GROUP))


def _hash(code: str) -> str:
    """However it was typed: with or without hyphens and spaces, large or small."""
    return hash_of("".join(filter(str.isalnum, code)).lower())
