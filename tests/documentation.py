# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The documentation as data: its pages, links, commands, and the blocks that are generated from the code.

A generated block stands between `<!-- generated: name -->` and `<!-- end -->`. The tests compare; with MINGA_WRITE_DOCS=1
they write instead, and the difference is then read like prose.
"""

import os
import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import click

HOUSE = Path(__file__).resolve().parent.parent
DOCS = HOUSE / "docs"
FRONT = tuple(HOUSE / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"))

_BLOCK = re.compile(r"(<!-- generated: ([a-z-]+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_SPAN = re.compile(r"`([^`\n]+)`")
_PATH = re.compile(r"(?:[\w.-]+/)+[\w.-]*\.(?:py|toml|md|csv|sh|j2|txt)")


def pages() -> tuple[Path, ...]:
    """Every page of docs/, decisions included."""
    return tuple(sorted(DOCS.rglob("*.md")))


def read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def blocks(page: Path) -> Mapping[str, str]:
    """The generated blocks of a page: name → what stands there now."""
    return {name: body for _, name, body, _ in _BLOCK.findall(read(page))}


def fill(page: Path, generated: Mapping[str, str]) -> None:
    """Writes generated blocks into a page, all else untouched."""
    text = _BLOCK.sub(lambda found: f"{found[1]}{generated[found[2]]}{found[4]}", read(page))
    page.write_text(text, encoding="utf-8")


def is_writing() -> bool:
    return os.environ.get("MINGA_WRITE_DOCS") == "1"


def links(page: Path) -> tuple[str, ...]:
    """The relative links of a page, without what stands after #."""
    prose = _FENCE.sub("", read(page))
    found = (link.partition("#")[0] for link in _LINK.findall(prose) if "://" not in link)
    return tuple(link for link in found if link)


def anchors(page: Path) -> tuple[tuple[Path, str], ...]:
    """The headings a page links to: (page, anchor)."""
    prose = _FENCE.sub("", read(page))
    found = (link.partition("#") for link in _LINK.findall(prose) if "://" not in link and "#" in link)
    return tuple(((page.parent / path).resolve() if path else page, anchor) for path, _, anchor in found)


def headings(page: Path) -> frozenset[str]:
    """The anchors a page offers, as a reader's site makes them from its headings."""
    said = re.findall(r"^#+ (.+)$", _FENCE.sub("", read(page)), re.MULTILINE)
    return frozenset(re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in said)


def paths_named(page: Path) -> tuple[str, ...]:
    """Files of the house that a page names in code spans."""
    spans = _SPAN.findall(_FENCE.sub("", read(page)))
    return tuple(span for span in spans if _PATH.fullmatch(span))


@dataclass(frozen=True, slots=True)
class Shown:
    """A command as a page shows it: what is typed, what is answered."""

    typed: str
    answered: str


def shown(page: Path) -> tuple[Shown, ...]:
    """The commands of a page's console blocks, in order. A line that ends in a backslash goes on in the next."""
    found = []
    for language, body in _FENCE.findall(read(page)):
        if language == "console":
            for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
                typed, answered = _typed_and_answered(part)
                found.append(Shown(typed, answered))
    return tuple(found)


def _typed_and_answered(part: str) -> tuple[str, str]:
    lines = part.split("\n")
    last = next(place for place, line in enumerate(lines) if not line.endswith("\\"))
    return "\n".join(lines[: last + 1]), "\n".join(lines[last + 1 :])


def typed_lines(page: Path) -> Iterator[str]:
    """Every line of a page's code blocks that calls `minga` or `make`, with or without a prompt."""
    for language, body in _FENCE.findall(read(page)):
        if language in ("", "console", "sh"):
            for line in body.replace("\\\n", " ").split("\n"):
                call = re.search(r"(?:^|\$ |\|\s|\()((?:minga|make) [a-z-][^|)]*)", line)
                if call:
                    yield re.split(r"\s{3,}|\s#\s", call[1])[0].strip()


def unknown_words(line: str, root: click.Group) -> list[str]:
    """The words of a `minga` line that the command line does not have: commands and options."""
    context = click.Context(root)
    command: click.Command = root
    unknown = []
    for word in shlex.split(line.replace("…", "").replace("[", "").replace("]", ""))[1:]:
        if word.startswith("-"):
            names = {name for option in command.params for name in (*option.opts, *option.secondary_opts)}
            unknown += [word] if word.partition("=")[0] not in {*names, "--help", "-h"} else []
        elif isinstance(command, click.Group) and not _is_choice(word):
            found = command.get_command(context, word)
            if found is None:
                return [*unknown, word]
            command = found
    return unknown


def _is_choice(word: str) -> bool:
    """`list|show`: a page that lists several commands on one line."""
    return "|" in word


def pattern_of(answered: str) -> re.Pattern[str]:
    """What a shown answer promises: … alone stands for any lines, … in a line for anything in it."""
    lines = []
    for line in answered.strip("\n").split("\n") if answered.strip() else ():
        if line.strip() == "…":
            lines.append(r"(?:.*\n)*?")
        else:
            lines.append(".*?".join(re.escape(part.rstrip()) for part in line.split("…")) + r"[ ]*\n")
    return re.compile("".join(lines))
