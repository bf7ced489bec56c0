# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Where the table says "as the programme says": the roles of the resolved programme, or of the agreement's machine."""

from collections.abc import Iterable, Mapping
from typing import Any

from cycle.explain import told
from cycle.programme import Programme
from cycle.refusals import Missing, Refusal
from cycle.roles import ANYONE, PARTY, SECRETARIAT, SYSTEM, party_holder, who_may
from cycle.rules import Asked
from cycle.standing import Standing
from people.actors import OF_A_PARTY, OFFICERS, Actor, Role
from people.resources import Resource


def by_programme(actor: Actor, resource: Resource) -> Refusal | None:
    """What the programme refuses an actor in an exchange; None when it lets them. What it does not know is the engine's."""
    if resource.programme is None or resource.standing is None:
        return _no("permission.role", "may do what the exchange's programme says")
    if resource.move is not None:
        return _by_move(resource.programme, resource.standing, actor, resource.move)
    if resource.fact is not None:
        return _by_fact(resource.programme, resource.standing, actor, resource.fact, resource.says)
    return _by_any(resource.programme, resource.standing, actor)


def by_machine(actor: Actor, resource: Resource) -> Refusal | None:
    """What an agreement's machine refuses an actor: *party* is a focal point or partner of one."""
    holders = {role for role in resource.by if role in (SECRETARIAT, SYSTEM)}
    holders |= {party_holder(party) for party in resource.parties if PARTY in resource.by}
    if not resource.by or actor.holds & holders:
        return None
    return _no("permission.role", f"may {resource.move}", sorted(holders))


def _by_any(programme: Programme, standing: Standing, actor: Actor) -> Refusal | None:
    """Whether any move or fact is theirs here."""
    words = [programme.moves[name].by for name in programme.machine.moves_from(standing.stage)]
    words += [fact.by for fact in programme.facts.values()]
    refusals = [_by_roles(programme, standing, actor, by, "do anything here") for by in words]
    return next((refusal for refusal in refusals if refusal), None) if all(refusals) else None


def _by_move(programme: Programme, standing: Standing, actor: Actor, move: str) -> Refusal | None:
    if move not in programme.moves:
        return None
    return _by_roles(programme, standing, actor, programme.moves[move].by, f"make the move {move}")


def _by_fact(
    programme: Programme, standing: Standing, actor: Actor, kind: str, fields: Mapping[str, Any]
) -> Refusal | None:
    """Consent is said by those whose it is: no operator, no officer for a country."""
    fact = programme.facts.get(kind)
    if fact is None:
        return None
    party = fields.get("party")
    if kind == "not_available" and actor.role in OF_A_PARTY:
        return _by_need(programme, standing, actor, str(fields.get("code")))
    if fact.consent and actor.role in OFFICERS and SECRETARIAT not in fact.by:
        who = who_may(fact.by, standing, (str(party),) if party else (), programme.consulted_benches)
        return _no("permission.consent_is_their_own", f"{kind} is said by those whose consent it is", who)
    if party and actor.role in OF_A_PARTY and party != actor.party:
        return _no("permission.another_party", f"a party speaks for itself, not for {party}")
    if actor.role is Role.BENCH_DELEGATE and fields.get("bench") not in (None, actor.bench):
        return _no("permission.another_bench", "a delegate fills the seat of their own bench")
    return _by_roles(programme, standing, actor, fact.by, f"say {kind}")


def _by_need(programme: Programme, standing: Standing, actor: Actor, code: str) -> Refusal | None:
    """A party says "not available" only of what it could bring itself; other needs the secretariat waives."""
    need = programme.needs.get(code)
    asked = Asked(standing, "", {}, programme.consulted_benches, programme.limits)
    lack = need.requirement.lack(asked) if need else None
    if need is None or lack is None:
        return _by_roles(programme, standing, actor, programme.facts["not_available"].by, "say not_available")
    holders = told(programme, standing, need, lack).who_could
    return (
        None if actor.holds & frozenset(holders) else _no("permission.role", f"may say {code} not available", holders)
    )


def _by_roles(programme: Programme, standing: Standing, actor: Actor, by: Iterable[str], deed: str) -> Refusal | None:
    holders = who_may(by, standing, benches=programme.benches)
    anyone = ANYONE in holders and actor.role is not Role.BENCH_DELEGATE
    return None if anyone or actor.holds & frozenset(holders) else _no("permission.role", f"may {deed}", holders)


def _no(code: str, need: str, who_could: Iterable[str] = ()) -> Refusal:
    return Refusal("permission.denied", (Missing(code, need, tuple(who_could)),))
