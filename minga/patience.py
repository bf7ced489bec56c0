# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The server at its limits: how long it waits for a request to begin, and how many connections it answers.

A client that sends its headers letter by letter is not waited for; one connection too many is answered, and closed.
"""

from asyncio import TimerHandle, Transport
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from api.guards.crowd import CROWDED
from api.guards.headers import ALWAYS

HEADERS_TAKE = 10.0
MOST_CONNECTIONS = 800
LAST_RESORT = 1000
"""Above so many connections uvicorn itself answers, without a problem and without our headers."""


class Patience(HttpToolsProtocol):
    """uvicorn's protocol on httptools, which alone would wait for ever for the end of the headers."""

    headers_take = HEADERS_TAKE
    most_connections = MOST_CONNECTIONS
    _due: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._wait()

    def on_headers_complete(self) -> None:
        self._stop_waiting()
        if len(self.connections) > self.most_connections:
            self.scope[CROWDED] = True  # type: ignore[literal-required]
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """What is no HTTP is answered here, before there is a request: with the headers of every other answer."""
        lines = [b"HTTP/1.1 400 Bad Request", b"content-type: text/plain; charset=utf-8", b"connection: close"]
        lines += [name + b": " + value for name, value in (*ALWAYS, (b"cache-control", b"no-store"))]
        lines += [b"content-length: %d" % len(msg), b"", msg.encode("ascii")]
        self.transport.write(b"\r\n".join(lines))
        self.transport.close()

    def _wait(self) -> None:
        self._stop_waiting()
        self._due = self.loop.call_later(self.headers_take, self._lose_patience)

    def _stop_waiting(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None

    def _lose_patience(self) -> None:
        if not self.transport.is_closing():
            self.transport.close()


def server_options(*, behind_proxy: bool) -> dict[str, Any]:
    """How uvicorn serves: what it says of itself, whom it believes, how many it lets in, how long it waits."""
    return {
        "loop": "uvloop",
        "http": Patience,
        "ws": "none",
        "log_config": None,
        "access_log": False,
        "server_header": False,
        # Only a proxy on this machine may say who the client is, and only where there is to be one.
        "proxy_headers": behind_proxy,
        "forwarded_allow_ips": "127.0.0.1",
        "backlog": 256,
        "limit_concurrency": LAST_RESORT,
        "timeout_keep_alive": 5,
        "timeout_graceful_shutdown": 3,
    }
