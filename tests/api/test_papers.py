# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Papers over HTTP: ordered, listed, and fetched by those who may know of them."""

from hashlib import sha256

from sqlalchemy import Connection

from cycle import events as e
from cycle.events import Happening
from people.actors import SYSTEM_ACTOR
from services.act import Act
from services.paper_files import keep
from services.recording import record_on_exchange
from storage import exchanges
from tests.api.door import Door, codes

PDF = b"%PDF-1.7 a roadmap"


def draw_up(door: Door, exchange: str, paper: str) -> None:
    """What the papers flow leaves behind: the file, and the event that names it."""
    desk = door.house.desk
    keep(desk.papers, PDF)

    def work(connection: Connection) -> None:
        loaded = exchanges.load(connection, exchange)
        assert loaded is not None
        rules = desk.programme(connection, loaded.standing.programme)
        made = {"paper": paper, "kind": "roadmap", "sha256": sha256(PDF).hexdigest(), "bytes": len(PDF), "pages": 1}
        act = Act(desk, connection, SYSTEM_ACTOR, desk.moment(rules))
        record_on_exchange(act, rules, loaded, [Happening(e.PAPER_DRAWN_UP, made)])

    desk.store.write(work)


def test_an_ordered_paper_is_fetched_once_it_is_drawn(door: Door) -> None:
    exchange = door.house.committed()
    place = f"/exchanges/{exchange}/papers"
    assert door.post("paula", place, {"kind": "roadmap"}).status_code == 202
    paper = next(one for one in door.get("paula", place).json() if one["languages"] == ["es"])
    file = f"/papers/{paper['id']}/file"
    assert codes(door.get("paula", file)) == (404, "not_found")
    draw_up(door, exchange, paper["id"])
    got = door.get("paula", file)
    assert (got.status_code, got.content) == (200, PDF)
    assert got.headers["content-type"] == "application/pdf"
    assert got.headers["etag"] == f'"{sha256(PDF).hexdigest()}"'
    assert "roadmap-es-1.pdf" in got.headers["content-disposition"]
    assert codes(door.get("carla", file)) == (404, "not_found")


def test_a_country_that_only_sees_an_offer_orders_no_paper_of_it(door: Door) -> None:
    place = f"/exchanges/{door.house.offered()}/papers"
    assert codes(door.post("carla", place, {"kind": "roadmap"})) == (403, "permission.denied")
    assert door.post("bruno", place, {"kind": "roadmap"}).status_code == 202
