# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The pages for signing in: by password, by a link that arrives by mail, by a one-time code; and out again.

Looking at a page changes nothing; only its form does. Whoever has given a password but not yet the second factor reaches
these pages and no other.
"""

from dataclasses import dataclass
from typing import Any

import segno
from fastapi import APIRouter, BackgroundTasks, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.asking import AnySession, OpenDesk
from api.cookies import Brought, Coming, forget_session, keep_session
from api.pages.frame import Frame, frame_of
from api.pages.onward import carrying, onward
from api.pages.own import Typed
from api.pages.rendering import rendered
from api.policies import acts
from api.problems import problem, status_of
from services.desk import Desk
from services.errors import ServiceError
from services.mail import send_next
from services.sign_in import entering, links, looking_around, own, sessions
from services.sign_in.looking_around import CAST, Specimen
from services.sign_in.sessions import ENROL, GIVE_CODE, Session, SessionIncomplete, SessionRefused

router = APIRouter(include_in_schema=False)
LETTERS_AT_ONCE = 5
NEXT = {None: "/", GIVE_CODE: "/sign-in/code", ENROL: "/sign-in/second-factor"}


@dataclass(frozen=True, slots=True)
class SignInPage:
    """All that the template `sign_in.html.j2` tells."""

    frame: Frame
    address: str
    cast: dict[str, Specimen]


@dataclass(frozen=True, slots=True)
class PlainPage:
    """All that the templates `sign_in_asked`, `sign_in_code` and `sign_in_gone` tell."""

    frame: Frame


@dataclass(frozen=True, slots=True)
class LinkPage:
    """All that the template `sign_in_link.html.j2` tells."""

    frame: Frame
    key: str


@dataclass(frozen=True, slots=True)
class FactorPage:
    """All that the template `sign_in_factor.html.j2` tells. `picture` is a data: address."""

    frame: Frame
    required: bool
    secret: str
    picture: str


@dataclass(frozen=True, slots=True)
class RecoveryPage:
    """All that the template `sign_in_recovery.html.j2` tells, this once."""

    frame: Frame
    codes: tuple[str, ...]


@router.api_route("/sign-in", methods=["GET", "HEAD"], **acts("sign_in.read"))
def sign_in_page(request: Request, desk: OpenDesk, came: Coming, session: AnySession) -> Response:
    """The ways in; somebody half in is led on, somebody wholly in to their own account."""
    if session:
        return go(request, NEXT[session.lacks] if session.lacks else onward(request) or "/me")
    return _sign_in(request, desk, came)


@router.post("/sign-in", **acts("sign_in.begin"))
def sign_in(request: Request, desk: OpenDesk, came: Coming, address: Typed = "", password: Typed = "") -> Response:
    """In by password."""
    try:
        return enter(request, desk, entering.with_password(desk, came, address, password))
    except ServiceError as error:
        return _sign_in(request, desk, came, error, address)


@router.post("/sign-in/ask", **acts("sign_in.recover"))
def ask_for_link(
    request: Request, desk: OpenDesk, came: Coming, later: BackgroundTasks, address: Typed = ""
) -> Response:
    """A link by mail; the letter leaves after this answer, which is the same for an address nobody has."""
    if not address.strip():
        return _sign_in(request, desk, came, "e_address_missing")
    try:
        entering.ask_for_link(desk, came, address, onward(request))
    except ServiceError as error:
        return _sign_in(request, desk, came, error, address)
    later.add_task(send_next, desk, LETTERS_AT_ONCE)
    return go(request, "/sign-in/asked")


@router.api_route("/sign-in/asked", methods=["GET", "HEAD"], **acts("sign_in.read"))
def asked_page(request: Request, session: AnySession) -> HTMLResponse:
    """A letter is on its way, if there is anybody to write to."""
    return rendered("sign_in_asked.html.j2", PlainPage(frame_of(request, session)))


@router.api_route("/sign-in/link", methods=["GET", "HEAD"], **acts("sign_in.read"))
def link_page(request: Request, desk: OpenDesk, session: AnySession, key: str = "") -> HTMLResponse:
    """What a link opens: a button. Whoever fetches this page a hundred times has used up nothing."""
    frame = frame_of(request, session)
    if not links.works(desk, key):
        return rendered("sign_in_gone.html.j2", PlainPage(frame), 410)
    return rendered("sign_in_link.html.j2", LinkPage(frame, key))


@router.post("/sign-in/link", **acts("sign_in.finish"))
def use_link(request: Request, desk: OpenDesk, came: Coming, key: Typed = "") -> Response:
    """In by link; it lets in nobody again."""
    try:
        return enter(request, desk, entering.with_link(desk, came, key))
    except ServiceError:
        return rendered("sign_in_gone.html.j2", PlainPage(frame_of(request, None)), 410)


@router.api_route("/sign-in/code", methods=["GET", "HEAD"], **acts("sign_in.read"))
def code_page(request: Request, session: AnySession) -> Response:
    """Where somebody half in gives the second factor."""
    if session is None or session.lacks != GIVE_CODE:
        return go(request, NEXT[session.lacks] if session else "/sign-in")
    return rendered("sign_in_code.html.j2", PlainPage(frame_of(request, session)))


@router.post("/sign-in/code", **acts("sign_in.finish"))
def give_code(request: Request, desk: OpenDesk, came: Coming, session: AnySession, code: Typed = "") -> Response:
    """The second factor; the session gets another secret."""
    if session is None:
        return go(request, "/sign-in")
    try:
        return enter(request, desk, entering.with_code(desk, came, session, code))
    except ServiceError as error:
        page = PlainPage(frame_of(request, session, error))
        return told(rendered("sign_in_code.html.j2", page, status_of(error.code)), error)


@router.api_route("/sign-in/second-factor", methods=["GET", "HEAD"], **acts("sign_in.read"))
def factor_page(request: Request, desk: OpenDesk, session: AnySession) -> Response:
    """Where a second factor is set up, by whoever must and whoever wants to."""
    if session is None or session.lacks == GIVE_CODE or session.strong:
        return go(request, NEXT[session.lacks] if session else "/sign-in")
    return _factor(request, desk, session)


@router.post("/sign-in/second-factor", **acts("sign_in.finish"))
def confirm_factor(request: Request, desk: OpenDesk, came: Coming, session: AnySession, code: Typed = "") -> Response:
    """The first right code: the recovery codes, shown this once, and a session with another secret."""
    if session is None or session.lacks == GIVE_CODE or session.strong:
        return go(request, "/sign-in")
    try:
        secret, codes = entering.confirm_second_factor(desk, came, session, code)
    except ServiceError as error:
        return _factor(request, desk, session, error)
    answer = recovery_page(request, session, codes)
    keep_session(answer, secret)
    return answer


@router.post("/sign-in/look-around", **acts("sign_in.begin"))
def look_around(request: Request, desk: OpenDesk, came: Coming, who: Typed = "") -> Response:
    """In as one of the cast, where all is demonstration. Raises NotFound."""
    return enter(request, desk, looking_around.look_around(desk, came, who))


@router.post("/sign-out", **acts("sign_in.finish"))
def sign_out(request: Request, desk: OpenDesk, brought: Brought = None) -> Response:
    """Out: the session ends here and in the database, and the browser forgets all it kept of us."""
    if brought:
        desk.store.write(lambda connection: sessions.end(desk, connection, brought))
    answer = go(request, "/sign-in")
    forget_session(answer)
    return answer


def go(request: Request, path: str) -> RedirectResponse:
    """Another page, in the language of this one; a page of signing in still knows what is to come after it."""
    after = onward(request) if path.startswith("/sign-in") else None
    return RedirectResponse(carrying(path, lang=request.query_params.get("lang"), after=after), 303)


def enter(request: Request, desk: Desk, secret: str) -> Response:
    """On with a new secret: to the second factor if it is wanted, else to the page one came for, or the board."""
    lacks = sessions.resume(desk, secret).lacks
    answer = go(request, NEXT[lacks] if lacks else onward(request) or NEXT[None])
    keep_session(answer, secret)
    return answer


def recovery_page(request: Request, session: Session, codes: tuple[str, ...]) -> HTMLResponse:
    return rendered("sign_in_recovery.html.j2", RecoveryPage(frame_of(request, session), codes))


def told(answer: HTMLResponse, error: ServiceError) -> HTMLResponse:
    """With an error that passes by itself: when."""
    if "retry_after" in error.facts:
        answer.headers["Retry-After"] = str(error.facts["retry_after"])
    return answer


def lead_in(request: Request, error: Any) -> Response:
    """A page asked for by somebody who is not, or not wholly, in: the way in. A program is told the problem."""
    if request.url.path.startswith("/api/"):
        return problem(error.code, str(error), **error.facts)
    came_for = request.url.path if request.method in ("GET", "HEAD") else None
    return RedirectResponse(carrying("/sign-in", lang=request.query_params.get("lang"), after=came_for), 303)


LEAD_IN = (SessionRefused, SessionIncomplete)
"""What leads to the way in."""


def _sign_in(
    request: Request, desk: Desk, came: entering.Came, error: ServiceError | str | None = None, address: str = ""
) -> HTMLResponse:
    cast = CAST if looking_around.is_offered(desk, came.origin) else {}
    page = SignInPage(frame_of(request, None, error), address[:320], cast)
    if not isinstance(error, ServiceError):
        return rendered("sign_in.html.j2", page, 422 if error else 200)
    return told(rendered("sign_in.html.j2", page, status_of(error.code)), error)


def _factor(request: Request, desk: Desk, session: Session, error: ServiceError | None = None) -> HTMLResponse:
    enrolment = own.begin_second_factor(desk, session)
    picture = segno.make(enrolment.address, error="m").svg_data_uri(scale=5, border=3, light="#fff", dark="#000")
    page = FactorPage(frame_of(request, session, error), session.lacks == ENROL, _spaced(enrolment.secret), picture)
    answer = rendered("sign_in_factor.html.j2", page, status_of(error.code) if error else 200)
    return told(answer, error) if error else answer


def _spaced(secret: str) -> str:
    """Four letters at a time, as people copy them."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
