# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Tokens: the keys by which a country's or the secretariat's own programs come in."""

from fastapi import APIRouter, Response

from api.answering import etag, shown
from api.asking import AskedOf, Come, OpenDesk, Reader, Writer
from api.bearing import ETAG, LINK, LOCATION, bears
from api.examples import TOKEN, TOKEN_ENDED, TOKEN_MADE, Responses, shows, shows_made, shows_one, shows_page
from api.paging import ByCursor
from api.policies import acts
from api.schemas import Id, TokenIn
from services.tokens import Created, Token, Tokens, create_token, list_tokens, revoke_token, show_token

router = APIRouter(prefix="/tokens", tags=["tokens"])
_LIST = shows_page(TOKEN)
_ONE = shows_one(TOKEN)
_ENDED = shows_made(TOKEN_ENDED)
_MADE: Responses = {201: shows(TOKEN_MADE, "Made. The secret is shown this once.")}


@router.get("", responses=bears(_LIST, LINK), **acts("token.list"))
def tokens(desk: OpenDesk, reader: Reader, paging: ByCursor) -> Tokens:
    """A page of the tokens the bearer may see, never with their secrets."""
    return paging.show(list_tokens(desk, reader, after=paging.after or "", limit=paging.limit))


@router.post("", status_code=201, responses=bears(_MADE, ETAG, LOCATION), **acts("token.create"))
def create(body: TokenIn, response: Response, desk: OpenDesk, writer: Writer, come: Come) -> Created:
    """Make a token. It takes no Idempotency-Key: an answer kept to be repeated would hold the secret."""
    made = create_token(desk, writer, **body.model_dump(), within=come)
    response.headers.update({"Location": f"/api/v1/tokens/{made.id}", "ETag": etag(1)})
    return made


@router.get("/{token}", responses=bears(_ONE, ETAG), **acts("token.read"))
def token(token: Id, response: Response, desk: OpenDesk, reader: Reader) -> Token:
    """One token, without its secret. The ETag is its version."""
    return shown(response, show_token(desk, reader, token))


@router.post("/{token}/revocation", status_code=201, responses=bears(_ENDED, ETAG), **acts("token.revoke"))
def revoke(token: Id, response: Response, desk: OpenDesk, asking: AskedOf, come: Come) -> Token:
    """End a token at once; not the one that this request came with."""
    ended = revoke_token(desk, asking.actor, token, if_match=asking.if_match, using=come.token)
    return shown(response, ended)
