"""The app: routes, pages and guards put together on one open desk. It imports neither Prefect nor WeasyPrint."""

from importlib.metadata import version

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from api.guards import guard
from api.methods import Methods
from api.metrics import Figures
from api.openapi import DESCRIPTION, describe
from api.pages import STATIC
from api.pages import board as board_page
from api.pages import problems as problem_pages
from api.policies import require_policies
from api.problems import handle_errors
from api.routes import agreements, board, bulk, exchanges, funding, health, ledger, programmes, registers, tokens
from services.desk import Desk, Settings

_NOUNS = (
    exchanges.router,
    exchanges.files,
    agreements.router,
    board.router,
    programmes.router,
    funding.router,
    registers.router,
    tokens.router,
    ledger.router,
    bulk.router,
)


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
    app.state.figures = Figures()
    for router in _NOUNS:
        app.include_router(router, prefix="/api/v1")
    app.include_router(health.router)
    app.include_router(health.figures)
    app.include_router(problem_pages.router)
    app.include_router(board_page.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    require_policies(app)
    handle_errors(app)
    app.openapi = lambda: describe(app)  # type: ignore[method-assign]
    app.add_middleware(Methods)
    guard(
        app,
        public_url=settings.public_url,
        new_id=desk.identifiers.new,
        observe=app.state.figures.observe,
    )
    return app
