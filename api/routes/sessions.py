# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Oneself: who one is, and where one is signed in. The same for a person with a session and a program with a token."""

from fastapi import APIRouter

from api.asking import Come, OpenDesk, Reader, Writer
from api.examples import Responses, shows
from api.policies import acts
from api.schemas import Id
from services.sign_in.myself import Ended, Me, Sessions, end_all, end_one, tell_me, tell_sessions

router = APIRouter(tags=["sessions"])
_ID = "01996f2e-7c4a-7d5e-8a52-3f1b6c0d9e77"
_ACTING = {"role": "focal_point", "party": "BR", "bench": None, "on_behalf_of": None}
_ME: Responses = {
    200: shows(
        {
            "person": _ID,
            "name": "Bruno",
            "language": "pt",
            "acting_as": _ACTING,
            "may_act_as": [_ACTING],
            "scopes": ["read", "write"],
        }
    )
}
_SESSION = {
    "id": _ID,
    "device": "Firefox, Linux",
    "means": "password",
    "created_at": "2026-11-23T15:00:00.000Z",
    "seen_at": "2026-11-23T15:20:00.000Z",
    "expires_at": "2026-11-24T03:00:00.000Z",
    "current": True,
}
_LIST: Responses = {200: shows({"items": [_SESSION]})}
_ENDED: Responses = {200: shows({"ended": 1})}


@router.get("/me", responses=_ME, **acts("account.read"))
def me(desk: OpenDesk, reader: Reader, come: Come) -> Me:
    """Who one is, as whom one acts, and as whom one may."""
    return tell_me(desk, reader, come.scopes)


@router.get("/sessions", responses=_LIST, **acts("session.read"))
def sessions(desk: OpenDesk, reader: Reader, come: Come) -> Sessions:
    """One's own living sessions."""
    return tell_sessions(desk, reader, come.token)


@router.delete("/sessions", responses=_ENDED, **acts("session.end"))
def end_sessions(desk: OpenDesk, writer: Writer) -> Ended:
    """Sign out everywhere."""
    return end_all(desk, writer)


@router.delete("/sessions/{session}", responses=_ENDED, **acts("session.end"))
def end_session(session: Id, desk: OpenDesk, writer: Writer) -> Ended:
    """End one of one's own sessions."""
    return end_one(desk, writer, session)
