# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Plain HTTP to another process of this machine: short, and never through a proxy that the environment names."""

import base64
import json
import socket
from typing import Any
from urllib.request import ProxyHandler, Request, build_opener

TIMEOUT = 2.0
_opener = build_opener(ProxyHandler({}))

# What a process that is away, starting, or another than expected can answer with.
Away = (OSError, ValueError, KeyError, TypeError)


def ask(url: str, *, auth: str | None = None, body: dict[str, Any] | None = None) -> Any:
    """The JSON that GET (or POST, with a body) answers; `auth` is `user:password`. Raises one of Away."""
    data = None if body is None else json.dumps(body).encode()
    request = Request(url, data=data, headers=_headers(auth))  # noqa: S310 - settings admit http(s) only
    with _opener.open(request, timeout=TIMEOUT) as answer:
        return json.load(answer)


def is_free(port: int) -> bool:
    """Whether a server could listen on this loopback port now."""
    with socket.socket() as probe:
        # As servers do: a port whose last connections are still fading is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def any_free_port() -> int:
    """A loopback port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _headers(auth: str | None) -> dict[str, str]:
    kind = {"Content-Type": "application/json"}
    if auth is None:
        return kind
    return {**kind, "Authorization": f"Basic {base64.b64encode(auth.encode()).decode()}"}
