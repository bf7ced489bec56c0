# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Parameters nobody declared are refused: a slip of the pen in a filter, or in `dry_run`, does not pass for its absence.

Pages stay lenient: an address that a letter or another site decorated still leads where it should.
"""

from collections.abc import Iterator

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel


async def only_declared(request: Request) -> None:
    """Raises RequestValidationError, naming every parameter of the query that the operation does not know."""
    if not request.query_params:
        return
    declared = frozenset(declared_by(request.scope["route"].dependant))
    strangers = [name for name in request.query_params if name not in declared]
    if strangers:
        raise RequestValidationError([_mistake(name) for name in strangers])


def declared_by(dependant: Dependant) -> Iterator[str]:
    """The parameters that an operation and all that it depends on read from the query, by the names they are sent under."""
    for parameter in dependant.query_params:
        model = parameter.field_info.annotation
        if isinstance(model, type) and issubclass(model, BaseModel):
            yield from (field.alias or name for name, field in model.model_fields.items())
        else:
            yield parameter.alias
    for further in dependant.dependencies:
        yield from declared_by(further)


def _mistake(name: str) -> dict[str, object]:
    return {"type": "parameter_unknown", "loc": ("query", name), "msg": "no such parameter", "input": None}
