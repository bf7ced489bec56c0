# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Deciding a fact: are its fields right, does what it names exist, and what event does it become."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from cycle.checking import check_fields, party_kind, stranger
from cycle.commands import StateFact
from cycle.corrections import decide_correction
from cycle.counters import difference
from cycle.events import Happening
from cycle.facts.rule import Fact, Place
from cycle.items import Item, apply, item_name
from cycle.moment import Moment
from cycle.programme import Programme
from cycle.refusals import Missing, Refusal
from cycle.standing import Standing, roles_of
from cycle.together import mistakes_together, not_yet
from cycle.words import BOTH_DOORS, PartyRole


def decide_fact(
    programme: Programme, standing: Standing, command: StateFact, moment: Moment
) -> tuple[Happening, ...] | Refusal:
    """The event a fact becomes, or everything that is wrong with it."""
    rule = programme.facts.get(command.kind)
    if rule is None:
        return Refusal.because("fact.unknown", f"a fact of this programme; {command.kind} is none", kind=command.kind)
    if rule.kind == "correct":
        return decide_correction(programme, rule, command, moment)
    fields, mistakes = check_fields(programme, rule, command.fields)
    mistakes += mistakes_together(programme, rule, fields) if not mistakes else []
    mistakes += not_yet(rule, fields, moment)
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
        return [stranger(programme, party)]
    if rule.kind in ("answer", "join_party", "succession") or party in standing.members():
        return []
    return [Missing("party.not_in_the_exchange", f"{party} belongs to the exchange", facts={"party": party})]


def _not_found(rule: Fact, command: StateFact) -> list[Missing]:
    item = command.item
    if rule.place is not Place.NAMED and (item is None or item.struck):
        return []
    if item is None or item.kind != rule.item_kind:
        return [Missing("fact.item_unknown", f"names the {rule.item_kind} it is about", facts={"kind": rule.item_kind})]
    if item.struck:
        return [Missing("fact.item_struck", "an item that was struck is said anew", facts={"item": item.item})]
    if rule.after and item.status not in rule.after:
        need = f"{rule.kind} is said of what is {' or '.join(rule.after)}"
        return [Missing("fact.item_status", need, facts={"item": item.item, "status": item.status})]
    if rule.having and rule.having not in item.body:
        need = f"{rule.kind} is said of a {rule.item_kind} that has a {rule.having}"
        return [Missing("fact.item_lacks", need, facts={"item": item.item, "field": rule.having})]
    return []


def _replaced_is_member(programme: Programme, standing: Standing, fields: Mapping[str, Any]) -> list[Missing]:
    party = fields["replaces"]
    if party in standing.members():
        return []
    return [Missing("party.not_in_the_exchange", f"{party} belongs to the exchange", facts={"party": party})]


def _successor_is_another(programme: Programme, standing: Standing, fields: Mapping[str, Any]) -> list[Missing]:
    """Nobody succeeds themselves, nor the only party on the other side: a country does not cooperate with itself."""
    old, new = fields["replaces"], fields["party"]
    sides = (standing.members(PartyRole.OFFERS), standing.members(PartyRole.ASKS))
    alone = any(side == (new,) for side in sides) and any(side == (old,) for side in sides)
    if new != old and not alone:
        return _replaced_is_member(programme, standing, fields)
    return [Missing("succession.not_another", "the successor is not on the other side already", facts={"party": new})]


def _sides_stay(programme: Programme, standing: Standing, fields: Mapping[str, Any]) -> list[Missing]:
    """The last who offers, or asks, is replaced, or the exchange ends; it does not go on with an empty side."""
    party, keeps = fields["party"], roles_of(fields.get("role", ""))
    return [
        Missing("party.last_of_its_side", f"another party {role}: replace_party", facts={"party": party, "role": role})
        for role in (PartyRole.OFFERS.value, PartyRole.ASKS.value)
        if standing.members(role) == (party,) and role not in keeps
    ]


def _match_to_accept(programme: Programme, standing: Standing, fields: Mapping[str, Any]) -> list[Missing]:
    matched = standing.place() >= BOTH_DOORS
    return [] if matched else [Missing("acceptance.no_match_yet", "offer and demand stand side by side")]


def _still_looking(programme: Programme, standing: Standing, fields: Mapping[str, Any]) -> list[Missing]:
    looking = standing.place() < BOTH_DOORS
    return [] if looking else [Missing("answer.not_looked_for", "the exchange still looks for a counterpart")]


def _not_spoken_yet(programme: Programme, standing: Standing, fields: Mapping[str, Any]) -> list[Missing]:
    """A bench that spoke on the present text is not asked again: its word would be lost."""
    given = standing.words.get(f"{fields['paper']}/{fields['party']}/{fields['bench']}")
    if given is None or given["word"] == "asked" or given["version"] < standing.text_version(fields["paper"]):
        return []
    return [Missing("consultation.already_spoken", f"{fields['bench']} of {fields['party']} has given its word")]


def _passed_over(programme: Programme, standing: Standing, fields: Mapping[str, Any]) -> list[Missing]:
    """A right of reply has the bench whose word was not waited for."""
    if f"passed/{fields['paper']}/{fields['party']}/{fields['bench']}" in standing.said:
        return []
    return [Missing("reply.nothing_to_reply_to", "a move was made without this bench's word")]


_WORDS = {
    "reply": _passed_over,
    "succession": _successor_is_another,
    "succession_agreed": _replaced_is_member,
    "leave_party": _sides_stay,
    "change_role": _sides_stay,
    "acceptance": _match_to_accept,
    "answer": _still_looking,
    "consultation": _not_spoken_yet,
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
    payload |= _known_meanwhile(programme, standing, rule, item, payload, moment)
    after = apply(item, _Saying(rule.event, payload))
    if counts := difference(item, after):
        payload["counts"] = counts
    sealed = tuple(field.name for field in rule.fields if field.sealed and field.name in payload)
    return Happening(rule.event, payload, sealed)


def _known_meanwhile(
    programme: Programme,
    standing: Standing,
    rule: Fact,
    item: Item | None,
    payload: Mapping[str, Any],
    moment: Moment,
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
        case "activity_redated" | "activity_held" if item and "until" in item.body and "until" not in payload:
            return {"until": _ends_on(item, payload["on"], moved=rule.kind == "activity_redated")}
        case _:
            return {}


def _ends_on(activity: Item, on: str, *, moved: bool) -> str:
    """The end of an activity, where nobody says it anew: one that is moved lasts as long as before."""
    until: str = activity.body["until"]
    if not moved:
        return max(on, until)
    day, first, last = (date.fromisoformat(one).toordinal() for one in (on, activity.body.get("on", until), until))
    return date.fromordinal(min(day + max(0, last - first), date.max.toordinal())).isoformat()


class _Saying:
    """A fact event before it has a place in the stream."""

    seq = 0
    occurred_at = ""
    recorded_at = ""

    def __init__(self, event: str, payload: Mapping[str, Any]) -> None:
        self.type = event
        self.payload = payload
