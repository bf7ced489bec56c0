# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The Good Practice form's facts: a readable first draft of every heading, from the record alone.

It is marked as a draft: a person edits it. What the record does not hold is said to be missing under its own heading. The
form is public, so it names institutions and no person that was sealed.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from cycle.items import Item
from documents.facts import Attendance, GoodPracticeFacts, Material, Text
from documents.words import words_in
from services.paper_facts.common import (
    bench_name,
    bench_words,
    code_of,
    contributions_of,
    exchange_of,
    funding_of,
    institution_of,
    party_in_a_sentence,
    party_name,
    role_of,
    stage_name,
    vocabulary_word,
    with_unit,
)
from services.paper_facts.phrases import (
    LANGUAGES,
    Money,
    capital,
    given,
    listed,
    phrase,
    semicolons,
    sentence,
    sentences,
)
from services.paper_facts.record import Order, Record, title_of
from services.paper_facts.roadmap import handed_over, lessons_of, requesters
from services.paper_facts.steps import steps_of, visits_of

MOST_ACTIVITIES = 12


def good_practice_facts(order: Order, record: Record) -> GoodPracticeFacts:
    """Everything the form says."""
    practice = record.one("practice")
    title, author = practice.get("title"), practice.get("author")
    secretariat = phrase("secretariat", programme=title_of(record.programme))
    return GoodPracticeFacts(
        mark=order.mark(record.programme, record.reference, specimen=record.specimen),
        title=given(title or record.standing.title),
        author=given(author) if author else secretariat,
        institution=listed(institution_of(record, code) for code in requesters(record)),
        countries=tuple(party_name(record, code) for code in record.standing.members()),
        objectives=_or(_objectives(record), "no_objective"),
        cooperation=_or(_cooperation(record), "no_activities"),
        effectiveness=_or(_effectiveness(order, record), "no_lessons"),
        innovation=_or(_innovation(record), "no_innovation"),
        funding=_funding(record),
        contact=(*_contacts(record), secretariat),
        results=_results(record) or (phrase("no_results"),),
        adaptability=_or(_adaptability(record), "no_adaptability"),
        sustainability=_or(_sustainability(record), "no_sustainability"),
        materials=_materials(record),
        origin=exchange_of(record),
        steps=steps_of(record),
        attendance=_attendance(record),
        draft=True,
    )


def _or(told: Iterable[Text], missing: str) -> Text:
    told = tuple(told)
    return sentences(told) if told else phrase(missing)


def _objectives(record: Record) -> Iterable[Text]:
    offer, demand = record.one("sheet-offer"), record.one("sheet-demand")
    for key, sheet, field in (
        ("problem", demand, "problem"),
        ("wanted", demand, "learns"),
        ("shared", offer, "shares"),
        ("population", demand, "population"),
    ):
        if sheet.get(field):
            yield phrase(key, words=given(sheet[field]))
    aligned = [
        vocabulary_word(record.programme, vocabulary, code)
        for vocabulary, field in (("sdg_targets", "sdg_target"), ("outcomes", "outcome"))
        for code in dict.fromkeys((offer.get(field), demand.get(field)))
        if code
    ]
    if aligned:
        yield phrase("aligned", words=semicolons(aligned))


def _cooperation(record: Record) -> Iterable[Text]:
    members = record.standing.members()
    yield phrase("between", parties=semicolons(_party(record, code) for code in members))
    offer, demand = record.one("sheet-offer"), record.one("sheet-demand")
    for key, vocabulary in (("theme", "themes"), ("modality", "modalities")):
        codes = dict.fromkeys((offer.get(key), demand.get(key)))
        words = [vocabulary_word(record.programme, vocabulary, code) for code in codes if code]
        if words:
            yield phrase(key, words=semicolons(words))
    yield from _instruments(record)
    yield _activities(record)


def _party(record: Record, code: str) -> Text:
    """A partner is its institution: it is named once."""
    party, institution, role = party_in_a_sentence(record, code), institution_of(record, code), role_of(record, code)
    if party_name(record, code) == institution:
        return phrase("party_alone", party=party, role=role)
    return phrase("party_as", party=party, institution=institution, role=role)


