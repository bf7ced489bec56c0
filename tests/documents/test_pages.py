# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Where things come to stand on the pages: what is signed is never alone on a page that says nothing."""

from dataclasses import replace

import weasyprint

from documents.facts import AgreementFacts, RoadmapFacts, said, same
from documents.fetcher import ClosedFetcher
from documents.kinds import Facts
from documents.press import OPTIONS
from documents.render import to_html
from tests.documents.samples import AGREEMENT, ROADMAP


def page_of(facts: Facts, *ids: str) -> list[int]:
    """The page on which each part begins."""
    page = weasyprint.HTML(string=to_html(facts, ("en",)), base_url="minga-asset:", url_fetcher=ClosedFetcher())
    pages = page.render(**OPTIONS).pages
    return [number for wanted in ids for number, each in enumerate(pages, 1) if wanted in each.anchors]


def widest(facts: Facts) -> float:
    """How far to the right the tables reach, in millimetres from the left edge of the page."""
    page = weasyprint.HTML(string=to_html(facts, ("en",)), base_url="minga-asset:", url_fetcher=ClosedFetcher())
    boxes = [box for each in page.render(**OPTIONS).pages for box in each._page_box.descendants()]
    return float(max(box.position_x + box.width for box in boxes if box.element_tag == "table")) * 25.4 / 96


def with_more_promised(lines: int) -> AgreementFacts:
    first, *others = AGREEMENT.parties
    more = tuple(said(en=f"further commitment {number}", es="—", pt="—") for number in range(lines))
    return replace(AGREEMENT, parties=(replace(first, commitments=first.commitments + more), *others))


def with_more_followed_up(lines: int) -> RoadmapFacts:
    more = tuple(said(en=f"further step {number}", es="—", pt="—", fr="—") for number in range(lines))
    return replace(ROADMAP, follow_up=ROADMAP.follow_up + more)


def test_the_closing_words_stand_with_the_first_places_to_sign_wherever_the_page_ends() -> None:
    before, after = (page_of(with_more_promised(lines), "closing", "signature-1") for lines in (5, 6))

    assert before == [before[0]] * 2
    assert after == [before[0] + 1] * 2


def test_the_government_s_place_to_sign_stands_with_what_it_approves() -> None:
    assert page_of(with_more_followed_up(18), "approval", "signature") == [5, 5]


def test_a_word_without_end_pushes_no_column_off_the_page() -> None:
    endless = same("https://example.org/" + "caucho" * 30)
    tables = tuple(replace(activity, title=endless, responsible=endless) for activity in AGREEMENT.workplan)

    assert widest(replace(AGREEMENT, workplan=tables)) <= 210 - 23 + 0.1


def test_five_who_sign_do_not_leave_the_closing_words_alone_on_a_page() -> None:
    five = replace(AGREEMENT, signatories=(AGREEMENT.signatories * 3)[:5])

    assert len(set(page_of(five, "closing", "signature-1"))) == 1
