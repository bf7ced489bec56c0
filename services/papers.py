# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Drawing up what was ordered: duties of the outbox become files, and the ledger remembers each file by its hash.

The facts of a paper are those up to the event that ordered it, so drawing it again gives the same bytes. First the file is
on the disk, then one transaction finishes the duty, appends PaperDrawnUp and fills the row. Whoever dies between the two
leaves a file that the next attempt finds; whoever loses the lease, or draws what was drawn meanwhile, writes no event.
"""

import logging
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from agreements.agreement import Agreement
from cycle import events as e
from cycle.events import Happening
from cycle.programme import Programme
from cycle.standing import Standing
from documents.codec import facts_to_json
from documents.drawing import draw as draw_pdf
from documents.refusals import PaperNotDrawn
from people.actors import SYSTEM_ACTOR
from services.act import Act
from services.desk import Desk
from services.errors import NotFound, ServiceError
from services.owed import claim_next, fail, finish
from services.paper_facts import facts_of, kind_of
from services.paper_files import holds, keep, path_of
from services.recording import record_on_exchange
from services.recording_agreements import record_on_agreement
from storage import agreements, exchanges, outbox, papers
from storage.outbox import Duty, LeaseLost
from storage.papers import PaperRow

LEASE_SECONDS = 180.0
"""Three times what the drawing of one paper may take."""

TROUBLES = (
    *(PaperNotDrawn, ServiceError, OSError),
    *(ValueError, LookupError, TypeError, AttributeError, ArithmeticError),
)
"""What keeps one paper from being drawn and must not keep the others: refusals, the disk, facts nobody foresaw."""

logger = logging.getLogger("minga.papers")


class PaperDiffers(ServiceError):
    """A paper drawn again has other bytes than the ledger remembers: a name was erased, or the packages that draw changed.

    Nothing is kept: the file that was drawn first is the paper.
    """

    code = "paper.differs"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawn paper: its row's facts, and where its file lies."""

    paper: str
    sha256: str
    bytes: int
    pages: int
    path: Path


def draw_next(desk: Desk, limit: int = 10) -> int:
    """Draws up to `limit` papers that are owed and due, one lease at a time; how many were drawn."""
    drawn = 0
    for _ in range(limit):
        duty = claim_next(desk, papers.DUTY, LEASE_SECONDS)
        if duty is None:
            break
        drawn += _draw_owed(desk, duty)
    return drawn


def draw(desk: Desk, paper: str) -> Drawn:
    """Draws one paper, or finds it drawn. Its duty, if still open, finds the work done.

    A drawn paper whose file is gone is drawn again, and only kept when its bytes are those remembered.
    Raises NotFound, PaperNotDrawn, PaperDiffers.
    """
    return _draw(desk, paper, None)


def _draw_owed(desk: Desk, duty: Duty) -> int:
    try:
        _draw(desk, duty.id, duty)
    except LeaseLost:
        return 0
    except TROUBLES as error:
        fail(desk, duty, _code_of(error), logger=logger, said=f"Paper {duty.id} was not drawn")
        return 0
    return 1


def _code_of(error: Exception) -> str:
    """Why a paper was not drawn. What an error says may hold names, so only its kind is told."""
    if isinstance(error, PaperNotDrawn | ServiceError):
        return error.code
    return "paper.not_kept" if isinstance(error, OSError) else f"paper.facts_failed ({type(error).__name__})"


def _draw(desk: Desk, paper: str, duty: Duty | None) -> Drawn:
    row = _row(desk, paper)
    known = _drawn(desk, row)
    if known and holds(known.path, known.sha256):
        if duty is not None:
            finish(desk, duty)
        return known
    with desk.store.read() as connection:
        facts = facts_to_json(facts_of(desk, connection, row))
    made = draw_pdf(kind_of(row.kind), facts, row.languages)
    if known and known.sha256 != made.sha256:
        raise PaperDiffers(f"paper {paper} was drawn as {known.sha256}", drawn=known.sha256, now=made.sha256)
    drawn = Drawn(paper, made.sha256, len(made.pdf), made.pages, keep(desk.papers, made.pdf))
    return desk.store.write(lambda connection: _remember(desk, connection, row, drawn, duty))


def _row(desk: Desk, paper: str) -> PaperRow:
    with desk.store.read() as connection:
        row = papers.find(connection, paper)
    if row is None:
        raise NotFound(f"no paper {paper}", paper=paper)
    return row


def _drawn(desk: Desk, row: PaperRow) -> Drawn | None:
    if row.sha256 is None or row.bytes is None or row.pages is None:
        return None
    return Drawn(row.id, row.sha256, row.bytes, row.pages, path_of(desk.papers, row.sha256))


def _remember(desk: Desk, connection: Connection, row: PaperRow, drawn: Drawn, duty: Duty | None) -> Drawn:
    """One transaction: the lease is still ours, the stream is locked, and nobody remembered this paper meanwhile."""
    if duty is not None:
        outbox.finish(connection, duty.id, duty.lease or "", desk.now())
    if _recorded(desk, connection, row, drawn):
        return drawn
    known = papers.find(connection, row.id)
    return (_drawn(desk, known) if known else None) or drawn


def _recorded(desk: Desk, connection: Connection, row: PaperRow, drawn: Drawn) -> bool:
    """Whether the paper was still owed; then what it belongs to remembers it."""
    payload = {"paper": drawn.paper, "sha256": drawn.sha256, "bytes": drawn.bytes, "pages": drawn.pages}
    told = [Happening(e.PAPER_DRAWN_UP, payload)]
    if row.agreement:
        agreement = agreements.load(connection, row.agreement, lock=True)
        if agreement is None or not _is_owed(connection, row):
            return False
        record_on_agreement(*_act(desk, connection, agreement.standing), agreement, told)
    else:
        exchange = exchanges.load(connection, row.exchange or "", lock=True)
        if exchange is None or not _is_owed(connection, row):
            return False
        record_on_exchange(*_act(desk, connection, exchange.standing), exchange, told)
    return True


def _act(desk: Desk, connection: Connection, standing: Agreement | Standing) -> tuple[Act, Programme]:
    """Minga's own act, under the programme of what a paper belongs to."""
    programme = desk.programme(connection, standing.programme, standing.programme_version)
    return Act(desk, connection, SYSTEM_ACTOR, desk.moment(programme)), programme


def _is_owed(connection: Connection, row: PaperRow) -> bool:
    """Read once the stream is locked: a rival that drew it has committed by now."""
    known = papers.find(connection, row.id)
    return known is not None and known.status == "ordered"
