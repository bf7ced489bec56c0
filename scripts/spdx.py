# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Puts two SPDX lines at the head of every source file: whose it is, and under which licence.

A shebang stays first, a module's docstring stays its docstring, and a template keeps its first line, which names its facts.
Running it twice changes nothing. What it passes over is covered by REUSE.toml: prose, data, approved papers, locks,
pictures, and the template that new migrations are written from.

Usage: scripts/spdx.sh [--check] [FILE …]     (every file under version control unless some are named)
"""

import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
# Written in two halves: a reader of licences would take this page's own words for its licence.
MARK = "SPDX-" + "License-Identifier"
LINES = ("SPDX-" + "FileCopyrightText: 2026 The Minga contributors", f"{MARK}: Apache-2.0")
PASSED_OVER = ("tests/documents/approved/", "storage/migrations/script.py.mako")


def with_header(text: str, suffix: str) -> str:
    """The text with its header; the same text where it has one or needs none."""
    write = WRITERS.get(suffix)
    return text if write is None or not text or MARK in _head(text) else write(text)


def _head(text: str) -> str:
    return "\n".join(text.splitlines()[:6])


def _hashed(text: str) -> str:
    """Python and shell: comments, under the shebang where there is one."""
    shebang, rest = ("", text) if not text.startswith("#!") else _after_first_line(text)
    apart = "\n" if rest[:1] not in ("#", "\n") else "#\n" if shebang else "\n"
    return shebang + "".join(f"# {line}\n" for line in LINES) + apart + rest


def _styled(text: str) -> str:
    return "/*\n" + "".join(f" * {line}\n" for line in LINES) + " */\n" + text


def _templated(text: str) -> str:
    """Under the first line, in a comment of Jinja's own: nothing of it is ever drawn."""
    first, rest = _after_first_line(text)
    return first + "{#\n" + "".join(f"{line}\n" for line in LINES) + "#}\n" + rest


def _after_first_line(text: str) -> tuple[str, str]:
    first, newline, rest = text.partition("\n")
    return first + newline, rest


WRITERS: dict[str, Callable[[str], str]] = {".py": _hashed, ".sh": _hashed, ".css": _styled, ".j2": _templated}


def files() -> tuple[Path, ...]:
    """Every file under version control that carries its own header."""
    listed = subprocess.run(("git", "ls-files"), cwd=HOUSE, capture_output=True, text=True, check=True).stdout
    ours = (name for name in listed.splitlines() if not name.startswith(PASSED_OVER))
    return tuple(HOUSE / name for name in ours if Path(name).suffix in WRITERS and (HOUSE / name).is_file())


def write(paths: Iterable[Path], *, only_look: bool = False) -> tuple[Path, ...]:
    """Writes what is missing; the files that lacked it come back."""
    lacking = []
    for path in paths:
        text = path.read_text(encoding="utf-8")
        whole = with_header(text, path.suffix)
        if whole != text:
            lacking.append(path)
            if not only_look:
                path.write_text(whole, encoding="utf-8")
    return tuple(lacking)


def main(arguments: list[str]) -> int:
    """Exit 1 with --check when a header is missing."""
    only_look = "--check" in arguments
    named = tuple(Path(word).resolve() for word in arguments if word != "--check")
    lacking = write(named or files(), only_look=only_look)
    sys.stdout.writelines(f"{path.relative_to(HOUSE) if path.is_relative_to(HOUSE) else path}\n" for path in lacking)
    return 1 if lacking and only_look else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
