# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""P-05: nobody overwrites what they did not see: 428 without If-Match, 412 with a stale one, on every unsafe operation.

Every one, that is, on a thing that stands already. `If-Match: *` says in so many words that whatever stands will do.
"""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from api.openapi import UNSAFE
from people.actors import Role
from tests.api import matrix, matrix_things
from tests.api.door import codes
from tests.api.matrix import Ground
from tests.api.test_matrix import Operation, client, document, ground, operations
from tests.cast import ANA

__all__ = ["client", "document", "ground"]

STALE = {"If-Match": '"987654321"'}
BENCHES = 9
NO_VERSION: Mapping[str, str] = {
    "POST /api/v1/erasures/{erasure}/decisions": "asked for by one, decided by another, once: a second decision is refused",
    "DELETE /api/v1/sessions/{session}": "a session is one's own and only ever ended",
}
"""Unsafe operations on a thing that has no version, and why."""

TOLD_BEFORE = "POST /api/v1/governments/{party}/changes"
"""The ground has told this change already: the same one told again writes nothing, whatever version was seen."""


def _unsafe(document: Mapping[str, Any]) -> Iterator[Operation]:
    """Every operation that changes a thing named in its path."""
    for method, path, operation in operations(document):
        if method.lower() in UNSAFE and "{" in path:
            yield method, path, operation


def _answers(
    ground: Ground, client: httpx.Client, document: Mapping[str, Any], header: dict[str, str]
) -> Iterator[Any]:
    """What each of them answers, asked by somebody who may: an officer, or a focal point where it is a party's own word."""
    askers = [matrix.come_as(ground, role, "party") for role in (Role.SECRETARIAT, Role.FOCAL_POINT)]
    for method, path, operation in _unsafe(document):
        if f"{method} {path}" in NO_VERSION:
            continue
        body, prepare = matrix.body_of(document, operation), matrix_things.prepare_for(method, path)
        assert prepare is not None, path
        answers = []
        for asker in askers:
            prepared = prepare(ground, asker, body)
            where = path
            for name, value in prepared.path.items():
                where = where.replace(f"{{{name}}}", value)
            told = {**body, **prepared.body} if body else {}
            files = {name: value for name, value in told.items() if value == matrix.FILE}
            form = {name: value for name, value in told.items() if name not in files}
            sent: Any = {"files": files, "data": form} if files else {"json": told}
            answers.append(client.request(method, where, headers={**asker.headers, **header}, **sent))
        yield f"{method} {path}", answers


def test_whatever_changes_a_thing_says_which_version_was_seen(document: Mapping[str, Any]) -> None:
    without = []
    for method, path, operation in _unsafe(document):
        said = {each["name"].lower(): each for each in operation.get("parameters", ())}
        if f"{method} {path}" not in NO_VERSION and not said.get("if-match", {}).get("required"):
            without.append(f"{method} {path}")
    assert without == []
    assert len(list(_unsafe(document))) >= 12


def test_without_a_version_every_one_of_them_is_428(
    ground: Ground, client: httpx.Client, document: Mapping[str, Any]
) -> None:
    wrong = {
        name: [answer.status_code for answer in answers]
        for name, answers in _answers(ground, client, document, {})
        if (428, "version.required") not in [codes(answer) for answer in answers if answer.status_code >= 400]
    }
    assert wrong == {}


def test_with_a_version_that_is_stale_every_one_of_them_is_412(
    ground: Ground, client: httpx.Client, document: Mapping[str, Any]
) -> None:
    wrong = {
        name: [(answer.status_code, answer.json().get("code")) for answer in answers]
        for name, answers in _answers(ground, client, document, STALE)
        if name != TOLD_BEFORE
        and (412, "version.stale") not in [codes(answer) for answer in answers if answer.status_code >= 400]
    }
    assert wrong == {}


def test_a_stale_version_hears_what_happened_meanwhile(ground: Ground, client: httpx.Client) -> None:
    exchange = ground.house.offered("Seen by two")
    key = matrix.come_as(ground, Role.SECRETARIAT, "party").headers
    place = f"/api/v1/exchanges/{exchange}"
    seen = client.get(place, headers=key).headers["etag"]
    ground.house.state(ANA, exchange, "flag", flag="checked")
    body = {"kind": "flag", "fields": {"flag": "mine"}}
    stale = client.post(f"{place}/facts", headers={**key, "If-Match": seen}, json=body)
    assert codes(stale) == (412, "version.stale")
    assert [event["type"] for event in stale.json()["meanwhile"]] == ["FlagRaised"]


def test_whatever_stands_lets_nine_speak_at_once(ground: Ground, client: httpx.Client) -> None:
    exchange = ground.house.offered("Nine speak")
    keys = [matrix.come_as(ground, Role.SECRETARIAT, "party").headers for _ in range(BENCHES)]

    def speak(number: int) -> int:
        body = {"kind": "activity_planned", "fields": {"title": f"Mission {number}", "mode": "virtual"}}
        headers = {**keys[number], "If-Match": "*"}
        return client.post(f"/api/v1/exchanges/{exchange}/facts", headers=headers, json=body).status_code

    with ThreadPoolExecutor(BENCHES) as pool:
        assert set(pool.map(speak, range(BENCHES))) == {201}


@pytest.mark.parametrize("said", ["12", '"x"', 'W/"12"', '""', '"1", "2"', ""])
def test_what_is_no_etag_is_refused(ground: Ground, client: httpx.Client, said: str) -> None:
    exchange = ground.house.draft("A draft")
    key = matrix.come_as(ground, Role.SECRETARIAT, "party").headers
    asked = client.post(
        f"/api/v1/exchanges/{exchange}/moves", headers={**key, "If-Match": said}, json={"move": "withdraw"}
    )
    assert codes(asked) == (400, "request.if_match_malformed")


def test_a_thing_that_did_not_change_is_not_sent_again(ground: Ground, client: httpx.Client) -> None:
    exchange = ground.house.draft("A draft")
    key = matrix.come_as(ground, Role.SECRETARIAT, "party").headers
    place = f"/api/v1/exchanges/{exchange}"
    seen = client.get(place, headers=key).headers["etag"]
    for held in (seen, f'"1000", {seen}', f"W/{seen}", "*"):
        again = client.get(place, headers={**key, "If-None-Match": held})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", seen)
    ground.house.state(ANA, exchange, "flag", flag="checked")
    assert client.get(place, headers={**key, "If-None-Match": seen}).status_code == 200
