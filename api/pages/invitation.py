# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What a letter of invitation opens: one agreement, for whoever is to sign it, without an account and outside every session.

The key comes with every request and is kept nowhere. Looking uses up nothing, so a mail scanner that opens every link takes
nothing away. A wrong key and one that ended are answered alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from api.asking import OpenDesk
from api.pages.frame import Frame, frame_of
from api.pages.invitation_words import INVITATION_WORDS
from api.pages.own import Typed
from api.pages.rendering import rendered
from api.pages.words import LANGUAGES, day_in_words
from api.policies import acts
from observatory.errors import NotFound
from observatory.invited import Covered, Invited, Side, see_invited, see_invited_text
from services.desk import Desk
from services.errors import ServiceError
from services.invitations import PATH, FormOutdated, decline_signature, form_token
from services.paper_files import path_of
from services.sign_in.keys import hash_of

router = APIRouter(include_in_schema=False)
ERRORS = {"fact.field_invalid": "e_reason", "agreement.reason": "e_reason"}
"""What the signatory can cure here; all else is told by the page as it stands by then."""
STATUS = {"e_reason": 422, "e_outdated": 403}


@dataclass(frozen=True, slots=True)
class SideLine:
    """A party as the page tells it."""

    name: str
    institution: str
    title: str
    own: bool


@dataclass(frozen=True, slots=True)
class TextLine:
    """A text to take along."""

    href: str
    label: str
    digest: str


@dataclass(frozen=True, slots=True)
class InvitationPage:
    """All that the template `invitation.html.j2` tells."""

    frame: Frame
    words: Mapping[str, str]
    title: str
    reference: str
    specimen: bool
    version: str
    sides: tuple[SideLine, ...]
    exchanges: tuple[Covered, ...]
    texts: tuple[TextLine, ...]
    until: str
    signed: bool
    declined: str | None
    reason: str | None
    can_decline: bool
    key: str
    token: str


@dataclass(frozen=True, slots=True)
class GonePage:
    """All that the template `invitation_gone.html.j2` tells."""

    frame: Frame
    words: Mapping[str, str]


@router.api_route(PATH, methods=["GET", "HEAD"], **acts("invitation.read"))
def invitation_page(request: Request, desk: OpenDesk, key: str = "") -> HTMLResponse:
    """A brief of the agreement, its text in its languages, and the way to decline."""
    return _page(request, desk, key)


@router.api_route(f"{PATH}/text", methods=["GET", "HEAD"], **acts("invitation.read"))
def invitation_text(request: Request, desk: OpenDesk, key: str = "", paper: str = "") -> Response:
    """The text itself, byte by byte as it was drawn up."""
    try:
        row = see_invited_text(desk, hash_of(key), paper)
    except NotFound:
        return _gone(request)
    name = f"{row.kind}-{'-'.join(row.languages)}-{row.version}.pdf"
    return FileResponse(path_of(desk.papers, str(row.sha256)), media_type="application/pdf", filename=name)


@router.post(f"{PATH}/decline", **acts("invitation.answer"))
def decline(request: Request, desk: OpenDesk, key: Typed = "", token: Typed = "", reason: Typed = "") -> Response:
    """They do not sign, and say why."""
    try:
        decline_signature(desk, key, token, reason)
    except ServiceError as error:
        return _page(request, desk, key, error)
    return RedirectResponse(f"{PATH}?{_carried(request, key)}", 303)


def _page(request: Request, desk: Desk, key: str, error: ServiceError | None = None) -> HTMLResponse:
    try:
        seen = see_invited(desk, hash_of(key))
    except NotFound:
        return _gone(request)
    code = _told(error) if error else None
    lang = frame_of(request, None).lang
    words = INVITATION_WORDS[lang]
    frame = frame_of(request, None, told=words[code] if code else None)
    frame = replace(frame, path=PATH, carried=f"&{urlencode({'key': key})}")
    page = _told_of(desk, seen, frame, words, key)
    return rendered("invitation.html.j2", page, STATUS.get(code or "", 200))


def _told(error: ServiceError) -> str | None:
    """A word for what they can cure; what stands already, as a second tap finds it, is no mistake."""
    if isinstance(error, FormOutdated):
        return "e_outdated"
    reasons = [str(reason["code"]) for reason in error.reasons]
    return next((ERRORS[code] for code in reasons if code in ERRORS), None)


def _told_of(desk: Desk, seen: Invited, frame: Frame, words: Mapping[str, str], key: str) -> InvitationPage:
    standing, lang = seen.standing, frame.lang
    said = seen.declined or {}
    return InvitationPage(
        frame=frame,
        words=words,
        title=standing.title,
        reference=standing.reference or "",
        specimen=standing.specimen,
        version=words["version"].format(n=standing.version, register=words[standing.register]),
        sides=tuple(_side(side, seen.party, lang) for side in seen.sides),
        exchanges=seen.exchanges,
        texts=tuple(
            TextLine(
                f"{PATH}/text?{urlencode({'key': key, 'paper': text.id, 'lang': lang})}",
                " · ".join(LANGUAGES.get(code, code) for code in text.languages),
                str(text.sha256),
            )
            for text in seen.texts
        ),
        until=words["until"].format(on=day_in_words(seen.expires_at[:10], lang)),
        signed=seen.signed,
        declined=words["declined"].format(on=day_in_words(said["on"], lang)) if said else None,
        reason=said.get("reason"),
        can_decline=seen.can_decline,
        key=key,
        token=form_token(desk, seen.invitation, standing),
    )


def _side(side: Side, own: str, lang: str) -> SideLine:
    name = side.names.get(lang) or next(iter(side.names.values()))
    return SideLine(name, side.institution, side.title, side.party == own)


def _gone(request: Request) -> HTMLResponse:
    """The same for a key nobody has, one that ended, and one that opens something else."""
    frame = replace(frame_of(request, None), path=PATH, carried="")
    return rendered("invitation_gone.html.j2", GonePage(frame, INVITATION_WORDS[frame.lang]), 410)


def _carried(request: Request, key: str) -> str:
    lang = request.query_params.get("lang")
    return urlencode({"key": key} | ({"lang": lang} if lang in LANGUAGES else {}))
