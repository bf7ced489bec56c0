# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Facts to PDF, at arm's length: this process never loads WeasyPrint and never waits longer than it said.

Each paper is drawn by a child process with its own limits of time and memory, an almost empty environment and no
fonts but the paper's. What comes back is the PDF, or a PaperNotDrawn with a stable code.
"""

import hashlib
import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from documents.kinds import check_languages, kind_named
from documents.refusals import PaperNotDrawn, tells_of_memory

ROOT = Path(__file__).parent.parent
FONT_CONFIGURATION = Path(__file__).parent / "assets" / "fonts.conf"
MEGABYTE = 1024 * 1024
PASSED_ON = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "TMPDIR")

CRASHES = (-signal.SIGSEGV, -signal.SIGBUS)


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How long a paper may take and how much memory it may ask for."""

    seconds: int = 60
    memory: int = 1536 * MEGABYTE
    facts: int = 2 * MEGABYTE


DEFAULT = Limits()


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A paper as it is stored and sent."""

    pdf: bytes
    sha256: str
    html_sha256: str
    pages: int


def draw(kind: str, facts_json: bytes, languages: tuple[str, ...], *, limits: Limits = DEFAULT) -> Drawn:
    """The paper of that kind, from its facts, in one language or two side by side.

    The same facts, languages and package versions give the same bytes.
    Raises PaperNotDrawn with one of the codes in documents.refusals.CODES.
    """
    check_languages(kind_named(kind), languages)
    if len(facts_json) > limits.facts:
        raise PaperNotDrawn("paper.too_large", f"The facts have {len(facts_json)} bytes.")
    order = {"kind": kind, "facts": _as_text(facts_json), "languages": languages}
    header, pdf = _ask_child(order, limits)
    return Drawn(
        pdf=pdf,
        sha256=hashlib.sha256(pdf).hexdigest(),
        html_sha256=header["html_sha256"],
        pages=header["pages"],
    )


def check_ready(*, limits: Limits = DEFAULT) -> None:
    """Raises PaperNotDrawn (paper.no_pango, with what to install) when this machine cannot draw."""
    _ask_child({"check": True}, limits)


def _as_text(facts_json: bytes) -> str:
    try:
        return facts_json.decode()
    except UnicodeDecodeError as error:
        raise PaperNotDrawn("paper.wrong_fact", f"The facts are not UTF-8: {error}.") from error


def _ask_child(order: dict[str, Any], limits: Limits) -> tuple[dict[str, Any], bytes]:
    child = subprocess.Popen(
        [sys.executable, "-m", "documents.child", str(limits.memory), str(limits.seconds)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(),
        cwd=ROOT,
        start_new_session=True,
    )
    try:
        answer, said = child.communicate(json.dumps(order).encode(), timeout=limits.seconds)
    except subprocess.TimeoutExpired:
        raise PaperNotDrawn("paper.time_limit", f"{limits.seconds} seconds.") from None
    finally:
        _end(child)
    return _read(answer, said, child.returncode, limits)


def _end(child: subprocess.Popen[bytes]) -> None:
    """Nothing outlives the paper, whatever stopped us."""
    if child.poll() is None:
        child.kill()
        child.communicate()


def _environment() -> dict[str, str]:
    inherited = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return {
        **inherited,
        "FONTCONFIG_FILE": str(FONT_CONFIGURATION),
        "LANG": "C.UTF-8",
        "MALLOC_ARENA_MAX": "2",  # each further arena would count against the memory limit
        "PYTHONPATH": os.pathsep.join((str(ROOT), *filter(None, sys.path))),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
        "TZ": "UTC",
    }


def _read(answer: bytes, said: bytes, returncode: int, limits: Limits) -> tuple[dict[str, Any], bytes]:
    line, found, pdf = answer.partition(b"\n")
    if not found:
        raise _died(said, returncode, limits)
    header: dict[str, Any] = json.loads(line)
    if "code" in header:
        raise PaperNotDrawn(header["code"], header["detail"])
    return header, pdf


def _died(said: bytes, returncode: int, limits: Limits) -> PaperNotDrawn:
    """A child that could not even answer: killed by a limit, or by its own memory running out."""
    last_words = said.decode(errors="replace").strip()[-600:]
    if returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        return PaperNotDrawn("paper.time_limit", f"{limits.seconds} seconds of computing.")
    if returncode in CRASHES or tells_of_memory(last_words):
        # Libraries of text and fonts crash where memory is refused; no other crash of theirs was ever seen.
        return PaperNotDrawn("paper.memory_limit", f"{limits.memory} bytes (exit {returncode}).")
    return PaperNotDrawn("paper.drawing_failed", f"exit {returncode}: {last_words}")
