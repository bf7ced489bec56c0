# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Stand-ins: who lends another person a role for some days, and who is away."""

from fastapi import APIRouter, Response

from api import roster_bodies as b
from api.answering import answered, begun, shown
from api.asking import Asked, AskedOf, OpenDesk, Reader
from api.bearing import ETAG, LINK, LOCATION, bears
from api.examples import shows_made, shows_one, shows_page
from api.paging import ByCursor
from api.policies import acts
from api.schemas import Id
from observatory import rosters as looks
from observatory.roster_lines import AbsenceLine, DelegationLine
from observatory.rosters import Lines
from services.asking import Answer
from services.rosters import standins

delegations_router = APIRouter(prefix="/delegations", tags=["people"])


@delegations_router.get("", responses=bears(shows_page(b.DELEGATION), LINK), **acts("delegation.list"))
def delegations(desk: OpenDesk, reader: Reader, paging: ByCursor, party: b.OfParty = None) -> Lines[DelegationLine]:
    """A page of delegations, ended ones too."""
    return paging.show(looks.see_delegations(desk, reader, party=party, after=paging.after or "", limit=paging.limit))


@delegations_router.get("/{delegation}", responses=bears(shows_one(b.DELEGATION), ETAG), **acts("delegation.read"))
def delegation(delegation: Id, response: Response, desk: OpenDesk, reader: Reader) -> DelegationLine:
    """One delegation. The ETag is the version of its roster."""
    return shown(response, looks.see_delegation(desk, reader, delegation))


@delegations_router.post(
    "",
    status_code=201,
    response_model=b.DelegationAnswer,
    responses=bears(shows_made(b.DELEGATION_ANSWER), ETAG, LOCATION),
    **acts("delegation.give"),
)
def give(body: b.DelegationIn, response: Response, desk: OpenDesk, asking: Asked) -> Answer:
    """Let another person of one's party act in one's stead. Nobody speaks a bench's word who acts in another role there."""
    done = standins.give_delegation(desk, asking, **body.model_dump(mode="json"))
    return begun(response, done, "delegations", "delegation")


@delegations_router.post(
    "/{delegation}/revoke",
    status_code=201,
    response_model=b.DelegationAnswer,
    responses=bears(shows_made(b.DELEGATION_ANSWER), ETAG),
    **acts("delegation.revoke"),
)
def revoke(delegation: Id, response: Response, desk: OpenDesk, asking: AskedOf) -> Answer:
    """End a delegation at once."""
    return answered(response, standins.revoke_delegation(desk, asking, delegation))


absences_router = APIRouter(prefix="/absences", tags=["people"])


@absences_router.get("", responses=bears(shows_page(b.ABSENCE), LINK), **acts("absence.list"))
def absences(desk: OpenDesk, reader: Reader, paging: ByCursor, party: b.OfParty = None) -> Lines[AbsenceLine]:
    """A page of absences, ended ones too."""
    return paging.show(looks.see_absences(desk, reader, party=party, after=paging.after or "", limit=paging.limit))


@absences_router.get("/{absence}", responses=bears(shows_one(b.ABSENCE), ETAG), **acts("absence.read"))
def absence(absence: Id, response: Response, desk: OpenDesk, reader: Reader) -> AbsenceLine:
    """One absence. The ETag is the version of its roster."""
    return shown(response, looks.see_absence(desk, reader, absence))


@absences_router.post(
    "",
    status_code=201,
    response_model=b.AbsenceAnswer,
    responses=bears(shows_made(b.ABSENCE_ANSWER), ETAG, LOCATION),
    **acts("absence.tell"),
)
def be_absent(body: b.AbsenceIn, response: Response, desk: OpenDesk, asking: Asked) -> Answer:
    """Say who is away, from a day to a day."""
    done = standins.tell_absence(desk, asking, **body.model_dump(mode="json"))
    return begun(response, done, "absences", "absence")


@absences_router.post(
    "/{absence}/end",
    status_code=201,
    response_model=b.AbsenceAnswer,
    responses=bears(shows_made(b.ABSENCE_ANSWER), ETAG),
    **acts("absence.end"),
)
def come_back(absence: Id, response: Response, desk: OpenDesk, asking: AskedOf) -> Answer:
    """Call an absence off."""
    return answered(response, standins.end_absence(desk, asking, absence))
