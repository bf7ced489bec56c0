# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Who asks, and how: the bearer's token or the cookie, the version they saw, the key of their request.

What reads the database is a plain function and takes a thread; all else is a coroutine, because a thread for each of six
small questions would cost more than the answer.
"""

import re
from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Header, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.cookies import Brought
from people.actors import PUBLIC, Actor
from services.asking import Asking
from services.desk import Desk
from services.errors import ServiceError, refused
from services.sign_in.sessions import Session, SessionIncomplete, SessionRefused, resume
from services.tokens import Bearer, TokenRefused, authenticate

_TAG = re.compile(r'"([0-9]{1,9})"')
bearer = HTTPBearer(auto_error=False, description="A token of `minga token create`.")


class ScopeMissing(ServiceError):
    """The token is good, but may not do this."""

    code = "scope.missing"


async def desk_of(request: Request) -> Desk:
    """The desk this app was created on."""
    desk: Desk = request.app.state.desk
    return desk


OpenDesk = Annotated[Desk, Depends(desk_of)]


Given = Annotated[HTTPAuthorizationCredentials | None, Security(bearer)]
SESSION_SCOPES = frozenset({"read", "write"})


def _session(desk: OpenDesk, brought: Brought = None) -> Session | None:
    """The session a browser brings along, perhaps still without its second factor; None for none that lives."""
    try:
        return resume(desk, brought) if brought else None
    except SessionRefused:
        return None


AnySession = Annotated[Session | None, Depends(_session)]


def come_in(desk: OpenDesk, given: Given, brought: Brought = None) -> Bearer:
    """Whoever comes, by a token or, without one, by the cookie of a whole session."""
    if given is not None:
        return authenticate(desk, given.credentials)
    session = _session(desk, brought)
    if session is None:
        raise SessionRefused("sign in anew") if brought else TokenRefused("a header Authorization: Bearer …")
    return Bearer(session.id, acting(session), SESSION_SCOPES)


def acting(session: Session) -> Actor:
    """As whom a session acts. Raises SessionIncomplete; Refused for who holds no role here."""
    if session.lacks:
        raise SessionIncomplete("the second factor first", lacks=session.lacks)
    if session.actor is None:
        raise refused("session.no_actor", "a role or a seat, and which of them one acts as", count=len(session.actors))
    return session.actor


def _within(scope: str) -> Callable[[Bearer], Awaitable[Actor]]:
    async def actor(come: Annotated[Bearer, Depends(come_in)]) -> Actor:
        return reaching(come, scope)

    return actor


def reaching(come: Bearer, scope: str, *others: str) -> Actor:
    """Who came, if what they came with reaches so far: any one of the scopes does. Raises ScopeMissing."""
    if come.scopes.isdisjoint((scope, *others)):
        raise ScopeMissing(f"this token may {' and '.join(sorted(come.scopes))}; it needs {scope}", scope=scope)
    return come.actor


def _visiting(desk: OpenDesk, given: Given, brought: Brought = None) -> Actor:
    if given is not None:
        return reaching(come_in(desk, given), "read")
    session = _session(desk, brought)
    return session.actor if session and session.actor and not session.lacks else PUBLIC


Visitor = Annotated[Actor, Depends(_visiting)]
"""Anybody at all; who shows a token still needs a good one, and who has not wholly signed in is the public."""

Come = Annotated[Bearer, Depends(come_in)]
"""With what somebody came."""

Reader = Annotated[Actor, Depends(_within("read"))]
Writer = Annotated[Actor, Depends(_within("write"))]


class VersionRequired(ServiceError):
    """A change of something that stands already, without the version it was seen at."""

    code = "version.required"


class MatchMalformed(ServiceError):
    """An If-Match that is no version any answer bore."""

    code = "request.if_match_malformed"


_IfMatch = Annotated[str | None, Header(description='The ETag you saw, like `"12"`; `*` for whatever stands.')]
_Key = Annotated[
    str | None,
    Header(
        min_length=1,
        max_length=255,
        pattern=r"^[!-~]+( +[!-~]+)*$",
        description="The same key twice has one effect and the same answer; it is kept for thirty days.",
    ),
]


async def _asking(actor: Writer, idempotency_key: _Key = None) -> Asking:
    return Asking(actor, idempotency_key)


async def _asking_of(actor: Writer, if_match: _IfMatch = None, idempotency_key: _Key = None) -> Asking:
    if if_match is None:
        raise VersionRequired('If-Match names the version you saw, like "12"; `If-Match: *` takes whatever stands')
    return Asking(actor, idempotency_key, _version(if_match))


Asked = Annotated[Asking, Depends(_asking)]
"""A command that begins something."""

AskedOf = Annotated[Asking, Depends(_asking_of)]
"""A command on something that stands already: the version seen is required."""


def _version(said: str | None) -> int | None:
    """The version an ETag names; `*` asks for none. Raises MatchMalformed."""
    tag = "*" if said is None else said.strip()
    if tag == "*":
        return None
    found = _TAG.fullmatch(tag)
    if found is None:
        raise MatchMalformed('If-Match holds one ETag, like "12", or *')
    return int(found[1])
