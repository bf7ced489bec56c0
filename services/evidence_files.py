# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The files of evidence, by the SHA-256 of what they hold: `evidence/ab/abcd…`. A file bears its name only once it is whole.

What is brought lies in `evidence/.incoming` until it was looked into; nothing but this module reads or writes there.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from services.errors import refused
from services.uploads import LARGEST_UPLOAD

CHUNK = 1024 * 1024
INCOMING = ".incoming"


def path_of(folder: Path, digest: str) -> Path:
    """Where the file with this SHA-256 lies, or would lie."""
    return folder / digest[:2] / digest


@contextmanager
def received(folder: Path, file: BinaryIO) -> Iterator[Path]:
    """What is brought, on the disk for as long as it is looked into. Refuses what is too large."""
    incoming = folder / INCOMING
    incoming.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=incoming, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as copy:
            _copy(file, copy)
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _copy(file: BinaryIO, copy: BinaryIO) -> None:
    written = 0
    while chunk := file.read(CHUNK):
        written += len(chunk)
        if written > LARGEST_UPLOAD:
            raise refused("upload.too_large", f"at most {LARGEST_UPLOAD} bytes", limit=LARGEST_UPLOAD)
        copy.write(chunk)
    copy.flush()
    os.fsync(copy.fileno())


def keep(folder: Path, brought: Path, digest: str) -> Path:
    """Gives a file that was received its name, for good; one that lies there already is the same."""
    path = path_of(folder, digest)
    path.parent.mkdir(parents=True, exist_ok=True)
    brought.chmod(0o640)
    brought.replace(path)
    for above in (path.parent, folder):
        _sync(above)
    return path


def remove(folder: Path, digest: str) -> bool:
    """Takes a file away; whether there was one."""
    path = path_of(folder, digest)
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    _sync(path.parent)
    return True


def older_than(folder: Path, shelf: str, instant: float) -> Iterator[Path]:
    """The files of one shelf (`ab`, `.incoming`, `mail`) that were last written before an instant, in seconds since 1970."""
    place = folder / shelf
    if place.is_dir():
        yield from (path for path in sorted(place.iterdir()) if path.is_file() and path.stat().st_mtime < instant)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
