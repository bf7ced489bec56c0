# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Who stands before a page of their own: somebody wholly signed in, whose forms come from a page of their session."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Depends, Form

from api.asking import AnySession, acting
from api.cookies import is_form_token
from api.policies import ACTION
from people.actors import Actor
from people.policy import can, ever
from services.errors import ServiceError, require
from services.sign_in.sessions import Session, SessionIncomplete, SessionRefused

Typed = Annotated[str, Form()]


class FormForeign(ServiceError):
    """The form came from no page of this session."""

    code = "session.form_foreign"


def _signed_in(session: AnySession) -> Session:
    """Somebody wholly signed in, with or without a role. Raises SessionRefused, SessionIncomplete."""
    if session is None:
        raise SessionRefused("sign in")
    if session.lacks:
        raise SessionIncomplete("the second factor first", lacks=session.lacks)
    return session


SignedIn = Annotated[Session, Depends(_signed_in)]


def _own_form(session: SignedIn, token: Typed = "") -> Session:
    """The same, and the form came from one of their own pages. Raises FormForeign."""
    if not is_form_token(session, token):
        raise FormForeign("a form of a page of this session")
    return session


OwnForm = Annotated[Session, Depends(_own_form)]


def _acting(session: SignedIn) -> Actor:
    """As whom they act. Raises Refused for who holds no role."""
    return acting(session)


Acting = Annotated[Actor, Depends(_acting)]


def acts_alone(action: str) -> dict[str, Any]:
    """What a page of one's own names: it is judged by the session alone, since one may hold no role yet."""
    return {"openapi_extra": {ACTION: action}}


def acts_in_role(action: str) -> dict[str, Any]:
    """What a page for certain roles names: a role that never may is told so first."""
    return {"openapi_extra": {ACTION: action}, "dependencies": [Depends(_whose_role_may(action))]}


def _whose_role_may(action: str) -> Callable[[Actor], None]:
    def judge(actor: Acting) -> None:
        if not ever(actor.role, action):
            require(can(actor, action))

    return judge
