# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""How many requests one process works on at once; whoever comes on top is told to come back, before anything is read.

How many connections there are only the server knows: it marks the requests that come over one too many.
"""

from api.guards.asgi import App, Receive, Scope, Send
from api.problems import problem

MOST_AT_ONCE = 200
LIVE = "/health/live"
"""Answered in any crowd: whoever watches the process would else start it anew, and it is only busy."""
CROWDED = "minga.crowded"
"""The mark in the scope of a request that came over a connection on top of the crowd."""

_DETAIL = "Too many requests at once: come back soon."


class Crowd:
    """Turns away what is too much at once, so that what was let in is still answered in time."""

    def __init__(self, app: App, most: int = MOST_AT_ONCE) -> None:
        self.app = app
        self.most = most
        self._inside = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] == LIVE:
            await self.app(scope, receive, send)
            return
        if scope.get(CROWDED):
            await problem("health.crowded", _DETAIL, headers={"Connection": "close"})(scope, receive, send)
            return
        if self._inside >= self.most:
            await problem("health.crowded", _DETAIL)(scope, receive, send)
            return
        self._inside += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self._inside -= 1
