# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What officers do with money: register a source, and set parts of it aside for exchanges.

An allocation is told in the source's stream and in the exchange's, in one transaction. Streams are locked in ascending id
(`agreement/…`, `exchange/…`, `funding/…`), so two allocations never wait for each other in a circle.
"""

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from cycle.commands import StateFact
from cycle.decide import decide
from cycle.events import Happening
from cycle.funding import FundingSource, begin, decide_allocation, decide_registration, evolve, written
from cycle.programme import Programme
from cycle.standing import Standing
from ledger.event import GENESIS
from people.policy import can
from services.act import Act, act_of
from services.asking import Answer, Asking, ask
from services.desk import Desk
from services.errors import NotFound, require, unless_refused
from services.recording import record_events
from services.seen import require_seen
from services.tending_exchanges import load_for, recorded
from storage import exchanges, funding


def register_source(
    desk: Desk,
    asking: Asking,
    *,
    donor: str,
    project_code: str,
    currency: str,
    amount: str,
    from_on: str,
    to_on: str | None = None,
) -> Answer:
    """Registers what a donor gives. Answers {source, currency, amount, allocated, left, version}. Raises Refused."""
    said = {"donor": donor, "project_code": project_code, "currency": currency, "amount": amount}
    said |= {"from_on": from_on, **({"to_on": to_on} if to_on else {})}

    def work(connection: Connection) -> Answer:
        require(can(asking.actor, "funding.register"))
        decided = unless_refused(decide_registration(said, _decimals(desk, connection)))
        source, act = desk.identifiers.new(), Act.now(desk, connection, asking.actor)
        (event,) = record_events(act, funding.stream_of(source), GENESIS, [decided])
        standing = begin(source, event)
        funding.add(connection, standing)
        return answer(standing)

    return ask(desk, asking, {"funding_source": said}, work)


def allocate(desk: Desk, asking: Asking, *, source: str, exchange: str, amount: str) -> Answer:
    """Sets an exchange's part of a source to `amount`; a smaller one, or `0`, gives the rest back.

    Answers {source, exchange, reference, currency, amount, allocated, left, version}; the same total again writes nothing.
    Raises NotFound, Refused (funding.exceeded says what is left), Stale.
    """

    def work(connection: Connection) -> Answer:
        require(can(asking.actor, "funding.allocate"))
        # The version seen is the source's; the exchange is taken as it stands.
        loaded, programme = load_for(desk, connection, replace(asking, if_match=None), exchange)
        given = funding.load_locked(connection, source)
        if given is None:
            raise NotFound(f"no funding source {source}", source=source)
        require_seen(connection, asking, funding.stream_of(source), source, given.standing.seq)
        act = act_of(desk, connection, programme, asking).not_before(given.standing.recorded_at)
        decided = _decided(act, programme, given.standing, loaded.standing, amount)
        if decided is None:
            return _allocated(given.standing, loaded.standing, amount)
        after = _set_aside(act, programme, given, decided)
        _tell_exchange(act, programme, loaded, after, decided)
        return _allocated(after, loaded.standing, decided.payload["amount"])

    return ask(desk, asking, {"allocate": source, "exchange": exchange, "amount": amount}, work)


def answer(standing: FundingSource) -> dict[str, Any]:
    """What every command on a funding source answers."""
    return {
        "source": standing.source,
        "currency": standing.currency,
        "amount": standing.amount,
        "allocated": standing.allocated,
        "left": written(standing.left),
        "version": standing.seq,
    }


def _allocated(source: FundingSource, exchange: Standing, amount: str) -> dict[str, Any]:
    set_aside = {"exchange": exchange.exchange, "reference": exchange.reference, "set_aside": amount}
    return {**answer(source), **set_aside}


def _decimals(desk: Desk, connection: Connection) -> dict[str, int]:
    """The currencies of every programme's newest version, with their decimal places."""
    known = [programme.document["currencies"] for programme in desk.published(connection)]
    return {currency: places for currencies in known for currency, places in currencies.items()}


def _decided(
    act: Act, programme: Programme, source: FundingSource, exchange: Standing, amount: str
) -> Happening | None:
    present = funding.allocated(act.connection, source.source, exchange.exchange)
    decimals = programme.document["currencies"].get(source.currency)
    on = act.moment.occurred_on
    return unless_refused(decide_allocation(source, exchange.exchange, present, amount, decimals, on))


def _set_aside(act: Act, programme: Programme, given: funding.Loaded, decided: Happening) -> FundingSource:
    stream = funding.stream_of(given.standing.source)
    (event,) = record_events(act, stream, given.tip, [decided], programme.label)
    after = evolve(given.standing, event)
    funding.save(act.connection, after, event)
    return after


def _tell_exchange(
    act: Act, programme: Programme, loaded: exchanges.Loaded, source: FundingSource, decided: Happening
) -> None:
    """The exchange's own stream hears of it in the same transaction, as the fact `funding`."""
    named = {"source": source.source, "donor": source.donor, "project_code": source.project_code}
    fields = {**named, "amount": decided.payload["amount"], "currency": source.currency}
    item = exchanges.load_item(act.connection, loaded.standing.exchange, f"funding-{source.source}")
    said = unless_refused(decide(programme, loaded.standing, StateFact("funding", fields, item), act.moment))
    recorded(act, programme, loaded, said, item)
