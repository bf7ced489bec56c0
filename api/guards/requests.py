# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Every request: its id, its line in the log, its place in the figures, and what is told of a mistake of ours."""

from collections.abc import Callable
from time import perf_counter

from api.guards.asgi import App, Message, Receive, Scope, Send, header
from api.logs import log
from api.present import UNKNOWN, WELL_FORMED, Present, begin, tell_route

Observe = Callable[[str, str, int, float], None]
"""Takes method, route, status and seconds of an answered request."""

REQUEST_ID = b"x-request-id"
METHODS = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"})


class Requests:
    """Gives every request an id, that of its proxy if it is well formed, and says it with the answer.

    A mistake was answered inside already. It ends here, in one line without the words of the error: they may hold what
    somebody typed.
    """

    def __init__(self, app: App, new_id: Callable[[], str], observe: Observe) -> None:
        self.app = app
        self.new_id = new_id
        self.observe = observe

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = header(scope, REQUEST_ID) or ""
        present = begin(given if WELL_FORMED.fullmatch(given) else self.new_id())
        status, began = 500, perf_counter()

        async def told(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message = {**message, "headers": [*message["headers"], (REQUEST_ID, present.request_id.encode())]}
            await send(message)

        try:
            await self.app(scope, receive, told)
        except Exception as error:  # noqa: BLE001 - the outermost place of all; it was answered inside
            log.error("request.mistaken", exc_info=error)
        self._tell(scope["method"], present, status, perf_counter() - began)

    def _tell(self, said: str, present: Present, status: int, seconds: float) -> None:
        method = said if said in METHODS else "other"
        self.observe(method, present.route, status, seconds)
        took, code = round(1000 * seconds, 1), {"code": present.code} if present.code else {}
        log.info("request.answered", method=method, route=present.route, status=status, milliseconds=took, **code)


class Routes:
    """Innermost: says which route matched, once the router knows. Never the path, which holds what was asked for."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                tell_route(template_of(scope))
            await send(message)

        try:
            await self.app(scope, receive, told)
        finally:
            tell_route(template_of(scope))


def template_of(scope: Scope) -> str:
    """The route a scope matched, as it is written in the code: `/api/v1/exchanges/{ref}`."""
    whole = getattr(scope.get("fastapi", {}).get("effective_route_context"), "path_format", None)
    plain = getattr(scope.get("route"), "path", None)
    return str(whole or plain or _mounted(scope))


def _mounted(scope: Scope) -> str:
    """The place of files that are served as they lie, like `/static`."""
    at: str = scope.get("root_path", "")
    return at if at == "/static" else UNKNOWN
