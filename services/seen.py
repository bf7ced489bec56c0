# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The version somebody saw: whoever acts on an older one is told what happened meanwhile, and does nothing."""

from typing import Any

from sqlalchemy import Connection

from services.asking import Asking
from services.errors import Stale
from storage import streams


def require_seen(connection: Connection, asking: Asking, stream: str, called: str, version: int) -> None:
    """Goes on where the asker saw this version of a thing, or named none. Raises Stale."""
    seen = asking.if_match
    if seen is None or seen == version:
        return
    told = f"{called} is at version {version}, not {seen}: look at its history, then ask again"
    raise Stale(told, version=version, meanwhile=_events_since(connection, stream, seen))


def _events_since(connection: Connection, stream: str, seen: int) -> list[dict[str, Any]]:
    """What happened in a stream since the version a client saw, at most twenty events."""
    first = min(max(seen, 0), 2**31 - 21)
    since = streams.read_stream(connection, stream, after=first, up_to=first + 20)
    return [{"seq": event.seq, "type": event.type, "recorded_at": event.recorded_at} for event in since]
