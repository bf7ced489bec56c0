# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Well-known pages: where to tell about a weakness of this deployment (RFC 9116)."""

from datetime import timedelta

from fastapi import APIRouter, Request, Response

from api.asking import OpenDesk
from api.examples import Responses
from api.policies import acts
from api.problems import refusals
from ledger.instants import instant, moment_of
from services.errors import NotFound

router = APIRouter(prefix="/.well-known", tags=["well-known"])

HOLDS_FOR = timedelta(days=180)


_SHOWN: Responses = {
    200: {
        "description": "Whom to tell.",
        "content": {
            "text/plain": {"example": "Contact: mailto:safe@minga.example\nExpires: 2027-05-22T15:00:00.000Z\n"}
        },
    }
}


@router.get("/security.txt", responses={**_SHOWN, **refusals(404)}, response_class=Response, **acts("contact.read"))
def security(request: Request, desk: OpenDesk) -> Response:
    """The contact that MINGA_SECURITY_CONTACT names; nothing where it names none."""
    contact = request.app.state.security_contact
    if contact is None:
        raise NotFound("no contact is named here")
    return Response(_lines(contact, instant(moment_of(desk.now()) + HOLDS_FOR)), media_type="text/plain")


def _lines(contact: str, expires: str) -> str:
    return f"Contact: {contact}\nExpires: {expires}\nPreferred-Languages: es, pt, en, fr\n"
