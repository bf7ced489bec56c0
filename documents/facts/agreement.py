# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What an agreement says: the parties, what they promise, on what terms, and how it was signed.

One class serves both drafting registers. `register` chooses between an agreement that binds and a memorandum that
declares intent; the words of the one never appear in the other.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from documents.facts.shared import BenchWord, Contribution, Exchange, Indicator, PaperMark
from documents.facts.text import Text

Register = Literal["binding", "non_binding"]
Financing = Literal["own_costs", "shared", "pooled"]
EntryIntoForce = Literal["last_signature", "last_note"]
Renewal = Literal["express", "automatic"]
FacilitatorSigns = Literal["agreement", "separate_arrangement", "nothing"]


@dataclass(frozen=True, kw_only=True)
class Party:
    """One side of the agreement; contact persons stay in the annex, so that a new minister never amends the body."""

    country: str
    name: Text
    """How the text calls the party from its second mention on: the country's short name."""
    in_a_sentence: Text
    """The same with the article that a language gives it: `o Brasil`."""
    state: Text
    """The official name of the state."""
    institution: Text
    role: Text
    represented_by: Text | None = None
    """The office that represents the institution, as on the day of signature."""
    authority: Text | None = None
    """The legal basis or full powers of that representation."""
    domicile: Text | None = None
    joined_on: date | None = None
    """The day the country joined the regional programme."""
    executing: tuple[Text, ...] = ()
    commitments: tuple[Text, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Facilitator:
    """The partner of a triangular exchange."""

    institution: Text
    contribution: Text
    conditions: Text | None = None
    signs: FacilitatorSigns = "nothing"


@dataclass(frozen=True, kw_only=True)
class Activity:
    """One dated line of the workplan."""

    code: str
    title: Text
    mode: Text
    responsible: Text
    starts_on: date
    ends_on: date
    place: Text | None = None
    output: Text | None = None
    participants: int | None = None


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Whom a party writes to; an office rather than a person."""

    party: Text
    unit: Text
    address: str


@dataclass(frozen=True, kw_only=True)
class Signatory:
    """Who signs, for which institution; a witness of honour signs apart."""

    party: Text
    in_a_sentence: Text
    """The party with the article that a language gives it, as after *for*."""
    institution: Text
    title: Text
    name: str | None = None
    witness: bool = False


@dataclass(frozen=True, kw_only=True)
class InkCounterpart:
    """A counterpart signed by hand, kept as a scan, confirmed by a second officer of the same country."""

    party: Text
    signed_by: str
    signed_on: date
    place: Text
    confirmed_by: str
    confirmed_on: date
    scan_sha256: str


@dataclass(frozen=True, kw_only=True)
class AgreementFacts:
    """Everything that an agreement says, with every code already turned into words."""

    mark: PaperMark
    register: Register
    originals: tuple[str, ...]
    """The languages the parties sign; a text in any other is a courtesy translation and says so."""
    subject: Text
    object: Text
    parties: tuple[Party, ...]
    exchanges: tuple[Exchange, ...]
    objectives: tuple[Text, ...]
    modalities: tuple[Text, ...]
    workplan: tuple[Activity, ...]
    contributions: tuple[Contribution, ...]
    signatories: tuple[Signatory, ...]
    secretariat: Text
    duration_months: int
    notice_days: int
    prevailing: str | None = None
    copies: int | None = None
    """How many originals are signed; without it, one per party in each language of signature."""
    recitals: tuple[Text, ...] = ()
    framework: tuple[Text, ...] = ()
    """Conventions and earlier instruments that the preamble cites."""
    results: tuple[Text, ...] = ()
    themes: tuple[Text, ...] = ()
    supply_chains: tuple[Text, ...] = ()
    territories: tuple[Text, ...] = ()
    population: Text | None = None
    facilitator: Facilitator | None = None
    benches: tuple[BenchWord, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    contacts: tuple[Contact, ...] = ()
    funding_sources: tuple[Text, ...] = ()
    financing: Financing = "own_costs"
    entry_into_force: EntryIntoForce = "last_signature"
    renewal: Renewal = "express"
    meetings_every_months: int = 6
    reports_every_months: int = 6
    negotiation_days: int = 60
    licence: str = "CC BY 4.0"
    immunities: bool = False
    """True when an organisation of the United Nations system signs or accompanies the text."""
    done_at: Text | None = None
    done_on: date | None = None
    counterparts: tuple[InkCounterpart, ...] = ()