def _instruments(record: Record) -> Iterable[Text]:
    references = [given(told["reference"]) for told in record.standing.agreements.values() if told["reference"]]
    cited = record.one("instrument")
    references += [given(cited["title"])] if cited else []
    if references:
        yield phrase("instruments", words=semicolons(references))


def _activities(record: Record) -> Text:
    held = [item for item in record.of_kind("activity") if item.status == "held"]
    if not held:
        return phrase("no_activities")
    told = [_activity(item) for item in held[:MOST_ACTIVITIES]]
    told += [phrase("and_more", count=len(held) - len(told))] if len(held) > len(told) else []
    return phrase("activities", count=len(held), words=semicolons(told))


def _activity(item: Item) -> Text:
    mode, on = phrase(f"mode.{item.body['mode']}"), date.fromisoformat(item.body["on"])
    return phrase("activity", title=given(item.body["title"]), mode=mode, on=on)


def _effectiveness(order: Order, record: Record) -> Iterable[Text]:
    visits = visits_of(record)
    if visits:
        stage, last = stage_name(record.programme, visits[-1].stage), visits[-1].entered_on
        yield phrase("walked", first=visits[0].entered_on, stage=stage, last=last)
    if record.standing.lap:
        yield phrase("returned", count=record.standing.lap)
    on = order.ordered_on(record.programme)
    words = [w for paper in ("agreement", "roadmap") for w in bench_words(record, paper, on)]
    if words:
        said = dict.fromkeys(_bench_word(word.bench, word.country, word.word) for word in words)
        yield phrase("benches", words=semicolons(said))
    reflection = record.one("reflection_record").get("text")
    if reflection:
        yield phrase("reflection", words=given(reflection))
    yield from lessons_of(record)
    for item in record.of_kind("evaluation"):
        yield from _evaluation(record, item)


def _bench_word(bench: Text, country: Text, word: str) -> Text:
    said = Text(tuple(sorted((lang, words_in(lang).word(f"word.{word}").lower()) for lang in LANGUAGES)))
    return phrase("bench_word", bench=bench, country=country, word=phrase("silent") if word == "no_reply" else said)


def _evaluation(record: Record, item: Item) -> Iterable[Text]:
    yield phrase("evaluation", party=party_name(record, item.party or ""), words=given(item.body["text"]))
    if "satisfaction" in item.body and "horizontality" in item.body:
        scores = {name: int(item.body[name]) for name in ("satisfaction", "horizontality")}
        yield phrase("scores", satisfaction=scores["satisfaction"], horizontality=scores["horizontality"])


def _innovation(record: Record) -> Iterable[Text]:
    practice = record.one("practice")
    if practice.get("none_because"):
        yield phrase("no_practice", words=given(practice["none_because"]))
    if practice.get("summary"):
        yield phrase("summary", words=given(practice["summary"]))
    if record.one("reflection_record").get("innovation"):
        yield sentence(given(record.one("reflection_record")["innovation"]))


def _funding(record: Record) -> Text:
    told: list[Text] = []
    for one in contributions_of(record):
        said = phrase("contribution", party=one.party, quantity=one.quantity, unit=one.unit, words=one.description)
        if one.description == phrase("no_contribution"):
            said = phrase("contribution_none", party=one.party, words=one.description)
        if one.amount is not None and one.currency:
            said = phrase("contribution_valued", contribution=said, money=Money(one.amount, one.currency))
        told.append(said)
    told += funding_of(record)
    return phrase("ended", words=semicolons(told)) if told else phrase("no_funding")


def _contacts(record: Record) -> Iterable[Text]:
    for code in record.standing.members():
        name, institution = party_name(record, code), institution_of(record, code)
        yield institution if name == institution else phrase("contact_line", party=name, institution=institution)


def _results(record: Record) -> tuple[Text, ...]:
    sums = _sums(record)
    told = []
    if sums["women"] or sums["men"]:
        told.append(phrase("participation", women=sums["women"], men=sums["men"]))
    done = [item for item in record.of_kind("measure") if item.status == "done"]
    measured = [item for item in record.of_kind("indicator") if "value" in item.body]
    return (*told, *map(_done, done), *map(_measured, measured))


