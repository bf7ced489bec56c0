# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Programmes: every published version of the rules that exchanges follow."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Response

from api.answering import etag
from api.asking import OpenDesk, Visitor
from api.bearing import ETAG, bears
from api.examples import PROGRAMME, PROGRAMME_DOCUMENT, shows_one
from api.policies import acts
from api.schemas import ProgrammeLine, Slug
from observatory.window import see_programme, see_programme_version, see_programmes

router = APIRouter(prefix="/programmes", tags=["programmes"])
_LIST = shows_one([PROGRAMME])
_DOCUMENT = shows_one(PROGRAMME_DOCUMENT)
Version = Annotated[int, Path(ge=1, le=2**31 - 1, examples=[1])]


@router.get("", response_model=list[ProgrammeLine], responses=_LIST, **acts("programme.read"))
def programmes(desk: OpenDesk, visitor: Visitor) -> Any:
    """Every published version of every programme."""
    return see_programmes(desk)


@router.get("/{slug}", response_model=list[ProgrammeLine], responses=_LIST, **acts("programme.read"))
def programme(slug: Slug, desk: OpenDesk, visitor: Visitor) -> Any:
    """Every published version of one programme, the newest last."""
    return see_programme(desk, slug)


@router.get("/{slug}/versions/{version}", responses=bears(_DOCUMENT, ETAG), **acts("programme.read"))
def programme_version(
    slug: Slug, version: Version, response: Response, desk: OpenDesk, visitor: Visitor
) -> dict[str, Any]:
    """The rules of one version, resolved: stages, moves, needs, facts, calendars. A version never changes."""
    response.headers["ETag"] = etag(version)
    return dict(see_programme_version(desk, slug, version))
