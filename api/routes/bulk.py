# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Many moves and facts at once, each with an outcome of its own."""

from fastapi import APIRouter

from api.asking import Asked, OpenDesk
from api.examples import BULK, Responses, shows
from api.policies import acts
from api.problems import document_of
from api.schemas import BulkIn, BulkOut, BulkOutcome
from services.bulk import Outcome, do_many

router = APIRouter(prefix="/bulk", tags=["exchanges"])
_DONE: Responses = {200: shows(BULK, "Each item's outcome, in their order.")}


@router.post("/exchanges", responses=_DONE, **acts("bulk.run"))
def many(body: BulkIn, desk: OpenDesk, asking: Asked) -> BulkOut:
    """Make moves and say facts of many exchanges, each judged by itself; `dry_run` writes nothing. Nobody signs in bulk."""
    outcomes = do_many(desk, asking, [item.asked() for item in body.items], dry_run=body.dry_run)
    told = [_told(outcome) for outcome in outcomes]
    return BulkOut(dry_run=body.dry_run, done=sum(one.problem is None for one in told), outcomes=told)


def _told(outcome: Outcome) -> BulkOutcome:
    if outcome.error is None:
        return BulkOutcome(exchange=outcome.exchange, status=201, answer=dict(outcome.answer or {}), problem=None)
    problem = document_of(outcome.error)
    return BulkOutcome(exchange=outcome.exchange, status=problem["status"], answer=None, problem=problem)