def _sums(record: Record) -> Counter[str]:
    sums: Counter[str] = Counter()
    for item in record.of_kind("activity"):
        sums.update({name: int(item.body.get(name) or 0) for name in ("women", "men", "other")})
    return sums


def _done(item: Item) -> Text:
    code, title = code_of(item, "M"), given(item.body["title"])
    on = date.fromisoformat(item.body["done_on"])
    if item.body.get("result"):
        return phrase("measure_done_with", code=code, title=title, on=on, words=given(item.body["result"]))
    return phrase("measure_done", code=code, title=title, on=on)


def _measured(item: Item) -> Text:
    body = item.body
    return phrase(
        "indicator_measured",
        code=code_of(item, "I"),
        title=given(body["name"]),
        value=with_unit(body["value"], body),
        on=date.fromisoformat(body["on"]),
        baseline=with_unit(body.get("baseline"), body),
        target=with_unit(body.get("target"), body),
    )


def _adaptability(record: Record) -> Iterable[Text]:
    if record.one("reflection_record").get("adaptability"):
        yield sentence(given(record.one("reflection_record")["adaptability"]))
    decision = record.one("decision")
    if decision:
        yield phrase(f"decision.{decision['decision']}", words=given(decision["text"]))


def _sustainability(record: Record) -> Iterable[Text]:
    if record.one("practice").get("sustainability"):
        yield sentence(given(record.one("practice")["sustainability"]))
    for item in record.of_kind("roadmap_approval"):
        on = date.fromisoformat(item.body["on"])
        yield phrase("roadmap_approved", authority=given(item.body["authority"]), on=on)
    measures = Counter(item.status for item in record.of_kind("measure"))
    if measures:
        yield phrase("measures_left", done=measures["done"], left=measures["open"] + measures["under_way"])
    yield from handed_over(record)


def _materials(record: Record) -> tuple[Material, ...]:
    listed_ones = tuple(_product(item) for item in record.of_kind("product"))
    more = record.one("practice").get("materials")
    return listed_ones + ((Material(title=given(more)),) if more else ())


def _product(item: Item) -> Material:
    """A link that is no web address is printed as the words it is."""
    body = item.body
    link = str(body.get("link") or "")
    is_address = link.startswith(("https://", "http://")) and len(link.split()) == 1
    title = given(body["title"] if is_address or not link else f"{body['title']}, {link}")
    return Material(title=title, address=link if is_address else None, licence=body.get("licence"))


def _attendance(record: Record) -> tuple[Attendance, ...]:
    """Everybody by sex, and each bench by number: the two were never asked for together, and unknown is not zero."""
    held = [item for item in record.of_kind("activity") if item.status == "held"]
    counted = [item for item in held if any(item.body.get(name) is not None for name in ("women", "men", "other"))]
    rows = [_everybody(record)] if counted else []
    benches: Counter[str] = Counter()
    for item in held:
        benches.update(item.body.get("benches") or {})
    rows += [
        Attendance(bench=capital(bench_name(record.programme, code)), women=None, men=None, unknown=count)
        for code, count in sorted(benches.items(), key=lambda one: _place(record, one[0]))
    ]
    unrecorded = [item for item in held if item.body.get("not_recorded")]
    return (*rows, *map(_unrecorded, unrecorded))


def _place(record: Record, bench: str) -> tuple[int, str]:
    known = record.programme.benches
    return (known.index(bench) if bench in known else len(known), bench)


def _everybody(record: Record) -> Attendance:
    sums = _sums(record)
    name = phrase("everybody_and_other", count=sums["other"]) if sums["other"] else phrase("everybody")
    return Attendance(bench=name, women=sums["women"], men=sums["men"], unknown=None)


def _unrecorded(item: Item) -> Attendance:
    words = given(item.body["not_recorded"])
    name = phrase("not_recorded", title=given(item.body["title"]), words=words)
    return Attendance(bench=name, women=None, men=None, unknown=None)
