# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The papers of a walk: which were ordered, drawing them, drawing them again to compare, copies under plain names."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from documents.codec import facts_to_json
from documents.drawing import draw as draw_pdf
from services.cases.player import Walked
from services.desk import Desk
from services.errors import ServiceError
from services.paper_facts import facts_of, kind_of
from services.paper_files import path_of
from services.papers import draw, draw_next
from storage import agreements, papers
from storage.papers import PaperRow


class BytesDiffer(ServiceError):
    """A paper that the flows drew is not, byte for byte, what this process draws from the same ledger."""

    code = "walk.bytes_differ"


class NotCopied(ServiceError):
    """The papers of a walk could not be copied to where they were wanted; the walk itself stands."""

    code = "walk.papers_not_copied"


@dataclass(frozen=True, slots=True)
class WalkedPaper:
    """A paper of a walk and the name its copy bears."""

    row: PaperRow
    reference: str
    name: str

    @property
    def is_drawn(self) -> bool:
        return self.row.sha256 is not None


def ordered(desk: Desk, walked: Walked) -> tuple[WalkedPaper, ...]:
    """The papers that a walk ordered, in that order; of several with one name the earlier ones bear a version."""
    with desk.store.read() as connection:
        rows = [(row, walked.reference or walked.exchange) for row in papers.of_exchange(connection, walked.exchange)]
        for agreement in walked.agreements:
            loaded = agreements.load(connection, agreement)
            reference = (loaded.standing.reference if loaded else None) or agreement
            rows += [(row, reference) for row in papers.of_agreement(connection, agreement)]
    rows.sort(key=lambda one: (one[0].ordered_at, one[0].id))
    names = [f"{row.kind}-{reference}-{'-'.join(row.languages)}" for row, reference in rows]
    return tuple(
        WalkedPaper(row, reference, f"{name}-v{row.version}.pdf" if name in names[place + 1 :] else f"{name}.pdf")
        for place, ((row, reference), name) in enumerate(zip(rows, names, strict=True))
    )


def draw_all(desk: Desk, walked: Walked, tell: Callable[[int, int], None]) -> None:
    """Draws them in this process, as the beat would; `tell` hears how many of how many are drawn."""
    while True:
        every = ordered(desk, walked)
        left = [paper.row.id for paper in every if not paper.is_drawn]
        tell(len(every) - len(left), len(every))
        if not left:
            return
        if draw_next(desk, 1) == 0:
            # Nothing is due, or it failed: asked for by name, it is drawn or says why not.
            draw(desk, left[0])


def compare(desk: Desk, drawn: Sequence[WalkedPaper]) -> None:
    """Draws each again in this process. Raises BytesDiffer with every paper that came out otherwise."""
    others = [paper for paper in drawn if _digest(desk, paper.row) != paper.row.sha256]
    if others:
        names = ", ".join(paper.name for paper in others)
        raise BytesDiffer(f"drawn here, these have other bytes: {names}", papers=names)


def copy(desk: Desk, drawn: Sequence[WalkedPaper], folder: Path) -> tuple[Path, ...]:
    """Copies drawn papers into a folder that is there, each under its plain name. Raises NotCopied."""
    sources = [(path_of(desk.papers, paper.row.sha256 or ""), folder / paper.name) for paper in drawn]
    try:
        return tuple(Path(shutil.copyfile(source, target)) for source, target in sources)
    except OSError as error:
        raise NotCopied(
            f"{error.filename}: {error.strerror}; the case was walked, its papers lie in {desk.papers}"
        ) from error


def _digest(desk: Desk, row: PaperRow) -> str:
    with desk.store.read() as connection:
        facts = facts_of(desk, connection, row)
    return draw_pdf(kind_of(row.kind), facts_to_json(facts), row.languages).sha256
