# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What papers of several kinds say alike: parties and their institutions, contributions, indicators, benches' words."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from cycle.items import Item
from cycle.programme import Programme
from cycle.rules import Lapse
from documents.facts import BenchWord, Contribution, Exchange, Indicator, Text
from documents.facts.shared import Word
from services.paper_facts.phrases import Money, given, label, phrase, sentences
from services.paper_facts.record import Record

NOT_SET = "—"
_WORDS: Mapping[str, Word] = {
    "endorsed": "endorsed",
    "with_reservation": "reservation",
    "refused": "refused",
    "seat_vacant": "vacant",
}


def exchange_of(record: Record) -> Exchange:
    """The cooperation a paper belongs to."""
    return Exchange(reference=record.reference, title=given(record.standing.title))


def party_name(record: Record, code: str) -> Text:
    """A country by its short name, a partner by its institution's."""
    country = record.programme.countries.get(code)
    if country:
        return label(country["names"], record.programme.first_language)
    return given(_institution(record, code) or code)


def party_in_a_sentence(record: Record, code: str) -> Text:
    """`o Brasil`, `el Perú`; a partner is called an institution, as nobody knows which article its own name takes."""
    country = record.programme.countries.get(code)
    if country:
        return label({**country["names"], **country.get("with_article", {})}, record.programme.first_language)
    return phrase("institution", name=party_name(record, code))


def institution_of(record: Record, code: str) -> Text:
    """Who acts for a party; the party itself when nobody is named."""
    named = _institution(record, code)
    return given(named) if named else party_name(record, code)


def _institution(record: Record, code: str) -> str | None:
    party = record.standing.parties.get(code, {})
    sheets = (record.items.get(f"sheet-{side}") for side in ("offer", "demand"))
    on_sheets = (str(s.body["institution"]) for s in sheets if s and s.party == code and s.body.get("institution"))
    return party.get("institution") or next(on_sheets, None)


def role_of(record: Record, code: str) -> Text:
    """What a party does in the exchange, as the texts call it."""
    roles = record.standing.parties.get(code, {}).get("roles", ())
    if {"asks", "offers"} <= set(roles):
        return phrase("role.both")
    order = ("offers", "asks", "facilitates", "supports")
    return phrase(f"role.{next((role for role in order if role in roles), 'supports')}")


def vocabulary_word(programme: Programme, name: str, code: str) -> Text:
    """The label of a word of the programme; a word it no longer lists stands as it is."""
    words = {word["code"]: word["labels"] for word in programme.document["vocabularies"].get(name, ())}
    return label(words[code], programme.first_language) if code in words else given(code)


def bench_name(programme: Programme, code: str) -> Text:
    benches = {bench["code"]: bench["labels"] for bench in programme.document["benches"]}
    return label(benches[code], programme.first_language) if code in benches else given(code)


def stage_name(programme: Programme, stage: str) -> Text:
    return label(programme.document["stages"][stage]["labels"], programme.first_language)


def day_of(value: Any) -> date | None:
    return date.fromisoformat(value) if value else None


def code_of(item: Item, letter: str) -> str:
    """`M3` for `measure-3`."""
    return f"{letter}{item.item.rpartition('-')[2]}"


def amount_of(programme: Programme, body: Mapping[str, Any], name: str) -> Decimal:
    """What was said, with all the decimals of its currency: `1234.5` is USD 1,234.50."""
    return Decimal(body[name]).quantize(Decimal(1).scaleb(-programme.decimals(body["currency"])))


def contributions_of(record: Record) -> tuple[Contribution, ...]:
    """What each party gives, quantities first; a party that said *none* is shown to have said so."""
    return tuple(_contribution(record, item) for item in record.of_kind("contribution"))


def _contribution(record: Record, item: Item) -> Contribution:
    body, party = item.body, party_name(record, item.party or "")
    category = phrase(f"category.{body.get('code', 'none')}")
    if body.get("none"):
        unit, nothing = phrase("no_contribution_unit"), phrase("no_contribution")
        return Contribution(party=party, category=category, quantity=Decimal(0), unit=unit, description=nothing)
    counted = "quantity" in body
    unit = given(body["unit"]) if body.get("unit") else phrase("units")
    return Contribution(
        party=party,
        category=category,
        quantity=Decimal(body["quantity"]) if counted else Decimal(1),
        unit=unit if counted else phrase("unit_unknown"),
        description=given(body["description"]),
        amount=amount_of(record.programme, body, "amount") if "amount" in body else None,
        currency=body.get("currency"),
        method=_method(body),
    )


def _method(body: Mapping[str, Any]) -> Text | None:
    method, source = body.get("valuation_method"), body.get("rate_source")
    if method and source:
        return phrase("rate_source", method=given(method), source=given(source))
    return given(method or source) if method or source else None


def indicators_of(record: Record) -> tuple[Indicator, ...]:
    """What is measured, from where and to where."""
    return tuple(_indicator(record, item) for item in record.of_kind("indicator"))


