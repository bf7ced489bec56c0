# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The beat: everything due by now, done once. Each duty is bounded, safe to run twice at once, and loses only time when missed.

papers  draws what was ordered           sweep   lets each day that passed in vain leave its trace in the ledger
fold    moves the flow's tail to its base  forget  deletes answers, finished duties and sessions nobody will ask for again
mail    sends the letters that are owed

Why the sweep writes a fact, though the list of overdue exchanges comes from `awaited_on` alone: that list forgets a breach the
moment the exchange moves on, and a breach is an event, which whoever acts late must find told. It is told exactly once per
stage entered, as the fact `flag` named *overdue* on the day that was missed, because the day is part of the request's key
and of the item that the next sweep looks for. An exchange without a clock, as a register's, has no such day.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from cycle.moment import day_in
from cycle.words import OVERDUE
from people.actors import SYSTEM_ACTOR
from services.asking import Asking
from services.desk import Desk
from services.errors import NotFound, Refused, ServiceError, Stale
from services.exchanges import state_fact
from services.mail import send_next
from services.papers import draw_next
from services.privacy import retention
from services.privacy.retention import ROWS_A_TRANSACTION, until_empty
from storage import flow
from storage.errors import StorageError
from storage.idempotency import KeyReused, KeyRunning
from storage.tables import exchanges, facts

PAPERS_A_PASS = 50
LETTERS_A_PASS = 200
FLAGS_A_PASS = 500


class DutiesFailed(ServiceError):
    """Some duties of a pass failed; the others were done, and the next pass tries all again."""

    code = "beat.duties_failed"


@dataclass(frozen=True, slots=True)
class BeatSummary:
    """How many things each duty did."""

    papers: int
    mail: int
    sweep: int
    fold: int
    forget: int


def pass_once(desk: Desk) -> BeatSummary:
    """Every duty once. Raises DutiesFailed, after the others were done, with the code of each that failed."""
    done: dict[str, int] = {}
    failed: dict[str, str] = {}
    for name, do in DUTIES.items():
        try:
            done[name] = do(desk)
        except (ServiceError, StorageError) as error:
            failed[name] = error.code
    if failed:
        raise DutiesFailed("; ".join(f"{name}: {code}" for name, code in failed.items()), failed=failed)
    return BeatSummary(**done)


def draw_papers(desk: Desk) -> int:
    """How many papers were drawn."""
    return draw_next(desk, PAPERS_A_PASS)


def send_mail(desk: Desk) -> int:
    """How many letters were sent."""
    return send_next(desk, LETTERS_A_PASS)


def sweep(desk: Desk) -> int:
    """How many breaches were told; at most 500, the longest due first, the rest with the next pass."""
    with desk.store.read() as connection:
        late = tuple(_late(desk, connection))
    return sum(_tell(desk, exchange, missed) for exchange, missed in late)


def fold(desk: Desk) -> int:
    """How many rows of the flow's tail were folded."""
    return until_empty(desk, lambda connection: flow.fold(connection, ROWS_A_TRANSACTION))


def forget(desk: Desk) -> int:
    """How many rows and files went that are kept no longer. A dead duty is none: somebody may mend it."""
    return retention.sweep(desk)


DUTIES: dict[str, Callable[[Desk], int]] = {
    "papers": draw_papers,
    "mail": send_mail,
    "sweep": sweep,
    "fold": fold,
    "forget": forget,
}


def _late(desk: Desk, connection: Connection) -> Iterable[tuple[str, str]]:
    left = FLAGS_A_PASS
    for programme in desk.published(connection):
        if left <= 0 or "flag" not in programme.facts:
            continue
        found = connection.execute(_untold(programme.slug, day_in(desk.now(), programme.timezone), left)).all()
        left -= len(found)
        yield from ((row.id, row.awaited_on) for row in found)


def _untold(programme: str, today: str, limit: int) -> Any:
    """Exchanges whose day has passed and whose ledger does not say so yet."""
    told = select(facts.c.exchange).where(
        facts.c.exchange == exchanges.c.id,
        facts.c.item == f"flag-{OVERDUE}",
        facts.c.happens_on == exchanges.c.awaited_on,
    )
    return (
        select(exchanges.c.id, exchanges.c.awaited_on)
        .where(exchanges.c.programme == programme, exchanges.c.awaited_on < today, ~told.exists())
        .order_by(exchanges.c.awaited_on, exchanges.c.id)
        .limit(limit)
    )


def _tell(desk: Desk, exchange: str, missed: str) -> int:
    """Once: a rival with the same key finds the answer given. An exchange that has left by now did breach its day."""
    asking = Asking(SYSTEM_ACTOR, key=f"{OVERDUE}/{exchange}/{missed}")
    try:
        state_fact(desk, asking, exchange, "flag", {"flag": OVERDUE, "on": missed})
    except (NotFound, Refused, Stale, KeyReused, KeyRunning):
        return 0
    return 1
