# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""A paper is set in its own letters or not at all."""

import pytest

from documents.fonts import FONT_FILES, font_bytes, in_own_letters
from documents.refusals import PaperNotDrawn


@pytest.mark.parametrize("name", FONT_FILES)
def test_every_font_comes_with_its_package(name: str) -> None:
    assert font_bytes(name)[:4] in (b"\x00\x01\x00\x00", b"OTTO")


@pytest.mark.parametrize(
    "words", ["Ñandutí, avañe’ẽ, g̃uarani", "kreyòl ayisyen", "não, coração, às", "œuvre, Noël, çà", "₲ 1.000 · ½ %"]
)
def test_the_names_of_the_region_have_their_letters(words: str) -> None:
    assert in_own_letters(words)


def test_letters_are_composed_and_pasted_hyphens_and_spaces_become_the_familys_own() -> None:
    assert in_own_letters("ofe\u0301rta Sur\u2011Sur 10\u202f000\u200b") == "oférta Sur-Sur 10\u00a0000"


@pytest.mark.parametrize(
    ("character", "named"),
    [("漢", "U+6F22"), ("😀", "U+1F600"), ("\u202e", "U+202E"), ("\x07", "U+0007"), ("&#x6F22;", "U+6F22")],
    ids=["chinese", "emoji", "turned right to left", "bell", "written as a reference"],
)
def test_a_character_without_a_letter_is_refused_by_name(character: str, named: str) -> None:
    with pytest.raises(PaperNotDrawn) as refused:
        in_own_letters(f"<p>caucho {character}</p>")

    assert refused.value.code == "paper.missing_glyph"
    assert named in refused.value.detail
