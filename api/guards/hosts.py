# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Which hosts are ours: this machine's own names, and the one people reach (MINGA_PUBLIC_URL)."""

from urllib.parse import urlsplit

from api.guards.asgi import App, Receive, Scope, Send, header
from api.problems import problem

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})


class OurHost:
    """Refuses requests for a host that is not ours: a page elsewhere must not reach us by a name of its own."""

    def __init__(self, app: App, public_url: str | None = None) -> None:
        self.app = app
        self.hosts = LOOPBACK | ({host_in(urlsplit(public_url).netloc)} if public_url else frozenset())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or host_in(header(scope, b"host") or "") in self.hosts:
            await self.app(scope, receive, send)
            return
        await problem("request.host_foreign", "This is not that host.")(scope, receive, send)


def host_in(said: str) -> str:
    """The name without its port, in lower case."""
    name, colon, port = said.lower().rpartition(":")
    return name if colon and port.isdigit() else said.lower()


def is_near(scope: Scope) -> bool:
    """Whether a request comes from this machine itself, and not through a proxy on it."""
    client = scope.get("client")
    forwarded = any(header(scope, name) for name in (b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"via"))
    by_name = host_in(header(scope, b"host") or "") in LOOPBACK
    return client is not None and client[0] in ("127.0.0.1", "::1") and by_name and not forwarded
