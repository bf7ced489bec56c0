# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What people do with agreements: draft one for exchanges, negotiate its text, list who signs, record signatures in ink."""

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection

from agreements import agreement as a
from agreements import decide as rules
from agreements.agreement import Agreement
from agreements.rules import STEPS, TAKEN, Status
from agreements.terms import TERMS, wrong_terms
from cycle.events import Happening
from cycle.moment import Moment
from cycle.programme import Programme
from cycle.refusals import Refusal
from cycle.standing import ENDED, Standing
from cycle.words import Stage
from ledger.canonical import canonical_bytes
from ledger.event import GENESIS
from people.actors import Actor
from people.policy import can, may_read
from people.resources import of_exchange, of_parties
from services.accounts import require_in_person
from services.act import act_of
from services.asking import Answer, Asking, ask
from services.desk import Desk
from services.errors import NotFound, refused, require
from services.paper_facts.phrases import LANGUAGES
from services.recording import record_events
from services.tending_agreements import Does, answer, load_for, recorded
from storage import agreements, counters, exchanges


def draft_agreement(
    desk: Desk, asking: Asking, *, exchange: str, title: str, register: str, amends: str | None = None
) -> Answer:
    """Drafts an agreement for an exchange between its members. `register`: binding or non_binding.

    Answers {agreement, reference, status, text_version, version}. Raises NotFound, Refused.
    amends: the agreement in force between the same parties that this one supersedes on entering into force; it covers
    all that the amended one covers.
    """

    def work(connection: Connection) -> Answer:
        standing = _exchange(connection, asking.actor, exchange)
        programme = desk.programme(connection, standing.programme, standing.programme_version)
        require(can(asking.actor, "agreement.draft", of_exchange(standing)))
        _require_draftable(standing, title, register)
        act = act_of(desk, connection, programme, asking)
        amended = _amended(connection, standing, amends) if amends else None
        reference = counters.take_reference(connection, programme.document["agreement_prefix"], act.moment.recorded_at)
        drafted = _drafted(programme, standing, amended, title=title, register=register, reference=reference)
        agreement = desk.identifiers.new()
        stream = agreements.stream_of(agreement)
        (event,) = record_events(act, stream, GENESIS, [drafted], programme.label)
        begun = a.begin(agreement, event)
        agreements.save(connection, None, begun)
        return answer(begun)

    what = {"draft_agreement": exchange, "title": title, "register": register, "amends": amends}
    return ask(desk, asking, what, work)


def cover(desk: Desk, asking: Asking, agreement: str, exchange: str) -> Answer:
    """Puts one exchange more under an agreement between its parties; what has effect is told to the exchange at once."""

    def work(connection: Connection) -> Answer:
        found = exchanges.id_of(connection, exchange) or exchange
        loaded, programme = load_for(desk, connection, asking, agreement, Does("agreement.cover"), also=found)
        other = _exchange(connection, asking.actor, exchange)
        if other.lifecycle in ENDED or other.stage == Stage.DRAFT:
            raise refused("agreement.nothing_to_agree", "an exchange under way", stage=other.stage)
        decided = rules.cover(loaded.standing, other.exchange, other.members())
        return answer(recorded(act_of(desk, connection, programme, asking), programme, loaded, decided))

    return ask(desk, asking, {"cover": agreement, "exchange": exchange}, work)


def take_step(desk: Desk, asking: Asking, agreement: str, step: str, says: Mapping[str, Any] | None = None) -> Answer:
    """Makes one step of the agreement's machine. Raises NotFound, Refused, Stale."""
    says = says or {}

    def decide(standing: Agreement, moment: Moment) -> rules.Decision:
        known = STEPS.get(step)
        if known and known not in TAKEN:
            return Refusal.because("agreement.step_by_itself", f"{step} follows by itself", step=step)
        wanted = of_parties("agreement", standing.parties, by=known.by if known else (), move=step)
        refusal = can(asking.actor, "agreement.step", wanted).refusal
        return refusal or rules.decide_step(standing, step, says, moment)

    return _act(desk, asking, agreement, Does("agreement.step"), {"step": step, "says": dict(says)}, decide)


def propose_text(desk: Desk, asking: Asking, agreement: str, summary: str, terms: Mapping[str, Any]) -> Answer:
    """Proposes a new version of the text. `terms`: the words the parties negotiated, by name (agreements/terms.py)."""
    unknown = sorted(set(terms) - set(TERMS))
    if unknown:
        raise refused("agreement.term_unknown", f"terms are {', '.join(TERMS)}", terms=unknown)

    def decide(standing: Agreement, moment: Moment) -> rules.Decision:
        if wrong := wrong_terms(terms, standing.parties, LANGUAGES):
            return Refusal("agreement.requirements_unmet", wrong)
        said = {"title": standing.title, "parties": list(standing.parties), "terms": dict(terms)}
        digest = sha256(canonical_bytes(said)).hexdigest()
        decided = rules.propose_text(standing, digest, summary)
        if isinstance(decided, Refusal):
            return decided
        return (Happening(a.TEXT_PROPOSED, {**decided[0].payload, "terms": dict(terms)}),)

    return _act(desk, asking, agreement, Does("agreement.propose"), {"text": summary, "terms": dict(terms)}, decide)


