# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Examples whole, as the description shows them: bodies put together from the examples of their fields, answers as written.

FastAPI leaves out of an answer's example whatever is null; where the schema requires it, that would be an example of no answer.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fastapi.routing import iter_route_contexts
from starlette.routing import BaseRoute

Schema = Mapping[str, Any]
FILE = "(the bytes of the file)"


class WithoutExample(Exception):
    """A field that a body needs shows no example: the description cannot be made."""


def show_bodies(operation: dict[str, Any], schemas: Mapping[str, Schema]) -> None:
    """Gives the body of an operation an example in every form it takes. Raises WithoutExample."""
    for content in operation.get("requestBody", {}).get("content", {}).values():
        content["example"] = example_of(content["schema"], schemas)


def show_answers(paths: Mapping[str, Any], routes: Sequence[BaseRoute]) -> None:
    """Puts every answer's example back as its route says it."""
    for path, method, status, media, example in _shown(routes):
        operation = paths.get(path, {}).get(method)
        if operation:
            operation["responses"][str(status)]["content"][media]["example"] = example


def example_of(schema: Schema, schemas: Mapping[str, Schema]) -> Any:
    """An example of a schema: its own, else of its parts; optional parts only where they show one. Raises WithoutExample."""
    known = schemas[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    for said in ("examples", "enum"):
        if known.get(said):
            return known[said][0]
    match known:
        case {"contentMediaType": _}:
            return FILE
        case {"type": "object", "properties": properties}:
            wanted = (name for name, field in properties.items() if _is_shown(name, field, known))
            return {name: example_of(properties[name], schemas) for name in wanted}
        case {"type": "array", "items": items}:
            return [example_of(items, schemas)]
        case _:
            raise WithoutExample(f"say an example of {known.get('title', known)}")


def _is_shown(name: str, field: Schema, of: Schema) -> bool:
    return name in of.get("required", ()) or field.get("examples", [None]) != [None]


def _shown(routes: Sequence[BaseRoute]) -> Iterator[tuple[str, str, int | str, str, Any]]:
    """Every example of an answer: path, method, status, media type, example."""
    for route in iter_route_contexts(routes):
        answers: Mapping[int | str, Any] = getattr(route, "responses", None) or {}
        for method in route.methods or ():
            for status, answer in answers.items():
                for media, content in answer.get("content", {}).items():
                    if "example" in content:
                        yield str(route.path), method.lower(), status, media, content["example"]
