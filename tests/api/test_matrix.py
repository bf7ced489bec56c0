# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Every operation × every role × every relation, and no session: the app answers what the table says, and gives nothing away."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from api.app import create_app
from api.policies import ACTION
from minga.settings import read
from people.actors import Role
from people.table import ACTIONS
from storage.store import Store
from storage.tables import sealed
from tests.api import matrix, matrix_things
from tests.api.matrix import Asker, Ground, Prepared
from tests.house import furnish

WHATEVER_STANDS = {"If-Match": "*"}
Operation = tuple[str, str, Mapping[str, Any]]
Difference = tuple[str, list[int], int, list[str]]
UNDESCRIBED: tuple[Operation, ...] = (("GET", "/metrics", {ACTION: "metrics.read"}),)
"""What programs ask for, and no description names."""


@pytest.fixture(scope="module")
def ground(lasting_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Ground:
    """One furnished house per database, asked by everybody."""
    return matrix_things.lay(furnish(lasting_store, tmp_path_factory.mktemp("matrix")))


@pytest.fixture(scope="module")
def client(ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    folder: Path = tmp_path_factory.mktemp("settings")
    settings = read({"MINGA_DATABASE_URL": ground.house.desk.store.url}, data=folder)
    app = create_app(ground.house.desk, settings, security_contact="mailto:safe@minga.example")
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as opened:
        yield opened


@pytest.fixture(scope="module")
def document(client: httpx.Client) -> Mapping[str, Any]:
    answer = client.get("/api/v1/openapi.json")
    assert answer.status_code == 200, answer.text
    described: Mapping[str, Any] = answer.json()
    return described


def operations(document: Mapping[str, Any]) -> Iterator[Operation]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation
    yield from UNDESCRIBED


def ask(client: httpx.Client, asker: Asker, operation: Operation, body: Mapping[str, Any], of: Prepared) -> Any:
    method, path, described = operation
    for name, value in of.path.items():
        path = path.replace(f"{{{name}}}", value)
    assert "{" not in path, f"{method} {path}: name every part in tests/api/matrix_things.py"
    told = {**body, **of.body}
    files = {name: value for name, value in told.items() if value == matrix.FILE}
    form = {name: value for name, value in told.items() if name not in files}
    sent: dict[str, Any] = (
        {"files": files, "data": form} if files else {"json": told if "requestBody" in described else None}
    )
    return client.request(method, path, headers={**WHATEVER_STANDS, **asker.headers}, **sent)


def differences(
    ground: Ground, client: httpx.Client, document: Mapping[str, Any], asker: Asker
) -> dict[str, Difference]:
    """operation → its action, the refusals the table asks for (none: it is allowed), the answer, what it gave away."""
    found = {}
    for method, path, operation in operations(document):
        action, body = operation[ACTION], matrix.body_of(document, operation)
        prepare = matrix_things.prepare_for(method, path)
        assert prepare is not None, (
            f"{method} {path}: say in tests/api/matrix_things.py, PREPARE, how its thing is made"
        )
        prepared = prepare(ground, asker, body)
        refusals = matrix.expected(asker, action, prepared)
        answer = ask(client, asker, (method, path, operation), body, prepared)
        told = [canary.words for canary in ground.canaries if canary.sings(asker.actor, answer)]
        if told or not matrix.answers_as_expected(answer, refusals):
            found[f"{method} {path}"] = (action, sorted(refusals), answer.status_code, told)
    return found


def test_every_operation_stands_in_the_table(document: Mapping[str, Any]) -> None:
    named = {f"{method} {path}": operation.get(ACTION) for method, path, operation in operations(document)}
    assert {operation: action for operation, action in named.items() if action not in ACTIONS} == {}
    assert len(named) > 30


def test_every_operation_on_a_thing_has_one_to_be_asked_of(document: Mapping[str, Any]) -> None:
    missing = [f"{m} {path}" for m, path, _ in operations(document) if matrix_things.prepare_for(m, path) is None]
    assert missing == [], "say in tests/api/matrix_things.py, PREPARE, how their things are made"


@pytest.mark.parametrize("relation", matrix.RELATIONS)
@pytest.mark.parametrize("role", matrix.SIGNED_IN)
def test_a_role_does_what_the_table_allows_and_nothing_else(
    ground: Ground, client: httpx.Client, document: Mapping[str, Any], role: Role, relation: str
) -> None:
    assert differences(ground, client, document, matrix.come_as(ground, role, relation)) == {}


def test_whoever_has_not_signed_in_reads_what_is_public(
    ground: Ground, client: httpx.Client, document: Mapping[str, Any]
) -> None:
    assert differences(ground, client, document, matrix.nobody()) == {}


def test_every_canary_sings_where_it_may(ground: Ground, client: httpx.Client, document: Mapping[str, Any]) -> None:
    """Each is really there to be given away: an officer finds every one in some answer, but for what is sealed."""
    officer, found = matrix.come_as(ground, Role.SECRETARIAT, "own"), set()
    for method, path, operation in operations(document):
        prepare = matrix_things.prepare_for(method, path)
        if method == "GET" and prepare is not None:
            answer = ask(client, officer, (method, path, operation), {}, prepare(ground, officer, {}))
            found |= {canary.words for canary in ground.canaries if canary.is_in(answer)}
    with ground.house.desk.store.read() as connection:
        kept = {row.value for row in connection.execute(select(sealed.c.value))}

    assert found == {canary.words for canary in ground.canaries if canary.action}
    assert {canary.words for canary in ground.canaries if not canary.action} <= kept