def _indicator(record: Record, item: Item) -> Indicator:
    body = item.body
    baseline = body.get("baseline")
    return Indicator(
        code=code_of(item, "I"),
        definition=given(body["name"]),
        baseline=with_unit(baseline, body) if baseline else None,
        baseline_year=body.get("baseline_year"),
        baseline_by=_measure_named(record, body["baseline_measure"]) if body.get("baseline_measure") else None,
        target=with_unit(body.get("target"), body),
        target_on=day_of(body.get("target_on")),
        source=given(body["source"]) if body.get("source") else phrase("not_stated"),
    )


def _measure_named(record: Record, name: str) -> Text:
    """`M4` where a measure of this exchange is named, else what was written."""
    item = record.items.get(name)
    return given(code_of(item, "M")) if item and item.kind == "measure" else given(name)


def with_unit(value: Any, body: Mapping[str, Any]) -> str:
    """A figure with its unit; a stroke for one that nobody set; words stay as they are."""
    said = " ".join(str(value or NOT_SET).split())
    is_figure = bool(value) and not any(letter.isalpha() for letter in said)
    return " ".join(f"{said} {body['unit']}".split()) if is_figure and body.get("unit") else said


def funding_of(record: Record) -> tuple[Text, ...]:
    """The sources from which money was set aside for the exchange."""
    return tuple(
        phrase(
            "source_and_amount",
            source=given(", ".join(item.body[name] for name in ("donor", "project_code") if name in item.body)),
            money=Money(amount_of(record.programme, item.body, "amount"), item.body["currency"]),
        )
        for item in record.of_kind("funding")
        if Decimal(item.body["amount"])
    )


def bench_words(record: Record, paper: str, on: date) -> tuple[BenchWord, ...]:
    """The word of each bench that was asked about a paper, as it stood on a day; silence after its term says so."""
    order = {bench: place for place, bench in enumerate(record.programme.benches)}
    asked = [item for item in record.of_kind("word") if item.body["paper"] == paper]
    asked.sort(key=lambda item: (item.party or "", order.get(item.body["bench"], 99)))
    words = tuple(_replied(record, paper, item, _bench_word(record, paper, item, on)) for item in asked)
    heard = {(item.party, item.body["bench"]) for item in asked}
    unasked = [item for item in _replies(record, paper) if (item.party, item.body["bench"]) not in heard]
    return (*words, *(_never_asked(record, item) for item in unasked))


def _replies(record: Record, paper: str) -> list[Item]:
    """What benches replied to a move that did not wait for their word on a paper."""
    return [item for item in record.of_kind("reply") if item.body["paper"] == paper]


def _replied(record: Record, paper: str, item: Item, word: BenchWord) -> BenchWord:
    """A bench's word with its reply beneath it, if it gave one."""
    said = [reply for reply in _replies(record, paper) if _whose(reply) == _whose(item)]
    return replace(word, text=sentences((*filter(None, [word.text]), _reply(said[-1])))) if said else word


def _whose(item: Item) -> tuple[str | None, str]:
    return item.party, item.body["bench"]


def _never_asked(record: Record, item: Item) -> BenchWord:
    """A bench whose consultation itself was waived: silent until the day on which it replied."""
    country, bench = party_name(record, item.party or ""), bench_name(record.programme, item.body["bench"])
    return BenchWord(country=country, bench=bench, word="no_reply", on=record.day(item.said_seq), text=_reply(item))


def _reply(item: Item) -> Text:
    return phrase("reply", words=given(item.body["text"]))


def _bench_word(record: Record, paper: str, item: Item, on: date) -> BenchWord:
    body, party = item.body, item.party or ""
    country, bench = party_name(record, party), bench_name(record.programme, body["bench"])
    since = record.standing.words[f"{paper}/{party}/{body['bench']}"]["since"]
    if "word" not in body:
        word, day = _silence(record, paper, party, since, on)
        return BenchWord(country=country, bench=bench, word=word, on=day)
    if body["version"] < record.standing.text_version(paper):
        text = phrase("earlier_text", version=str(body["version"]))
        return BenchWord(country=country, bench=bench, word="consulted", on=day_of(since), text=text)
    text_said = given(body["reservation"]) if body.get("reservation") else None
    said_on = day_of(body["since"])
    return BenchWord(country=country, bench=bench, word=_WORDS[body["word"]], on=said_on, text=text_said)


def _silence(record: Record, paper: str, party: str, since: str, on: date) -> tuple[Word, date | None]:
    """A bench that did not answer: asked, or silent beyond its term. Only a requester's bench has a term."""
    term = _term(record.programme, paper)
    if term is None or party not in record.standing.members("asks"):
        return "consulted", day_of(since)
    countries = (party,) if party in record.programme.countries else ()
    until = date.fromisoformat(record.programme.calendar.after(since, term, countries))
    return ("no_reply", until) if on > until else ("consulted", day_of(since))


def _term(programme: Programme, paper: str) -> int | None:
    for need in programme.needs.values():
        asks = need.requirement.name == "requester_benches_have_spoken" and need.requirement.params == (paper,)
        if asks and isinstance(need.if_silent, Lapse):
            return need.if_silent.term.days
    return None
