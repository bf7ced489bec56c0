# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What a roadmap says: the measures a country adopts after an exchange, who answers for each, how it will be known."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from documents.facts.shared import BenchWord, Exchange, Indicator, PaperMark
from documents.facts.text import Text

Progress = Literal["planned", "under_way", "done", "dropped"]
Level = Literal["low", "medium", "high"]
EgirMarker = Literal[0, 1, 2]


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One thing that the country will do; without a budget the table says *none*."""

    code: str
    title: Text
    output: Text
    responsible: Text
    starts_on: date
    ends_on: date
    progress: Progress
    support: Text | None = None
    budget: Decimal | None = None
    currency: str | None = None
    source: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Adaptation:
    """What was learnt, and what the country decided to do differently at home."""

    learnt: Text
    decided: Text


@dataclass(frozen=True, kw_only=True)
class Risk:
    """What could go wrong, and the answer prepared for it."""

    description: Text
    likelihood: Level
    impact: Level
    answer: Text


@dataclass(frozen=True, kw_only=True)
class Milestone:
    """A day by which something must be visible."""

    code: str
    title: Text
    on: date


@dataclass(frozen=True, kw_only=True)
class Approval:
    """The government's own approval of its roadmap."""

    institution: Text
    title: Text
    name: str | None = None
    on: date | None = None
    instrument: Text | None = None


@dataclass(frozen=True, kw_only=True)
class RoadmapFacts:
    """Everything that a country's roadmap says."""

    mark: PaperMark
    country: Text
    title: Text
    origin: Exchange
    partners: tuple[Text, ...]
    """The countries and partners of the exchange the roadmap grew from, each as in a sentence: `o Brasil`."""
    context: Text
    baseline: Text
    objective: Text
    measures: tuple[Measure, ...]
    indicators: tuple[Indicator, ...]
    benches: tuple[BenchWord, ...]
    approval: Approval
    egir: EgirMarker | None
    """How far equality is an objective; None while nobody has set the marker."""
    adaptations: tuple[Adaptation, ...] = ()
    risks: tuple[Risk, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    follow_up: tuple[Text, ...] = ()
    egir_text: Text | None = None
