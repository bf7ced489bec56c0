"""Guards around the whole app: which host is ours, how large a body may be, what a browser may do with an answer."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from api.problems import problem

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LARGEST_BODY = 1024 * 1024
HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]", "testserver"})
CONTENT_POLICY = (
    b"default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"content-security-policy", CONTENT_POLICY),
)


class OurHost:
    """Refuses requests for a host that is not this machine: a page elsewhere must not reach us by a name of its own."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or _host(scope) in HOSTS:
            await self.app(scope, receive, send)
            return
        await problem("request.host_foreign", "This is not that host.")(scope, receive, send)


def _host(scope: Scope) -> str:
    said: str = dict(scope["headers"]).get(b"host", b"").decode("latin-1").lower()
    name, colon, port = said.rpartition(":")
    return name if colon and port.isdigit() else said


class SmallBody:
    """Reads a body before anybody parses it, and refuses one of more than a mebibyte."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self.app(scope, receive, send)
            return
        body = await _read(scope, receive)
        if body is None:
            await problem("body.too_large", f"At most {LARGEST_BODY} bytes.", limit=LARGEST_BODY)(scope, receive, send)
            return
        await self.app(scope, _replay(body, receive), send)


async def _read(scope: Scope, receive: Receive) -> bytes | None:
    """The whole body; None for one that is too large, known by its declared length or by counting."""
    declared = dict(scope["headers"]).get(b"content-length", b"0")
    if not declared.isdigit() or int(declared) > LARGEST_BODY:
        return None
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > LARGEST_BODY:
            return None
        if message["type"] == "http.disconnect" or not message.get("more_body", False):
            return bytes(body)


def _replay(body: bytes, receive: Receive) -> Receive:
    told = False

    async def again() -> Message:
        nonlocal told
        if told:
            return await receive()
        told = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


class Headers:
    """Says with every answer what a browser must not do with it."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                known = {name for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(h for h in HEADERS if h[0] not in known)]
            await send(message)

        await self.app(scope, receive, told)
