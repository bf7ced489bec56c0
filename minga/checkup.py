# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The checkup: what on this machine could stand in Minga's way, and what to do about each thing."""

import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from minga.settings import Settings

if TYPE_CHECKING:
    from observatory.neglect import Neglected

NETWORK_FILE_SYSTEMS = frozenset(
    [
        "9p",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "davfs",
        "fuse.ceph",
        "fuse.gcsfuse",
        "fuse.glusterfs",
        "fuse.rclone",
        "fuse.s3fs",
        "fuse.sshfs",
        "glusterfs",
        "gpfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs3",
        "nfs4",
        "smb3",
        "smbfs",
        "virtiofs",
        "vboxsf",
    ]
)
# Those whose versions break each other without any installer noticing: docs/decisions/0001-pins.md.
WATCHED = ("prefect", "fastapi", "sqlalchemy", "transitions", "weasyprint")
BUILT_IN = 2026
PANGO_TAKES = 30.0
MAIL_TAKES = 5.0


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: whether it is well, what was found, and what to do if it is not."""

    name: str
    ok: bool
    found: str
    cure: str = ""


def examine(settings: Settings) -> Iterator[Check]:
    """Every check, in the order in which a cure of one may also cure the next."""
    yield _python()
    yield from _packages()
    yield _pango()
    yield _data_folder(settings.data)
    yield _file_system(settings)
    yield _keys_folder(settings.keys)
    yield _key_files(settings.keys)
    yield _clock(settings.data)
    yield _mail(settings.smtp_url)
    yield from _database(settings)


def _python() -> Check:
    found = ".".join(str(part) for part in sys.version_info[:3])
    return Check("python", sys.version_info >= (3, 11), found, "Install Python 3.11 or newer.")


def _packages() -> Iterator[Check]:
    from packaging.requirements import Requirement

    wanted = {each.name: each for each in map(Requirement, metadata.requires("minga") or ())}
    for name in WATCHED:
        found, bounds = metadata.version(name), wanted[name].specifier
        cure = f"Run `make run` again: Minga needs {name}{bounds}."
        yield Check(f"package {name}", bounds.contains(found), found, cure)


def _pango() -> Check:
    """In a process of its own: a broken library may take the process that loads it along."""
    command = (sys.executable, "-c", "import weasyprint")
    try:
        ended = subprocess.run(command, capture_output=True, text=True, timeout=PANGO_TAKES, check=False)
    except subprocess.TimeoutExpired:
        return Check("pango", False, "loading it took too long", _INSTALL_PANGO)
    last = (ended.stderr.strip().splitlines() or ["it did not load"])[-1]
    found = "loads" if ended.returncode == 0 else last
    return Check("pango", ended.returncode == 0, found, _INSTALL_PANGO)


_INSTALL_PANGO = (
    "On Debian or Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 "
    "libharfbuzz-subset0; on macOS: brew install pango."
)


def _data_folder(data: Path) -> Check:
    cure = f"Make {data} a folder this user may write to, or choose another with --data."
    if not data.is_dir():
        return Check("data folder", False, f"{data} is missing", "Run `minga migrate`.")
    try:
        with tempfile.NamedTemporaryFile(dir=data):
            return Check("data folder", True, f"{data} can be written to")
    except OSError as error:
        return Check("data folder", False, f"{data}: {error.strerror}", cure)


def _file_system(settings: Settings) -> Check:
    """SQLite's locks and its shared memory file do not hold across machines."""
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return Check("file system", True, "not examined on this system")
    place = settings.sqlite_file.parent if settings.is_sqlite else settings.data
    kind = file_system_of(place, mounts.read_text())
    ok = kind not in NETWORK_FILE_SYSTEMS or not settings.is_sqlite
    cure = "Move the data folder to a local disk, or use PostgreSQL (MINGA_DATABASE_URL)."
    return Check("file system", ok, kind, cure)


def file_system_of(path: Path, mounts: str) -> str:
    """The type of the file system that holds a path, by a table written as /proc/mounts is."""
    rows = [line.split() for line in mounts.splitlines()]
    holding = [
        (len(Path(point).parts), position, kind)
        for position, (_, point, kind, *_) in enumerate(rows)
        if path.is_relative_to(_plain(point))
    ]
    # The deepest mount point, and of several on one point the last, which hides the others.
    return max(holding)[2] if holding else "unknown"


def _plain(point: str) -> str:
    """A mount point as the kernel writes it: a space in a path stands there as \\040."""
    return point.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")


def _keys_folder(keys: Path) -> Check:
    if not keys.is_dir():
        return Check("keys folder", False, f"{keys} is missing", "Run `minga migrate`.")
    mode = stat.S_IMODE(keys.stat().st_mode)
    return Check("keys folder", mode == 0o700, f"{keys} has mode {mode:04o}", f"chmod 700 {keys}")


def _key_files(keys: Path) -> Check:
    """A key that others may read has to be thought of as known."""
    files = [path for path in keys.rglob("*") if path.is_file()] if keys.is_dir() else []
    readable = sorted(path.name for path in files if stat.S_IMODE(path.stat().st_mode) & 0o077)
    found = f"others may read {', '.join(readable)}" if readable else f"{len(files)}, for this user alone"
    return Check("key files", not readable, found, f"chmod 600 {keys}/*, and treat these keys as known to others.")


