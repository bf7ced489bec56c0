# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""A model of the cycle beside the engine: a table read from the resolved programme, and a machine that compares the two.

The table knows only where a move may start and where it leads; it is read from the document, not from the compiled rules.
The machine tries every move from everywhere. What the table forbids must be refused for exactly the reasons it gives; what
it allows is made, and leads where it says, or is refused with a need for every reason. A refusal changes nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from cycle.evolve import fold
from cycle.refusals import Refusal
from tests.cycle.play import DEMAND, OFFER, Play, carrying, programme
from tests.cycle.test_properties import SAYINGS

STAGES = ("offer", "demand", "commitment", "execution", "reflection", "action", "accompaniment", "feedback", "closed")
PATHS = {"offer": ("draft", *STAGES), "demand": ("draft", "demand", "offer", *STAGES[2:])}
ENTERED_BY = {"closed": "completed"}
UNUSUAL: list[tuple[str, dict[str, Any]]] = [
    ("activity_planned", {"title": "long", "on": "2026-05-01", "mode": "in_person", "days": 30}),
    ("activity_held", {"item": "activity-1", "on": "2026-03-02"}),
    ("text_revised", {"paper": "agreement", "summary": "s"}),
    ("measure", {"title": "nobody's"}),
    ("decision", {"decision": "not_adopted", "text": "t"}),
]
OPENINGS: tuple[dict[str, str], ...] = (
    {"BR": "offers", "PE": "asks"},
    {"BR": "offers", "PE": "asks", "CL": "facilitates"},
    {"BR": "offers"},
    {"PE": "asks"},
)


@dataclass(frozen=True, slots=True)
class Row:
    """One move, as the document tells it."""

    name: str
    sources: frozenset[str]
    lifecycles: frozenset[str]
    to: str | None
    makes: str | None
    is_return: bool

    def forbids(self, stage: str, lifecycle: str, path: tuple[str, ...]) -> frozenset[str]:
        """The codes for which the move cannot even start from here."""
        codes = set[str]()
        if stage not in self.sources:
            codes.add("move.not_from_this_stage")
        elif self.to and not self.is_return and path.index(self.to) <= path.index(stage):
            codes.add("move.not_ahead")
        if lifecycle not in self.lifecycles:
            codes.add(f"lifecycle.{lifecycle}")
        return frozenset(codes)


def table() -> Mapping[str, Row]:
    """The reference: every move of the built-in programme, read from its resolved document."""
    told = programme().document["moves"]
    return {
        name: Row(
            name,
            frozenset(move["sources"]),
            frozenset(move["while"]),
            move["to"],
            move["lifecycle"],
            move["is_return"],
        )
        for name, move in told.items()
    }


def guards() -> frozenset[str]:
    """Every need that can hold a move back, in some weight or later."""
    told = programme().document["moves"].values()
    needs = (need for move in told for need in move["needs"])
    return frozenset(need["code"] for need in needs if {"must", "later"} & set(need["levels"].values()))


@dataclass
class Reached:
    """What a run has shown: moves made, refused by place, and needs that held one back."""

    made: set[str] = field(default_factory=set)
    forbidden: set[str] = field(default_factory=set)
    held_back: set[str] = field(default_factory=set)
    steps: int = 0


Saying = tuple[str, dict[str, Any]]
BENCHES = ("employers", "workers")
FULL_OFFER = {"side": "offer", "availability": "May", "evidence": "report", **OFFER}
FULL_DEMAND = {"side": "demand", "population": "p", "baseline": "b", **DEMAND}


@dataclass(frozen=True, slots=True)
class Here:
    """Who and what is there to say something: the two sides, the items, and the move that is wanted."""

    play: Play
    move: str

    def side(self, role: str, otherwise: str) -> str:
        return next(iter(self.play.standing.members(role)), otherwise)

    @property
    def offers(self) -> str:
        return self.side("offers", "BR")

    @property
    def asks(self) -> str:
        return self.side("asks", "PE")

    def items(self, kind: str) -> tuple[str, ...]:
        return tuple(name for name in self.play.items if name.startswith(kind))

    def heard(self, paper: str) -> list[Saying]:
        """The requester's benches are asked about a paper, and say their word on it."""
        words = [{"party": self.asks, "bench": bench, "paper": paper} for bench in BENCHES]
        return [
            *(("consultation", word) for word in words),
            *(("endorsement", {**word, "word": "endorsed"}) for word in words),
        ]


