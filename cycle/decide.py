# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Decide: a programme, a standing, a command and a moment give events, or a refusal with all its reasons.

Pure: no I/O, no clock, no randomness. Facts are accepted in any lifecycle; only moves are refused.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from cycle import events as e
from cycle.carried import PARTIES, carried, unsayable
from cycle.checking import party_kind
from cycle.commands import MakeMove, StateFact
from cycle.drafting import decide_draft
from cycle.events import Happening
from cycle.explain import Judgement, judge
from cycle.facts_said import decide_fact
from cycle.moment import Moment
from cycle.programme import Programme
from cycle.refusals import Missing, Refusal
from cycle.rules import Move
from cycle.standing import Standing
from cycle.words import OVERDUE, Lifecycle

Decision = tuple[Happening, ...] | Refusal

__all__ = ["Decision", "decide", "decide_draft"]


def decide(programme: Programme, standing: Standing, command: MakeMove | StateFact, moment: Moment) -> Decision:
    """What a command on an exchange comes to. A refusal names every reason at once."""
    if moment.is_in_the_future:
        return Refusal.because("moment.in_the_future", "what is told has happened already", day=moment.occurred_on)
    if isinstance(command, MakeMove):
        return decide_move(programme, standing, command, moment)
    said = decide_fact(programme, standing, command, moment)
    return (
        said if isinstance(said, Refusal) else _with_move_of_the_last_voice(programme, standing, command, said, moment)
    )


def decide_move(programme: Programme, standing: Standing, command: MakeMove, moment: Moment) -> Decision:
    """Whether a move may be made; if so, the event that makes it, and that a breach told meanwhile was none."""
    move = programme.moves.get(command.move)
    if move is None:
        return Refusal.because("move.unknown", f"a move of this programme; {command.move} is none", move=command.move)
    misplaced = _misplaced(programme, standing, move, moment)
    if misplaced:
        return Refusal("move.not_from_here", tuple(misplaced))
    malformed = unsayable(programme, move, command.says, moment)
    if malformed:
        return Refusal(
            "move.malformed", (*malformed, *_missing_besides(programme, standing, move, command, moment, malformed))
        )
    judged = judge(programme, standing, move, moment.occurred_on, command.says)
    if judged.missing:
        return Refusal("requirements.unmet", judged.missing)
    return (_moved(programme, standing, move, command, moment, judged), *_excused(standing, move, moment))


def _misplaced(programme: Programme, standing: Standing, move: Move, moment: Moment) -> list[Missing]:
    reasons: list[Missing] = []
    if not programme.machine.allows(move.name, standing.stage):
        need = f"{move.name} starts from {', '.join(move.sources)}"
        reasons.append(Missing("move.not_from_this_stage", need, facts={"stage": standing.stage}))
    elif move.to and not move.is_return and standing.place(move.to) <= standing.place():
        need = f"on this exchange's path {move.to} lies ahead; back leads return_to_{move.to}"
        reasons.append(Missing("move.not_ahead", need, facts={"stage": standing.stage}))
    if standing.lifecycle not in move.while_:
        need = f"{move.name} is for an exchange that is {', '.join(move.while_)}"
        reasons.append(Missing(f"lifecycle.{standing.lifecycle}", need))
    if standing.moved_at and moment.occurred_at < standing.moved_at:
        need = "a move happens no earlier than the move before it"
        reasons.append(Missing("moment.before_previous_move", need, facts={"previous_move_at": standing.moved_at}))
    return reasons


def _missing_besides(
    programme: Programme,
    standing: Standing,
    move: Move,
    command: MakeMove,
    moment: Moment,
    malformed: Sequence[Missing],
) -> tuple[Missing, ...]:
    """What the move misses besides what it carries in a wrong form. Which party is meant, many needs turn on."""
    wrong = {one.facts["field"] for one in malformed}
    if wrong & PARTIES:
        return ()
    says = {name: value for name, value in command.says.items() if name not in wrong}
    judged = judge(programme, standing, move, moment.occurred_on, says)
    return tuple(one for one in judged.missing if one.facts.get("field") not in wrong)


def _moved(
    programme: Programme,
    standing: Standing,
    move: Move,
    command: MakeMove,
    moment: Moment,
    judged: Judgement,
) -> Happening:
    to = programme.machine.destination(move.name, standing.stage)
    payload: dict[str, Any] = {"move": move.name, "from": standing.stage, "on": moment.occurred_on}
    payload |= carried(move, command.says)
    if move.name == "replace_party":
        return Happening(e.PARTY_REPLACED, payload | _replacement(programme, standing, command.says))
    if move.name == "renew":
        return Happening(e.EXCHANGE_RENEWED, payload)
    if move.lifecycle:
        payload["lifecycle"] = move.lifecycle.value
    if move.to is None:
        return Happening(e.LIFECYCLE_CHANGED, {**payload, **_going_on(programme, standing, move, moment)})
    payload |= _entering(programme, standing, move, to, moment)
    payload |= _notes(judged)
    if move.is_return:
        payload["owed"] = _still_owed(programme, standing, to)
    if command.reference:
        payload["reference"] = command.reference
    payload |= _answering(standing, move, command.says)
    return Happening(e.STAGE_MOVED, payload)


