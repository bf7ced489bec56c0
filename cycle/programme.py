# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""A programme: a region's rules as data, compiled from one immutable, hashed version.

The engine reads only this. It is made from the resolved document that `cycle.publish` stored; nothing in it is looked up
anywhere else later, so a new release of Minga never changes what an exchange under way may do.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from cycle.calendar import Calendar
from cycle.facts import FACTS
from cycle.facts.rule import Fact
from cycle.machine import StageMachine
from cycle.requirements import VOCABULARY
from cycle.rules import Block, IfSilent, Lapse, Move, Need, Waive, WorkingDays
from cycle.words import PATHS, Door, Level, Lifecycle, Stage

Document = Mapping[str, Any]

NEVER_LEFT_OUT = ("reply", "evidence_redacted", "evidence_erased")
"""Facts that fairness and the law ask for: every programme knows them, also one published before they existed."""


@dataclass(frozen=True)
class Programme:
    """One published version of a programme, ready to decide with.

    moves, needs and facts are by name; vocabularies by list name; countries by ISO 3166-1 alpha-2 code.
    """

    slug: str
    version: int
    document: Document
    moves: Mapping[str, Move]
    needs: Mapping[str, Need]
    facts: Mapping[str, Fact]
    machine: StageMachine

    @property
    def label(self) -> str:
        """`regional-initiative@1`: what events and papers name."""
        return f"{self.slug}@{self.version}"

    @cached_property
    def timezone(self) -> str:
        return str(self.document["timezone"])

    @cached_property
    def first_language(self) -> str:
        """The first of its languages, which a label falls back to."""
        return str(self.document["languages"][0])

    @cached_property
    def benches(self) -> tuple[str, ...]:
        return tuple(bench["code"] for bench in self.document["benches"])

    @cached_property
    def consulted_benches(self) -> tuple[str, ...]:
        return tuple(self.document["consulted"])

    @cached_property
    def countries(self) -> Mapping[str, Mapping[str, Any]]:
        return {country["code"]: country for country in self.document["countries"]}

    @cached_property
    def calendar(self) -> Calendar:
        """The working days of this version's countries."""
        return Calendar(self.document["days_off"])

    @cached_property
    def doors(self) -> tuple[Door, ...]:
        """The doors through which its exchanges come in."""
        return open_doors(self.document)

    @cached_property
    def limits(self) -> Mapping[str, int]:
        return dict(self.document["limits"])

    @cached_property
    def vocabularies(self) -> Mapping[str, frozenset[str]]:
        listed = {name: frozenset(w["code"] for w in words) for name, words in self.document["vocabularies"].items()}
        return {**listed, "currencies": frozenset(self.document["currencies"]), "languages": self.languages}

    @cached_property
    def languages(self) -> frozenset[str]:
        spoken = {lang for country in self.document["countries"] for lang in country["languages"]}
        return frozenset({*self.document["languages"], *spoken})

    def decimals(self, currency: str) -> int:
        """How many decimal places an amount in this currency may have (ISO 4217)."""
        return int(self.document["currencies"][currency])

    def papers_on(self, stage: str) -> tuple[str, ...]:
        """The papers drawn up when an exchange enters a stage."""
        return tuple(self.document["stages"][stage]["papers"])

    def paper_languages(self, kind: str) -> tuple[tuple[str, ...], ...]:
        """The language sets a paper is drawn up in, one file each: ((es, pt), (en,))."""
        return tuple(tuple(together) for together in self.document["papers"][kind]["languages"])

    def due_on(self, stage: str, entered_on: str, countries: tuple[str, ...]) -> str | None:
        """The last day of a stage's allowance in the joint calendar of `countries`; None where it has none."""
        allowance = self.document["stages"][stage]["allowance"]
        return self.calendar.after(entered_on, allowance, countries) if allowance else None

    def text(self, words: Mapping[str, str], language: str) -> str:
        """One label in a language, else in the programme's first."""
        return words.get(language) or words[self.first_language]


def open_doors(document: Document) -> tuple[Door, ...]:
    """The doors by which an exchange may leave draft: those whose first stage a move leads to."""
    first = {move["to"] for move in document["moves"].values() if Stage.DRAFT.value in move["sources"]}
    return tuple(door for door in Door if PATHS[door][1].value in first)


def compile_programme(document: Document, version: int) -> Programme:
    """The programme a stored document describes. Pure: the same document always gives the same rules."""
    moves = {name: _move(name, said) for name, said in document["moves"].items()}
    needs = {need.name: need for move in moves.values() for need in move.needs}
    facts = {kind: FACTS[kind] for kind in NEVER_LEFT_OUT}
    facts |= {kind: replace(FACTS[kind], by=tuple(said["by"])) for kind, said in document["facts"].items()}
    machine = StageMachine.of((stage.value for stage in Stage), moves.values())
    return Programme(document["slug"], version, document, moves, needs, facts, machine)


def _move(name: str, said: Document) -> Move:
    return Move(
        name=name,
        to=Stage(said["to"]) if said["to"] else None,
        by=tuple(said["by"]),
        needs=tuple(_need(need) for need in said["needs"]),
        sources=tuple(Stage(stage) for stage in said["sources"]),
        while_=tuple(Lifecycle(lifecycle) for lifecycle in said["while"]),
        lifecycle=Lifecycle(said["lifecycle"]) if said["lifecycle"] else None,
        after=said["after"],
        is_return=said["is_return"],
    )


def _need(said: Document) -> Need:
    params = tuple(tuple(p) if isinstance(p, list) else p for p in said["params"])
    return Need(
        name=said["code"],
        requirement=VOCABULARY[said["requirement"]](*params),
        levels={weight: Level(level) for weight, level in said["levels"].items()},
        due=Stage(said["due"]) if said["due"] else None,
        if_silent=silence(said["if_silent"]),
    )


def silence(said: str | Mapping[str, int]) -> IfSilent:
    """`block`, `waive` or `{lapse = 20}` (working days) as rules."""
    if isinstance(said, str):
        return Block() if said == "block" else Waive()
    return Lapse(WorkingDays(said["lapse"]))


def silence_document(rule: IfSilent) -> str | dict[str, int]:
    match rule:
        case Block():
            return "block"
        case Lapse(term):
            return {"lapse": term.days}
        case Waive():
            return "waive"
