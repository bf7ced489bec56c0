# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Privacy: one's own data to take away, and the erasure of persons, asked for by one officer and decided by another."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Response

from api.asking import Asked, OpenDesk, Reader
from api.examples import ERASURE, ERASURE_ANSWER, OWN_DATA, Responses, shows
from api.policies import acts
from api.schemas import NAMED
from api.schemas_privacy import ErasureAnswer, ErasureIn
from people.erasure import Erasure, SealedPlace
from services.asking import Answer, Asking
from services.privacy.erasure import ask_erasure, decide_erasure, erasures
from services.privacy.own_data import own_data

router = APIRouter(tags=["privacy"])
_ASKED: Responses = {201: shows({**ERASURE_ANSWER, "status": "asked"})}
ErasureId = Annotated[str, Path(pattern=NAMED, max_length=64, description="The id of an erasure.")]


@router.get("/me/data", responses={200: shows(OWN_DATA)}, **acts("export.own"))
def my_data(response: Response, desk: OpenDesk, reader: Reader) -> dict[str, Any]:
    """All that is kept about the bearer, as a file: rows that name them, and the events they recorded, by reference."""
    response.headers["Content-Disposition"] = 'attachment; filename="minga-own-data.json"'
    return own_data(desk, reader)


@router.get("/erasures", responses={200: shows([ERASURE])}, **acts("person.erase"))
def list_erasures(desk: OpenDesk, reader: Reader) -> tuple[Erasure, ...]:
    """Every erasure that was asked for, the first leading; none of them names anybody."""
    return erasures(desk, Asking(reader))


@router.post("/erasures", status_code=201, response_model=ErasureAnswer, responses=_ASKED, **acts("person.erase"))
def ask(body: ErasureIn, desk: OpenDesk, asking: Asked) -> Answer:
    """Ask that a person's names and contacts be erased. Another officer decides it."""
    named = [SealedPlace(one.stream, one.seq, one.field) for one in body.values]
    return ask_erasure(desk, asking, body.person, body.reason, named)


@router.post(
    "/erasures/{erasure}/decisions",
    status_code=201,
    response_model=ErasureAnswer,
    responses={201: shows(ERASURE_ANSWER)},
    **acts("person.erase"),
)
def decide(erasure: ErasureId, desk: OpenDesk, asking: Asked) -> Answer:
    """Decide an erasure that another officer asked for: it is carried out at once, and the chain stays whole."""
    return decide_erasure(desk, asking, erasure)
