# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Office files are zip archives of XML: counted by their directory before anything in them is unpacked."""

import struct
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler

from defusedxml.common import DefusedXmlException
from defusedxml.sax import make_parser

from services.errors import refused

MOST_ENTRIES = 2_000
LARGEST_DIRECTORY = 1024 * 1024
LARGEST_WHOLE = 100 * 1024 * 1024
LARGEST_RATIO = 200
RATIO_COUNTS_FROM = 1024 * 1024
CHUNK = 64 * 1024

OPEN_DOCUMENTS: Mapping[str, str] = MappingProxyType(
    {
        "odt": "application/vnd.oasis.opendocument.text",
        "ods": "application/vnd.oasis.opendocument.spreadsheet",
    }
)
NESTED = (
    ".zip",
    ".jar",
    ".docx",
    ".xlsx",
    ".pptx",
    ".odt",
    ".ods",
    ".odp",
    ".gz",
    ".7z",
    ".rar",
    ".tar",
    ".bz2",
    ".xz",
)
MACROS = ("vbaproject", "vbadata", "activex/", "basic/", "scripts/", "macrosheets/")
XML = (".xml", ".rels", ".rdf")
_END = struct.Struct("<4s4H2LH")


def kind_of(path: Path) -> str:
    """Which kind of office file an archive is."""
    with _opened(path) as archive:
        names = {entry.filename for entry in archive.infolist()}
        if "mimetype" in names:
            said = _mimetype(archive)
            kind = next((kind for kind, media_type in OPEN_DOCUMENTS.items() if media_type == said), None)
        elif "[Content_Types].xml" in names:
            kind = "docx" if "word/document.xml" in names else "xlsx" if "xl/workbook.xml" in names else None
        else:
            kind = None
    if kind is None:
        raise refused("upload.kind_unknown", "an archive that is a text document or a spreadsheet")
    return kind


def _mimetype(archive: zipfile.ZipFile) -> str:
    return archive.open("mimetype").read(100).decode("latin-1").strip()


def look(path: Path, _: str) -> tuple[str, ...]:
    """Refuses what lies, hides, swells or acts."""
    with _opened(path) as archive:
        for entry in archive.infolist():
            if entry.filename.lower().endswith(XML):
                _is_plain_xml(archive, entry)
    return ()


def _opened(path: Path) -> zipfile.ZipFile:
    """The archive, every entry of its directory looked at."""
    _directory_is_small(path)
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise refused("upload.damaged", "an archive that can be read") from error
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > LARGEST_WHOLE:
        raise refused("upload.bomb", "an archive that unpacks to no more than its kind needs")
    if len({entry.filename for entry in entries}) != len(entries):
        raise refused("upload.damaged", "an archive that names each of its files once")
    for entry in entries:
        _entry_is_harmless(entry)
    return archive


def _directory_is_small(path: Path) -> None:
    """Before the directory is read: a library makes an object of each of its entries, half a million in 25 MiB."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _END.size - 65_535))
        tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + _END.size > len(tail):
        raise refused("upload.damaged", "an archive with its directory")
    _, disk, starts_on, here, entries, directory, _, comment = _END.unpack_from(tail, at)
    if at + _END.size + comment != len(tail) or disk or starts_on or here != entries:
        raise refused("upload.damaged", "an archive that ends where it says")
    if entries > MOST_ENTRIES or directory > LARGEST_DIRECTORY:
        raise refused("upload.bomb", "an archive of no more files than its kind needs")


def _entry_is_harmless(entry: zipfile.ZipInfo) -> None:
    name, parts = entry.filename.lower(), PurePosixPath(entry.filename).parts
    if entry.flag_bits & 0x1:
        raise refused("upload.encrypted", "a file that opens without a password")
    if entry.filename.startswith("/") or ".." in parts or "\\" in entry.orig_filename or ":" in entry.filename:
        raise refused("upload.path_unsafe", "an archive whose files stay inside it")
    if name.endswith(NESTED):
        raise refused("upload.nested", "an archive without further archives inside")
    if any(macro in name for macro in MACROS):
        raise refused("upload.macros", "a document without macros")
    if entry.file_size > RATIO_COUNTS_FROM and entry.file_size > LARGEST_RATIO * max(entry.compress_size, 1):
        raise refused("upload.bomb", "an archive that unpacks to no more than its kind needs")


class _RootReached(Exception):
    """The prolog is over: no document type may come after it."""


class _Prolog(ContentHandler):
    def startElement(self, name: str, attrs: object) -> None:  # noqa: N802 - the library's name
        raise _RootReached

    def startElementNS(self, name: object, qname: object, attrs: object) -> None:  # noqa: N802 - the library's name
        raise _RootReached


def _is_plain_xml(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """No document type, so no entity to swell: read no further than the first element, behind which none may stand."""
    parser = make_parser()
    parser.forbid_dtd = True
    parser.setContentHandler(_Prolog())
    try:
        for chunk in _chunks(archive, entry):
            parser.feed(chunk)
        # Some builds of expat hold a long token back until they are told that nothing follows.
        parser.close()
    except _RootReached:
        return
    except DefusedXmlException as error:
        raise refused("upload.bomb", "XML without a document type or entities", file=entry.filename) from error
    except (SAXParseException, zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise refused("upload.damaged", "an archive that can be read", file=entry.filename) from error
    raise refused("upload.damaged", "XML that has an element", file=entry.filename)


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(entry) as file:
        while chunk := file.read(CHUNK):
            yield chunk
