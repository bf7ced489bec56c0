# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Explain: every move from where an exchange stands, with each need and who could meet it, before anyone tries.

The same judgement decides a move, so an explanation and a refusal can never differ.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cycle.programme import Programme
from cycle.refusals import Missing
from cycle.roles import SECRETARIAT, who_may
from cycle.rules import Asked, Lack, Lapse, Move, Need
from cycle.standing import Standing
from cycle.words import Level, Stage


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the needs of one move come to.

    missing holds it back · advice is only pointed out · owed stays open until its stage
    lapsed: met because somebody's term is over · excused: code → waived, not available or before Minga
    unheard: the benches' words (`paper/party/bench`) that were waived or lapsed
    """

    missing: tuple[Missing, ...] = ()
    advice: tuple[Missing, ...] = ()
    owed: tuple[str, ...] = ()
    lapsed: tuple[str, ...] = ()
    excused: Mapping[str, str] = field(default_factory=dict)
    unheard: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """One move from here: whether it may be made now, and if not, why."""

    move: str
    to: str | None
    allowed: bool
    who_may: tuple[str, ...]
    judgement: Judgement


def explain(programme: Programme, standing: Standing, on: str) -> tuple[Explanation, ...]:
    """Every move that starts from the present stage and lifecycle, judged on a day."""
    return tuple(
        explain_move(programme, standing, programme.moves[name], on)
        for name in programme.machine.moves_from(standing.stage)
        if standing.lifecycle in programme.moves[name].while_ and _is_on_the_path(programme.moves[name], standing)
    )


def _is_on_the_path(move: Move, standing: Standing) -> bool:
    """Whether a move lies on this exchange's own path: its own door, and returns only to what lies behind."""
    if move.to is None:
        return True
    there, here = standing.place(move.to), standing.place()
    return there < here if move.is_return else here < there and not (here == 0 and there > 1)


def explain_move(programme: Programme, standing: Standing, move: Move, on: str) -> Explanation:
    judged = judge(programme, standing, move, on, {})
    holders = who_may(move.by, standing, benches=programme.consulted_benches)
    return Explanation(move.name, move.to, not judged.missing, holders, judged)


def judge(programme: Programme, standing: Standing, move: Move, on: str, says: Mapping[str, Any]) -> Judgement:
    """All the needs of a move at once: those of its own and those owed from earlier moves."""
    asked = Asked(standing, on, says, programme.consulted_benches, programme.limits)
    missing: list[Missing] = []
    hints: list[Missing] = []
    owed: list[str] = []
    lapsed: list[str] = []
    excused: dict[str, str] = {}
    unheard: list[str] = []
    for need, level in _due_needs(programme, standing, move):
        lack = need.requirement.lack(asked)
        if lack is None:
            continue
        excuse = _excuse(programme, standing, move, need, lack, on)
        unheard += lack.words if excuse in ("lapsed", "waived") else ()
        if excuse == "lapsed":
            lapsed.append(need.name)
        elif excuse:
            excused[need.name] = excuse
        elif level is Level.MUST:
            missing.append(told(programme, standing, need, lack, movers=move.by))
        else:
            hints.append(told(programme, standing, need, lack, movers=move.by))
            owed += [need.name] if level is Level.LATER else []
    return Judgement(tuple(missing), tuple(hints), tuple(owed), tuple(lapsed), excused, tuple(dict.fromkeys(unheard)))


def _due_needs(programme: Programme, standing: Standing, move: Move) -> list[tuple[Need, Level]]:
    own: list[tuple[Need, Level]] = [
        (need, level) for need in move.needs if (level := need.level(standing.weight)) is not Level.OFF
    ]
    if move.to is None or move.is_return:
        return own
    before = [programme.needs[code] for code in standing.owed if code in programme.needs]
    return own + [(need, _owed_level(need, standing, move.to)) for need in before]


def _owed_level(need: Need, standing: Standing, to: Stage) -> Level:
    due = need.due is not None and standing.place(to) >= standing.place(need.due)
    return Level.MUST if due else Level.LATER


def _excuse(programme: Programme, standing: Standing, move: Move, need: Need, lack: Lack, on: str) -> str | None:
    ahead = move.to is not None and not move.is_return
    if ahead and standing.before_minga and standing.place(move.to) <= standing.place(standing.before_minga):
        return "before Minga"
    if need.name in standing.met:
        return standing.met[need.name]
    if isinstance(need.if_silent, Lapse) and lack.since is not None:
        return "lapsed" if on > _term_ends(programme, standing, need.if_silent, lack) else None
    return None


def told(
    programme: Programme, standing: Standing, need: Need, lack: Lack, *, movers: tuple[str, ...] = (SECRETARIAT,)
) -> Missing:
    """A lack as a reason: its code, the text of the need, and who could bring what is missing.

    What the move itself carries (a reason, a day) is brought by the `movers`, those who may make it.
    """
    requirement = need.requirement
    fact = programme.facts.get(requirement.cure)
    by = fact.by if fact else movers
    benches = lack.benches or programme.consulted_benches
    facts = {**lack.facts, **({"cure": requirement.cure} if fact else {})}
    if lack.since and isinstance(need.if_silent, Lapse):
        facts["lapses_after"] = _term_ends(programme, standing, need.if_silent, lack)
    return Missing(need.name, requirement.text, who_may(by, standing, lack.parties, benches), facts)


def _term_ends(programme: Programme, standing: Standing, lapse: Lapse, lack: Lack) -> str:
    """The last day of the term of those who are silent, in the joint calendar of their countries."""
    countries = tuple(p for p in (lack.parties or standing.members()) if p in programme.countries)
    return programme.calendar.after(str(lack.since), lapse.term.days, countries)
