# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The headers that answers bear are those the description names, for every operation that somebody may do."""

from collections.abc import Mapping
from typing import Any

import httpx

from api.bearing import ETAG, LINK, LOCATION, RETRY_AFTER
from people.actors import Role
from tests.api import matrix, matrix_things, test_matrix
from tests.api.door import Door
from tests.api.matrix import Ground
from tests.api.test_matrix import client, document, ground, operations

__all__ = ["client", "document", "ground"]

BORNE = (ETAG, LINK, LOCATION)
DOERS = ((Role.FOCAL_POINT, "own"), (Role.FOCAL_POINT, "party"), (Role.SECRETARIAT, "party"), (Role.OPERATOR, "own"))
Headers = dict[str, set[str]]


def test_what_an_answer_bears_is_what_the_description_says(
    ground: Ground, client: httpx.Client, document: Mapping[str, Any]
) -> None:
    borne: Headers = {}
    for role, relation in DOERS:
        borne |= _borne(ground, client, document, matrix.come_as(ground, role, relation))
    described = {name: _described(document, name) for name in borne}

    assert len(borne) > 60
    assert {name: said for name, said in borne.items() if said - {LINK} != described[name] - {LINK}} == {}
    assert {name for name, said in borne.items() if LINK in said - described[name]} == set()


def test_every_list_that_goes_on_names_its_next_page(door: Door, document: Mapping[str, Any]) -> None:
    goes_on = {
        f"{method} {path}"
        for method, path, operation in operations(document)
        if "after" in {one["name"] for one in operation.get("parameters", ())}
    }
    assert goes_on == {name for name in _named(document) if LINK in _described(document, f"{name} 200")}
    door.house.draft("One"), door.house.draft("Another")
    assert 'rel="next"' in door.get("ana", "/exchanges", limit=1).headers[LINK]


def test_whoever_is_told_to_come_back_is_told_when(document: Mapping[str, Any]) -> None:
    unnamed = [
        name
        for name in _named(document)
        for status in ("429", "503")
        if (answer := _responses(document, name).get(status)) and set(answer.get("headers", ())) != {RETRY_AFTER}
    ]
    assert unnamed == []


def _borne(ground: Ground, client: httpx.Client, document: Mapping[str, Any], asker: matrix.Asker) -> Headers:
    """method, path and status of every answer where all is well → the headers it bears."""
    found: Headers = {}
    for method, path, operation in operations({"paths": document["paths"]}):
        prepare = matrix_things.prepare_for(method, path)
        assert prepare is not None
        body = matrix.body_of(document, operation)
        answer = test_matrix.ask(client, asker, (method, path, operation), body, prepare(ground, asker, body))
        if answer.is_success and "responses" in operation:
            found[f"{method} {path} {answer.status_code}"] = {name for name in BORNE if name in answer.headers}
    return found


def _named(document: Mapping[str, Any]) -> list[str]:
    return [f"{method} {path}" for method, path, operation in operations(document) if "responses" in operation]


def _responses(document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    method, path = name.split()[:2]
    answers: Mapping[str, Any] = document["paths"][path][method.lower()]["responses"]
    return answers


def _described(document: Mapping[str, Any], name: str) -> set[str]:
    return set(_responses(document, name).get(name.split()[2], {}).get("headers", ()))
