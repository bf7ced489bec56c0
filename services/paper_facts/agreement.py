# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The agreement's facts: the text the parties proposed last, who signs it, and the annexes from the exchanges it covers.

Where the parties wrote no term of their own the model text's stands (24 months, each bears its own costs). The paper is
ordered when the text is opened for signature, so no counterpart of this text exists yet; an activity without a day cannot
stand in a dated workplan and waits for its day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy import Connection

from agreements import agreement as a
from agreements.agreement import Agreement
from cycle.items import Item
from cycle.programme import Programme
from documents.facts import (
    Activity,
    AgreementFacts,
    Contact,
    Facilitator,
    Party,
    Signatory,
    Text,
)
from documents.facts.agreement import Financing, Register
from documents.facts.text import ANY
from ledger.event import Event
from services.desk import Desk
from services.paper_facts.common import (
    bench_words,
    code_of,
    contributions_of,
    day_of,
    exchange_of,
    funding_of,
    indicators_of,
    institution_of,
    party_in_a_sentence,
    party_name,
    role_of,
    vocabulary_word,
)
from services.paper_facts.phrases import given, in_languages, in_one_line, label, listed, phrase, semicolons
from services.paper_facts.record import Order, Record, clear_values, covered_exchange, title_of
from storage import streams

MODEL_DURATION_MONTHS = 24
MODEL_NOTICE_DAYS = 90
MODEL_FINANCING: Financing = "own_costs"


@dataclass(frozen=True, slots=True)
class _Draft:
    """An agreement as it stood when its paper was ordered. `terms`: the words of its newest text."""

    order: Order
    programme: Programme
    standing: Agreement
    events: tuple[Event, ...]
    names: Mapping[tuple[int, str], str]
    terms: Mapping[str, Any]
    covered: tuple[Record, ...]

    @property
    def main(self) -> Record:
        """The exchange for which it was drafted."""
        return self.covered[0]


def agreement_facts(desk: Desk, connection: Connection, order: Order) -> AgreementFacts:
    """Everything the agreement says; its terms were judged when they were proposed."""
    draft = _draft(desk, connection, order)
    standing, terms, main = draft.standing, draft.terms, draft.main
    on = order.ordered_on(draft.programme)
    return AgreementFacts(
        mark=order.mark(draft.programme, standing.reference or standing.agreement, specimen=standing.specimen),
        register=cast(Register, standing.register),
        originals=originals(draft.programme, standing.parties),
        subject=given(standing.title),
        object=_object(draft),
        parties=tuple(_party(draft, code) for code in standing.parties),
        exchanges=tuple(exchange_of(record) for record in draft.covered),
        objectives=_objectives(draft),
        results=_written(draft, terms.get("results", ())),
        themes=_sheet_words(main, "themes", "theme") + _sheet_words(main, "cross_cutting", "cross_cutting"),
        supply_chains=_sheet_words(main, "supply_chains", "supply_chain"),
        modalities=_sheet_words(main, "modalities", "modality"),
        territories=_territories(main),
        population=_population(main),
        workplan=_workplan(draft),
        contributions=_all(draft, contributions_of),
        signatories=tuple(_signatory(draft, code) for code in standing.parties),
        secretariat=phrase("secretariat", programme=title_of(draft.programme)),
        duration_months=terms.get("duration_months", MODEL_DURATION_MONTHS),
        notice_days=MODEL_NOTICE_DAYS,
        prevailing=terms.get("prevailing_language") or None,
        recitals=_recitals(draft.programme),
        framework=_framework(main),
        facilitator=_facilitator(draft),
        benches=_all(draft, lambda record: bench_words(record, "agreement", on)),
        indicators=_all(draft, indicators_of),
        contacts=_all(draft, lambda record: _contacts(record, order.row.languages)),
        funding_sources=_all(draft, funding_of),
        financing=terms.get("financing", MODEL_FINANCING),
        immunities=any(code.startswith("org-") for code in main.standing.members()),
        done_at=in_languages(terms["done_at"]) if terms.get("done_at") else None,
    )


def originals(programme: Programme, parties: Iterable[str]) -> tuple[str, ...]:
    """The languages in which the parties sign: every language set of the paper in which a party finds its own."""
    sets = programme.paper_languages("agreement")
    spoken = {lang for code in parties for lang in programme.countries.get(code, {}).get("languages", ())}
    chosen = [languages for languages in sets if spoken & set(languages)] or [sets[0]]
    return tuple(dict.fromkeys(language for languages in chosen for language in languages))


