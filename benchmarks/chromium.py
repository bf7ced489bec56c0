# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""A real browser without a screen: the machine's Chromium, driven by Playwright, with everything it complains of.

It is no package of Python: where a machine has none, `apt-get` brings Debian's (about 300 MB), which is why `make test` does
without it.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import ConsoleMessage, Page, ViewportSize, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync")
PATIENCE_MS = 20_000
DESKTOP, PHONE = ViewportSize(width=1280, height=900), ViewportSize(width=390, height=844)
LOUD = frozenset({"error", "warning", "assert"})


class NoBrowser(Exception):
    """There is no Chromium, and none could be installed."""


def installed() -> str:
    """The browser of this machine, brought by apt-get where there is none. Raises NoBrowser."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None and shutil.which("apt-get"):
        found = _by_apt()
    if found is None:
        raise NoBrowser("install Chromium: sudo apt-get install chromium")
    return found


def _by_apt() -> str | None:
    print("installing chromium (apt-get)", flush=True)
    root = () if os.geteuid() == 0 else ("sudo", "-n")
    for words in (("update",), ("install", "-y", "--no-install-recommends", "chromium")):
        command = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", *words]
        ended = subprocess.run(command, check=False, capture_output=True, text=True)
        if ended.returncode and words[0] == "install":
            raise NoBrowser(f"apt-get could not install chromium:\n{ended.stderr[-2000:]}")
    return shutil.which("chromium")


class Tab:
    """One tab, and what its pages did wrong since it was last asked."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._complaints: list[str] = []
        page.set_default_timeout(PATIENCE_MS)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self._complaints.append(f"exception: {error}"))
        # What DevTools lists as issues (a blocked style, a field without a purpose) is said on no console.
        issues = page.context.new_cdp_session(page)
        issues.on("Audits.issueAdded", lambda told: self._complaints.append(f"issue: {_short(told['issue'])}"))
        issues.send("Audits.enable")

    def complained(self) -> tuple[str, ...]:
        """What was complained of since the last time, in words; nothing any more now."""
        self.page.evaluate("0")
        told, self._complaints = tuple(self._complaints), []
        return told

    def _hear(self, said: ConsoleMessage) -> None:
        if said.type in LOUD:
            self._complaints.append(f"console.{said.type}: {said.text} {said.location['url']}".strip())


def _short(issue: Any) -> str:
    return str(issue)[:400]


@contextmanager
def a_tab() -> Iterator[Tab]:
    """A browser that knows nothing yet, with one tab. Raises NoBrowser."""
    found = Path(installed())
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=found, args=FLAGS) as browser,
    ):
        yield Tab(browser.new_page())
