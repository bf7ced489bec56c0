# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Many at once: each item stands alone, a rehearsal writes nothing, and nobody signs in bulk."""

from dataclasses import replace
from pathlib import Path

import pytest

from services.bulk import MOST, Item, Outcome, do_many
from services.errors import Refused
from storage.store import Store
from tests.cast import ALDO, ANA, BRUNO
from tests.house import House, furnish
from tests.services.whole import everything


@pytest.fixture
def house(store: Store, tmp_path: Path) -> House:
    return furnish(store, tmp_path)


def codes(outcomes: tuple[Outcome, ...]) -> list[str | None]:
    return [outcome.error.code if outcome.error else None for outcome in outcomes]


def withdraw(exchange: str) -> Item:
    return Item(exchange, move="withdraw", says={"reason": "plans"})


def test_each_item_is_done_or_refused_by_itself(house: House) -> None:
    one, other = house.offered("One"), house.offered("Other")
    items = [withdraw(one), withdraw("SSC-1999-0001"), Item(other, fact="flag", says={"flag": "seen"}), withdraw(one)]
    outcomes = do_many(house.desk, ANA, items)
    assert codes(outcomes) == [None, "not_found", None, "move.not_from_here"]
    assert [outcome.answer and outcome.answer["lifecycle"] for outcome in outcomes] == [
        "withdrawn",
        None,
        "active",
        None,
    ]


def test_a_rehearsal_tells_the_same_and_writes_nothing(house: House) -> None:
    draft, other = house.draft("Draft"), house.offered("Other")
    items = [withdraw(other), Item(draft, move="publish_offer"), withdraw("SSC-1999-0001")]
    before = everything(house.desk)
    rehearsed = do_many(house.desk, replace(ANA, key="k"), items, dry_run=True)
    assert everything(house.desk) == before
    done = do_many(house.desk, replace(ANA, key="k"), items)
    assert codes(rehearsed) == codes(done) == [None, "requirements.unmet", "not_found"]
    assert [outcome.answer for outcome in rehearsed] == [outcome.answer for outcome in done]


def test_the_same_key_does_each_item_once(house: House) -> None:
    exchange = house.offered()
    items = [Item(exchange, fact="activity_planned", says={"title": "Mission", "mode": "virtual"})] * 2
    first = do_many(house.desk, replace(BRUNO, key="k"), items)
    after = everything(house.desk)
    assert do_many(house.desk, replace(BRUNO, key="k"), items) == first
    assert everything(house.desk) == after


def test_a_version_seen_before_is_refused_for_its_item_alone(house: House) -> None:
    exchange = house.offered()
    stale = Item(exchange, fact="flag", says={"flag": "seen"}, if_match=1)
    assert codes(do_many(house.desk, ANA, [stale, replace(stale, if_match=None)])) == ["version.stale", None]


def test_nobody_signs_in_bulk(house: House) -> None:
    exchange = house.committed()
    items = [
        Item(exchange, fact="acceptance", says={"party": "BR"}),
        Item(exchange, fact="endorsement", says={"party": "PE", "bench": "workers", "word": "endorsed"}),
        Item(exchange),
        Item(exchange, move="withdraw", fact="flag"),
        Item(exchange, move="complete_signatures"),
    ]
    refusals = ["bulk.consent", "bulk.consent", "bulk.item_unclear", "bulk.item_unclear", "move.unknown"]
    assert codes(do_many(house.desk, BRUNO, items)) == refusals


def test_too_many_at_once_and_those_who_change_nothing_are_refused_whole(house: House) -> None:
    exchange = house.offered()
    with pytest.raises(Refused) as refusal:
        do_many(house.desk, ANA, [withdraw(exchange)] * (MOST + 1))
    assert refusal.value.code == "bulk.too_many"
    with pytest.raises(Refused) as refusal:
        do_many(house.desk, ALDO, [withdraw(exchange)])
    assert refusal.value.code == "permission.denied"
