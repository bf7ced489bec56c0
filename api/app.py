# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The app: routes, pages and guards put together on one open desk. It imports neither Prefect nor WeasyPrint."""

from importlib.metadata import version

from fastapi import APIRouter, Depends, FastAPI
from fastapi.routing import APIRoute
from fastapi.staticfiles import StaticFiles

from api.deprecation import Farewell
from api.guards import guard
from api.methods import Methods
from api.metrics import Figures
from api.openapi import DESCRIPTION, describe
from api.pages import STATIC
from api.pages import board as board_page
from api.pages import entries as entries_page
from api.pages import exchange as exchange_page
from api.pages import invitation as invitation_page
from api.pages import me as me_page
from api.pages import problems as problem_pages
from api.pages import sign_in as sign_in_pages
from api.parameters import only_declared
from api.policies import require_policies
from api.problems import handle_errors, said_twice
from api.routes import (
    agreements,
    board,
    bulk,
    entries,
    evidence,
    exchanges,
    funding,
    health,
    institutions,
    ledger,
    people,
    privacy,
    programmes,
    registers,
    roles,
    seats,
    sessions,
    standins,
    tokens,
    well_known,
)
from services.desk import Desk
from services.opening import Settings

_NOUNS = (
    exchanges.router,
    exchanges.files,
    agreements.router,
    board.router,
    programmes.router,
    funding.router,
    registers.router,
    entries.router,
    evidence.router,
    privacy.router,
    people.router,
    roles.router,
    standins.delegations_router,
    standins.absences_router,
    institutions.router,
    seats.router,
    seats.governments,
    tokens.router,
    sessions.router,
    ledger.router,
    bulk.router,
)
_OUTSIDE = (
    health.router,
    health.figures,
    well_known.router,
    problem_pages.router,
    board_page.router,
    sign_in_pages.router,
    me_page.router,
    entries_page.router,
    exchange_page.router,
    invitation_page.router,
)


def _name(route: APIRoute) -> str:
    """What a client made from the description calls an operation: `exchanges_move`."""
    return "_".join((*map(str, route.tags[:1]), route.name)).replace("-", "_")


def _all_routes() -> APIRouter:
    together = APIRouter(generate_unique_id_function=_name)
    for router in _NOUNS:
        together.include_router(router, prefix="/api/v1", dependencies=[Depends(only_declared)])
    for router in _OUTSIDE:
        together.include_router(router)
    return together


_ROUTES = _all_routes().routes
"""Every route, put together once: FastAPI works out an included route in 2 ms, and there are many, and many apps in tests."""


def create_app(desk: Desk, settings: Settings, *, security_contact: str | None = None) -> FastAPI:
    """The web application on an open desk. Loopback is the server's to keep; foreign hosts are refused here too."""
    app = FastAPI(
        title="Minga",
        version=version("minga"),
        description=DESCRIPTION,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.state.desk = desk
    app.state.public_url = settings.public_url
    app.state.security_contact = security_contact
    app.state.figures = Figures()
    app.router.routes.extend(_ROUTES)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    require_policies(app)
    handle_errors(app)
    for error in sign_in_pages.LEAD_IN:
        app.add_exception_handler(error, sign_in_pages.lead_in)
    app.openapi = lambda: describe(app)  # type: ignore[method-assign]
    app.add_middleware(Farewell)
    app.add_middleware(Methods, refuse=said_twice)
    guard(
        app,
        public_url=settings.public_url,
        new_id=desk.identifiers.new,
        observe=app.state.figures.observe,
        show=problem_pages.AsPages,
    )
    return app
