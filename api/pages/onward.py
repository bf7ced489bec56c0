# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Where somebody is led once they are in: to the page that a letter or a bookmark named, if it is one of these.

The names are a list, so no address that somebody made up leads anywhere else.
"""

import re
from urllib.parse import urlencode

from fastapi import Request

NEXT = "next"
LED_TO = re.compile(r"/entries|/me|/exchanges/[A-Za-z0-9-]{1,64}")
"""Pages of ours that one may be led to."""


def onward(request: Request) -> str | None:
    """The page that is to come after signing in; None for the usual one, and for whatever is none of ours."""
    return led_to(request.query_params.get(NEXT))


def led_to(path: str | None) -> str | None:
    return path if path and LED_TO.fullmatch(path) else None


def carrying(path: str, *, lang: str | None = None, after: str | None = None) -> str:
    """A page of ours with its language and what is to come after it."""
    told = {name: value for name, value in (("lang", lang), (NEXT, led_to(after))) if value}
    return f"{path}?{urlencode(told)}" if told else path
