# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Each language has the same labels, and says days and numbers its own way."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from documents.refusals import PaperNotDrawn
from documents.words import FOLDER, words_in

LANGUAGES = ("es", "pt", "en", "fr")


def keys(table: dict[str, Any], path: str = "") -> set[str]:
    return {
        found
        for key, value in table.items()
        for found in (keys(value, f"{path}{key}.") if isinstance(value, dict) else {f"{path}{key}"})
    }


def test_every_language_has_every_label() -> None:
    assert {path.stem for path in FOLDER.glob("*.toml")} == set(LANGUAGES)
    assert all(keys(words_in(language).table) == keys(words_in("es").table) for language in LANGUAGES)


@pytest.mark.parametrize(
    ("language", "long", "first", "short"),
    [
        ("es", "3 de octubre de 2026", "1.º de octubre de 2026", "03/10/2026"),
        ("pt", "3 de outubro de 2026", "1.º de outubro de 2026", "03/10/2026"),
        ("en", "3 October 2026", "1 October 2026", "03 Oct 2026"),
        ("fr", "3 octobre 2026", "1er octobre 2026", "03/10/2026"),
    ],
)
def test_a_day_is_said_as_the_language_says_it(language: str, long: str, first: str, short: str) -> None:
    words = words_in(language)

    assert words.day(date(2026, 10, 3)).replace("\u00a0", " ") == long
    assert words.day(date(2026, 10, 1)).replace("\u00a0", " ") == first
    assert words.short_day(date(2026, 10, 3)).replace("\u00a0", " ") == short


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("es", "USD\u00a01\u202f234\u202f567,50"),
        ("pt", "USD\u00a01.234.567,50"),
        ("en", "USD\u00a01,234,567.50"),
        ("fr", "1\u202f234\u202f567,50\u00a0USD"),
    ],
)
def test_money_keeps_every_decimal_it_was_given(language: str, said: str) -> None:
    assert words_in(language).money(Decimal("1234567.50"), "USD") == said


@pytest.mark.parametrize(
    ("language", "names", "said"),
    [
        ("es", ("español", "portugués"), "español y portugués"),
        ("es", ("español", "portugués", "inglés"), "español, portugués e inglés"),
        ("es", ("minga", "índices"), "minga e índices"),
        ("es", ("agua", "hielo"), "agua y hielo"),
        ("es", ("Colombia", "Haití"), "Colombia y Haití"),
        ("pt", ("português", "inglês"), "português e inglês"),
        ("en", ("Spanish", "Italian"), "Spanish and Italian"),
        ("fr", ("espagnol", "italien"), "espagnol et italien"),
        ("en", ("English",), "English"),
    ],
)
def test_the_last_of_several_is_joined_as_the_language_joins_it(
    language: str, names: tuple[str, ...], said: str
) -> None:
    assert words_in(language).listed(names) == said


@pytest.mark.parametrize(
    ("language", "preposition", "name", "said"),
    [
        ("pt", "por", "o Brasil", "pelo Brasil"),
        ("pt", "Por", "a Colômbia", "Pela Colômbia"),
        ("pt", "por", "as Bahamas", "pelas Bahamas"),
        ("pt", "por", "Cuba", "por Cuba"),
        ("es", "Por", "el Perú", "Por el Perú"),
        ("fr", "Pour", "l’Équateur", "Pour l’Équateur"),
        ("en", "for", "the Bahamas", "for the Bahamas"),
    ],
)
def test_a_preposition_and_an_article_grow_together_where_the_language_joins_them(
    language: str, preposition: str, name: str, said: str
) -> None:
    assert words_in(language).after(preposition, name) == said


def test_no_line_of_french_begins_with_a_mark_or_ends_with_one_that_opens() -> None:
    said = "Le problème : « Où aller ? » ; rien"

    assert words_in("fr").unbroken(said) == said.replace(" :", "\u00a0:").replace("« ", "«\u00a0").replace(
        " ?", "\u00a0?"
    ).replace(" »", "\u00a0»").replace(" ;", "\u00a0;")
    assert words_in("es").unbroken("Uno : dos") == "Uno : dos"


@pytest.mark.parametrize("language", ["de", "../es", ""])
def test_a_language_without_words_is_refused(language: str) -> None:
    with pytest.raises(PaperNotDrawn) as refused:
        words_in(language)

    assert refused.value.code == "paper.unknown_language"
