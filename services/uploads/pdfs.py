# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""PDFs: never executed. What acts when opened is refused, wherever the file spells or hides it."""

import mmap
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

from services.errors import refused

LARGEST_OBJECTS = 16 * 1024 * 1024
LARGEST_WHOLE = 48 * 1024 * 1024
ENDS_WITHIN = 1024
CHUNK = 256 * 1024
LONGEST_NAME = 64


def _spelled(word: str) -> bytes:
    """A pattern for a PDF name: each letter as itself or as its number, as in /J#61vaScript."""
    return b"".join(b"(?:%s|#(?i:%02x))" % (letter.encode(), ord(letter)) for letter in word)


_ACTS = b"|".join(_spelled(word) for word in ("JavaScript", "Launch", "RichMedia", "ImportData", "SubmitForm"))
NAMES = re.compile(
    b"/(?:(?P<acts>%s|%s[\\s\\[(<\\d])|(?P<locks>%s[\\s<\\d])|(?P<carries>%s)|(?P<hides>%s))"
    % (_ACTS, _spelled("XFA"), _spelled("Encrypt"), _spelled("EmbeddedFile"), _spelled("ObjStm"))
)
"""Every name that matters, in one search: what acts, locks the file, carries files, or hides further objects."""


def look(path: Path, _: str) -> tuple[str, ...]:
    """Says `attachments` of a PDF that carries files, as Minga's own papers do."""
    with path.open("rb") as file:
        # Closed with its last reader: a search that was broken off still points into it.
        whole = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    if b"%%EOF" not in whole[-ENDS_WITHIN:]:
        raise refused("upload.damaged", "a PDF that is whole")
    carries, spent = False, 0
    for match in NAMES.finditer(whole):
        carries |= _carries(match)
        if match.lastgroup == "hides":
            for piece in _unpacked(whole, _stream_after(whole, match.end())):
                spent += len(piece)
                if spent > LARGEST_WHOLE:
                    raise refused("upload.bomb", "a PDF that unpacks to no more than its kind needs")
                # Every name is looked at, also after the first attachment.
                carries |= sum(_carries(inside) for inside in NAMES.finditer(piece)) > 0
    return ("attachments",) if carries else ()


def _carries(match: re.Match[bytes]) -> bool:
    """Whether a name says that the file carries others. Raises Refused for one that acts, or locks it."""
    if match.lastgroup == "acts":
        raise refused(
            "upload.active_content", "a PDF that does nothing by itself: no scripts, no programs, no XFA forms"
        )
    if match.lastgroup == "locks":
        raise refused("upload.encrypted", "a file that opens without a password")
    return match.lastgroup == "carries"


def _stream_after(whole: mmap.mmap, at: int) -> int:
    """Where the next stream begins; the end of the file where there is none."""
    found = whole.find(b"stream", at)
    if found < 0:
        return len(whole)
    begins = found + len(b"stream")
    return begins + (2 if whole[begins : begins + 2] == b"\r\n" else 1)


def _unpacked(whole: mmap.mmap, begins: int) -> Iterator[bytes]:
    unpacker, before, total = zlib.decompressobj(), b"", 0
    waiting, at = b"", begins
    while not unpacker.eof:
        waiting = unpacker.unconsumed_tail or whole[at : at + CHUNK]
        if not waiting:
            return
        at += 0 if unpacker.unconsumed_tail else len(waiting)
        try:
            piece = unpacker.decompress(waiting, CHUNK)
        except zlib.error as error:
            raise refused("upload.damaged", "a PDF whose objects can be read") from error
        total += len(piece)
        if total > LARGEST_OBJECTS:
            raise refused("upload.bomb", "a PDF that unpacks to no more than its kind needs")
        yield before + piece
        before = piece[-LONGEST_NAME:]
