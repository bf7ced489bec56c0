# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Agreements: drafted, negotiated, signed in ink, brought into force."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from agreements.rules import Status
from api.answering import answered, begun, shown
from api.asking import Asked, AskedOf, OpenDesk, Reader
from api.bearing import ETAG, LINK, LOCATION, bears
from api.examples import (
    AGREEMENT,
    AGREEMENT_LINE,
    AGREEMENT_VERSION,
    AGREEMENT_WHOLE,
    INVITATION,
    INVITATION_MADE,
    SIGNATORY,
    shows_made,
    shows_one,
    shows_page,
)
from api.invitation_bodies import InvitationAnswer, InvitationIn
from api.paging import ByCursor
from api.policies import acts
from api.schemas import (
    NAMED,
    AgreementAnswer,
    AgreementIn,
    ConfirmationIn,
    CounterpartIn,
    Id,
    ProvisionalIn,
    Reference,
    SignatoryIn,
    StepIn,
    TextIn,
    Told,
)
from observatory.agreement_texts import Signatory, Version
from observatory.agreements import Lines, Text
from observatory.invited import InvitationLine, see_invitations
from observatory.window import see_agreement, see_agreements, see_signatories, see_versions
from services import agreements as services
from services import invitations
from services.asking import Answer

_WRITE = shows_made(AGREEMENT)
_LIST = shows_page(AGREEMENT_LINE)
_ONE = shows_one(AGREEMENT_WHOLE)
_INVITED = shows_made(INVITATION_MADE)
_INVITATIONS = shows_one([INVITATION])
_VERSIONS = shows_one([AGREEMENT_VERSION])
_SIGNATORIES = shows_one([SIGNATORY])
router = APIRouter(prefix="/agreements", tags=["agreements"])


@router.get("", responses=bears(_LIST, LINK), **acts("agreement.list"))
def list_agreements(
    desk: OpenDesk,
    reader: Reader,
    paging: ByCursor,
    status: Annotated[Status | None, Query(description="Where it stands.")] = None,
    exchange: Annotated[
        str | None, Query(pattern=NAMED, max_length=64, description="Only those that cover this exchange.")
    ] = None,
) -> Lines:
    """A page of the agreements the bearer may know of, in the order in which they were drafted."""
    return paging.show(
        see_agreements(desk, reader, status=status, exchange=exchange, after=paging.after or "", limit=paging.limit)
    )


@router.post(
    "",
    status_code=201,
    response_model=AgreementAnswer,
    responses=bears(_WRITE, ETAG, LOCATION),
    **acts("agreement.draft"),
)
def draft(body: AgreementIn, response: Response, desk: OpenDesk, asking: Asked) -> Answer:
    """Draft an agreement for an exchange, between its parties."""
    about = {"exchange": body.exchange, "title": body.title, "register": body.register_}
    done = services.draft_agreement(desk, body.asked(asking), **about, amends=body.amends)
    return begun(response, done, "agreements", "agreement")


@router.get("/{reference}", responses=bears(_ONE, ETAG), **acts("agreement.read"))
def show(reference: Reference, response: Response, desk: OpenDesk, reader: Reader) -> Text:
    """One agreement whole. The ETag is its version."""
    return shown(response, see_agreement(desk, reader, reference))


@router.post(
    "/{reference}/steps",
    status_code=201,
    response_model=AgreementAnswer,
    responses=bears(_WRITE, ETAG),
    **acts("agreement.step"),
)
def step(reference: Reference, body: StepIn, response: Response, desk: OpenDesk, asking: AskedOf) -> Answer:
    """Make one step of the agreement's own machine."""
    return answered(response, services.take_step(desk, body.asked(asking), reference, body.step, body.says))


@router.get("/{reference}/versions", responses=_VERSIONS, **acts("agreement.read"))
def list_versions(reference: Reference, desk: OpenDesk, reader: Reader) -> tuple[Version, ...]:
    """Every version of the text that was proposed, with its terms; the one that counts is the present one."""
    return see_versions(desk, reader, reference)


