# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The two families every paper is set in: Source Serif for the text, Source Sans for labels and tables.

They come from packages under the SIL Open Font License and are never taken from the system. `NORMAL_LETTER` says
which typographic variants, pasted from word processors, are set with the family's own hyphen or space; any other
character without a letter is refused.
"""

import unicodedata
from functools import cache
from html import unescape
from importlib.resources import files
from types import MappingProxyType

from documents.refusals import PaperNotDrawn

FONT_FILES = MappingProxyType(
    {
        "serif-regular.ttf": ("font_source_serif_pro", "SourceSerifPro-Regular.ttf"),
        "serif-italic.ttf": ("font_source_serif_pro", "SourceSerifPro-It.ttf"),
        "serif-semibold.ttf": ("font_source_serif_pro", "SourceSerifPro-Semibold.ttf"),
        "sans-regular.ttf": ("font_source_sans_pro", "SourceSansPro-Regular.ttf"),
        "sans-semibold.ttf": ("font_source_sans_pro", "SourceSansPro-Semibold.ttf"),
    }
)
FAMILIES = frozenset({"Minga Serif", "Minga Sans"})
NORMAL_LETTER = {
    ord("\u2010"): "-",
    ord("\u2011"): "-",
    ord("\u2007"): "\u00a0",
    ord("\u2009"): "\u00a0",
    ord("\u202f"): "\u00a0",
    ord("\u200b"): None,
    ord("\ufeff"): None,
}


def font_bytes(name: str) -> bytes:
    """Raises KeyError for a font that papers do not use."""
    package, file = FONT_FILES[name]
    return files(package).joinpath("files", file).read_bytes()


def in_own_letters(html: str) -> str:
    """The page in composed letters, with pasted variants of hyphen and space as the families have them.

    Raises PaperNotDrawn (paper.missing_glyph) naming each character that one of the families lacks.
    """
    letters = unicodedata.normalize("NFC", html).translate(NORMAL_LETTER)
    lacking = sorted(set(unescape(letters)) - _covered() - {"\n", "\t"})
    if lacking:
        named = ", ".join(f"U+{ord(letter):04X} {unicodedata.name(letter, '?')}" for letter in lacking)
        raise PaperNotDrawn("paper.missing_glyph", named)
    return letters


@cache
def _covered() -> frozenset[str]:
    """The letters that both upright families have; a paper may set any fact in either."""
    from fontTools.ttLib import TTFont  # only the child needs it

    covered: list[frozenset[str]] = []
    for name in ("serif-regular.ttf", "sans-regular.ttf"):
        package, file = FONT_FILES[name]
        with files(package).joinpath("files", file).open("rb") as source:
            covered.append(frozenset(map(chr, TTFont(source).getBestCmap())))
    return frozenset.intersection(*covered)
