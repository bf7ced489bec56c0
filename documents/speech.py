# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""How a template says a value: filters that speak one language, or two at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from markupsafe import Markup, escape

from documents.facts import Text
from documents.words import Words, capital

BLANK = Markup('<span class="blank"></span>')
Spoken = tuple[tuple[str, str], ...]
LONGEST_WORD = 30

FILTERS = (
    "said",
    "capital",
    "after",
    "after_label",
    "listed",
    "plain",
    "leading",
    "in_language",
    "stacked",
    "label",
    "label_plain",
    "day",
    "short_day",
    "number",
    "money",
    "language",
    "languages",
)


@dataclass(frozen=True)
class Speech:
    """The languages of a paper, the first one leading; each method named in FILTERS is a filter."""

    speakers: tuple[Words, ...]

    def filters(self) -> Mapping[str, Callable[..., str]]:
        return {name: getattr(self, name) for name in FILTERS}

    def said(self, text: Text) -> Markup:
        return _together(self._text(text))

    def capital(self, text: Text) -> Markup:
        return _together(self._each(lambda words: capital(text.in_language(words.language))))

    def after(self, text: Text, preposition: str) -> Markup:
        return _together(self._each(lambda words: words.after(preposition, text.in_language(words.language))))

    def after_label(self, text: Text, key: str) -> Markup:
        return _together(self._each(lambda words: words.after(words.word(key), text.in_language(words.language))))

    def listed(self, texts: Sequence[Text]) -> Markup:
        return _together(self._each(lambda words: words.listed([text.in_language(words.language) for text in texts])))

    def stacked(self, text: Text) -> Markup:
        return _together(self._text(text), kind="stacked")

    def plain(self, text: Text) -> str:
        return _one_line(self._text(text))

    def leading(self, text: Text) -> str:
        return text.in_language(self.speakers[0].language)

    def in_language(self, text: Text, language: str) -> str:
        return text.in_language(language)

    def label(self, key: str) -> Markup:
        return _together(self._each(lambda words: words.word(key)), kind="label")

    def label_plain(self, key: str) -> str:
        return _one_line(self._each(lambda words: words.word(key)))

    def day(self, on: date) -> Markup:
        return _together(self._each(lambda words: words.day(on)))

    def short_day(self, on: date) -> Markup:
        return _together(self._each(lambda words: words.short_day(on)))

    def number(self, amount: Decimal | int) -> str:
        """A figure stands once, as the leading language marks it: a table that two languages share has one of each."""
        return self.speakers[0].number(amount)

    def money(self, amount: Decimal, currency: str | None) -> str:
        return self.speakers[0].money(amount, currency or "")

    def language(self, code: str) -> Markup:
        return _together(self._each(lambda words: words.word(f"languages.{code}")))

    def languages(self, codes: tuple[str, ...]) -> Markup:
        return _together(self._each(lambda words: words.listed([words.word(f"languages.{code}") for code in codes])))

    def _text(self, text: Text) -> Spoken:
        return self._each(lambda words: text.in_language(words.language))

    def _each(self, say: Callable[[Words], str]) -> Spoken:
        return tuple((words.language, words.unbroken(say(words))) for words in self.speakers)


def _together(spoken: Spoken, kind: str = "both") -> Markup:
    """The words once when all languages agree on them, otherwise each in its own element."""
    if len({words for _, words in spoken}) == 1:
        return _breakable(spoken[0][1])
    (first, words), *others = spoken
    leading = Markup('<span class="{} first" lang="{}">{}</span>').format(kind, first, _breakable(words))
    following = (
        Markup(' <span class="{} second" lang="{}">{}</span>').format(kind, language, _breakable(translated))
        for language, translated in others
    )
    return leading + Markup("").join(following)


def _breakable(words: str) -> Markup:
    """A word longer than a column, as an address is, may break anywhere: it would push other columns off the page."""
    return Markup(" ").join(
        Markup('<span class="endless">{}</span>').format(word) if len(word) > LONGEST_WORD else escape(word)
        for word in words.split(" ")
    )


def _one_line(spoken: Spoken) -> str:
    return " · ".join(dict.fromkeys(words for _, words in spoken))
