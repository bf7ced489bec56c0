# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What somebody wants to happen to one exchange, before anything is decided."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cycle.items import Item


@dataclass(frozen=True, slots=True)
class PartyNamed:
    """A party at the start of an exchange. `role`: offers, asks, both, facilitates or supports."""

    party: str
    role: str
    institution: str | None = None


@dataclass(frozen=True, slots=True)
class DraftExchange:
    """Open a new exchange. `first_party` came through `door`; `derived_from` names the exchange it renews."""

    title: str
    door: str
    weight: str
    parties: tuple[PartyNamed, ...]
    origin: str = "entered"
    derived_from: str | None = None


@dataclass(frozen=True, slots=True)
class MakeMove:
    """Make a named move. `says`: what the move carries (reason, counterpart, review_on, old, new).

    reference: taken from the counter by the caller when the exchange leaves draft.
    """

    move: str
    says: Mapping[str, Any] = field(default_factory=dict)
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class StateFact:
    """Say a fact. `item`: the present state of the item it touches, loaded by the caller.

    corrects: for a correction, the kind of fact, payload and seq of the event that is corrected.
    retold: whether the item was said anew after that event.
    """

    kind: str
    fields: Mapping[str, Any]
    item: Item | None = None
    corrects: tuple[str, Mapping[str, Any], int] | None = None
    retold: bool = False
