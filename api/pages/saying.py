# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What was said, in the words of a reader: a day as a day, a code under its label, a text as it was written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from api.pages.entries_words import ENTRY_WORDS
from api.pages.move_words import move_in_words
from api.pages.need_words import need_named
from api.pages.record_words import CODED, code_in_words, field_in_words
from api.pages.words import day_in_words
from cycle.checking import is_day
from cycle.programme import Programme
from cycle.standing import Standing
from documents.words import words_in
from observatory.entries import labels_of

Labels = Mapping[str, Mapping[str, str]]
"""What codes are called: by code and language."""


def field_named(name: str, lang: str, labels: Labels) -> str:
    """`Starts on:`, before what it says; `labels`: where the name is a code itself."""
    said = labels.get(name, {}).get(lang) or field_in_words(name, lang)
    return f"{said}{words_in(lang).word('page.colon')}"


def value_in_words(field: str, value: Any, lang: str, labels: Labels) -> str:
    """What a field says."""
    words = ENTRY_WORDS[lang]
    match value:
        case bool():
            return words["yes" if value else "no"]
        case {"sealed": _}:
            return words["sealed"]
        case Mapping():
            names = labels if field == "benches" else {}
            return ", ".join(
                f"{field_named(name, lang, names)} {value_in_words(name, one, lang, labels)}"
                for name, one in sorted(value.items())
            )
        case list() | tuple():
            return ", ".join(value_in_words(field, one, lang, labels) for one in value)
        case str() if is_day(value):
            return day_in_words(value, lang)
        case str() if field in CODED:
            return labels.get(value, {}).get(lang) or code_in_words(value, lang)
        case _:
            return str(value)


@dataclass(frozen=True, slots=True)
class Speech:
    """How one exchange is spoken of in a language: its codes, countries and partners by their names."""

    lang: str
    labels: Labels

    @classmethod
    def of(cls, programme: Programme, standing: Standing, lang: str) -> "Speech":
        countries = {one["code"]: one["names"] for one in programme.document["countries"]}
        named = {code: {lang: programme.text(names, lang)} for code, names in countries.items()}
        partners = {
            code: {lang: str(said["institution"])}
            for code, said in standing.parties.items()
            if code not in countries and said.get("institution")
        }
        return cls(lang, {**labels_of(programme), **partners, **named})

    def label(self, code: str) -> str:
        """What the programme calls a code, else what everybody does."""
        return self.labels.get(code, {}).get(self.lang) or code_in_words(code, self.lang)

    def institution(self, said: Mapping[str, Any], party: str) -> str:
        """A party's institution, where it is not its name already."""
        name = str(said.get("institution") or "")
        return "" if name == self.label(party) else name

    def holders(self, holders: Iterable[str], words: Mapping[str, str]) -> str:
        """`Perú (empleadores, trabajadores), la secretaría`: who may or could, a party once with its benches."""
        found: dict[str, list[str]] = {}
        for holder in holders:
            kind, _, name = holder.partition(":")
            party, _, bench = name.partition("/")
            benches = found.setdefault(self.label(party) if party else words[kind], [])
            benches += [self.label(bench)] if bench else []
        return ", ".join(f"{who} ({', '.join(benches)})" if benches else who for who, benches in found.items())

    def _party(self, said: Any) -> str:
        """`Perú`, or as a draft names it `Perú (pide)`."""
        if isinstance(said, str):
            return self.label(said)
        return f"{self.label(said['party'])} ({code_in_words(said['role'], self.lang)})"

    def named(self, field: str) -> str:
        """A field's name, before what it says."""
        return field_named(field, self.lang, {})

    def said(self, field: str, value: Any) -> str:
        """What a field says, moves and needs by their names."""
        match field:
            case "move":
                return move_in_words(str(value), self.lang)
            case "need":
                return need_named(str(value), self.lang)
            case "flag":
                return code_in_words(str(value), self.lang)
            case "parties":
                return ", ".join(map(self._party, value))
            case "lapsed" | "excused":
                return "; ".join(need_named(code, self.lang) for code in value)
            case _:
                return value_in_words(field, value, self.lang, self.labels)
