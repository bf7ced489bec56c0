"""What people do with agreements: draft one for exchanges, negotiate its text, list who signs, record signatures in ink."""

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection

from agreements import agreement as a
from agreements import decide as rules
from agreements.agreement import Agreement
from agreements.rules import STEPS, Status
from cycle import events as e
from cycle.events import Happening
from cycle.moment import Moment
from cycle.programme import Programme
from cycle.refusals import Refusal
from ledger.canonical import canonical_bytes
from ledger.event import GENESIS
from people.actors import OF_A_PARTY, Actor, Role
from services.asking import Answer, Asking, ask
from services.desk import Desk
from services.errors import NotFound, Refused, Stale, refused
from services.exchanges import moment_of
from services.recording import record_events
from services.recording_agreements import record_on_agreement, tell_exchanges
from storage import agreements, counters, exchanges, streams

TERMS = (
    "object",
    "objectives",
    "results",
    "commitments",
    "authorities",
    "duration_months",
    "done_at",
    "financing",
    "prevailing_language",
    "facilitator_role",
)


def draft_agreement(
    desk: Desk, asking: Asking, *, exchange: str, title: str, register: str, amends: str | None = None
) -> Answer:
    """Drafts an agreement for an exchange between its members. `register`: binding or non_binding."""

    def work(connection: Connection) -> Answer:
        loaded = exchanges.load(connection, exchanges.id_of(connection, exchange) or exchange)
        if loaded is None:
            raise NotFound(f"no exchange {exchange}", exchange=exchange)
        standing = loaded.standing
        programme = desk.programme(connection, standing.programme, standing.programme_version)
        _require_office(asking.actor, standing.members())
        if register not in ("binding", "non_binding") or not title.strip():
            raise refused("agreement.register_unknown", "a title, and a register: binding or non_binding")
        moment = moment_of(desk, programme, asking)
        prefix, year = programme.document["agreement_prefix"], int(moment.recorded_at[:4])
        payload: dict[str, Any] = {
            "programme": programme.slug,
            "programme_version": programme.version,
            "title": title.strip(),
            "register": register,
            "specimen": standing.is_specimen,
            "reference": f"{prefix}-{year}-{counters.take(connection, prefix, year):04d}",
            "parties": list(standing.members()),
            "exchanges": [standing.exchange],
            **({"amends": _amended(connection, amends)} if amends else {}),
        }
        agreement = desk.identifiers.new()
        happening = Happening(a.DRAFTED, payload)
        stream = agreements.stream_of(agreement)
        (event,) = record_events(desk, connection, stream, GENESIS, [happening], asking.actor, moment, programme.label)
        begun = a.begin(agreement, event)
        agreements.save(connection, None, begun)
        return answer(begun)

    return ask(desk, asking, {"draft_agreement": exchange, "title": title, "register": register}, work)


def take_step(desk: Desk, asking: Asking, agreement: str, step: str, says: Mapping[str, Any] | None = None) -> Answer:
    """Makes one step of the agreement's machine. Raises NotFound, Refused, Stale."""
    says = says or {}

    def decide(standing: Agreement, moment: Moment) -> rules.Decision:
        known = STEPS.get(step)
        if known and "system" in known.by and len(known.by) == 1:
            return Refusal.because("agreement.step_by_itself", f"{step} follows by itself", step=step)
        return rules.decide_step(standing, step, says, moment)

    return _act(desk, asking, agreement, {"step": step, "says": dict(says)}, decide)


def propose_text(desk: Desk, asking: Asking, agreement: str, summary: str, terms: Mapping[str, Any]) -> Answer:
    """Proposes a new version of the text. `terms`: the words the parties negotiated, by name (see TERMS)."""
    unknown = sorted(set(terms) - set(TERMS))
    if unknown:
        raise refused("agreement.term_unknown", f"terms are {', '.join(TERMS)}", terms=unknown)

    def decide(standing: Agreement, moment: Moment) -> rules.Decision:
        said = {"title": standing.title, "parties": list(standing.parties), "terms": dict(terms)}
        digest = sha256(canonical_bytes(said)).hexdigest()
        decided = rules.propose_text(standing, digest, summary)
        if isinstance(decided, Refusal):
            return decided
        return (Happening(a.TEXT_PROPOSED, {**decided[0].payload, "terms": dict(terms)}),)

    return _act(desk, asking, agreement, {"text": summary, "terms": dict(terms)}, decide)


def list_signatory(desk: Desk, asking: Asking, agreement: str, says: Mapping[str, Any]) -> Answer:
    """Lists who signs for the actor's party: {party, name, title, institution}; the name is sealed."""
    _speaks_for(asking.actor, says.get("party"), consent=False)
    return _act(desk, asking, agreement, {"signatory": dict(says)}, lambda at, _: rules.list_signatory(at, says))


def receive_counterpart(desk: Desk, asking: Asking, agreement: str, says: Mapping[str, Any]) -> Answer:
    """Records that a counterpart signed in ink arrived: {party, signed_on, place, scan_sha256}. Officers of that party only."""
    _speaks_for(asking.actor, says.get("party"), consent=True)
    person = asking.actor.person
    what = {"counterpart": dict(says)}
    return _act(desk, asking, agreement, what, lambda at, _: rules.receive_counterpart(at, says, person))


