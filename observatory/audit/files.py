# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The files of drawn papers and of evidence: there, and the very bytes whose hash the ledger remembers.

A file that a decision erased is not looked for: the event that says so is what is left of it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import file_digest
from pathlib import Path
from typing import Any

from cycle.evidence import KIND, erased, held
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


def evidence_files(folder: Path, stream: str, facts: Iterable[Mapping[str, Any]]) -> Iterator[Finding]:
    """What is wrong with the files of a stream's evidence, by the rows its events explain."""
    for fact in _evidence(facts):
        for digest in sorted(held(fact["status"], json.loads(fact["body"]))):
            found = _digest(folder / digest[:2] / digest)
            if found != digest:
                told = "is missing" if found == MISSING else "holds other bytes"
                text = f"a file of {fact['item']} {told}, and no decision says that it was erased"
                kind, seq = Damage.FILE_MISSING_OR_ALTERED, int(fact["changed_seq"])
                yield Finding(kind, stream, seq, "facts.body", shown(found), shown(digest), shown(text))


def erased_by_decision(facts: Iterable[Mapping[str, Any]]) -> int:
    """How many files of evidence a decision erased."""
    return sum(len(erased(fact["status"], json.loads(fact["body"]))) for fact in _evidence(facts))


def _evidence(facts: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    yield from (fact for fact in facts if fact["kind"] == KIND)


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return MISSING
    except (OSError, ValueError) as error:
        return f"(unreadable: {error})"
