# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Facts of offer, demand and commitment: sheets, answers, consents, consultations, instruments, contributions."""

from collections.abc import Mapping
from typing import Any

from cycle.facts.rule import BENCH_FIELD, PARTY_FIELD, Fact, Payload, Place, amount, choice, day, number, text, yes
from cycle.roles import ANYONE, BENCH, PARTY, SECRETARIAT

_PAPERS = ("agreement", "roadmap", "commitment-minute")
_SIDE = choice("side", "offer", "demand", required=True)


def _sheet_says(payload: Payload) -> Mapping[str, Any]:
    kept = ("side", "item", "party", "counts", "contact")
    return {f"sheet.{payload['side']}.{name}": True for name in payload if name not in kept}


FACTS = (
    Fact(
        "sheet",
        "SheetSubmitted",
        fields=(
            _SIDE,
            text("institution"),
            text("shares"),
            text("theme", vocabulary="themes"),
            text("cross_cutting", vocabulary="cross_cutting"),
            text("supply_chain", vocabulary="supply_chains"),
            text("modality", vocabulary="modalities"),
            text("language", vocabulary="languages"),
            text("availability"),
            text("evidence"),
            yes("no_evidence_yet"),
            text("problem"),
            text("learns"),
            text("territory"),
            yes("national"),
            text("population"),
            text("baseline"),
            text("baseline_plan"),
            text("sdg_target", vocabulary="sdg_targets"),
            text("outcome", vocabulary="outcomes"),
            text("contact", sealed=True),
        ),
        by=(PARTY, SECRETARIAT),
        place=Place.KEYED,
        key=("side",),
        adds=True,
        says=_sheet_says,
    ),
    Fact(
        "validation",
        "SheetValidated",
        fields=(_SIDE,),
        by=(SECRETARIAT,),
        place=Place.KEYED,
        key=("side",),
        says=lambda payload: {f"validation.{payload['side']}": True},
    ),
    Fact(
        "answer",
        "CounterpartAnswered",
        fields=(PARTY_FIELD, text("institution"), text("note")),
        by=(ANYONE,),
        place=Place.PER_PARTY,
        says=lambda _: {},
    ),
    Fact(
        "acceptance",
        "MatchAccepted",
        fields=(PARTY_FIELD, text("note")),
        by=(PARTY,),
        place=Place.PER_PARTY,
        consent=True,
    ),
    Fact(
        "consultation",
        "BenchConsulted",
        fields=(PARTY_FIELD, BENCH_FIELD, choice("paper", *_PAPERS, required=True), text("by_means")),
        by=(PARTY, SECRETARIAT),
        place=Place.KEYED,
        of="word",
        key=("paper", "party", "bench"),
        status="asked",
        says=lambda _: {},
    ),
    Fact(
        "endorsement",
        "WordGiven",
        fields=(
            PARTY_FIELD,
            BENCH_FIELD,
            choice("paper", *_PAPERS, required=True),
            choice("word", "endorsed", "with_reservation", "refused", "seat_vacant", required=True),
            text("reservation"),
        ),
        by=(BENCH,),
        place=Place.KEYED,
        of="word",
        key=("paper", "party", "bench"),
        status="given",
        adds=True,
        consent=True,
        says=lambda _: {},
    ),
    Fact(
        "reply",
        "ReplyGiven",
        fields=(PARTY_FIELD, BENCH_FIELD, choice("paper", *_PAPERS, required=True), text("text", required=True)),
        by=(BENCH,),
        place=Place.KEYED,
        key=("paper", "party", "bench"),
        consent=True,
        says=lambda _: {},
    ),
    Fact(
        "text_revised",
        "TextRevised",
        fields=(choice("paper", *_PAPERS, required=True), text("summary", required=True)),
        by=(PARTY, SECRETARIAT),
        place=Place.KEYED,
        of="text",
        key=("paper",),
        says=lambda _: {},
    ),
    Fact(
        "instrument",
        "InstrumentCited",
        fields=(
            text("title", required=True),
            text("reference"),
            day("signed_on", required=True, past=True),
            choice("register", "binding", "non_binding"),
            day("in_force_until"),
        ),
        by=(PARTY, SECRETARIAT),
        says=lambda payload: {"instrument": payload.get("in_force_until") or True},
    ),
    Fact(
        "minute",
        "MinuteSigned",
        fields=(
            day("signed_on", required=True, past=True),
            text("place"),
            text("signatories", required=True, sealed=True),
            text("summary", required=True),
        ),
        by=(PARTY,),
        consent=True,
    ),
    Fact(
        "contribution",
        "ContributionStated",
        fields=(
            PARTY_FIELD,
            yes("none"),
            choice("code", "D011", "D012", "D013", "D021", "J01"),
            text("description"),
            number("quantity"),
            text("unit"),
            amount("amount"),
            text("currency", vocabulary="currencies"),
            text("valuation_method"),
            text("rate_source"),
        ),
        by=(PARTY, SECRETARIAT),
        place=Place.NEW,
        either=("none", "description"),
    ),
    Fact(
        "weight",
        "WeightChanged",
        fields=(choice("weight", "light", "standard", "triangular", required=True), text("reason", required=True)),
        by=(PARTY, SECRETARIAT),
        says=lambda _: {},
    ),
)
