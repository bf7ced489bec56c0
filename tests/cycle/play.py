# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Playing an exchange without any database: commands go through `decide`, events through `evolve`, as in a service."""

from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

from cycle.carried import CARRIES
from cycle.commands import DraftExchange, MakeMove, PartyNamed, StateFact
from cycle.decide import decide, decide_draft
from cycle.events import Happening
from cycle.evolve import begin, evolve
from cycle.explain import explain
from cycle.facts import BY_EVENT
from cycle.facts.rule import Place
from cycle.items import Item, apply, item_name
from cycle.moment import Moment
from cycle.programme import Programme, compile_programme
from cycle.publish import resolve
from cycle.refusals import Refusal
from cycle.standing import Standing


@lru_cache
def programme() -> Programme:
    """The programme that comes with Minga, compiled once."""
    text = files("cycle").joinpath("programmes", "regional_initiative.toml").read_text(encoding="utf-8")
    return compile_programme(resolve(text), 1)


@dataclass(frozen=True)
class Told:
    """An event with its place in the stream."""

    type: str
    payload: dict[str, Any]
    seq: int
    occurred_at: str
    recorded_at: str


def carrying(move: str) -> dict[str, str]:
    """A reason, and whatever else a move carries, but for the counterpart it chooses."""
    every = {"review_on": "2026-09-01", "old": "BR", "new": "CL"}
    return {"reason": "r", **{name: every[name] for name in CARRIES.get(move, ()) if name in every}}


def moment(day: str, at: str = "12:00:00.000") -> Moment:
    instant = f"{day}T{at}Z"
    return Moment.of(instant, instant, programme().timezone)


@dataclass
class Play:
    """One exchange being played: its standing, items and events so far."""

    standing: Standing
    events: list[Told]
    items: dict[str, Item] = field(default_factory=dict)
    day: str = "2026-03-02"

    @classmethod
    def drafted(cls, door: str = "offer", weight: str = "standard", **roles: str) -> "Play":
        """A draft of Brasil (offers) and Perú (asks), or of the parties given by code."""
        parties = tuple(PartyNamed(code, role) for code, role in (roles or {"BR": "offers", "PE": "asks"}).items())
        decided = decide_draft(programme(), DraftExchange("Inspection", door, weight, parties), moment("2026-03-01"))
        assert not isinstance(decided, Refusal), decided
        event = _told(decided[0], 1, moment("2026-03-01"))
        return cls(begin("x", event), [event])

    def say(self, kind: str, item: str | None = None, **fields: Any) -> "Play":
        decided = self.try_say(kind, item, **fields)
        assert not isinstance(decided, Refusal), decided
        return self

    def try_say(self, kind: str, item: str | None = None, **fields: Any) -> Any:
        rule = programme().facts[kind]
        name = item or (item_name(rule, fields, 0) if rule.place is not Place.NEW else None)
        corrects, retold = None, False
        if kind == "correct" and (event := self._fact(fields["event"])):
            name = event.payload["item"]
            corrects = (BY_EVENT[event.type].kind, event.payload, event.seq)
            last = self.events[self.items[name].changed_seq - 1]
            retold = last.seq != event.seq and last.payload.get("event") != event.seq
        return self._take(
            decide(
                programme(),
                self.standing,
                StateFact(kind, fields, self.items.get(name or ""), corrects, retold),
                moment(self.day),
            )
        )

    def _fact(self, seq: int) -> Told | None:
        found = self.events[seq - 1] if seq <= len(self.events) else None
        return found if found and found.type in BY_EVENT and found.type != "Corrected" else None

    def move(self, name: str, **says: Any) -> "Play":
        decided = self.try_move(name, **says)
        assert not isinstance(decided, Refusal), decided
        return self

    def try_move(self, name: str, **says: Any) -> Any:
        return self._take(decide(programme(), self.standing, MakeMove(name, says), moment(self.day)))

    def hear(self, event: str, **payload: Any) -> "Play":
        """Something that happened elsewhere enters this stream."""
        self._take((Happening(event, payload),))
        return self

    def on(self, day: str) -> "Play":
        self.day = day
        return self

    def missing(self, move: str) -> set[str]:
        """The codes a move misses, as explained before anyone tries."""
        found = {e.move: e for e in explain(programme(), self.standing, self.day)}
        return {reason.code for reason in found[move].judgement.missing}

    def _take(self, decided: Any) -> Any:
        if isinstance(decided, Refusal):
            return decided
        for happening in decided:
            event = _told(happening, self.standing.seq + 1, moment(self.day))
            self.standing = evolve(self.standing, event)
            self.events.append(event)
            if event.type in BY_EVENT:
                name = event.payload["item"]
                self.items[name] = apply(self.items.get(name), event)
        return decided


