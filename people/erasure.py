# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Erasing a person: asked for by one officer with a reason, decided by another, and told value by value.

Each erasure has a stream of its own, `erasure/…`. The events hold a random id and places, never a name. What was sealed about
the person goes; the digests stay, so the chain does. A signed paper keeps the names it was signed with.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from cycle.checking import is_text
from cycle.events import Happening
from cycle.refusals import Refusal

STREAM = "erasure/"
ASKED = "ErasureAsked"
DECIDED = "ErasureDecided"
VALUES_ERASED = "ValuesErased"
LONGEST_REASON = 2000
LONGEST_PARTICLE = 2
"""`de`, `da`, `e` stand in names and in any reason."""
_WORD = re.compile(r"\w+")


class SealedPlace(NamedTuple):
    """Where a value is sealed."""

    stream: str
    seq: int
    field: str


@dataclass(frozen=True, slots=True)
class Erasure:
    """Where one erasure stands. `values`: how many sealed values were erased so far."""

    erasure: str
    person: str
    reason: str
    asked_by: str
    asked_at: str
    decided_by: str | None = None
    decided_at: str | None = None
    values: int = 0
    seq: int = 0

    @property
    def status(self) -> str:
        return "asked" if self.decided_at is None else "decided"


def stream_of(erasure: str) -> str:
    return STREAM + erasure


def ask(
    person: str, reason: str, named: Iterable[SealedPlace], *, name: str = "", address: str = ""
) -> Happening | Refusal:
    """The event by which an erasure is asked for.

    named: sealed values about the person that its name does not find
    name, address: of the person, which the reason does not hold, since it stays for ever
    """
    if not reason.strip() or len(reason) > LONGEST_REASON or not is_text(reason):
        return Refusal.because("erasure.reason_missing", f"why, in at most {LONGEST_REASON} characters, and no name")
    if is_named_in(reason, name, address):
        return Refusal.because(
            "erasure.reason_names", "a reason without a word of the person's name, and without the address"
        )
    return Happening(ASKED, {"person": person, "reason": reason, "values": [one._asdict() for one in named]})


def is_named_in(text: str, name: str, address: str) -> bool:
    """Whether a text holds a person's address, their name or a word of it, whatever capitals and accents."""
    said, words = _plain(text), _WORD.findall(_plain(name))
    telling = {word for word in words if len(word) > LONGEST_PARTICLE} or set(words)
    return not telling.isdisjoint(_WORD.findall(said)) or (address != "" and _plain(address) in said)


def _plain(text: str) -> str:
    """Small letters without accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part)).strip()


def decide(asked: Erasure, by: str) -> Happening | Refusal:
    """The event by which a second officer decides an erasure."""
    if asked.decided_at is not None:
        return Refusal.because("erasure.decided", "an erasure is decided once")
    if asked.asked_by == by:
        return Refusal.because("erasure.same_officer", "another officer than the one who asked for it")
    return Happening(DECIDED, {"person": asked.person})


def tell_values(places: Iterable[SealedPlace]) -> Happening:
    """The event that names the sealed values which are erased with it."""
    return Happening(VALUES_ERASED, {"values": [one._asdict() for one in sorted(places)]})
