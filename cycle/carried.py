# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What a move carries with it, its reason and the like: which fields, and in which form."""

from collections.abc import Mapping
from typing import Any

from cycle.checking import is_day, is_text, party_code, party_kind, stranger
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
    forms = {"reason": is_text, "institution": is_text, "backdated": is_text, "review_on": is_day}
    forms |= dict.fromkeys(PARTIES, is_party_code)
    wrong = [
        Missing("move.field_unknown", f"{move.name} carries no {name}", facts={"field": name})
        for name in sorted(set(says) - set(_own(move)))
    ]
    wrong += [
        Missing("move.field_malformed", f"{name} has no such form", facts={"field": name})
        for name in ("reason", "backdated", *CARRIES.get(move.name, ()))
        if says.get(name) not in (None, "") and not forms[name](says[name])
    ]
    if not wrong and move.name == "suspend" and says.get("review_on") and says["review_on"] <= moment.occurred_on:
        facts = {"field": "review_on"}
        wrong.append(Missing("move.review_is_past", "a suspension is looked at again on a later day", facts=facts))
    new = says.get("new")
    if not wrong and move.name == "replace_party" and new and party_kind(programme, new) is None:
        wrong.append(stranger(programme, new, field="new"))
    return wrong


def is_party_code(value: Any) -> bool:
    """Whether a value can be a party's code."""
    try:
        return isinstance(value, str) and bool(party_code(value))
    except ValueError:
        return False
