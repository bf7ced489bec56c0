# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Why a paper was not drawn: one error, one stable code, and what to do about it."""

from collections.abc import Mapping
from types import MappingProxyType

CODES: Mapping[str, str] = MappingProxyType(
    {
        "paper.unknown_kind": "There is no paper of this kind.",
        "paper.unknown_language": "This paper has no text in this language.",
        "paper.too_many_languages": "This paper does not set so many languages side by side.",
        "paper.missing_fact": "The paper needs a fact that was not given.",
        "paper.unknown_fact": "A fact was given that this paper does not know.",
        "paper.wrong_fact": "A fact has a value that this paper cannot read.",
        "paper.clauses_differ": "The texts of two languages do not have the same clauses.",
        "paper.missing_glyph": "The paper's fonts have no letter for a character.",
        "paper.foreign_font": "The paper was about to use a font that is not its own.",
        "paper.forbidden_address": "The paper asked for a file or an address outside itself.",
        "paper.too_large": "The paper is larger than a paper may be.",
        "paper.time_limit": "Drawing the paper took longer than allowed.",
        "paper.memory_limit": "Drawing the paper took more memory than allowed.",
        "paper.no_pango": "WeasyPrint cannot find the system library Pango.",
        "paper.drawing_failed": "The paper could not be drawn.",
    }
)

INSTALL_PANGO = (
    "Install Pango and draw again: on Debian or Ubuntu run "
    "`apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0`; "
    "on macOS run `brew install pango`."
)

OUT_OF_MEMORY = (
    "MemoryError",
    "out of memory",
    "annot allocate",
    "failed to allocate",
    "failed to map segment",
    "Error creating thread",
)


def tells_of_memory(words: str) -> bool:
    """Whether a library's last words say that memory was refused."""
    return any(said in words for said in OUT_OF_MEMORY)


class PaperNotDrawn(Exception):
    """A paper was refused or failed; `code` never changes its meaning, `detail` says what exactly."""

    def __init__(self, code: str, detail: str) -> None:
        if code not in CODES:
            raise ValueError(f"no such reason: {code}")
        super().__init__(f"{CODES[code]} {detail}")
        self.code = code
        self.detail = detail

    def __reduce__(self) -> tuple[type["PaperNotDrawn"], tuple[str, str]]:
        return PaperNotDrawn, (self.code, self.detail)
