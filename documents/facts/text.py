# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Text: a phrase in every language that it was given in."""

from dataclasses import dataclass

from documents.refusals import PaperNotDrawn

ANY = "*"


@dataclass(frozen=True)
class Text:
    """A phrase by language; the language `*` holds a proper name, the same in all of them."""

    said: tuple[tuple[str, str], ...]

    def has(self, language: str) -> bool:
        return any(spoken in (language, ANY) and words.strip() for spoken, words in self.said)

    def in_language(self, language: str) -> str:
        """The phrase in that language, or the one said in all; refused when there is neither."""
        by_language = dict(self.said)
        words = by_language.get(language) or by_language.get(ANY)
        if not words:
            raise PaperNotDrawn("paper.missing_fact", f"{self.said!r} is not said in {language}")
        return words


def said(**by_language: str) -> Text:
    """`said(es="caucho", pt="borracha")`."""
    return Text(tuple(sorted(by_language.items())))


def same(words: str) -> Text:
    """A proper name, or words that stay as they were written in every language."""
    return Text(((ANY, words),))
