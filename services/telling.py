# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Telling: what happens in an exchange enters the agreements that cover it, and what happens to those enters it, at once.

So each is judged by its own stream alone. `terminate agreement` and `begin_execution` both write both streams; of two
rivals one finds the other's event and is refused.
"""

from collections.abc import Sequence
from typing import Any

from agreements import agreement as a
from agreements.agreement import Agreement
from agreements.rules import ENDED, UNSIGNED, Status
from cycle import events as e
from cycle.events import Happening
from cycle.programme import Programme
from cycle.standing import Standing
from services.act import Act
from services.recording import record_on_exchange
from services.recording_agreements import record_on_agreement
from storage import agreements, exchanges


def tell_agreements(
    act: Act, programme: Programme, before: Standing, after: Standing, happenings: Sequence[Happening]
) -> None:
    """Appends to every covering agreement what just happened in the exchange, if it concerns agreements at all."""
    replaced = next((h.payload for h in happenings if h.type == e.PARTY_REPLACED), None)
    began = after.is_executing and not before.is_executing
    ended = before.is_executing and not after.is_executing
    if not (began or ended or replaced):
        return
    for agreement in sorted(agreements.covering(act.connection, after.exchange)):
        loaded = agreements.load(act.connection, agreement, lock=True)
        if loaded is None:
            continue
        told = _told(loaded.standing, after.exchange, began=began, ended=ended, replaced=replaced)
        if told:
            record_on_agreement(act, programme, loaded, told)


def _told(agreement: Agreement, exchange: str, *, began: bool, ended: bool, replaced: Any) -> list[Happening]:
    told: list[Happening] = []
    if began and agreement.has_effect:
        told.append(Happening(a.EXECUTION_BEGAN, {"exchange": exchange}))
    if ended and agreement.exchanges.get(exchange) == "executing":
        told.append(Happening(a.EXECUTION_ENDED, {"exchange": exchange}))
    if replaced and replaced["old"] in agreement.parties and agreement.status in UNSIGNED:
        told.append(_reopened(agreement, exchange, replaced))
    return told


def _reopened(agreement: Agreement, exchange: str, replaced: Any) -> Happening:
    """An unsigned text that names the old party reopens, as a new version."""
    to = agreement.status if agreement.status == Status.DRAFT else Status.NEGOTIATION.value
    version = agreement.version + 1 if agreement.version else 0
    parties = {"old": replaced["old"], "new": replaced["new"], "exchange": exchange}
    return Happening(a.PARTY_SUCCEEDED, {**parties, "to": to, "version": version})


def tell_exchanges(act: Act, before: Agreement, after: Agreement) -> None:
    """Appends to every covered exchange that the agreement took, lost or changed its effect."""
    told, arrival = _effect_told(before, after), _takes_effect(after)
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


def _effect_told(before: Agreement, after: Agreement) -> Happening | None:
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


def running_under(act: Act, before: Agreement, after: Agreement) -> list[Happening]:
    """An agreement that takes effect, or covers one exchange more, learns which of them execute already."""
    if not after.has_effect:
        return []
    fresh = after.exchanges if not before.has_effect else set(after.exchanges) - set(before.exchanges)
    loaded = (exchanges.load(act.connection, exchange, lock=True) for exchange in sorted(fresh))
    executing = [found.standing.exchange for found in loaded if found and found.standing.is_executing]
    return [
        Happening(a.EXECUTION_BEGAN, {"exchange": exchange})
        for exchange in executing
        if after.exchanges.get(exchange) != "executing"
    ]
