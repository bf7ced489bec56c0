# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Erasures: which sealed values are gone by a decision, as the streams `erasure/…` say.

Read before the walk, because the walk meets one stream at a time. These streams are in the ledger like all others: whoever
takes a value away without them is found, and a decision cannot be made up afterwards without an event.
"""

import json
from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import Connection, select

from observatory.audit.rules import DAMAGED
from people.erasure import STREAM, VALUES_ERASED
from storage.tables import events


class Place(NamedTuple):
    """Where in a stream a value was sealed."""

    seq: int
    field: str


Erased = Mapping[str, frozenset[Place]]
"""Stream → the places whose values a decision erased."""


def erased_values(connection: Connection) -> Erased:
    """Every value that a decision erased; what cannot be read decides nothing."""
    found: dict[str, set[Place]] = {}
    told = select(events.c.payload).where(
        events.c.stream > STREAM, events.c.stream < STREAM + "~", events.c.type == VALUES_ERASED
    )
    for payload in connection.scalars(told):
        for stream, place in _places(payload):
            found.setdefault(stream, set()).add(place)
    return {stream: frozenset(places) for stream, places in found.items()}


def _places(payload: str) -> list[tuple[str, Place]]:
    try:
        values = json.loads(payload)["values"]
        return [(str(one["stream"]), Place(int(one["seq"]), str(one["field"]))) for one in values]
    except DAMAGED:
        return []
