# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The key of signing in: a file of mode 0600 in the folder of keys, made at the first need, outside every backup of the data.

It seals the secrets of second factors and makes the digests under which tries are counted. Who takes the database without
this file learns neither a secret nor whose account was tried.
"""

import os
from base64 import b64decode, b64encode, urlsafe_b64encode
from functools import lru_cache
from hashlib import sha256
from hmac import compare_digest, digest
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from services.desk import Desk
from services.errors import ServiceError

FILE = "sign-in.key"
LENGTH = 32
SECRET_BYTES = 32
_NONCE = 12


class KeyUnusable(ServiceError):
    """The key of signing in is missing, short or of another house: what it sealed cannot be opened."""

    code = "sign_in.key_unusable"


def digest_of(desk: Desk, purpose: str, said: str) -> str:
    """A digest that nobody without the key can compute or try out."""
    return digest(_key(desk), f"{purpose}\0{said}".encode(), "sha256").hex()


def is_digest(known: str, told: str) -> bool:
    """Whether somebody brought this digest back; how long it takes says nothing of how far they were right."""
    return compare_digest(known.encode(), told.encode())


def seal(desk: Desk, person: str, secret: str) -> str:
    """A secret, sealed for one person: AES-256-GCM, bound to the person's id."""
    nonce = desk.identifiers.random(_NONCE)
    return b64encode(nonce + _cipher(desk).encrypt(nonce, secret.encode(), person.encode())).decode()


def unseal(desk: Desk, person: str, sealed: str) -> str:
    """The secret sealed for this person. Raises KeyUnusable."""
    raw = b64decode(sealed)
    try:
        return _cipher(desk).decrypt(raw[:_NONCE], raw[_NONCE:], person.encode()).decode()
    except InvalidTag as error:
        raise KeyUnusable(f"{FILE} in the folder of keys is not the one that sealed this") from error


def new_secret(desk: Desk) -> str:
    """A secret of 256 random bits, as an address or a cookie can carry it."""
    return urlsafe_b64encode(desk.identifiers.random(SECRET_BYTES)).decode().rstrip("=")


def hash_of(secret: str) -> str:
    """SHA-256 of a secret that is itself random enough, hex: what rests in the database."""
    return sha256(secret.encode()).hexdigest()


def _cipher(desk: Desk) -> AESGCM:
    return AESGCM(digest(_key(desk), b"second factors", "sha256"))


def _key(desk: Desk) -> bytes:
    path = desk.keys / FILE
    try:
        return _read(path)
    except FileNotFoundError:
        _make(path, desk.identifiers.random(LENGTH))
        return _read(path)


@lru_cache(maxsize=8)
def _read(path: Path) -> bytes:
    key = path.read_bytes()
    if len(key) != LENGTH:
        raise KeyUnusable(f"{path} does not hold a key")
    return key


def _make(path: Path, key: bytes) -> None:
    """Whole or not at all: of two processes that make it at once, one wins and both read the winner's."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{FILE}.{os.getpid()}.{key[:4].hex()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(descriptor, key)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
