# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""HTML to a PDF that is tagged, archival and the same for ever: PDF/A-3a and PDF/UA-1 in one file.

Runs inside the child only. Nothing in the file comes from the clock, the machine or chance: the dates are those of
the facts, the identifier is their hash, the fonts are the paper's own.
"""

import hashlib
import logging
from datetime import date, datetime, time

import weasyprint
from weasyprint.urls import FatalURLFetchingError

from documents.fetcher import ClosedFetcher
from documents.finisher import also_accessible
from documents.fonts import FAMILIES
from documents.refusals import PaperNotDrawn

MAX_PAGES = 400
OPTIONS = {
    **weasyprint.DEFAULT_OPTIONS,
    "pdf_variant": "pdf/a-3a",
    "pdf_tags": True,
    "presentational_hints": False,
}


class _Complaints(logging.Handler):
    """Keeps what WeasyPrint warns of: a paper is drawn without a complaint or not at all."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage())


def print_pdf(html: str, facts: bytes, day: date) -> tuple[bytes, int]:
    """The PDF and the number of its pages, with the facts attached as `facts.json`.

    Raises PaperNotDrawn: paper.forbidden_address, paper.foreign_font, paper.too_large, paper.drawing_failed.
    """
    complaints = _listen()
    fetcher = ClosedFetcher()
    try:
        pdf, pages = _print(html, facts, day, fetcher)
    except FatalURLFetchingError as error:
        raise PaperNotDrawn("paper.forbidden_address", str(error)) from error
    if fetcher.refused:
        raise PaperNotDrawn("paper.forbidden_address", ", ".join(fetcher.refused)[:500])
    missing = [said for said in complaints.heard if ".notdef" in said]
    if missing:
        raise PaperNotDrawn("paper.missing_glyph", "; ".join(missing)[:500])
    if complaints.heard:
        raise PaperNotDrawn("paper.drawing_failed", "; ".join(complaints.heard)[:500])
    return pdf, pages


def _print(html: str, facts: bytes, day: date, fetcher: ClosedFetcher) -> tuple[bytes, int]:
    page = weasyprint.HTML(string=html, base_url="minga-asset:", url_fetcher=fetcher)
    document = page.render(**OPTIONS)
    if len(document.pages) > MAX_PAGES:
        raise PaperNotDrawn("paper.too_large", f"{len(document.pages)} pages, {MAX_PAGES} at most.")
    pdf = document.write_pdf(
        finisher=also_accessible,
        **{
            **OPTIONS,
            "pdf_identifier": hashlib.sha256(facts).digest()[:16],
            "attachments": [_facts_attached(facts, day)],
        },
    )
    _refuse_foreign_fonts(font.family for font in document.fonts.values())
    return pdf, len(document.pages)


def _facts_attached(facts: bytes, day: date) -> weasyprint.Attachment:
    midnight = datetime.combine(day, time())
    return weasyprint.Attachment(
        string=facts,
        name="facts.json",
        description="The facts this paper was drawn from",
        created=midnight,
        modified=midnight,
        relationship="Data",
    )


def _refuse_foreign_fonts(used: object) -> None:
    foreign = sorted(set(used) - FAMILIES)  # type: ignore[call-overload]
    if foreign:
        raise PaperNotDrawn("paper.foreign_font", ", ".join(foreign))


def _listen() -> _Complaints:
    complaints = _Complaints()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(complaints)
    logger.propagate = False
    return complaints
