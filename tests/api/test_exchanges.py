# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Exchanges over HTTP: the same rules as everywhere, told as status, headers and problem documents."""

from tests.api.door import Door, codes
from tests.cast import ANA, BRUNO
from tests.house import DEMAND_SHEET, OFFER_SHEET, PROGRAMME

DRAFT = {
    "programme": PROGRAMME,
    "title": "Natural rubber",
    "door": "offer",
    "weight": "standard",
    "parties": [{"party": "BR", "role": "offers", "institution": "Ministério do Trabalho"}],
}


def test_an_exchange_goes_from_draft_to_commitment_over_http(door: Door) -> None:
    opened = door.post("bruno", "/exchanges", DRAFT)
    assert (opened.status_code, opened.headers["etag"]) == (201, '"1"')
    place = opened.headers["location"].removeprefix("/api/v1")
    assert (
        door.post("bruno", f"{place}/facts", {"kind": "sheet", "fields": OFFER_SHEET}).json()["item"] == "sheet-offer"
    )
    moved = door.post("bruno", f"{place}/moves", {"move": "publish_offer"})
    assert (moved.status_code, moved.json()["stage"], moved.json()["reference"]) == (201, "offer", "SSC-2026-0001")
    place = "/exchanges/SSC-2026-0001"
    door.post("paula", f"{place}/facts", {"kind": "answer", "fields": {"party": "PE"}})
    door.post("ana", f"{place}/moves", {"move": "answer_offer", "says": {"counterpart": "PE"}})
    door.post("paula", f"{place}/facts", {"kind": "sheet", "fields": DEMAND_SHEET})
    for bench in ("employers", "workers"):
        fields = {"party": "PE", "bench": bench, "paper": "agreement"}
        door.post("ana", f"{place}/facts", {"kind": "consultation", "fields": fields})
    door.post("bruno", f"{place}/facts", {"kind": "acceptance", "fields": {"party": "BR"}})
    last = door.post("paula", f"{place}/facts", {"kind": "acceptance", "fields": {"party": "PE"}})
    assert (last.status_code, last.json()["stage"]) == (201, "commitment")
    shown = door.get("paula", place)
    assert shown.headers["etag"] == last.headers["etag"] == f'"{shown.json()["version"]}"'


def test_a_refused_move_names_everything_that_is_missing(door: Door) -> None:
    exchange = door.house.draft()
    refused = door.post("bruno", f"/exchanges/{exchange}/moves", {"move": "publish_offer"})
    assert codes(refused) == (409, "requirements.unmet")
    assert [reason["code"] for reason in refused.json()["reasons"]] == [
        "offer_institution",
        "offer_shares",
        "offer_theme",
        "offer_modality",
        "offer_language",
    ]
    explained = door.get("bruno", f"/exchanges/{exchange}/moves").json()["moves"]
    told = next(move for move in explained if move["move"] == "publish_offer")
    assert told["missing"] == refused.json()["reasons"]
    assert not told["allowed"]


def test_another_countrys_draft_is_not_there_whatever_is_asked(door: Door) -> None:
    place = f"/exchanges/{door.house.draft()}"
    assert door.get("bruno", place).status_code == 200
    for path in ("", "/moves", "/events", "/facts", "/papers"):
        assert codes(door.get("carla", place + path)) == (404, "not_found")
    assert codes(door.post("carla", f"{place}/moves", {"move": "publish_offer"})) == (404, "not_found")
    assert codes(door.post("carla", f"{place}/facts", {"kind": "sheet", "fields": {"side": "offer"}})) == (
        404,
        "not_found",
    )
    assert codes(door.post("carla", f"{place}/papers", {"kind": "roadmap"})) == (404, "not_found")
    agreement = {"exchange": place.removeprefix("/exchanges/"), "title": "A", "register": "binding"}
    assert codes(door.post("carla", "/agreements", agreement)) == (404, "not_found")


