"""Who asks, and how: the bearer's token, the version they saw, the key of their request."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Header, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from people.actors import Actor
from services.asking import Asking
from services.desk import Desk
from services.errors import ServiceError
from services.tokens import Bearer, TokenRefused, authenticate

bearer = HTTPBearer(auto_error=False, description="A token of `minga token create`.")


class ScopeMissing(ServiceError):
    """The token is good, but may not do this."""

    code = "scope.missing"


def desk_of(request: Request) -> Desk:
    """The desk this app was created on."""
    desk: Desk = request.app.state.desk
    return desk


OpenDesk = Annotated[Desk, Depends(desk_of)]


def _come_in(desk: OpenDesk, given: Annotated[HTTPAuthorizationCredentials | None, Security(bearer)]) -> Bearer:
    if given is None:
        raise TokenRefused("a header Authorization: Bearer …")
    return authenticate(desk, given.credentials)


def _within(scope: str) -> Callable[[Bearer], Actor]:
    def actor(come: Annotated[Bearer, Depends(_come_in)]) -> Actor:
        if scope not in come.scopes:
            raise ScopeMissing(f"this token may {' and '.join(sorted(come.scopes))}; it needs {scope}", scope=scope)
        return come.actor

    return actor


Reader = Annotated[Actor, Depends(_within("read"))]
_Writer = Annotated[Actor, Depends(_within("write"))]


class MatchMalformed(ServiceError):
    """An If-Match that is no version any answer bore."""

    code = "request.if_match_malformed"


def _asking(
    actor: _Writer,
    if_match: Annotated[str | None, Header(description='The ETag you saw, like `"12"`.')] = None,
    idempotency_key: Annotated[
        str | None, Header(max_length=200, description="The same key twice has one effect and the same answer.")
    ] = None,
) -> Asking:
    return Asking(actor, idempotency_key, _version(if_match))


Asked = Annotated[Asking, Depends(_asking)]


def _version(said: str | None) -> int | None:
    """The version an ETag names; `*` asks for none. Raises MatchMalformed."""
    if said is None or said.strip() == "*":
        return None
    tag = said.strip()
    if len(tag) < 3 or tag[0] != '"' or tag[-1] != '"' or not tag[1:-1].isdigit():
        raise MatchMalformed(f'If-Match holds one ETag, like "12", not {said}')
    return int(tag[1:-1])


def etag(version: int) -> str:
    return f'"{version}"'
