# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Tokens: the keys by which a country's or the secretariat's own programs come in."""

from typing import Any

from fastapi import APIRouter, Request, Response

from api.asking import AskedOf, Come, OpenDesk, Reader, Writer, etag
from api.bearing import ETAG, LINK, LOCATION, bears
from api.examples import TOKEN, TOKEN_ENDED, TOKEN_MADE, shows
from api.paging import Cursor, Limit, name_next
from api.policies import acts
from api.schemas import Id, TokenIn
from services.tokens import Created, Token, Tokens, create_token, list_tokens, revoke_token, show_token

router = APIRouter(prefix="/tokens", tags=["tokens"])
_LIST: dict[int | str, dict[str, Any]] = {200: shows({"items": [TOKEN], "next": None})}
_ONE: dict[int | str, dict[str, Any]] = {200: shows(TOKEN)}
_ENDED: dict[int | str, dict[str, Any]] = {201: shows(TOKEN_ENDED)}
_MADE: dict[int | str, dict[str, Any]] = {201: shows(TOKEN_MADE, "Made. The secret is shown this once.")}


@router.get("", responses=bears(_LIST, LINK), **acts("token.list"))
def tokens(
    request: Request, response: Response, desk: OpenDesk, reader: Reader, after: Cursor = None, limit: Limit = 50
) -> Tokens:
    """A page of the tokens the bearer may see, never with their secrets."""
    page = list_tokens(desk, reader, after=after or "", limit=limit)
    name_next(request, response, page.next)
    return page


@router.post("", status_code=201, responses=bears(_MADE, ETAG, LOCATION), **acts("token.create"))
def create(body: TokenIn, response: Response, desk: OpenDesk, writer: Writer, come: Come) -> Created:
    """Make a token. It takes no Idempotency-Key: an answer kept to be repeated would hold the secret."""
    made = create_token(desk, writer, **body.model_dump(), within=come)
    response.headers.update({"Location": f"/api/v1/tokens/{made.id}", "ETag": etag(1)})
    return made


@router.get("/{token}", responses=bears(_ONE, ETAG), **acts("token.read"))
def token(token: Id, response: Response, desk: OpenDesk, reader: Reader) -> Token:
    """One token, without its secret. The ETag is its version."""
    shown = show_token(desk, reader, token)
    response.headers["ETag"] = etag(shown.version)
    return shown


@router.post("/{token}/revocation", status_code=201, responses=bears(_ENDED, ETAG), **acts("token.revoke"))
def revoke(token: Id, response: Response, desk: OpenDesk, asking: AskedOf, come: Come) -> Token:
    """End a token at once; not the one that this request came with."""
    ended = revoke_token(desk, asking.actor, token, if_match=asking.if_match, using=come.token)
    response.headers["ETag"] = etag(ended.version)
    return ended
