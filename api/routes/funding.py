# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Funding sources: what donors give, and what of it is set aside for exchanges."""

from fastapi import APIRouter, Response

from api.answering import answered, begun, etag
from api.asking import Asked, AskedOf, OpenDesk, Reader
from api.bearing import ETAG, LINK, LOCATION, bears
from api.examples import ALLOCATION, FUNDING_ANSWER, FUNDING_SOURCE, Responses, shows, shows_made, shows_one, shows_page
from api.paging import ByCursor
from api.policies import acts
from api.schemas import AllocationAnswer, AllocationIn, FundingAnswer, FundingIn, Id
from observatory.funding import Source, Sources
from observatory.window import see_source, see_sources
from services.asking import Answer
from services.funding import allocate, register_source

router = APIRouter(prefix="/funding-sources", tags=["funding-sources"])
_LIST = shows_page(FUNDING_SOURCE)
_ONE = shows_one({"about": FUNDING_SOURCE, "allocations": [ALLOCATION]})
_MADE = shows_made(FUNDING_ANSWER)
_SET_ASIDE: Responses = {201: shows({**FUNDING_ANSWER, **ALLOCATION, "set_aside": "2000"})}


@router.get("", responses=bears(_LIST, LINK), **acts("funding.read"))
def sources(desk: OpenDesk, reader: Reader, paging: ByCursor) -> Sources:
    """A page of the funding sources, in the order in which they were registered."""
    return paging.show(see_sources(desk, after=paging.after or "", limit=paging.limit))


@router.post(
    "",
    status_code=201,
    response_model=FundingAnswer,
    responses=bears(_MADE, ETAG, LOCATION),
    **acts("funding.register"),
)
def register(body: FundingIn, response: Response, desk: OpenDesk, asking: Asked) -> Answer:
    """Register what a donor gives."""
    return begun(response, register_source(desk, asking, **body.model_dump()), "funding-sources", "source")


@router.get("/{source}", responses=bears(_ONE, ETAG), **acts("funding.read"))
def source(source: Id, response: Response, desk: OpenDesk, reader: Reader) -> Source:
    """One source with what it sets aside. The ETag is its version."""
    found = see_source(desk, source)
    response.headers["ETag"] = etag(found.about.version)
    return found


@router.post(
    "/{source}/allocations",
    status_code=201,
    response_model=AllocationAnswer,
    responses=bears(_SET_ASIDE, ETAG),
    **acts("funding.allocate"),
)
def set_aside(source: Id, body: AllocationIn, response: Response, desk: OpenDesk, asking: AskedOf) -> Answer:
    """Set an exchange's part of a source; a smaller one, or 0, gives the rest back."""
    return answered(response, allocate(desk, asking, source=source, exchange=body.exchange, amount=body.amount))
