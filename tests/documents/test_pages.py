# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Where things come to stand on the pages: what is signed is never alone on a page that says nothing."""

from collections import Counter
from dataclasses import replace

import pytest
import weasyprint

from documents.facts import AgreementFacts, RoadmapFacts, said, same
from documents.fetcher import ClosedFetcher
from documents.kinds import Facts
from documents.press import OPTIONS
from documents.render import to_html
from tests.documents.samples import AGREEMENT, ROADMAP

MINISTRY = "Ministerio de Trabajo, Empleo y Seguridad Social, Desarrollo Productivo e Igualdad de Oportunidades"


def pages_of(facts: Facts, languages: tuple[str, ...] = ("en",)) -> list[weasyprint.Page]:
    page = weasyprint.HTML(string=to_html(facts, languages), base_url="minga-asset:", url_fetcher=ClosedFetcher())
    return list(page.render(**OPTIONS).pages)


def page_of(facts: Facts, *ids: str) -> list[int]:
    """The page on which each part begins."""
    pages = pages_of(facts)
    return [number for wanted in ids for number, each in enumerate(pages, 1) if wanted in each.anchors]


def widest(facts: Facts) -> float:
    """How far to the right the tables reach, in millimetres from the left edge of the page."""
    boxes = [box for each in pages_of(facts) for box in each._page_box.descendants()]
    return float(max(box.position_x + box.width for box in boxes if box.element_tag == "table")) * 25.4 / 96


def edges(page: weasyprint.Page, kind: str) -> list[tuple[float, float]]:
    """Where every part of that class begins and ends, from above."""
    boxes = [box for box in page._page_box.descendants() if box.element is not None]
    found = [box for box in boxes if box.element.get("class") == kind and box.element_tag == box.element.tag]
    return [(box.border_box_y(), box.border_box_y() + box.border_height()) for box in found]


def cells_of(page: weasyprint.Page) -> list[str]:
    """The words of the agreement that stand on that page, piece by piece."""
    elements = (box.element for box in page._page_box.descendants() if box.element is not None)
    return ["".join(each.itertext()).strip() for each in elements if each.get("class", "").startswith("cell")]


def between_long_names(parties: int) -> AgreementFacts:
    """That many parties and as many places to sign; every other ministry has a long name, in both languages."""
    long = said(es=MINISTRY, pt=MINISTRY.replace("Trabajo", "Trabalho"), en=MINISTRY)
    names = [long if number % 2 else party.institution for number, party in enumerate(AGREEMENT.parties * parties)]
    named = zip(AGREEMENT.parties * parties, AGREEMENT.signatories * parties, names, strict=True)
    pairs = [(replace(party, institution=name), replace(place, institution=name)) for party, place, name in named]
    return replace(
        AGREEMENT,
        parties=tuple(party for party, _ in pairs[:parties]),
        signatories=tuple(place for _, place in pairs[:parties]),
    )


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


@pytest.mark.parametrize("parties", [2, 4, 8])
def test_no_name_on_the_cover_runs_into_the_box_at_its_foot(parties: int) -> None:
    pages = pages_of(between_long_names(parties), ("es", "pt"))
    cover = next(page for page in pages if edges(page, "check"))
    ((box, _),) = edges(cover, "check")

    assert all(below <= box for kind in ("cover-parties", "notice") for _, below in edges(cover, kind))


def test_those_who_sign_side_by_side_write_on_one_line() -> None:
    pages = enumerate(pages_of(between_long_names(4), ("es", "pt")))
    lines = Counter((number, line) for number, page in pages for _, line in edges(page, "ink"))

    assert list(lines.values()) == [2, 2]


def test_five_who_sign_do_not_leave_the_closing_words_alone_on_a_page() -> None:
    five = replace(AGREEMENT, signatories=(AGREEMENT.signatories * 3)[:5])

    assert len(set(page_of(five, "closing", "signature-1"))) == 1


def test_no_list_begins_on_the_page_after_the_words_that_announce_it() -> None:
    long = replace(AGREEMENT, results=AGREEMENT.results * 18)
    texts = [cells_of(page) for facts in (AGREEMENT, long) for page in pages_of(facts, ("es", "pt"))]

    assert not [cells[-1] for cells in texts if cells and cells[-1].endswith(":")]
