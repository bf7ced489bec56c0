# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The fixed words of a language: labels, months, numbers, and the vocabulary of each drafting register."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from documents.refusals import PaperNotDrawn

FOLDER = Path(__file__).parent / "words"
UNBROKEN = "\u00a0"
SOUNDS_I = re.compile(r"h?[ií](?![aeou])", re.IGNORECASE)


@dataclass(frozen=True)
class Words:
    """One language's words, read from `words/<language>.toml`."""

    language: str
    table: dict[str, Any]

    def word(self, key: str) -> str:
        """The label of that key; a key with a dot looks inside a table (`step.done`)."""
        found: Any = self.table
        for part in key.split("."):
            if not isinstance(found, dict) or part not in found:
                raise PaperNotDrawn("paper.missing_fact", f"the word {key!r} in {self.language}")
            found = found[part]
        return str(found)

    def register(self, name: str) -> dict[str, str]:
        """The vocabulary of a drafting register: how the text calls the parties, and what they do."""
        return dict(self.table["register"][name])

    def day(self, on: date) -> str:
        """`3 de octubre de 2026`; the first of the month as the language says it."""
        number = self.table["first_day"] if on.day == 1 else str(on.day)
        month = self.table["months"][on.month - 1]
        pattern: str = self.table["day"]
        said = pattern.format(day=number, month=month, year=on.year)
        return said.replace(" ", UNBROKEN)

    def short_month(self, month: int) -> str:
        name: str = self.table["months_short"][month - 1]
        return name

    def short_day(self, on: date) -> str:
        """`03/10/2026`, for tables; English spells the month so that nobody reads it as a day."""
        pattern: str = self.table["short_day"]
        said = pattern.format(day=on.day, month=on.month, short_month=self.short_month(on.month), year=on.year)
        return said.replace(" ", UNBROKEN)

    def number(self, amount: Decimal | int) -> str:
        """The number with this language's marks for thousands and decimals, every given decimal kept."""
        plain = f"{amount:,}"
        marks = {",": self.table["thousands"], ".": self.table["decimal"]}
        return "".join(marks.get(character, character) for character in plain)

    def money(self, amount: Decimal, currency: str) -> str:
        """`USD 1,234.50`; the code of the currency after the amount where the language puts it there."""
        pattern: str = self.table["money"]
        return pattern.format(currency=currency, amount=self.number(amount)).replace(" ", UNBROKEN)

    def listed(self, names: Sequence[str]) -> str:
        """`A, B y C`, and in Spanish `A e Italia`."""
        *others, last = names
        joiner = self.table["joiner_before_i" if SOUNDS_I.match(last) else "joiner"]
        return f"{', '.join(others)}{joiner}{last}" if others else last

    def after(self, preposition: str, name: str) -> str:
        """`por Colombia`, and in Portuguese `pela Colômbia`; a preposition that begins a line keeps its capital."""
        article, _, rest = name.partition(" ")
        together = dict(self.table["contractions"]).get(f"{preposition.lower()} {article}")
        if together is None:
            return f"{preposition} {name}"
        return f"{capital(together) if preposition[0].isupper() else together} {rest}"

    def unbroken(self, said: str) -> str:
        """The same words; no line ends between a mark and the space that this language sets beside it (`« »`, ` :`)."""
        for mark in self.table["bound_to_what_precedes"]:
            said = said.replace(f" {mark}", f"{UNBROKEN}{mark}")
        for mark in self.table["bound_to_what_follows"]:
            said = said.replace(f"{mark} ", f"{mark}{UNBROKEN}")
        return said


def capital(said: str) -> str:
    """The words as they begin a sentence."""
    return said[:1].upper() + said[1:]


@cache
def words_in(language: str) -> Words:
    """Raises PaperNotDrawn (paper.unknown_language)."""
    path = FOLDER / f"{language}.toml"
    if not language.isalpha() or not path.is_file():
        raise PaperNotDrawn("paper.unknown_language", f"There are no words in {language!r}.")
    return Words(language, tomllib.loads(path.read_text(encoding="utf-8")))
