"""What people do with exchanges: open one, make a move, say a fact, order a paper. Each is one check, one transaction."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from cycle.commands import DraftExchange, MakeMove, PartyNamed, StateFact
from cycle.decide import decide, decide_draft
from cycle.events import Happening
from cycle.facts import BY_EVENT
from cycle.facts.rule import Place
from cycle.items import Item, item_name
from cycle.moment import Moment
from cycle.programme import Programme
from cycle.refusals import Refusal
from cycle.standing import Standing
from cycle.words import Stage
from people.policy import Verdict, may_backdate, may_draft, may_move, may_read, may_state
from services.asking import Answer, Asking, ask
from services.desk import Desk
from services.errors import NotFound, Refused, Stale, refused
from services.recording import open_exchange, order_of, record_on_exchange
from services.telling import tell_agreements
from storage import agreements, counters, exchanges, streams


def draft_exchange(
    desk: Desk,
    asking: Asking,
    *,
    programme: str,
    title: str,
    door: str,
    weight: str,
    parties: Sequence[Mapping[str, Any]],
    origin: str = "entered",
    derived_from: str | None = None,
) -> Answer:
    """Opens an exchange. Answers {exchange, reference, stage, lifecycle, version}. Raises Refused, NotFound."""
    named = tuple(PartyNamed(str(p.get("party")), str(p.get("role")), p.get("institution")) for p in parties)
    command = DraftExchange(title, door, weight, named, origin, derived_from)
    what = {"draft": programme, "title": title, "door": door, "weight": weight, "parties": [dict(p) for p in parties]}

    def work(connection: Connection) -> Answer:
        rules = desk.programme(connection, programme)
        _require(may_draft(asking.actor, (p.party for p in named)))
        moment = moment_of(desk, rules, asking)
        decided = decide_draft(rules, command, moment)
        if isinstance(decided, Refusal):
            raise Refused(decided)
        told = [(happening, moment) for happening in decided]
        exchange = desk.identifiers.new()
        return answer(open_exchange(desk, connection, rules, exchange, told, asking.actor))

    return ask(desk, asking, what, work)


def make_move(desk: Desk, asking: Asking, exchange: str, move: str, says: Mapping[str, Any] | None = None) -> Answer:
    """Makes one move on one exchange, or changes nothing. `exchange`: an id or a reference.

    Raises NotFound, Refused (all reasons), Stale, KeyReused.
    """
    says = says or {}

    def work(connection: Connection) -> Answer:
        loaded, rules = load_for(desk, connection, asking, exchange)
        standing = loaded.standing
        _require(may_move(rules, standing, asking.actor, move))
        moment = moment_of(desk, rules, asking)
        reference = _reference_on_leaving(connection, rules, standing, move, moment)
        decided = decide(rules, standing, MakeMove(move, _with_backdate(asking, says), reference), moment)
        if isinstance(decided, Refusal):
            raise Refused(decided)
        return _written(desk, connection, rules, loaded, decided, asking, moment, {})

    done = ask(desk, asking, {"move": move, "exchange": exchange, "says": dict(says)}, work)
    desk.nudge()
    return done


def state_fact(
    desk: Desk,
    asking: Asking,
    exchange: str,
    kind: str,
    fields: Mapping[str, Any],
    item: str | None = None,
) -> Answer:
    """Says one fact. `item` names what it is about, where the kind changes something said before.

    Answers {exchange, reference, stage, lifecycle, version, item}. Raises NotFound, Refused, Stale, KeyReused.
    """

    def work(connection: Connection) -> Answer:
        loaded, rules = load_for(desk, connection, asking, exchange)
        _require(may_state(rules, loaded.standing, asking.actor, kind, fields))
        moment = moment_of(desk, rules, asking)
        command = _with_its_item(connection, rules, loaded.standing, kind, fields, item)
        decided = decide(rules, loaded.standing, command, moment)
        if isinstance(decided, Refusal):
            raise Refused(decided)
        items = {command.item.item: command.item} if command.item else {}
        told = _written(desk, connection, rules, loaded, decided, asking, moment, items)
        return {**told, "item": decided[0].payload["item"]}

    what = {"fact": kind, "exchange": exchange, "fields": dict(fields), "item": item}
    done = ask(desk, asking, what, work)
    desk.nudge()
    return done


def order_paper(desk: Desk, asking: Asking, exchange: str, kind: str) -> Answer:
    """Orders a paper of the exchange as it stands now, one per language set of the programme."""

    def work(connection: Connection) -> Answer:
        loaded, rules = load_for(desk, connection, asking, exchange)
        if kind not in rules.document["papers"] or kind == "agreement":
            raise refused("paper.unknown", "a paper of this programme that exchanges have", kind=kind)
        if not asking.actor.holds and not asking.actor.reads_all:
            raise NotFound(f"no exchange {exchange}")
        orders = [order_of(desk, loaded.standing, kind, languages) for languages in rules.paper_languages(kind)]
        moment = moment_of(desk, rules, asking)
        return _written(desk, connection, rules, loaded, tuple(orders), asking, moment, {})

    done = ask(desk, asking, {"paper": kind, "exchange": exchange}, work)
    desk.nudge()
    return done


def load_for(desk: Desk, connection: Connection, asking: Asking, exchange: str) -> tuple[exchanges.Loaded, Programme]:
    """The exchange, locked, with its programme. Raises NotFound for what the actor may not know of; Stale."""
    found = exchanges.id_of(connection, exchange) or exchange
    lock_agreements_first(connection, found)
    loaded = exchanges.load(connection, found, lock=True)
    if loaded is None or not may_read(loaded.standing, asking.actor):
        raise NotFound(f"no exchange {exchange}", exchange=exchange)
    standing = loaded.standing
    if asking.if_match is not None and asking.if_match != standing.changed_seq:
        raise Stale(
            f"{exchange} is at version {standing.changed_seq}",
            version=standing.changed_seq,
            meanwhile=_meanwhile(connection, standing.exchange, asking.if_match),
        )
    return loaded, desk.programme(connection, standing.programme, standing.programme_version)


def lock_agreements_first(connection: Connection, exchange: str) -> None:
    """Several streams are locked in ascending id, and `agreement/…` comes before `exchange/…`: else two rivals deadlock."""
    covering = agreements.covering(connection, exchange)
    if covering:
        streams.lock(connection, [agreements.stream_of(agreement) for agreement in covering])


def moment_of(desk: Desk, programme: Programme, asking: Asking) -> Moment:
    """The moment of a command; an earlier one needs the right to backdate, and a reason."""
    moment = desk.moment(programme, asking.occurred_at)
    if moment.is_backdated:
        _require(may_backdate(asking.actor))
        if not asking.backdate_reason:
            raise refused("moment.backdate_reason", "a thing told late says why it is told late")
    return moment


def answer(standing: Standing) -> dict[str, Any]:
    """What every command on an exchange answers."""
    return {
        "exchange": standing.exchange,
        "reference": standing.reference,
        "stage": standing.stage,
        "lifecycle": standing.lifecycle,
        "version": standing.changed_seq,
    }


def _require(verdict: Verdict) -> None:
    if verdict.refusal:
        raise Refused(verdict.refusal)


def _with_backdate(asking: Asking, says: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**says, "backdated": asking.backdate_reason} if asking.backdate_reason else says


def _meanwhile(connection: Connection, exchange: str, seen: int) -> list[dict[str, Any]]:
    """What happened since the version a client saw, at most twenty events."""
    since = streams.read_stream(connection, exchanges.stream_of(exchange), after=seen, up_to=seen + 20)
    return [{"seq": event.seq, "type": event.type, "recorded_at": event.recorded_at} for event in since]


def _reference_on_leaving(
    connection: Connection, programme: Programme, standing: Standing, move: str, moment: Moment
) -> str | None:
    """The reference is taken on leaving draft; a refused move rolls the counter back with everything else."""
    leaves = standing.stage == Stage.DRAFT and move in programme.moves and programme.moves[move].to is not None
    if not leaves or standing.reference:
        return None
    prefix, year = programme.document["reference_prefix"], int(moment.recorded_at[:4])
    return f"{prefix}-{year}-{counters.take(connection, prefix, year):04d}"


def _with_its_item(
    connection: Connection,
    programme: Programme,
    standing: Standing,
    kind: str,
    fields: Mapping[str, Any],
    item: str | None,
) -> StateFact:
    if kind == "correction":
        return _with_the_corrected(connection, standing, fields)
    rule = programme.facts.get(kind)
    if rule is None or rule.place is Place.NEW:
        return StateFact(kind, fields)
    name = item if rule.place is Place.NAMED else _name_or_none(rule, fields)
    return StateFact(kind, fields, _item(connection, standing, name))


def _name_or_none(rule: Any, fields: Mapping[str, Any]) -> str | None:
    try:
        return item_name(rule, fields, 0)
    except KeyError:
        return None


def _item(connection: Connection, standing: Standing, name: str | None) -> Item | None:
    return exchanges.load_item(connection, standing.exchange, name) if name else None


def _with_the_corrected(connection: Connection, standing: Standing, fields: Mapping[str, Any]) -> StateFact:
    seq = fields.get("event")
    if not isinstance(seq, int):
        return StateFact("correction", fields)
    stream = exchanges.stream_of(standing.exchange)
    event = next(streams.read_stream(connection, stream, after=seq - 1, up_to=seq), None)
    rule = BY_EVENT.get(event.type) if event else None
    if event is None or rule is None or rule.kind == "correction":
        return StateFact("correction", fields)
    found = _item(connection, standing, event.payload["item"])
    return StateFact("correction", fields, found, (rule.kind, event.payload, seq))


def _written(
    desk: Desk,
    connection: Connection,
    programme: Programme,
    loaded: exchanges.Loaded,
    happenings: tuple[Happening, ...],
    asking: Asking,
    moment: Moment,
    items: dict[str, Item],
) -> dict[str, Any]:
    after = record_on_exchange(desk, connection, programme, loaded, happenings, asking.actor, moment, items)
    tell_agreements(desk, connection, programme, loaded.standing, after, happenings, asking.actor, moment)
    return answer(after)