def confirm_counterpart(desk: Desk, asking: Asking, agreement: str, says: Mapping[str, Any]) -> Answer:
    """A second officer of the same country confirms the counterpart: {party}; the last one completes the signatures."""
    _speaks_for(asking.actor, says.get("party"), consent=True)
    person = asking.actor.person
    what = {"confirm": dict(says)}
    return _act(desk, asking, agreement, what, lambda at, now: rules.confirm_counterpart(at, says, person, now))


def apply_provisionally(desk: Desk, asking: Asking, agreement: str, reason: str) -> Answer:
    """Gives a signed agreement effect before its entry into force."""
    what = {"apply_provisionally": reason}
    return _act(desk, asking, agreement, what, lambda at, _: rules.apply_provisionally(at, reason))


def answer(standing: Agreement) -> dict[str, Any]:
    """What every command on an agreement answers."""
    return {
        "agreement": standing.agreement,
        "reference": standing.reference,
        "status": standing.status,
        "text_version": standing.version,
        "version": standing.seq,
    }


def _act(
    desk: Desk,
    asking: Asking,
    agreement: str,
    what: Mapping[str, Any],
    decide: Callable[[Agreement, Moment], rules.Decision],
) -> Answer:
    def work(connection: Connection) -> Answer:
        loaded, programme = _load(desk, connection, asking, agreement)
        moment = moment_of(desk, programme, asking)
        decided = decide(loaded.standing, moment)
        if isinstance(decided, Refusal):
            raise Refused(decided)
        orders = _papers_ordered(desk, programme, loaded.standing, decided)
        told = [*decided, *orders]
        after = record_on_agreement(desk, connection, programme, loaded, told, asking.actor, moment)
        _supersede(desk, connection, programme, loaded.standing, after, asking.actor, moment)
        tell_exchanges(desk, connection, loaded.standing, after, asking.actor, moment)
        return answer(after)

    done = ask(desk, asking, {"agreement": agreement, **what}, work)
    desk.nudge()
    return done


def _load(desk: Desk, connection: Connection, asking: Asking, agreement: str) -> tuple[agreements.Loaded, Programme]:
    found = agreements.id_of(connection, agreement) or agreement
    loaded = agreements.load(connection, found)
    if loaded is None or not _may_know(asking.actor, loaded.standing):
        raise NotFound(f"no agreement {agreement}", agreement=agreement)
    covered = [exchanges.stream_of(exchange) for exchange in loaded.standing.exchanges]
    streams.lock(connection, [agreements.stream_of(found), *covered])
    loaded = agreements.load(connection, found, lock=True)
    assert loaded is not None, "an agreement's row is never deleted"
    standing = loaded.standing
    if asking.if_match is not None and asking.if_match != standing.seq:
        raise Stale(f"{agreement} is at version {standing.seq}", version=standing.seq)
    _require_office(asking.actor, standing.parties)
    return loaded, desk.programme(connection, standing.programme, standing.programme_version)


def _may_know(actor: Actor, standing: Agreement) -> bool:
    return actor.reads_all or actor.party in standing.parties


def _require_office(actor: Actor, parties: Sequence[str]) -> None:
    office = actor.role in (Role.OPERATOR, Role.SECRETARIAT, Role.SYSTEM)
    own = actor.role in (Role.FOCAL_POINT, Role.PARTNER) and actor.party in parties
    if not (office or own):
        raise refused("permission.denied", "an officer, or a focal point of a party")


def _speaks_for(actor: Actor, party: Any, *, consent: bool) -> None:
    """A signature is its country's own: no operator and no officer of another house records it."""
    own = actor.role in OF_A_PARTY and actor.party == party
    if own or (not consent and actor.role in (Role.OPERATOR, Role.SECRETARIAT)):
        return
    raise refused("permission.consent_is_their_own", f"{party} says this itself")


def _amended(connection: Connection, amends: str) -> str:
    found = agreements.load(connection, agreements.id_of(connection, amends) or amends)
    if found is None or found.standing.status != Status.IN_FORCE:
        raise refused("agreement.not_in_force", "an agreement in force is amended", agreement=amends)
    return found.standing.agreement


def _papers_ordered(
    desk: Desk, programme: Programme, standing: Agreement, decided: Sequence[Happening]
) -> list[Happening]:
    """Opening for signature fixes the text: the agreement is drawn up, one paper per language set."""
    opened = any(h.payload.get("to") == Status.OPEN_FOR_SIGNATURE for h in decided)
    return [
        Happening(
            e.PAPER_ORDERED,
            {
                "paper": desk.identifiers.new(),
                "kind": "agreement",
                "languages": list(languages),
                "version": standing.version,
            },
        )
        for languages in (programme.paper_languages("agreement") if opened else ())
    ]


def _supersede(
    desk: Desk,
    connection: Connection,
    programme: Programme,
    before: Agreement,
    after: Agreement,
    actor: Actor,
    moment: Moment,
) -> None:
    """An amending agreement that enters into force supersedes the one it amends, in the same transaction."""
    if after.amends is None or not after.has_effect or before.has_effect:
        return
    old = agreements.load(connection, after.amends, lock=True)
    if old is None or old.standing.status != Status.IN_FORCE:
        return
    payload = {"step": "supersede", "from": old.standing.status, "to": Status.AMENDED.value, "by": after.agreement}
    told = [Happening(a.MOVED, {**payload, "on": moment.occurred_on})]
    superseded = record_on_agreement(desk, connection, programme, old, told, actor, moment)
    tell_exchanges(desk, connection, old.standing, superseded, actor, moment)
