# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""A bench's reply to a move that did not wait for its word stands beside that word on the papers that list the words."""

from datetime import date

from documents.facts import BenchWord
from services import exchanges
from services.paper_facts.common import bench_words
from services.paper_facts.record import order_of, ordered_exchange
from storage import papers
from tests.cast import ANA, BRUNO, EMPLOYERS, PAULA
from tests.house import House

WORDS = "Our seat was never vacant."


def passed_over(house: House) -> str:
    """In execution by a waiver: nobody waited for Perú's benches."""
    exchange = house.committed()
    house.state(BRUNO, exchange, "activity_planned", title="Visit", on="2026-12-20", mode="virtual")
    for who, party in ((BRUNO, "BR"), (PAULA, "PE")):
        house.state(who, exchange, "contribution", party=party, none=True)
    house.state(BRUNO, exchange, "instrument", title="Agreement of 2019", signed_on="2019-05-01")
    house.state(ANA, exchange, "waiver", code="benches_word", reason="the seats are vacant")
    house.move(BRUNO, exchange, "begin_execution")
    return exchange


def words(house: House, exchange: str) -> dict[str, BenchWord]:
    """What a paper ordered now says of Perú's benches, by bench."""
    exchanges.order_paper(house.desk, ANA, exchange, "roadmap")
    with house.desk.store.read() as connection:
        row = [one for one in papers.of_exchange(connection, exchange) if one.kind == "roadmap"][-1]
        record = ordered_exchange(house.desk, connection, order_of(house.desk, connection, row))
    return {word.bench.in_language("es"): word for word in bench_words(record, "agreement", date(2026, 11, 23))}


def test_a_reply_is_printed_beside_the_word_that_nobody_waited_for(house: House) -> None:
    exchange = passed_over(house)
    assert words(house, exchange)["empleadores"].text is None
    house.state(EMPLOYERS, exchange, "reply", party="PE", bench="employers", paper="agreement", text=WORDS)
    said = words(house, exchange)
    text = said["empleadores"].text
    assert text is not None
    assert (text.in_language("en"), text.in_language("fr")) == (f"Reply: {WORDS}", f"Réponse : {WORDS}")
    assert said["trabajadores"].text is None


def test_a_reply_stands_beneath_a_reservation(house: House) -> None:
    exchange = passed_over(house)
    word = {"party": "PE", "bench": "employers", "paper": "agreement", "word": "with_reservation"}
    house.state(EMPLOYERS, exchange, "endorsement", **word, reservation="Only for two years.")
    house.state(EMPLOYERS, exchange, "reply", party="PE", bench="employers", paper="agreement", text=WORDS)
    text = words(house, exchange)["empleadores"].text
    assert text is not None
    assert text.in_language("en") == f"Only for two years. Reply: {WORDS}"


def test_a_bench_that_was_never_asked_is_printed_with_its_reply(house: House) -> None:
    exchange = house.matched()
    house.state(PAULA, exchange, "sheet", side="demand", institution="MTPE", problem="p", learns="l", national=True)
    house.state(PAULA, exchange, "sheet", side="demand", population="families", baseline="none")
    house.state(ANA, exchange, "waiver", code="benches_consulted", reason="no bench is seated")
    for who, party in ((BRUNO, "BR"), (PAULA, "PE")):
        house.state(who, exchange, "acceptance", party=party)
    house.state(EMPLOYERS, exchange, "reply", party="PE", bench="employers", paper="agreement", text=WORDS)
    said = words(house, exchange)
    assert list(said) == ["empleadores"]
    assert (said["empleadores"].word, said["empleadores"].on) == ("no_reply", date(2026, 11, 23))
