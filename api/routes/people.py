# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""People: who is a party's, what they may be, who is away, who stands in. And the institutions a party speaks through."""

from typing import Any

from fastapi import APIRouter, Request, Response

from api import roster_bodies as b
from api.asking import Asked, AskedOf, OpenDesk, Reader, etag
from api.bearing import ETAG, LINK, LOCATION, bears
from api.examples import shows
from api.paging import Cursor, Limit, name_next
from api.policies import acts
from api.schemas import Id
from observatory import rosters as looks
from observatory.roster_lines import AbsenceLine, DelegationLine, InstitutionLine, PersonLine, RoleLine
from observatory.rosters import Lines
from services.asking import Answer
from services.rosters import institutions, roles, standins
from services.rosters import people as services

Responses = dict[int | str, dict[str, Any]]


def _page(line: dict[str, Any]) -> Responses:
    return {200: shows({"items": [line], "next": None})}


def _one(line: dict[str, Any]) -> Responses:
    return {200: shows(line)}


def _made(answer: dict[str, Any]) -> Responses:
    return {201: shows(answer)}


router = APIRouter(prefix="/people", tags=["people"])


@router.get("", responses=bears(_page(b.PERSON), LINK), **acts("person.list"))
def people(
    request: Request,
    response: Response,
    desk: OpenDesk,
    reader: Reader,
    party: b.OfParty = None,
    after: Cursor = None,
    limit: Limit = 50,
) -> Lines[PersonLine]:
    """A page of the people on the rosters the bearer may see."""
    page = looks.see_people(desk, reader, party=party, after=after or "", limit=limit)
    name_next(request, response, page.next)
    return page


@router.post(
    "",
    status_code=201,
    response_model=b.PersonAnswer,
    responses=bears(_made(b.PERSON_ANSWER), ETAG, LOCATION),
    **acts("person.invite"),
)
def invite(body: b.PersonIn, response: Response, desk: OpenDesk, asking: Asked) -> Answer:
    """Invite a person to a party's roster. They may do nothing before a role is granted."""
    done = services.add_person(desk, asking, **body.model_dump(mode="json"))
    return _begun(response, done, "people", "person")


@router.get("/{person}", responses=bears(_one(b.PERSON), ETAG), **acts("person.read"))
def person(person: Id, response: Response, desk: OpenDesk, reader: Reader) -> PersonLine:
    """One person. The ETag is the version of their party's roster; a person of several shows the first."""
    found = looks.see_person(desk, reader, person)[0]
    response.headers["ETag"] = etag(found.version)
    return found


@router.post(
    "/{person}/end",
    status_code=201,
    response_model=b.PersonAnswer,
    responses=bears(_made(b.PERSON_ANSWER), ETAG),
    **acts("person.end"),
)
def end(person: Id, body: b.EndIn, response: Response, desk: OpenDesk, asking: AskedOf) -> Answer:
    """Part with a person: their roles, seats and delegations of this party end."""
    return _answered(response, services.end_person(desk, asking, person, **body.model_dump(mode="json")))


@router.post(
    "/{person}/replace",
    status_code=201,
    response_model=b.SuccessionAnswer,
    responses=bears(_made(b.SUCCESSION), ETAG),
    **acts("person.replace"),
)
def replace(person: Id, body: b.SuccessorIn, response: Response, desk: OpenDesk, asking: AskedOf) -> Answer:
    """Propose for a successor every role a person holds; a second person grants each."""
    return _answered(response, services.replace_person(desk, asking, person, **body.model_dump(mode="json")))


@router.post(
    "/{person}/roles",
    status_code=201,
    response_model=b.RoleAnswer,
    responses=bears(_made(b.ROLE_ANSWER), ETAG, LOCATION),
    **acts("role.propose"),
)
def propose(person: Id, body: b.RoleIn, response: Response, desk: OpenDesk, asking: AskedOf) -> Answer:
    """Propose a role for a person. It holds once a second person grants it."""
    done = roles.propose_role(desk, asking, person, **body.model_dump(mode="json"))
    return _begun(response, done, "roles", "role")


roles_router = APIRouter(prefix="/roles", tags=["people"])


