# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The words by which exchanges are found: plain on both databases, and never what is sealed."""

from pathlib import Path

from sqlalchemy import select, text, update

from storage.search import build_index, holds, row_of, words_in
from storage.store import Store
from storage.tables import exchanges, search
from tests.cast import BRUNO
from tests.house import OFFER_SHEET, furnish


def test_words_are_plain_and_each_is_said_once() -> None:
    assert words_in("Perú, PERÚ & peru: Ação nº 3") == ("peru", "acao", "no", "3")
    assert words_in(" -- ¡! ") == ()
    assert words_in("Straße ﬁn") == ("strasse", "fin")


def test_a_row_holds_titles_references_parties_institutions_and_sheets() -> None:
    parties: dict[str, dict[str, str | None]] = {"BR": {"institution": "Embrapa"}, "PE": {"institution": None}}
    row = row_of(
        "x", "Caucho natural", "SSC-2026-0042", parties, [{"theme": "inspección", "more": ["años", {"a": "b"}]}]
    )
    assert row["words"].split() == sorted(
        ["caucho", "natural", "ssc", "2026", "0042", "br", "embrapa", "pe", "inspeccion", "anos", "b"]
    )
    assert 0 <= row["number"] < 2**63


def test_words_are_written_with_the_exchange_and_follow_its_sheets(store: Store, tmp_path: Path) -> None:
    house = furnish(store, tmp_path)
    exchange = house.draft("Caucho")
    house.state(BRUNO, exchange, "sheet", **OFFER_SHEET)
    house.state(BRUNO, exchange, "sheet", **{**OFFER_SHEET, "shares": "how latex is traced"})

    def found(word: str) -> list[str]:
        with store.read() as connection:
            query = select(exchanges.c.id).where(holds(store.dialect, word))
            return list(connection.scalars(query))

    assert found("cauch") == found("latex") == found("ministerio") == [exchange]
    assert found("rubber") == found("auch") == []


def test_an_index_that_lost_its_words_is_built_again(store: Store, tmp_path: Path) -> None:
    house = furnish(store, tmp_path)
    exchange = house.draft("Caucho")
    if store.dialect == "sqlite":
        store.write(lambda c: c.execute(text("INSERT INTO search_index (search_index) VALUES ('delete-all')")).rowcount)
    store.write(build_index)
    with store.read() as connection:
        assert list(connection.scalars(select(exchanges.c.id).where(holds(store.dialect, "caucho")))) == [exchange]


def test_the_index_follows_every_change_of_the_words(store: Store, tmp_path: Path) -> None:
    house = furnish(store, tmp_path)
    exchange = house.draft("Caucho")
    store.write(lambda c: c.execute(update(search).values(words="goma")).rowcount)
    with store.read() as connection:
        for word, known in (("caucho", []), ("goma", [exchange])):
            assert list(connection.scalars(select(exchanges.c.id).where(holds(store.dialect, word)))) == known
