# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Finding exchanges by words: accents and capitals make no difference, and nobody finds what they may not know of."""

from pathlib import Path

import pytest
from sqlalchemy import select, update

from minga.commands.projections import explain
from observatory.exchanges import Filters, Line
from observatory.orders import SORTS
from observatory.window import see_exchanges
from people.actors import OPERATOR
from services.asking import Asking
from services.projections import rebuild
from storage.store import Store
from storage.tables import search
from tests.cast import ALDO, ANA, BRUNO, CARLA, PAULA
from tests.house import House, furnish


@pytest.fixture
def house(store: Store, tmp_path: Path) -> House:
    return furnish(store, tmp_path)


def found(house: House, q: str, who: Asking = ANA) -> list[str]:
    page = see_exchanges(house.desk, who.actor, Filters(q=q))
    return [line.title for line in page.items]


def test_each_word_begins_one_of_the_exchanges_own(house: House) -> None:
    house.offered("Inspección en el Perú")
    house.offered("Natural rubber")
    assert found(house, "inspeccion") == found(house, "INSPECCIÓN peru") == ["Inspección en el Perú"]
    assert found(house, "rub nat") == ["Natural rubber"]
    assert found(house, "ubber") == found(house, "natural peruvian") == []
    assert found(house, "ministerio trabalho") == ["Inspección en el Perú", "Natural rubber"]
    assert found(house, "SSC-2026-0002") == ["Natural rubber"]
    assert found(house, "¿?") == []


def test_a_country_is_found_by_its_name_in_any_language(house: House) -> None:
    house.offered("Rubber")
    for name in ("Brasil", "Brazil", "brésil", "BR"):
        assert found(house, name) == ["Rubber"], name
    assert found(house, "Perú") == found(house, "Brasil Perú") == []


def test_nobody_finds_what_they_may_not_know_of(house: House) -> None:
    house.draft("A secret draft")
    house.matched("A match of two")
    assert found(house, "secret", BRUNO) == found(house, "secret", ALDO) == ["A secret draft"]
    assert found(house, "secret", CARLA) == found(house, "secret", PAULA) == []
    assert found(house, "match", PAULA) == ["A match of two"]
    assert found(house, "match", CARLA) == []


def test_words_that_were_lost_are_rebuilt_from_the_ledger(house: House) -> None:
    house.offered("Natural rubber")
    with house.desk.store.read() as connection:
        before = connection.execute(select(search)).all()
    house.desk.store.write(lambda connection: connection.execute(update(search).values(words="x")).rowcount)
    assert found(house, "rubber") == []
    assert rebuild(house.desk, OPERATOR, explain).mended == 1
    with house.desk.store.read() as connection:
        assert connection.execute(select(search)).all() == before
    assert found(house, "rubber") == ["Natural rubber"]


@pytest.mark.parametrize("sort", SORTS)
def test_every_order_pages_without_losing_or_repeating_one(house: House, sort: str) -> None:
    for number in range(3):
        house.offered(f"Offer {number % 2}")
        house.clock.on(days=1)
    house.draft("Draft")
    whole = see_exchanges(house.desk, ANA.actor, Filters(), sort=sort).items
    seen: list[Line] = []
    after: str | None = None
    while True:
        page = see_exchanges(house.desk, ANA.actor, Filters(), sort=sort, after=after, limit=1)
        seen += page.items
        after = page.next
        if after is None:
            break
    assert tuple(seen) == whole
    assert len({line.exchange for line in whole}) == 4
    field = sort.removeprefix("-")
    values = [line.exchange if field == "opened" else getattr(line, field) or "" for line in whole]
    assert values == sorted(values, reverse=sort.startswith("-"))