def _draft(desk: Desk, connection: Connection, order: Order) -> _Draft:
    stream = order.row.stream
    events = tuple(streams.read_stream(connection, stream, up_to=order.row.ordered_seq))
    standing = a.fold(order.row.agreement or "", events)
    programme = desk.programme(connection, standing.programme, standing.programme_version)
    texts = [event.payload for event in events if event.type == a.TEXT_PROPOSED]
    terms = texts[-1].get("terms", {}) if texts else {}
    covered = tuple(covered_exchange(desk, connection, exchange, order) for exchange in standing.exchanges)
    return _Draft(order, programme, standing, events, clear_values(connection, stream), terms, covered)


def _all(draft: _Draft, read: Any) -> Any:
    """What each covered exchange adds to an annex, one after the other."""
    return tuple(found for record in draft.covered for found in read(record))


def _object(draft: _Draft) -> Text:
    if draft.terms.get("object"):
        return _inside_a_sentence(draft, in_languages(draft.terms["object"]))
    parties = listed(party_in_a_sentence(draft.main, code) for code in draft.standing.parties)
    return phrase("object_of", parties=parties, title=given(draft.main.standing.title))


def _objectives(draft: _Draft) -> tuple[Text, ...]:
    if draft.terms.get("objectives"):
        return _written(draft, draft.terms["objectives"])
    offer, demand = draft.main.one("sheet-offer"), draft.main.one("sheet-demand")
    said = [phrase("objective_learn", words=given(demand["learns"]))] if demand.get("learns") else []
    said += [phrase("objective_share", words=given(offer["shares"]))] if offer.get("shares") else []
    return tuple(said) or (_object(draft),)


def _written(draft: _Draft, terms: Any) -> tuple[Text, ...]:
    """Terms as lines of a list: one text or many, each in one language or several."""
    every = terms if isinstance(terms, list | tuple) else [terms]
    return tuple(_inside_a_sentence(draft, in_languages(term)) for term in every if term)


def _inside_a_sentence(draft: _Draft, text: Text) -> Text:
    """Its first letter small, as after «tiene por objeto»; names of countries and abbreviations keep theirs."""
    names = {name for country in draft.programme.countries.values() for name in country["names"].values()}
    return Text(tuple((language, _small(words, names)) for language, words in text.said))


def _small(words: str, names: Iterable[str]) -> str:
    first = words.split(" ", 1)[0]
    if first[1:] != first[1:].lower() or any(words.startswith(name) for name in names):
        return words
    return words[:1].lower() + words[1:]


def _party(draft: _Draft, code: str) -> Party:
    record, terms = draft.main, draft.terms
    name = party_name(record, code)
    signs = draft.standing.signatories.get(code, {})
    institution = (
        _signing(draft, code, signs["institution"]) if signs.get("institution") else institution_of(record, code)
    )
    executing = _executing(draft, code) or institution_of(record, code)
    return Party(
        country=code,
        name=name,
        in_a_sentence=party_in_a_sentence(record, code),
        state=name,
        institution=institution,
        role=_role(draft, code),
        represented_by=phrase("represented_by", office=given(signs["title"])) if signs.get("title") else None,
        executing=(executing,),
        commitments=_written(draft, terms.get("commitments", {}).get(code, ())),
    )


def _executing(draft: _Draft, code: str) -> Text | None:
    """The authority that the text itself names for a party, in each language of the text."""
    authority = draft.terms.get("authorities", {}).get(code)
    return in_languages(authority) if authority else None


def _signing(draft: _Draft, code: str, institution: str) -> Text:
    """Who signs, as it was listed; in every language when the text names that same authority in several."""
    signing, executing = given(institution), _executing(draft, code)
    known = {words for _, words in executing.said} if executing else set()
    return executing if executing and signing.in_language(ANY) in known else signing


def _role(draft: _Draft, code: str) -> Text:
    """What a party does; the words agreed for the facilitator stand beside its role."""
    role, agreed = role_of(draft.main, code), draft.terms.get("facilitator_role")
    if agreed and code in draft.main.standing.members("facilitates"):
        return phrase("role_agreed", role=role, words=in_languages(agreed))
    return role


