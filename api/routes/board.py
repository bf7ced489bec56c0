"""The board and the registers: what managers ask."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query

from api.asking import OpenDesk, Visitor
from api.examples import BOARD, shows
from api.policies import acts
from api.problems import refusals
from observatory.board import Board
from observatory.window import see_board, see_programmes

router = APIRouter(tags=["board"])


@router.get("/board", responses={200: shows(BOARD), **refusals(401, 403, 404, 422, 503)}, **acts("board.read"))
def board(
    desk: OpenDesk,
    visitor: Visitor,
    as_of: Annotated[date | None, Query(description="What had happened by the end of this day.")] = None,
    known_on: Annotated[date | None, Query(description="By what was recorded by the end of this day.")] = None,
    country: Annotated[str | None, Query(description="Only exchanges with this member country.")] = None,
    programme: str | None = None,
    specimens: Annotated[bool, Query(description="Count walked cases and demonstration data too.")] = False,
) -> Board:
    """How many exchanges stand in each stage, today or on any past day, as known now or then."""
    asked = {"as_of": as_of, "known_on": known_on}
    return see_board(desk, **asked, programme=programme, country=country, specimens=specimens)


@router.get("/programmes", responses=refusals(401, 403, 503), **acts("programme.read"))
def programmes(desk: OpenDesk, visitor: Visitor) -> list[dict[str, object]]:
    """Every published version of every programme."""
    return list(see_programmes(desk))
