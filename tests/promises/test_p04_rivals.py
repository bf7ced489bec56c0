# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""P-04: of rivals who saw the same version exactly one wins; the others are told 412 or 409 and change nothing.

On both databases, twice: eight processes at the services for a hundred rounds, and eight clients at once over HTTP.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from benchmarks import ground as grounds
from benchmarks.proofs import writers
from minga.settings import read
from storage.store import Store
from tests.api.door import Door
from tests.house import House, furnish

RIVALS = 8
ROUNDS = 100
ROUNDS_OVER_HTTP = 30
THERE_AND_BACK = (
    {"move": "suspend", "says": {"reason": "elections", "review_on": "2027-01-15"}},
    {"move": "resume", "says": {"reason": "new minister"}},
)


@pytest.fixture
def house(store: Store, tmp_path: Path) -> House:
    return furnish(store, tmp_path)


@pytest.fixture
def door(house: House, tmp_path: Path) -> Iterator[Door]:
    settings = read({"MINGA_DATABASE_URL": house.desk.store.url}, data=tmp_path)
    with TestClient(create_app(house.desk, settings), base_url="http://localhost") as client:
        yield Door(house, client)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_of_eight_processes_one_wins_every_round(kind: str, tmp_path: Path, postgresql_server: str) -> None:
    ground = grounds.Ground(kind, tmp_path, None if kind == "sqlite" else postgresql_server)
    assert writers.WRITERS == RIVALS
    assert writers.run(ground, ROUNDS) == []


def test_in_every_round_one_rival_wins(door: Door) -> None:
    place = f"/api/v1/exchanges/{door.house.offered()}"
    keys = [door.key("ana") for _ in range(RIVALS)]
    version = door.client.get(place, headers=keys[0]).headers["etag"]

    def ask(key: dict[str, str], body: object) -> httpx.Response:
        return door.client.post(f"{place}/moves", headers={**key, "If-Match": version}, json=body)

    with ThreadPoolExecutor(RIVALS) as pool:
        for number in range(ROUNDS_OVER_HTTP):
            body = THERE_AND_BACK[number % 2]
            answers = [one.result() for one in [pool.submit(ask, key, body) for key in keys]]
            won = [answer for answer in answers if answer.status_code == 201]
            assert len(won) == 1, number
            assert {answer.status_code for answer in answers} <= {201, 409, 412}
            meanwhile = [a.json()["meanwhile"] for a in answers if a.status_code == 412]
            assert all([event["type"] for event in told] == ["LifecycleChanged"] for told in meanwhile)
            version = won[0].headers["etag"]

    events = door.client.get(f"{place}/events", headers=keys[0], params={"limit": 500}).json()["items"]
    assert sum(event["type"] == "LifecycleChanged" for event in events) == ROUNDS_OVER_HTTP
