# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Files as people and attackers make them, small and by hand."""

import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

OFFICE: Mapping[str, Mapping[str, bytes]] = {
    "docx": {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document>acta</document>"},
    "xlsx": {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"},
    "odt": {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<content/>"},
    "ods": {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<content/>"},
}


def office(path: Path, kind: str, more: Mapping[str, bytes] | None = None) -> Path:
    """An office file of a kind, with what else is in it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**OFFICE[kind], **(more or {})}.items():
            archive.writestr(name, content)
    return path


def png(width: int = 4, height: int = 3, behind: bytes = b"") -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 16)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"") + behind


def jpeg(width: int = 4, height: int = 3) -> bytes:
    frame = struct.pack(">BHHB", 8, height, width, 0)
    return b"\xff\xd8\xff\xe0\x00\x04ab" + b"\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame + b"\xff\xd9"


def webp(width: int = 4, height: int = 3) -> bytes:
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\0" * 4
    body += (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"RIFF" + struct.pack("<I", len(body)) + body


def pdf(objects: bytes = b"1 0 obj << /Type /Catalog >> endobj") -> bytes:
    return b"%PDF-1.7\n" + objects + b"\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def packed(objects: bytes) -> bytes:
    """A PDF whose objects lie compressed in a stream of their own."""
    stream = zlib.compress(objects)
    return pdf(b"2 0 obj << /Type /ObjStm /Filter /FlateDecode >> stream\r\n" + stream + b"\nendstream endobj")


GOOD: Mapping[str, bytes] = {
    "acta.pdf": pdf(),
    "foto.jpg": jpeg(),
    "foto.jpeg": jpeg(),
    "sello.png": png(),
    "aula.webp": webp(),
    "lista.csv": "país;día\nPerú;2026-11-23\n".encode(),
    "nota.txt": "﻿Reunião às nove.\r\n".encode(),
}
