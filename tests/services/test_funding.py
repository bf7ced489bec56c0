# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Funding: parts of a source are set aside for exchanges, exactly, and never more than there is, whoever asks at once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from sqlalchemy import Connection, update

from cycle.funding import begin, evolve, written
from ledger.findings import Damage
from observatory.audit import take_stock
from observatory.derived import derive
from services import exchanges, funding
from services.errors import NotFound, Refused
from storage import funding as stored
from storage.tables import allocations
from tests.cast import ALDO, ANA, BRUNO, PAULA
from tests.house import House
from tests.services.whole import assert_explained, everything, history, types


def register(house: House, amount: str = "1000.00", **more: str) -> str:
    said = {"donor": "Cooperation fund", "project_code": "GLO/26/01", "currency": "USD", "from_on": "2026-01-01"}
    return str(funding.register_source(house.desk, ANA, amount=amount, **{**said, **more})["source"])


def codes(error: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason["code"] for reason in error.value.reasons]


def test_an_allocation_stands_in_both_streams_and_every_row_is_explained(house: House) -> None:
    exchange, source = house.committed(), register(house)

    done = funding.allocate(house.desk, ANA, source=source, exchange=exchange, amount="600.50")

    assert (done["allocated"], done["left"], done["set_aside"]) == ("600.5", "399.5", "600.5")
    assert types(house.desk, f"funding/{source}") == ["FundingSourceRegistered", "FundingAllocated"]
    told = history(house.desk, f"exchange/{exchange}")[-1]
    assert told.type == "FundingAllocated"
    assert {name: told.payload[name] for name in ("source", "donor", "amount", "currency")} == {
        "source": source,
        "donor": "Cooperation fund",
        "amount": "600.5",
        "currency": "USD",
    }
    assert_explained(house.desk, exchange)
    events = history(house.desk, f"funding/{source}")
    rows = derive(f"funding/{source}", events, lambda *_: "America/Lima")
    with house.desk.store.read() as connection:
        standing = stored.load(connection, source)
        assert stored.allocated(connection, source, exchange) == "600.5"
    assert standing == evolve(begin(source, events[0]), events[1])
    assert rows["allocations"] == [{"source": source, "exchange": exchange, "amount": "600.5", "seq": 2}]


def test_an_edited_allocation_is_found_by_the_audit(house: House) -> None:
    exchange, source = house.offered(), register(house)
    funding.allocate(house.desk, ANA, source=source, exchange=exchange, amount="1")
    assert not take_stock(house.desk.store, house.desk.papers).kinds

    def edit(connection: Connection) -> None:
        connection.execute(update(allocations).values(amount="2"))

    house.desk.store.write(edit)
    assert take_stock(house.desk.store, house.desk.papers).kinds == {Damage.PROJECTION_DRIFT: 1}


def test_more_than_is_left_is_refused_and_says_what_is_left(house: House) -> None:
    first, second, source = house.offered(), house.offered(), register(house)
    funding.allocate(house.desk, ANA, source=source, exchange=first, amount="700")
    before = everything(house.desk)

    with pytest.raises(Refused) as error:
        funding.allocate(house.desk, ANA, source=source, exchange=second, amount="300.01")

    assert codes(error) == ["funding.exceeded"]
    assert error.value.reasons[0]["left"] == "300"
    assert everything(house.desk) == before
    funding.allocate(house.desk, ANA, source=source, exchange=second, amount="300.00")


def test_a_new_total_takes_the_place_of_the_old_and_gives_the_rest_back(house: House) -> None:
    exchange, source = house.offered(), register(house)
    totals = [
        funding.allocate(house.desk, ANA, source=source, exchange=exchange, amount=amount)["left"]
        for amount in ("1000", "400", "0", "0.01")
    ]
    assert totals == ["0", "600", "1000", "999.99"]
    assert_explained(house.desk, exchange)


def test_the_same_total_again_writes_nothing(house: House) -> None:
    exchange, source = house.offered(), register(house)
    once = funding.allocate(house.desk, ANA, source=source, exchange=exchange, amount="10.10")
    before = everything(house.desk)

    again = funding.allocate(house.desk, ANA, source=source, exchange=exchange, amount="10.1")

    assert (again["allocated"], again["version"]) == (once["allocated"], once["version"])
    assert everything(house.desk) == before


def test_tenths_add_up_exactly(house: House) -> None:
    source = register(house, "0.30")
    for _ in range(3):
        done = funding.allocate(house.desk, ANA, source=source, exchange=house.offered(), amount="0.10")
    assert done["left"] == "0"


