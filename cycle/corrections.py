# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Corrections: what was told wrongly is put right, in plain sight: the history shows the old value struck.

A correction names an event, and carries the right values of its plain fields or strikes the whole. Whose fact it is and
which item it touches is never corrected: such a fact is struck and said for the other.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from cycle.checking import check_fields
from cycle.commands import StateFact
from cycle.counters import difference
from cycle.events import CORRECTED, Happening
from cycle.facts import FACTS
from cycle.facts.rule import Fact, Place
from cycle.items import Item
from cycle.moment import Moment
from cycle.programme import Programme
from cycle.refusals import Missing, Refusal
from cycle.standing import Standing, remembering
from cycle.together import mistakes_together, not_yet

Payload = Mapping[str, Any]
_NEVER_STRUCK = frozenset({"answer", "join_party", "leave_party", "change_role", "weight", "text_revised"})
_NOT_TOLD = frozenset({"counts", "number", "item", "backdated", "came"})


def decide_correction(
    programme: Programme, rule: Fact, command: StateFact, moment: Moment
) -> tuple[Happening, ...] | Refusal:
    """The event a correction becomes, or everything that is wrong with it."""
    own = {f.name for f in rule.fields}
    fields, mistakes = check_fields(programme, rule, {k: v for k, v in command.fields.items() if k in own})
    if mistakes:
        return Refusal("fact.refused", tuple(mistakes))
    if command.item is None or command.corrects is None:
        return Refusal.because("correction.event_unknown", "names an event of this exchange that says a fact")
    (kind, was, seq), item = command.corrects, command.item
    said = {k: v for k, v in command.fields.items() if k not in own}
    right, mistakes = check_fields(programme, FACTS[kind], said, partial=True)
    right = {name: value for name, value in right.items() if not _says_the_same(FACTS[kind], name, value, was)}
    mistakes += not_yet(FACTS[kind], right, moment)
    mistakes += mistakes_together(programme, FACTS[kind], _restated(kind, was, right)) if right and not mistakes else []
    mistakes += _of_the_fields(kind, fields, right)
    mistakes += _of_the_whole(kind, fields, opened=seq == item.said_seq, retold=command.retold)
    if mistakes:
        return Refusal("fact.refused", tuple(mistakes))
    return (_corrected(kind, was, fields, right, item),)


def _restated(kind: str, was: Payload, right: Payload) -> Payload:
    """The fields of the fact as they would stand once it is corrected."""
    return {field.name: said[field.name] for said in (was, right) for field in FACTS[kind].fields if field.name in said}


def _says_the_same(rule: Fact, name: str, value: Any, was: Payload) -> bool:
    return name in rule.key_fields and was.get(name) == value


def _of_the_fields(kind: str, fields: Payload, right: Payload) -> list[Missing]:
    rule = FACTS[kind]
    mistakes = [
        Missing("correction.names_another", f"{name} stays: strike it, and say it for the other", facts={"field": name})
        for name in sorted(rule.key_fields & set(right))
    ]
    mistakes += [
        Missing("correction.sealed", f"{f.name} is sealed: say {kind} anew", facts={"field": f.name})
        for f in rule.fields
        if f.sealed and f.name in right
    ]
    if kind in ("join_party", "change_role") and "role" in right:
        mistakes.append(Missing("correction.say_anew", "a role changes by change_role", facts={"field": "role"}))
    if not right and "whole" not in fields:
        mistakes.append(Missing("correction.empty", "carries the right values, or strikes the whole"))
    return mistakes


def _of_the_whole(kind: str, fields: Payload, *, opened: bool, retold: bool) -> list[Missing]:
    in_parts = FACTS[kind].place in (Place.NAMED, Place.NEW) or kind == "sheet"
    if retold and not in_parts:
        return [Missing("correction.told_again", "it was said anew since: correct what was said last")]
    if "whole" not in fields:
        return []
    if kind in _NEVER_STRUCK:
        return [Missing("correction.say_anew", f"{kind} is undone by saying what holds now")]
    if in_parts and not opened:
        return [Missing("correction.not_the_first", "only the event that opened an item strikes the whole of it")]
    return []


def _corrected(kind: str, was: Payload, fields: Payload, right: Payload, item: Item) -> Happening:
    sealed = {f.name for f in FACTS[kind].fields if f.sealed}
    kept = {k: v for k, v in was.items() if k not in sealed and k not in _NOT_TOLD}
    payload = {**fields, "item": item.item, "corrects": kind, "was": kept, "right": dict(right)}
    body = {**item.body, **right}
    after = replace(item, body=body, happens_on=body.get("on"), struck="whole" in fields)
    counts = difference(item, after)
    return Happening(CORRECTED, payload | ({"counts": counts} if counts else {}))


def put_right(standing: Standing, payload: Payload) -> Standing:
    """The standing after a correction."""
    rule, struck = FACTS[payload["corrects"]], payload.get("whole") == "struck"
    restated = {**payload["was"], **payload["right"]}
    remembered: dict[str, Any] = dict.fromkeys(rule.remembers(payload["was"]))
    if not struck:
        remembered |= rule.remembers(restated)
    corrected = replace(standing, said=remembering(standing.said, remembered))
    return _EFFECTS[rule.kind](corrected, restated, struck) if rule.kind in _EFFECTS else corrected


def _word(standing: Standing, restated: Payload, struck: bool) -> Standing:
    key = f"{restated['paper']}/{restated['party']}/{restated['bench']}"
    given = standing.words.get(key)
    if given is None or given["version"] != restated["version"]:
        return standing
    word = {**given, "word": "asked" if struck else restated["word"]}
    return replace(standing, words={**standing.words, key: word})


def _excuse(standing: Standing, restated: Payload, struck: bool) -> Standing:
    if not struck:
        return standing
    return replace(standing, met={code: how for code, how in standing.met.items() if code != restated["code"]})


def _confirmation(standing: Standing, restated: Payload, struck: bool) -> Standing:
    return replace(
        standing, said=remembering(standing.said, {f"confirmation.{restated['move']}": None} if struck else {})
    )


def _sheet(standing: Standing, restated: Payload, struck: bool) -> Standing:
    gone = [key for key in standing.said if struck and key.startswith(f"sheet.{restated['side']}.")]
    return replace(standing, said=remembering(standing.said, dict.fromkeys(gone)))


def _party(standing: Standing, restated: Payload, struck: bool) -> Standing:
    party = {**standing.parties[restated["party"]], "institution": restated.get("institution"), "seq": standing.seq}
    return replace(standing, parties={**standing.parties, restated["party"]: party})


_EFFECTS: dict[str, Callable[[Standing, Payload, bool], Standing]] = {
    "sheet": _sheet,
    "endorsement": _word,
    "waiver": _excuse,
    "not_available": _excuse,
    "weight": lambda standing, restated, _: replace(standing, weight=restated["weight"]),
    "confirmation": _confirmation,
    "answer": _party,
    "join_party": _party,
}
