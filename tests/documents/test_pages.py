# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Where things come to stand on the pages: what is signed is never alone on a page that says nothing."""

from dataclasses import replace

import weasyprint

from documents.facts import AgreementFacts, RoadmapFacts, said
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
