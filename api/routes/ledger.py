# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The ledger: how much there is, and every event of one stream as it is stored."""

from typing import Annotated

from fastapi import APIRouter, Path

from api.answering import shown
from api.asking import OpenDesk, Reader
from api.bearing import ETAG, LINK, bears
from api.examples import LEDGER, STREAM, shows_one
from api.paging import ByEvent
from api.policies import acts
from api.schemas import Id
from observatory.ledger import Ledger, Stream
from observatory.window import see_ledger, see_stream

router = APIRouter(prefix="/ledger", tags=["ledger"])
_SUMMED = shows_one(LEDGER)
_STREAM = shows_one(STREAM)
Kind = Annotated[
    str, Path(pattern="^[a-z]{1,20}$", description="exchange, agreement, programme …", examples=["exchange"])
]


@router.get("", responses=_SUMMED, **acts("ledger.read"))
def ledger(desk: OpenDesk, reader: Reader) -> Ledger:
    """How many streams and events there are, and how many events no sealed tree covers yet."""
    return see_ledger(desk)


@router.get("/streams/{kind}/{name}", responses=bears(_STREAM, ETAG, LINK), **acts("ledger.read"))
def stream(kind: Kind, name: Id, desk: OpenDesk, reader: Reader, paging: ByEvent) -> Stream:
    """A page of one stream's events, with their hashes. The ETag is the number of its last event."""
    return shown(paging.response, paging.show(see_stream(desk, kind, name, after=paging.after, limit=paging.limit)))
