# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The HTML of each paper, reviewed like prose and compared exactly.

After a change that is meant, run `MINGA_APPROVE_PAPERS=1 pytest tests/documents/test_render.py` and read the
difference.
"""

import os
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from documents.facts import GoodPracticeFacts, said, same
from documents.kinds import KINDS, Facts, kind_of
from documents.refusals import PaperNotDrawn
from documents.render import TEMPLATES, to_html
from documents.words import words_in
from tests.documents.samples import AGREEMENT, PRACTICE, ROADMAP, SIGNED_AGREEMENT

APPROVED = Path(__file__).parent / "approved"
PAPERS: dict[str, tuple[Facts, tuple[str, ...]]] = {
    "agreement-es-pt": (AGREEMENT, ("es", "pt")),
    "agreement-en": (AGREEMENT, ("en",)),
    "agreement-signed-es-pt": (SIGNED_AGREEMENT, ("es", "pt")),
    "roadmap-es": (ROADMAP, ("es",)),
    "roadmap-pt": (ROADMAP, ("pt",)),
    "roadmap-en": (ROADMAP, ("en",)),
    "roadmap-fr": (ROADMAP, ("fr",)),
    "good-practice-en": (PRACTICE, ("en",)),
    "good-practice-es": (PRACTICE, ("es",)),
    "good-practice-pt": (PRACTICE, ("pt",)),
    "good-practice-fr": (PRACTICE, ("fr",)),
}

HEADINGS = (
    "Author's name",
    "Institution",
    "Countries involved",
    "South-South Objective (s)",
    "South-South Cooperation between institutions and countries to achieve the objectives",
    "Effectiveness of the South-South / peer learning methodological approach",
    "Innovation",
    "Funding Sources",
    "Contact details",
    "South-South Results",
    "South-South Adaptability",
    "South-South Sustainability",
    "Materials and Web-links",
)


@pytest.mark.parametrize("name", PAPERS)
def test_the_paper_reads_as_it_was_approved(name: str) -> None:
    facts, languages = PAPERS[name]
    approved = APPROVED / f"{name}.html"
    html = to_html(facts, languages)
    if os.environ.get("MINGA_APPROVE_PAPERS") == "1":
        approved.write_text(html, encoding="utf-8")

    assert html == approved.read_text(encoding="utf-8")


def test_every_kind_has_a_whole_text_in_each_of_its_languages() -> None:
    texts = {(path.parent.name, path.name.partition(".")[0]) for path in TEMPLATES.glob("*/[a-z]*.html.j2")}

    assert texts == {(kind.name, language) for kind in KINDS.values() for language in kind.languages}


def test_every_template_names_its_facts_in_its_first_line() -> None:
    first_lines = [path.read_text("utf-8").splitlines()[0] for path in TEMPLATES.rglob("*.j2")]

    assert [line for line in first_lines if "documents.facts." not in line] == []


def test_the_form_has_the_headings_of_the_programme_word_for_word_and_in_order() -> None:
    html = to_html(PRACTICE, ("en",))
    places = [html.index(f"<h2>{heading}</h2>") for heading in HEADINGS]

    assert places == sorted(places)


@pytest.mark.parametrize("language", ["es", "pt", "fr"])
def test_a_courtesy_translation_of_the_form_says_so_and_keeps_each_heading_beside_its_own(language: str) -> None:
    html = to_html(PRACTICE, (language,))

    assert [h for h in HEADINGS if f'<span class="original" lang="en">{h}</span></h2>' not in html] == []
    assert "cortes" in html or "courtoisie" in html


def test_a_phrase_that_is_not_said_in_the_papers_language_is_named() -> None:
    only_spanish = replace(ROADMAP, objective=said(es="Que ninguna niña trabaje."))

    assert to_html(only_spanish, ("es",))
    with pytest.raises(PaperNotDrawn) as refused:
        to_html(only_spanish, ("pt",))
    assert (refused.value.code, refused.value.detail) == ("paper.missing_fact", "roadmap.objective (pt)")


def test_a_language_that_nobody_signs_is_a_courtesy_translation_without_places_for_initials() -> None:
    original, courtesy = to_html(AGREEMENT, ("es",)), to_html(AGREEMENT, ("en",))

    assert "initials-box" in original
    assert "initials-box" not in courtesy
    assert "Courtesy translation" in courtesy


def test_without_an_address_there_is_no_square_to_scan_but_the_reference_and_the_record_stand() -> None:
    silent = replace(ROADMAP, mark=replace(ROADMAP.mark, public_url=None))
    html = to_html(silent, ("en",))

    assert "<svg" not in html
    assert "http" not in html.replace("https://minga.example.org/v/", "").replace(silent.mark.tip, "")
    assert silent.mark.reference in html
    assert silent.mark.tip in html
    assert "<svg" in to_html(ROADMAP, ("en",))


def test_only_a_specimen_is_marked_as_one() -> None:
    real = replace(ROADMAP, mark=replace(ROADMAP.mark, specimen=False))

    assert "SPECIMEN" in to_html(ROADMAP, ("en",))
    assert "specimen" not in to_html(real, ("en",)).lower()


INJECTIONS = (
    "{{ 7 * 7 }}",
    "{% for i in range(10**9) %}x{% endfor %}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{# #}",
    "<script>alert(1)</script>",
    '<img src="file:///etc/passwd">',
    '"><link rel="attachment" href="file:///etc/passwd">',
    "</title><style>@import 'http://example.org'</style>",
    "<!-- -->",
    "&lt;b&gt;",
)


def unbroken(html: str) -> str:
    """Without the marks around words that may break anywhere, which are ours and hold text alone."""
    return re.sub(r'<span class="endless">([^<>]*)</span>', r"\1", html)


@pytest.mark.parametrize("words", INJECTIONS)
def test_what_somebody_wrote_stays_text_wherever_it_stands(words: str) -> None:
    clean: GoodPracticeFacts = replace(
        PRACTICE, title=same("PLACE"), innovation=same("PLACE"), contact=(same("PLACE"),)
    )
    hostile = replace(PRACTICE, title=same(words), innovation=same(words), contact=(same(words),))
    escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    escaped = escaped.replace('"', "&#34;").replace("'", "&#39;")

    assert unbroken(to_html(hostile, ("en",))) == unbroken(to_html(clean, ("en",))).replace("PLACE", escaped)


@pytest.mark.parametrize("words", INJECTIONS)
def test_nobody_writes_markup_into_a_clause(words: str) -> None:
    hostile = replace(AGREEMENT, object=same(words))
    clean = to_html(replace(AGREEMENT, object=same("PLACE")), ("es", "pt"))

    assert unbroken(to_html(hostile, ("es", "pt"))).count("<") == unbroken(clean).count("<")


@pytest.mark.parametrize(
    ("facts", "languages", "code"),
    [
        (AGREEMENT, (), "paper.unknown_language"),
        (AGREEMENT, ("de",), "paper.unknown_language"),
        (AGREEMENT, ("es", "pt", "en"), "paper.too_many_languages"),
        (AGREEMENT, ("es", "es"), "paper.too_many_languages"),
        (ROADMAP, ("es", "pt"), "paper.too_many_languages"),
    ],
)
def test_a_paper_is_drawn_only_in_languages_it_has(facts: Facts, languages: tuple[str, ...], code: str) -> None:
    with pytest.raises(PaperNotDrawn) as refused:
        to_html(facts, languages)

    assert refused.value.code == code


@pytest.mark.parametrize("language", ["es", "pt", "en", "fr"])
def test_a_marker_that_nobody_set_is_no_marker(language: str) -> None:
    unset = to_html(replace(ROADMAP, egir=None, egir_text=same("Nobody set it.")), (language,))

    assert '<div class="egir">\n<p>Nobody set it.</p>\n</div>' in unset


@pytest.mark.parametrize("language", ["es", "pt", "en", "fr"])
def test_a_roadmap_with_nothing_in_it_has_no_empty_table_and_no_label_without_its_words(language: str) -> None:
    empty = replace(
        ROADMAP, partners=(), measures=(), indicators=(), milestones=(), adaptations=(), risks=(), benches=()
    )
    html = to_html(empty, (language,))

    assert "<table" not in html
    assert words_in(language).word("roadmap.partners") not in html
    assert words_in(language).word("agreement.no_indicators") in html


def test_one_month_is_one_month() -> None:
    short = replace(AGREEMENT, duration_months=1)

    assert "It lasts 1 month. " in to_html(short, ("en",))
    assert "Dura 1 mes. " in to_html(short, ("es", "pt"))
    assert "Dura 1 mês. " in to_html(short, ("es", "pt"))


def test_a_cover_names_nobody_twice() -> None:
    alone = replace(AGREEMENT.parties[0], institution=same("Agencia"), state=same("Agencia"))
    whole = replace(AGREEMENT, parties=(alone, *AGREEMENT.parties[1:]))
    cover, _, text = to_html(whole, ("es", "pt")).partition('<main class="text">')

    assert cover.count("Agencia") == 1
    assert "<strong>Agencia</strong>, con la representación" in text


def test_a_figure_stands_once_in_a_table_that_two_languages_share() -> None:
    given = replace(AGREEMENT.contributions[2], quantity=Decimal(1200))
    html = to_html(replace(AGREEMENT, contributions=(given,)), ("es", "pt"))

    assert html.count("USD\u00a014\u202f400,00") == html.count(">1\u202f200 <") == 1
    assert "14.400" not in html
    assert "1.200" not in html


def test_a_partner_that_signs_is_named_once_over_its_signature() -> None:
    agency = same("Agencia de cooperación")
    signing = replace(AGREEMENT.signatories[0], party=agency, in_a_sentence=agency, institution=agency)
    html = to_html(replace(AGREEMENT, signatories=(signing,)), ("es", "pt"))
    place = html.partition('id="signature-1"')[2].partition('class="ink"')[0]

    assert '<p class="for">Por</p>' in place
    assert place.count("Agencia de cooperación") == 1


def test_a_kind_is_known_by_its_facts() -> None:
    assert [kind_of(facts).name for facts in (AGREEMENT, ROADMAP, PRACTICE)] == [
        "agreement",
        "roadmap",
        "good_practice",
    ]
