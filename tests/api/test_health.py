# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Health: a process that cannot do its work says everything that is in the way; its figures are not for everybody."""

from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from api.metrics import Figures
from observatory import vitals
from storage.errors import StorageUnavailable
from tests.api.door import KEYS, Door, codes

SCHEMA = "UPDATE alembic_version SET version_num = '0001'"


def _reasons(answer: httpx.Response) -> list[str]:
    assert codes(answer) == (503, "health.not_ready")
    assert answer.headers["retry-after"] == "5"
    return [reason["code"] for reason in answer.json()["reasons"]]


def test_a_house_in_order_is_ready(door: Door) -> None:
    assert door.client.get("/health/ready").json() == {"status": "ready", "programmes": 1}


def test_everything_in_the_way_is_said_at_once(door: Door, tmp_path: Path) -> None:
    door.house.desk.store.write(lambda connection: connection.execute(text(SCHEMA)).rowcount)
    door.house.desk.data = tmp_path / "gone"
    assert _reasons(door.client.get("/health/ready")) == ["health.schema_old", "health.disk_unwritable"]
    assert door.client.get("/health/live").status_code == 200


def test_a_database_that_is_away_is_in_the_way(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any) -> None:
        raise StorageUnavailable("/secret/path is gone")

    monkeypatch.setattr(door.house.desk.store, "read", away)
    refused = door.client.get("/health/ready")
    assert _reasons(refused) == ["health.database_away"]
    assert "secret" not in refused.text


def test_a_full_disk_is_in_the_way(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vitals, "LEAST_ROOM", 2**62)
    assert _reasons(door.client.get("/health/ready")) == ["health.disk_full"]


def test_figures_tell_how_the_house_stands(door: Door) -> None:
    exchange = door.house.matched()
    moved = door.post("ana", f"/exchanges/{exchange}/moves", {"move": "hold", "says": {}}, If_Match="*")
    watcher = door.key("ana", "read")
    told = door.client.get("/metrics", headers=watcher).text
    assert 'minga_requests_total{method="POST",route="/api/v1/exchanges/{reference}/moves"' in told
    assert f'status="{moved.status_code}"}} 1.0' in told
    assert "minga_outbox_dead 0.0" in told
    assert "minga_sessions_open 0.0" in told
    (events,) = (line for line in told.splitlines() if line.startswith("minga_events "))
    assert float(events.split()[1]) > 4
    assert exchange not in told


def test_a_move_made_is_counted_and_a_refused_one_is_not() -> None:
    figures = Figures()
    for status in (201, 201, 409):
        figures.observe("POST", "/api/v1/exchanges/{reference}/moves", status, 0.01)
    figures.observe("GET", "/api/v1/exchanges/{reference}/moves", 200, 0.01)
    told = figures.told(vitals.Vitals(0, 0, 0, 0)).decode()
    assert "minga_moves_made_total 2.0" in told


@pytest.mark.parametrize(("who", "status"), [("ana", 200), ("aldo", 200), ("bruno", 403), ("carla", 403)])
def test_from_elsewhere_figures_are_for_those_who_watch(who: str, status: int, door: Door) -> None:
    assert who in KEYS
    assert door.client.get("/metrics", headers=door.key(who)).status_code == status


def test_a_key_for_the_figures_alone_opens_nothing_else(door: Door) -> None:
    key = door.key("ana", "metrics")
    assert door.client.get("/metrics", headers=key).status_code == 200
    for path in ("/exchanges", "/board", "/me", "/sessions", "/tokens", "/ledger"):
        assert codes(door.client.get(f"/api/v1{path}", headers=key)) == (403, "scope.missing")
    assert codes(door.client.get("/metrics", headers=door.key("ana", "write"))) == (403, "scope.missing")


def test_from_elsewhere_nobody_reads_figures_without_a_token(stranger: httpx.Client) -> None:
    assert codes(stranger.get("/metrics")) == (401, "token.refused")


def test_this_machine_reads_figures_without_a_token_unless_a_proxy_asks(door: Door) -> None:
    with TestClient(door.client.app, base_url="http://localhost", client=("127.0.0.1", 50_000)) as near:  # type: ignore[attr-defined]
        assert near.get("/metrics").status_code == 200
        assert codes(near.get("/metrics", headers={"X-Forwarded-For": "10.0.0.7"})) == (401, "token.refused")
