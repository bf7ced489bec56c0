# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Recording on an agreement's stream, and telling the exchanges it covers what it means for them.

When an agreement takes, loses or changes force, the same transaction appends that to every exchange it covers.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from agreements import agreement as a
from agreements.agreement import Agreement
from agreements.rules import BEFORE_SIGNATORIES, ENDED, Status
from cycle import events as e
from cycle.events import Happening
from cycle.programme import Programme
from ledger.event import Event
from services.act import Act
from services.recording import record_events, record_on_exchange
from storage import agreements, exchanges, invitations, papers


def record_on_agreement(
    act: Act, programme: Programme, loaded: agreements.Loaded, happenings: Sequence[Happening]
) -> Agreement:
    """Appends happenings to an agreement and writes the standing they lead to."""
    before = loaded.standing
    act, stream = act.not_before(before.recorded_at), agreements.stream_of(before.agreement)
    events = record_events(act, stream, loaded.tip, happenings, programme.label)
    after = before
    for event in events:
        after = a.evolve(after, event)
        papers.hear(act.connection, event, agreement=before.agreement)
    agreements.save(act.connection, before, after)
    if before.status in BEFORE_SIGNATORIES:
        _end_invitations(act.connection, before, after, events)
    return after


def _end_invitations(connection: Connection, before: Agreement, after: Agreement, events: Sequence[Event]) -> None:
    """The key of a letter opens one text for one signatory: with either gone, it opens nothing."""
    of, now = {"agreement": after.agreement}, events[-1].recorded_at
    if after.version != before.version:
        invitations.end(connection, invitations.TEXT, now, **of)
    if after.status not in BEFORE_SIGNATORIES:
        invitations.end(connection, invitations.CLOSED, now, **of)
    for event in events:
        if event.type == a.SIGNATORY_LISTED:
            invitations.end(connection, invitations.REPLACED, now, **of, party=event.payload["party"])


def tell_exchanges(act: Act, before: Agreement, after: Agreement) -> None:
    """Appends to every covered exchange that the agreement took, lost or changed its effect."""
    told, arrival = effect_told(before, after), _takes_effect(after)
    for exchange in sorted(after.exchanges):
        news = told if exchange in before.exchanges else arrival
        if news is None:
            continue
        loaded = exchanges.load(act.connection, exchange, lock=True)
        if loaded is None:
            continue
        standing = loaded.standing
        programme = act.desk.programme(act.connection, standing.programme, standing.programme_version)
        record_on_exchange(act, programme, loaded, [news])


def effect_told(before: Agreement, after: Agreement) -> Happening | None:
    """What a change of the agreement means for the exchanges it covers; None when nothing."""
    payload: dict[str, Any] = {"agreement": after.agreement, "reference": after.reference or ""}
    if after.status == Status.AMENDED and before.status != Status.AMENDED:
        return Happening(e.AGREEMENT_SUPERSEDED, payload)
    if after.status in ENDED and before.has_effect:
        return Happening(e.AGREEMENT_LOST_EFFECT, {**payload, "status": after.status})
    return _takes_effect(after) if after.effect != before.effect else None


def _takes_effect(agreement: Agreement) -> Happening | None:
    """The effect an agreement has, as an exchange it covers is told."""
    if agreement.effect is None:
        return None
    named = {"agreement": agreement.agreement, "reference": agreement.reference or ""}
    told = {**named, "effect": agreement.effect, "parties": list(agreement.parties)}
    return Happening(e.AGREEMENT_TOOK_EFFECT, told)


def fold_ahead(agreement: Agreement, told: Sequence[Happening]) -> Agreement:
    """Where an agreement will stand after what was decided but is not yet written."""
    for happening in told:
        effect = a.EFFECTS.get(happening.type)
        agreement = effect(agreement, happening.payload) if effect else agreement
    return agreement


def running_under(connection: Connection, before: Agreement, after: Agreement) -> list[Happening]:
    """An agreement that takes effect, or covers one exchange more, learns which of them execute already."""
    if not after.has_effect:
        return []
    fresh = after.exchanges if not before.has_effect else set(after.exchanges) - set(before.exchanges)
    loaded = (exchanges.load(connection, exchange, lock=True) for exchange in sorted(fresh))
    executing = [found.standing.exchange for found in loaded if found and found.standing.is_executing]
    return [
        Happening(a.EXECUTION_BEGAN, {"exchange": exchange})
        for exchange in executing
        if after.exchanges.get(exchange) != "executing"
    ]
