# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Sealing: a personal value leaves only its salted digest in the event.

Value and salt lie apart and can be erased.
Without the salt the digest says nothing, so erasing one row makes the value unfindable while the
chain stays whole.
"""

import hashlib
import hmac
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from unicodedata import normalize

from ledger.event import Draft, Event, Tip
from ledger.findings import Damage, Finding

SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Sealed:
    """A value kept apart from the payload it belongs to."""

    field: str
    value: str
    salt: bytes


@dataclass(frozen=True, slots=True)
class SealedRow:
    """A sealed value with the event it belongs to: one row of the table `sealed`."""

    stream: str
    seq: int
    field: str
    value: str
    salt: bytes


def seal(value: str, salt: bytes) -> str:
    """The digest that takes the value's place: SHA-256 of salt and composed UTF-8 text, in hex."""
    return hashlib.sha256(salt + normalize("NFC", value).encode()).hexdigest()


def opens(digest: str, value: str, salt: bytes) -> bool:
    """Is this the value, with this salt, that the digest stands for?"""
    return hmac.compare_digest(digest, seal(value, salt))


def seal_fields(
    payload: Mapping[str, Any],
    sealed_names: Iterable[str],
    random: Callable[[int], bytes] = os.urandom,
) -> tuple[dict[str, Any], tuple[Sealed, ...]]:
    """The payload with `{"sealed": digest}` for each named field, and what was taken out.

    Only fields at the top of the payload, and only text; None and absent fields stay as they are.
    """
    covered = dict(payload)
    taken = tuple(
        Sealed(name, normalize("NFC", covered[name]), random(SALT_BYTES))
        for name in sorted(sealed_names)
        if covered.get(name) is not None
    )
    covered.update({item.field: {"sealed": seal(item.value, item.salt)} for item in taken})
    return covered, taken


def seal_drafts(
    stream: str,
    tip: Tip,
    drafts: Sequence[Draft],
    random: Callable[[int], bytes] = os.urandom,
) -> tuple[tuple[Draft, ...], tuple[SealedRow, ...]]:
    """The drafts with digests for their `sealed` values, and the rows to store beside them."""
    covered: list[Draft] = []
    rows: list[SealedRow] = []
    for seq, draft in enumerate(drafts, tip.seq + 1):
        if not draft.sealed:
            covered.append(draft)
            continue
        payload, taken = seal_fields({**draft.payload, **draft.sealed}, draft.sealed, random)
        covered.append(Draft(draft.type, payload, draft.v))
        rows.extend(SealedRow(stream, seq, one.field, one.value, one.salt) for one in taken)
    return tuple(covered), tuple(rows)


def verify_sealed(event: Event, rows: Iterable[SealedRow]) -> Iterator[Finding]:
    """Each stored value that is not the one its event holds the digest of. Erased values are no fault."""
    for row in rows:
        held = event.payload.get(row.field)
        digest = held.get("sealed") if isinstance(held, dict) else None
        if isinstance(digest, str) and opens(digest, row.value, row.salt):
            continue
        kind, told = Damage.SEALED_VALUE_DIFFERS, str(digest or "")
        text = f"the sealed {row.field} of event {row.seq} is not the value that was sealed"
        computed = seal(row.value, row.salt)
        yield Finding(kind, row.stream, row.seq, row.field, computed, told, text)
