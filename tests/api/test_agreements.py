# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Agreements over HTTP: from draft into force, each country's ink by its own officers."""

from tests.api.door import Door, codes

TERMS = {"summary": "First text", "terms": {"object": "To share how rubber is traced."}}


def opened(door: Door) -> str:
    """An agreement open for signature; its address."""
    exchange = door.house.committed()
    body = {"exchange": exchange, "title": "Natural rubber", "register": "non_binding"}
    drafted = door.post("ana", "/agreements", body)
    assert drafted.status_code == 201
    place = drafted.headers["location"].removeprefix("/api/v1")
    door.post("ana", f"{place}/steps", {"step": "open_negotiation"})
    door.post("ana", f"{place}/versions", TERMS)
    for who, party in (("bruno", "BR"), ("paula", "PE")):
        signatory = {"party": party, "name": who.title(), "title": "Minister", "institution": "Ministry of Labour"}
        assert door.post(who, f"{place}/signatories", signatory).status_code == 201
    door.post("ana", f"{place}/steps", {"step": "send_for_clearance"})
    assert door.post("ana", f"{place}/steps", {"step": "open_for_signature"}).json()["status"] == "open_for_signature"
    return place


def test_an_agreement_comes_into_force_over_http(door: Door) -> None:
    place = opened(door)
    for first, second, party in (("bruno", "bruna", "BR"), ("paula", "pablo", "PE")):
        ink = {"party": party, "signed_on": "2026-11-20"}
        assert door.post(first, f"{place}/counterparts", ink).status_code == 201
        assert door.post(second, f"{place}/confirmations", {"party": party}).status_code == 201
    assert door.get("paula", place).json()["unsigned"] == []
    for step in ("seal", "bring_into_force"):
        last = door.post("ana", f"{place}/steps", {"step": step})
    assert (last.status_code, last.json()["status"]) == (201, "in_force")
    shown = door.get("paula", place)
    assert shown.headers["etag"] == last.headers["etag"]
    covered = door.get("paula", f"/exchanges/{next(iter(shown.json()['exchanges']))}").json()
    assert [(one["reference"], one["status"]) for one in covered["agreements"]] == [("AGR-2026-0001", "in_force")]


def test_the_parties_read_what_they_negotiate(door: Door) -> None:
    place = opened(door)
    door.post("ana", f"{place}/steps", {"step": "return_to_negotiation", "says": {"reason": "one clause"}})
    second = {"summary": "Second text", "terms": {"object": "To share how rubber is traced, and by whom."}}
    assert door.post("bruno", f"{place}/versions", second).status_code == 201
    told = door.get("paula", f"{place}/versions").json()

    assert [(one["version"], one["summary"], one["terms"], one["counts"]) for one in told] == [
        (1, TERMS["summary"], TERMS["terms"], False),
        (2, second["summary"], second["terms"], True),
    ]
    assert told[1]["text_hash"] == door.get("paula", place).json()["text_hash"]


def test_who_signs_is_read_by_office_and_never_by_name(door: Door) -> None:
    place = opened(door)
    told = door.get("paula", f"{place}/signatories")

    office = {"title": "Minister", "institution": "Ministry of Labour"}
    assert told.json() == [{"party": "BR", **office, "order": 1}, {"party": "PE", **office, "order": 2}]
    assert "Bruno" not in told.text
    for part in ("versions", "signatories"):
        assert codes(door.get("carla", f"{place}/{part}")) == (404, "not_found")


def test_nobody_but_the_country_records_its_ink(door: Door) -> None:
    place = opened(door)
    ink = {"party": "PE", "signed_on": "2026-11-20"}
    for who, why in (("ana", "permission.consent_is_their_own"), ("bruno", "permission.another_party")):
        refused = door.post(who, f"{place}/counterparts", ink)
        assert codes(refused) == (403, "permission.denied")
        assert [reason["code"] for reason in refused.json()["reasons"]] == [why]
    assert door.post("paula", f"{place}/counterparts", ink).status_code == 201


def test_an_agreement_is_its_parties_alone(door: Door) -> None:
    place = opened(door)
    assert door.get("aldo", place).status_code == 200
    assert codes(door.get("carla", place)) == (404, "not_found")
    assert codes(door.post("carla", f"{place}/steps", {"step": "seal"})) == (404, "not_found")
    assert codes(door.post("aldo", f"{place}/steps", {"step": "seal"}))[0] == 403


def test_an_agreement_changes_only_under_the_version_that_was_seen(door: Door) -> None:
    place = opened(door)
    seen = door.get("bruno", place).headers["etag"]
    step, back = f"/api/v1{place}/steps", {"step": "return_to_negotiation", "says": {"reason": "one clause"}}
    assert codes(door.client.post(step, headers=door.key("ana"), json=back)) == (428, "version.required")
    moved = door.client.post(step, headers={**door.key("ana"), "If-Match": seen}, json=back)
    assert (moved.status_code, moved.json()["status"]) == (201, "negotiation")
    stale = door.client.post(step, headers={**door.key("ana"), "If-Match": seen}, json={"step": "send_for_clearance"})
    assert codes(stale) == (412, "version.stale")
    assert stale.json()["version"] == moved.json()["version"]
    assert "AgreementMoved" in [event["type"] for event in stale.json()["meanwhile"]]


def test_a_step_from_the_wrong_place_is_a_conflict(door: Door) -> None:
    place = opened(door)
    assert codes(door.post("ana", f"{place}/steps", {"step": "seal"}))[0] == 409
    assert codes(door.post("ana", f"{place}/provisional", {"reason": "urgent"}))[0] == 409
    refused = door.post("ana", f"{place}/versions", {"summary": "s", "terms": {"rhyme": "x"}})
    assert codes(refused) == (422, "agreement.term_unknown")
    assert refused.json()["title"] == "The text holds a term that there is not"


def test_the_steps_it_names_are_steps_that_somebody_takes(door: Door) -> None:
    assert door.get("bruno", opened(door)).json()["steps"] == ["return_to_negotiation"]


def test_agreements_are_listed_for_those_who_may_know_of_them(door: Door) -> None:
    places = [opened(door) for _ in range(2)]
    ids = [door.get("ana", place).json()["agreement"] for place in places]
    exchange = next(iter(door.get("ana", places[1]).json()["exchanges"]))

    def listed(who: str, **asked: str) -> list[str]:
        return [line["agreement"] for line in door.get(who, "/agreements", **asked).json()["items"]]

    for who in ("ana", "aldo", "bruno", "paula"):
        assert listed(who) == ids
    assert listed("carla") == listed("carla", exchange=exchange) == []
    assert listed("bruno", exchange=exchange) == listed("bruno", exchange=door.house.reference(exchange)) == ids[1:]
    assert (listed("bruno", status="open_for_signature"), listed("bruno", status="draft")) == (ids, [])
    first = door.get("paula", "/agreements", limit="1")
    assert 'rel="next"' in first.headers["link"]
    assert listed("paula", limit="1", after=first.json()["next"]) == ids[1:]
    (line,) = first.json()["items"]
    whole = door.get("paula", places[0])
    assert (f'"{line["version"]}"', line["parties"]) == (whole.headers["etag"], ["BR", "PE"])
