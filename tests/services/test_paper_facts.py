# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What papers say: everything from the record up to the order, nothing told later, nothing that nobody said."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cycle import events as e
from cycle.events import Happening
from documents.facts import AgreementFacts, GoodPracticeFacts, RoadmapFacts, Text, same
from documents.render import to_html
from people.actors import SYSTEM_ACTOR
from services import agreements, exchanges, funding
from services.act import Act
from services.paper_facts import facts_of
from services.paper_facts.agreement import originals
from services.paper_facts.phrases import LANGUAGES, in_languages, listed, phrase
from services.recording import open_exchange
from storage import papers
from storage.papers import PaperRow
from tests.cast import ANA, BRUNO, EMPLOYERS, PAULA
from tests.house import PROGRAMME, House
from tests.journey import TERMS, Journey, reach


def ordered(house: House, exchange: str, kind: str) -> PaperRow:
    """The newest paper of a kind."""
    with house.desk.store.read() as connection:
        every = [row for row in papers.of_exchange(connection, exchange) if row.kind == kind]
    return max(every, key=lambda row: row.ordered_seq)


def facts(house: House, row: PaperRow) -> Any:
    with house.desk.store.read() as connection:
        return facts_of(house.desk, connection, row)


def roadmap(house: House, exchange: str) -> RoadmapFacts:
    house.clock.on(seconds=1)
    exchanges.order_paper(house.desk, ANA, exchange, "roadmap")
    found: RoadmapFacts = facts(house, ordered(house, exchange, "roadmap"))
    return found


def good_practice(house: House, exchange: str) -> GoodPracticeFacts:
    house.clock.on(seconds=1)
    exchanges.order_paper(house.desk, ANA, exchange, "good-practice")
    found: GoodPracticeFacts = facts(house, ordered(house, exchange, "good-practice"))
    return found


def agreement(house: House, journey: Journey) -> AgreementFacts:
    with house.desk.store.read() as connection:
        row = max(papers.of_agreement(connection, journey.agreement), key=lambda row: row.ordered_seq)
    found: AgreementFacts = facts(house, replace(row, languages=("es", "pt")))
    return found


def es(text: Text | None) -> str:
    assert text is not None
    return text.in_language("es")


def test_the_agreement_says_the_terms_the_parties_wrote_and_the_models_where_they_wrote_none(house: House) -> None:
    told = agreement(house, reach(house, "opened"))

    assert (told.duration_months, told.financing, told.notice_days) == (18, "own_costs", 90)
    assert (es(told.object), told.object.in_language("pt")) == (
        "rastrear el caucho natural",
        "rastrear a borracha natural",
    )
    assert [party.commitments[0].in_language("pt") for party in told.parties if party.commitments] == [
        "receber seis pessoas"
    ]
    assert [(s.party.in_language("en"), s.name) for s in told.signatories] == [("Brazil", "Bruno"), ("Peru", "Paula")]
    assert told.originals == ("es", "pt")
    assert told.parties[0].represented_by == phrase("represented_by", office=told.signatories[0].title)


def test_the_agreement_lists_activities_and_contributions_with_none_said_as_none(house: House) -> None:
    told = agreement(house, reach(house, "opened"))

    assert [(a.code, a.starts_on, es(a.mode)) for a in told.workplan] == [
        ("A1", date(2026, 12, 1), "presencial; días: 3")
    ]
    given = [(es(c.party), c.quantity, es(c.unit), es(c.category)) for c in told.contributions]
    assert given == [
        ("Brasil", Decimal(60), "días", "Tiempo de personas expertas (D011)"),
        ("Perú", Decimal(0), "aportes", "sin categoría declarada"),
    ]


def test_money_has_all_the_decimals_of_its_currency_and_is_said_as_each_language_says_it(house: House) -> None:
    exchange = house.offered()
    given = {"party": "BR", "description": "fares", "valuation_method": "quoted", "rate_source": "airline"}
    house.state(BRUNO, exchange, "contribution", **given, amount="1234.5", currency="USD")
    house.state(BRUNO, exchange, "contribution", **given, amount="1500", currency="CLP")
    source = {"donor": "Fund", "project_code": "F1", "currency": "USD", "amount": "20000", "from_on": "2026-01-01"}
    named = funding.register_source(house.desk, ANA, **source)["source"]
    funding.allocate(house.desk, ANA, source=str(named), exchange=exchange, amount="12000.50")

    told = good_practice(house, exchange).funding

    assert [told.in_language("en").count(said) for said in ("USD\xa01,234.50", "CLP\xa01,500", "USD\xa012,000.50")] == [
        1
    ] * 3
    assert "1\u202f234,50\xa0USD" in told.in_language("fr")
    assert "USD\xa01.234,50" in told.in_language("pt")


