# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Pages over HTTP: the parameters of every list, and the header that names the next page (RFC 8288)."""

from dataclasses import dataclass
from typing import Annotated, Generic, Protocol, TypeVar

from fastapi import Depends, Query, Request, Response

Cursor = Annotated[
    str | None,
    Query(
        pattern=r"^[A-Za-z0-9_-]+$",
        max_length=1000,
        description="The cursor the page before ended with: its `next`, or all of its Link.",
    ),
]
Limit = Annotated[int, Query(ge=1, le=200, description="How many at most.")]
After = TypeVar("After")
Shown = TypeVar("Shown", bound="Paged")


class Paged(Protocol):
    """A page that knows after what the next one begins; None where it is the last."""

    @property
    def next(self) -> str | int | None: ...


@dataclass(frozen=True, slots=True)
class Paging(Generic[After]):
    """Which page of a list is asked for, and the answer that names the page after it."""

    request: Request
    response: Response
    after: After
    limit: int

    def show(self, page: Shown) -> Shown:
        """The page, its next one named in the answer."""
        name_next(self.request, self.response, page.next)
        return page


def _by_cursor(request: Request, response: Response, after: Cursor = None, limit: Limit = 50) -> "Paging[str | None]":
    return Paging(request, response, after, limit)


def _by_event(
    request: Request,
    response: Response,
    after: Annotated[int, Query(ge=0, le=2**31 - 1, description="Only what comes after this event.")] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> "Paging[int]":
    return Paging(request, response, after, limit)


ByCursor = Annotated[Paging[str | None], Depends(_by_cursor)]
ByEvent = Annotated[Paging[int], Depends(_by_event)]


def name_next(request: Request, response: Response, following: str | int | None) -> None:
    """Sets `Link: <…>; rel="next"` where there is another page."""
    if following is not None:
        address = request.url.include_query_params(after=following)
        response.headers["Link"] = f'<{address.path}?{address.query}>; rel="next"'