def test_a_country_speaks_for_itself_alone(door: Door) -> None:
    place = f"/exchanges/{door.house.committed()}"
    fields = {"party": "BR", "none": True}
    assert codes(door.post("paula", f"{place}/facts", {"kind": "contribution", "fields": fields}))[0] == 403
    assert door.post("bruno", f"{place}/facts", {"kind": "contribution", "fields": fields}).status_code == 201


def test_an_auditor_sees_everything_and_changes_nothing(door: Door) -> None:
    place = f"/exchanges/{door.house.draft()}"
    assert door.get("aldo", place).status_code == 200
    assert codes(door.post("aldo", f"{place}/facts", {"kind": "flag", "fields": {"flag": "x"}})) == (
        403,
        "permission.denied",
    )
    assert codes(door.post("aldo", f"{place}/papers", {"kind": "roadmap"})) == (403, "permission.denied")
    assert codes(door.post("aldo", "/exchanges", DRAFT)) == (403, "permission.denied")


def test_a_stale_version_is_refused_and_says_what_happened_meanwhile(door: Door) -> None:
    exchange = door.house.draft()
    seen = door.get("bruno", f"/exchanges/{exchange}").headers["etag"]
    door.house.state(ANA, exchange, "flag", flag="checked")
    body = {"kind": "sheet", "fields": OFFER_SHEET}
    stale = door.post("bruno", f"/exchanges/{exchange}/facts", body, If_Match=seen)
    assert codes(stale) == (412, "version.stale")
    assert [event["type"] for event in stale.json()["meanwhile"]] == ["FlagRaised"]
    fresh = door.post("bruno", f"/exchanges/{exchange}/facts", body, If_Match='"2"')
    assert (fresh.status_code, fresh.headers["etag"]) == (201, '"3"')
    assert codes(door.post("bruno", f"/exchanges/{exchange}/facts", body, If_Match="3")) == (
        400,
        "request.if_match_malformed",
    )


def test_the_same_key_twice_has_one_effect_and_the_same_answer(door: Door) -> None:
    key = door.key("bruno")
    ask = {**key, "Idempotency-Key": "one"}
    first = door.client.post("/api/v1/exchanges", headers=ask, json=DRAFT)
    again = door.client.post("/api/v1/exchanges", headers=ask, json=DRAFT)
    assert (first.status_code, first.json(), first.headers["etag"]) == (201, again.json(), again.headers["etag"])
    assert door.get("ana", "/board").json()["total"] == 1
    other = door.client.post("/api/v1/exchanges", headers=ask, json={**DRAFT, "title": "Another"})
    assert codes(other) == (422, "idempotency.key_reused")


def test_a_list_names_its_next_page(door: Door) -> None:
    for number in range(3):
        door.house.offered(f"offer {number}")
    first = door.get("carla", "/exchanges", limit=2, stage="offer")
    assert [item["title"] for item in first.json()["items"]] == ["offer 0", "offer 1"]
    address, rel = first.headers["link"].split("; ")
    assert rel == 'rel="next"'
    second = door.client.get(address.strip("<>"), headers=door.key("carla"))
    assert [item["title"] for item in second.json()["items"]] == ["offer 2"]
    assert "link" not in second.headers
    assert codes(door.get("carla", "/exchanges", after="nonsense")) == (400, "cursor.invalid")
    assert codes(door.get("carla", "/exchanges", limit=0)) == (422, "request.invalid")
    assert codes(door.get("carla", "/exchanges", country="XX")) == (422, "country.unknown")
    assert codes(door.get("ana", "/registers/exceptions", country="XX")) == (422, "country.unknown")
    assert codes(door.get("ana", "/registers/exceptions.csv", country="XX")) == (422, "country.unknown")