ARTICLES = {
    "es": ("el ", "la ", "las "),
    "en": ("the ",),
    "pt": ("o ", "a ", "as "),
    "fr": ("le ", "la ", "l’", "les "),
}
WITHOUT = {
    "pt": {"AG", "BB", "BZ", "CU", "GD", "HN", "KN", "LC", "SV", "TT"},
    "fr": {"AG", "CU", "HT", "KN", "LC"},
}


def test_every_member_has_the_article_its_language_gives_it(house: House) -> None:
    with house.desk.store.read() as connection:
        countries = house.desk.programme(connection, PROGRAMME).countries
    given = {(code, lang): words for code, one in countries.items() for lang, words in one["with_article"].items()}

    assert len(countries) == 31
    assert [words for (_, lang), words in given.items() if not words.startswith(ARTICLES[lang])] == []
    assert {lang: {code for code in countries if (code, lang) not in given} for lang in WITHOUT} == WITHOUT
    assert {code for code, lang in given if lang == "en"} == {"BS", "DO"}


def test_parties_are_named_in_sentences_as_each_language_names_them(house: House) -> None:
    journey = reach(house, "opened")
    told = agreement(house, journey)
    texts = {language: to_html(told, (language,)) for language in ("es", "pt", "en")}

    assert "a cooperação entre o Brasil e o Peru" in phrase(
        "object_of", parties=listed(party.in_a_sentence for party in told.parties), title=same("Caucho")
    ).in_language("pt")
    assert [told.parties[1].in_a_sentence.in_language(lang) for lang in LANGUAGES] == [
        "el Perú",
        "o Peru",
        "Peru",
        "le Pérou",
    ]
    assert "<p>O Peru participa como" in texts["pt"]
    assert "<li>pelo Peru: " in texts["pt"]
    assert ">Pelo Peru</p>" in texts["pt"]
    assert "<p>El Perú participa como" in texts["es"]
    assert ">Por el Perú</p>" in texts["es"]
    assert ">For Peru</p>" in texts["en"]


def test_a_partner_is_called_an_institution_in_a_sentence(house: House) -> None:
    exchange = house.committed()
    house.state(
        ANA, exchange, "join_party", party="org-agency", role="facilitates", institution="Agencia de cooperación"
    )

    partners = roadmap(house, exchange).partners

    assert [text.in_language("es") for text in partners] == ["el Brasil", "la institución Agencia de cooperación"]
    assert [text.in_language("pt") for text in partners] == ["o Brasil", "a instituição Agencia de cooperación"]


def test_what_is_said_after_the_order_is_not_in_the_paper(house: House) -> None:
    journey = reach(house, "opened")
    before = agreement(house, journey)
    journey.execution()
    house.clock.on(days=4000)
    journey.state(BRUNO, "activity_planned", title="Later", on="2037-01-05", mode="virtual")

    assert agreement(house, journey) == before


def test_a_new_text_is_said_with_its_own_version(house: House) -> None:
    journey = reach(house, "opened")
    first = agreement(house, journey)
    journey.step("return_to_negotiation", reason="another wording")
    terms = {**TERMS, "duration_months": 30}
    agreements.propose_text(house.desk, ANA, journey.agreement, "second text", terms)
    journey.step("send_for_clearance")
    journey.step("open_for_signature")
    second = agreement(house, journey)

    assert (first.mark.version, first.duration_months) == (1, 18)
    assert (second.mark.version, second.duration_months) == (2, 30)


