# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The moves from where an exchange stands, told in one shape by every door."""

from typing import Any

from cycle.explain import Explanation
from observatory.window import Desk, see_moves
from people.actors import Actor


def moves_told(desk: Desk, reader: Actor, exchange: str) -> dict[str, Any]:
    """`{moves: [{move, to, allowed, who_may, missing: [{code, need, who_could}], advice}]}`. Raises NotFound."""
    return {"moves": [move_told(explanation) for explanation in see_moves(desk, reader, exchange)]}


def move_told(explanation: Explanation) -> dict[str, Any]:
    """One explained move. `excused` and `lapsed` name needs that hold nothing back any more, and why."""
    judged = explanation.judgement
    return {
        "move": explanation.move,
        "to": explanation.to,
        "allowed": explanation.allowed,
        "who_may": list(explanation.who_may),
        "missing": [missing.as_dict() for missing in judged.missing],
        "advice": [missing.as_dict() for missing in judged.advice],
        "lapsed": list(judged.lapsed),
        "excused": dict(judged.excused),
    }