def _mail(smtp_url: str | None) -> Check:
    """Whether the mail server lets itself be reached; nothing is sent."""
    if smtp_url is None:
        return Check("mail", True, "no server is set: letters lie in the folder mail of the data folder")
    server = urlsplit(smtp_url)
    place = (server.hostname or "", server.port or (465 if server.scheme == "smtps" else 25))
    cure = "Start the mail server, or see `minga check`."
    try:
        with socket.create_connection(place, timeout=MAIL_TAKES):
            return Check("mail", True, f"{place[0]}:{place[1]} answers")
    except OSError as error:
        return Check("mail", False, f"{place[0]}:{place[1]}: {error.strerror or 'does not answer'}", cure)


def _clock(data: Path) -> Check:
    """Behind its own files, or before Minga was written, a clock would date moves into the past."""
    cure = "Set the clock (timedatectl set-ntp true) and install the package tzdata."
    now = time.time()
    newest = max((file.stat().st_mtime for file in data.glob("*.db*")), default=0.0)
    try:
        ZoneInfo("America/Lima")
    except ZoneInfoNotFoundError:
        return Check("clock", False, "no time zones are installed", cure)
    sane = time.gmtime(now).tm_year >= BUILT_IN and newest <= now + 60
    return Check("clock", sane, time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(now)), cure)


def _database(settings: Settings) -> Iterator[Check]:
    """The schema and its triggers; one problem instead when the database cannot be reached."""
    from storage.errors import StorageError

    if settings.is_sqlite and not settings.sqlite_file.exists():
        found = f"{settings.sqlite_file} is missing"
        yield Check("database", False, found, "Run `minga migrate`.")
        return
    try:
        yield from _inside_database(settings.database_url)
    except StorageError as error:
        yield Check(
            "database",
            False,
            str(error),
            "Do what it says, or start the database, or mend its address (docs/operations.md).",
        )


def _inside_database(url: str) -> Iterator[Check]:
    from observatory.neglect import neglected
    from storage import migrate
    from storage.engine import open_engine
    from storage.errors import storage_errors
    from storage.triggers import missing_triggers

    engine = open_engine(url)
    try:
        with storage_errors(), engine.connect() as connection:

            def ask(text: str) -> str:
                return str(connection.exec_driver_sql(text).scalar())

            yield _version(engine.dialect.name, ask)
            if engine.dialect.name == "sqlite":
                yield _pages(ask)
            current, newest = migrate.current(url), migrate.newest()
            yield Check("schema", current == newest, current or "empty", "Run `minga migrate`.")
            gone = missing_triggers(connection) if current == newest else ()
            found = neglected(connection, datetime.now(UTC)) if current == newest else None
    finally:
        engine.dispose()
    cure = "Somebody removed them: run `minga audit verify` before anything else."
    yield Check("triggers", not gone, ", ".join(gone) or "all present", cure)
    if found is not None:
        yield from _neglected(found)


def _neglected(found: "Neglected") -> Iterator[Check]:
    cure = "See `minga duty dead`, mend what each names, then `minga duty replay` (docs/operations.md)."
    yield Check("dead duties", not found.duties_dead, str(found.duties_dead), cure)
    cure = "Nothing beats: run `minga up`, or `minga beat` every minute."
    yield Check("late duties", not found.duties_late, f"{found.duties_late} due for more than an hour", cure)
    told = f"{found.tokens_endless} never expire, {found.tokens_ending} expire within two weeks"
    yield Check("tokens", not found.tokens_endless, told, "Make new ones that expire, and revoke those that never do.")


def _version(dialect: str, ask: Callable[[str], str]) -> Check:
    if dialect == "postgresql":
        number = int(ask("SHOW server_version_num"))
        found = f"PostgreSQL {ask('SHOW server_version')}"
        return Check("database", number >= 140009, found, "Use PostgreSQL 14.9 or newer.")
    pragmas = {name: ask(f"PRAGMA {name}") for name in _SQLITE_PRAGMAS}
    version = ask("SELECT sqlite_version()")
    found = f"SQLite {version}, " + ", ".join(f"{name} {v}" for name, v in pragmas.items())
    new_enough = tuple(int(part) for part in version.split(".")) >= (3, 37)
    cure = "Minga sets these itself: use SQLite 3.37 or newer on a local disk."
    return Check("database", new_enough and pragmas == _SQLITE_PRAGMAS, found, cure)


def _pages(ask: Callable[[str], str]) -> Check:
    """Every page of the file, read by SQLite itself: a bad disk shows here first, and where no event lies on it nowhere else."""
    told = ask("PRAGMA quick_check(1)")
    cure = "Keep the file as it is, restore a backup beside it, and look at the disk (docs/operations.md)."
    return Check("database pages", told == "ok", "whole" if told == "ok" else told.splitlines()[-1], cure)


# WAL, FULL and ON, as storage/engine.py sets them.
_SQLITE_PRAGMAS = {"journal_mode": "wal", "synchronous": "2", "recursive_triggers": "1"}
