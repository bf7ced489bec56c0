# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Methods no route spells out: HEAD as GET without its body, OPTIONS, and an answer that was not modified (RFC 9110)."""

from collections.abc import Callable, Iterable, MutableMapping
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp as App
from starlette.types import Message, Receive, Scope, Send

MOST_PARAMETERS = 50
METHODS = ("DELETE", "GET", "PATCH", "POST", "PUT")


def allowed(scope: Scope, routes: Iterable[BaseRoute]) -> tuple[str, ...]:
    """The methods under which a path is known; none for a path that is not."""
    known = {method for method in METHODS for route in routes if _knows(route, {**scope, "method": method})}
    return tuple(sorted({*known, *(("HEAD",) if "GET" in known else ()), *(("OPTIONS",) if known else ())}))


def _knows(route: BaseRoute, scope: MutableMapping[str, Any]) -> bool:
    return route.matches(scope)[0] is Match.FULL


def allow_header(request: Request) -> dict[str, str]:
    """What a path does answer, for one who asked it otherwise."""
    return {"Allow": ", ".join(allowed(request.scope, request.app.routes))}


class Methods:
    """Answers HEAD and OPTIONS wherever GET or anything is answered, and 304 for what the asker has already.

    More than fifty parameters are refused: FastAPI looks for each among all others. So is one of the API that is said twice:
    which of the two was meant nobody could tell.
    """

    def __init__(self, app: App, refuse: Callable[[str], App]) -> None:
        self.app = app
        self.refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and (twice := _said_twice(scope)):
            await self.refuse(twice)(scope, receive, send)
        elif scope["type"] != "http" or scope["method"] not in ("GET", "HEAD", "OPTIONS"):
            await self.app(scope, receive, send)
        elif scope["method"] == "OPTIONS":
            await self._options(scope, receive, send)
        else:
            answering = _Answering(send, _seen(scope), bodiless=scope["method"] == "HEAD")
            await self.app({**scope, "method": "GET"}, receive, answering.send)

    async def _options(self, scope: Scope, receive: Receive, send: Send) -> None:
        known = allowed(scope, scope["app"].routes)
        if not known:
            await self.app(scope, receive, send)
            return
        await Response(status_code=204, headers={"Allow": ", ".join(known)})(scope, receive, send)


class _Answering:
    """One answer on its way out: whole, without its body, or not at all where the asker holds the same."""

    def __init__(self, send: Send, seen: frozenset[bytes], *, bodiless: bool) -> None:
        self._send = send
        self._seen = seen
        self._bodiless = bodiless

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and self._holds(message):
            self._bodiless = True
            kept = [header for header in message["headers"] if header[0].lower() not in _OF_A_BODY]
            message = {**message, "status": 304, "headers": kept}
        elif message["type"] == "http.response.body" and self._bodiless:
            message = {**message, "body": b""}
        elif message["type"] == "http.response.pathsend" and self._bodiless:
            message = {"type": "http.response.body", "body": b""}
        await self._send(message)

    def _holds(self, message: Message) -> bool:
        tag = next((value for name, value in message["headers"] if name.lower() == b"etag"), None)
        return message["status"] == 200 and tag is not None and (tag in self._seen or b"*" in self._seen)


def _said_twice(scope: Scope) -> str | None:
    names = [name for name, _ in parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)]
    if len(names) > MOST_PARAMETERS:
        return "…"
    of_the_api = scope["path"].startswith("/api/")
    return next((name for name in names if of_the_api and names.count(name) > 1), None)


_OF_A_BODY = frozenset({b"content-length", b"content-type", b"content-disposition"})


def _seen(scope: Scope) -> frozenset[bytes]:
    """The ETags the asker holds; a weak one is compared as it is written (RFC 9110, 13.1.2)."""
    said = b",".join(value for name, value in scope["headers"] if name.lower() == b"if-none-match")
    return frozenset(tag.strip().removeprefix(b"W/") for tag in said.split(b",") if tag.strip())
