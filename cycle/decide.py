"""Decide: a programme, a standing, a command and a moment give events, or a refusal with all its reasons.

Pure: no I/O, no clock, no randomness. Facts are accepted in any lifecycle; only moves are refused.
"""

from collections.abc import Mapping
from typing import Any

from cycle import events as e
from cycle.checking import check_fields, party_kind
from cycle.commands import DraftExchange, MakeMove, StateFact
from cycle.events import Happening
from cycle.explain import Judgement, judge
from cycle.facts_said import decide_fact
from cycle.moment import Moment
from cycle.programme import Programme
from cycle.refusals import Missing, Refusal
from cycle.rules import Move
from cycle.standing import Standing

Decision = tuple[Happening, ...] | Refusal

_CARRIES: Mapping[str, tuple[str, ...]] = {
    "answer_offer": ("counterpart",),
    "answer_demand": ("counterpart",),
    "suspend": ("review_on",),
    "replace_party": ("old", "new", "institution"),
}

__all__ = ["Decision", "check_fields", "decide", "decide_draft"]


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


def decide_draft(programme: Programme, command: DraftExchange, moment: Moment) -> Decision:
    """The first event of a new exchange."""
    if moment.is_in_the_future:
        return Refusal.because("moment.in_the_future", "what is told has happened already", day=moment.occurred_on)
    mistakes = _draft_mistakes(programme, command)
    if mistakes:
        return Refusal("exchange.not_drafted", tuple(mistakes))
    payload = {
        "programme": programme.slug,
        "programme_version": programme.version,
        "title": command.title.strip(),
        "origin": command.origin,
        "weight": command.weight,
        "door": command.door,
        "first_party": _first_party(command),
        "parties": [
            {
                "party": p.party,
                "role": p.role,
                "kind": party_kind(programme, p.party),
                **({"institution": p.institution} if p.institution else {}),
            }
            for p in command.parties
        ],
        "on": moment.occurred_on,
        **({"derived_from": command.derived_from} if command.derived_from else {}),
    }
    return (Happening(e.EXCHANGE_DRAFTED, payload),)


def _first_party(command: DraftExchange) -> str:
    opening = "offers" if command.door == "offer" else "asks"
    return next(p.party for p in command.parties if p.role in (opening, "both"))


def _draft_mistakes(programme: Programme, command: DraftExchange) -> list[Missing]:
    mistakes: list[Missing] = []
    if not command.title.strip():
        mistakes.append(Missing("exchange.title_missing", "an exchange has a title"))
    if command.door not in ("offer", "demand"):
        mistakes.append(Missing("exchange.door_unknown", "an exchange begins with an offer or a demand"))
    if command.weight not in programme.document["weights"]:
        mistakes.append(Missing("exchange.weight_unknown", "the weight is light, standard or triangular"))
    for party in command.parties:
        if party_kind(programme, party.party) is None:
            need = f"{party.party} is a member country of {programme.slug}"
            mistakes.append(Missing("country.unknown", need, facts={"party": party.party}))
        if party.role not in ("offers", "asks", "both", "facilitates", "supports"):
            mistakes.append(Missing("party.role_unknown", f"{party.role} is a role", facts={"party": party.party}))
    opening = "offers" if command.door == "offer" else "asks"
    if not any(p.role in (opening, "both") for p in command.parties):
        mistakes.append(Missing("exchange.first_party_missing", f"a party {opening}"))
    if len({p.party for p in command.parties}) != len(command.parties):
        mistakes.append(Missing("party.named_twice", "each party is named once"))
    return mistakes


def decide_move(programme: Programme, standing: Standing, command: MakeMove, moment: Moment) -> Decision:
    """Whether a move may be made; if so, the one event that makes it."""
    move = programme.moves.get(command.move)
    if move is None:
        return Refusal.because("move.unknown", "a move of this programme", move=command.move)
    misplaced = _misplaced(programme, standing, move, moment)
    if misplaced:
        return Refusal("move.not_from_here", tuple(misplaced))
    judged = judge(programme, standing, move, moment.occurred_on, command.says)
    if judged.missing:
        return Refusal("requirements.unmet", judged.missing)
    return (_moved(programme, standing, move, command, moment, judged),)


def _misplaced(programme: Programme, standing: Standing, move: Move, moment: Moment) -> list[Missing]:
    reasons: list[Missing] = []
    if not programme.machine.allows(move.name, standing.stage):
        need = f"{move.name} starts from {', '.join(move.sources)}"
        reasons.append(Missing("move.not_from_this_stage", need, facts={"stage": standing.stage}))
    if standing.lifecycle not in move.while_:
        need = f"{move.name} is for an exchange that is {', '.join(move.while_)}"
        reasons.append(Missing(f"lifecycle.{standing.lifecycle}", need))
    if standing.moved_at and moment.occurred_at < standing.moved_at:
        need = "a move happens no earlier than the move before it"
        reasons.append(Missing("moment.before_previous_move", need, facts={"previous_move_at": standing.moved_at}))
    return reasons


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
    payload |= _carried(move, command.says)
    if move.name == "replace_party":
        return Happening(e.PARTY_REPLACED, payload | _replacement(programme, standing, command.says))
    if move.name == "renew":
        return Happening(e.EXCHANGE_RENEWED, payload)
    if move.lifecycle:
        payload["lifecycle"] = move.lifecycle.value
    if move.to is None:
        return Happening(e.LIFECYCLE_CHANGED, payload)
    payload |= _entering(programme, standing, move, to, moment)
    payload |= _notes(judged)
    if command.reference:
        payload["reference"] = command.reference
    payload |= _answering(standing, move, command.says)
    return Happening(e.STAGE_MOVED, payload)


def _carried(move: Move, says: Mapping[str, Any]) -> dict[str, Any]:
    """What a move takes from its mover's words; where it leads is not theirs to say."""
    own = ("reason", "by_itself", "backdated", *_CARRIES.get(move.name, ()))
    return {name: says[name] for name in own if says.get(name) not in (None, "")}


def _entering(programme: Programme, standing: Standing, move: Move, to: str, moment: Moment) -> Mapping[str, Any]:
    countries = standing.members(kind="country")
    due_on = programme.due_on(to, moment.occurred_on, countries)
    lap = {"lap": standing.lap + 1} if move.is_return else {}
    return {"to": to, "due_on": due_on, **lap}


def _notes(judged: Judgement) -> Mapping[str, Any]:
    notes = {"owed": sorted(judged.owed), "lapsed": sorted(judged.lapsed), "excused": dict(judged.excused)}
    return {name: note for name, note in notes.items() if note or name == "owed"}


def _answering(standing: Standing, move: Move, says: Mapping[str, Any]) -> Mapping[str, Any]:
    """Who was chosen among those who answered; the others are declined with thanks."""
    if move.name not in ("answer_offer", "answer_demand"):
        return {}
    others = [*standing.candidates(), *(p for p in standing.members() if p != standing.first_party)]
    chosen = says.get("counterpart") or others[0]
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
