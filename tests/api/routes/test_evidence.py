# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Evidence, entries, exceptions and one's own data over HTTP."""

from typing import Any

import httpx

from api.routes.evidence import SANDBOX
from tests.api.door import Door, codes

NOTES = b"minutes of the visit"


def bring(door: Door, who: str, exchange: str, **said: str) -> httpx.Response:
    told = {"shows": "document", "people": "nobody", **said}
    files = {"file": ("notes.txt", NOTES, "application/x-anything")}
    path = f"/api/v1/exchanges/{exchange}/evidence"
    return door.client.post(path, headers={**door.key(who), "If-Match": "*"}, files=files, data=told)


def test_a_file_is_brought_listed_and_fetched_as_an_attachment(door: Door) -> None:
    exchange = door.house.matched()
    made = bring(door, "bruno", exchange)
    assert (made.status_code, made.json()["item"], made.json()["access"]) == (201, "evidence-1", "open")
    (listed,) = door.get("paula", f"/exchanges/{exchange}/evidence").json()
    assert (listed["item"], listed["body"]["sha256"]) == ("evidence-1", made.json()["sha256"])
    assert "sealed" in listed["body"]["name"]
    got = door.get("paula", f"/exchanges/{exchange}/evidence/evidence-1/file")
    assert (got.status_code, got.content) == (200, NOTES)
    assert got.headers["content-type"] == "text/plain; charset=utf-8"
    assert got.headers["content-disposition"].startswith("attachment")
    assert got.headers["content-security-policy"] == SANDBOX
    assert got.headers["x-content-type-options"] == "nosniff"
    assert codes(door.get("carla", f"/exchanges/{exchange}/evidence/evidence-1/file")) == (404, "not_found")


def test_whoever_an_offer_looks_for_is_not_told_which_files_there_are(door: Door) -> None:
    exchange = door.house.offered()
    bring(door, "bruno", exchange)
    place = f"/exchanges/{exchange}/evidence"
    assert door.get("carla", f"/exchanges/{exchange}").status_code == 200
    assert codes(door.get("carla", place)) == (404, "not_found")
    assert len(door.get("bruno", place).json()) == 1


def test_who_appears_is_declared_and_children_never_do(door: Door) -> None:
    exchange = door.house.matched()
    assert codes(bring(door, "bruno", exchange, people="children")) == (422, "evidence.shows_children")
    assert codes(bring(door, "bruno", exchange, people="adults_without_consent")) == (422, "evidence.consent_missing")
    assert codes(bring(door, "bruno", exchange, people="whoever")) == (422, "fact.refused")
    assert bring(door, "bruno", exchange, shows="photograph").json()["access"] == "restricted"
    path = f"/exchanges/{exchange}/evidence/evidence-1/file"
    assert codes(door.get("aldo", path)) == (403, "permission.denied")
    assert door.get("ana", path).status_code == 200


def test_a_file_goes_by_a_decision_and_is_gone_then(door: Door) -> None:
    exchange = door.house.matched()
    bring(door, "bruno", exchange)
    path = f"/exchanges/{exchange}/evidence/evidence-1"
    assert codes(door.post("bruno", f"{path}/erasures", {"reason": "why not"}, if_match="*"))[0] == 403
    copy = {"file": ("copy.txt", b"a name taken out", "text/plain")}
    said = {"original": "erased", "reason": "a name stood in it"}
    key = {**door.key("ana"), "If-Match": "*"}
    redacted = door.client.post(f"/api/v1{path}/redactions", headers=key, files=copy, data=said)
    assert redacted.status_code == 201, redacted.text
    assert door.get("paula", f"{path}/file").content == b"a name taken out"
    assert door.post("ana", f"{path}/erasures", {"reason": "by mistake"}, if_match="*").status_code == 201
    assert codes(door.get("paula", f"{path}/file")) == (410, "evidence.gone")


def entered(door: Door, exchange: str, who: str = "ana", **said: Any) -> httpx.Response:
    told = {"on_behalf_of": "PE", "came_by": "mail", "received_on": "2026-11-20", **said}
    body = {"kind": "activity_planned", "fields": {"title": "Mission", "mode": "virtual"}, **told}
    return door.post(who, f"/exchanges/{exchange}/facts", body, if_match="*")


def test_an_entry_waits_for_the_country_and_is_answered_in_one_tap(door: Door) -> None:
    exchange = door.house.matched()
    made = entered(door, exchange)
    assert made.status_code == 201, made.text
    (waiting,) = door.get("paula", "/entries", waiting=True).json()["items"]
    assert (waiting["type"], waiting["party"], waiting["status"]) == ("ActivityPlanned", "PE", "waiting")
    path = f"/exchanges/{exchange}/entries/{waiting['seq']}"
    assert codes(door.post("bruno", f"{path}/confirmations", None))[0] in (403, 404)
    assert codes(door.post("ana", f"{path}/confirmations", None))[0] == 403
    assert door.post("paula", f"{path}/contests", {"reason": "We said May."}).json()["status"] == "contested"
    assert codes(door.post("pablo", f"{path}/confirmations", None)) == (409, "entry.answered")
    assert door.get("paula", "/entries", waiting=True).json()["items"] == []
    found = door.get("ana", "/registers/exceptions", country="PE", **{"from": "2026-11-01"}).json()["items"]
    assert [(one["kind"], one["answer"]) for one in found] == [("contested", None), ("on_behalf", "contested")]


CAME = {"on_behalf_of": "BR", "came_by": "telephone", "received_on": "2026-11-20"}


