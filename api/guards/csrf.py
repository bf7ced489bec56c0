# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Requests that another site makes with a person's cookie. Browsers say who asks; Minga believes nobody who does not say."""

from urllib.parse import urlsplit

from api.guards.asgi import App, Receive, Scope, Send, header
from api.problems import problem

OURS = ("same-origin", "none")
API = ("/api/", "/health/", "/metrics", "/.well-known/")
CHANGING = frozenset({"DELETE", "PATCH", "POST", "PUT"})
"""Whatever comes under another method reaches no route that changes anything."""


class OurSite:
    """Refuses what changes something, bears a cookie or comes from a form, and was not sent from a page of ours.

    `Sec-Fetch-Site` says so; without it (browsers before 2023) `Origin` must be our own. A request to the API without a
    cookie, or with a token beside it, proves itself by that token, which no other site can send.
    """

    def __init__(self, app: App, public_url: str | None = None) -> None:
        self.app = app
        self.public = _host_of(public_url) if public_url else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (
            scope["type"] != "http"
            or scope["method"] not in CHANGING
            or not _could_be_forged(scope)
            or self._is_ours(scope)
        ):
            await self.app(scope, receive, send)
            return
        await problem("csrf.foreign", "Send this from a page of this site.")(scope, receive, send)

    def _is_ours(self, scope: Scope) -> bool:
        site = header(scope, b"sec-fetch-site")
        if site is not None:
            return site in OURS
        origin = _host_of(header(scope, b"origin") or "")
        return origin is not None and origin in (header(scope, b"host"), self.public)


def _could_be_forged(scope: Scope) -> bool:
    """A form comes without a token, and a browser adds no Authorization to what another site sends."""
    if not scope["path"].startswith(API):
        return True
    scheme, _, token = (header(scope, b"authorization") or "").partition(" ")
    return header(scope, b"cookie") is not None and not (scheme.lower() == "bearer" and token)


def _host_of(origin: str) -> str | None:
    """Host and port of an origin; None for one that is none, like `null`."""
    parts = urlsplit(origin)
    return parts.netloc.lower() if parts.scheme in ("http", "https") and parts.netloc else None
