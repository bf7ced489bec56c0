# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The words of the ledger: a draft, an event, a tip.

A draft is an event that has not yet found its place; `ledger.chain.extend` gives it one. An event
never changes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple


@dataclass(frozen=True, slots=True)
class Draft:
    """What is about to be remembered.

    `sealed` holds the clear values of the fields that may be erased one day;
    `ledger.sealing.seal_drafts` moves their digests into the payload and empties it, and `extend`
    refuses a draft that was not sealed.
    """

    type: str
    payload: Mapping[str, Any]
    v: int = 1
    sealed: Mapping[str, str] = field(default_factory=dict)


class Tip(NamedTuple):
    """The last event of a stream: how many there are, and its hash."""

    seq: int
    hash: str


GENESIS = Tip(0, "0" * 64)


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the ledger, as stored.

    `canonical` holds every field but itself and `hash`, which is its SHA-256.
    `payload_text` is the payload as the column holds it; `payload` is the same, parsed.
    """

    stream: str
    seq: int
    type: str
    v: int
    payload: dict[str, Any]
    actor: str
    on_behalf_of: str | None
    occurred_at: str
    recorded_at: str
    programme_version: str | None
    previous: str
    canonical: bytes
    hash: str
    payload_text: str

    @property
    def tip(self) -> Tip:
        return Tip(self.seq, self.hash)
