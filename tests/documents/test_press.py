# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The press opens no file and no address but the paper's own, and says so when it was asked to."""

from datetime import date

import pytest

from documents.press import print_pdf
from documents.refusals import PaperNotDrawn

STYLE = '<link rel="stylesheet" href="minga-asset:paper.css">'
ADDRESSES = (
    "file:///etc/passwd",
    "http://169.254.169.254/latest/meta-data/",
    "https://example.org/x.png",
    "ftp://example.org/x",
    "data:image/png;base64,iVBORw0KGgo=",
    "minga-asset:../fonts.py",
    "minga-asset:fonts.conf",
    "minga-font:../../etc/passwd",
    "//example.org/x.png",
    "relative.png",
)
PLACES = {
    "image": '<img alt="x" src="{}">',
    "style sheet": '<link rel="stylesheet" href="{}">',
    "import": "<style>@import url('{}');</style>",
    "attachment": '<link rel="attachment" href="{}">',
    "attached link": '<a rel="attachment" href="{}">x</a>',
    "background": "<p style=\"background: url('{}')\">x</p>",
    "font": "<style>@font-face {{ font-family: F; src: url('{}') }} p {{ font-family: F }}</style><p>x</p>",
    "drawing": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>x</title><image href="{}"/></svg>',
    "object": '<object data="{}">x</object>',
    "embed": '<embed src="{}">',
    "content": "<style>p::before {{ content: url('{}') }}</style><p>x</p>",
    "list": "<ul style=\"list-style-image: url('{}')\"><li>x</li></ul>",
}


def page(body: str) -> str:
    return f'<html lang="en"><head><title>t</title>{STYLE}</head><body><p>rubber</p>{body}</body></html>'


def print_page(body: str) -> bytes:
    return print_pdf(page(body), b"{}", date(2026, 3, 2))[0]


def test_a_page_of_its_own_is_printed() -> None:
    assert print_page("").startswith(b"%PDF-1.7")


@pytest.mark.parametrize("place", PLACES)
def test_no_place_on_a_page_reaches_a_file(place: str) -> None:
    with pytest.raises(PaperNotDrawn) as refused:
        print_page(PLACES[place].format(ADDRESSES[0]))

    assert refused.value.code == "paper.forbidden_address"


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_address_outside_the_paper_is_reached(address: str) -> None:
    with pytest.raises(PaperNotDrawn) as refused:
        print_page(PLACES["image"].format(address))

    assert refused.value.code == "paper.forbidden_address"


def test_a_base_address_does_not_open_the_door() -> None:
    with pytest.raises(PaperNotDrawn) as refused:
        print_page('<base href="file:///etc/"><img alt="x" src="passwd">')

    assert refused.value.code == "paper.forbidden_address"


def test_a_drawing_never_borrows_a_part_from_elsewhere() -> None:
    borrowed = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>x</title><use href="{}"/></svg>'

    assert print_page(borrowed.format("file:///etc/passwd#a")) == print_page(borrowed.format("https://example.org/x#a"))


def test_a_picture_without_words_for_those_who_cannot_see_it_is_refused() -> None:
    with pytest.raises(PaperNotDrawn) as refused:
        print_page('<img src="minga-asset:eight-arcs.svg">')

    assert refused.value.code == "paper.drawing_failed"