def _excused(standing: Standing, move: Move, moment: Moment) -> tuple[Happening, ...]:
    """A breach that was told stays told: that its stage was left in time, and this is only heard late, is told beside it."""
    missed = standing.said.get(f"flag.{OVERDUE}")
    is_open = missed == standing.awaited_on and missed is not None and standing.said.get("excused_breach") != missed
    if not is_open or moment.occurred_on > str(missed) or not (move.to or move.lifecycle):
        return ()
    return (Happening(e.BREACH_EXCUSED, {"missed": missed, "move": move.name, "on": moment.occurred_on}),)


def _going_on(programme: Programme, standing: Standing, move: Move, moment: Moment) -> Mapping[str, Any]:
    """Time at rest is not used up: who resumes has the working days that were left. What was overdue before stays so."""
    since, due_on = standing.said.get("resting_since"), standing.due_on
    if move.lifecycle is not Lifecycle.ACTIVE or due_on is None or since is None or due_on < since:
        return {}
    countries = standing.members(kind="country")
    rested = programme.calendar.between(since, moment.occurred_on, countries)
    return {"due_on": programme.calendar.after(due_on, rested, countries)}


def _entering(programme: Programme, standing: Standing, move: Move, to: str, moment: Moment) -> Mapping[str, Any]:
    countries = standing.members(kind="country")
    due_on = programme.due_on(to, moment.occurred_on, countries)
    lap = {"lap": standing.lap + 1} if move.is_return else {}
    return {"to": to, "due_on": due_on, **lap}


def _notes(judged: Judgement) -> Mapping[str, Any]:
    notes = {"owed": sorted(judged.owed), "lapsed": sorted(judged.lapsed), "excused": dict(judged.excused)}
    notes["unheard"] = sorted(judged.unheard)
    return {name: note for name, note in notes.items() if note or name == "owed"}


def _still_owed(programme: Programme, standing: Standing, to: str) -> list[str]:
    """A return keeps what was owed, but for what the moves ahead will ask for again."""
    if not standing.owed:
        return []
    ahead = {
        need.name
        for move in programme.moves.values()
        if not move.is_return and move.to and max(map(standing.place, move.sources)) >= standing.place(to)
        for need in move.needs
    }
    return sorted(code for code in standing.owed if code not in ahead)


def _answering(standing: Standing, move: Move, says: Mapping[str, Any]) -> Mapping[str, Any]:
    """Who was chosen among those who answered; the others are declined with thanks."""
    if move.name not in ("answer_offer", "answer_demand"):
        return {}
    chosen = says.get("counterpart") or standing.counterparts()[0]
    thanked = sorted(p for p in standing.candidates() if p != chosen)
    return {"counterpart": chosen, "declined_with_thanks": thanked}


def _replacement(programme: Programme, standing: Standing, says: Mapping[str, Any]) -> dict[str, Any]:
    texts = {paper: standing.text_version(paper) + 1 for paper in ("agreement", "roadmap")}
    accepted = f"acceptance/{says['old']}" in standing.said
    return {
        "kind": party_kind(programme, str(says["new"])),
        "texts": texts,
        "forgets": ["roadmap_approval"],
        "carries": ["acceptance"] if accepted else [],
    }


def _with_move_of_the_last_voice(
    programme: Programme, standing: Standing, command: StateFact, said: tuple[Happening, ...], moment: Moment
) -> Decision:
    """The last acceptance moves: where a move waits for a kind of fact and nothing else is missing, it is made too."""
    from cycle.evolve import evolve

    for name in programme.machine.moves_from(standing.stage):
        move = programme.moves[name]
        if move.after != command.kind or standing.lifecycle not in move.while_:
            continue
        after = standing
        for happening in said:
            after = evolve(after, _Foreseen(happening, after.seq + 1, moment))
        made = decide_move(programme, after, MakeMove(name, {"by_itself": True}), moment)
        if not isinstance(made, Refusal):
            return (*said, *made)
    return said


class _Foreseen:
    """An event as it will stand in the stream, for looking one step ahead."""

    def __init__(self, happening: Happening, seq: int, moment: Moment) -> None:
        self.type = happening.type
        self.payload = happening.payload
        self.seq = seq
        self.occurred_at = moment.occurred_at
        self.recorded_at = moment.recorded_at
