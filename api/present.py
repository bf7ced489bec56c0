# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The present request: its id and the template of its route, known to whatever runs on its behalf."""

import re
from contextvars import ContextVar
from dataclasses import dataclass

WELL_FORMED = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")
"""A UUID, or the 32 digits of a trace: forms that hold no address, no telephone number and no secret of ours."""

UNKNOWN = "unknown"


@dataclass(slots=True)
class Present:
    """One request on its way.

    `route` is the template it matched, `unknown` before and without a match; `code` that of the problem it was answered with.
    """

    request_id: str
    route: str = UNKNOWN
    code: str | None = None


_present: ContextVar[Present | None] = ContextVar("minga_present", default=None)


def begin(request_id: str) -> Present:
    """From here on, in this context, this is the present request."""
    beginning = Present(request_id)
    _present.set(beginning)
    return beginning


def request_id() -> str | None:
    """The id of the present request; None outside of any."""
    present = _present.get()
    return present.request_id if present else None


def tell_code(code: str) -> None:
    """Says which problem the present request is answered with."""
    present = _present.get()
    if present:
        present.code = code


def tell_route(template: str) -> None:
    """Says which route the present request matched."""
    present = _present.get()
    if present:
        present.route = template
