# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Kinds of files by their first bytes. A file that is two things at once is refused: readers would not agree on it."""

import zipfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from services.errors import refused
from services.uploads import archives

MEDIA_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "pdf": "application/pdf",
        "jpeg": "image/jpeg",
        "png": "image/png",
        "webp": "image/webp",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "odt": archives.OPEN_DOCUMENTS["odt"],
        "ods": archives.OPEN_DOCUMENTS["ods"],
        "csv": "text/csv; charset=utf-8",
        "txt": "text/plain; charset=utf-8",
    }
)
"""The kinds that are kept, and how each is served."""

EXTENSIONS: Mapping[str, str] = MappingProxyType({**{f".{kind}": kind for kind in MEDIA_TYPES}, ".jpg": "jpeg"})

FIRST_BYTES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"PK", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "compound"),
)
PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
    b"BZh",
)
"""How programs and foreign archives begin: such a file is no text, even when every byte of it could be."""

SEEN_BY_PDF_READERS = 1024
"""PDF readers look this far for the beginning of a PDF, whatever comes before it."""


def kind_of(path: Path, declared: str) -> str:
    """What the bytes are. Text has no mark: what bears none is the kind of text its name says."""
    with path.open("rb") as file:
        head = file.read(SEEN_BY_PDF_READERS)
    kind = _by_first_bytes(head, declared)
    _is_one_thing(path, head, kind)
    return archives.kind_of(path) if kind == "zip" else kind


def _by_first_bytes(head: bytes, declared: str) -> str:
    found = next((kind for mark, kind in FIRST_BYTES if head.startswith(mark)), None)
    if found == "compound" and declared in ("docx", "xlsx"):
        raise refused("upload.encrypted", "a file that opens without a password")
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if found in (None, "compound") and (declared not in ("csv", "txt") or found or head.startswith(PROGRAMS)):
        raise refused("upload.kind_unknown", f"a file of one of these kinds: {', '.join(MEDIA_TYPES)}")
    return found or declared


def _is_one_thing(path: Path, head: bytes, kind: str) -> None:
    if kind != "zip" and zipfile.is_zipfile(path):
        raise refused("upload.two_kinds", "a file that is one thing, not an archive as well", found=[kind, "zip"])
    if kind != "pdf" and b"%PDF-" in head:
        raise refused("upload.two_kinds", "a file that is one thing, not a PDF as well", found=[kind, "pdf"])
