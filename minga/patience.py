# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The server at its limits: how long it waits for a request to begin, how much that may be, how many connections it answers.

A client that sends its headers letter by letter is not waited for; headers without an end are not read to it; one connection
too many is answered, and closed.
"""

from asyncio import TimerHandle, Transport
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from api.guards.crowd import CROWDED
from api.guards.headers import ALWAYS

HEADERS_TAKE = 10.0
LARGEST_HEAD, MOST_HEADERS = 16 * 1024, 100
"""Of an address with its headers. httptools knows no bound, and FastAPI looks for each header among all others."""
MOST_CONNECTIONS = 800
LAST_RESORT = 1000
"""Above so many connections uvicorn itself answers, without a problem and without our headers."""


class HeadTooLarge(Exception):
    """An address and headers beyond what any client of ours sends; httptools hands it on as a mistake of the request."""


class Patience(HttpToolsProtocol):
    """uvicorn's protocol on httptools, which alone would wait for ever for the end of the headers."""

    headers_take = HEADERS_TAKE
    most_connections = MOST_CONNECTIONS
    _due: TimerHandle | None = None
    _head = _unended = 0
    _is_too_large = False

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._head = self._unended = 0
        self._wait()

    def on_url(self, url: bytes) -> None:
        super().on_url(url)
        self._grow(len(url))

    def on_header(self, name: bytes, value: bytes) -> None:
        super().on_header(name, value)
        self._grow(len(name) + len(value) + len(b": \r\n"))

    def data_received(self, data: bytes) -> None:
        """A header without an end is never told by the parser: what comes while a head has none is counted here."""
        due = self._due
        super().data_received(data)
        if due is None or due is not self._due or self.transport.is_closing():
            return
        self._unended += len(data)
        if self._unended > LARGEST_HEAD:
            self._is_too_large = True
            self.send_400_response("")

    def on_headers_complete(self) -> None:
        self._stop_waiting()
        if len(self.connections) > self.most_connections:
            self.scope[CROWDED] = True  # type: ignore[literal-required]
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """What is no HTTP, or too much of it, is answered here, before there is a request: with the headers of every answer."""
        status = b"400 Bad Request"
        if self._is_too_large:
            status = b"431 Request Header Fields Too Large"
            msg = f"At most {MOST_HEADERS} headers and {LARGEST_HEAD} bytes of them and the address."
        lines = [b"HTTP/1.1 " + status, b"content-type: text/plain; charset=utf-8", b"connection: close"]
        lines += [name + b": " + value for name, value in (*ALWAYS, (b"cache-control", b"no-store"))]
        lines += [b"content-length: %d" % len(msg), b"", msg.encode("ascii")]
        self.transport.write(b"\r\n".join(lines))
        self.transport.close()

    def _grow(self, more: int) -> None:
        """Counts what the parser tells of a head; breaks it off when that is too much."""
        self._head += more
        if self._head > LARGEST_HEAD or len(self.headers) > MOST_HEADERS:
            self._is_too_large = True
            raise HeadTooLarge

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
