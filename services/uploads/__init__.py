# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Uploads: what a file is, found out from its bytes and never from its name, before anybody keeps it.

Nothing here opens a file the way its readers do. A picture is not decoded, a document not laid out, a PDF not executed:
headers are read, containers are counted before they are unpacked, and XML ends at its first element.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

from services.errors import refused
from services.uploads import archives, pdfs, pictures, texts
from services.uploads.kinds import EXTENSIONS, MEDIA_TYPES, kind_of

LARGEST_UPLOAD = 25 * 1024 * 1024
CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Inspected:
    """A file that may be kept: its kind, the media type it is served with, its length and digest.

    `remarks` name what a reader should know of before opening it, like `attachments`.
    """

    kind: str
    media_type: str
    bytes: int
    sha256: str
    remarks: tuple[str, ...] = ()


Look = Callable[[Path, str], tuple[str, ...]]

LOOKS: Mapping[str, Look] = MappingProxyType(
    {
        "pdf": pdfs.look,
        "jpeg": pictures.look,
        "png": pictures.look,
        "webp": pictures.look,
        "docx": archives.look,
        "xlsx": archives.look,
        "odt": archives.look,
        "ods": archives.look,
        "csv": texts.look,
        "txt": texts.look,
    }
)
"""Who looks into each kind of file; each refuses, or says its remarks."""


def inspect(path: Path, declared_name: str) -> Inspected:
    """What a file is. Refuses one too large, of no kind that is kept, other than its name says, or that could do harm."""
    size = path.stat().st_size
    if size > LARGEST_UPLOAD:
        raise refused("upload.too_large", f"at most {LARGEST_UPLOAD} bytes", limit=LARGEST_UPLOAD)
    if size == 0:
        raise refused("upload.empty", "a file with something in it")
    declared = _declared(declared_name)
    kind = kind_of(path, declared)
    if kind != declared:
        raise refused("upload.kind_differs", "the file is what the end of its name says", found=kind, declared=declared)
    remarks = LOOKS[kind](path, kind)
    return Inspected(kind, MEDIA_TYPES[kind], size, _digest(path), remarks)


def _declared(name: str) -> str:
    """The kind the end of a name stands for."""
    kind = EXTENSIONS.get(Path(name).suffix.lower())
    if kind is None:
        raise refused("upload.kind_unknown", f"a file of one of these kinds: {', '.join(MEDIA_TYPES)}")
    return kind


def _digest(path: Path) -> str:
    found = sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            found.update(chunk)
    return found.hexdigest()
