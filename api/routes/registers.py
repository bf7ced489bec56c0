"""Registers: what is still owed after exchanges."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from api.asking import OpenDesk, Reader
from api.examples import MEASURE, shows
from api.paging import Cursor, Limit, name_next
from api.policies import acts
from observatory.registers import Measures
from observatory.window import see_follow_up

router = APIRouter(prefix="/registers", tags=["registers"])
_LIST: dict[int | str, dict[str, Any]] = {200: shows({"items": [MEASURE], "next": None})}


@router.get("/follow-up", responses=_LIST, **acts("register.read"))
def follow_up(
    request: Request,
    response: Response,
    desk: OpenDesk,
    reader: Reader,
    specimens: Annotated[bool, Query(description="Those of walked cases and demonstration data too.")] = False,
    after: Cursor = None,
    limit: Limit = 50,
) -> Measures:
    """A page of the measures that are open or under way, those due first leading."""
    page = see_follow_up(desk, reader, after=after, limit=limit, specimens=specimens)
    name_next(request, response, page.next)
    return page
