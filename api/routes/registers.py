# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Registers: what is still owed after exchanges, what was learnt, and what was done outside the ordinary way."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import StreamingResponse

from api.asking import OpenDesk, Reader
from api.bearing import LINK, bears
from api.examples import A_PRACTICE, EXCEPTION, EXCEPTION_LINES, MEASURE, Responses, shows_page
from api.paging import ByCursor
from api.policies import acts
from api.schemas import NAMED, PARTY, Day
from cycle.facts.learning import PRACTICE
from observatory.exceptions import Asked, Irregulars
from observatory.practices import Practices
from observatory.registers import Measures
from observatory.window import see_follow_up
from observatory.window_registers import exceptions_csv, see_exceptions, see_practices
from storage.exceptions import KINDS

router = APIRouter(prefix="/registers", tags=["registers"])
_LIST = shows_page(MEASURE)


@router.get("/follow-up", responses=bears(_LIST, LINK), **acts("register.read"))
def follow_up(
    desk: OpenDesk,
    reader: Reader,
    paging: ByCursor,
    specimens: Annotated[bool, Query(description="Those of walked cases and demonstration data too.")] = False,
) -> Measures:
    """A page of the measures that are open or under way, those due first leading."""
    return paging.show(see_follow_up(desk, reader, after=paging.after, limit=paging.limit, specimens=specimens))


_PRACTICES = shows_page(A_PRACTICE)
HowFar = Annotated[str | None, Query(pattern=f"^({'|'.join(PRACTICE)})$", description="Only those that came so far.")]


@router.get("/practices", responses=bears(_PRACTICES, LINK), **acts("register.read"))
def practices(
    desk: OpenDesk,
    reader: Reader,
    paging: ByCursor,
    status: HowFar = None,
    specimens: Annotated[bool, Query(description="Those of walked cases and demonstration data too.")] = False,
) -> Practices:
    """A page of the good practices and by which day each is reviewed again, the longest untouched leading."""
    return paging.show(
        see_practices(desk, reader, status=status, after=paging.after, limit=paging.limit, specimens=specimens)
    )


_EXCEPTIONS = shows_page(EXCEPTION)
_CSV: Responses = {
    200: {"content": {"text/csv": {"example": EXCEPTION_LINES}}, "description": "One line per exception."}
}
Kind = Annotated[str | None, Query(pattern=f"^({'|'.join(KINDS)})$")]


def _asked(
    first: Annotated[Day | None, Query(alias="from", description="Recorded on this day or later.")] = None,
    last: Annotated[Day | None, Query(alias="to", description="Recorded on this day or earlier.")] = None,
    country: Annotated[str | None, Query(pattern=PARTY, max_length=40, description="That takes part.")] = None,
    officer: Annotated[str | None, Query(pattern=NAMED, max_length=64, description="Who recorded it.")] = None,
    kind: Kind = None,
    exchange: Annotated[str | None, Query(pattern=NAMED, max_length=64, description="The id of one exchange.")] = None,
    specimens: Annotated[bool, Query(description="Those of walked cases and demonstration data too.")] = False,
) -> Asked:
    return Asked(first, last, country, officer, kind, exchange, specimens)


What = Annotated[Asked, Depends(_asked)]


@router.get("/exceptions", responses=bears(_EXCEPTIONS, LINK), **acts("exceptions.read"))
def exceptions(desk: OpenDesk, reader: Reader, paging: ByCursor, asked: What) -> Irregulars:
    """A page of what was done outside the ordinary way, the last recorded leading; with what was answered to it."""
    return paging.show(see_exceptions(desk, reader, asked, after=paging.after, limit=paging.limit))


@router.get("/exceptions.csv", response_class=StreamingResponse, responses=_CSV, **acts("exceptions.read"))
def exceptions_as_csv(desk: OpenDesk, reader: Reader, asked: What) -> StreamingResponse:
    """The same as CSV, whole; no cell is taken for a formula."""
    headers = {"Content-Disposition": 'attachment; filename="exceptions.csv"'}
    return StreamingResponse(exceptions_csv(desk, reader, asked), media_type="text/csv; charset=utf-8", headers=headers)
