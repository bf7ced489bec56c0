# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""No route without a policy: an app that has one does not start, and a role that never may is told so first."""

import pytest
from fastapi import FastAPI

from api.policies import ACTION, RouteWithoutPolicy, actions_of, acts, require_policies
from people.table import ACTIONS
from tests.api.door import Door, codes


def an_app(**said: object) -> FastAPI:
    """An app with one route of ours."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)

    @app.get("/new", **said)  # type: ignore[arg-type]
    def new() -> str:
        return "new"

    return app


def test_an_app_whose_routes_name_their_actions_starts() -> None:
    require_policies(an_app(**acts("board.read")))


@pytest.mark.parametrize("said", [{}, {"openapi_extra": {ACTION: "board.paint"}}, {"openapi_extra": {"x-other": "x"}}])
def test_an_app_with_a_route_without_a_policy_does_not_start(said: dict[str, object]) -> None:
    with pytest.raises(RouteWithoutPolicy, match="/new"):
        require_policies(an_app(**said))


def test_a_route_cannot_even_be_written_with_an_action_nobody_knows() -> None:
    with pytest.raises(RouteWithoutPolicy, match=r"board\.paint"):
        acts("board.paint")


def test_pages_and_what_the_framework_serves_are_judged_too() -> None:
    app = FastAPI(openapi_url="/else.json", docs_url=None, redoc_url=None)
    with pytest.raises(RouteWithoutPolicy, match=r"/else\.json"):
        require_policies(app)


def test_every_route_of_the_house_names_an_action(door: Door) -> None:
    named = dict(actions_of(door.client.app))  # type: ignore[attr-defined]
    assert {path for path, action in named.items() if action not in ACTIONS} == set()
    assert {"/", "/static", "/problems/{code}", "/api/v1/openapi.json"} <= set(named)


def test_a_role_that_never_may_hears_so_before_its_body_is_judged(door: Door) -> None:
    reference = door.house.reference(door.house.matched())
    for who, expected in (("aldo", (403, "permission.denied")), ("bruno", (422, "request.invalid"))):
        assert codes(door.post(who, "/exchanges", {"nothing": "right"})) == expected
    assert codes(door.post("aldo", f"/exchanges/{reference}/papers", {"nothing": 1})) == (403, "permission.denied")
