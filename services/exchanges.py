# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What people do with exchanges: open one, make a move, say a fact, order a paper. One check, one transaction each."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from cycle import events as e
from cycle.commands import DraftExchange, MakeMove, PartyNamed, StateFact
from cycle.decide import decide, decide_draft
from cycle.drafting import renewal_of
from cycle.events import Happening
from cycle.items import Item
from cycle.lint import DRAWN
from cycle.moment import Moment
from cycle.programme import Programme
from cycle.standing import Standing
from cycle.words import Stage
from ledger.instants import instant
from people.policy import Decision, can, may_correct, may_move, may_read, may_state
from people.resources import of_exchange, of_parties
from people.roster_rules import SPEAK
from services.asking import Answer, Asking, ask
from services.behalf import noted, require_no_consent, require_sayable, speaker
from services.desk import Desk
from services.errors import NotFound, refused, require, unless_refused
from services.naming import command_of, require_another, require_no_stray_item
from services.recording import open_exchange, order_of, record_on_exchange
from services.relying import relied_on
from services.seen import require_seen
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
    named = tuple(
        PartyNamed(str(p.get("party") or ""), str(p.get("role") or ""), p.get("institution")) for p in parties
    )
    command = DraftExchange(title, door, weight, named, origin, derived_from)
    what = {
        "draft": programme,
        "title": title,
        "door": door,
        "weight": weight,
        "parties": [dict(p) for p in parties],
        "origin": origin,
        "derived_from": derived_from,
    }

    def work(connection: Connection) -> Answer:
        rules = desk.programme(connection, programme)
        opens = speaker(rules, None, asking)
        require(can(opens, "exchange.draft", of_parties("exchange", (p.party for p in named))))
        moment = moment_of(desk, rules, asking)
        return answer(_opened(desk, connection, rules, command, moment, asking))

    return ask(desk, asking, what, work)


def make_move(desk: Desk, asking: Asking, exchange: str, move: str, says: Mapping[str, Any] | None = None) -> Answer:
    """Makes one move on one exchange, or changes nothing. `exchange`: an id or a reference.

    Raises NotFound, Refused (all reasons), Stale, KeyReused.
    """
    says = says or {}

    def work(connection: Connection) -> Answer:
        loaded, rules = load_for(desk, connection, asking, exchange)
        standing = loaded.standing
        require(may_move(rules, standing, speaker(rules, standing, asking), move))
        moment = moment_of(desk, rules, asking)
        reference = _reference_on_leaving(connection, rules, standing, move, moment)
        command = MakeMove(move, _with_backdate(asking, says), reference)
        decided = unless_refused(decide(rules, standing, command, moment))
        if decided[0].type == e.EXCHANGE_RENEWED:
            return _renewed(desk, connection, rules, loaded, decided[0], asking, moment)
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
        command = command_of(connection, rules, loaded.standing, kind, fields, item)
        require_sayable(rules, asking, kind)
        if command.corrects and fields.get("whole") != "struck":
            require_sayable(rules, asking, command.corrects[0])
        elif command.corrects:
            require_no_consent(rules, asking, command.corrects[0])
        require(_may_say(rules, loaded.standing, asking, command))
        require_no_stray_item(rules, kind, item)
        if kind == "mark_duplicate_of":
            require_another(connection, loaded.standing, fields.get("of"))
        moment = moment_of(desk, rules, asking)
        decided = unless_refused(decide(rules, loaded.standing, command, moment))
        items = {command.item.item: command.item} if command.item else {}
        decided = relied_on(connection, asking.actor, kind, decided)
        told = _written(desk, connection, rules, loaded, decided, asking, moment, items)
        return {**told, "item": decided[0].payload["item"]}

    what = {"fact": kind, "exchange": exchange, "fields": dict(fields), "item": item}
    done = ask(desk, asking, what, work, act=SPEAK)
    desk.nudge()
    return done


def order_paper(desk: Desk, asking: Asking, exchange: str, kind: str) -> Answer:
    """Orders a paper of the exchange as it stands now, one per language set of the programme."""

    def work(connection: Connection) -> Answer:
        loaded, rules = load_for(desk, connection, asking, exchange)
        if kind not in rules.document["papers"] or kind not in DRAWN or kind == "agreement":
            raise refused("paper.unknown", "a paper of this programme that exchanges have", kind=kind)
        require(can(asking.actor, "exchange.order", of_exchange(loaded.standing)))
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
    require_seen(connection, asking, exchanges.stream_of(standing.exchange), exchange, standing.changed_seq)
    return loaded, desk.programme(connection, standing.programme, standing.programme_version)