def test_a_draft_and_a_file_are_entered_in_a_country_s_name(door: Door) -> None:
    parties = [{"party": "BR", "role": "offers"}]
    body = {"programme": "regional-initiative", "title": "Natural rubber", "door": "offer", "parties": parties, **CAME}
    drafted = door.post("ana", "/exchanges", body)
    assert drafted.status_code == 201, drafted.text
    assert bring(door, "ana", drafted.json()["exchange"], **CAME).status_code == 201
    waiting = door.get("bruno", "/entries", waiting=True).json()["items"]
    assert [(one["seq"], one["type"], one["came_by"]) for one in waiting] == [
        (1, "ExchangeDrafted", "telephone"),
        (2, "EvidenceAttached", "telephone"),
    ]
    path = f"/exchanges/{drafted.json()['exchange']}/entries"
    assert door.post("bruno", f"{path}/1/confirmations", None).json()["status"] == "confirmed"
    assert door.post("bruno", f"{path}/2/contests", {"reason": "Not ours."}).json()["status"] == "contested"
    found = door.get("ana", "/registers/exceptions", country="BR", **{"from": "2026-11-01"}).json()["items"]
    assert {(one["what"], one["answer"]) for one in found if one["kind"] == "on_behalf"} == {
        ("ExchangeDrafted", "confirmed"),
        ("EvidenceAttached", "contested"),
    }


def test_nobody_but_an_officer_drafts_or_brings_for_another(door: Door) -> None:
    parties = [{"party": "BR", "role": "offers"}]
    body = {"programme": "regional-initiative", "title": "Natural rubber", "door": "offer", "parties": parties}
    assert codes(door.post("paula", "/exchanges", {**body, **CAME}))[0] == 403
    assert codes(door.post("ana", "/exchanges", {**body, **CAME, "on_behalf_of": "PE"}))[0] == 403
    assert codes(door.post("ana", "/exchanges", {**body, "on_behalf_of": "BR"})) == (422, "entry.malformed")
    exchange = door.house.matched()
    assert codes(bring(door, "paula", exchange, **CAME))[0] == 403
    assert codes(bring(door, "ana", exchange, on_behalf_of="BR")) == (422, "entry.malformed")
    assert door.get("bruno", "/entries", waiting=True).json()["items"] == []


def test_how_an_entry_came_is_asked_for_and_only_officers_enter(door: Door) -> None:
    exchange = door.house.matched()
    assert codes(entered(door, exchange, came_by=None)) == (422, "entry.malformed")
    assert codes(entered(door, exchange, received_on="yesterday")) == (422, "entry.malformed")
    assert codes(entered(door, exchange, who="bruno"))[0] == 403
    assert codes(entered(door, exchange, on_behalf_of="XX")) == (422, "country.unknown")
    assert codes(entered(door, exchange, on_behalf_of=None)) == (422, "entry.party_missing")


def test_the_exceptions_are_pages_and_a_file(door: Door) -> None:
    exchange = door.house.matched()
    for need in ("benches_word", "contributions"):
        said = {"kind": "waiver", "fields": {"code": need, "reason": "=1+1"}}
        assert door.post("ana", f"/exchanges/{exchange}/facts", said, if_match="*").status_code == 201
    first = door.get("bruno", "/registers/exceptions", limit=1)
    assert len(first.json()["items"]) == 1
    assert 'rel="next"' in first.headers["link"]
    told = door.get("bruno", "/registers/exceptions.csv")
    assert told.headers["content-type"].startswith("text/csv")
    assert told.text.count("'=1+1") == 2
    assert door.get("carla", "/registers/exceptions").json()["items"] == []
    assert codes(door.get("ana", "/registers/exceptions", after="bm9uZQ")) == (400, "cursor.invalid")
    for day in ("soon", "2026-13-01"):
        assert codes(door.get("ana", "/registers/exceptions", **{"from": day})) == (422, "request.invalid")
    for place in ("/registers/exceptions", "/registers/exceptions.csv"):
        assert codes(door.get("ana", place, **{"from": "2026-11-23", "to": "2026-11-22"})) == (422, "day.reversed")
        assert codes(door.get("ana", place, **{"from": "2026-11-25"})) == (422, "day.in_the_future")
    assert door.get("paula", "/replies").json() == []


def test_everybody_takes_their_own_data_away(door: Door) -> None:
    door.house.offered()
    got = door.get("bruno", "/me/data")
    assert got.headers["content-disposition"] == 'attachment; filename="minga-own-data.json"'
    assert [row["name"] for row in got.json()["rows"]["tokens"]] == ["bruno"]
    assert "secret" not in got.text


def test_a_person_is_erased_by_two_officers(door: Door) -> None:
    bruno = door.get("bruno", "/me/data").json()["person"]["id"]
    body = {"person": bruno, "reason": "at their own request"}
    assert codes(door.post("paula", "/erasures", body))[0] == 403
    key = door.key("ana")
    asked = door.client.post("/api/v1/erasures", headers=key, json=body).json()
    path = f"/api/v1/erasures/{asked['erasure']}/decisions"
    assert codes(door.client.post(path, headers=key)) == (409, "erasure.same_officer")
    assert door.post("ana", f"/erasures/{asked['erasure']}/decisions", None).json()["status"] == "decided"
    assert [one["person"] for one in door.get("ana", "/erasures").json()] == [bruno]
    assert codes(door.post("ana", "/erasures", body)) == (404, "not_found")
