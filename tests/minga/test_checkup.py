# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The checkup: the kernel's own table of mounts, keys that others may read, mail, and what nobody looked after."""

import os
import socket
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from minga.checkup import NETWORK_FILE_SYSTEMS, Check, examine, file_system_of
from minga.settings import read
from people.actors import OPERATOR, Role
from services.tokens import create_token
from storage.outbox import MAX_ATTEMPTS, add, claim, fail
from storage.store import Store
from storage.tables import tokens
from tests.house import furnish

MOUNTS = """\
/dev/sda1 / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
server:/srv /srv/share nfs4 rw 0 0
/dev/sdb1 /srv/share/local xfs rw 0 0
//server/share /mnt/two\\040words cifs rw 0 0
/dev/sdc1 /data ext4 rw 0 0
server:/data /data nfs rw 0 0
"""


def test_the_deepest_mount_holds_the_path() -> None:
    assert file_system_of(Path("/home/minga/var"), MOUNTS) == "ext4"
    assert file_system_of(Path("/srv/share/minga"), MOUNTS) == "nfs4"
    assert file_system_of(Path("/srv/shared"), MOUNTS) == "ext4"
    assert file_system_of(Path("/srv/share/local/minga"), MOUNTS) == "xfs"


def test_a_space_in_a_mount_point_hides_no_network_disk() -> None:
    assert file_system_of(Path("/mnt/two words/minga"), MOUNTS) == "cifs"


def test_of_two_mounts_on_one_point_the_later_counts() -> None:
    assert file_system_of(Path("/data/minga"), MOUNTS) == "nfs"


def test_network_file_systems_are_known() -> None:
    assert {"nfs", "nfs4", "cifs"} <= NETWORK_FILE_SYSTEMS
    assert not {"ext4", "xfs", "btrfs", "apfs", "overlay", "tmpfs"} & NETWORK_FILE_SYSTEMS


def _examined(url: str, data: Path, **more: str) -> dict[str, Check]:
    settings = read({"MINGA_DATABASE_URL": url, **more}, data=data)
    return {check.name: check for check in examine(settings)}


@pytest.fixture
def no_package_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pango takes a second to load, and is looked at in tests/minga/test_cli.py."""
    monkeypatch.setattr("minga.checkup._pango", lambda: Check("pango", True, "not looked at"))


@pytest.mark.usefixtures("no_package_is_looked_at")
def test_what_nobody_looked_after_is_found(store: Store, tmp_path: Path) -> None:
    house = furnish(store, tmp_path)
    assert {name for name, check in _examined(store.url, tmp_path).items() if not check.ok} == {"keys folder"}
    create_token(house.desk, OPERATOR, "old", role=Role.AUDITOR)
    store.write(lambda connection: connection.execute(update(tokens).values(expires_at=None)).rowcount)
    house.clock.now = datetime.now(UTC) - timedelta(days=MAX_ATTEMPTS + 1)
    create_token(house.desk, OPERATOR, "ends", role=Role.AUDITOR, expires_in_days=MAX_ATTEMPTS + 10)
    now = house.desk.now()
    for number in range(2):
        duty = {"duty_id": f"{number}", "duty": f"draw_{number}", "subject": "x", "payload": "{}", "key": f"{number}"}
        store.write(lambda connection, it=duty: add(connection, **it, now=now))  # type: ignore[misc]
    for _ in range(MAX_ATTEMPTS):
        house.clock.on(days=1)
        (claimed,) = store.write(lambda connection: claim(connection, "draw_0", house.desk.now(), 60.0, 1))
        store.write(
            lambda connection, it=claimed: fail(connection, it.id, it.lease or "", house.desk.now(), "mail.away")  # type: ignore[misc]
        )
    found = _examined(store.url, tmp_path)
    assert [found[name].found.partition(" ")[0] for name in ("dead duties", "late duties", "tokens")] == [
        "1",
        "1",
        "1",
    ]
    assert not any(found[name].ok for name in ("dead duties", "late duties", "tokens"))
    assert found["tokens"].found == "1 never expire, 1 expire within two weeks"
    assert all(found[name].cure for name in ("dead duties", "late duties", "tokens"))


@pytest.mark.usefixtures("no_package_is_looked_at")
def test_a_page_that_the_disk_lost_is_found_where_no_event_lies_on_it(sqlite_url: str, tmp_path: Path) -> None:
    assert _examined(sqlite_url, tmp_path)["database pages"] == Check("database pages", True, "whole", CURE)
    file = tmp_path / "minga.db"
    with sqlite3.connect(file) as connection:
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'invitations'").fetchone()[0]
    with file.open("r+b") as whole:
        whole.seek((page - 1) * size)
        whole.write(b"\xff" * size)
    found = _examined(sqlite_url, tmp_path)["database pages"]
    assert not found.ok
    assert found.found.startswith(f"Page {page}: ")


CURE = "Keep the file as it is, restore a backup beside it, and look at the disk (docs/operations.md)."


@pytest.mark.usefixtures("no_package_is_looked_at")
def test_a_key_that_others_may_read_is_found(sqlite_url: str, tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    keys.mkdir(mode=0o700)
    for name, mode in (("kept.key", 0o600), ("open.key", 0o640)):
        (keys / name).touch()
        (keys / name).chmod(mode)
    found = _examined(sqlite_url, tmp_path / "data", MINGA_KEYS=str(keys))
    assert (found["keys folder"].ok, found["key files"].ok) == (True, False)
    assert found["key files"].found == "others may read open.key"
    (keys / "open.key").chmod(0o600)
    assert _examined(sqlite_url, tmp_path / "data", MINGA_KEYS=str(keys))["key files"].ok


@pytest.mark.usefixtures("no_package_is_looked_at")
def test_a_mail_server_that_is_away_is_found_and_its_password_is_not_told(sqlite_url: str, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"smtp://minga:wordless@127.0.0.1:{server.getsockname()[1]}"
        assert _examined(sqlite_url, tmp_path, MINGA_SMTP_URL=address)["mail"].ok
    away = _examined(sqlite_url, tmp_path, MINGA_SMTP_URL=address)["mail"]
    assert not away.ok
    assert "wordless" not in repr(away)
    assert os.strerror(111) in away.found or "answer" in away.found
