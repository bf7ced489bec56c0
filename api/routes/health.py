# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Health: whether this process lives, whether it can do its work, and its figures for those who watch."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response, Security
from fastapi.security import HTTPAuthorizationCredentials

from api.asking import OpenDesk, bearer, come_in, reaching
from api.guards.hosts import is_near
from api.metrics import MEDIA_TYPE
from api.policies import ACTION, acts
from api.problems import refusals
from observatory.vitals import require_ready, see_vitals
from observatory.window import see_programmes
from people.policy import can
from services.errors import require
from services.tokens import METRICS

router = APIRouter(prefix="/health", tags=["health"])
figures = APIRouter(tags=["health"])


def _for_example(answer: dict[str, str | int]) -> dict[int | str, dict[str, Any]]:
    return {200: {"content": {"application/json": {"example": answer}}}}


@router.get("/live", responses=_for_example({"status": "live"}), **acts("health.read"))
def live() -> dict[str, str]:
    """This process answers."""
    return {"status": "live"}


@router.get(
    "/ready",
    responses={**_for_example({"status": "ready", "programmes": 1}), **refusals(503)},
    **acts("health.read"),
)
def ready(desk: OpenDesk) -> dict[str, str | int]:
    """The database answers, its schema is the newest, and the disk takes files; a problem names what is not so."""
    require_ready(desk)
    return {"status": "ready", "programmes": len(see_programmes(desk))}


def _watching(
    request: Request, desk: OpenDesk, given: Annotated[HTTPAuthorizationCredentials | None, Security(bearer)]
) -> None:
    """Whoever asks from this machine itself; from elsewhere a token of somebody who may, and be it good for this alone."""
    if not is_near(request.scope):
        require(can(reaching(come_in(desk, given), METRICS, "read"), "metrics.read"))


@figures.get(
    "/metrics",
    include_in_schema=False,
    openapi_extra={ACTION: "metrics.read"},
    dependencies=[Depends(_watching)],
    response_class=Response,
)
def metrics(request: Request, desk: OpenDesk) -> Response:
    """Figures for Prometheus."""
    return Response(request.app.state.figures.told(see_vitals(desk)), media_type=MEDIA_TYPE)
