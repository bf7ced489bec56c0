"""PDFs: never executed. What acts when opened is refused, wherever the file spells or hides it."""

import mmap
import re
import zlib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from services.errors import refused

LARGEST_OBJECTS = 16 * 1024 * 1024
LARGEST_WHOLE = 48 * 1024 * 1024
ENDS_WITHIN = 1024
CHUNK = 256 * 1024
LONGEST_NAME = 64


def _name(word: str) -> bytes:
    """A pattern for a PDF name: each letter as itself or as its number, as in /J#61vaScript."""
    return b"/" + b"".join(b"(?:%s|#(?i:%02x))" % (letter.encode(), ord(letter)) for letter in word)


ACTIVE = re.compile(
    b"|".join(_name(word) for word in ("JavaScript", "Launch", "RichMedia", "ImportData", "SubmitForm"))
)
FORMS = re.compile(_name("XFA") + rb"[\s\[(<\d]")
ENCRYPTED = re.compile(_name("Encrypt") + rb"[\s<\d]")
ATTACHED = re.compile(_name("EmbeddedFile"))
OBJECTS = re.compile(_name("ObjStm"))


def look(path: Path, _: str) -> tuple[str, ...]:
    """Says `attachments` of a PDF that carries files, as Minga's own papers do."""
    with path.open("rb") as file:
        # Closed with its last reader: a search that was broken off still points into it.
        whole = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    if b"%%EOF" not in whole[-ENDS_WITHIN:]:
        raise refused("upload.damaged", "a PDF that is whole")
    if ENCRYPTED.search(whole):
        raise refused("upload.encrypted", "a file that opens without a password")
    parts: Iterator[mmap.mmap | bytes] = chain((whole,), _hidden(whole))
    # Every part is looked at, also after the first attachment.
    attached = sum(_carries_files(part) for part in parts)
    return ("attachments",) if attached else ()


def _carries_files(part: mmap.mmap | bytes) -> bool:
    """Raises Refused for a part that acts."""
    if ACTIVE.search(part) or FORMS.search(part):
        raise refused(
            "upload.active_content", "a PDF that does nothing by itself: no scripts, no programs, no XFA forms"
        )
    return ATTACHED.search(part) is not None


def _hidden(whole: mmap.mmap) -> Iterator[bytes]:
    """The objects that lie compressed in streams of their own, unpacked in pieces that overlap by the longest name."""
    spent = 0
    for match in OBJECTS.finditer(whole):
        begins = _stream_after(whole, match.end())
        for piece in _unpacked(whole, begins) if begins else ():
            spent += len(piece)
            if spent > LARGEST_WHOLE:
                raise refused("upload.bomb", "a PDF that unpacks to no more than its kind needs")
            yield piece


def _stream_after(whole: mmap.mmap, at: int) -> int | None:
    found = whole.find(b"stream", at)
    if found < 0:
        return None
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
