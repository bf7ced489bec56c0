# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""People: who is on a party's roster, invited, parted with, succeeded; and the roles that are proposed for them."""

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
from observatory.roster_lines import PersonLine
from observatory.rosters import Lines
from services.asking import Answer
from services.rosters import people as services
from services.rosters import roles

router = APIRouter(prefix="/people", tags=["people"])


@router.get("", responses=bears(shows_page(b.PERSON), LINK), **acts("person.list"))
def people(desk: OpenDesk, reader: Reader, paging: ByCursor, party: b.OfParty = None) -> Lines[PersonLine]:
    """A page of the people on the rosters the bearer may see."""
    return paging.show(looks.see_people(desk, reader, party=party, after=paging.after or "", limit=paging.limit))


@router.post(
    "",
    status_code=201,
    response_model=b.PersonAnswer,
    responses=bears(shows_made(b.PERSON_ANSWER), ETAG, LOCATION),
    **acts("person.invite"),
)
def invite(body: b.PersonIn, response: Response, desk: OpenDesk, asking: Asked) -> Answer:
    """Invite a person to a party's roster. They may do nothing before a role is granted."""
    done = services.add_person(desk, asking, **body.model_dump(mode="json"))
    return begun(response, done, "people", "person")


@router.get("/{person}", responses=bears(shows_one(b.PERSON), ETAG), **acts("person.read"))
def person(person: Id, response: Response, desk: OpenDesk, reader: Reader) -> PersonLine:
    """One person. The ETag is the version of their party's roster; a person of several shows the first."""
    return shown(response, looks.see_person(desk, reader, person)[0])


@router.post(
    "/{person}/end",
    status_code=201,
    response_model=b.PersonAnswer,
    responses=bears(shows_made(b.PERSON_ANSWER), ETAG),
    **acts("person.end"),
)
def end(person: Id, body: b.EndIn, response: Response, desk: OpenDesk, asking: AskedOf) -> Answer:
    """Part with a person: their roles, seats and delegations of this party end."""
    return answered(response, services.end_person(desk, asking, person, **body.model_dump(mode="json")))


@router.post(
    "/{person}/replace",
    status_code=201,
    response_model=b.SuccessionAnswer,
    responses=bears(shows_made(b.SUCCESSION), ETAG),
    **acts("person.replace"),
)
def replace(person: Id, body: b.SuccessorIn, response: Response, desk: OpenDesk, asking: AskedOf) -> Answer:
    """Propose for a successor every role a person holds; a second person grants each."""
    return answered(response, services.replace_person(desk, asking, person, **body.model_dump(mode="json")))


@router.post(
    "/{person}/roles",
    status_code=201,
    response_model=b.RoleAnswer,
    responses=bears(shows_made(b.ROLE_ANSWER), ETAG, LOCATION),
    **acts("role.propose"),
)
def propose(person: Id, body: b.RoleIn, response: Response, desk: OpenDesk, asking: AskedOf) -> Answer:
    """Propose a role for a person. It holds once a second person grants it."""
    done = roles.propose_role(desk, asking, person, **body.model_dump(mode="json"))
    return begun(response, done, "roles", "role")