def test_an_authority_that_the_text_names_in_both_languages_is_called_so_wherever_it_signs(house: House) -> None:
    journey = reach(house, "opened")
    signing = agreement(house, journey).signatories[0].institution.in_language("es")
    journey.step("return_to_negotiation", reason="another wording")
    names = {"es": signing, "pt": "Instituto da borracha"}
    agreements.propose_text(house.desk, ANA, journey.agreement, "named", {**TERMS, "authorities": {"BR": names}})
    journey.step("send_for_clearance")
    journey.step("open_for_signature")
    told = agreement(house, journey)

    called = {told.parties[0].institution, told.parties[0].executing[0], told.signatories[0].institution}
    assert called == {in_languages(names)}
    assert told.signatories[1].institution.in_language("pt") == told.signatories[1].institution.in_language("es")


@pytest.mark.parametrize(
    ("parties", "languages"),
    [
        (("BR", "PE"), ("es", "pt")),
        (("JM", "TT"), ("en",)),
        (("BR", "JM"), ("es", "pt", "en")),
        (("HT",), ("es", "pt")),
    ],
)
def test_parties_sign_in_their_own_languages(
    house: House, parties: tuple[str, ...], languages: tuple[str, ...]
) -> None:
    with house.desk.store.read() as connection:
        programme = house.desk.programme(connection, PROGRAMME)

    assert originals(programme, parties) == languages


def test_a_bench_that_let_its_term_lapse_is_said_not_to_have_replied_by_its_day(house: House) -> None:
    exchange = house.committed()
    for bench in ("employers", "workers"):
        house.state(ANA, exchange, "consultation", party="PE", bench=bench, paper="roadmap")
    house.state(ANA, exchange, "consultation", party="BR", bench="workers", paper="roadmap")
    house.state(EMPLOYERS, exchange, "endorsement", party="PE", bench="employers", paper="roadmap", word="endorsed")
    early = {(es(b.country), es(b.bench)): (b.word, b.on) for b in roadmap(house, exchange).benches}
    house.clock.on(days=60)
    late = {(es(b.country), es(b.bench)): (b.word, b.on) for b in roadmap(house, exchange).benches}

    asked, lapsed = date(2026, 11, 23), date(2026, 12, 23)
    assert early["Perú", "trabajadores"] == ("consulted", asked)
    assert late["Perú", "trabajadores"] == ("no_reply", lapsed)
    assert late["Perú", "empleadores"] == ("endorsed", asked)
    assert late["Brasil", "trabajadores"] == ("consulted", asked)


def test_a_word_on_an_earlier_text_is_shown_as_such(house: House) -> None:
    exchange = house.committed()
    said = {"party": "PE", "bench": "employers", "paper": "roadmap"}
    house.state(EMPLOYERS, exchange, "endorsement", **said, word="endorsed")
    house.state(PAULA, exchange, "text_revised", paper="roadmap", summary="another goal")

    (bench,) = roadmap(house, exchange).benches

    assert bench.word == "consulted"
    assert "texto 1" in es(bench.text)


def test_the_roadmap_says_who_does_what_by_when(house: House) -> None:
    journey = reach(house, "accompaniment")
    told = facts(house, ordered(house, journey.exchange, "roadmap"))

    (measure,) = told.measures
    assert (measure.code, measure.ends_on, measure.budget) == ("M1", date(2027, 6, 30), Decimal("18000.00"))
    assert (told.egir, es(told.egir_text), es(told.approval.title)) == (1, "Metas por sexo.", "Despacho ministerial")
    assert told.indicators[0].target == "6 plantas"
    assert es(told.adaptations[0].decided) == "Se adapta. «Se adapta el registro»."
    assert [word.word for word in told.benches] == ["endorsed", "reservation"]


def test_a_measure_without_a_day_stands_under_follow_up_until_it_has_one(house: House) -> None:
    exchange = house.committed()
    house.state(PAULA, exchange, "measure", title="Censo")

    told = roadmap(house, exchange)

    assert told.measures == ()
    assert [es(step) for step in told.follow_up] == ["M1, «Censo»: su fecha está por fijarse."]
    assert (told.egir, es(told.egir_text)) == (None, "El marcador EGIR aún no se ha fijado.")


