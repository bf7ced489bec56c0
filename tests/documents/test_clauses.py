# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The agreement says the same in every language, and its two drafting registers never mix."""

import re
from dataclasses import replace
from itertools import product

import pytest
from jinja2 import Environment, meta
from markupsafe import Markup

from documents.clauses import Block, Clause, ClauseList, side_by_side, split_blocks, text_hash
from documents.facts import AgreementFacts
from documents.facts.agreement import EntryIntoForce, FacilitatorSigns, Financing
from documents.kinds import KINDS
from documents.refusals import PaperNotDrawn
from documents.render import TEMPLATES, clause_lists, text_hashes
from documents.speech import Speech
from tests.documents.samples import AGREEMENT, SIGNED_AGREEMENT

LANGUAGES = KINDS["agreement"].languages
BINDING = replace(SIGNED_AGREEMENT, renewal="automatic")

ONLY_BINDING = {
    "es": (
        "las partes",
        "artículo",
        "se compromete",
        "se comprometen",
        "acuerdan lo siguiente",
        "obliga a",
        "en vigor",
    ),
    "pt": ("as partes", "artigo", "compromete-se", "comprometem-se", "acordam o seguinte", "obriga as", "em vigor"),
    "en": ("the parties", "article", "shall", "have agreed", "binds", "into force", "ratification"),
}
ONLY_NON_BINDING = {
    "es": ("participante ", "los participantes", "sección", "la intención de", "memorando"),
    "pt": ("participante ", "os participantes", "seção", "a intenção de", "memorando"),
    "en": ("the participants", "section", "intend to", "intends to", "memorandum"),
}


def whole_text(facts: AgreementFacts, language: str) -> str:
    clauses = clause_lists(facts, (language,))[language]
    said = [clause.title + " " + " ".join(block.markup for block in clause.blocks) for clause in clauses]
    return re.sub(r"<[^>]+>", " ", " ".join(said)).lower()


@pytest.mark.parametrize("facts", [AGREEMENT, BINDING], ids=["memorandum", "agreement"])
def test_every_language_has_the_same_clauses_with_the_same_numbers_and_paragraphs(facts: AgreementFacts) -> None:
    rows = side_by_side(dict(clause_lists(facts, LANGUAGES)))

    assert [row.number for row in rows if row.number] == list(range(1, 33 if facts.facilitator is None else 34))
    assert all(len(row.titles) == len(LANGUAGES) for row in rows)


@pytest.mark.parametrize(
    ("financing", "entry", "signs"),
    list(
        product(
            ("own_costs", "shared", "pooled"),
            ("last_signature", "last_note"),
            ("agreement", "separate_arrangement", "nothing"),
        )
    ),
)
def test_the_languages_match_whatever_was_chosen(
    financing: Financing, entry: EntryIntoForce, signs: FacilitatorSigns
) -> None:
    assert BINDING.facilitator is not None
    chosen = replace(
        BINDING,
        financing=financing,
        entry_into_force=entry,
        facilitator=replace(BINDING.facilitator, signs=signs),
        results=(),
        immunities=False,
    )

    assert side_by_side(dict(clause_lists(chosen, LANGUAGES)))


def test_every_language_speaks_of_the_same_facts() -> None:
    environment = Environment(autoescape=True)
    environment.filters.update(Speech(()).filters())
    spoken = {
        language: meta.find_undeclared_variables(
            environment.parse((TEMPLATES / "agreement" / f"{language}.html.j2").read_text("utf-8"))
        )
        for language in LANGUAGES
    }

    assert len({frozenset(names) for names in spoken.values()}) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_memorandum_has_no_word_that_binds(language: str) -> None:
    said = whole_text(AGREEMENT, language)

    assert [word for word in ONLY_BINDING[language] if word in said] == []
    assert [word for word in ONLY_BINDING[language] if word in whole_text(BINDING, language)] != []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_agreement_that_binds_declares_no_mere_intent(language: str) -> None:
    said = whole_text(BINDING, language)

    assert [word for word in ONLY_NON_BINDING[language] if word in said] == []
    assert [word for word in ONLY_NON_BINDING[language] if word in whole_text(AGREEMENT, language)] != []


def clause(key: str, *blocks: str, number: int | None = 1) -> Clause:
    return Clause(
        key=key, number=number, title=key, blocks=tuple(Block(number=None, markup=Markup(block)) for block in blocks)
    )


@pytest.mark.parametrize(
    "other",
    [
        (clause("scope", "<p>a</p>"),),
        (clause("object", "<p>a</p>", "<p>b</p>"),),
        (clause("object", "<p>a</p>"), clause("scope", "<p>b</p>")),
        (clause("object", "<p>a</p>", number=2),),
    ],
    ids=["another clause", "another paragraph", "one clause more", "another number"],
)
def test_texts_that_do_not_match_are_never_set_side_by_side(other: tuple[Clause, ...]) -> None:
    with pytest.raises(PaperNotDrawn) as refused:
        side_by_side({"es": (clause("object", "<p>a</p>"),), "pt": other})

    assert refused.value.code == "paper.clauses_differ"


def test_only_paragraphs_among_several_are_numbered() -> None:
    said = ClauseList()
    said.clause("one", "One", caller=lambda: Markup("<p>alone</p>"))
    said.clause("two", "Two", caller=lambda: Markup("<p>first</p><ol><li>a</li></ol><p>second</p>"))
    said.unnumbered("end", "End", caller=lambda: Markup("<p>a</p><p>b</p>"))

    assert [[block.number for block in clause.blocks] for clause in said.clauses] == [
        [None],
        ["2.1", None, "2.2"],
        [None, None],
    ]


def test_a_clause_is_cut_at_its_outermost_elements_and_keeps_its_escapes() -> None:
    assert split_blocks("<p>a &lt;b&gt; <strong>c</strong></p>\n  <ol>\n<li>d &amp; e &#39;f&#39;</li></ol>") == (
        Markup("<p>a &lt;b&gt; <strong>c</strong></p>"),
        Markup("<ol> <li>d &amp; e &#39;f&#39;</li></ol>"),
    )


def test_text_outside_a_paragraph_is_not_lost_but_refused() -> None:
    with pytest.raises(PaperNotDrawn):
        split_blocks("<p>a</p> stray")


def test_the_fingerprint_of_a_text_changes_with_one_letter_of_it_and_not_with_the_page_around() -> None:
    as_issued = text_hashes(AGREEMENT, ("es", "pt"))
    reissued = replace(AGREEMENT, mark=replace(AGREEMENT.mark, version=9, specimen=False))
    longer = replace(AGREEMENT, duration_months=25)

    assert text_hashes(reissued, ("es", "pt")) == as_issued
    assert all(text_hashes(longer, ("es", "pt"))[each] != as_issued[each] for each in as_issued)


def test_the_fingerprint_covers_every_paragraph() -> None:
    clauses = (clause("object", "<p>a</p>", "<p>b</p>"),)

    assert text_hash(clauses) != text_hash((clause("object", "<p>a</p>", "<p>c</p>"),))
