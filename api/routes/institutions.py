# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Institutions: through which a party speaks, what they were called and when."""

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
from observatory.roster_lines import InstitutionLine
from observatory.rosters import Lines
from services.asking import Answer
from services.rosters import institutions

router = APIRouter(prefix="/institutions", tags=["people"])


@router.get("", responses=bears(shows_page(b.INSTITUTION), LINK), **acts("institution.list"))
def list_institutions(
    desk: OpenDesk, reader: Reader, paging: ByCursor, party: b.OfParty = None
) -> Lines[InstitutionLine]:
    """A page of institutions with what they are called today."""
    return paging.show(looks.see_institutions(desk, reader, party=party, after=paging.after or "", limit=paging.limit))


@router.get("/{institution}", responses=bears(shows_one(b.INSTITUTION), ETAG), **acts("institution.read"))
def institution(institution: Id, response: Response, desk: OpenDesk, reader: Reader) -> InstitutionLine:
    """One institution. The ETag is the version of its roster."""
    return shown(response, looks.see_institution(desk, reader, institution))


_INSTITUTION = shows_made(b.INSTITUTION_ANSWER)


@router.post(
    "",
    status_code=201,
    response_model=b.InstitutionAnswer,
    responses=bears(_INSTITUTION, ETAG, LOCATION),
    **acts("institution.enter"),
)
def enter(body: b.InstitutionIn, response: Response, desk: OpenDesk, asking: Asked) -> Answer:
    """Enter an institution with its first name."""
    said = {name: value for name, value in body.model_dump(mode="json").items() if name != "type"}
    done = institutions.enter_institution(desk, asking, type_=body.type, **said)
    return begun(response, done, "institutions", "institution")


@router.post(
    "/{institution}/names",
    status_code=201,
    response_model=b.InstitutionAnswer,
    responses=bears(_INSTITUTION, ETAG),
    **acts("institution.name"),
)
def name(institution: Id, body: b.NameIn, response: Response, desk: OpenDesk, asking: AskedOf) -> Answer:
    """Say what an institution is called in a language from a day on; earlier names stay."""
    return answered(response, institutions.name_institution(desk, asking, institution, **body.model_dump(mode="json")))


@router.post(
    "/{institution}/close",
    status_code=201,
    response_model=b.InstitutionAnswer,
    responses=bears(_INSTITUTION, ETAG),
    **acts("institution.close"),
)
def close(institution: Id, body: b.LastDayIn, response: Response, desk: OpenDesk, asking: AskedOf) -> Answer:
    """Say which was an institution's last day."""
    return answered(response, institutions.close_institution(desk, asking, institution, body.until_on.isoformat()))
