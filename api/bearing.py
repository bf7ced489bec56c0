# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What answers bear beside their bodies: the headers that a client goes on with, as the description names them."""

from collections.abc import Iterable, Mapping
from typing import Any

ETAG, LINK, LOCATION = "ETag", "Link", "Location"
RETRY_AFTER, DEPRECATION, SUNSET = "Retry-After", "Deprecation", "Sunset"

_SAID: Mapping[str, tuple[str, str]] = {
    ETAG: ("What to send back as If-Match to change it, or as If-None-Match to be told only of what changed.", '"12"'),
    LINK: ("The next page, as long as there is one.", '</api/v1/exchanges?after=WyIyMDI2Il0>; rel="next"'),
    LOCATION: ("Where it is now.", "/api/v1/exchanges/01a20afe-56ea-7afc-96b1-f7a6353f00da"),
    RETRY_AFTER: ("After how many seconds to ask again, with the same Idempotency-Key.", "5"),
    DEPRECATION: ("Since when the operation is announced to leave (RFC 9745).", "@1798761600"),
    SUNSET: ("Until when it is answered (RFC 8594).", "Sat, 01 Jan 2028 00:00:00 GMT"),
}
_NOT_ALWAYS = frozenset({LINK})
"""The last page names no next one."""


def bears(answers: Mapping[int | str, Mapping[str, Any]], *names: str) -> dict[int | str, dict[str, Any]]:
    """Answers of an operation, those where all is well with headers: `responses=bears(_ONE, ETAG)`."""
    return {
        status: {**answer, "headers": headers(names)} if str(status).startswith("2") else {**answer}
        for status, answer in answers.items()
    }


def headers(names: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Headers as the description names them."""
    return {name: _described(name) for name in names}


def _described(name: str) -> dict[str, Any]:
    text, example = _SAID[name]
    return {"description": text, "required": name not in _NOT_ALWAYS, "schema": {"type": "string"}, "example": example}
