# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""P-03: the same POST twice has one effect and one answer: in turn, eight at once, after a restart, changed, by another."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from minga.settings import read
from services.desk import Desk
from storage import idempotency
from storage.store import Store
from tests.api.door import Door, codes
from tests.cast import ANA
from tests.house import PROGRAMME, House, furnish

KEY = {"Idempotency-Key": "our-own-register/42"}
AT_ONCE = 8
DRAFT = {
    "programme": PROGRAMME,
    "title": "Natural rubber",
    "door": "offer",
    "weight": "standard",
    "parties": [{"party": "BR", "role": "offers"}],
}


def _open(desk: Desk, folder: Path) -> TestClient:
    settings = read({"MINGA_DATABASE_URL": desk.store.url}, data=folder)
    return TestClient(create_app(desk, settings), base_url="http://localhost", raise_server_exceptions=False)


@pytest.fixture
def house(store: Store, tmp_path: Path) -> House:
    return furnish(store, tmp_path)


@pytest.fixture
def door(house: House, tmp_path: Path) -> Iterator[Door]:
    with _open(house.desk, tmp_path) as client:
        yield Door(house, client)


def _draft(client: httpx.Client, key: dict[str, str], **changes: object) -> httpx.Response:
    return client.post("/api/v1/exchanges", headers={**key, **KEY}, json={**DRAFT, **changes})


def _told(answer: httpx.Response) -> tuple[object, ...]:
    """All that has to be the same: status, body, ETag and Location."""
    return answer.status_code, answer.content, answer.headers["etag"], answer.headers["location"]


def _effects(door: Door) -> int:
    return len(door.get("ana", "/exchanges").json()["items"])


def test_the_same_request_in_turn_is_answered_alike_and_done_once(door: Door) -> None:
    key = door.key("bruno")
    answers = [_told(_draft(door.client, key)) for _ in range(3)]
    assert answers[0][0] == 201
    assert len(set(answers)) == 1
    assert _effects(door) == 1


def test_the_same_request_eight_at_once_is_done_once(door: Door) -> None:
    key = door.key("bruno")
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(lambda _: _draft(door.client, key), range(AT_ONCE)))
    done = [answer for answer in answers if answer.status_code == 201]
    others = [codes(answer) for answer in answers if answer.status_code != 201]
    assert len({_told(answer) for answer in done}) == 1
    assert others == [(409, "idempotency.running")] * (AT_ONCE - len(done))
    assert _told(_draft(door.client, key)) == _told(done[0])
    assert _effects(door) == 1


def test_while_the_first_runs_the_second_is_told_so(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    key, entered, go_on = door.key("bruno"), threading.Event(), threading.Event()
    recall = idempotency.recall

    def slowly(*asked: str) -> object:
        entered.set()
        assert go_on.wait(20)
        return recall(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(idempotency, "recall", slowly)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(_draft, door.client, key)
        assert entered.wait(20)
        second = _draft(door.client, key)
        go_on.set()
        assert first.result().status_code == 201
    assert codes(second) == (409, "idempotency.running")
    assert _effects(door) == 1


def test_after_a_restart_the_answer_is_still_known(door: Door, tmp_path: Path) -> None:
    key = door.key("bruno")
    first = _told(_draft(door.client, key))
    again = Desk(Store.open(door.house.desk.store.url), tmp_path, clock=door.house.clock)
    with _open(again, tmp_path) as client:
        assert _told(_draft(client, key)) == first
    again.close()
    assert _effects(door) == 1


def test_another_body_under_the_key_is_refused(door: Door) -> None:
    key = door.key("bruno")
    _draft(door.client, key)
    for changes in ({"title": "Another"}, {"weight": "light"}):
        assert codes(_draft(door.client, key, **changes)) == (422, "idempotency.key_reused")
    assert _effects(door) == 1


def test_another_persons_key_is_another_key(door: Door) -> None:
    assert (
        _draft(door.client, door.key("bruno")).status_code == _draft(door.client, door.key("bruna")).status_code == 201
    )
    assert _effects(door) == 2


def test_a_move_repeated_after_others_moved_on_is_answered_as_the_first_time(door: Door) -> None:
    exchange, key = door.house.offered(), {**door.key("bruno"), **KEY, "If-Match": '"3"'}
    body = {"kind": "activity_planned", "fields": {"title": "Mission", "mode": "virtual"}}
    first = door.client.post(f"/api/v1/exchanges/{exchange}/facts", headers=key, json=body)
    door.house.state(ANA, exchange, "flag", flag="checked")
    again = door.client.post(f"/api/v1/exchanges/{exchange}/facts", headers=key, json=body)
    assert (first.status_code, first.content, first.headers["etag"]) == (201, again.content, again.headers["etag"])


@pytest.mark.parametrize("said", ["", "x" * 256, "tab\there"])
def test_a_key_has_one_to_255_printable_characters(door: Door, said: str) -> None:
    headers = {**door.key("bruno"), "Idempotency-Key": said}
    assert codes(door.client.post("/api/v1/exchanges", headers=headers, json=DRAFT)) == (422, "request.invalid")
    headers["Idempotency-Key"] = "x" * 255
    assert door.client.post("/api/v1/exchanges", headers=headers, json=DRAFT).status_code == 201
