# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The files of drawn papers, by the SHA-256 of what they hold: `papers/ab/abcd….pdf`.

A file appears under its name only when every byte of it is on the disk, so a half-written paper never bears a name.
"""

import os
import tempfile
from hashlib import sha256
from pathlib import Path


def path_of(folder: Path, digest: str) -> Path:
    """Where the paper with this SHA-256 lies, or would lie."""
    return folder / digest[:2] / f"{digest}.pdf"


def keep(folder: Path, content: bytes) -> Path:
    """Puts a paper on the disk for good; one that lies there whole is left as it is."""
    digest = sha256(content).hexdigest()
    path = path_of(folder, digest)
    if holds(path, digest):
        return path
    _make_folders(path.parent)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{digest[:8]}-", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o640)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync(path.parent)
    return path


def holds(path: Path, digest: str) -> bool:
    """Whether the file is there and holds what its name says."""
    try:
        with path.open("rb") as file:
            content = file.read()
    except FileNotFoundError:
        return False
    return sha256(content).hexdigest() == digest


def _make_folders(folder: Path) -> None:
    """A new folder is on the disk only when the one above it says so on the disk too."""
    if folder.is_dir():
        return
    _make_folders(folder.parent)
    folder.mkdir(exist_ok=True)
    _sync(folder.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
