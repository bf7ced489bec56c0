# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Bodies: how large, how deep and how slow one may be, known before anybody parses it."""

import asyncio
import json
import re
from collections import Counter
from contextlib import suppress
from re import Pattern
from typing import Any

from fastapi import FastAPI, params
from fastapi.routing import iter_route_contexts
from starlette.responses import Response
from starlette.routing import compile_path

from api.guards.asgi import SAFE, App, Message, Receive, Scope, Send, header
from api.problems import problem
from services.uploads import LARGEST_UPLOAD

LARGEST_BODY = 1024 * 1024
LARGEST_FORM = LARGEST_UPLOAD + 64 * 1024
"""An upload, and the fields that come with it."""
DEEPEST = 64
BODY_TAKES, PIECE_TAKES = 30.0, 15.0

_TEXT = re.compile(rb'"(?:[^"\\]|\\.)*"')
_BRACKET = re.compile(rb"[\[\]{}]")


class Bodies:
    """Holds small bodies until they are whole; lets uploads through, counted, on the routes that take files."""

    def __init__(self, app: App, routes: FastAPI) -> None:
        self.app = app
        self.routes = routes
        self._uploads: tuple[Pattern[str], ...] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in SAFE:
            await self.app(scope, receive, send)
        elif self._takes_files(scope):
            await _let_through(self.app, scope, receive, send)
        else:
            await _hold(self.app, scope, receive, send)

    def _takes_files(self, scope: Scope) -> bool:
        if self._uploads is None:
            self._uploads = upload_paths(self.routes)
        return scope["method"] == "POST" and any(path.match(scope["path"]) for path in self._uploads)


def upload_paths(app: FastAPI) -> tuple[Pattern[str], ...]:
    """The paths of the routes that take a file, read from their parameters."""
    contexts = (route for route in iter_route_contexts(app.routes) if getattr(route, "dependant", None))
    return tuple(compile_path(str(route.path))[0] for route in contexts if _has_a_file(route))


def _has_a_file(route: object) -> bool:
    body = getattr(getattr(route, "dependant", None), "body_params", ())
    return any(isinstance(one.field_info, params.File) for one in body)


async def _hold(app: App, scope: Scope, receive: Receive, send: Send) -> None:
    """A small body, whole before it is parsed."""
    try:
        async with asyncio.timeout(BODY_TAKES):
            body = await _read(receive) if _declared(scope) <= LARGEST_BODY else None
    except TimeoutError:
        await _too_slow()(scope, receive, send)
        return
    if body is None:
        await _unless_it_waits(scope, receive)
        await too_large(LARGEST_BODY)(scope, receive, send)
    elif refusal := _json_refused(scope, body):
        await refusal(scope, receive, send)
    else:
        await app(scope, _replay(body, receive), send)


def _json_refused(scope: Scope, body: bytes) -> Response | None:
    """Why a body of JSON is not parsed; what is no JSON at all is the parser's to say."""
    if "json" not in (header(scope, b"content-type") or "json"):
        return None
    if is_deep(body):
        return _too_deep()
    name = name_said_twice(body)
    return None if name is None else problem("request.said_twice", f"{name}: each name of an object is said once.")


def too_large(limit: int) -> Response:
    return problem("body.too_large", f"At most {limit} bytes.", limit=limit, headers={"Connection": "close"})


def _too_deep() -> Response:
    return problem("body.too_deep", f"At most {DEEPEST} levels of lists and objects.", limit=DEEPEST)


def _too_slow() -> Response:
    return problem("request.too_slow", "The body did not come in time.", headers={"Connection": "close"})


def _declared(scope: Scope) -> float:
    """The length a request declares; none declared is counted instead."""
    said = header(scope, b"content-length") or "0"
    return int(said) if said.isascii() and said.isdigit() and len(said) < 16 else float("inf")


async def _unless_it_waits(scope: Scope, receive: Receive) -> None:
    """Hears a client out, but for one that asked before it began (Expect: 100-continue) and has sent nothing."""
    if header(scope, b"expect") is None:
        await _hear_out(receive)


async def _hear_out(receive: Receive) -> None:
    """Takes what a client still sends, as much as an upload: one cut off in mid-sentence would never read the answer."""
    left = LARGEST_FORM
    with suppress(TimeoutError):
        async with asyncio.timeout(BODY_TAKES):
            while left > 0:
                message = await receive()
                left -= len(message.get("body", b""))
                if not message.get("more_body", False):
                    return


async def _read(receive: Receive) -> bytes | None:
    """The whole body; None for one that is larger than it may be."""
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > LARGEST_BODY:
            return None
        if message["type"] == "http.disconnect" or not message.get("more_body", False):
            return bytes(body)


def is_deep(body: bytes) -> bool:
    """Whether JSON nests deeper than any request of ours: parsers go down by calling themselves.

    Read as the parser would: in UTF-16, half a letter looks like a quotation mark and hides the brackets behind it.
    """
    if b"\0" in body:
        body = body.decode(json.detect_encoding(body), "replace").encode("utf-8", "replace")
    if body.count(b"[") + body.count(b"{") <= DEEPEST:
        return False
    depth = 0
    for bracket in _BRACKET.finditer(_TEXT.sub(b"", body)):
        depth += 1 if bracket[0] in b"[{" else -1
        if depth > DEEPEST:
            return True
    return False


def name_said_twice(body: bytes) -> str | None:
    """A name that stands twice in one object: of the two values a parser would keep the last, without a word."""
    twice: list[str] = []

    def note(pairs: list[tuple[str, Any]]) -> None:
        if len({name for name, _ in pairs}) < len(pairs):
            twice.append(Counter(name for name, _ in pairs).most_common(1)[0][0])

    try:
        json.loads(body, object_pairs_hook=note)
    except ValueError:
        return None
    return twice[0] if twice else None


def _replay(body: bytes, receive: Receive) -> Receive:
    told = False

    async def again() -> Message:
        nonlocal told
        if told:
            return await receive()
        told = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


class _Counted:
    """A body on its way through: breaks it off when it grows too large or stands still, and says why."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._taken = 0
        self.refusal: Response | None = None

    async def __call__(self) -> Message:
        try:
            async with asyncio.timeout(PIECE_TAKES):
                message = await self._receive()
        except TimeoutError:
            self.refusal = _too_slow()
            return {"type": "http.disconnect"}
        self._taken += len(message.get("body", b""))
        if self._taken > LARGEST_FORM:
            await _hear_out(self._receive)
            self.refusal = too_large(LARGEST_FORM)
            return {"type": "http.disconnect"}
        return message


async def _let_through(app: App, scope: Scope, receive: Receive, send: Send) -> None:
    """An upload goes through in pieces and is never whole in memory; what is answered to a broken one is ours."""
    if _declared(scope) > LARGEST_FORM:
        await _unless_it_waits(scope, receive)
        await too_large(LARGEST_FORM)(scope, receive, send)
        return
    counted, begun = _Counted(receive), False

    async def unless_refused(message: Message) -> None:
        nonlocal begun
        if counted.refusal is None or begun:
            begun = True
            await send(message)

    try:
        await app(scope, counted, unless_refused)
    finally:
        if counted.refusal is not None and not begun:
            await counted.refusal(scope, receive, send)
