# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The bounded child: one paper in on standard input, one PDF out on standard output, and the process is gone.

It alone imports WeasyPrint. It sets its own limits before reading a word, so that a paper made to exhaust the machine
exhausts only this process. The answer is one line of JSON and, when it went well, the bytes of the PDF.
"""

import ctypes.util
import gc
import hashlib
import json
import mmap
import os
import resource
import sys
from importlib import import_module
from types import ModuleType
from typing import Any, BinaryIO

from documents.codec import facts_from_json, facts_to_json
from documents.fonts import in_own_letters
from documents.refusals import INSTALL_PANGO, PaperNotDrawn, tells_of_memory
from documents.render import to_html

MAX_HTML = 4_000_000


def main() -> None:
    """Read, bound, draw, answer."""
    answer = _own_output()
    memory, seconds = int(sys.argv[1]), int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.disable()  # the process is gone before garbage could matter, and looking for it takes an eighth of the drawing
    header, pdf = _answer(sys.stdin.buffer.read(), memory)
    answer.write(json.dumps(header).encode() + b"\n" + pdf)
    answer.flush()
    os._exit(0)  # nothing to clean but memory, and cleaning a large layout takes longer than drawing it


def _own_output() -> BinaryIO:
    """Standard output for the answer alone; whatever a library prints goes to standard error."""
    own = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return own


def _answer(order: bytes, memory: int) -> tuple[dict[str, Any], bytes]:
    try:
        return _draw(json.loads(order))
    except Exception as error:  # noqa: BLE001 - the parent needs a code, whatever went wrong
        used_up = tells_of_memory(repr(error)) or _is_used_up(memory)
        gc.collect()  # room for the answer
        refusal = PaperNotDrawn("paper.memory_limit", f"{memory} bytes.") if used_up else _refusal_of(error)
        return {"code": refusal.code, "detail": refusal.detail}, b""


def _is_used_up(memory: int) -> bool:
    """Whether there is no room for another eighth: libraries may tell refused memory as a missing file or font."""
    try:
        mmap.mmap(-1, memory // 8).close()
    except OSError:
        return True
    return False


def _refusal_of(error: Exception) -> PaperNotDrawn:
    if isinstance(error, PaperNotDrawn):
        return error
    if isinstance(error, RecursionError):
        return PaperNotDrawn("paper.too_large", "Its parts are nested too deeply.")
    return PaperNotDrawn("paper.drawing_failed", f"{type(error).__name__}: {error}")


def _draw(order: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    if order.get("check"):
        _press()
        return {"ready": True}, b""
    facts = facts_from_json(order["kind"], order["facts"].encode())
    html = in_own_letters(to_html(facts, tuple(order["languages"])))
    if len(html) > MAX_HTML:
        raise PaperNotDrawn("paper.too_large", f"It has {len(html)} characters, {MAX_HTML} at most.")
    pdf, pages = _press().print_pdf(html, facts_to_json(facts), facts.mark.ordered_on)
    return {"pages": pages, "html_sha256": hashlib.sha256(html.encode()).hexdigest()}, pdf


def _press() -> ModuleType:
    """The module that needs WeasyPrint, which needs Pango; imported only here, after the limits are set."""
    if sys.platform == "linux":
        # WeasyPrint tries each library by many names; for every unknown one ctypes would run ldconfig, gcc and ld.
        ctypes.util.find_library = lambda name: None
    try:
        return import_module("documents.press")
    except OSError as error:
        raise PaperNotDrawn("paper.no_pango", f"{INSTALL_PANGO} ({error})") from error


if __name__ == "__main__":
    main()
