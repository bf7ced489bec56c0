# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What the fields of a fact must say together, wherever its exchange stands: as it is first said, and as it is corrected."""

from collections.abc import Callable, Mapping
from typing import Any

from cycle.checking import money_mistakes
from cycle.facts.rule import Fact
from cycle.moment import Moment
from cycle.programme import Programme
from cycle.refusals import Missing
from cycle.rules import Block

Fields = Mapping[str, Any]
SPANS = (("on", "until"), ("starts_on", "on"), ("signed_on", "in_force_until"))
"""Days of one fact that follow each other: the first, and the last."""


def mistakes_together(programme: Programme, rule: Fact, fields: Fields) -> list[Missing]:
    """Everything that does not fit together in the fields of a fact, each of which is in its form."""
    also = _ALSO.get(rule.kind)
    return money_mistakes(programme, fields) + _reversed(fields) + (also(programme, fields) if also else [])


def _reversed(fields: Fields) -> list[Missing]:
    """A span that ends before it begins: no plan, and no bar of a roadmap."""
    return [
        Missing("fact.days_reversed", f"{last} is no earlier than {first}", facts={"field": last})
        for first, last in SPANS
        if first in fields and last in fields and fields[last] < fields[first]
    ]


def not_yet(rule: Fact, fields: Fields, moment: Moment) -> list[Missing]:
    """What is told as done lies in the past; a day's grace, for it may be tomorrow already where the teller is."""
    return [
        Missing("fact.day_in_the_future", f"{field.name} has come already", facts={"field": field.name})
        for field in rule.fields
        if field.past and fields.get(field.name, "") > moment.tomorrow
    ]


def _excusable(programme: Programme, fields: Fields) -> list[Missing]:
    need = programme.needs.get(fields["code"])
    if need is None:
        return [Missing("need.unknown", f"{fields['code']} is a need of this programme")]
    if isinstance(need.if_silent, Block):
        return [Missing("need.blocks_for_ever", "a signature and the consent to a match are never waived")]
    if need.requirement.is_rule:
        return [Missing("need.is_a_rule", "a rule of the cycle waits for nobody, so nothing excuses it")]
    return []


def _move_known(programme: Programme, fields: Fields) -> list[Missing]:
    known = fields["move"] in programme.moves
    return [] if known else [Missing("move.unknown", f"a move of this programme; {fields['move']} is none")]


def _reservation_written(programme: Programme, fields: Fields) -> list[Missing]:
    reserved = fields.get("word") == "with_reservation" and "reservation" not in fields
    return (
        [Missing("fact.field_missing", "a reservation is written out", facts={"field": "reservation"})]
        if reserved
        else []
    )


def _weight_offered(programme: Programme, fields: Fields) -> list[Missing]:
    known = fields["weight"] in programme.document["weights"]
    return [] if known else [Missing("exchange.weight_unknown", "a weight of this programme")]


def _contribution_whole(programme: Programme, fields: Fields) -> list[Missing]:
    """Nothing is nothing; and money says by which method it was valued, at whose rate."""
    if "none" in fields:
        also = sorted(set(fields) - {"none", "party"})
        need = f"a contribution of none has no {', '.join(also)}"
        return [Missing("contribution.none_and_more", need, facts={"field": also[0]})] if also else []
    told = ("valuation_method", "rate_source") if "amount" in fields else ()
    return [
        Missing("fact.field_missing", f"an amount names its {name}", facts={"field": name})
        for name in told
        if name not in fields
    ]


_ALSO: Mapping[str, Callable[[Programme, Fields], list[Missing]]] = {
    "contribution": _contribution_whole,
    "waiver": _excusable,
    "not_available": _excusable,
    "confirmation": _move_known,
    "endorsement": _reservation_written,
    "weight": _weight_offered,
}
