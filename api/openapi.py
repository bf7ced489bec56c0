# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The description of the API: OpenAPI 3.1, every error declared where it can be met, every If-Match required, all by example."""

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.bearing import DEPRECATION, RETRY_AFTER, SUNSET, headers
from api.deprecation import leaving
from api.example_bodies import show_answers, show_bodies
from api.policies import ACTION
from api.problems import MEDIA_TYPE
from api.schemas import IF_MATCH, Problem
from people.actors import Role
from people.policy import ever

DESCRIPTION = """Minga carries every South-South exchange through its cooperation cycle.

Every error is a problem document with a stable `code` and a page at `/problems/{code}`. A change of something that stands
already takes `If-Match`; every command may be repeated under its `Idempotency-Key`.
"""

UNSAFE = ("post", "put", "patch", "delete")
EVERYWHERE = (405, 421, 500, 503)
"""Whoever asks anything may be asked back for another method or host, or find the house out of order."""

ANY_ASKED = (400, 422)
WITH_A_TOKEN = (401, 403, 429)
OF_ONE_THING = (404,)
WITH_A_BODY = (408, 413, 415)
COMMANDS = (409,)
OF_WHAT_STANDS = (412, 428)
COME_BACK = (429, 503)
PROBLEM = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}


def describe(app: FastAPI) -> dict[str, Any]:
    """The description, made once."""
    if app.openapi_schema is None:
        told = get_openapi(title=app.title, version=app.version, description=DESCRIPTION, routes=app.routes)
        schemas = told.setdefault("components", {}).setdefault("schemas", {})
        schemas["Problem"] = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        for name in ("HTTPValidationError", "ValidationError"):
            schemas.pop(name, None)
        for path, method, operation in operations(told):
            _complete(path, method, operation)
            show_bodies(operation, schemas)
        show_answers(told["paths"], app.routes)
        for path, methods in leaving(app.routes):
            for method in methods & told["paths"].get(path, {}).keys():
                _take_leave(told["paths"][path][method])
        app.openapi_schema = told
    return app.openapi_schema


def operations(told: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every operation of a description: (path, method, operation)."""
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            if method in (*UNSAFE, "get"):
                yield path, method, operation


def _complete(path: str, method: str, operation: dict[str, Any]) -> None:
    """Requires If-Match where it is taken, and declares every error the operation can give."""
    for parameter in operation.get("parameters", ()):
        if parameter["name"].lower() == "if-match":
            parameter["required"] = True
            parameter["schema"] = {"type": "string", "pattern": IF_MATCH, "examples": ["*", '"12"']}
    if operation.get("security") and ever(Role.PUBLIC, operation[ACTION]):
        operation["security"] = [{}, *operation["security"]]
    answers = operation["responses"]
    for status in _statuses(path, method, operation):
        answers[str(status)] = {"description": HTTPStatus(status).phrase, "content": PROBLEM}
        if status in COME_BACK:
            answers[str(status)]["headers"] = headers([RETRY_AFTER])
    operation["responses"] = dict(sorted(answers.items()))


def _take_leave(operation: dict[str, Any]) -> None:
    """Says of an operation that it leaves, and that every answer will."""
    operation["deprecated"] = True
    for answer in operation["responses"].values():
        answer["headers"] = {**answer.get("headers", {}), **headers([DEPRECATION, SUNSET])}


def _statuses(path: str, method: str, operation: Mapping[str, Any]) -> tuple[int, ...]:
    said = {parameter["name"].lower(): parameter["in"] for parameter in operation.get("parameters", ())}
    found = [*EVERYWHERE]
    found += ANY_ASKED if path.startswith("/api/") or said else ()
    found += WITH_A_TOKEN if operation.get("security") else ()
    found += OF_ONE_THING if said or method in UNSAFE else ()
    found += WITH_A_BODY if method in UNSAFE else ()
    found += COMMANDS if method in UNSAFE else ()
    found += OF_WHAT_STANDS if "if-match" in said else ()
    return tuple(found)