@router.post(
    "/{reference}/versions",
    status_code=201,
    response_model=AgreementAnswer,
    responses=bears(_WRITE, ETAG),
    **acts("agreement.propose"),
)
def propose(reference: Reference, body: TextIn, response: Response, desk: OpenDesk, asking: AskedOf) -> Answer:
    """Propose a new version of the text."""
    return answered(response, services.propose_text(desk, body.asked(asking), reference, body.summary, body.terms))


@router.get("/{reference}/signatories", responses=_SIGNATORIES, **acts("agreement.read"))
def signatories(reference: Reference, desk: OpenDesk, reader: Reader) -> tuple[Signatory, ...]:
    """Who signs for each party, by office, in the order of signing. Their names are sealed."""
    return see_signatories(desk, reader, reference)


@router.post(
    "/{reference}/signatories",
    status_code=201,
    response_model=AgreementAnswer,
    responses=bears(_WRITE, ETAG),
    **acts("agreement.list_signatory"),
)
def list_signatory(
    reference: Reference, body: SignatoryIn, response: Response, desk: OpenDesk, asking: AskedOf
) -> Answer:
    """Say who signs for a party."""
    return answered(response, services.list_signatory(desk, body.asked(asking), reference, _says(body)))


@router.get("/{reference}/invitations", responses=_INVITATIONS, **acts("agreement.list_invitations"))
def invited(reference: Reference, desk: OpenDesk, reader: Reader) -> tuple[InvitationLine, ...]:
    """Who was invited by mail to sign; for a party, its own."""
    return see_invitations(desk, reader, reference)


@router.post(
    "/{reference}/invitations",
    status_code=201,
    response_model=InvitationAnswer,
    responses=bears(_INVITED, ETAG),
    **acts("agreement.invite"),
)
def invite(reference: Reference, body: InvitationIn, response: Response, desk: OpenDesk, asking: AskedOf) -> Answer:
    """Invite by mail who is listed to sign for a party; they need no account. A new letter ends the one before."""
    return answered(response, invitations.invite_signatory(desk, asking, reference, **body.model_dump()))


@router.post(
    "/{reference}/invitations/{invitation}/revocation",
    status_code=201,
    response_model=InvitationAnswer,
    responses=bears(_INVITED, ETAG),
    **acts("agreement.revoke_invitation"),
)
def revoke(reference: Reference, invitation: Id, response: Response, desk: OpenDesk, asking: AskedOf) -> Answer:
    """Take an invitation back: its letter opens nothing any more. The If-Match is the agreement's."""
    return answered(response, invitations.revoke_invitation(desk, asking, reference, invitation))


@router.post(
    "/{reference}/counterparts",
    status_code=201,
    response_model=AgreementAnswer,
    responses=bears(_WRITE, ETAG),
    **acts("agreement.receive"),
)
def receive(reference: Reference, body: CounterpartIn, response: Response, desk: OpenDesk, asking: AskedOf) -> Answer:
    """Record that a counterpart signed in ink arrived: for officers of that country only."""
    return answered(response, services.receive_counterpart(desk, body.asked(asking), reference, _says(body)))


@router.post(
    "/{reference}/confirmations",
    status_code=201,
    response_model=AgreementAnswer,
    responses=bears(_WRITE, ETAG),
    **acts("agreement.confirm"),
)
def confirm(reference: Reference, body: ConfirmationIn, response: Response, desk: OpenDesk, asking: AskedOf) -> Answer:
    """Confirm a counterpart: for a second officer of the same country."""
    return answered(response, services.confirm_counterpart(desk, body.asked(asking), reference, _says(body)))


@router.post(
    "/{reference}/provisional",
    status_code=201,
    response_model=AgreementAnswer,
    responses=bears(_WRITE, ETAG),
    **acts("agreement.apply_provisionally"),
)
def apply_provisionally(
    reference: Reference, body: ProvisionalIn, response: Response, desk: OpenDesk, asking: AskedOf
) -> Answer:
    """Apply a signed agreement before its entry into force."""
    return answered(response, services.apply_provisionally(desk, body.asked(asking), reference, body.reason))


def _says(body: Told) -> dict[str, object]:
    return body.model_dump(exclude={"occurred_at", "late_because"}, exclude_none=True)
