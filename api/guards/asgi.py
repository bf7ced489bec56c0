# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The words of ASGI, and two questions every guard asks of a request."""

from starlette.types import ASGIApp as App
from starlette.types import Message, Receive, Scope, Send

__all__ = ["SAFE", "App", "Message", "Receive", "Scope", "Send", "header"]

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing (RFC 9110, 9.2.1)."""


def header(scope: Scope, name: bytes) -> str | None:
    """A header of a request, the first of several."""
    found: bytes | None = next((value for key, value in scope["headers"] if key.lower() == name), None)
    return None if found is None else found.decode("latin-1")
