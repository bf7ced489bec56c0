"""Deciding a fact: are its fields right, does what it names exist, and what event does it become."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cycle.checking import check_fields, party_kind
from cycle.commands import StateFact
from cycle.counters import difference
from cycle.events import Happening
from cycle.facts import FACTS
from cycle.facts.rule import Fact, Place
from cycle.items import Item, apply, item_name
from cycle.moment import Moment
from cycle.programme import Programme
from cycle.refusals import Missing, Refusal
from cycle.rules import Block
from cycle.standing import Standing


def decide_fact(
    programme: Programme, standing: Standing, command: StateFact, moment: Moment
) -> tuple[Happening, ...] | Refusal:
    """The event a fact becomes, or everything that is wrong with it."""
    rule = programme.facts.get(command.kind)
    if rule is None:
        return Refusal.because("fact.unknown", "a fact of this programme", kind=command.kind)
    if rule.kind == "correction":
        return _correction(programme, rule, command)
    fields, mistakes = check_fields(programme, rule, command.fields)
    mistakes += _strangers(programme, standing, rule, fields) if not mistakes else []
    mistakes += _not_found(rule, command) if not mistakes else []
    mistakes += _WORDS[rule.kind](programme, standing, fields) if not mistakes and rule.kind in _WORDS else []
    if mistakes:
        return Refusal("fact.refused", tuple(mistakes))
    return (_said(programme, standing, rule, command.item, fields, moment),)


def _strangers(programme: Programme, standing: Standing, rule: Fact, fields: Mapping[str, Any]) -> list[Missing]:
    party = fields.get("party")
    if party is None or not rule.needs_party:
        return []
    if party_kind(programme, party) is None:
        return [Missing("country.unknown", f"{party} is a member country of {programme.slug}", facts={"party": party})]
    if rule.kind in ("answer", "join_party", "succession") or party in standing.members():
        return []
    return [Missing("party.not_in_the_exchange", f"{party} belongs to the exchange", facts={"party": party})]


def _not_found(rule: Fact, command: StateFact) -> list[Missing]:
    if rule.place is not Place.NAMED:
        return []
    if command.item is None or command.item.kind != rule.item_kind:
        return [Missing("fact.item_unknown", f"names the {rule.item_kind} it is about", facts={"kind": rule.item_kind})]
    if command.item.struck:
        return [Missing("fact.item_struck", "an item that was struck is said anew", facts={"item": command.item.item})]
    return []


def _excusable(programme: Programme, standing: Standing, fields: Mapping[str, Any]) -> list[Missing]:
    need = programme.needs.get(fields["code"])
    if need is None:
        return [Missing("need.unknown", f"{fields['code']} is a need of this programme")]
    if isinstance(need.if_silent, Block):
        return [Missing("need.blocks_for_ever", "a signature and the consent to a match are never waived")]
    return []


def _move_known(programme: Programme, standing: Standing, fields: Mapping[str, Any]) -> list[Missing]:
    known = fields["move"] in programme.moves
    return [] if known else [Missing("move.unknown", f"{fields['move']} is a move of this programme")]


def _consulted_bench(programme: Programme, standing: Standing, fields: Mapping[str, Any]) -> list[Missing]:
    reserved = fields.get("word") == "with_reservation" and "reservation" not in fields
    return (
        [Missing("fact.field_missing", "a reservation is written out", facts={"field": "reservation"})]
        if reserved
        else []
    )


def _replaced_is_member(programme: Programme, standing: Standing, fields: Mapping[str, Any]) -> list[Missing]:
    party = fields["replaces"]
    if party in standing.members():
        return []
    return [Missing("party.not_in_the_exchange", f"{party} belongs to the exchange", facts={"party": party})]


_WORDS = {
    "waiver": _excusable,
    "not_available": _excusable,
    "confirmation": _move_known,
    "endorsement": _consulted_bench,
    "succession": _replaced_is_member,
    "succession_agreed": _replaced_is_member,
}


def _said(
    programme: Programme,
    standing: Standing,
    rule: Fact,
    item: Item | None,
    fields: Mapping[str, Any],
    moment: Moment,
) -> Happening:
    payload: dict[str, Any] = dict(fields)
    if rule.place is Place.NEW:
        payload["number"] = standing.count(f"said.{rule.item_kind}") + 1
    payload["item"] = (
        item.item if rule.place is Place.NAMED and item else item_name(rule, payload, payload.get("number", 0))
    )
    payload |= _known_meanwhile(programme, standing, rule, payload, moment)
    after = apply(item, _Saying(rule.event, payload))
    if counts := difference(item, after):
        payload["counts"] = counts
    sealed = tuple(field.name for field in rule.fields if field.sealed and field.name in payload)
    return Happening(rule.event, payload, sealed)


def _known_meanwhile(
    programme: Programme, standing: Standing, rule: Fact, payload: Mapping[str, Any], moment: Moment
) -> Mapping[str, Any]:
    """What the event must carry so that no fold ever has to look outside it."""
    match rule.kind:
        case "answer" | "join_party":
            return {"kind": party_kind(programme, payload["party"]), "on": moment.occurred_on}
        case "leave_party" | "change_role":
            return {"on": moment.occurred_on}
        case "consultation" | "endorsement":
            return {"version": standing.text_version(payload["paper"]), "since": moment.occurred_on}
        case "text_revised":
            return {"version": standing.text_version(payload["paper"]) + 1}
        case _:
            return {}


def _correction(programme: Programme, rule: Fact, command: StateFact) -> tuple[Happening, ...] | Refusal:
    own = {f.name for f in rule.fields}
    fields, mistakes = check_fields(programme, rule, {k: v for k, v in command.fields.items() if k in own})
    if mistakes:
        return Refusal("fact.refused", tuple(mistakes))
    if command.item is None or command.corrects is None:
        return Refusal.because("correction.event_unknown", "names an event of this exchange that says a fact")
    kind, was, seq = command.corrects
    right, mistakes = check_fields(
        programme, FACTS[kind], {k: v for k, v in command.fields.items() if k not in own}, partial=True
    )
    if "whole" in fields and seq != command.item.said_seq:
        mistakes.append(
            Missing("correction.not_the_first", "only the event that opened an item strikes the whole of it")
        )
    if not right and "whole" not in fields:
        mistakes.append(Missing("correction.empty", "carries the right values, or strikes the whole"))
    if mistakes:
        return Refusal("fact.refused", tuple(mistakes))
    return (_corrected(kind, was, fields, right, command.item),)


def _corrected(
    kind: str, was: Mapping[str, Any], fields: Mapping[str, Any], right: Mapping[str, Any], item: Item
) -> Happening:
    sealed = {f.name for f in FACTS[kind].fields if f.sealed}
    kept = {k: v for k, v in was.items() if k not in sealed and k not in ("counts", "number", "item")}
    plain = {k: v for k, v in right.items() if k not in sealed}
    payload = {**fields, "item": item.item, "corrects": kind, "was": kept, "right": plain}
    body = {**item.body, **plain}
    after = replace(item, body=body, happens_on=body.get("on"), struck="whole" in fields)
    counts = difference(item, after)
    return Happening("Corrected", payload | ({"counts": counts} if counts else {}))


class _Saying:
    """A fact event before it has a place in the stream."""

    seq = 0
    occurred_at = ""
    recorded_at = ""

    def __init__(self, type: str, payload: Mapping[str, Any]) -> None:
        self.type = type
        self.payload = payload
