# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The board and the registers: what managers ask."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.asking import OpenDesk, Visitor
from api.examples import BOARD, shows
from api.policies import acts
from api.schemas import PARTY, SLUG, Day
from observatory.board import Board
from observatory.window import see_board

router = APIRouter(tags=["board"])


@router.get("/board", responses={200: shows(BOARD)}, **acts("board.read"))
def board(
    desk: OpenDesk,
    visitor: Visitor,
    as_of: Annotated[Day | None, Query(description="What had happened by the end of this day.")] = None,
    known_on: Annotated[Day | None, Query(description="By what was recorded by the end of this day.")] = None,
    country: Annotated[
        str | None, Query(pattern=PARTY, max_length=40, description="Only exchanges with this member country.")
    ] = None,
    programme: Annotated[str | None, Query(pattern=SLUG, max_length=64)] = None,
    specimens: Annotated[bool, Query(description="Count walked cases and demonstration data too.")] = False,
) -> Board:
    """How many exchanges stand in each stage, today or on any past day, as known now or then."""
    asked = {"as_of": as_of, "known_on": known_on}
    return see_board(desk, **asked, programme=programme, country=country, specimens=specimens, reader=visitor)
