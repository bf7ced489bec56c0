"""Recording on an agreement's stream, and telling the exchanges it covers what it means for them.

When an agreement takes, loses or changes force, the same transaction appends that to every exchange it covers.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from agreements import agreement as a
from agreements.agreement import Agreement
from agreements.rules import ENDED, Status
from cycle import events as e
from cycle.events import Happening
from cycle.moment import Moment
from cycle.programme import Programme
from people.actors import Actor
from services.desk import Desk
from services.recording import record_events, record_on_exchange
from storage import agreements, exchanges, papers


def record_on_agreement(
    desk: Desk,
    connection: Connection,
    programme: Programme,
    loaded: agreements.Loaded,
    happenings: Sequence[Happening],
    actor: Actor,
    moment: Moment,
) -> Agreement:
    """Appends happenings to an agreement and writes the standing they lead to."""
    before = loaded.standing
    stream = agreements.stream_of(before.agreement)
    events = record_events(desk, connection, stream, loaded.tip, happenings, actor, moment, programme.label)
    after = before
    for event in events:
        after = a.evolve(after, event)
        if event.type == e.PAPER_ORDERED:
            papers.order(connection, event, agreement=before.agreement)
    agreements.save(connection, before, after)
    return after


def tell_exchanges(
    desk: Desk, connection: Connection, before: Agreement, after: Agreement, actor: Actor, moment: Moment
) -> None:
    """Appends to every covered exchange that the agreement took, lost or changed its effect."""
    told = effect_told(before, after)
    if told is None:
        return
    for exchange in sorted(after.exchanges):
        loaded = exchanges.load(connection, exchange, lock=True)
        if loaded is None:
            continue
        programme = desk.programme(connection, loaded.standing.programme, loaded.standing.programme_version)
        record_on_exchange(desk, connection, programme, loaded, [told], actor, moment)


def effect_told(before: Agreement, after: Agreement) -> Happening | None:
    """What a change of the agreement means for the exchanges it covers; None when nothing."""
    payload: dict[str, Any] = {"agreement": after.agreement, "reference": after.reference or ""}
    if after.status == Status.AMENDED and before.status != Status.AMENDED:
        return Happening(e.AGREEMENT_SUPERSEDED, payload)
    if after.status in ENDED and before.has_effect:
        return Happening(e.AGREEMENT_LOST_EFFECT, {**payload, "status": after.status})
    if after.has_effect and (not before.has_effect or after.status != before.status):
        effect = "in_force" if after.status == Status.IN_FORCE else "provisional"
        return Happening(e.AGREEMENT_TOOK_EFFECT, {**payload, "effect": effect})
    return None
