# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Every operation shows by example what to send and what comes back, and each example keeps its own schema."""

from collections.abc import Iterator, Mapping
from typing import Any

import httpx
import jsonschema_rs
import pytest

from api.example_bodies import FILE, WithoutExample, example_of

NO_TEXT = frozenset({"application/pdf", "application/zip", "application/octet-stream"})
"""Forms of which no example could be read."""

Shown = tuple[str, str, Mapping[str, Any]]


@pytest.fixture
def document(stranger: httpx.Client) -> Mapping[str, Any]:
    told: Mapping[str, Any] = stranger.get("/api/v1/openapi.json").json()
    return told


def _contents(document: Mapping[str, Any]) -> Iterator[Shown]:
    """What goes in and what comes out where all is well: the place, the form, and what is said of it."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            for media, content in operation.get("requestBody", {}).get("content", {}).items():
                yield f"{method} {path} body", media, content
            for status, answer in operation["responses"].items():
                for media, content in answer.get("content", {}).items() if status < "300" else ():
                    yield f"{method} {path} {status}", media, content


def test_every_body_and_every_answer_has_an_example(document: Mapping[str, Any]) -> None:
    shown = [(place, "example" in content) for place, media, content in _contents(document) if media not in NO_TEXT]
    assert [place for place, has_one in shown if not has_one] == []


def test_every_example_keeps_its_schema(document: Mapping[str, Any]) -> None:
    wrong = {}
    for place, _, content in _contents(document):
        if "example" in content and "schema" in content:
            schema = {**content["schema"], "components": document["components"]}
            judge = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
            wrong[place] = [str(error.message) for error in judge.iter_errors(content["example"])]
    assert len(wrong) > 100
    assert {place: errors for place, errors in wrong.items() if errors} == {}


def test_an_optional_field_is_shown_where_it_has_an_example() -> None:
    fields = {"asked": {"type": "string", "examples": ["a"]}, "more": {"type": "string"}, "file": {"examples": [None]}}
    part = {"type": "object", "properties": fields, "required": ["asked"]}
    whole = {
        "type": "object",
        "properties": {"parts": {"type": "array", "items": {"$ref": "#/components/schemas/Part"}}},
        "required": ["parts"],
    }
    assert example_of(whole, {"Part": part}) == {"parts": [{"asked": "a"}]}
    assert example_of({"type": "string", "contentMediaType": "application/octet-stream"}, {}) == FILE


def test_a_field_that_is_needed_and_shows_nothing_stops_the_description() -> None:
    with pytest.raises(WithoutExample, match="Mute"):
        example_of({"type": "object", "properties": {"mute": {"title": "Mute"}}, "required": ["mute"]}, {})
