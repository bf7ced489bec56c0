# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The words a stage file is written in: stages, moves, needs, and what a party's silence does.

A stage file declares with these and does nothing; a programme chooses among what is declared.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cycle.standing import Standing
from cycle.words import Level, Lifecycle, Stage, Weight


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """A budget in days that are working days for every party that must act."""

    days: int


@dataclass(frozen=True, slots=True)
class Block:
    """Silence blocks for ever: only for a signature and the consent to a match."""


@dataclass(frozen=True, slots=True)
class Lapse:
    """Silence counts as having been asked, once the term is over."""

    term: WorkingDays


@dataclass(frozen=True, slots=True)
class Waive:
    """Silence waits until the secretariat waives the need, with a reason."""


IfSilent = Block | Lapse | Waive


@dataclass(frozen=True, slots=True)
class Asked:
    """What a requirement looks at: the standing, the day it is judged on, and what the command says."""

    standing: Standing
    on: str
    said: Mapping[str, Any]
    benches: tuple[str, ...]
    limits: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Lack:
    """Why a requirement does not hold.

    parties, benches: those who are silent · since: the day their term began, None when it has not · facts: figures
    words: which words are missing, as `paper/party/bench`
    """

    parties: tuple[str, ...] = ()
    benches: tuple[str, ...] = ()
    since: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    words: tuple[str, ...] = ()


Test = Callable[..., Lack | None]


@dataclass(frozen=True, slots=True)
class Requirement:
    """A word of the vocabulary with its parameters: what to look at, and which fact would bring it.

    is_rule: a rule of the cycle, not something a party is waited for: nothing excuses it.
    """

    name: str
    params: tuple[Any, ...]
    test: Test
    text: str
    cure: str
    is_rule: bool = False

    def lack(self, asked: Asked) -> Lack | None:
        return self.test(asked, *self.params)


@dataclass(frozen=True, slots=True)
class Need:
    """What a move needs: a requirement, how hard it binds by weight, and what silence does."""

    name: str
    requirement: Requirement
    levels: Mapping[str, Level]
    due: Stage | None = None
    if_silent: IfSilent = Waive()

    def level(self, weight: str) -> Level:
        return self.levels[weight]


def _everywhere(level: Level, unless: Mapping[Weight, Level] | None) -> Mapping[str, Level]:
    return {weight.value: (unless or {}).get(weight, level) for weight in Weight}


def must(
    name: str,
    requirement: Requirement,
    *,
    if_silent: IfSilent = Waive(),
    unless: Mapping[Weight, Level] | None = None,
) -> Need:
    """A need that holds the move back until it is met."""
    return Need(name, requirement, _everywhere(Level.MUST, unless), if_silent=if_silent)


def later(name: str, requirement: Requirement, *, due: Stage, if_silent: IfSilent = Waive()) -> Need:
    """A need the move may leave open, until the exchange wants to enter stage `due`."""
    return Need(name, requirement, _everywhere(Level.LATER, None), due=due, if_silent=if_silent)


def advice(name: str, requirement: Requirement) -> Need:
    """A need that is only pointed out."""
    return Need(name, requirement, _everywhere(Level.ADVICE, None))


@dataclass(frozen=True, slots=True)
class Move:
    """A named step between stages, or (with `lifecycle`) of the lifecycle beside them.

    sources: the stages it may start from · to: where it leads, None keeps the stage
    while_: the lifecycles it may start from · lifecycle: what it makes of it, None keeps it
    after: the fact kind whose last voice makes the move by itself
    """

    name: str
    to: Stage | None
    by: tuple[str, ...]
    needs: tuple[Need, ...] = ()
    sources: tuple[Stage, ...] = ()
    while_: tuple[Lifecycle, ...] = (Lifecycle.ACTIVE,)
    lifecycle: Lifecycle | None = None
    after: str | None = None
    is_return: bool = False


@dataclass(frozen=True, slots=True)
class StageRules:
    """One stage: its allowance, the papers drawn up on entering it, and the moves that leave it."""

    stage: Stage
    moves: tuple[Move, ...] = ()
    allowance: WorkingDays | None = None
    papers: tuple[str, ...] = ()