CURES: Mapping[str, Callable[[Here], list[Saying]]] = {
    "offer_availability": lambda _: [("sheet", FULL_OFFER)],
    "offer_evidence": lambda _: [("sheet", FULL_OFFER)],
    "offer_institution": lambda _: [("sheet", {"side": "offer", **OFFER})],
    "demand_institution": lambda _: [("sheet", FULL_DEMAND)],
    "demand_population": lambda _: [("sheet", FULL_DEMAND)],
    "both_doors": lambda _: [("sheet", {"side": "offer", **OFFER}), ("sheet", FULL_DEMAND)],
    "counterpart": lambda here: [
        ("answer", {"party": next((p for p in ("BR", "PE") if p not in here.play.standing.members()), "CL")})
    ],
    "match_accepted": lambda here: [("acceptance", {"party": party}) for party in (here.offers, here.asks)],
    "benches_consulted": lambda here: here.heard("agreement"),
    "benches_word": lambda here: here.heard("agreement"),
    "instrument": lambda _: [("instrument", {"title": "Memorandum", "signed_on": "2020-01-01"})],
    "dated_activity": lambda _: [
        ("activity_planned", {"title": "a", "on": "2026-04-01", "mode": "virtual", "days": 1})
    ],
    "contributions": lambda here: [
        ("contribution", {"party": party, "none": True}) for party in (here.offers, here.asks)
    ],
    "activity_held": lambda here: [
        ("activity_held", {"item": item, "on": "2026-03-02", "women": 2, "benches": {"workers": 2}})
        for item in here.items("activity")
    ],
    "activities_settled": lambda here: [
        ("activity_waived", {"item": item, "reason": "r"}) for item in here.items("activity")
    ],
    "requester_lessons": lambda here: [("lessons", {"party": here.asks, "text": "t"})],
    "provider_lessons": lambda here: [("lessons", {"party": here.offers, "text": "t"})],
    "reflection_record": lambda _: [("reflection_record", {"on": "2026-03-02", "text": "t"})],
    "decision": lambda _: [("decision", {"decision": "adopt", "text": "t"})],
    "conclusion_allowed": lambda _: [("decision", {"decision": "not_adopted", "text": "t"})],
    "conclusion_confirmed": lambda here: [("confirmation", {"move": here.move})],
    "return_confirmed": lambda here: [("confirmation", {"move": here.move})],
    "roadmap_approved": lambda here: [
        ("roadmap_approval", {"party": here.asks, "authority": "Ministra", "on": "2026-03-02"})
    ],
    "roadmap_benches_word": lambda here: here.heard("roadmap"),
    "measure": lambda _: [("measure", {"title": "m", "responsible": "x", "on": "2026-09-01"})],
    "measures_complete": lambda here: [
        ("waiver", {"code": "measures_complete", "reason": "the owner is named next month"})
    ],
    "indicator": lambda _: [
        ("indicator", {"name": "i", "baseline": "0", "target": "1"}),
        ("indicator", {"name": "without a figure"}),
    ],
    "indicators_complete": lambda _: [("waiver", {"code": "indicators_complete", "reason": "measured later"})],
    "check_ins": lambda _: [("check_in", {"on": "2026-03-02", "mode": "virtual"})],
    "measures_settled": lambda here: [
        ("measure_under_way", {"item": item, "on": "2026-12-01"}) for item in here.items("measure")
    ],
    "requester_evaluation": lambda here: [("evaluation", {"party": here.asks, "text": "t"})],
    "provider_evaluation": lambda here: [("evaluation", {"party": here.offers, "text": "t"})],
    "practice": lambda _: [("practice", {"none_because": "early"})],
    "measures_handed_over": lambda _: [("hand_over", {"owner": "Ministerio", "review_on": "2026-12-01"})],
    "successor_accepted": lambda _: [("succession", {"party": "CL", "replaces": "BR"})],
    "requester_agrees": lambda _: [("succession_agreed", {"replaces": "BR"})],
}
"""What to say so that a need is met, as the parties of this moment would."""


