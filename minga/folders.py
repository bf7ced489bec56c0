# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The folders Minga writes to: the data folder, for one supervisor at a time, and the folder of keys."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from minga.settings import Settings


class FolderUnusable(Exception):
    """A folder cannot be made or written to."""

    code = "folder.unusable"


class AlreadyRunning(Exception):
    """Another `minga up` serves this data folder."""

    code = "up.already_running"


def make_folders(settings: Settings) -> None:
    """The data folder and the folder of keys, made if they are missing. Raises FolderUnusable."""
    make_folder(settings.data, 0o755)
    make_folder(settings.keys, 0o700)


def make_folder(folder: Path, mode: int = 0o755) -> None:
    """A folder that can be written to, made if it is missing. Raises FolderUnusable."""
    try:
        folder.mkdir(mode=mode, parents=True, exist_ok=True)
    except OSError as error:
        raise FolderUnusable(f"{folder} cannot be made: {error.strerror}") from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise FolderUnusable(f"{folder} cannot be written to by this user")


@contextmanager
def only_one(data: Path) -> Iterator[None]:
    """While inside, no other process holds this data folder. The kernel lets go even after `kill -9`."""
    with (data / "up.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            lock.seek(0)
            holder = lock.read().strip() or "unknown"
            raise AlreadyRunning(
                f"another `minga up` (process {holder}) serves {data}; end it, or choose another --data"
            ) from error
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield
