# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Pages over HTTP: the parameters of every list, and the header that names the next page (RFC 8288)."""

from typing import Annotated

from fastapi import Query, Request, Response

Cursor = Annotated[
    str | None,
    Query(
        pattern=r"^[A-Za-z0-9_-]+$",
        max_length=1000,
        description="The cursor the page before ended with: its `next`, or all of its Link.",
    ),
]
Limit = Annotated[int, Query(ge=1, le=200, description="How many at most.")]
AfterSeq = Annotated[int, Query(ge=0, le=2**31 - 1, description="Only what comes after this event.")]


def name_next(request: Request, response: Response, following: str | int | None) -> None:
    """Sets `Link: <…>; rel="next"` where there is another page."""
    if following is not None:
        address = request.url.include_query_params(after=following)
        response.headers["Link"] = f'<{address.path}?{address.query}>; rel="next"'