@roles_router.get("", responses=bears(_page(b.ROLE), LINK), **acts("role.list"))
def list_roles(
    request: Request,
    response: Response,
    desk: OpenDesk,
    reader: Reader,
    party: b.OfParty = None,
    status: b.OfStatus = None,
    after: Cursor = None,
    limit: Limit = 50,
) -> Lines[RoleLine]:
    """A page of roles; those with status `proposed` wait for a second person."""
    page = looks.see_roles(desk, reader, party=party, status=status, after=after or "", limit=limit)
    name_next(request, response, page.next)
    return page


@roles_router.get("/{role}", responses=bears(_one(b.ROLE), ETAG), **acts("role.read"))
def show_role(role: Id, response: Response, desk: OpenDesk, reader: Reader) -> RoleLine:
    """One role. The ETag is the version of its roster."""
    found = looks.see_role(desk, reader, role)
    response.headers["ETag"] = etag(found.version)
    return found


_DECIDED = _made({**b.ROLE_ANSWER, "status": "granted"})


@roles_router.post(
    "/{role}/grant", status_code=201, response_model=b.RoleAnswer, responses=bears(_DECIDED, ETAG), **acts("role.grant")
)
def grant(role: Id, response: Response, desk: OpenDesk, asking: AskedOf) -> Answer:
    """Grant what another person proposed: neither the proposer nor the person themselves may."""
    return _answered(response, roles.grant_role(desk, asking, role))


@roles_router.post(
    "/{role}/refuse",
    status_code=201,
    response_model=b.RoleAnswer,
    responses=bears(_DECIDED, ETAG),
    **acts("role.grant"),
)
def turn_down(role: Id, body: b.RefusalIn, response: Response, desk: OpenDesk, asking: AskedOf) -> Answer:
    """Turn down what was proposed."""
    return _answered(response, roles.refuse_role(desk, asking, role, body.note))


@roles_router.post(
    "/{role}/end", status_code=201, response_model=b.RoleAnswer, responses=bears(_DECIDED, ETAG), **acts("role.end")
)
def end_role(role: Id, body: b.RoleEndIn, response: Response, desk: OpenDesk, asking: AskedOf) -> Answer:
    """End a role, and with it the seat and the delegations that hang on it."""
    return _answered(response, roles.end_role(desk, asking, role, body.reason))


delegations_router = APIRouter(prefix="/delegations", tags=["people"])


@delegations_router.get("", responses=bears(_page(b.DELEGATION), LINK), **acts("delegation.list"))
def delegations(
    request: Request,
    response: Response,
    desk: OpenDesk,
    reader: Reader,
    party: b.OfParty = None,
    after: Cursor = None,
    limit: Limit = 50,
) -> Lines[DelegationLine]:
    """A page of delegations, ended ones too."""
    page = looks.see_delegations(desk, reader, party=party, after=after or "", limit=limit)
    name_next(request, response, page.next)
    return page


@delegations_router.get("/{delegation}", responses=bears(_one(b.DELEGATION), ETAG), **acts("delegation.read"))
def delegation(delegation: Id, response: Response, desk: OpenDesk, reader: Reader) -> DelegationLine:
    """One delegation. The ETag is the version of its roster."""
    found = looks.see_delegation(desk, reader, delegation)
    response.headers["ETag"] = etag(found.version)
    return found


@delegations_router.post(
    "",
    status_code=201,
    response_model=b.DelegationAnswer,
    responses=bears(_made(b.DELEGATION_ANSWER), ETAG, LOCATION),
    **acts("delegation.give"),
)
def give(body: b.DelegationIn, response: Response, desk: OpenDesk, asking: Asked) -> Answer:
    """Let another person of one's party act in one's stead. Nobody speaks a bench's word who acts in another role there."""
    done = standins.give_delegation(desk, asking, **body.model_dump(mode="json"))
    return _begun(response, done, "delegations", "delegation")


@delegations_router.post(
    "/{delegation}/revoke",
    status_code=201,
    response_model=b.DelegationAnswer,
    responses=bears(_made(b.DELEGATION_ANSWER), ETAG),
    **acts("delegation.revoke"),
)
def revoke(delegation: Id, response: Response, desk: OpenDesk, asking: AskedOf) -> Answer:
    """End a delegation at once."""
    return _answered(response, standins.revoke_delegation(desk, asking, delegation))


absences_router = APIRouter(prefix="/absences", tags=["people"])


