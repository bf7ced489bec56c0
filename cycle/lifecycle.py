# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The moves that are at home in no single stage: returns, the lifecycle beside the stages, and a party's replacement.

Withdrawn, declined and expired are for the time before execution, terminated from execution on. An ended exchange keeps
its stage and leaves by `reopen` or `renew`; a completed one is reopened into feedback, because closed means completed.
"""

from cycle import requirements as r
from cycle.roles import PARTY, SECRETARIAT, SYSTEM
from cycle.rules import Move, must
from cycle.words import Lifecycle, Stage

_EIGHT = tuple(Stage)[1:9]
_NEGOTIATED = _EIGHT[:3]
_UNDER_WAY = _EIGHT[3:]
_REASON = must("reason", r.move_says("reason"))
_OPEN = (Lifecycle.ACTIVE, Lifecycle.SUSPENDED)
_ENDED_OPENLY = (Lifecycle.WITHDRAWN, Lifecycle.DECLINED, Lifecycle.EXPIRED, Lifecycle.TERMINATED)


def _return_to(stage: Stage) -> Move:
    name = f"return_to_{stage}"
    sources = tuple(s for s in _EIGHT if _EIGHT.index(s) > _EIGHT.index(stage)) + (
        (Stage.OFFER,) if stage is Stage.DEMAND else ()
    )
    needs = (
        _REASON,
        must("earlier_stage", r.lies_earlier(stage.value)),
        *([must("return_confirmed", r.confirmed_below_execution(name))] if stage in _NEGOTIATED else []),
    )
    return Move(name, to=stage, by=(PARTY, SECRETARIAT), needs=needs, sources=sources, is_return=True)


RETURNS = tuple(_return_to(stage) for stage in _EIGHT[:-1])


def _ending(name: str, makes: Lifecycle, sources: tuple[Stage, ...], by: tuple[str, ...]) -> Move:
    return Move(name, to=None, by=by, needs=(_REASON,), sources=sources, while_=_OPEN, lifecycle=makes)


ENDINGS = (
    _ending("withdraw", Lifecycle.WITHDRAWN, (Stage.DRAFT, *_NEGOTIATED), (PARTY, SECRETARIAT)),
    _ending("decline", Lifecycle.DECLINED, _NEGOTIATED, (PARTY, SECRETARIAT)),
    _ending("expire", Lifecycle.EXPIRED, _NEGOTIATED, (SECRETARIAT, SYSTEM)),
    _ending("terminate", Lifecycle.TERMINATED, _UNDER_WAY, (PARTY, SECRETARIAT)),
)

PAUSES = (
    Move(
        "suspend",
        to=None,
        by=(PARTY, SECRETARIAT),
        needs=(_REASON, must("review_date", r.move_says("review_on"))),
        sources=_EIGHT,
        lifecycle=Lifecycle.SUSPENDED,
    ),
    Move(
        "resume",
        to=None,
        by=(PARTY, SECRETARIAT),
        needs=(_REASON,),
        sources=_EIGHT,
        while_=(Lifecycle.SUSPENDED,),
        lifecycle=Lifecycle.ACTIVE,
    ),
)

REVIVALS = (
    Move(
        "reopen",
        to=None,
        by=(SECRETARIAT,),
        needs=(_REASON,),
        sources=(Stage.DRAFT, *_EIGHT),
        while_=_ENDED_OPENLY,
        lifecycle=Lifecycle.ACTIVE,
    ),
    Move(
        "reopen_closed",
        to=Stage.FEEDBACK,
        by=(SECRETARIAT,),
        needs=(_REASON,),
        sources=(Stage.CLOSED,),
        while_=(Lifecycle.COMPLETED,),
        lifecycle=Lifecycle.ACTIVE,
        is_return=True,
    ),
    Move(
        "renew",
        to=None,
        by=(PARTY, SECRETARIAT),
        needs=(_REASON, must("renewed_once", r.not_renewed_before())),
        sources=(*_EIGHT, Stage.CLOSED),
        while_=(*_ENDED_OPENLY, Lifecycle.COMPLETED),
    ),
)

REPLACEMENT = Move(
    "replace_party",
    to=None,
    by=(SECRETARIAT,),
    needs=(
        _REASON,
        must("successor_accepted", r.successor_accepted()),
        must("requester_agrees", r.requester_agrees_to_successor()),
    ),
    sources=(Stage.DRAFT, *_EIGHT),
    while_=_OPEN,
)

MOVES: tuple[Move, ...] = (*RETURNS, *ENDINGS, *PAUSES, *REVIVALS, REPLACEMENT)
