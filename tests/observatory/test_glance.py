# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""A glance: the same as the reads it is made of, newest event first, page after page without a gap."""

from io import BytesIO
from pathlib import Path

import pytest

from observatory.errors import NotFound
from observatory.glance import see_glance
from observatory.window import see_exchange, see_history, see_moves
from services.asking import Asking
from services.evidence import Declaration, add_evidence
from storage.store import Store
from tests.cast import ALDO, ANA, BRUNO, CARLA, PAULA
from tests.house import House, furnish


@pytest.fixture
def house(store: Store, tmp_path: Path) -> House:
    return furnish(store, tmp_path)


def events(house: House, who: Asking, exchange: str) -> list[list[int]]:
    """The seqs on each page of a glance, to the last."""
    pages, before = [], None
    while True:
        seen = see_glance(house.desk, who.actor, exchange, before=before)
        pages.append([one.seq for one in seen.happened])
        before = seen.earlier
        if before is None:
            return pages


@pytest.mark.parametrize("who", [ANA, BRUNO, PAULA, ALDO])
def test_a_glance_tells_each_reader_what_the_single_reads_tell(house: House, who: Asking) -> None:
    exchange = house.committed()
    seen = see_glance(house.desk, who.actor, exchange)
    assert seen.whole == see_exchange(house.desk, who.actor, exchange)
    assert seen.moves == see_moves(house.desk, who.actor, exchange)
    assert seen.happened == see_history(house.desk, who.actor, exchange).items[::-1]


def test_a_country_that_an_offer_looks_for_is_told_neither_its_draft_nor_its_evidence(house: House) -> None:
    exchange = house.offered()
    add_evidence(
        house.desk, BRUNO, exchange, BytesIO(b"Visited on Monday."), "visit.txt", Declaration("document", "nobody")
    )
    seen = {who: see_glance(house.desk, who.actor, exchange) for who in (BRUNO, CARLA)}
    assert seen[BRUNO].happened[0].type == "EvidenceAttached"
    assert [one.type for one in seen[CARLA].happened] == ["StageMoved"]
    assert seen[CARLA].happened == see_history(house.desk, CARLA.actor, exchange).items[::-1]
    assert seen[CARLA].whole == see_exchange(house.desk, CARLA.actor, exchange)


@pytest.mark.parametrize(("who", "first"), [(ANA, 1), (BRUNO, 1), (PAULA, 3)])
def test_pages_of_events_meet_without_a_gap_and_end_where_a_draft_of_others_begins(
    house: House, who: Asking, first: int
) -> None:
    exchange = house.matched()
    for n in range(98):
        house.state(BRUNO, exchange, "activity_planned", title=f"Visit {n}", mode="virtual")
    pages = events(house, who, exchange)
    assert [seq for page in pages for seq in page] == list(range(103, first - 1, -1))
    assert max(map(len, pages)) == 50
    assert see_glance(house.desk, who.actor, exchange, before=first).happened == ()


def test_what_a_reader_may_not_know_of_is_not_found(house: House) -> None:
    with pytest.raises(NotFound):
        see_glance(house.desk, CARLA.actor, house.matched())
