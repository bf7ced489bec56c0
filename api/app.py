"""The app: routes, pages and guards put together on one open desk. It imports neither Prefect nor WeasyPrint."""

from importlib.metadata import version

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.staticfiles import StaticFiles

from api.guards import Headers, OurHost, SmallBody
from api.pages import STATIC
from api.pages import board as board_page
from api.pages import problems as problem_pages
from api.problems import handle_errors
from api.routes import agreements, board, exchanges, health
from api.schemas import Problem
from services.desk import Desk, Settings

DESCRIPTION = """Minga carries every South-South exchange through its cooperation cycle.

Every error is a problem document with a stable `code`. Commands take `Idempotency-Key` and `If-Match`.
"""


def create_app(desk: Desk, settings: Settings) -> FastAPI:
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
    for router in (exchanges.router, exchanges.files, agreements.router, board.router):
        app.include_router(router, prefix="/api/v1")
    app.include_router(health.router)
    app.include_router(problem_pages.router)
    app.include_router(board_page.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    handle_errors(app)
    app.openapi = lambda: _described(app)  # type: ignore[method-assign]
    for guard in (SmallBody, OurHost, Headers):
        app.add_middleware(guard)
    return app


def _described(app: FastAPI) -> dict[str, object]:
    """The description of the API, with the problem document among its schemas."""
    if app.openapi_schema is None:
        told = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
        problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        told.setdefault("components", {}).setdefault("schemas", {})["Problem"] = problem
        app.openapi_schema = told
    return app.openapi_schema
