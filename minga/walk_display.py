# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""How a walk looks: one line a step and, on a terminal, the track of the eight stages below. All of it on stderr."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.live import Live
from rich.text import Text

from cycle.words import PATHS, Stage
from services.cases.format import CaseFile
from services.cases.player import StepTold, Walked, deed_of

A_MOMENT = 0.08
DONE, HERE, AHEAD, LEFT_OUT = "●", "◐", "○", "–"


class Display:
    """Lines for everybody, a moving track for a terminal."""

    def __init__(self, case: CaseFile, console: Console | None = None) -> None:
        self._case = case
        self._console = console or Console(stderr=True, highlight=False)
        self._live: Live | None = None
        self._shown = ("", "")
        self._entered: set[str] = set()

    @contextmanager
    def open(self) -> Iterator["Display"]:
        """While inside, the track stands below the lines."""
        if not self._console.is_terminal:
            yield self
            return
        with Live(self.track(Stage.DRAFT), console=self._console, refresh_per_second=20, transient=True) as live:
            self._live = live
            yield self
        self._live = None

    def introduce(self) -> None:
        """What is walked, and how much of it is real."""
        case = self._case
        self._say(Text(case.title, "bold"))
        if case.source:
            self._say(Text(f"source: {case.source.row}, {case.source.name}"))
            self._say(Text(f"        {case.source.attribution}; {case.source.licence}"))
            for said in case.source.says:
                self._say(Text(f"      = {said}"))
        self._say(Text(f"        ~ marks what is illustrative. {case.made_up}"))

    def walk(self, walked: Walked) -> None:
        """Every step of a walk that was written."""
        for told in walked.steps:
            if told.step.note:
                self._say(Text(f"            {told.step.note}", "italic"))
            self._say(line_of(told))
            self._entered.add(told.stage)
            self._track(told.stage, told.lifecycle)

    def papers(self, drawn: int, ordered: int) -> None:
        """How many of the papers are drawn."""
        if self._live:
            self._live.update(Text.assemble(self.track(Stage.CLOSED), f"\npapers: {drawn} of {ordered} drawn"))
        elif ordered:
            self._say(Text(f"papers: {drawn} of {ordered} drawn"))

    def say(self, words: str) -> None:
        self._say(Text(words))

    def track(self, stage: str, lifecycle: str = "active") -> Text:
        """`● offer  ● demand  ◐ commitment  ○ execution …`, in the order of the case's door; `–` was left out."""
        path = PATHS[self._case.door]
        here, track = path.index(Stage(stage)), Text()
        for place, each in enumerate(path[1:-1], 1):
            mark, style = self._mark(each, place - here)
            track.append(f"{mark} {each}  ", style)
        return track.append("" if lifecycle == "active" else lifecycle, "bold")

    def _mark(self, stage: str, ahead: int) -> tuple[str, str]:
        if ahead == 0:
            return HERE, "bold yellow"
        if ahead > 0:
            return AHEAD, "dim"
        return (DONE, "green") if stage in self._entered else (LEFT_OUT, "dim")

    def _track(self, stage: str, lifecycle: str) -> None:
        if self._live and (stage, lifecycle) != self._shown:
            self._shown = (stage, lifecycle)
            self._live.update(self.track(stage, lifecycle), refresh=True)
            # The walk itself took a fifth of a second: without a moment's rest nobody would see the track move.
            time.sleep(A_MOMENT)

    def _say(self, words: Text) -> None:
        self._console.print(words, soft_wrap=True)


def line_of(told: StepTold) -> Text:
    """`2010-03-22 ~ offer  Focal point of Brazil: move publish_offer`; a refusal that was foreseen names its codes."""
    mark = "~" if told.illustrative else "="
    line = Text(f"{told.step.on} {mark} {told.stage:<13} {told.who.name}: {deed_of(told.step)}")
    if told.refused:
        line.append(f"  refused: {', '.join(told.refused)}", "red")
    return line
