"""The policy: may this actor do this? Asked before anything is decided, by services only.

For moves and facts it reads the roles of the resolved programme and restates nothing; the holders it compares with are
those a refusal names (`cycle.roles.who_may`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cycle.explain import told
from cycle.programme import Programme
from cycle.refusals import Missing, Refusal
from cycle.roles import ANYONE, PARTY, SECRETARIAT, SYSTEM, party_holder, who_may
from cycle.rules import Asked
from cycle.standing import Standing
from cycle.words import Lifecycle, PartyRole
from people.actors import OF_A_PARTY, READS_ONLY, Actor, Role


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an actor may; if not, the refusal to give."""

    allowed: bool
    refusal: Refusal | None = None


YES = Verdict(True)


def _no(code: str, need: str, who_could: Iterable[str] = ()) -> Verdict:
    return Verdict(False, Refusal("permission.denied", (Missing(code, need, tuple(who_could)),)))


def may_move(programme: Programme, standing: Standing, actor: Actor, move: str) -> Verdict:
    """Whether an actor may make a move of the programme; an unknown move is the engine's to refuse."""
    if move not in programme.moves:
        return YES
    return _may(programme, standing, actor, programme.moves[move].by, f"make the move {move}")


def may_state(programme: Programme, standing: Standing, actor: Actor, kind: str, fields: Mapping[str, Any]) -> Verdict:
    """Whether an actor may say a fact. Consent is said by those whose it is: no operator, no officer for a country."""
    fact = programme.facts.get(kind)
    if fact is None:
        return YES
    party = fields.get("party")
    if kind == "not_available" and actor.role in OF_A_PARTY:
        return _may_excuse(programme, standing, actor, str(fields.get("code")))
    if fact.consent and actor.role in (Role.OPERATOR, Role.SECRETARIAT) and "secretariat" not in fact.by:
        who = who_may(fact.by, standing, (str(party),) if party else (), programme.consulted_benches)
        return _no("permission.consent_is_their_own", f"{kind} is said by those whose consent it is", who)
    if party and actor.role in OF_A_PARTY and party != actor.party:
        return _no("permission.another_party", f"a party speaks for itself, not for {party}")
    if actor.role is Role.BENCH_DELEGATE and fields.get("bench") not in (None, actor.bench):
        return _no("permission.another_bench", "a delegate fills the seat of their own bench")
    return _may(programme, standing, actor, fact.by, f"say {kind}")


def _may_excuse(programme: Programme, standing: Standing, actor: Actor, code: str) -> Verdict:
    """A party says "not available" only of what it could bring itself; other needs the secretariat waives."""
    need = programme.needs.get(code)
    asked = Asked(standing, "", {}, programme.consulted_benches, programme.limits)
    lack = need.requirement.lack(asked) if need else None
    if need is None or lack is None:
        return _may(programme, standing, actor, programme.facts["not_available"].by, "say not_available")
    holders = told(programme, standing, need, lack).who_could
    return YES if actor.holds & frozenset(holders) else _no("permission.role", f"may say {code} not available", holders)


def may_correct(programme: Programme, standing: Standing, actor: Actor, kind: str, was: Mapping[str, Any]) -> Verdict:
    """Whether an actor may correct what was said: whoever may say it, so consent is corrected by its own."""
    return may_state(programme, standing, actor, kind, was)


def may_take_step(by: Iterable[str], parties: Iterable[str], actor: Actor, step: str) -> Verdict:
    """Whether an actor may make a step of an agreement between parties; *party* is a focal point or partner of one."""
    words = tuple(by)
    holders = {role for role in words if role in (SECRETARIAT, SYSTEM)}
    holders |= {party_holder(party) for party in parties if PARTY in words}
    return YES if actor.holds & holders else _no("permission.role", f"may {step}", sorted(holders))


def may_draft(actor: Actor, parties: Iterable[str]) -> Verdict:
    """Whether an actor may open an exchange: officers any, a party one that it belongs to."""
    if actor.role in (Role.OPERATOR, Role.SECRETARIAT, Role.SYSTEM):
        return YES
    if actor.role in (Role.FOCAL_POINT, Role.PARTNER) and actor.party in tuple(parties):
        return YES
    return _no("permission.not_a_party", "open an exchange of one's own country", ("secretariat",))


def may_read(standing: Standing, actor: Actor) -> bool:
    """Whether an actor may know of an exchange at all.

    A draft is its own parties' (and the officers') alone; an offer or a demand that still looks for a counterpart is open
    to every member country, so that somebody can answer; what was matched is again its parties' alone.
    """
    if actor.reads_all:
        return True
    known = standing.parties.get(actor.party or "")
    own = known is not None and known["status"] in ("member", "candidate")
    return actor.role in OF_A_PARTY and (own or (actor.role is Role.FOCAL_POINT and is_looking(standing)))


def may_order(standing: Standing, actor: Actor, kind: str) -> Verdict:
    """Whether an actor may order a paper of an exchange: its own parties and the officers."""
    holders = who_may((PARTY, SECRETARIAT, SYSTEM), standing)
    return YES if actor.holds & frozenset(holders) else _no("permission.role", f"may order {kind}", holders)


def is_looking(standing: Standing) -> bool:
    """Whether an offer or a demand still waits for its counterpart; a partner that facilitates is none."""
    sides = {*standing.members(PartyRole.OFFERS), *standing.members(PartyRole.ASKS)}
    active = standing.lifecycle == Lifecycle.ACTIVE
    return active and standing.stage == standing.door and sides == {standing.first_party}


def may_operate(actor: Actor) -> Verdict:
    """Whether an actor may do what belongs to the whole house: import, publish a programme, create tokens."""
    if actor.role in (Role.OPERATOR, Role.SECRETARIAT, Role.SYSTEM):
        return YES
    return _no("permission.not_an_officer", "the secretariat or the operator", ("secretariat",))


def may_backdate(actor: Actor) -> Verdict:
    """Whether an actor may tell a thing with an earlier `occurred_at`: the right `backdate`, with a reason."""
    if actor.role in (Role.OPERATOR, Role.SECRETARIAT, Role.SYSTEM):
        return YES
    return _no("permission.backdate", "the right to backdate", ("secretariat",))


def _may(programme: Programme, standing: Standing, actor: Actor, by: Iterable[str], deed: str) -> Verdict:
    if actor.role in READS_ONLY:
        return _no("permission.reads_only", f"managers and auditors change nothing; {deed}")
    holders = who_may(by, standing, benches=programme.benches)
    anyone = ANYONE in holders and actor.role is not Role.BENCH_DELEGATE
    return YES if anyone or actor.holds & frozenset(holders) else _no("permission.role", f"may {deed}", holders)
