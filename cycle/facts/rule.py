# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The words fact rules are written in: fields, how a fact finds its item, and what it lets be said.

A *fact* is anything said inside a stage. Each fact touches one *item*, the current state of what was said: it opens a
new numbered one (`activity-3`), changes one the command names, or replaces the one there is (`decision`, `lessons-PE`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Payload = Mapping[str, Any]


class Kind(StrEnum):
    """What a field holds. Amounts are decimal texts; figures are whole numbers by name."""

    TEXT = "text"
    DAY = "day"
    NUMBER = "number"
    AMOUNT = "amount"
    YES = "yes"
    CHOICE = "choice"
    PARTY = "party"
    BENCH = "bench"
    FIGURES = "figures"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a fact. `choices` lists them, `vocabulary` takes them from the programme.

    sealed: its values are erasable
    of_benches: figures named by the programme's benches
    past: a day on which something happened, so none that is still to come
    """

    name: str
    kind: Kind = Kind.TEXT
    required: bool = False
    sealed: bool = False
    of_benches: bool = False
    past: bool = False
    choices: tuple[str, ...] = ()
    vocabulary: str | None = None


class Place(StrEnum):
    """How a fact finds its item."""

    NEW = "new"
    NAMED = "named"
    ONE = "one"
    PER_PARTY = "per_party"
    KEYED = "keyed"


@dataclass(frozen=True, slots=True)
class Fact:
    """One kind of fact.

    event: the event it becomes · of: the kind of item it touches · status: what it makes of the item, "" keeps it
    after: the statuses an item may have for this to be said of it, none named: any · having: a field it must have said
    adds: to what the item said before
    by: role words · consent: nobody may say it for a party · either: of these fields at least one
    says: what the standing remembers of it, from the payload (None forgets)
    """

    kind: str
    event: str
    fields: tuple[Field, ...]
    by: tuple[str, ...]
    place: Place = Place.ONE
    of: str = ""
    key: tuple[str, ...] = ()
    status: str = "said"
    after: tuple[str, ...] = ()
    having: str = ""
    adds: bool = False
    consent: bool = False
    either: tuple[str, ...] = ()
    says: Callable[[Payload], Mapping[str, Any]] | None = None

    @property
    def item_kind(self) -> str:
        return self.of or self.kind

    @property
    def key_fields(self) -> frozenset[str]:
        """The fields that say whose it is and which item: never corrected, but struck and said for the other."""
        return frozenset({"party", *self.key})

    @property
    def needs_party(self) -> bool:
        return self.place is Place.PER_PARTY or any(f.name == "party" and f.required for f in self.fields)

    def remembers(self, payload: Payload) -> Mapping[str, Any]:
        """The keys of the standing's `said` this fact sets."""
        if self.says is not None:
            return self.says(payload)
        if self.place is Place.PER_PARTY:
            return {f"{self.kind}/{payload['party']}": True}
        return {self.kind: True} if self.place is Place.ONE else {}


def text(name: str, **more: Any) -> Field:
    return Field(name, **more)


def day(name: str, **more: Any) -> Field:
    return Field(name, Kind.DAY, **more)


def number(name: str, **more: Any) -> Field:
    return Field(name, Kind.NUMBER, **more)


def amount(name: str, **more: Any) -> Field:
    return Field(name, Kind.AMOUNT, **more)


def yes(name: str, **more: Any) -> Field:
    return Field(name, Kind.YES, **more)


def choice(name: str, *choices: str, **more: Any) -> Field:
    return Field(name, Kind.CHOICE, choices=choices, **more)


def figures(name: str, **more: Any) -> Field:
    return Field(name, Kind.FIGURES, **more)


PARTY_FIELD = Field("party", Kind.PARTY, required=True)
BENCH_FIELD = Field("bench", Kind.BENCH, required=True)
