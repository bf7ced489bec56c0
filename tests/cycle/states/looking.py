# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What a stage test looks at: the needs of a move from here, who could meet each, and who may make it."""

from cycle.explain import Explanation, explain
from cycle.refusals import Refusal
from tests.cycle.play import Play, programme


def told(play: Play, move: str) -> Explanation:
    """The explanation of one move from where the exchange stands."""
    return next(e for e in explain(programme(), play.standing, play.day) if e.move == move)


def moves(play: Play) -> set[str]:
    """The moves that are explained from here at all."""
    return {e.move for e in explain(programme(), play.standing, play.day)}


def who_could(play: Play, move: str) -> dict[str, tuple[str, ...]]:
    """For each missing need, by code, who could meet it."""
    return {reason.code: reason.who_could for reason in told(play, move).judgement.missing}


def advised(play: Play, move: str) -> set[str]:
    """What is only pointed out."""
    return {reason.code for reason in told(play, move).judgement.advice}


def codes(refused: object) -> set[str]:
    """The codes of a refusal; fails when it was no refusal."""
    assert isinstance(refused, Refusal), refused
    return {reason.code for reason in refused.reasons}
