# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The closed door: a page being drawn reaches its own style, emblem and fonts, and nothing else.

Only the child imports this module, since it needs WeasyPrint.
"""

from importlib.resources import files

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from documents.fonts import FONT_FILES, font_bytes

ASSETS = {"paper.css": "text/css", "eight-arcs.svg": "image/svg+xml"}


class ClosedFetcher(URLFetcher):  # type: ignore[misc]
    """Serves `minga-font:` and `minga-asset:`; everything else stops the drawing.

    `refused` keeps what was asked, because an inline SVG swallows even the fatal error and would go on without its
    picture.
    """

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
        self.refused: list[str] = []

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        scheme, _, name = url.partition(":")
        if scheme == "minga-font" and name in FONT_FILES:
            return URLFetcherResponse(url, font_bytes(name), {"Content-Type": "font/ttf"})
        if scheme == "minga-asset" and name in ASSETS:
            body = files("documents").joinpath("assets", name).read_bytes()
            return URLFetcherResponse(url, body, {"Content-Type": ASSETS[name]})
        self.refused.append(url)
        raise FatalURLFetchingError(f"{url[:200]!r} is outside the paper")
