# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Rendering: Jinja with everything escaped and nothing undefined; each template gets one typed value, `page`."""

from functools import lru_cache
from hashlib import sha256

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.pages import STATIC, TEMPLATES
from api.pages.words import figure

_jinja = Environment(
    loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
_jinja.filters["figure"] = figure


def rendered(template: str, page: object, status: int = 200) -> HTMLResponse:
    """A page as an answer that a browser asks for anew each time."""
    headers = {"Cache-Control": "no-cache", "Vary": "Accept-Language, Accept"}
    content = _jinja.get_template(template).render(page=page, style=_style())
    return HTMLResponse(content, status, headers)


@lru_cache(maxsize=1)
def _style() -> str:
    """The address of the style sheet, new with every change to it."""
    return f"/static/minga.css?v={sha256((STATIC / 'minga.css').read_bytes()).hexdigest()[:12]}"
