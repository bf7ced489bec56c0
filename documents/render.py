# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Facts to HTML: the text of each language, inside a sandbox, stopped by the first missing fact.

Templates compute nothing. What needs counting or comparing (clauses side by side, bars of a calendar, fingerprints)
is prepared here and in the `view_*` functions of `views.py`; the filters only say a value in the paper's languages.
"""

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from documents.clauses import Clause, ClauseList, text_hash
from documents.codec import texts_in
from documents.facts import AgreementFacts
from documents.kinds import Facts, check_languages, kind_of
from documents.refusals import PaperNotDrawn
from documents.speech import BLANK, Speech
from documents.views import view
from documents.words import words_in

TEMPLATES = Path(__file__).parent / "templates"


def to_html(facts: Facts, languages: tuple[str, ...]) -> str:
    """The whole paper as HTML, in one language or two side by side.

    Raises PaperNotDrawn: paper.missing_fact names every phrase that is not said in one of the languages.
    """
    kind = kind_of(facts)
    check_languages(kind, languages)
    _refuse_unsaid(facts, languages)
    texts = _texts(facts, languages) if isinstance(facts, AgreementFacts) else {}
    name = f"{kind.name}/_frame" if texts else f"{kind.name}/{languages[0]}"
    return _fill(name, languages, {**_said(facts), **view(facts, languages, texts)})


def text_hashes(facts: AgreementFacts, languages: tuple[str, ...]) -> Mapping[str, str]:
    """The fingerprint of the agreement's body in each language: what a signatory consents to."""
    _refuse_unsaid(facts, languages)
    return {language: text_hash(clauses) for language, clauses in _texts(facts, languages).items()}


def clause_lists(facts: AgreementFacts, languages: tuple[str, ...]) -> Mapping[str, tuple[Clause, ...]]:
    """The agreement's clauses in each language, as they will be set."""
    return _texts(facts, languages)


def _texts(facts: AgreementFacts, languages: tuple[str, ...]) -> dict[str, tuple[Clause, ...]]:
    return {language: _clauses(facts, language) for language in languages}


def _clauses(facts: AgreementFacts, language: str) -> tuple[Clause, ...]:
    said = ClauseList()
    vocabulary = words_in(language).register(facts.register)
    verbs = {"clause": said.clause, "unnumbered": said.unnumbered, "r": vocabulary, "blank": BLANK}
    _fill(f"agreement/{language}", (language,), {**_said(facts), **verbs})
    return said.clauses


def _said(facts: Facts) -> dict[str, Any]:
    return {field.name: getattr(facts, field.name) for field in fields(facts)}


def _fill(name: str, languages: tuple[str, ...], context: Mapping[str, Any]) -> str:
    try:
        return _environment(languages).get_template(f"{name}.html.j2").render(context)
    except TemplateError as error:
        raise PaperNotDrawn("paper.missing_fact", f"{name}: {error.message}") from error


@cache
def _environment(languages: tuple[str, ...]) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(Speech(tuple(map(words_in, languages))).filters())
    return environment


def _refuse_unsaid(facts: Facts, languages: tuple[str, ...]) -> None:
    unsaid = [
        f"{path} ({language})"
        for path, text in texts_in(facts, kind_of(facts).name)
        for language in languages
        if not text.has(language)
    ]
    if unsaid:
        raise PaperNotDrawn("paper.missing_fact", ", ".join(unsaid))
