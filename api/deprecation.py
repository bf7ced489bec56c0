# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""How an operation leaves: announced a year ahead, in its description and with every answer (RFC 9745, RFC 8594).

docs/deprecation.md is the policy. Nothing leaves within `/api/v1` otherwise.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime
from typing import Any, TypeVar

from fastapi.routing import iter_route_contexts
from starlette.routing import BaseRoute
from starlette.types import ASGIApp as App
from starlette.types import Message, Receive, Scope, Send

NOTICE = timedelta(days=365)
_MARK = "leaves_the_api"
Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])


class NoticeTooShort(Exception):
    """An operation stays for a year after it was announced to leave."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """An operation that leaves: announced on a day, answered until another; `instead`: the address that takes its place."""

    announced_on: date
    until: date
    instead: str

    def headers(self) -> Iterator[tuple[bytes, bytes]]:
        announced, ends = (datetime.combine(day, time(), UTC) for day in (self.announced_on, self.until))
        yield b"deprecation", f"@{int(announced.timestamp())}".encode()
        yield b"sunset", format_datetime(ends, usegmt=True).encode()
        yield b"link", f'<{self.instead}>; rel="successor-version"'.encode()


def leaves(announced_on: date, until: date, instead: str) -> Callable[[Endpoint], Endpoint]:
    """Marks an operation that leaves: `@router.get(…)` above, this below. Raises NoticeTooShort."""
    if until - announced_on < NOTICE:
        raise NoticeTooShort(f"announced on {announced_on}, it stays until {announced_on + NOTICE} at least")

    def mark(endpoint: Endpoint) -> Endpoint:
        setattr(endpoint, _MARK, Leaving(announced_on, until, instead))
        return endpoint

    return mark


def leaving(routes: Sequence[BaseRoute]) -> Iterator[tuple[str, frozenset[str]]]:
    """Every operation that leaves: its path and its methods in small letters, as a description names them."""
    for route in iter_route_contexts(routes):
        if hasattr(getattr(route, "endpoint", None), _MARK):
            yield str(route.path), frozenset(method.lower() for method in route.methods or ())


class Farewell:
    """Says with every answer of an operation that leaves until when it is answered, and what takes its place."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def told(message: Message) -> None:
            found: Leaving | None = getattr(scope.get("endpoint"), _MARK, None)
            if message["type"] == "http.response.start" and found is not None:
                message = {**message, "headers": [*message["headers"], *found.headers()]}
            await send(message)

        await self.app(scope, receive, told if scope["type"] == "http" else send)
