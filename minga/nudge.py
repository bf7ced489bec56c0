# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The nudge: tell Prefect after a commit that papers wait. Plain HTTP from a thread; Prefect is not imported.

A nudge may be lost, and then the next beat draws the papers. So it is silent about everything: no
server, no deployment, no answer in time.
"""

import threading
from types import TracebackType
from typing import Self

from minga.loopback import TIMEOUT, Away, ask

DEPLOYMENT = "papers/papers"
# Nudges that arrive within this time become one flow run, which draws everything that waits.
GATHER = 0.5


class Nudge:
    """Callable by any thread after any commit; a burst of calls starts one or two flow runs."""

    def __init__(self, api_url: str, *, auth: str | None = None, deployment: str = DEPLOYMENT) -> None:
        self._api_url = api_url
        self._auth = auth
        self._deployment = deployment
        self._identifier: str | None = None
        self._lock = threading.Lock()
        self._wanted = threading.Event()
        self._idle = threading.Event()
        self._idle.set()
        self._closed = threading.Event()
        self._thread: threading.Thread | None = None

    def __call__(self) -> None:
        """Ask for a flow run; returns at once."""
        with self._lock:
            self._idle.clear()
            self._wanted.set()
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="nudge", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """Wait a moment for a nudge under way: a short command would take it along when it ends."""
        self._idle.wait(TIMEOUT)
        self._closed.set()
        self._wanted.set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _work(self) -> None:
        while self._wanted.wait() and not self._closed.is_set():
            self._wanted.clear()
            self._start_flow_run()
            self._rest()
            self._closed.wait(GATHER)

    def _rest(self) -> None:
        with self._lock:
            if not self._wanted.is_set():
                self._idle.set()

    def _start_flow_run(self) -> None:
        try:
            self._identifier = self._identifier or self._find()
            url = f"{self._api_url}/deployments/{self._identifier}/create_flow_run"
            ask(url, auth=self._auth, body={"state": {"type": "SCHEDULED"}})
        except Away:
            # Perhaps it has another database now, where the deployment has another id: look it up
            # next time.
            self._identifier = None

    def _find(self) -> str:
        found = ask(f"{self._api_url}/deployments/name/{self._deployment}", auth=self._auth)
        return str(found["id"])