def test_the_good_practice_form_tells_what_is_on_record_and_names_no_sealed_person(house: House) -> None:
    journey = reach(house, "feedback")
    journey.state(PAULA, "sheet", side="demand", contact="paula@example.org")
    told = good_practice(house, journey.exchange)
    html = to_html(told, ("es",))

    assert told.draft
    assert [es(result) for result in told.results] == [
        "Participaciones registradas: 7 de mujeres, 5 de hombres.",
        "M1, «Verificar la edad en la compra»: cumplida el 3\xa0de\xa0diciembre\xa0de\xa02026. «Seis plantas la usan».",
    ]
    rows = [(es(row.bench), row.women, row.men, row.unknown) for row in told.attendance]
    assert rows == [("Todas las personas", 7, 5, None), ("Gobierno", None, None, 8), ("Trabajadores", None, None, 4)]
    assert es(told.innovation) == "El registro no dice qué hubo de nuevo."
    assert es(told.funding).endswith("Perú: declara que no hace aportes propios.")
    assert "paula@example.org" not in html


def test_a_return_shows_its_laps_and_its_reason(house: House) -> None:
    journey = reach(house, "reflection")
    journey.move(PAULA, "return_to_execution", reason="Falta una misión")

    steps = {es(step.name): step for step in good_practice(house, journey.exchange).steps}

    assert (steps["Ejecución"].laps, steps["Ejecución"].state) == (2, "under_way")
    assert "«Falta una misión»" in es(steps["Ejecución"].note)
    assert (steps["Reflexión"].laps, steps["Reflexión"].state) == (1, "done")
    assert (steps["Acción"].laps, steps["Acción"].state) == (0, "not_held")


def test_a_draft_with_nothing_said_can_still_be_drawn(house: House) -> None:
    exchange = house.draft()

    for told in (roadmap(house, exchange), good_practice(house, exchange)):
        assert told.mark.reference == exchange
        for language in LANGUAGES:
            assert "Natural rubber" in to_html(told, (language,))


IMPORTED: Mapping[str, Any] = {
    "programme": PROGRAMME,
    "programme_version": 1,
    "title": "Caucho",
    "origin": "imported",
    "weight": "standard",
    "door": "demand",
    "first_party": "CO",
    "reference": "SSC-2026-0999",
    "source": "register:COL561",
    "before_minga": "execution",
    "parties": [
        {"party": "CO", "role": "asks", "kind": "country"},
        {"party": "BR", "role": "offers", "kind": "country"},
    ],
    "on": "2011-10-03",
    "stage": "execution",
    "lifecycle": "active",
    "dated": False,
}


def test_an_imported_exchange_says_that_its_early_steps_precede_the_record(house: House) -> None:
    desk = house.desk

    def work(connection: Any) -> str:
        programme = desk.programme(connection, PROGRAMME)
        act = Act(desk, connection, SYSTEM_ACTOR, desk.moment(programme))
        return open_exchange(act, programme, [(Happening(e.EXCHANGE_IMPORTED, IMPORTED), act.moment)]).exchange

    exchange = desk.store.write(work)
    steps = good_practice(house, exchange).steps

    assert [es(step.name) for step in steps[:4]] == ["Demanda", "Oferta", "Compromiso", "Ejecución"]
    assert {es(step.note) for step in steps[:3]} == {"Anterior al registro: nada consta de esta etapa."}
    assert (steps[3].state, steps[3].entered_on) == ("under_way", date(2011, 10, 3))


def test_a_paper_bears_the_event_that_ordered_it_and_an_address_only_where_there_is_one(house: House) -> None:
    exchange = house.offered()
    without = roadmap(house, exchange).mark
    house.desk.public_url = "https://minga.example.org"
    row = ordered(house, exchange, "roadmap")
    marked = facts(house, row).mark

    assert without.public_url is None
    assert marked.public_url == f"https://minga.example.org/papers/{row.id}"
    assert (marked.tip, marked.ordered_on) == (without.tip, date(2026, 11, 23))
    assert (without.specimen, roadmap(house, house.offered(origin="demonstration")).mark.specimen) == (False, True)


def test_text_in_some_languages_stands_in_for_the_others() -> None:
    text = in_languages({"pt": "borracha", "en": "rubber"})

    assert [text.in_language(language) for language in LANGUAGES] == ["borracha", "borracha", "rubber", "borracha"]


def test_a_quotation_ends_with_one_full_stop() -> None:
    said = phrase("summary", words=in_languages("It works."))

    assert said.in_language("en") == "The parties sum it up: “It works”."
