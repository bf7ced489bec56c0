"""The files of drawn papers: there, and the very bytes whose hash the ledger remembers."""

from collections.abc import Iterable, Iterator, Mapping
from hashlib import file_digest
from pathlib import Path
from typing import Any

from ledger.findings import Damage, Finding
from observatory.audit.finding import shown

MISSING = "(missing)"


def file_of(folder: Path, digest: str) -> Path:
    """Where the paper with this SHA-256 lies: `papers/ab/abcd….pdf`."""
    return folder / digest[:2] / f"{digest}.pdf"


def paper_files(folder: Path, stream: str, papers: Iterable[Mapping[str, Any]]) -> Iterator[Finding]:
    """What is wrong with the files of a stream's drawn papers, by the rows its events explain."""
    for paper in papers:
        if paper["sha256"] is None:
            continue
        found = _digest(file_of(folder, str(paper["sha256"])))
        if found != paper["sha256"]:
            told = "is missing" if found == MISSING else "holds other bytes"
            text = f"the file of paper {paper['id']} ({paper['kind']}, version {paper['version']}) {told}"
            kind, seq = Damage.FILE_MISSING_OR_ALTERED, int(paper["ordered_seq"])
            yield Finding(kind, stream, seq, "papers.sha256", shown(found), shown(paper["sha256"]), shown(text))


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return MISSING
    except (OSError, ValueError) as error:
        return f"(unreadable: {error})"
