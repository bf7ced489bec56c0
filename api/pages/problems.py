# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What a problem's type points to: a small page, or the same as JSON."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Header, Response
from fastapi.responses import JSONResponse

from api.pages.rendering import rendered
from api.policies import acts
from api.problems import TITLES, family, status_of, title_of
from observatory.errors import NotFound

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class ProblemPage:
    """All that the template `problem.html.j2` tells."""

    code: str
    title: str
    status: int


@router.get("/problems/{code}", **acts("problem.read"))
def problem_page(code: str, accept: Annotated[str, Header()] = "*/*") -> Response:
    """What a code means. Raises NotFound for a family nobody knows."""
    page = _known(code)
    if "text/html" in accept:
        return rendered("problem.html.j2", page)
    return JSONResponse({"code": page.code, "title": page.title, "status": page.status})


def _known(code: str) -> ProblemPage:
    if family(code) not in TITLES:
        raise NotFound(f"no problem {code}", problem=code)
    return ProblemPage(code, title_of(code), status_of(code))
