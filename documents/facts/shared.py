# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Facts that papers of several kinds have in common: the mark, the benches' words, contributions, indicators."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from documents.facts.text import Text

Word = Literal["endorsed", "reservation", "refused", "vacant", "no_reply", "consulted"]


@dataclass(frozen=True, kw_only=True)
class PaperMark:
    """What identifies a paper on every page of it."""

    reference: str
    version: int
    tip: str
    """The hash of the event that ordered the paper, in hexadecimal."""
    ordered_on: date
    programme: Text
    specimen: bool = False
    public_url: str | None = None
    """Where anybody can check the paper; without it no QR is printed."""
    emblem: str = "eight-arcs"


@dataclass(frozen=True, kw_only=True)
class BenchWord:
    """A bench's word on a paper; a seat may be empty and a bench may be silent."""

    country: Text
    bench: Text
    word: Word
    organisation: str | None = None
    text: Text | None = None
    """The reservation, or the reason of a refusal, in the bench's own words."""
    on: date | None = None
    """The day of the word; for *no reply*, the day by which one was asked for."""


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One thing that is measured, from where, to where, and where the figure comes from."""

    code: str
    definition: Text
    baseline: str | None
    baseline_year: int | None
    target: str
    target_on: date | None
    source: Text
    disaggregation: Text | None = None
    baseline_by: Text | None = None
    """Without a baseline: the measure that will produce it."""


@dataclass(frozen=True, kw_only=True)
class Contribution:
    """What one party gives: physical quantities first, money only when the party says so."""

    party: Text
    category: Text
    quantity: Decimal
    unit: Text
    description: Text
    amount: Decimal | None = None
    currency: str | None = None
    method: Text | None = None
    """How the amount was valued, and the source of the rate."""


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """The cooperation that a paper belongs to."""

    reference: str
    title: Text