class Cycle(RuleBasedStateMachine):
    """One exchange, pressed on and pulled aside. `reached` notes what was seen, over all exchanges of a run."""

    reached: ClassVar[Reached]
    rows: ClassVar[Mapping[str, Row]] = table()
    play: Play

    @initialize(door=st.sampled_from(sorted(PATHS)), weight=st.sampled_from(["light", "standard"]), n=st.integers(0, 9))
    def draft(self, door: str, weight: str, n: int) -> None:
        opening = OPENINGS[n] if n < len(OPENINGS) else OPENINGS[0]
        first = "offers" if door == "offer" else "asks"
        self.play = Play.drafted(door, weight, **(opening if first in opening.values() else OPENINGS[0]))

    @rule(name=st.sampled_from(sorted(rows)))
    def try_any(self, name: str) -> None:
        self._try(name)

    @rule(said=st.sampled_from(SAYINGS))
    def say(self, said: Saying) -> None:
        self._say(*said)

    @rule(said=st.sampled_from(UNUSUAL))
    def say_what_is_seldom_said(self, said: Saying) -> None:
        self._say(*said)

    @rule(n=st.integers(0, 7))
    def go_on(self, n: int) -> None:
        self._press(self._startable(ahead=True), n)

    @rule(n=st.integers(0, 7))
    def and_on(self, n: int) -> None:
        self._press(self._startable(ahead=True), n)

    @rule(n=st.integers(0, 7))
    def and_further_on(self, n: int) -> None:
        self._press(self._startable(ahead=True), n)

    @rule(n=st.integers(0, 15))
    def go_elsewhere(self, n: int) -> None:
        self._press(self._startable(ahead=False), n)

    @rule(n=st.integers(0, 7))
    def go_back(self, n: int) -> None:
        self._press([name for name in self._startable(ahead=False) if self.rows[name].is_return], n)

    @invariant()
    def history_explains_the_standing(self) -> None:
        if self.reached.steps % 50 == 0:
            assert fold("x", self.play.events) == self.play.standing

    def _startable(self, *, ahead: bool) -> list[str]:
        """The moves that the table lets begin here: those that lead ahead, or the others."""
        standing = self.play.standing
        path = PATHS[standing.door]
        found = (row for row in self.rows.values() if not row.forbids(standing.stage, standing.lifecycle, path))
        return sorted(row.name for row in found if (row.to is not None and not row.is_return) == ahead)

    def _press(self, startable: list[str], n: int) -> None:
        """Tries one of the moves, says what it misses, and tries again. A last acceptance moves by itself."""
        if not startable:
            return
        name = startable[n % len(startable)]
        for says in ({}, *[carrying(name)] * 3):
            before = self.play.standing.stage
            refused = self._try(name, says)
            if refused is None:
                return
            for said in self._cures(refused, name):
                self._say(*said)
            if self.play.standing.stage != before:
                return

    def _cures(self, refused: Refusal, name: str) -> list[Saying]:
        here = Here(self.play, name)
        return [said for reason in refused.reasons if reason.code in CURES for said in CURES[reason.code](here)]

    def _say(self, kind: str, fields: Mapping[str, Any]) -> None:
        self.reached.steps += 1
        said = dict(fields)
        before = self.play.standing
        if isinstance(self.play.try_say(kind, said.pop("item", None), **said), Refusal):
            assert self.play.standing is before

    def _try(self, name: str, says: Mapping[str, Any] | None = None) -> Refusal | None:
        self.reached.steps += 1
        row, before = self.rows[name], self.play.standing
        answer = self.play.try_move(name, **(carrying(name) if says is None else says))
        self._kept_to_the_table(row.forbids(before.stage, before.lifecycle, PATHS[before.door]), name, answer)
        if isinstance(answer, Refusal):
            self._is_explained(answer)
            assert self.play.standing is before
            return answer
        self._led_where_it_says(row, before.stage, before.lifecycle)
        self.reached.made.add(name)
        return None

    def _kept_to_the_table(self, forbidden: frozenset[str], name: str, answer: object) -> None:
        if forbidden:
            assert isinstance(answer, Refusal), f"{name} was made where the table does not begin it"
            assert {reason.code for reason in answer.reasons} == forbidden
            self.reached.forbidden.add(name)

    def _is_explained(self, refusal: Refusal) -> None:
        assert refusal.code in ("move.not_from_here", "move.malformed", "requirements.unmet")
        assert refusal.reasons
        assert all(reason.code and reason.need for reason in refusal.reasons)
        self.reached.held_back |= {reason.code for reason in refusal.reasons}

    def _led_where_it_says(self, row: Row, stage: str, lifecycle: str) -> None:
        standing = self.play.standing
        entered = ENTERED_BY.get(row.to or "", "active" if row.to else lifecycle)
        assert (standing.stage, standing.lifecycle) == (row.to or stage, row.makes or entered)


def walk(least: int, *, rounds: int = 16) -> Reached:
    """Lets the machine run by chance: at least so many steps, and on until all was reached, or the rounds are over.

    Every round has its own seed: where `CI` is set, Hypothesis would else walk one and the same way in each of them.
    """
    reached = Reached()
    one_round = type("Walk", (Cycle,), {"reached": reached})
    how = settings(
        max_examples=80,
        stateful_step_count=80,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    for number in range(rounds):
        run_state_machine_as_test(seed(number)(one_round), settings=how)
        if reached.steps >= least and not never_made(reached) and not never_held_back(reached):
            break
    return reached


def never_made(reached: Reached) -> frozenset[str]:
    return frozenset(table()) - reached.made


def never_held_back(reached: Reached) -> frozenset[str]:
    return guards() - reached.held_back


def names(found: Iterable[str]) -> str:
    return ", ".join(sorted(found))
