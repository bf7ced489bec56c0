# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Parameters: what nobody declared is refused by every operation of the API, and by no page."""

from typing import Any

import pytest
from fastapi.routing import iter_route_contexts

from api.openapi import operations
from api.parameters import declared_by
from cycle.misfits import pattern_in_words
from tests.api.door import Door, codes
from tests.cycle.test_misfits import patterns

REFUSED = (422, "request.invalid")


def test_a_misspelt_filter_gives_no_unfiltered_list(door: Door) -> None:
    refused = door.get("ana", "/seats", partty="BR", sort="x")

    assert codes(refused) == REFUSED
    assert [(one["field"], one["need"]) for one in refused.json()["reasons"]] == [
        ("query.partty", "no such parameter"),
        ("query.sort", "no such parameter"),
    ]
    assert door.get("ana", "/seats", party="BR").status_code == 200


def test_what_does_not_fit_is_told_in_plain_words(door: Door) -> None:
    refused = door.get("ana", "/exchanges", limit="1e3", sort="age", as_of="2023-02-29", country="?")
    assert {one["field"]: one["need"] for one in refused.json()["reasons"]} == {
        "query.limit": "a whole number is expected",
        "query.sort": "one of opened, title, entered_on, due_on, moved_at is expected",
        "query.as_of": "a day of the calendar is expected, written like 2026-11-23",
        "query.country": "a party's code is expected, like BR",
    }


def test_every_pattern_of_the_description_has_its_words(door: Door) -> None:
    description = door.client.get("/api/v1/openapi.json").json()

    assert {pattern for pattern in patterns(description) if not pattern_in_words(pattern)} == set()


def test_a_misspelt_dry_run_changes_no_government(door: Door) -> None:
    place, told = "/governments/BR/changes", {"on": "2026-11-20"}

    assert codes(door.post("ana", f"{place}?dryrun=true", told)) == REFUSED
    assert door.get("ana", f"{place}/2026-11-20/handover").status_code == 404
    assert door.post("ana", place, told).status_code == 201
    assert door.get("ana", f"{place}/2026-11-20/handover").status_code == 200


def test_every_operation_refuses_what_it_does_not_describe(door: Door) -> None:
    description = door.client.get("/api/v1/openapi.json").json()
    ours = [one for one in operations(description) if one[0].startswith("/api/v1/")]
    asked = {
        f"{method} {path}": door.client.request(method, f"{path.replace('{', '').replace('}', '')}?nobody=1", json={})
        for path, method, _ in ours
    }

    assert len(asked) > 80
    assert {name: answer.status_code for name, answer in asked.items() if codes(answer) != REFUSED} == {}
    assert [path for path, _, operation in ours if "422" not in operation["responses"]] == []


def test_every_operation_takes_what_it_describes(door: Door) -> None:
    description = door.client.get("/api/v1/openapi.json").json()
    described = {(path, method): _in_query(operation) for path, method, operation in operations(description)}
    app: Any = door.client.app  # type: ignore[attr-defined]
    declared = {
        (str(route.path), method.lower()): set(declared_by(route.dependant))
        for route in iter_route_contexts(app.routes)
        for method in route.methods or ()
        if (str(route.path), method.lower()) in described
    }

    assert declared == described
    assert sum(map(len, declared.values())) > 60


@pytest.mark.parametrize("path", ["/", "/sign-in", "/problems/not_found", "/health/live"])
def test_a_page_takes_an_address_that_somebody_decorated(door: Door, path: str) -> None:
    assert door.client.get(f"{path}?utm_source=letter").status_code == 200


def _in_query(operation: dict[str, Any]) -> set[str]:
    return {one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"}
