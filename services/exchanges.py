# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What people do with exchanges: open one, make a move, say a fact, order a paper. One check, one transaction each."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from cycle import events as e
from cycle.commands import DraftExchange, MakeMove, PartyNamed, StateFact
from cycle.decide import decide, decide_draft
from cycle.drafting import renewal_of
from cycle.events import Happening
from cycle.lint import DRAWN
from cycle.programme import Programme
from cycle.standing import Standing
from cycle.words import Stage
from people.policy import Decision, can, may_correct, may_move, may_state
from people.resources import of_exchange, of_parties
from people.roster_rules import SPEAK
from services.act import Act, act_of
from services.asking import Answer, Asking, ask
from services.behalf import noted, require_no_consent, require_sayable, speaker
from services.desk import Desk
from services.errors import refused, require, unless_refused
from services.naming import command_of, require_another, require_no_stray_item
from services.recording import open_exchange, order_of
from services.relying import relied_on
from services.tending_exchanges import answer, load_for, recorded
from storage import counters, exchanges


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
        newest = desk.programme(connection, programme)
        opens = speaker(newest, None, asking)
        require(can(opens, "exchange.draft", of_parties("exchange", (p.party for p in named))))
        return answer(_opened(act_of(desk, connection, newest, asking), newest, command, asking))

    return ask(desk, asking, what, work)


def make_move(desk: Desk, asking: Asking, exchange: str, move: str, says: Mapping[str, Any] | None = None) -> Answer:
    """Makes one move on one exchange, or changes nothing. `exchange`: an id or a reference.

    Raises NotFound, Refused (all reasons), Stale, KeyReused.
    """
    says = says or {}

    def work(connection: Connection) -> Answer:
        loaded, programme = load_for(desk, connection, asking, exchange)
        standing = loaded.standing
        require(may_move(programme, standing, speaker(programme, standing, asking), move))
        act = act_of(desk, connection, programme, asking)
        reference = _reference_on_leaving(act, programme, standing, move)
        command = MakeMove(move, _with_backdate(asking, says), reference)
        decided = unless_refused(decide(programme, standing, command, act.moment))
        if decided[0].type == e.EXCHANGE_RENEWED:
            return _renewed(act, programme, loaded, decided[0], asking)
        return answer(recorded(act, programme, loaded, noted(asking, decided, act.moment)))

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
        loaded, programme = load_for(desk, connection, asking, exchange)
        command = command_of(connection, programme, loaded.standing, kind, fields, item)
        require_sayable(programme, asking, kind)
        if command.corrects and fields.get("whole") != "struck":
            require_sayable(programme, asking, command.corrects[0])
        elif command.corrects:
            require_no_consent(programme, asking, command.corrects[0])
        require(_may_say(programme, loaded.standing, asking, command))
        require_no_stray_item(programme, kind, item)
        if kind == "mark_duplicate_of":
            require_another(connection, loaded.standing, fields.get("of"))
        act = act_of(desk, connection, programme, asking)
        decided = unless_refused(decide(programme, loaded.standing, command, act.moment))
        told = noted(asking, relied_on(connection, asking.actor, kind, decided), act.moment)
        after = recorded(act, programme, loaded, told, command.item)
        return {**answer(after), "item": told[0].payload["item"]}

    what = {"fact": kind, "exchange": exchange, "fields": dict(fields), "item": item}
    done = ask(desk, asking, what, work, reach=SPEAK)
    desk.nudge()
    return done


def order_paper(desk: Desk, asking: Asking, exchange: str, kind: str) -> Answer:
    """Orders a paper of the exchange as it stands now, one per language set of the programme."""

    def work(connection: Connection) -> Answer:
        loaded, programme = load_for(desk, connection, asking, exchange)
        if kind not in programme.document["papers"] or kind not in DRAWN or kind == "agreement":
            raise refused("paper.unknown", "a paper of this programme that exchanges have", kind=kind)
        require(can(asking.actor, "exchange.order", of_exchange(loaded.standing)))
        orders = tuple(
            order_of(desk, loaded.standing, kind, languages) for languages in programme.paper_languages(kind)
        )
        act = act_of(desk, connection, programme, asking)
        return answer(recorded(act, programme, loaded, noted(asking, orders, act.moment)))

    done = ask(desk, asking, {"paper": kind, "exchange": exchange}, work)
    desk.nudge()
    return done


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


def _opened(act: Act, programme: Programme, command: DraftExchange, asking: Asking) -> Standing:
    decided = unless_refused(decide_draft(programme, command, act.moment))
    told = [(happening, act.moment) for happening in noted(asking, decided, act.moment)]
    return open_exchange(act, programme, told)


def _renewed(
    act: Act, programme: Programme, loaded: exchanges.Loaded, renewed: Happening, asking: Asking
) -> dict[str, Any]:
    """Opens the draft that renews an exchange, under the programme's newest version, and says so in the old one."""
    newest = act.desk.programme(act.connection, programme.slug)
    # How it came stands in the old one, with the move itself; the draft follows from it.
    following = replace(asking, came=None, backdate_reason=None)
    opened = _opened(act, newest, renewal_of(loaded.standing), following)
    said = replace(renewed, payload={**renewed.payload, "renewed_as": opened.exchange})
    after = recorded(act, programme, loaded, noted(asking, (said,), act.moment))
    return {**answer(after), "renewed_as": opened.exchange}


def _reference_on_leaving(act: Act, programme: Programme, standing: Standing, move: str) -> str | None:
    """The reference is taken on leaving draft; a refused move rolls the counter back with everything else."""
    leaves = standing.stage == Stage.DRAFT and move in programme.moves and programme.moves[move].to is not None
    if not leaves or standing.reference:
        return None
    return counters.take_reference(act.connection, programme.document["reference_prefix"], act.moment.recorded_at)