def list_signatory(desk: Desk, asking: Asking, agreement: str, says: Mapping[str, Any]) -> Answer:
    """Lists who signs for the actor's party: {party, name, title, institution}; the name is sealed."""
    does = Does("agreement.list_signatory", says.get("party"))
    return _act(desk, asking, agreement, does, {"signatory": dict(says)}, lambda at, _: rules.list_signatory(at, says))


def receive_counterpart(desk: Desk, asking: Asking, agreement: str, says: Mapping[str, Any]) -> Answer:
    """Records that a counterpart signed in ink arrived: {party, signed_on, place, scan_sha256}. Officers of that party only."""
    require_in_person(asking.actor, "a signed counterpart")
    person, does = asking.actor.person, Does("agreement.receive", says.get("party"))
    what = {"counterpart": dict(says)}
    return _act(desk, asking, agreement, does, what, lambda at, now: rules.receive_counterpart(at, says, person, now))


def confirm_counterpart(desk: Desk, asking: Asking, agreement: str, says: Mapping[str, Any]) -> Answer:
    """A second officer of the same country confirms the counterpart: {party}; the last one completes the signatures."""
    require_in_person(asking.actor, "a signed counterpart")
    person, does = asking.actor.person, Does("agreement.confirm", says.get("party"))
    what = {"confirm": dict(says)}
    return _act(desk, asking, agreement, does, what, lambda at, now: rules.confirm_counterpart(at, says, person, now))


def apply_provisionally(desk: Desk, asking: Asking, agreement: str, reason: str) -> Answer:
    """Gives a signed agreement effect before its entry into force."""
    does, what = Does("agreement.apply_provisionally"), {"apply_provisionally": reason}
    return _act(desk, asking, agreement, does, what, lambda at, _: rules.apply_provisionally(at, reason))


def _act(
    desk: Desk,
    asking: Asking,
    agreement: str,
    does: Does,
    what: Mapping[str, Any],
    decide: Callable[[Agreement, Moment], rules.Decision],
) -> Answer:
    def work(connection: Connection) -> Answer:
        loaded, programme = load_for(desk, connection, asking, agreement, does)
        act = act_of(desk, connection, programme, asking)
        return answer(recorded(act, programme, loaded, decide(loaded.standing, act.moment)))

    done = ask(desk, asking, {"agreement": agreement, **what}, work)
    desk.nudge()
    return done


def _exchange(connection: Connection, actor: Actor, exchange: str) -> Standing:
    """An exchange by id or reference, locked. Raises NotFound for what the actor may not know of."""
    loaded = exchanges.load(connection, exchanges.id_of(connection, exchange) or exchange, lock=True)
    if loaded is None or not may_read(loaded.standing, actor):
        raise NotFound(f"no exchange {exchange}", exchange=exchange)
    return loaded.standing


def _require_draftable(standing: Standing, title: str, register: str) -> None:
    if register not in ("binding", "non_binding") or not title.strip():
        raise refused("agreement.register_unknown", "a title, and a register: binding or non_binding")
    if len(standing.members()) < 2 or standing.lifecycle in ENDED:
        raise refused("agreement.nothing_to_agree", "an exchange under way between two parties or more")


def _drafted(
    programme: Programme, standing: Standing, amended: Agreement | None, *, title: str, register: str, reference: str
) -> Happening:
    """What an agreement begins with: it covers the exchange, and all that the agreement covers which it amends."""
    payload: dict[str, Any] = {
        "programme": programme.slug,
        "programme_version": programme.version,
        "title": title.strip(),
        "register": register,
        "specimen": standing.is_specimen,
        "reference": reference,
        "parties": list(standing.members()),
        "exchanges": sorted({standing.exchange, *(amended.exchanges if amended else ())}),
    }
    return Happening(a.DRAFTED, payload | ({"amends": amended.agreement} if amended else {}))


def _amended(connection: Connection, standing: Standing, amends: str) -> Agreement:
    found = agreements.load(connection, agreements.id_of(connection, amends) or amends)
    if found is None or set(found.standing.parties) != set(standing.members()):
        raise refused("agreement.other_parties", "an agreement between the same parties is amended", agreement=amends)
    if found.standing.status != Status.IN_FORCE:
        raise refused("agreement.not_in_force", "an agreement in force is amended", agreement=amends)
    return found.standing
