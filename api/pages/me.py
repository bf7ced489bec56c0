# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""One's own account: as whom one acts, where one is signed in, the password, the second factor."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Form, Request
from fastapi.responses import HTMLResponse, Response

from api.asking import OpenDesk
from api.cookies import Coming, forget_session, form_token, keep_session
from api.pages.frame import Frame, acting_in_words, frame_of
from api.pages.own import OwnForm, SignedIn, Typed, acts_alone
from api.pages.rendering import rendered
from api.pages.sign_in import LETTERS_AT_ONCE, go, recovery_page, told
from api.pages.waiting import Waiting, waiting_for
from api.pages.words import minute_in_words
from api.problems import status_of
from people.actors import Actor, Role
from people.policy import offers
from people.resources import of_person
from services.desk import Desk
from services.errors import ServiceError
from services.mail import send_next
from services.sign_in import own, sessions
from services.sign_in.entering import SignInRefused
from services.sign_in.sessions import Session

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Hat:
    """One of those the person may act as."""

    place: int
    words: str
    worn: bool


@dataclass(frozen=True, slots=True)
class SessionLine:
    """Where the person is signed in."""

    id: str
    device: str
    since: str
    seen: str
    current: bool


@dataclass(frozen=True, slots=True)
class MePage:
    """All that the template `me.html.j2` tells."""

    frame: Frame
    token: str
    demonstration: bool
    hats: tuple[Hat, ...]
    sessions: tuple[SessionLine, ...]
    has_password: bool
    asks_present: bool
    email: str
    recovery_left: int | None
    may_remove: bool
    saved: bool
    waiting: tuple[Waiting, ...]
    buttons: tuple[str, ...]


@router.api_route("/me", methods=["GET", "HEAD"], **acts_alone("account.read"))
def me_page(request: Request, desk: OpenDesk, session: SignedIn, saved: bool = False) -> HTMLResponse:
    """One's own account."""
    return _me(request, desk, session, saved=saved)


@router.post("/me/acting", **acts_alone("session.switch"))
def act_as(request: Request, desk: OpenDesk, session: OwnForm, place: Annotated[int, Form()]) -> Response:
    """Acts from now on as another of those one may act as. Raises Refused."""
    secret = desk.store.write(lambda connection: sessions.act_as(desk, connection, session, place))
    return _on(request, secret)


@router.post("/me/sessions/end", **acts_alone("session.end"))
def end_session(request: Request, desk: OpenDesk, session: OwnForm, other: Typed) -> Response:
    """Ends one session of one's own. Raises NotFound."""
    sessions.end_one(desk, session.person, other)
    return _out(request) if other == session.id else go(request, "/me")


@router.post("/me/sessions/end-all", **acts_alone("session.end"))
def end_everywhere(request: Request, desk: OpenDesk, session: OwnForm) -> Response:
    """Out everywhere, here too."""
    sessions.end_everywhere(desk, session.person)
    return _out(request)


@router.post("/me/password", **acts_alone("credential.change"))
def change_password(
    request: Request,
    desk: OpenDesk,
    came: Coming,
    session: OwnForm,
    later: BackgroundTasks,
    present: Typed = "",
    new: Typed = "",
) -> Response:
    """Another password; every other session ends."""
    try:
        secret = own.change_password(desk, came, session, present, new)
    except SignInRefused as error:
        return _me(request, desk, session, error, "e_password_now")
    except ServiceError as error:
        return _me(request, desk, session, error)
    later.add_task(send_next, desk, LETTERS_AT_ONCE)
    answer = _on(request, secret)
    answer.headers["Location"] += "&saved=1" if "?" in answer.headers["Location"] else "?saved=1"
    return answer


@router.post("/me/recovery-codes", **acts_alone("credential.change"))
def renew_codes(request: Request, desk: OpenDesk, came: Coming, session: OwnForm, code: Typed = "") -> Response:
    """Ten new recovery codes, shown this once."""
    try:
        return recovery_page(request, session, own.renew_recovery_codes(desk, came, session, code))
    except ServiceError as error:
        return _me(request, desk, session, error)


@router.post("/me/second-factor/remove", **acts_alone("credential.change"))
def remove_factor(request: Request, desk: OpenDesk, came: Coming, session: OwnForm, code: Typed = "") -> Response:
    """No more codes, where the role asks for none."""
    try:
        own.take_second_factor_away(desk, came, session, code)
    except ServiceError as error:
        return _me(request, desk, session, error)
    return go(request, "/me")


def _on(request: Request, secret: str) -> Response:
    answer = go(request, "/me")
    keep_session(answer, secret)
    return answer


def _out(request: Request) -> Response:
    answer = go(request, "/sign-in")
    forget_session(answer)
    return answer


def _me(
    request: Request,
    desk: Desk,
    session: Session,
    error: ServiceError | None = None,
    said: str | None = None,
    *,
    saved: bool = False,
) -> HTMLResponse:
    frame = frame_of(request, session, said or error)
    page = MePage(
        frame=frame,
        token=form_token(session),
        demonstration=session.is_demonstration,
        hats=_hats(session, frame.lang),
        sessions=_sessions(desk, session, frame.lang),
        has_password=own.has_password(desk, session),
        asks_present=own.has_password(desk, session) and not own.may_skip_current(desk, session),
        email=session.email or "",
        recovery_left=own.recovery_codes_left(desk, session),
        may_remove=not own.must_have_second_factor(session),
        saved=saved,
        waiting=waiting_for(desk, session, frame.lang),
        buttons=_buttons(session),
    )
    answer = rendered("me.html.j2", page, status_of(error.code) if error else 200)
    return told(answer, error) if error else answer


def _hats(session: Session, lang: str) -> tuple[Hat, ...]:
    each = enumerate(session.actors)
    return tuple(Hat(place, acting_in_words(actor, lang), actor == session.actor) for place, actor in each)


def _sessions(desk: Desk, session: Session, lang: str) -> tuple[SessionLine, ...]:
    return tuple(
        SessionLine(
            id=one.id,
            device=one.device,
            since=minute_in_words(one.created_at, lang),
            seen=minute_in_words(one.seen_at, lang),
            current=one.current,
        )
        for one in sessions.living(desk, session.person, session.id)
    )


def _buttons(session: Session) -> tuple[str, ...]:
    """What one may do to one's own session and ways of signing in; whoever holds no role yet may do what a signatory may."""
    actor = session.actor or Actor(session.person, Role.SIGNATORY)
    return tuple(name for kind in ("session", "credential") for name in offers(actor, of_person(kind, session.person)))
