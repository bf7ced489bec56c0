# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Invitations to sign, as they come in and go out."""

from typing import Annotated

from pydantic import Field

from api.roster_bodies import Language
from api.schemas import AgreementAnswer, Body, PartyCode


class InvitationIn(Body):
    """An invitation, by mail, of who is listed to sign for a party. The address stands in no event."""

    party: PartyCode
    email: Annotated[
        str, Field(min_length=3, max_length=254, pattern=r"^[^@\s]+@[^@\s]+$", examples=["minister@trabalho.example"])
    ]
    language: Language = "es"


class InvitationAnswer(AgreementAnswer):
    """Where the agreement stands after it, which invitation this is, and when it ends by itself."""

    invitation: str
    expires_at: str
