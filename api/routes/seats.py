# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Seats of the benches, and the change of a government."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response

from api import roster_bodies as b
from api.answering import answered, begun, shown
from api.asking import AskedOf, OpenDesk, Reader
from api.bearing import ETAG, LINK, LOCATION, bears
from api.examples import shows
from api.paging import ByCursor
from api.policies import acts
from api.schemas import Day
from observatory import rosters as looks
from observatory.handover import packed, see_handover
from observatory.roster_lines import SeatLine
from observatory.rosters import Lines
from services import government
from services.asking import Answer
from services.rosters import roles, seats

Responses = dict[int | str, dict[str, Any]]
router = APIRouter(prefix="/seats", tags=["seats"])
_PAGE: Responses = {200: shows({"items": [b.SEAT], "next": None})}
_ONE: Responses = {200: shows(b.SEAT)}
_PROPOSED: Responses = {201: shows(b.ROLE_ANSWER)}
_DONE: Responses = {201: shows(b.SEAT_ANSWER)}
_CHANGED: Responses = {201: shows(b.GOVERNMENT)}


@router.get("", responses=bears(_PAGE, LINK), **acts("seat.list"))
def list_seats(desk: OpenDesk, reader: Reader, paging: ByCursor, party: b.OfParty = None) -> Lines[SeatLine]:
    """A page of the seats the bearer may see: held, vacant, contested or to be confirmed."""
    return paging.show(looks.see_seats(desk, reader, party=party, after=paging.after or "", limit=paging.limit))


@router.get("/{party}/{bench}", responses=bears(_ONE, ETAG), **acts("seat.read"))
def seat(party: b.CountryPath, bench: b.BenchPath, response: Response, desk: OpenDesk, reader: Reader) -> SeatLine:
    """One seat. The ETag is the version of its country's roster."""
    return shown(response, looks.see_seat(desk, reader, party, bench))


@router.post(
    "/{party}/{bench}/fill",
    status_code=201,
    response_model=b.RoleAnswer,
    responses=bears(_PROPOSED, ETAG, LOCATION),
    **acts("seat.fill"),
)
def fill(
    party: b.CountryPath, bench: b.BenchPath, body: b.SeatIn, response: Response, desk: OpenDesk, asking: AskedOf
) -> Answer:
    """Propose a person for a seat; it is filled once a second person grants the role."""
    done = roles.fill_seat(desk, asking, party, bench, **body.model_dump(mode="json"))
    return begun(response, done, "roles", "role")


@router.post(
    "/{party}/{bench}/vacate",
    status_code=201,
    response_model=b.SeatAnswer,
    responses=bears(_DONE, ETAG),
    **acts("seat.vacate"),
)
def vacate(
    party: b.CountryPath, bench: b.BenchPath, body: b.SeatReasonIn, response: Response, desk: OpenDesk, asking: AskedOf
) -> Answer:
    """Say that a seat stands empty, and why."""
    return answered(response, seats.vacate_seat(desk, asking, party, bench, body.reason, note=body.note))


@router.post(
    "/{party}/{bench}/contest",
    status_code=201,
    response_model=b.SeatAnswer,
    responses=bears(_DONE, ETAG),
    **acts("seat.contest"),
)
def contest(
    party: b.CountryPath, bench: b.BenchPath, body: b.SeatReasonIn, response: Response, desk: OpenDesk, asking: AskedOf
) -> Answer:
    """Say that it is disputed who sits, and why: nobody speaks from the seat meanwhile."""
    return answered(response, seats.contest_seat(desk, asking, party, bench, body.reason, note=body.note))


@router.post(
    "/{party}/{bench}/confirm",
    status_code=201,
    response_model=b.SeatAnswer,
    responses=bears(_DONE, ETAG),
    **acts("seat.confirm"),
)
def confirm(party: b.CountryPath, bench: b.BenchPath, response: Response, desk: OpenDesk, asking: AskedOf) -> Answer:
    """Confirm the holder of a seat that is contested, or to be confirmed after a change of government."""
    return answered(response, seats.confirm_seat(desk, asking, party, bench))


governments = APIRouter(prefix="/governments", tags=["seats"])


@governments.post(
    "/{party}/changes",
    status_code=201,
    response_model=b.GovernmentAnswer,
    responses=bears(_CHANGED, ETAG),
    **acts("government.change"),
)
def change(
    party: b.CountryPath,
    body: b.GovernmentIn,
    response: Response,
    desk: OpenDesk,
    asking: AskedOf,
    dry_run: Annotated[bool, Query(description="Tell what it would do, write nothing.")] = False,
) -> Answer:
    """Tell that a country's government changed. The same change told twice is one."""
    done = government.change_government(desk, asking, party, body.on.isoformat(), benches=body.benches, dry_run=dry_run)
    return answered(response, done)


_PACK: Responses = {
    200: {"description": "A zip: data, a cover, a page per exchange.", "content": {"application/zip": {}}}
}


@governments.get("/{party}/changes/{on}/handover", response_class=Response, responses=_PACK, **acts("government.read"))
def handover(
    party: b.CountryPath,
    on: Annotated[Day, Path(description="The day of the change.", examples=["2026-11-20"])],
    desk: OpenDesk,
    reader: Reader,
    language: Annotated[str, Query(pattern="^(es|en|pt|fr)$", description="es, en, pt or fr.")] = "es",
) -> Response:
    """The hand-over of a change of government: what a successor needs, one printable page per exchange."""
    content = packed(see_handover(desk, reader, party, on), language)
    named = f'attachment; filename="handover-{party}-{on}.zip"'
    return Response(content, media_type="application/zip", headers={"Content-Disposition": named})
