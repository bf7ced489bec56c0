# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Exchanges: listed, opened, shown, moved; their events, facts and papers."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import FileResponse

from api.answering import answered, begun, shown
from api.asking import Asked, AskedOf, OpenDesk, Reader
from api.bearing import ETAG, LINK, LOCATION, bears
from api.examples import (
    EXCHANGE,
    FACT,
    HAPPENED,
    LINE,
    MOVES,
    PAPER,
    WHOLE,
    Responses,
    shows,
    shows_made,
    shows_one,
    shows_page,
)
from api.paging import ByEvent, name_next
from api.policies import acts
from api.schemas import Day, DraftIn, ExchangeAnswer, FactIn, Id, MoveIn, MovesOut, PaperIn, Reference
from api.schemas_lists import ExchangesAsked
from cycle.items import Item
from observatory.exchange import Whole
from observatory.exchanges import Line, Page
from observatory.history import Pages
from observatory.moves import moves_told
from observatory.window import (
    see_exchange,
    see_exchange_on,
    see_exchanges,
    see_facts,
    see_history,
    see_paper,
    see_papers,
)
from services.asking import Answer
from services.exchanges import draft_exchange, make_move, order_paper, state_fact
from services.paper_files import path_of
from storage.papers import PaperRow

router = APIRouter(prefix="/exchanges", tags=["exchanges"])
_LIST = shows_page(LINE)
_ONE = shows_one(WHOLE)
_ON = shows_one(LINE)
_MOVES = shows_one(MOVES)
_EVENTS = shows_page(HAPPENED)
_FACTS = shows_one([FACT])
_PAPERS = shows_one([PAPER])
_PDF: Responses = {200: {"content": {"application/pdf": {}}}}
_MADE = shows_made(EXCHANGE)
_ORDERED: Responses = {202: shows(EXCHANGE)}


@router.get("", responses=bears(_LIST, LINK), **acts("exchange.list"))
def list_exchanges(
    request: Request,
    response: Response,
    desk: OpenDesk,
    reader: Reader,
    asked: Annotated[ExchangesAsked, Query()],
) -> Page:
    """A page of the exchanges the bearer may know of; the next one is named by `next` and the header Link."""
    named = {"overdue": asked.overdue, "after": asked.after, "limit": asked.limit, "sort": asked.sort}
    page = see_exchanges(desk, reader, asked.filters(), as_of=asked.as_of, known_on=asked.known_on, **named)  # type: ignore[arg-type]
    name_next(request, response, page.next)
    return page


@router.post(
    "", status_code=201, response_model=ExchangeAnswer, responses=bears(_MADE, ETAG, LOCATION), **acts("exchange.draft")
)
def draft(body: DraftIn, response: Response, desk: OpenDesk, asking: Asked) -> Answer:
    """Open an exchange, as a draft that only its own parties and the secretariat see."""
    parties = [party.model_dump(exclude_none=True) for party in body.parties]
    asked = {"programme": body.programme, "title": body.title, "door": body.door, "weight": body.weight}
    done = draft_exchange(desk, body.asked(asking), **asked, parties=parties)
    return begun(response, done, "exchanges", "exchange")


@router.get("/{reference}", responses=bears(_ONE, ETAG), **acts("exchange.read"))
def show(reference: Reference, response: Response, desk: OpenDesk, reader: Reader) -> Whole:
    """One exchange whole. The ETag is its version: send it back as If-Match."""
    return shown(response, see_exchange(desk, reader, reference))


@router.get("/{reference}/on", responses=_ON, **acts("exchange.read"))
def show_on(
    reference: Reference,
    desk: OpenDesk,
    reader: Reader,
    as_of: Annotated[Day | None, Query(description="As it stood at the end of this day.")] = None,
    known_on: Annotated[Day | None, Query(description="By what was recorded by the end of this day.")] = None,
) -> Line:
    """One exchange as it stood on a past day, by what is known now or was known then."""
    return see_exchange_on(desk, reader, reference, as_of, known_on)


@router.get("/{reference}/moves", response_model=MovesOut, responses=_MOVES, **acts("exchange.read"))
def explain_moves(reference: Reference, desk: OpenDesk, reader: Reader) -> object:
    """Every move from here, with everything that is missing and who could bring it."""
    return moves_told(desk, reader, reference)


@router.post(
    "/{reference}/moves",
    status_code=201,
    response_model=ExchangeAnswer,
    responses=bears(_MADE, ETAG),
    **acts("exchange.move"),
)
def move(reference: Reference, body: MoveIn, response: Response, desk: OpenDesk, asking: AskedOf) -> Answer:
    """Make one move, or be told everything that is missing."""
    return answered(response, make_move(desk, body.asked(asking), reference, body.move, body.says))


@router.get("/{reference}/events", responses=bears(_EVENTS, LINK), **acts("exchange.read"))
def events(reference: Reference, desk: OpenDesk, reader: Reader, paging: ByEvent) -> Pages:
    """A page of what happened, in order; what was corrected is struck, never hidden."""
    return paging.show(see_history(desk, reader, reference, after=paging.after, limit=paging.limit))


@router.get("/{reference}/facts", responses=_FACTS, **acts("exchange.read"))
def facts(reference: Reference, desk: OpenDesk, reader: Reader) -> tuple[Item, ...]:
    """Everything that was said, each thing as it stands."""
    return see_facts(desk, reader, reference)


@router.post(
    "/{reference}/facts",
    status_code=201,
    response_model=ExchangeAnswer,
    responses=bears(_MADE, ETAG),
    **acts("exchange.state"),
)
def state(reference: Reference, body: FactIn, response: Response, desk: OpenDesk, asking: AskedOf) -> Answer:
    """Say one fact; the last voice a move waited for makes that move too."""
    return answered(response, state_fact(desk, body.asked(asking), reference, body.kind, body.fields, body.item))


@router.get("/{reference}/papers", responses=_PAPERS, **acts("exchange.read"))
def papers(reference: Reference, desk: OpenDesk, reader: Reader) -> tuple[PaperRow, ...]:
    """The papers about an exchange, ordered and drawn."""
    return see_papers(desk, reader, reference)


@router.post(
    "/{reference}/papers",
    status_code=202,
    response_model=ExchangeAnswer,
    responses=bears(_ORDERED, ETAG),
    **acts("exchange.order"),
)
def order(reference: Reference, body: PaperIn, response: Response, desk: OpenDesk, asking: AskedOf) -> Answer:
    """Order a paper; it is drawn up within seconds where the flows run."""
    return answered(response, order_paper(desk, asking, reference, body.kind))


files = APIRouter(prefix="/papers", tags=["papers"])


@files.get(
    "/{paper}/file",
    response_class=FileResponse,
    responses=bears(_PDF, ETAG),
    **acts("paper.read"),
)
def paper_file(paper: Id, desk: OpenDesk, reader: Reader) -> FileResponse:
    """A drawn paper as PDF; its ETag is the SHA-256 of the file."""
    row = see_paper(desk, reader, paper)
    name = f"{row.kind}-{'-'.join(row.languages)}-{row.version}.pdf"
    path = path_of(desk.papers, str(row.sha256))
    return FileResponse(path, media_type="application/pdf", filename=name, headers={"ETag": f'"{row.sha256}"'})