def _told(happening: Happening, seq: int, now: Moment) -> Told:
    return Told(happening.type, dict(happening.payload), seq, now.occurred_at, now.recorded_at)


OFFER: dict[str, Any] = {
    "institution": "Instituto",
    "shares": "how it inspects",
    "theme": "inspection",
    "modality": "training",
    "language": "pt",
}
DEMAND: dict[str, Any] = {
    "institution": "Ministerio",
    "problem": "children at work",
    "learns": "to inspect",
    "national": True,
}


def offered(**more: Any) -> Play:
    return Play.drafted(**more).say("sheet", side="offer", availability="May", evidence="2019 report", **OFFER)


def matched(weight: str = "standard") -> Play:
    """In commitment: offer and demand side by side, accepted by each, benches consulted."""
    play = offered(weight=weight).move("publish_offer").move("answer_offer")
    play.say("sheet", side="demand", population="9,000 children", baseline="none", **DEMAND)
    for bench in ("employers", "workers"):
        play.say("consultation", party="PE", bench=bench, paper="agreement")
    return play.say("acceptance", party="BR").say("acceptance", party="PE")


def promised(weight: str = "standard") -> Play:
    """In commitment with everything said that execution needs, but an instrument and the benches' words."""
    play = matched(weight).say("activity_planned", title="Mission", on="2026-04-01", mode="in_person", days=3)
    return play.say("contribution", party="BR", none=True).say("contribution", party="PE", none=True)


def spoken(play: Play, paper: str, word: str = "endorsed") -> Play:
    for bench in ("employers", "workers"):
        play.say("endorsement", party="PE", bench=bench, paper=paper, word=word)
    return play


def executing(weight: str = "standard") -> Play:
    play = spoken(promised(weight), "agreement").say("instrument", title="Memorandum", signed_on="2020-01-01")
    return play.move("begin_execution")


def reflecting(weight: str = "standard") -> Play:
    return (
        executing(weight)
        .say("activity_held", "activity-1", on="2026-03-02", women=4, men=3, benches={"workers": 7})
        .move("begin_reflection")
    )


def acting() -> Play:
    play = (
        reflecting().say("lessons", party="PE", text="what we saw").say("reflection_record", on="2026-03-02", text="r")
    )
    return play.say("decision", decision="adopt", text="we adopt").move("adopt_action")


def accompanied() -> Play:
    play = acting().say("measure", title="Train", responsible="Ministerio", on="2026-09-01")
    play.say("indicator", name="inspectors", baseline="0", target="60").say(
        "roadmap_approval", party="PE", authority="Ministra", on="2026-03-02"
    )
    for bench in ("employers", "workers"):
        play.say("consultation", party="PE", bench=bench, paper="roadmap")
    return spoken(play, "roadmap").move("begin_accompaniment")


def evaluated() -> Play:
    """In feedback, with everything closing needs."""
    play = (
        accompanied()
        .say("check_in", on="2026-03-02", mode="virtual")
        .say("measure_done", "measure-1", done_on="2026-03-02")
    )
    play.say("lessons", party="BR", text="what we learnt").move("open_feedback")
    play.say("evaluation", party="BR", text="good").say("evaluation", party="PE", text="good")
    return play.say("practice", none_because="too early to say")