def test_a_list_is_asked_for_as_it_stood_on_a_day(door: Door) -> None:
    draft, offer = door.house.draft("a draft"), door.house.offered("an offer")
    door.house.clock.on(days=5)
    door.house.move(BRUNO, offer, "withdraw", reason="no more")
    day = {"as_of": "2026-11-23", "known_on": "2026-11-24"}
    first = door.get("ana", "/exchanges", limit=1, **day)
    assert [(line["exchange"], line["stage"]) for line in first.json()["items"]] == [(draft, "draft")]
    assert all(f"{name}={value}" in first.headers["link"] for name, value in day.items())
    rest = door.get("ana", "/exchanges", after=first.json()["next"], **day).json()
    assert [(line["exchange"], line["lifecycle"]) for line in rest["items"]] == [(offer, "active")]
    assert rest["next"] is None
    assert [one["exchange"] for one in door.get("carla", "/exchanges", **day).json()["items"]] == []
    told = door.get("ana", "/exchanges", as_of="2026-11-28", lifecycle="withdrawn").json()["items"]
    assert [line["exchange"] for line in told] == [offer]


def test_a_day_of_a_list_is_a_day_that_has_come(door: Door) -> None:
    for name in ("as_of", "known_on"):
        assert codes(door.get("ana", "/exchanges", **{name: "2026-11-25"})) == (422, "day.in_the_future")
        for said in ("yesterday", "2026-13-01", "20261123", ""):
            assert codes(door.get("ana", "/exchanges", **{name: said})) == (422, "request.invalid")
    assert codes(door.get("ana", "/exchanges", as_of="2026-11-23", sort="title")) == (422, "day.sort_unknown")


def test_events_are_told_in_order_and_by_page(door: Door) -> None:
    place = f"/exchanges/{door.house.offered()}/events"
    first = door.get("bruno", place, limit=2)
    assert [event["type"] for event in first.json()["items"]] == ["ExchangeDrafted", "SheetSubmitted"]
    assert 'rel="next"' in first.headers["link"]
    assert [event["type"] for event in door.get("bruno", place, after=2).json()["items"]] == ["StageMoved"]


def test_what_is_told_late_needs_the_right_and_a_reason(door: Door) -> None:
    exchange = door.house.offered()
    door.house.clock.on(days=5)
    body = {"move": "withdraw", "says": {"reason": "plans"}, "occurred_at": "2026-11-25T10:00:00-05:00"}
    place = f"/exchanges/{exchange}/moves"
    assert codes(door.post("bruno", place, {**body, "late_because": "mail"})) == (403, "permission.denied")
    assert codes(door.post("ana", place, body)) == (422, "moment.backdate_reason")
    for wrong in ("yesterday", "2026-11-25", "2026-11-25T10:00:00"):
        assert codes(door.post("ana", place, {**body, "occurred_at": wrong})) == (422, "moment.malformed")
    late = {**body, "late_because": "mail", "occurred_at": "2027-01-01T00:00:00Z"}
    assert codes(door.post("ana", place, late)) == (422, "moment.in_the_future")
    done = door.post("ana", place, {**body, "late_because": "mail"})
    assert (done.status_code, done.json()["lifecycle"]) == (201, "withdrawn")


def test_bad_input_is_refused_with_a_stable_code_and_nothing_is_written(door: Door) -> None:
    def drafting(**changes: object) -> tuple[int, str]:
        return codes(door.post("ana", "/exchanges", {**DRAFT, **changes}))

    assert drafting(programme="elsewhere") == (404, "not_found")
    assert drafting(parties=[{"party": "XX", "role": "offers"}]) == (422, "exchange.not_drafted")
    assert drafting(parties=[]) == (422, "request.invalid")
    assert drafting(surprise=1) == (422, "request.invalid")
    assert door.get("ana", "/exchanges").json()["items"] == []
    exchange = door.house.draft()
    place = f"/exchanges/{exchange}"
    assert codes(door.post("ana", f"{place}/moves", {"move": "dance"})) == (422, "move.unknown")
    assert codes(door.post("ana", f"{place}/facts", {"kind": "gossip"})) == (422, "fact.unknown")
    assert codes(door.post("ana", f"{place}/papers", {"kind": "poem"})) == (422, "paper.unknown")
    assert len(door.get("ana", f"{place}/events").json()["items"]) == 1
