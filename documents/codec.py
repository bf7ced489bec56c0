# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Facts to canonical JSON and back, so that a duty can store them, a child can read them and a PDF can carry them.

Keys are sorted, nothing is indented, text is UTF-8 and never escaped; days are ISO 8601, amounts decimal strings, a
Text an object from language to words. The same facts therefore always give the same bytes.
"""

import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from documents.facts.text import Text
from documents.kinds import Facts, kind_named
from documents.refusals import PaperNotDrawn


def facts_to_json(facts: Facts) -> bytes:
    """The canonical bytes of the facts."""
    plain = _plain(facts)
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def facts_from_json(kind: str, given: bytes) -> Facts:
    """The facts of that kind of paper.

    Raises PaperNotDrawn: paper.unknown_kind, paper.missing_fact, paper.unknown_fact, paper.wrong_fact, each with the
    path of the fact.
    """
    paper = kind_named(kind)
    try:
        plain = json.loads(given, parse_float=_no_float, parse_constant=_no_float)
    except (ValueError, RecursionError) as error:
        raise PaperNotDrawn("paper.wrong_fact", f"The facts are not JSON: {error}.") from error
    facts: Facts = _build(paper.facts, plain, paper.name)
    return facts


def texts_in(value: object, path: str) -> tuple[tuple[str, Text], ...]:
    """Every Text inside the facts, with the path that leads to it."""
    if isinstance(value, Text):
        return ((path, value),)
    if isinstance(value, tuple):
        inner = [(f"{path}[{index}]", item) for index, item in enumerate(value)]
    elif is_dataclass(value):
        inner = [(f"{path}.{field.name}", getattr(value, field.name)) for field in fields(value)]
    else:
        return ()
    return tuple(found for where, item in inner for found in texts_in(item, where))


def _plain(value: object) -> object:
    if isinstance(value, Text):
        return dict(value.said)
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    return value


def _no_float(number: str) -> object:
    raise ValueError(f"{number} is not exact; write amounts as text")


@cache
def _hints(owner: type) -> dict[str, Any]:
    return get_type_hints(owner)


def _build(wanted: Any, given: object, path: str) -> Any:
    """The value of the wanted type."""
    origin = get_origin(wanted)
    if origin in (Union, UnionType):
        return _build_optional(wanted, given, path)
    if origin is Literal:
        return _build_choice(get_args(wanted), given, path)
    if origin is tuple:
        return _build_tuple(get_args(wanted)[0], given, path)
    if wanted is Text:
        return _build_text(given, path)
    if is_dataclass(wanted):
        return _build_record(wanted, given, path)
    return _build_scalar(wanted, given, path)


def _build_optional(wanted: Any, given: object, path: str) -> Any:
    if given is None:
        return None
    inner = next(kind for kind in get_args(wanted) if kind is not NoneType)
    return _build(inner, given, path)


def _build_choice(choices: tuple[object, ...], given: object, path: str) -> object:
    for choice in choices:
        if choice == given and type(choice) is type(given):
            return choice
    raise _wrong(path, f"one of {', '.join(map(repr, choices))}", given)


def _build_tuple(item: Any, given: object, path: str) -> tuple[Any, ...]:
    if not isinstance(given, list):
        raise _wrong(path, "a list", given)
    return tuple(_build(item, each, f"{path}[{index}]") for index, each in enumerate(given))


def _build_text(given: object, path: str) -> Text:
    if not isinstance(given, dict) or not all(isinstance(words, str) for words in given.values()):
        raise _wrong(path, "words by language", given)
    if not any(words.strip() for words in given.values()):
        raise PaperNotDrawn("paper.missing_fact", path)
    return Text(tuple(sorted(given.items())))


def _build_record(wanted: Any, given: object, path: str) -> Any:
    if not isinstance(given, dict):
        raise _wrong(path, "a record", given)
    known = {field.name: field for field in fields(wanted)}
    if unknown := sorted(given.keys() - known.keys()):
        raise PaperNotDrawn("paper.unknown_fact", ", ".join(f"{path}.{name}" for name in unknown))
    if missing := _missing(known, given, path):
        raise PaperNotDrawn("paper.missing_fact", ", ".join(missing))
    hints = _hints(wanted)
    return wanted(**{name: _build(hints[name], given[name], f"{path}.{name}") for name in given})


def _missing(known: Mapping[str, Field[Any]], given: Mapping[str, object], path: str) -> tuple[str, ...]:
    needed = (name for name, field in known.items() if field.default is MISSING)
    return tuple(f"{path}.{name}" for name in needed if name not in given)


def _build_scalar(wanted: Any, given: object, path: str) -> object:
    if wanted is str and isinstance(given, str):
        if not given.strip():
            raise PaperNotDrawn("paper.missing_fact", path)
        return given
    if wanted in (int, bool) and type(given) is wanted:
        return given
    if wanted is date and isinstance(given, str):
        return _build_day(given, path)
    if wanted is Decimal and isinstance(given, str):
        return _build_amount(given, path)
    raise _wrong(path, wanted.__name__, given)


def _build_day(given: str, path: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise _wrong(path, "a day (YYYY-MM-DD)", given) from None


def _build_amount(given: str, path: str) -> Decimal:
    try:
        amount = Decimal(given)
    except InvalidOperation:
        raise _wrong(path, "a decimal number", given) from None
    if not amount.is_finite():
        raise _wrong(path, "a finite number", given)
    return amount


def _wrong(path: str, wanted: str, given: object) -> PaperNotDrawn:
    return PaperNotDrawn("paper.wrong_fact", f"{path} should be {wanted}, not {given!r:.60}.")
