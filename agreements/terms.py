# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The terms of a text: which there are, and the form in which a paper can say each.

They are judged when they are proposed: a text that no paper can say would be fixed, opened for signature, and never drawn.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from cycle.checking import is_text
from cycle.refusals import Missing

FINANCING = ("own_costs", "shared", "pooled")
LONGEST_MONTHS = 1200

Form = Callable[[Any, Collection[str], Collection[str]], bool]


def wrong_terms(terms: Mapping[str, Any], parties: Collection[str], languages: Collection[str]) -> tuple[Missing, ...]:
    """Every term in a form that a paper cannot say. `languages`: those in which papers are written."""
    return tuple(
        Missing("fact.field_invalid", f"the term {name} is {FORMS[name][0]}", facts={"field": f"terms.{name}"})
        for name, value in terms.items()
        if not FORMS[name][1](value, parties, languages)
    )


def _words(value: Any, *_: Any) -> bool:
    """One text, or one by language."""
    every = list(value.values()) if isinstance(value, Mapping) else [value]
    return bool(every) and all(is_text(words) and bool(words.strip()) for words in every)


def _lines(value: Any, *_: Any) -> bool:
    every = value if isinstance(value, list | tuple) else [value]
    return bool(every) and all(map(_words, every))


def _by_party(of_each: Callable[[Any], bool]) -> Form:
    def is_by_party(value: Any, parties: Collection[str], _: Any) -> bool:
        return isinstance(value, Mapping) and set(value) <= set(parties) and all(map(of_each, value.values()))

    return is_by_party


def _months(value: Any, *_: Any) -> bool:
    return type(value) is int and 1 <= value <= LONGEST_MONTHS


def _language(value: Any, _: Any, languages: Collection[str]) -> bool:
    return value in tuple(languages)


_TEXT, _TEXTS = "one text, or one by language", "one text or a list of them, each perhaps by language"
FORMS: Mapping[str, tuple[str, Form]] = {
    "object": (_TEXT, _words),
    "objectives": (_TEXTS, _lines),
    "results": (_TEXTS, _lines),
    "commitments": (f"by party: {_TEXTS}", _by_party(_lines)),
    "authorities": (f"by party: {_TEXT}", _by_party(_words)),
    "duration_months": (f"a whole number from 1 to {LONGEST_MONTHS}", _months),
    "done_at": (_TEXT, _words),
    "financing": (f"one of {', '.join(FINANCING)}", lambda value, *_: value in FINANCING),
    "prevailing_language": ("a language in which papers are written", _language),
    "facilitator_role": (_TEXT, _words),
}
TERMS = tuple(FORMS)
