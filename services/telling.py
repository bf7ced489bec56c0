# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Telling the agreements: what happens in an exchange enters the streams of the agreements that cover it, at once.

So an agreement is judged by its own stream alone. `terminate agreement` and `begin_execution` both write both streams; of
two rivals one finds the other's event and is refused.
"""

from collections.abc import Sequence
from typing import Any

from agreements import agreement as a
from agreements.rules import UNSIGNED, Status
from cycle import events as e
from cycle.events import Happening
from cycle.programme import Programme
from cycle.standing import Standing
from services.act import Act
from services.recording_agreements import record_on_agreement
from storage import agreements


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


def _told(agreement: a.Agreement, exchange: str, *, began: bool, ended: bool, replaced: Any) -> list[Happening]:
    told: list[Happening] = []
    if began and agreement.has_effect:
        told.append(Happening(a.EXECUTION_BEGAN, {"exchange": exchange}))
    if ended and agreement.exchanges.get(exchange) == "executing":
        told.append(Happening(a.EXECUTION_ENDED, {"exchange": exchange}))
    if replaced and replaced["old"] in agreement.parties and agreement.status in UNSIGNED:
        told.append(_reopened(agreement, exchange, replaced))
    return told


def _reopened(agreement: a.Agreement, exchange: str, replaced: Any) -> Happening:
    """An unsigned text that names the old party reopens, as a new version."""
    to = agreement.status if agreement.status == Status.DRAFT else Status.NEGOTIATION.value
    version = agreement.version + 1 if agreement.version else 0
    parties = {"old": replaced["old"], "new": replaced["new"], "exchange": exchange}
    return Happening(a.PARTY_SUCCEEDED, {**parties, "to": to, "version": version})
