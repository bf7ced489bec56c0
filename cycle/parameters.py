# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The parameters a programme may give to a requirement: how many, of which type, and naming things that exist.

A requirement with a wrong parameter would never hold, or break when it is first asked: the lint finds it before.
"""

from collections.abc import Callable, Mapping
from functools import cache
from inspect import Parameter, signature
from typing import Any, get_origin

from cycle.counters import weigh
from cycle.facts import FACTS
from cycle.items import Item
from cycle.requirements import Word
from cycle.words import Door, PartyRole, Stage

_COUNTED = ("activity", "contribution", "measure", "indicator", "check_in", "product", "evidence")


def misuse(word: Word, params: tuple[Any, ...]) -> str | None:
    """What is wrong with the parameters of a requirement; None when nothing is."""
    wanted = list(signature(word.test).parameters.values())[1:]
    if len(params) != len(wanted):
        return f"{word.name} takes {len(wanted)} parameters: {', '.join(one.name for one in wanted) or 'none'}"
    wrong = (_wrong(one, value) for one, value in zip(wanted, params, strict=True))
    return next((said for said in wrong if said), None)


def _wrong(wanted: Parameter, value: Any) -> str | None:
    kind = get_origin(wanted.annotation) or wanted.annotation
    if not isinstance(value, kind) or isinstance(value, bool):
        return f"{wanted.name} is no {kind.__name__}: {value!r}"
    if isinstance(value, int) and value < 1:
        return f"{wanted.name} is less than one, which always holds: {value}"
    known = _KNOWN[wanted.name]() if wanted.name in _KNOWN else None
    strangers = [one for one in (value if isinstance(value, tuple) else (value,)) if known and one not in known]
    return f"{wanted.name} is none of {', '.join(sorted(known or ()))}: {strangers[0]}" if strangers else None


@cache
def counters() -> frozenset[str]:
    """Every counter an item can weigh in."""
    items = (Item("", kind, None, None, "", {}, struck=False, said_seq=1, changed_seq=1) for kind in _COUNTED)
    return frozenset(name for item in items for name in weigh(item) if "/" not in name)


def _sheet_fields() -> frozenset[str]:
    return frozenset(field.name for field in FACTS["sheet"].fields)


def _choices(kind: str, name: str) -> frozenset[str]:
    return next(frozenset(field.choices) for field in FACTS[kind].fields if field.name == name)


_KNOWN: Mapping[str, Callable[[], frozenset[str]]] = {
    "side": lambda: frozenset(Door),
    "name": _sheet_fields,
    "names": _sheet_fields,
    "role": lambda: frozenset({"each", "all", *PartyRole}),
    "kind": lambda: frozenset(FACTS),
    "cure": lambda: frozenset(FACTS),
    "counter": counters,
    "paper": lambda: _choices("consultation", "paper"),
    "decisions": lambda: _choices("decision", "decision"),
    "stage": lambda: frozenset(Stage),
}
"""What a parameter of this name may say; others say what they like."""