def _signatory(draft: _Draft, code: str) -> Signatory:
    listings = [e for e in draft.events if e.type == a.SIGNATORY_LISTED and e.payload["party"] == code]
    party, in_a_sentence = party_name(draft.main, code), party_in_a_sentence(draft.main, code)
    if not listings:
        institution, title = institution_of(draft.main, code), phrase("to_be_named")
        return Signatory(party=party, in_a_sentence=in_a_sentence, institution=institution, title=title)
    newest = listings[-1]
    languages = draft.order.row.languages
    name = draft.names.get((newest.seq, "name")) or in_one_line(phrase("erased"), languages)
    institution, title = _signing(draft, code, newest.payload["institution"]), given(newest.payload["title"])
    return Signatory(party=party, in_a_sentence=in_a_sentence, institution=institution, title=title, name=name)


def _facilitator(draft: _Draft) -> Facilitator | None:
    helping = draft.main.standing.members("facilitates")
    if not helping:
        return None
    given_ones = [i.body["description"] for i in _given_by(draft.main, helping) if i.body.get("description")]
    gives = [_inside_a_sentence(draft, given(words)) for words in given_ones]
    return Facilitator(
        institution=listed(institution_of(draft.main, code) for code in helping),
        contribution=semicolons(gives) if gives else phrase("facilitates_as_annexed"),
        signs="agreement" if set(helping) & set(draft.standing.parties) else "nothing",
    )


def _given_by(record: Record, parties: Iterable[str]) -> list[Item]:
    return [item for item in record.of_kind("contribution") if item.party in tuple(parties)]


def _workplan(draft: _Draft) -> tuple[Activity, ...]:
    planned = [
        item
        for record in draft.covered
        for item in record.of_kind("activity")
        if item.status != "waived" and item.body.get("on")
    ]
    planned.sort(key=lambda item: (item.body["on"], item.said_seq))
    return tuple(map(_activity, planned))


def _activity(item: Item) -> Activity:
    body = item.body
    starts_on, until = date.fromisoformat(body["on"]), day_of(body.get("until"))
    mode = phrase(f"mode.{body['mode']}")
    days = body.get("days", 0)
    return Activity(
        code=code_of(item, "A"),
        title=given(body["title"]),
        mode=phrase("mode_and_days", mode=mode, days=days) if days > 1 else mode,
        responsible=given(body["responsible"]) if body.get("responsible") else phrase("the_parties"),
        starts_on=starts_on,
        ends_on=max(starts_on, until) if until else starts_on,
        place=given(body["place"]) if body.get("place") else None,
        output=given(body["output"]) if body.get("output") else None,
    )


def _contacts(record: Record, languages: tuple[str, ...]) -> tuple[Contact, ...]:
    """Whom the sheets name to write to; the address was sealed, and may have been erased."""
    found: list[Contact] = []
    for event in record.events:
        if event.type == "SheetSubmitted" and "contact" in event.payload:
            party = str(event.payload.get("party") or _side_party(record, event.payload["side"]))
            address = record.clear.get((event.seq, "contact")) or in_one_line(phrase("erased"), languages)
            found.append(Contact(party=party_name(record, party), unit=institution_of(record, party), address=address))
    return tuple({contact.party: contact for contact in found}.values())


def _side_party(record: Record, side: str) -> str:
    members = record.standing.members("offers" if side == "offer" else "asks")
    return members[0] if members else record.standing.first_party


def _sheet_words(record: Record, vocabulary: str, field: str) -> tuple[Text, ...]:
    codes = [record.one(f"sheet-{side}").get(field) for side in ("offer", "demand")]
    return tuple(vocabulary_word(record.programme, vocabulary, code) for code in dict.fromkeys(codes) if code)


def _territories(record: Record) -> tuple[Text, ...]:
    demand = record.one("sheet-demand")
    named = (given(demand["territory"]),) if demand.get("territory") else ()
    return named + ((phrase("national"),) if demand.get("national") else ())


def _population(record: Record) -> Text | None:
    population = record.one("sheet-demand").get("population")
    return given(population) if population else None


def _recitals(programme: Programme) -> tuple[Text, ...]:
    """What the parties consider, in the programme's own words: each programme has its own cause."""
    recitals = programme.document["papers"]["agreement"].get("recitals", ())
    return tuple(label(words, programme.first_language) for words in recitals)


def _framework(record: Record) -> tuple[Text, ...]:
    cited = record.one("instrument")
    if not cited:
        return ()
    on = day_of(cited["signed_on"])
    return (phrase("cited", title=given(cited["title"]), on=on),) if on else ()
