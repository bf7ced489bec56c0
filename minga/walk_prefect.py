# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Papers of a walk drawn by the Prefect flows: use what runs already, else start server and flows for a while."""

import secrets
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from minga.commands.up import programs
from minga.console import say
from minga.folders import AlreadyRunning, only_one
from minga.loopback import Away, any_free_port, ask, is_free
from minga.nudge import DEPLOYMENT, Nudge
from minga.settings import Settings
from minga.supervisor import PAUSE, Supervisor

PATIENCE = 180.0
LOOK_EVERY = 0.5

AllDrawn = Callable[[], bool]


class FlowsTooSlow(Exception):
    """The flows did not draw everything in time; the duties stay in the outbox."""

    code = "walk.papers_not_drawn"


def drawn_by_flows(settings: Settings, all_drawn: AllDrawn) -> None:
    """Returns once the flows have drawn everything. Raises FlowsTooSlow."""
    if settings.prefect_api_url:
        _wait(settings, all_drawn)
        return
    try:
        with only_one(settings.data):
            _start_and_wait(settings, all_drawn)
    except AlreadyRunning:
        say("`minga up` serves this folder: its beat draws the papers within a minute.")
        _until(all_drawn)


def _wait(settings: Settings, all_drawn: AllDrawn) -> None:
    """On a Prefect server that runs already: nudge once, then wait for whoever serves the flows there."""
    with Nudge(settings.prefect_api, auth=settings.prefect_auth) as nudge:
        nudge()
        _until(all_drawn)


def _until(all_drawn: AllDrawn) -> None:
    deadline = time.monotonic() + PATIENCE
    while not all_drawn():
        if time.monotonic() > deadline:
            raise FlowsTooSlow(f"not every paper was drawn within {PATIENCE:.0f} s")
        time.sleep(LOOK_EVERY)


def _start_and_wait(settings: Settings, all_drawn: AllDrawn) -> None:
    """A server and flows of our own, in Prefect's home below the data folder, for as long as it takes."""
    port = settings.prefect_port if is_free(settings.prefect_port) else any_free_port()
    ours = replace(settings, prefect_port=port, prefect_auth=f"minga:{secrets.token_urlsafe(24)}")
    say("Starting a Prefect server and the flows.")
    with Nudge(ours.prefect_api, auth=ours.prefect_auth) as nudge:
        watching = _Watching(ours, all_drawn, nudge)
        supervisor = Supervisor(
            tuple(program for program in programs(ours) if program.name != "web"), say=say, watch=watching
        )
        watching.stop = supervisor.stop
        supervisor.run()
    if not watching.done:
        raise FlowsTooSlow(f"not every paper was drawn within {PATIENCE:.0f} s; see {ours.data / 'logs'}")


class _Watching:
    """At every turn of the supervisor: nudges once the flows are served, stops when all is drawn or time is up."""

    def __init__(self, settings: Settings, all_drawn: AllDrawn, nudge: Callable[[], None]) -> None:
        self.done = False
        self.stop: Callable[[], None] = lambda: None
        self._settings, self._all_drawn, self._nudge = settings, all_drawn, nudge
        self._began, self._next = datetime.now(UTC), 0.0
        self._deadline = time.monotonic() + PATIENCE
        self._nudged = False

    def __call__(self) -> None:
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + max(LOOK_EVERY, PAUSE)
        if not self._nudged and self._are_served():
            self._nudged = True
            self._nudge()
        self.done = self._all_drawn()
        if self.done or now > self._deadline:
            self.stop()

    def _are_served(self) -> bool:
        url = f"{self._settings.prefect_api}/deployments/name/{DEPLOYMENT}"
        try:
            polled = ask(url, auth=self._settings.prefect_auth)["last_polled"]
            return datetime.fromisoformat(polled) > self._began
        except Away:
            return False