@pytest.mark.parametrize(
    ("more", "amount", "code"),
    [
        ({"from_on": "2027-01-01"}, "1", "funding.outside_its_days"),
        ({"to_on": "2026-11-22"}, "1", "funding.outside_its_days"),
        ({"currency": "CLP", "amount": "1000"}, "0.5", "money.too_many_decimals"),
        ({}, "-1", "funding.amount_invalid"),
        ({}, "1e3000000000", "funding.amount_invalid"),
        ({}, "NaN", "funding.amount_invalid"),
        ({}, "many", "funding.amount_invalid"),
    ],
)
def test_what_a_source_cannot_be_used_for_is_refused(
    house: House, more: dict[str, str], amount: str, code: str
) -> None:
    exchange, source = house.offered(), register(house, **more)
    before = everything(house.desk)

    with pytest.raises(Refused) as error:
        funding.allocate(house.desk, ANA, source=source, exchange=exchange, amount=amount)

    assert codes(error) == [code]
    assert everything(house.desk) == before


def test_money_is_given_back_also_after_the_source_has_ended(house: House) -> None:
    exchange, source = house.offered(), register(house, to_on="2026-12-31")
    funding.allocate(house.desk, ANA, source=source, exchange=exchange, amount="500")
    house.clock.on(days=60)

    assert funding.allocate(house.desk, ANA, source=source, exchange=exchange, amount="120")["left"] == "880"
    with pytest.raises(Refused) as error:
        funding.allocate(house.desk, ANA, source=source, exchange=exchange, amount="121")
    assert codes(error) == ["funding.outside_its_days"]


def test_a_source_is_registered_whole_or_not_at_all(house: House) -> None:
    before = everything(house.desk)
    with pytest.raises(Refused) as error:
        register(house, "0", donor=" ", currency="XXX", from_on="2026-05-01", to_on="2026-04-30")
    assert sorted(codes(error)) == [
        "funding.amount_invalid",
        "funding.currency_unknown",
        "funding.day_invalid",
        "funding.donor_missing",
    ]
    assert everything(house.desk) == before


def test_only_officers_touch_money(house: House) -> None:
    exchange, source = house.offered(), register(house)
    for who in (BRUNO, PAULA, ALDO):
        with pytest.raises(Refused) as error:
            funding.allocate(house.desk, who, source=source, exchange=exchange, amount="1")
        assert error.value.code == "permission.denied"
        with pytest.raises(Refused):
            funding.register_source(
                house.desk, who, donor="d", project_code="p", currency="USD", amount="1", from_on="2026-01-01"
            )


def test_the_fact_is_said_by_an_allocation_alone(house: House) -> None:
    exchange, source = house.offered(), register(house)
    said = {"source": source, "amount": "5000", "currency": "USD"}

    with pytest.raises(Refused) as error:
        exchanges.state_fact(house.desk, ANA, exchange, "funding", said)
    assert error.value.code == "permission.denied"

    funding.allocate(house.desk, ANA, source=source, exchange=exchange, amount="5")
    seq = history(house.desk, f"exchange/{exchange}")[-1].seq
    with pytest.raises(Refused) as error:
        exchanges.state_fact(house.desk, ANA, exchange, "correct", {"event": seq, "reason": "more", "amount": "5000"})
    assert error.value.code == "permission.denied"


def test_an_unknown_source_or_exchange_is_not_found(house: House) -> None:
    exchange, source = house.offered(), register(house)
    for named in ({"source": "none", "exchange": exchange}, {"source": source, "exchange": "none"}):
        with pytest.raises(NotFound):
            funding.allocate(house.desk, ANA, **named, amount="1")


def test_eight_who_allocate_at_once_never_exceed_the_source(house: House) -> None:
    source = register(house, "100")
    named = [house.offered(f"Exchange {n}") for n in range(8)]

    def ask(exchange: str) -> str:
        try:
            funding.allocate(house.desk, ANA, source=source, exchange=exchange, amount="30")
        except Refused as error:
            return error.code
        return "set aside"

    with ThreadPoolExecutor(8) as pool:
        answers = Counter(pool.map(ask, named))

    assert answers == {"set aside": 3, "funding.exceeded": 5}
    with house.desk.store.read() as connection:
        standing = stored.load(connection, source)
        parts = [Decimal(stored.allocated(connection, source, exchange)) for exchange in named]
    assert standing is not None
    assert (standing.allocated, written(sum(parts, Decimal()))) == ("90", "90")
    for exchange in named:
        assert_explained(house.desk, exchange)
