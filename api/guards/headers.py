# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What a browser must not do with an answer, said with every answer there is."""

from collections.abc import Iterable

from api.guards.asgi import App, Message, Receive, Scope, Send, header

CONTENT_POLICY = (
    b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    b"form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
ALWAYS = (
    (b"content-security-policy", CONTENT_POLICY),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
STRICT_TRANSPORT = (b"strict-transport-security", b"max-age=63072000; includeSubDomains")

SECRET = ("/sign-in", "/invitation")
"""Pages whose addresses may hold a secret: no other page learns of them."""
STATIC = "/static/"
NOT_KEPT, ASKED_AGAIN = b"no-store", b"public, no-cache"


class Headers:
    """Adds to every answer what it lacks, and lets no cache keep what somebody was answered in person."""

    def __init__(self, app: App, public_url: str | None = None) -> None:
        self.app = app
        self.always = ALWAYS + ((STRICT_TRANSPORT,) if (public_url or "").startswith("https:") else ())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*self._completed(scope, message)]}
            await send(message)

        await self.app(scope, receive, told if scope["type"] == "http" else send)

    def _completed(self, scope: Scope, message: Message) -> Iterable[tuple[bytes, bytes]]:
        own = {name.lower(): value for name, value in message["headers"]}
        kept = _is_private(scope, message["status"], own)
        yield from (pair for pair in message["headers"] if not (kept and pair[0].lower() == b"cache-control"))
        wanted = (*self.always, (b"referrer-policy", _referrer(scope)))
        yield from (pair for pair in wanted if pair[0] not in own)
        if kept or b"cache-control" not in own:
            yield b"cache-control", ASKED_AGAIN if not kept and scope["path"].startswith(STATIC) else NOT_KEPT


def _is_private(scope: Scope, status: int, own: dict[bytes, bytes]) -> bool:
    """Whether an answer is for one person, or for one moment, only."""
    in_person = any(header(scope, name) is not None for name in (b"authorization", b"cookie"))
    asked = in_person and not scope["path"].startswith(STATIC)
    return asked or status >= 400 or scope["path"].startswith(SECRET) or b"set-cookie" in own


def _referrer(scope: Scope) -> bytes:
    return b"no-referrer" if scope["path"].startswith(SECRET) else b"same-origin"
