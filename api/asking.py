"""Who asks, and how: the bearer's token, the version they saw, the key of their request."""

import re
from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Header, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from people.actors import PUBLIC, Actor
from services.asking import Asking
from services.desk import Desk
from services.errors import ServiceError
from services.tokens import Bearer, TokenRefused, authenticate

_TAG = re.compile(r'"([0-9]{1,9})"')
bearer = HTTPBearer(auto_error=False, description="A token of `minga token create`.")


class ScopeMissing(ServiceError):
    """The token is good, but may not do this."""

    code = "scope.missing"


def desk_of(request: Request) -> Desk:
    """The desk this app was created on."""
    desk: Desk = request.app.state.desk
    return desk


OpenDesk = Annotated[Desk, Depends(desk_of)]


def come_in(desk: OpenDesk, given: Annotated[HTTPAuthorizationCredentials | None, Security(bearer)]) -> Bearer:
    if given is None:
        raise TokenRefused("a header Authorization: Bearer …")
    return authenticate(desk, given.credentials)


def _within(scope: str) -> Callable[[Bearer], Actor]:
    def actor(come: Annotated[Bearer, Depends(come_in)]) -> Actor:
        if scope not in come.scopes:
            raise ScopeMissing(f"this token may {' and '.join(sorted(come.scopes))}; it needs {scope}", scope=scope)
        return come.actor

    return actor


def _visiting(desk: OpenDesk, given: Annotated[HTTPAuthorizationCredentials | None, Security(bearer)]) -> Actor:
    return PUBLIC if given is None else _within("read")(come_in(desk, given))


Visitor = Annotated[Actor, Depends(_visiting)]
"""Anybody at all; who shows a token still needs a good one."""

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


def _asking(actor: Writer, idempotency_key: _Key = None) -> Asking:
    return Asking(actor, idempotency_key)


def _asking_of(actor: Writer, if_match: _IfMatch = None, idempotency_key: _Key = None) -> Asking:
    if if_match is None:
        raise VersionRequired('If-Match names the version you saw, like "12"; `If-Match: *` takes whatever stands')
    return Asking(actor, idempotency_key, _version(if_match))


Asked = Annotated[Asking, Depends(_asking)]
"""A command that begins something."""

AskedOf = Annotated[Asking, Depends(_asking_of)]
"""A command on something that stands already: the version seen is required."""


def _version(said: str | None) -> int | None:
    """The version an ETag names; `*` asks for none. Raises MatchMalformed."""
    tag = (said or "*").strip()
    if tag == "*":
        return None
    found = _TAG.fullmatch(tag)
    if found is None:
        raise MatchMalformed('If-Match holds one ETag, like "12", or *')
    return int(found[1])


def etag(version: int) -> str:
    return f'"{version}"'
