# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What does not fit the form of a file or a request, in words for whoever wrote it: pydantic speaks of Python's types."""

import re
from collections.abc import Mapping
from typing import Any

LIST = "a list in square brackets is expected"
TABLE = "keys and values are expected"
WHOLE = "a whole number is expected"
DAY = "a day of the calendar is expected, written like 2026-11-23"
WORDS: Mapping[str, str] = {
    "missing": "is missing",
    "extra_forbidden": "is no key that is known here",
    "string_type": "a text is expected",
    "string_too_short": "a text of at least {min_length} characters is expected",
    "string_too_long": "a text of at most {max_length} characters is expected",
    "int_type": WHOLE,
    "int_parsing": WHOLE,
    "int_from_float": WHOLE,
    "bool_type": "true or false is expected",
    "bool_parsing": "true or false is expected",
    "tuple_type": LIST,
    "list_type": LIST,
    "dict_type": TABLE,
    "model_type": TABLE,
    "model_attributes_type": TABLE,
    "literal_error": "{expected} is expected",
    "enum": "{expected} is expected",
    "date_parsing": DAY,
    "date_from_datetime_parsing": DAY,
    "date_from_datetime_inexact": DAY,
    "json_invalid": "this is no JSON: {error}",
    "greater_than_equal": "a number from {ge} is expected",
    "less_than_equal": "a number up to {le} is expected",
    "too_short": "at least {min_length} are expected, and {actual_length} can be used",
    "too_long": "at most {max_length} are expected, not {actual_length}",
}
PATTERNS: Mapping[str, str] = {
    r"^[A-Z]{2}$": "two capitals are expected",
    r"^[A-Z]{3}$": "three capitals are expected",
    r"^[A-Z]{2,6}$": "two to six capitals are expected",
    r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$": "a language is expected, like es or pt-BR",
    r"^[a-z][a-z0-9-]{1,40}$": "2 to 41 small letters, digits and hyphens are expected, a letter first",
    r"^[a-z][a-z0-9-]{2,60}$": "3 to 61 small letters, digits and hyphens are expected, a letter first",
    r"^[a-z][a-z0-9-]{0,39}$": "at most 40 small letters, digits and hyphens are expected, a letter first",
    r"^[A-Za-z0-9-]{1,40}$": "at most 40 letters, digits and hyphens are expected",
    r"^[a-z0-9][a-z0-9._-]{0,59}$": "at most 60 small letters, digits, points and hyphens are expected",
    r"^[A-Za-z0-9][A-Za-z0-9-]{0,63}$": "a reference or an id is expected, like SSC-2026-0042",
    r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$": "a party's code is expected, like BR",
    r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$|^[*]$": "a party's code is expected, like BR, or * for the house",
    r"^[a-z0-9][a-z0-9-]{0,63}$": "at most 64 small letters, digits and hyphens are expected",
    r"^[a-z][a-z0-9_-]{0,39}$": "at most 40 small letters, digits, hyphens and underscores are expected, a letter first",
    r"^[A-Za-z0-9_-]+$": "a cursor is expected, as a page ended with it",
    r"^[!-~]+( +[!-~]+)*$": "printable ASCII characters are expected, with spaces only between them",
    r"^[^\x00-\x1f\x7f]+$": "words are expected, without control characters",
    r"^[0-9]{1,15}([.][0-9]{1,4})?$": "an amount is expected, written like 18000.00",
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$": DAY,
    r"^[0-9a-f]{64}$": "a SHA-256 is expected: 64 digits and letters from a to f",
    r"^[^@\s]+@[^@\s]+$": "an e-mail address is expected",
    r"^evidence-[0-9]{1,9}$": "a piece of evidence is expected, like evidence-1",
    r"^[a-z]{1,20}$": "at most 20 small letters are expected",
    r'^("[0-9]{1,9}"|\*)$': 'the ETag that was seen is expected, like "12", or *',
    r"\S": "words are expected, not blanks alone",
}
_ONE_OF = re.compile(r"\^(?:-\?)?\(([a-z_|]+)\)\$")


def plainly(misfit: Mapping[str, Any]) -> str:
    """One of pydantic's errors as a sentence; one that has no words here in pydantic's own."""
    kind, more = misfit["type"], misfit.get("ctx", {})
    if kind == "value_error" and isinstance(more.get("error"), ValueError):
        return str(more["error"])
    if kind == "string_pattern_mismatch" and (words := pattern_in_words(more["pattern"])):
        return words
    return WORDS[kind].format(**more) if kind in WORDS else str(misfit["msg"])


def pattern_in_words(pattern: str) -> str | None:
    """What a pattern asks for; None for one that has no words here."""
    one_of = _ONE_OF.fullmatch(pattern)
    return f"one of {one_of[1].replace('|', ', ')} is expected" if one_of else PATTERNS.get(pattern)
