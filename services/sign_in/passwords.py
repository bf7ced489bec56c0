# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Passwords: argon2id with the library's own parameters, few at a time, and one small rule about the commonest.

An address nobody has, and a person without a password, cost the same hash as a wrong password: how long the answer takes
tells nothing.
"""

import os
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from unicodedata import normalize

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import Connection, delete, insert, select

from cycle.checking import is_text
from services.desk import Desk
from services.errors import ServiceError, refused
from services.sign_in.common_passwords import is_common
from storage.tables import passwords

SHORTEST, LONGEST = 12, 256
WAITING_SECONDS = 10.0

CORES = os.cpu_count() or 1

_cores = BoundedSemaphore(CORES)
_waiting = BoundedSemaphore(16)


class Busy(ServiceError):
    """So many sign in at once that this one would wait too long: each hash takes a core and 64 mebibytes."""

    code = "sign_in.busy"


def check_password(password: str, *own: str) -> str:
    """The password as it will be hashed. `own` are words of the person's: name, address. Raises Refused."""
    plain = normalize("NFC", password)
    if not is_text(plain):
        raise refused("password.malformed", "characters in UTF-8, without NUL")
    if not SHORTEST <= len(plain) <= LONGEST:
        raise refused("password.length_wrong", f"{SHORTEST} to {LONGEST} characters", shortest=SHORTEST)
    if is_common(plain, own):
        raise refused("password.too_common", "one that others would not guess among the first")
    return plain


def hash_password(desk: Desk, password: str) -> str:
    """The argon2id hash of a checked password. Raises Busy."""
    with _a_core():
        return desk.hasher.hash(password)


def save_password(connection: Connection, person: str, hashed: str, now: str) -> None:
    """The person's password from now on."""
    connection.execute(delete(passwords).where(passwords.c.person == person))
    connection.execute(insert(passwords), {"person": person, "hash": hashed, "changed_at": now})


def hash_known(connection: Connection, person: str | None) -> str | None:
    """The hash of a person's password; None for nobody and for who has none."""
    known: str | None = connection.scalar(select(passwords.c.hash).where(passwords.c.person == person))
    return known


def is_right(desk: Desk, known: str | None, password: str) -> bool:
    """Whether this is the password; without a known hash the same work is done for nothing. Raises Busy."""
    plain = normalize("NFC", password)[: LONGEST + 1]
    with _a_core():
        try:
            desk.hasher.verify(known or _nobodys(desk.hasher), plain)
        except VerificationError:
            return False
    return known is not None


def is_outdated(desk: Desk, known: str) -> bool:
    """Whether a right password should be hashed anew, because the parameters changed."""
    return desk.hasher.check_needs_rehash(known)


def _nobodys(hasher: PasswordHasher) -> str:
    """A hash of the same cost that no password has: its digest is all zeros."""
    salt, tag = (b64encode(bytes(length)).decode().rstrip("=") for length in (hasher.salt_len, hasher.hash_len))
    cost = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v=19${cost}${salt}${tag}"


@contextmanager
def _a_core() -> Iterator[None]:
    """One of the machine's cores; whoever waits too long, or behind too many, is told so."""
    if not _waiting.acquire(blocking=False):
        raise Busy("too many sign in at this moment")
    try:
        if not _cores.acquire(timeout=WAITING_SECONDS):
            raise Busy("too many sign in at this moment")
    finally:
        _waiting.release()
    try:
        yield
    finally:
        _cores.release()
