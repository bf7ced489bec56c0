# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What a Good Practice form says, heading by heading as the programme's own form has them."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from documents.facts.shared import Exchange, PaperMark
from documents.facts.text import Text

StepState = Literal["done", "under_way", "not_held"]


@dataclass(frozen=True, kw_only=True)
class Step:
    """One of the eight steps as this exchange walked it."""

    number: int
    name: Text
    state: StepState
    entered_on: date | None = None
    left_on: date | None = None
    laps: int = 1
    note: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Attendance:
    """How many took part, by bench and sex; *unknown* is not zero."""

    bench: Text
    women: int | None
    men: int | None
    unknown: int | None


@dataclass(frozen=True, kw_only=True)
class Material:
    """A published product and where to find it."""

    title: Text
    address: str | None = None
    licence: str | None = None


@dataclass(frozen=True, kw_only=True)
class GoodPracticeFacts:
    """The form's thirteen headings after the title, and two annexes from the exchange's own history."""

    mark: PaperMark
    title: Text
    author: Text
    institution: Text
    countries: tuple[Text, ...]
    objectives: Text
    cooperation: Text
    effectiveness: Text
    innovation: Text
    funding: Text
    contact: tuple[Text, ...]
    results: tuple[Text, ...]
    adaptability: Text
    sustainability: Text
    materials: tuple[Material, ...]
    origin: Exchange
    steps: tuple[Step, ...]
    attendance: tuple[Attendance, ...] = ()
    draft: bool = False
    """True while the text is a first draft made from the record and no person has edited it."""
