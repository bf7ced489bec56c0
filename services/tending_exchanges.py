# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Tending an exchange: the frame of every command on one. Found and locked, and written with all that follows.

What happens in one exchange is told to the agreements that cover it, in the same transaction.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from cycle.events import Happening
from cycle.items import Item
from cycle.programme import Programme
from cycle.standing import Standing
from people.policy import may_read
from services.act import Act
from services.asking import Asking
from services.desk import Desk
from services.errors import NotFound
from services.recording import record_on_exchange
from services.seen import require_seen
from services.telling import tell_agreements
from storage import agreements, exchanges, streams


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


def recorded(
    act: Act, programme: Programme, loaded: exchanges.Loaded, happenings: Sequence[Happening], about: Item | None = None
) -> Standing:
    """Writes what was decided, and what follows from it for the agreements. `about`: the present item it is about."""
    after = record_on_exchange(act, programme, loaded, happenings, about)
    tell_agreements(act, programme, loaded.standing, after, happenings)
    return after


def answer(standing: Standing) -> dict[str, Any]:
    """What every command on an exchange answers."""
    return {
        "exchange": standing.exchange,
        "reference": standing.reference,
        "stage": standing.stage,
        "lifecycle": standing.lifecycle,
        "version": standing.changed_seq,
    }
