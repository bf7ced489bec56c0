# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What happened, before and after it has a place in a stream; and the names of all events that are no fact.

Events are past tense. A fact's event is named in its rule (`cycle.facts`); those here move the exchange or tell it what
happened elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Happening:
    """An event a decision asks for: its type, its payload in the clear, and which fields are to be sealed."""

    type: str
    payload: Mapping[str, Any]
    sealed: tuple[str, ...] = ()


class Told(Protocol):
    """An event in its stream, as far as a fold reads it."""

    @property
    def type(self) -> str: ...
    @property
    def payload(self) -> Mapping[str, Any]: ...
    @property
    def seq(self) -> int: ...
    @property
    def occurred_at(self) -> str: ...
    @property
    def recorded_at(self) -> str: ...


EXCHANGE_DRAFTED = "ExchangeDrafted"
EXCHANGE_IMPORTED = "ExchangeImported"
STAGE_RECORDED = "StageRecorded"
STAGE_MOVED = "StageMoved"
LIFECYCLE_CHANGED = "LifecycleChanged"
PARTY_REPLACED = "PartyReplaced"
EXCHANGE_RENEWED = "ExchangeRenewed"
BREACH_EXCUSED = "BreachExcused"
AGREEMENT_TOOK_EFFECT = "AgreementTookEffect"
AGREEMENT_LOST_EFFECT = "AgreementLostEffect"
AGREEMENT_SUPERSEDED = "AgreementSuperseded"
PAPER_ORDERED = "PaperOrdered"
PAPER_DRAWN_UP = "PaperDrawnUp"
CORRECTED = "Corrected"
ENTRY_CONFIRMED = "EntryConfirmed"
ENTRY_CONTESTED = "EntryContested"

PLACING = frozenset({EXCHANGE_DRAFTED, EXCHANGE_IMPORTED, STAGE_RECORDED, STAGE_MOVED, LIFECYCLE_CHANGED})
"""Events after which an exchange stands somewhere else."""

ANSWERS = frozenset({ENTRY_CONFIRMED, ENTRY_CONTESTED})
"""What a country says to an entry that an officer made in its name."""

BESIDE = frozenset({PAPER_ORDERED, PAPER_DRAWN_UP, *ANSWERS})
"""Events that change nothing a reader of the exchange could lose by acting on what they saw."""
