# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Clauses: a text of law as a numbered list, and two languages of it set side by side.

Each language's template is the whole text, written with `{% call clause("object", "Objeto") %}…{% endcall %}`.
Rendering it gives a list of clauses; two lists are laid beside each other paragraph by paragraph, and are refused
when they do not match.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser

from markupsafe import Markup

from documents.refusals import PaperNotDrawn

Shape = tuple[tuple[str, int | None, tuple[str | None, ...]], ...]


@dataclass(frozen=True, kw_only=True)
class Block:
    """One paragraph or list of a clause; only paragraphs carry a number, and only when there are several."""

    number: str | None
    markup: Markup

    @property
    def leads_on(self) -> bool:
        """True of a paragraph that announces the list after it."""
        return self.markup.endswith(":</p>")


@dataclass(frozen=True, kw_only=True)
class Clause:
    """One clause in one language; the preamble and the closing words have no number."""

    key: str
    number: int | None
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, kw_only=True)
class Row:
    """The same clause, in each language of the paper."""

    key: str
    number: int | None
    titles: tuple[tuple[str, str], ...]
    blocks: tuple[tuple[tuple[str, Block], ...], ...]

    @property
    def numbered(self) -> bool:
        """True when the paragraphs carry numbers, so that lists stand further in."""
        return any(block.number for beside in self.blocks for _, block in beside)


class ClauseList:
    """Takes the clauses down in the order in which a template says them."""

    def __init__(self) -> None:
        self._clauses: list[Clause] = []
        self._numbered = 0

    @property
    def clauses(self) -> tuple[Clause, ...]:
        return tuple(self._clauses)

    def clause(self, key: str, title: str, *, caller: Callable[[], Markup]) -> str:
        self._numbered += 1
        self._take(key, self._numbered, title, caller())
        return ""

    def unnumbered(self, key: str, title: str, *, caller: Callable[[], Markup]) -> str:
        self._take(key, None, title, caller())
        return ""

    def _take(self, key: str, number: int | None, title: str, body: Markup) -> None:
        blocks = _number(number, split_blocks(body))
        self._clauses.append(Clause(key=key, number=number, title=title, blocks=blocks))


def side_by_side(texts: dict[str, tuple[Clause, ...]]) -> tuple[Row, ...]:
    """The clause lists of all languages, row by row.

    Raises PaperNotDrawn (paper.clauses_differ) when keys, numbers or the paragraphs of a clause do not match.
    """
    shapes = {language: _shape(clauses) for language, clauses in texts.items()}
    first, *others = shapes
    for other in others:
        if shapes[other] != shapes[first]:
            raise PaperNotDrawn("paper.clauses_differ", _difference(first, other, shapes))
    return tuple(_row(dict(zip(texts, same, strict=True))) for same in zip(*texts.values(), strict=True))


def text_hash(clauses: tuple[Clause, ...]) -> str:
    """SHA-256 of a language's text: every title and paragraph, in order, without the page around it."""
    lines = [
        line
        for clause in clauses
        for line in (f"{clause.number or ''} {clause.title}", *(b.markup for b in clause.blocks))
    ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def split_blocks(body: str) -> tuple[Markup, ...]:
    """The outermost elements of a clause's body, each with its white space made single."""
    splitter = _Splitter()
    splitter.feed(" ".join(body.split()))
    splitter.close()
    return tuple(Markup(block) for block in splitter.blocks)  # noqa: S704


class _Splitter(HTMLParser):
    """Cuts markup that Jinja has already escaped at its outermost elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.blocks: list[str] = []
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._depth == 0:
            self.blocks.append("")
        self._depth += 1
        self._add(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self._add(f"</{tag}>")
        self._depth -= 1

    def handle_data(self, data: str) -> None:
        if self._depth == 0 and data.strip():
            raise PaperNotDrawn("paper.drawing_failed", f"Text outside a paragraph: {data!r:.60}.")
        if self._depth:
            self._add(data)

    def handle_entityref(self, name: str) -> None:
        self._add(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._add(f"&#{name};")

    def _add(self, markup: str) -> None:
        self.blocks[-1] += markup


def _number(clause: int | None, blocks: tuple[Markup, ...]) -> tuple[Block, ...]:
    paragraphs = sum(block.startswith("<p") for block in blocks)
    numbered: list[Block] = []
    count = 0
    for block in blocks:
        count += block.startswith("<p")
        wants_number = clause is not None and paragraphs > 1 and block.startswith("<p")
        numbered.append(Block(number=f"{clause}.{count}" if wants_number else None, markup=block))
    return tuple(numbered)


def _shape(clauses: tuple[Clause, ...]) -> Shape:
    return tuple((clause.key, clause.number, tuple(block.number for block in clause.blocks)) for clause in clauses)


def _difference(first: str, other: str, shapes: dict[str, Shape]) -> str:
    pairs = zip(shapes[first], shapes[other], strict=False)
    where = next((one[0] for one, two in pairs if one != two), "the number of clauses")
    return f"{first} and {other} differ at: {where}."


def _row(clauses: dict[str, Clause]) -> Row:
    first = next(iter(clauses.values()))
    return Row(
        key=first.key,
        number=first.number,
        titles=tuple((language, clause.title) for language, clause in clauses.items()),
        blocks=tuple(
            tuple(zip(clauses, same, strict=True))
            for same in zip(*(clause.blocks for clause in clauses.values()), strict=True)
        ),
    )
