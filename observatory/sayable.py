# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What can be said of an exchange: the facts of its programme, each with its fields."""

from typing import Any

from cycle.facts import FACTS
from cycle.facts.in_words import item_of, said_by, taken_by
from cycle.facts.rule import Fact, Field, Kind
from cycle.programme import Programme
from observatory.errors import NotFound
from observatory.window import Desk, looking_at
from people.actors import Actor


def facts_told(desk: Desk, reader: Actor, exchange: str, kind: str | None = None) -> dict[str, Any]:
    """`{facts: [{kind, event, said_by, item, either, fields: [{name, required, takes, choices}]}]}`. Raises NotFound."""
    with looking_at(desk, reader, exchange) as seen:
        programme = seen.programme
    if kind is not None and kind not in programme.facts:
        raise NotFound(f"no fact {kind}; there are {', '.join(programme.facts)}", fact=kind)
    wanted = (one for one in FACTS if one in programme.facts) if kind is None else (kind,)
    return {"facts": [_fact(programme, programme.facts[one]) for one in wanted]}


def _fact(programme: Programme, fact: Fact) -> dict[str, Any]:
    return {
        "kind": fact.kind,
        "event": fact.event,
        "said_by": said_by(fact),
        "item": item_of(fact),
        "either": list(fact.either),
        "fields": [_field(programme, field) for field in fact.fields],
    }


def _field(programme: Programme, field: Field) -> dict[str, Any]:
    choices = programme.benches if field.kind is Kind.BENCH or field.of_benches else field.choices
    listed = sorted(programme.vocabularies[field.vocabulary]) if field.vocabulary else list(choices)
    return {"name": field.name, "required": field.required, "takes": taken_by(field), "choices": listed}
