"""The policy: may this actor do this? Asked before anything is decided, by services only.

For moves and facts it reads the roles of the resolved programme and restates nothing; the holders it compares with are
those a refusal names (`cycle.roles.who_may`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cycle.programme import Programme
from cycle.refusals import Missing, Refusal
from cycle.roles import ANYONE, who_may
from cycle.standing import Standing
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
    if fact.consent and actor.role in (Role.OPERATOR, Role.SECRETARIAT) and "secretariat" not in fact.by:
        who = who_may(fact.by, standing, (str(party),) if party else (), programme.consulted_benches)
        return _no("permission.consent_is_their_own", f"{kind} is said by those whose consent it is", who)
    if party and actor.role in OF_A_PARTY and party != actor.party:
        return _no("permission.another_party", f"a party speaks for itself, not for {party}")
    if actor.role is Role.BENCH_DELEGATE and fields.get("bench") not in (None, actor.bench):
        return _no("permission.another_bench", "a delegate fills the seat of their own bench")
    return _may(programme, standing, actor, fact.by, f"say {kind}")


def may_draft(actor: Actor, parties: Iterable[str]) -> Verdict:
    """Whether an actor may open an exchange: officers any, a party one that it belongs to."""
    if actor.role in (Role.OPERATOR, Role.SECRETARIAT, Role.SYSTEM):
        return YES
    if actor.role in OF_A_PARTY and actor.party in tuple(parties):
        return YES
    return _no("permission.not_a_party", "open an exchange of one's own country", ("secretariat",))


def may_read(standing: Standing, actor: Actor) -> bool:
    """Whether an actor may know of an exchange at all.

    A draft is its own parties' (and the officers') alone; an offer or a demand that still looks for a counterpart is open to
    every member country, so that somebody can answer; what was matched is again its parties' alone.
    """
    if actor.reads_all:
        return True
    known = standing.parties.get(actor.party or "")
    own = known is not None and known["status"] in ("member", "candidate")
    return actor.role in OF_A_PARTY and (own or (actor.role is Role.FOCAL_POINT and is_looking(standing)))


def is_looking(standing: Standing) -> bool:
    """Whether an offer or a demand still waits for its counterpart."""
    return standing.stage == standing.door and len(standing.members()) == 1


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
    if ANYONE in holders or actor.holds & frozenset(holders):
        return YES
    return _no("permission.role", f"may {deed}", holders)
