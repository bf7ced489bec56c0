# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Phrases of the papers' facts in every language papers are written in; the words stand in phrases.toml."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from documents.facts import Text, same
from documents.facts.text import ANY
from documents.words import Words, words_in

LANGUAGES = ("es", "pt", "en", "fr")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount and the code of its currency, said as each language says it."""

    amount: Decimal
    currency: str


Part = Text | Money | str | int | Decimal | date


def phrase(key: str, **parts: Part) -> Text:
    """A fixed phrase with its blanks filled, in every language; `words` lose their full stop to the phrase's own.

    Raises KeyError for one that is not in phrases.toml.
    """
    table = _phrases()[key]
    said = {words.language: _fill(table[words.language], words, parts) for words in _speakers()}
    return Text(tuple(sorted(said.items())))


def given(words: Any) -> Text:
    """A text as somebody wrote it, the same in every language."""
    return same(" ".join(str(words).split()))


def in_languages(said: Any, first: str = "es") -> Text:
    """What the parties wrote: one text, or one per language; a language they left out gets the first they wrote."""
    if not isinstance(said, Mapping):
        return given(said)
    spoken = {str(language): " ".join(str(words).split()) for language, words in said.items()}
    return label(spoken, first if first in spoken else next(iter(spoken)))


def label(words: Mapping[str, str], first: str) -> Text:
    """A programme's label by language; languages it is not said in get that of `first`."""
    return Text(tuple(sorted({**words, ANY: words[first]}.items())))


def listed(texts: Iterable[Text]) -> Text:
    """`A, B y C`."""
    return _together(tuple(texts), lambda words, said: words.listed(said))


def sentences(texts: Iterable[Text]) -> Text:
    """One after the other."""
    return _together(tuple(texts), lambda _, said: " ".join(said))


def semicolons(texts: Iterable[Text]) -> Text:
    """One after the other, a semicolon between."""
    return _together(tuple(texts), lambda _, said: "; ".join(said))


def sentence(text: Text) -> Text:
    """A text that ends as a sentence does."""
    return Text(tuple((language, said if said[-1:] in ".!?…" else f"{said}.") for language, said in text.said))


def capital(text: Text) -> Text:
    """A text that begins as a sentence does."""
    return Text(tuple((language, said[:1].upper() + said[1:]) for language, said in text.said))


def in_one_line(text: Text, languages: Iterable[str]) -> str:
    """A text for a place that holds one line only, in the paper's languages."""
    return " · ".join(dict.fromkeys(text.in_language(language) for language in languages))


def _together(texts: tuple[Text, ...], join: Any) -> Text:
    said = {words.language: join(words, [text.in_language(words.language) for text in texts]) for words in _speakers()}
    return Text(tuple(sorted(said.items())))


def _fill(pattern: str, words: Words, parts: Mapping[str, Part]) -> str:
    spoken = {name: _spoken(part, words) for name, part in parts.items()}
    if "words" in spoken:
        spoken["words"] = spoken["words"].removesuffix(".")
    return pattern.format_map(spoken)


def _spoken(part: Part, words: Words) -> str:
    match part:
        case Text():
            return part.in_language(words.language)
        case Money():
            return words.money(part.amount, part.currency)
        case date():
            return words.day(part)
        case int() | Decimal():
            return words.number(part)
        case _:
            return part


@cache
def _speakers() -> tuple[Words, ...]:
    return tuple(words_in(language) for language in LANGUAGES)


@cache
def _phrases() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("services.paper_facts").joinpath("phrases.toml").read_text(encoding="utf-8"))
