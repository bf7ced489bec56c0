# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Every operation names its action in the policy table: said in its description, and judged by role before anything else.

What a role may never do is refused here, before the body is read for its meaning; whose thing it is, and how it stands, is
judged by the service that loads it. An app with a route that names no action does not start.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Annotated, Any

from fastapi import Depends, FastAPI
from fastapi.routing import iter_route_contexts

from api.asking import come_in
from people.actors import Role
from people.policy import can, ever
from people.table import ACTIONS
from services.errors import require
from services.tokens import Bearer

ACTION = "x-minga-action"
"""Where the description of an operation names its action."""

SERVED: Mapping[str, str] = {"/static": "static.read", "/api/v1/openapi.json": "openapi.read"}
"""What is served without an operation of ours: path → action."""


class RouteWithoutPolicy(Exception):
    """A route names no action, or one that stands nowhere in people/table.py: the app does not start."""


def acts(action: str) -> dict[str, Any]:
    """What a route says of itself: `@router.post("…", **acts("exchange.move"))`. Raises RouteWithoutPolicy."""
    if action not in ACTIONS:
        raise RouteWithoutPolicy(f"{action} stands in no row of people/table.py")
    public = ever(Role.PUBLIC, action)
    return {"openapi_extra": {ACTION: action}, "dependencies": [] if public else [Depends(_whose_role_may(action))]}


def _whose_role_may(action: str) -> Callable[[Bearer], Awaitable[None]]:
    async def judge(come: Annotated[Bearer, Depends(come_in)]) -> None:
        if not ever(come.actor.role, action):
            require(can(come.actor, action))

    return judge


def require_policies(app: FastAPI) -> None:
    """Raises RouteWithoutPolicy, naming every route without an action of the table."""
    without = sorted({path for path, action in actions_of(app) if action not in ACTIONS})
    if without:
        raise RouteWithoutPolicy(f"no action of people/table.py: {', '.join(without)}")


def actions_of(app: FastAPI) -> Iterator[tuple[str, str | None]]:
    """Every route of an app by its path, with the action it names."""
    for route in iter_route_contexts(app.routes):
        path = str(route.path)
        said = getattr(route, "openapi_extra", None) or {}
        yield path, said.get(ACTION, SERVED.get(path))
