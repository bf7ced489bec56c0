# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Roles: those that people hold or wait for, granted or turned down by a second person, ended."""

from fastapi import APIRouter, Response

from api import roster_bodies as b
from api.answering import answered, shown
from api.asking import AskedOf, OpenDesk, Reader
from api.bearing import ETAG, LINK, bears
from api.examples import shows_made, shows_one, shows_page
from api.paging import ByCursor
from api.policies import acts
from api.schemas import Id
from observatory import rosters as looks
from observatory.roster_lines import RoleLine
from observatory.rosters import Lines
from services.asking import Answer
from services.rosters import roles

router = APIRouter(prefix="/roles", tags=["people"])


@router.get("", responses=bears(shows_page(b.ROLE), LINK), **acts("role.list"))
def list_roles(
    desk: OpenDesk, reader: Reader, paging: ByCursor, party: b.OfParty = None, status: b.OfStatus = None
) -> Lines[RoleLine]:
    """A page of roles; those with status `proposed` wait for a second person."""
    return paging.show(
        looks.see_roles(desk, reader, party=party, status=status, after=paging.after or "", limit=paging.limit)
    )


@router.get("/{role}", responses=bears(shows_one(b.ROLE), ETAG), **acts("role.read"))
def show_role(role: Id, response: Response, desk: OpenDesk, reader: Reader) -> RoleLine:
    """One role. The ETag is the version of its roster."""
    return shown(response, looks.see_role(desk, reader, role))


_DECIDED = shows_made({**b.ROLE_ANSWER, "status": "granted"})


@router.post(
    "/{role}/grant", status_code=201, response_model=b.RoleAnswer, responses=bears(_DECIDED, ETAG), **acts("role.grant")
)
def grant(role: Id, response: Response, desk: OpenDesk, asking: AskedOf) -> Answer:
    """Grant what another person proposed: neither the proposer nor the person themselves may."""
    return answered(response, roles.grant_role(desk, asking, role))


@router.post(
    "/{role}/refuse",
    status_code=201,
    response_model=b.RoleAnswer,
    responses=bears(_DECIDED, ETAG),
    **acts("role.grant"),
)
def turn_down(role: Id, body: b.RefusalIn, response: Response, desk: OpenDesk, asking: AskedOf) -> Answer:
    """Turn down what was proposed."""
    return answered(response, roles.refuse_role(desk, asking, role, body.note))


@router.post(
    "/{role}/end", status_code=201, response_model=b.RoleAnswer, responses=bears(_DECIDED, ETAG), **acts("role.end")
)
def end_role(role: Id, body: b.RoleEndIn, response: Response, desk: OpenDesk, asking: AskedOf) -> Answer:
    """End a role, and with it the seat and the delegations that hang on it."""
    return answered(response, roles.end_role(desk, asking, role, body.reason))
