# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The square that leads from paper back to the record, as lines of a vector drawing."""

import segno
from markupsafe import Markup


def qr_svg(address: str, title: str) -> Markup:
    """An inline SVG without a quiet zone (the style sheet gives it one), titled for those who listen to the page."""
    code = segno.make(address, error="m", micro=False)
    drawing = code.svg_inline(border=0, omitsize=True, title=title, svgclass=None, lineclass=None)
    return Markup(drawing.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1))  # noqa: S704
