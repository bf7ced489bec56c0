# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The words of each exchange in the database: written with its row, and looked up by what somebody asks for.

Only what everybody who may read the exchange may read: titles, references, parties, institutions and sheets; nothing sealed.
Accents and capitals are taken away here, so that both databases hold and compare the same.
"""

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, literal, select, text
from sqlalchemy.sql.expression import TextClause

from storage.prepared import Prepared, upserting
from storage.tables import exchanges, facts, search

LONGEST_WORD = 64
MOST_WORDS = 5000
SHEET = "sheet"


def words_in(said: str) -> tuple[str, ...]:
    """The words of a text, each once: small letters and digits, without accents."""
    plain = unicodedata.normalize("NFKD", said.casefold())
    spaced = "".join(letter if letter.isalnum() else " " for letter in plain if not unicodedata.combining(letter))
    return tuple(dict.fromkeys(word[:LONGEST_WORD] for word in spaced.split()))


def row_of(
    exchange: str, title: str, reference: str | None, parties: Mapping[str, Mapping[str, Any]], sheets: Iterable[Any]
) -> dict[str, Any]:
    """The row of `search`. `sheets`: the bodies of those that stand."""
    said = [title, reference or "", *_of_parties(parties), *_texts(list(sheets))]
    words = dict.fromkeys(word for each in said for word in words_in(each))
    number = int.from_bytes(sha256(exchange.encode()).digest()[:8]) >> 1
    return {"exchange": exchange, "number": number, "words": " ".join(sorted(words)[:MOST_WORDS])}


def _of_parties(parties: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for code, party in parties.items():
        yield code
        yield party.get("institution") or ""


def _texts(said: Any) -> Iterator[str]:
    if isinstance(said, str):
        yield said
    elif isinstance(said, Mapping):
        yield from _texts(list(said.values()))
    elif isinstance(said, list | tuple):
        for part in said:
            yield from _texts(part)


def keep(
    connection: Connection, exchange: str, title: str, reference: str | None, parties: Mapping[str, Mapping[str, Any]]
) -> None:
    """Writes the words of an exchange whose row and sheets are written already."""
    sheets = [json.loads(row.body) for row in _sheets.rows(connection, {"exchange": exchange})]
    _keep(connection, row_of(exchange, title, reference, parties, sheets))


def fill(connection: Connection) -> None:
    """Writes the words of every exchange, where there were none yet. A migration calls it: it reads what was there then."""
    known = select(exchanges.c.id, exchanges.c.title, exchanges.c.reference, exchanges.c.standing)
    for row in connection.execute(known).all():
        try:
            parties = json.loads(row.standing)["parties"]
        except (ValueError, KeyError, TypeError):
            parties = {}
        keep(connection, row.id, row.title, row.reference, parties)


def build_index(connection: Connection) -> None:
    """Builds the index over the words anew; PostgreSQL's is never apart from them."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO search_index (search_index) VALUES ('rebuild')"))


def holds(dialect: str, word: str) -> ColumnElement[bool]:
    """Whether an exchange has a word that begins like this one. `word`: one of `words_in`."""
    # Nothing but letters and digits is in a word, so there is nothing to escape.
    match: TextClause
    if dialect == "sqlite":
        match = text("search.number IN (SELECT rowid FROM search_index WHERE search_index MATCH :found)")
        match = match.bindparams(bindparam("found", f'"{word}"*', unique=True))
    else:
        match = text("array_to_tsvector(string_to_array(words, ' ')) @@ CAST(:found AS tsquery)")
        match = match.bindparams(bindparam("found", f"'{word}':*", unique=True))
    return exchanges.c.id.in_(select(search.c.exchange).where(match))


def nothing() -> ColumnElement[bool]:
    """What no exchange has."""
    return literal(1) == literal(0)


_keep = Prepared(upserting(search))
_sheets = Prepared(
    select(facts.c.body)
    .where(facts.c.exchange == bindparam("exchange"), facts.c.kind == SHEET, facts.c.struck == 0)
    .order_by(facts.c.item)
)
