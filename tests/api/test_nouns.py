# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Programmes, funding sources, registers, tokens, the ledger and bulk over HTTP."""

from tests.api.door import Door, codes

SOURCE = {
    "donor": "Brazilian Cooperation Agency",
    "project_code": "BRA/13/07",
    "currency": "USD",
    "amount": "50000.00",
    "from_on": "2026-01-01",
}


def test_a_programme_is_read_by_version_and_by_anybody(door: Door) -> None:
    (line,) = door.client.get("/api/v1/programmes").json()
    assert door.client.get("/api/v1/programmes/regional-initiative").json() == [line]
    rules = door.client.get("/api/v1/programmes/regional-initiative/versions/1")
    assert (rules.json()["slug"], rules.headers["etag"]) == ("regional-initiative", '"1"')
    assert codes(door.client.get("/api/v1/programmes/elsewhere")) == (404, "not_found")
    assert codes(door.client.get("/api/v1/programmes/regional-initiative/versions/2")) == (404, "not_found")


def test_money_is_registered_and_set_aside_by_version(door: Door) -> None:
    made = door.post("ana", "/funding-sources", SOURCE)
    assert (made.status_code, made.json()["left"], made.headers["etag"]) == (201, "50000", '"1"')
    place = made.headers["location"].removeprefix("/api/v1")
    part = {"exchange": door.house.offered(), "amount": "2000"}
    done = door.post("ana", f"{place}/allocations", part, If_Match='"1"')
    assert (done.status_code, done.json()["left"], done.headers["etag"]) == (201, "48000", '"2"')
    stale = door.post("ana", f"{place}/allocations", {**part, "amount": "3000"}, If_Match='"1"')
    assert codes(stale) == (412, "version.stale")
    assert [event["type"] for event in stale.json()["meanwhile"]] == ["FundingAllocated"]
    shown = door.get("aldo", place).json()
    assert (shown["about"]["allocated"], [one["amount"] for one in shown["allocations"]]) == ("2000", ["2000"])
    assert len(door.get("aldo", "/funding-sources").json()["items"]) == 1
    assert codes(door.get("bruno", "/funding-sources"))[0] == 403
    assert codes(door.post("bruno", "/funding-sources", SOURCE))[0] == 403


def test_a_token_is_shown_once_and_ended_by_version(door: Door) -> None:
    asked = {"name": "our register", "role": "focal_point", "party": "BR", "scopes": ["read"]}
    made = door.post("bruno", "/tokens", asked)
    place = made.headers["location"].removeprefix("/api/v1")
    assert made.status_code == 201
    assert made.json()["secret"].startswith("minga_")
    shown = door.get("bruno", place)
    assert ("secret" in shown.json(), shown.headers["etag"]) == (False, '"1"')
    assert codes(door.get("carla", place)) == (404, "not_found")
    assert codes(door.post("bruno", f"{place}/revocation", None, If_Match='"2"')) == (412, "version.stale")
    ended = door.post("bruno", f"{place}/revocation", None, If_Match='"1"')
    assert (ended.status_code, ended.json()["version"]) == (201, 2)
    opened = door.client.get("/api/v1/tokens", headers={"Authorization": f"Bearer {made.json()['secret']}"})
    assert codes(opened) == (401, "token.refused")
    assert codes(door.post("bruno", "/tokens", {**asked, "party": "PE"}))[0] == 403


def test_the_ledger_is_told_to_those_who_audit(door: Door) -> None:
    exchange = door.house.offered()
    told = door.get("aldo", "/ledger").json()
    assert told["streams"]["exchange"] == 1
    assert told["waiting"] == told["events"] >= 4
    stream = door.get("aldo", f"/ledger/streams/exchange/{exchange}", limit=2)
    assert [event["type"] for event in stream.json()["items"]] == ["ExchangeDrafted", "SheetSubmitted"]
    assert ('rel="next"' in stream.headers["link"], stream.headers["etag"]) == (True, '"3"')
    assert codes(door.get("bruno", "/ledger"))[0] == 403
    assert codes(door.get("aldo", "/ledger/streams/exchange/none-0")) == (404, "not_found")


def test_many_at_once_have_an_outcome_each(door: Door) -> None:
    exchange = door.house.offered()
    withdraw = {"exchange": exchange, "if_match": "*", "move": "withdraw", "says": {"reason": "plans"}}
    items = [withdraw, {**withdraw, "exchange": "SSC-1999-0001"}, {**withdraw, "if_match": '"1"'}]
    rehearsed = door.post("ana", "/bulk/exchanges", {"items": items, "dry_run": True}).json()
    assert [one["status"] for one in rehearsed["outcomes"]] == [201, 404, 412]
    assert door.get("ana", f"/exchanges/{exchange}").json()["line"]["lifecycle"] == "active"
    done = door.post("ana", "/bulk/exchanges", {"items": items}).json()
    assert (done["done"], [one["status"] for one in done["outcomes"]]) == (1, [201, 404, 412])
    assert done["outcomes"][2]["problem"]["code"] == "version.stale"
    assert codes(door.post("ana", "/bulk/exchanges", {"items": [withdraw] * 101})) == (422, "request.invalid")


def test_a_list_is_searched_and_sorted(door: Door) -> None:
    for title in ("Caucho", "Ação", "Beneficio"):
        door.house.offered(title)
        door.house.clock.on(days=1)
    titles = [line["title"] for line in door.get("ana", "/exchanges", sort="-moved_at").json()["items"]]
    assert titles == ["Beneficio", "Ação", "Caucho"]
    assert [line["title"] for line in door.get("ana", "/exchanges", q="acao").json()["items"]] == ["Ação"]
    first = door.get("ana", "/exchanges", sort="title", limit=1)
    assert codes(door.get("ana", "/exchanges", sort="-title", after=first.json()["next"])) == (400, "cursor.invalid")
    assert codes(door.get("ana", "/exchanges", sort="colour")) == (422, "request.invalid")


def test_an_exchange_is_shown_as_it_stood(door: Door) -> None:
    exchange = door.house.offered()
    door.house.clock.on(days=3)
    door.post("ana", f"/exchanges/{exchange}/moves", {"move": "withdraw", "says": {"reason": "plans"}})
    then = door.get("ana", f"/exchanges/{exchange}/on", as_of="2026-11-24").json()
    assert (then["lifecycle"], then["stage"]) == ("active", "offer")
    assert codes(door.get("ana", f"/exchanges/{exchange}/on", as_of="2030-01-01")) == (422, "day.in_the_future")
    assert codes(door.get("ana", f"/exchanges/{exchange}/on", as_of="0")) == (422, "request.invalid")


def test_what_is_still_owed_is_told_to_those_who_may_know(door: Door) -> None:
    assert door.get("ana", "/registers/follow-up").json() == {"items": [], "next": None}
    assert codes(door.get("ana", "/registers/follow-up", after="x")) == (400, "cursor.invalid")
    assert door.get("ana", "/registers/practices").json() == {"items": [], "next": None}
    assert codes(door.get("ana", "/registers/practices", after="x")) == (400, "cursor.invalid")
