# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`make dependencies`: asks the public lists of weaknesses about every package that runs.

    0  nothing is known against any of them
    1  something is known, or a lock is below a floor: each is named, with the version that mends it
    3  no list could be asked about all of them: nothing was proved, so nothing is called good

Two lists are tried in turn. A list that skips packages has not answered: a mirror of the index often serves none.
"""

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.locks import RUN, below_their_floor, pinned

LISTS = ("pypi", "osv")
GOOD, KNOWN, UNASKED = 0, 1, 3
PATIENCE = 300


@dataclass(frozen=True, slots=True)
class Answer:
    """What a list said: about how many packages, what is known, and which it passed over."""

    asked: int
    known: tuple[str, ...]
    skipped: tuple[str, ...]


def read_answer(document: Mapping[str, Any]) -> Answer:
    """The answer of pip-audit's JSON."""
    told: list[Mapping[str, Any]] = document["dependencies"]
    known = tuple(_sentence(one, weakness) for one in told for weakness in one.get("vulns", ()))
    return Answer(len(told), known, tuple(one["name"] for one in told if "skip_reason" in one))


def _sentence(one: Mapping[str, Any], weakness: Mapping[str, Any]) -> str:
    mended = ", ".join(weakness["fix_versions"]) or "no version yet"
    return f"{one['name']} {one['version']}: {weakness['id']}, mended in {mended}"


def conclude(answers: Iterable[Answer | None], floors: Iterable[str]) -> tuple[int, tuple[str, ...]]:
    """The exit code, and what to say. None stands for a list that could not be reached."""
    found = [answer for answer in answers if answer is not None]
    known = (*floors, *dict.fromkeys(line for answer in found for line in answer.known))
    if known:
        return KNOWN, known
    whole = [answer for answer in found if answer.asked and not answer.skipped]
    if not whole:
        return UNASKED, ("NOT AUDITED: no list of weaknesses could be asked about every package",)
    return GOOD, (f"nothing is known against {whole[0].asked} packages",)


def ask(name: str, lock: Path) -> Answer | None:
    """What one list answers about a lock; None when it cannot be reached."""
    command = (sys.executable, "-m", "pip_audit", "--requirement", str(lock), "--require-hashes", "--disable-pip")
    how = ("--vulnerability-service", name, "--format", "json", "--progress-spinner", "off", "--timeout", "10")
    try:
        ended = subprocess.run((*command, *how), capture_output=True, text=True, check=False, timeout=PATIENCE)
        return read_answer(json.loads(ended.stdout))
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        return None


def main() -> int:
    """Asks one list after the other, until one has answered about every package."""
    answers: list[Answer | None] = []
    for name in LISTS:
        answers.append(ask(name, RUN))
        if (last := answers[-1]) and not last.skipped:
            break
    code, lines = conclude(answers, below_their_floor(pinned(RUN)))
    sys.stdout.writelines(f"Minga: {line}\n" for line in lines)
    return code


if __name__ == "__main__":
    sys.exit(main())