def lock_agreements_first(connection: Connection, exchange: str) -> None:
    """Several streams are locked in ascending id, and `agreement/…` comes before `exchange/…`: else two rivals deadlock."""
    covering = agreements.covering(connection, exchange)
    if covering:
        streams.lock(connection, [agreements.stream_of(agreement) for agreement in covering])


def moment_of(desk: Desk, programme: Programme, asking: Asking) -> Moment:
    """The moment of a command; an earlier one needs the right to backdate, and a reason."""
    moment = desk.moment(programme, _occurred(asking))
    if moment.is_in_the_future:
        raise refused("moment.in_the_future", "what is told has happened already", day=moment.occurred_on)
    if moment.is_backdated:
        require(can(asking.actor, "moment.backdate"))
        if not asking.backdate_reason:
            raise refused("moment.backdate_reason", "a thing told late says why it is told late")
    return moment


def _occurred(asking: Asking) -> str | None:
    try:
        return instant(datetime.fromisoformat(asking.occurred_at)) if asking.occurred_at else None
    except (ValueError, OverflowError) as error:
        raise refused("moment.malformed", "an instant with its offset, like 2026-11-23T09:15:00Z") from error


def answer(standing: Standing) -> dict[str, Any]:
    """What every command on an exchange answers."""
    return {
        "exchange": standing.exchange,
        "reference": standing.reference,
        "stage": standing.stage,
        "lifecycle": standing.lifecycle,
        "version": standing.changed_seq,
    }


def _with_backdate(asking: Asking, says: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the mover says, and what Minga itself adds to it: those words are nobody's to say."""
    own = {name: value for name, value in says.items() if name not in ("backdated", "by_itself")}
    return {**own, "backdated": asking.backdate_reason} if asking.backdate_reason else own


def _may_say(programme: Programme, standing: Standing, asking: Asking, command: StateFact) -> Decision:
    actor = speaker(programme, standing, asking)
    if command.corrects:
        corrected, was, _ = command.corrects
        return may_correct(programme, standing, actor, corrected, was)
    return may_state(programme, standing, actor, command.kind, command.fields)


def _opened(
    desk: Desk,
    connection: Connection,
    programme: Programme,
    command: DraftExchange,
    moment: Moment,
    asking: Asking,
) -> Standing:
    decided = unless_refused(decide_draft(programme, command, moment))
    told = [(happening, moment) for happening in noted(asking, decided, moment)]
    return open_exchange(desk, connection, programme, desk.identifiers.new(), told, asking.actor)


def _renewed(
    desk: Desk,
    connection: Connection,
    programme: Programme,
    loaded: exchanges.Loaded,
    renewed: Happening,
    asking: Asking,
    moment: Moment,
) -> dict[str, Any]:
    """Opens the draft that renews an exchange, under the programme's newest version, and says so in the old one."""
    newest = desk.programme(connection, programme.slug)
    # How it came stands in the old one, with the move itself; the draft follows from it.
    following = replace(asking, came=None, backdate_reason=None)
    opened = _opened(desk, connection, newest, renewal_of(loaded.standing), moment, following)
    said = replace(renewed, payload={**renewed.payload, "renewed_as": opened.exchange})
    after = _written(desk, connection, programme, loaded, (said,), asking, moment, {})
    return {**after, "renewed_as": opened.exchange}


def _reference_on_leaving(
    connection: Connection, programme: Programme, standing: Standing, move: str, moment: Moment
) -> str | None:
    """The reference is taken on leaving draft; a refused move rolls the counter back with everything else."""
    leaves = standing.stage == Stage.DRAFT and move in programme.moves and programme.moves[move].to is not None
    if not leaves or standing.reference:
        return None
    return counters.take_reference(connection, programme.document["reference_prefix"], moment.recorded_at)


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
    happenings = noted(asking, happenings, moment)
    after = record_on_exchange(desk, connection, programme, loaded, happenings, asking.actor, moment, items)
    tell_agreements(desk, connection, programme, loaded.standing, after, happenings, asking.actor, moment)
    return answer(after)
