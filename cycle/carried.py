# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What a move carries with it, its reason and the like: which fields, and in which form."""

from collections.abc import Callable, Mapping
from typing import Any

from cycle.checking import LONGEST_TEXT, is_day, is_text, party_code, party_kind, stranger
from cycle.moment import Moment
from cycle.programme import Programme
from cycle.refusals import Missing
from cycle.rules import Move

CARRIES: Mapping[str, tuple[str, ...]] = {
    "answer_offer": ("counterpart",),
    "answer_demand": ("counterpart",),
    "suspend": ("review_on",),
    "replace_party": ("old", "new", "institution"),
}

PARTIES = frozenset({"counterpart", "old", "new"})


def _own(move: Move) -> tuple[str, ...]:
    return ("reason", "by_itself", "backdated", *CARRIES.get(move.name, ()))


def carried(move: Move, says: Mapping[str, Any]) -> dict[str, Any]:
    """What a move takes from its mover's words; where it leads is not theirs to say."""
    return {name: says[name] for name in _own(move) if says.get(name) not in (None, "")}


def unsayable(programme: Programme, move: Move, says: Mapping[str, Any], moment: Moment) -> list[Missing]:
    """What a move carries has a name and a form: texts, a day of review that is still to come, codes of parties."""
    said = {name: value for name, value in carried(move, says).items() if name != "by_itself"}
    wrong = [
        Missing("move.field_unknown", f"{move.name} carries no {name}", facts={"field": name})
        for name in sorted(set(says) - set(_own(move)))
    ]
    wrong += [
        Missing("move.field_malformed", f"{name} is {form}", facts={"field": name})
        for name, (is_so, form) in ((name, _form(name)) for name in said)
        if not is_so(said[name])
    ]
    if wrong:
        return wrong
    if move.name == "suspend" and "review_on" in said and said["review_on"] <= moment.occurred_on:
        facts = {"field": "review_on"}
        wrong.append(Missing("move.review_is_past", "a suspension is looked at again on a later day", facts=facts))
    strangers = (name for name in said if name in PARTIES and party_kind(programme, said[name]) is None)
    return wrong + [stranger(programme, said[name], field=name) for name in strangers]


def _form(name: str) -> tuple[Callable[[Any], bool], str]:
    if name in PARTIES:
        return is_party_code, "a party's code, like PE or partner-agency"
    if name == "review_on":
        return is_day, "a day, written like 2026-11-23"
    return is_text, f"a text in UTF-8 of at most {LONGEST_TEXT} letters"


def is_party_code(value: Any) -> bool:
    """Whether a value can be a party's code."""
    try:
        return isinstance(value, str) and bool(party_code(value))
    except ValueError:
        return False
