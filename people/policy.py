# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The policy: may this actor do this to that? One question, `can`, answered from one table (`people/table.py`).

For moves and facts it reads the roles of the resolved programme and restates nothing; the holders it compares with are
those a refusal names (`cycle.roles.who_may`). A thing one may not know of is told from one that one may not touch.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from cycle.programme import Programme
from cycle.refusals import Missing, Refusal
from cycle.roles import SECRETARIAT, party_holder
from cycle.standing import Standing
from people.actors import OF_A_PARTY, OFFICERS, READS_ONLY, Actor, Role
from people.programme_roles import by_machine, by_programme
from people.resources import HOUSE, Resource, of_exchange
from people.table import ACTIONS, BENCH, OURS, SELF, TOKENS_OF, Action, Judge, Relation

CODES: Mapping[str, str] = {
    "permission.another_bench": "a delegate of that bench",
    "permission.another_party": "a party speaks for itself",
    "permission.backdate": "the right to backdate",
    "permission.consent_is_their_own": "said by those whose consent it is",
    "permission.not_a_party": "somebody of that country",
    "permission.not_an_officer": "the secretariat or the operator",
    "permission.not_ones_own": "somebody whose own it is",
    "permission.on_behalf": "the secretariat or the operator",
    "permission.reads_only": "somebody else than a manager or an auditor",
    "permission.role": "somebody whose role it is",
    "permission.sign_in": "somebody who has signed in",
    "permission.unknown": "a thing one may know of",
}
"""What a refusal of the table says is needed."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether an actor may; if not, the refusal to give. `known` is False for a thing the actor may not know of."""

    allowed: bool
    refusal: Refusal | None = None
    known: bool = True


YES = Decision(True)
_NONE = frozenset({Relation.OTHER})
_NARROWER: Mapping[frozenset[Relation], str] = {SELF: "permission.not_ones_own", BENCH: "permission.another_bench"}
"""Why somebody is refused whose role may, if the thing is their own or their bench's."""


class ActionUnknown(Exception):
    """An action that stands nowhere in the table."""


def can(actor: Actor, action: str, resource: Resource = HOUSE) -> Decision:
    """Whether an actor may do an action of the table to a thing. Raises ActionUnknown."""
    rule = rule_of(action)
    if actor.role not in rule.roles:
        return _unlisted(actor, rule, resource)
    if rule.knows and not can(actor, rule.knows, _for_nobody(resource)).allowed:
        return Decision(False, _refusal("permission.unknown", rule, resource), known=False)
    ways = relations(actor, resource)
    row = next((row for row in rule.rows if row.fits(actor.role, ways, resource.status)), None)
    if row is None:
        return _unlisted(actor, rule, resource)
    if actor.role in OF_A_PARTY and resource.party not in (None, actor.party):
        return Decision(False, _refusal("permission.another_party", rule, resource))
    refusal = _judged(row.judge, actor, resource)
    return YES if refusal is None else Decision(False, refusal)


def _for_nobody(resource: Resource) -> Resource:
    """The thing alone: to know of it, it does not matter for whom something is said in it."""
    return resource if resource.party is None else replace(resource, party=None)


def rule_of(action: str) -> Action:
    """An action of the table. Raises ActionUnknown."""
    if action not in ACTIONS:
        raise ActionUnknown(f"{action} stands in no row of people/table.py")
    return ACTIONS[action]


def ever(role: Role, action: str) -> bool:
    """Whether a role may ever do an action, to whatever thing."""
    return role in rule_of(action).roles


def may_hand_on(actor: Actor, role: Role) -> bool:
    """Whether a token that an actor makes may act in a role."""
    return role in TOKENS_OF.get(actor.role, ())


def offers(actor: Actor, resource: Resource) -> tuple[str, ...]:
    """The actions an actor may do to a thing, those that change it: the buttons to show."""
    changing = (name for name, rule in ACTIONS.items() if rule.changes and name.startswith(f"{resource.kind}."))
    return tuple(name for name in changing if can(actor, name, resource).allowed)


def relations(actor: Actor, resource: Resource) -> frozenset[Relation]:
    """Every way in which an actor stands to a thing."""
    is_party = actor.party in resource.parties
    ways = (
        (Relation.SELF, actor.person in resource.owners),
        (Relation.OWN, bool(actor.party) and resource.parties == {actor.party}),
        (Relation.PARTY, is_party),
        (Relation.BENCH, is_party and actor.bench is not None and actor.bench == resource.bench),
        (Relation.INVITED, resource.looking),
        (Relation.NAMED, actor.person in resource.named),
    )
    return frozenset([way for way, holds in ways if holds]) or _NONE


def _unlisted(actor: Actor, rule: Action, resource: Resource) -> Decision:
    """No row is theirs. Whoever may not read a thing does not know of it."""
    known = rule.changes or rule.knows is not None or resource is HOUSE
    return Decision(False, _refusal(_code(actor, rule), rule, resource), known)


def _judged(judge: Judge, actor: Actor, resource: Resource) -> Refusal | None:
    match judge:
        case Judge.PROGRAMME:
            return by_programme(actor, resource)
        case Judge.MACHINE:
            return by_machine(actor, resource)
        case _:
            return None


def _code(actor: Actor, rule: Action) -> str:
    """Why the table has no row: the code of the refusal."""
    if actor.role is Role.PUBLIC:
        return "permission.sign_in"
    if rule.changes and actor.role in READS_ONLY:
        return "permission.reads_only"
    if rule.consent and actor.role in OFFICERS:
        return "permission.consent_is_their_own"
    return _NARROWER.get(rule.relations_of(actor.role), rule.refused_as)


def _refusal(code: str, rule: Action, resource: Resource) -> Refusal:
    need = f"may {rule.sentence}" if code == "permission.role" else f"{CODES[code]}, to {rule.sentence}"
    return Refusal("permission.denied", (Missing(code, need, tuple(_who_could(rule, resource))),))


def _who_could(rule: Action, resource: Resource) -> Iterable[str]:
    """The holders (`cycle.roles`) whom the rows of an action name for this thing."""
    if any(Role.SECRETARIAT in row.roles for row in rule.rows):
        yield SECRETARIAT
    if any(Role.FOCAL_POINT in row.roles and row.relations & OURS for row in rule.rows):
        yield from map(party_holder, sorted({resource.party} if resource.party else resource.parties))


def may_read(standing: Standing, actor: Actor) -> bool:
    """Whether an actor may know of an exchange at all."""
    return can(actor, "exchange.read", of_exchange(standing)).allowed


def may_move(programme: Programme, standing: Standing, actor: Actor, move: str) -> Decision:
    """Whether an actor may make a move of the programme; an unknown move is the engine's to refuse."""
    return can(actor, "exchange.move", of_exchange(standing, programme, move=move))


def may_state(programme: Programme, standing: Standing, actor: Actor, kind: str, says: Mapping[str, Any]) -> Decision:
    """Whether an actor may say a fact of the programme; an unknown one is the engine's to refuse."""
    return can(actor, "exchange.state", of_exchange(standing, programme, fact=kind, says=says))


def may_correct(programme: Programme, standing: Standing, actor: Actor, kind: str, was: Mapping[str, Any]) -> Decision:
    """Whether an actor may correct what was said: whoever may say it, so consent is corrected by its own."""
    return can(actor, "exchange.correct", of_exchange(standing, programme, fact=kind, says=was))
