# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`minga duty`: a letter that no server took is seen, what was wrong is mended, and the letter goes out."""

from pathlib import Path

import pytest

from minga.exits import Exit
from storage import outbox
from storage.store import Store
from tests.minga.calling import Terminal, terminal

ADDED_AT = "2026-11-23T15:00:00.000Z"


@pytest.fixture
def minga(url: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    return terminal(url, tmp_path, capfd, monkeypatch)


@pytest.fixture
def dead(url: str) -> list[str]:
    """Two duties whose only attempt failed, and a third that waits."""
    store = Store.open(url)
    for name in ("first", "second", "third"):
        said = {"duty_id": name, "duty": "mail", "subject": "person/ana", "payload": "{}", "key": name}
        store.write(lambda connection, it=said: outbox.add(connection, **it, now=ADDED_AT, max_attempts=1))  # type: ignore[misc]
    taken = store.write(lambda connection: outbox.claim(connection, "mail", ADDED_AT, 60.0, 2))
    for duty in taken:
        lease = duty.lease or ""
        store.write(lambda c, it=duty.id, by=lease: outbox.fail(c, it, by, ADDED_AT, "mail.not_sent"))  # type: ignore[misc]
    store.close()
    return sorted(duty.id for duty in taken)


def states(url: str) -> dict[str, tuple[int, str | None]]:
    """Of each duty that is dead: its attempts and its last error."""
    store = Store.open(url)
    with store.read() as connection:
        found = {duty.id: (duty.attempts, duty.last_error) for duty in outbox.dead(connection)}
    store.close()
    return found


def test_dead_duties_are_seen_and_owed_anew(minga: Terminal, url: str, dead: list[str]) -> None:
    items = minga.told("duty", "dead")["items"]
    assert sorted(one["id"] for one in items) == dead
    assert {(one["duty"], one["subject"], one["attempts"], one["last_error"]) for one in items} == {
        ("mail", "person/ana", 1, "mail.not_sent")
    }
    ended, out, _ = minga("duty", "dead")
    assert (ended, len(out.splitlines()), out.count("mail.not_sent")) == (Exit.OK, 2, 2)

    assert minga.told("duty", "replay", *dead, dead[0]) == {"replayed": dead}
    assert states(url) == {}
    assert minga("duty", "dead")[1] == "No duty is dead.\n"
    store = Store.open(url)
    again = store.write(lambda connection: outbox.claim(connection, "mail", "2999-01-01T00:00:00.000Z", 60.0, 9))
    store.close()
    assert sorted(duty.id for duty in again) == sorted([*dead, "third"])


def test_of_several_duties_all_are_replayed_or_none(minga: Terminal, url: str, dead: list[str]) -> None:
    for other in ("third", "nothing"):
        assert minga.refused("duty", "replay", dead[0], other) == (Exit.NOT_FOUND, "not_found", [])
    assert sorted(states(url)) == dead