@absences_router.get("", responses=bears(_page(b.ABSENCE), LINK), **acts("absence.list"))
def absences(
    request: Request,
    response: Response,
    desk: OpenDesk,
    reader: Reader,
    party: b.OfParty = None,
    after: Cursor = None,
    limit: Limit = 50,
) -> Lines[AbsenceLine]:
    """A page of absences, ended ones too."""
    page = looks.see_absences(desk, reader, party=party, after=after or "", limit=limit)
    name_next(request, response, page.next)
    return page


@absences_router.get("/{absence}", responses=bears(_one(b.ABSENCE), ETAG), **acts("absence.read"))
def absence(absence: Id, response: Response, desk: OpenDesk, reader: Reader) -> AbsenceLine:
    """One absence. The ETag is the version of its roster."""
    found = looks.see_absence(desk, reader, absence)
    response.headers["ETag"] = etag(found.version)
    return found


@absences_router.post(
    "",
    status_code=201,
    response_model=b.AbsenceAnswer,
    responses=bears(_made(b.ABSENCE_ANSWER), ETAG, LOCATION),
    **acts("absence.tell"),
)
def be_absent(body: b.AbsenceIn, response: Response, desk: OpenDesk, asking: Asked) -> Answer:
    """Say who is away, from a day to a day."""
    done = standins.tell_absence(desk, asking, **body.model_dump(mode="json"))
    return _begun(response, done, "absences", "absence")


@absences_router.post(
    "/{absence}/end",
    status_code=201,
    response_model=b.AbsenceAnswer,
    responses=bears(_made(b.ABSENCE_ANSWER), ETAG),
    **acts("absence.end"),
)
def come_back(absence: Id, response: Response, desk: OpenDesk, asking: AskedOf) -> Answer:
    """Call an absence off."""
    return _answered(response, standins.end_absence(desk, asking, absence))


institutions_router = APIRouter(prefix="/institutions", tags=["people"])


@institutions_router.get("", responses=bears(_page(b.INSTITUTION), LINK), **acts("institution.list"))
def list_institutions(
    request: Request,
    response: Response,
    desk: OpenDesk,
    reader: Reader,
    party: b.OfParty = None,
    after: Cursor = None,
    limit: Limit = 50,
) -> Lines[InstitutionLine]:
    """A page of institutions with what they are called today."""
    page = looks.see_institutions(desk, reader, party=party, after=after or "", limit=limit)
    name_next(request, response, page.next)
    return page


@institutions_router.get("/{institution}", responses=bears(_one(b.INSTITUTION), ETAG), **acts("institution.read"))
def institution(institution: Id, response: Response, desk: OpenDesk, reader: Reader) -> InstitutionLine:
    """One institution. The ETag is the version of its roster."""
    found = looks.see_institution(desk, reader, institution)
    response.headers["ETag"] = etag(found.version)
    return found


_INSTITUTION = _made(b.INSTITUTION_ANSWER)


@institutions_router.post(
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
    return _begun(response, done, "institutions", "institution")


@institutions_router.post(
    "/{institution}/names",
    status_code=201,
    response_model=b.InstitutionAnswer,
    responses=bears(_INSTITUTION, ETAG),
    **acts("institution.name"),
)
def name(institution: Id, body: b.NameIn, response: Response, desk: OpenDesk, asking: AskedOf) -> Answer:
    """Say what an institution is called in a language from a day on; earlier names stay."""
    return _answered(response, institutions.name_institution(desk, asking, institution, **body.model_dump(mode="json")))


@institutions_router.post(
    "/{institution}/close",
    status_code=201,
    response_model=b.InstitutionAnswer,
    responses=bears(_INSTITUTION, ETAG),
    **acts("institution.close"),
)
def close(institution: Id, body: b.LastDayIn, response: Response, desk: OpenDesk, asking: AskedOf) -> Answer:
    """Say which was an institution's last day."""
    return _answered(response, institutions.close_institution(desk, asking, institution, body.until_on.isoformat()))


def _answered(response: Response, done: Answer) -> Answer:
    response.headers["ETag"] = etag(done["version"])
    return done


def _begun(response: Response, done: Answer, noun: str, thing: str) -> Answer:
    response.headers["Location"] = f"/api/v1/{noun}/{done[thing]}"
    return _answered(response, done)
