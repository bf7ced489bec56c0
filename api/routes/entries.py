# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Entries in a country's name: listed for the country, confirmed or contested in one tap."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from api.answering import answered
from api.asking import AskedOf, OpenDesk, Reader
from api.bearing import ETAG, LINK, bears
from api.examples import ENTRY, ENTRY_ANSWER, UNHEARD, shows, shows_made, shows_page
from api.paging import ByCursor
from api.policies import acts
from api.schemas import Reference
from api.schemas_privacy import ContestIn, EntryAnswer
from observatory.entries import Entries
from observatory.exceptions import Irregular
from observatory.window_registers import see_entries, see_unheard
from services.asking import Answer
from services.entries import confirm_entry, contest_entry

router = APIRouter(tags=["entries"])
_LIST = shows_page(ENTRY)
_ANSWERED = shows_made(ENTRY_ANSWER)
Seq = Annotated[int, Path(ge=1, le=2**31 - 1, description="The event that was entered.", examples=[12])]


@router.get("/entries", responses=bears(_LIST, LINK), **acts("entry.list"))
def entries(
    desk: OpenDesk,
    reader: Reader,
    paging: ByCursor,
    waiting: Annotated[bool, Query(description="Only those that nobody has answered.")] = False,
) -> Entries:
    """A page of what was entered in the name of the bearer's party; for those who read all, of everybody's."""
    return paging.show(see_entries(desk, reader, waiting=waiting, after=paging.after, limit=paging.limit))


@router.get("/replies", responses={200: shows([UNHEARD])}, **acts("exceptions.read"))
def replies(desk: OpenDesk, reader: Reader) -> tuple[Irregular, ...]:
    """Moves that did not wait for the word of the bearer's bench, and to which it may reply: say the fact `reply`."""
    return see_unheard(desk, reader)


@router.post(
    "/exchanges/{reference}/entries/{entry}/confirmations",
    status_code=201,
    response_model=EntryAnswer,
    responses=bears(_ANSWERED, ETAG),
    **acts("entry.confirm"),
)
def confirm(reference: Reference, entry: Seq, response: Response, desk: OpenDesk, asking: AskedOf) -> Answer:
    """Say that an entry is what one's country said."""
    return answered(response, confirm_entry(desk, asking, reference, entry))


@router.post(
    "/exchanges/{reference}/entries/{entry}/contests",
    status_code=201,
    response_model=EntryAnswer,
    responses=bears(_ANSWERED, ETAG),
    **acts("entry.contest"),
)
def contest(
    reference: Reference, entry: Seq, body: ContestIn, response: Response, desk: OpenDesk, asking: AskedOf
) -> Answer:
    """Say that an entry is not what one's country said. It stays, and shows as contested."""
    return answered(response, contest_entry(desk, asking, reference, entry, body.reason))
