# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The dictionary of the cycle as types: one word per idea, the same in code, tables, routes and pages.

Source: docs/concepts.md; the order of the eight stages is that of the programme's own Good Practice form.
"""

from enum import StrEnum


class Stage(StrEnum):
    """Where an exchange stands: the eight stages between *draft* and *closed*."""

    DRAFT = "draft"
    OFFER = "offer"
    DEMAND = "demand"
    COMMITMENT = "commitment"
    EXECUTION = "execution"
    REFLECTION = "reflection"
    ACTION = "action"
    ACCOMPANIMENT = "accompaniment"
    FEEDBACK = "feedback"
    CLOSED = "closed"


class Lifecycle(StrEnum):
    """Whether an exchange lives, beside its stage: an ended one keeps the stage it ended in."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    EXPIRED = "expired"
    TERMINATED = "terminated"
    COMPLETED = "completed"


class Door(StrEnum):
    """How an exchange came in: somebody offered, or somebody asked."""

    OFFER = "offer"
    DEMAND = "demand"


class Weight(StrEnum):
    """How heavy an instrument the exchange needs."""

    LIGHT = "light"
    STANDARD = "standard"
    TRIANGULAR = "triangular"


class Level(StrEnum):
    """How hard a need binds: now, at a later named stage, or as advice."""

    MUST = "must"
    LATER = "later"
    ADVICE = "advice"
    OFF = "off"


class PartyRole(StrEnum):
    """What a party does in one exchange; a party may hold several at once."""

    OFFERS = "offers"
    ASKS = "asks"
    FACILITATES = "facilitates"
    SUPPORTS = "supports"


class Origin(StrEnum):
    """How an exchange entered Minga; fixed in its first event."""

    ENTERED = "entered"
    IMPORTED = "imported"
    WALKED = "walked"
    DEMONSTRATION = "demonstration"


OVERDUE = "overdue"
"""The flag by which the ledger says that a stage's allowance was breached, with the day that was missed."""

SPECIMENS = frozenset({Origin.WALKED, Origin.DEMONSTRATION})
"""The origins of what is no real exchange."""

_FROM_COMMITMENT = tuple(Stage)[3:]
PATHS: dict[str, tuple[Stage, ...]] = {
    Door.OFFER: (Stage.DRAFT, Stage.OFFER, Stage.DEMAND, *_FROM_COMMITMENT),
    Door.DEMAND: (Stage.DRAFT, Stage.DEMAND, Stage.OFFER, *_FROM_COMMITMENT),
}
BOTH_DOORS = 2
"""The place of the second of the two, which every path passes before commitment."""
PLACES = {door: {stage: place for place, stage in enumerate(path)} for door, path in PATHS.items()}


def place(stage: str, door: str) -> int:
    """How far along its own path a stage lies: 0 is draft, 9 is closed."""
    return PLACES[door][stage]  # type: ignore[index]  # a StrEnum key is found by its plain text


def is_ahead(here: str, there: str, door: str) -> bool:
    """Whether a step leads ahead on a door's path. Offer and demand are both passed, the door's own first."""
    at, to = place(here, door), place(there, door)
    return at < to and (to <= at + 1 or at >= BOTH_DOORS)
