# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The words by which exchanges are found, and what each database builds over them to find them fast.

The index is no table of the code: SQLite keeps it as an FTS5 table that triggers fill, PostgreSQL as an index of its own.
"""

from sqlalchemy import BigInteger, Column, Integer, Table

from storage.tables.metadata import STRICT, metadata, text

search = Table(
    "search",
    metadata,
    text("exchange", "id of the exchange", key=True),
    Column(
        "number",
        BigInteger().with_variant(Integer, "sqlite"),
        nullable=False,
        unique=True,
        comment="63 bits of the SHA-256 of that id: the row's number in the index",
    ),
    text("words", "each word once, without accents and capitals, a space between"),
    comment="the words of titles, references, parties, institutions and sheets",
    **STRICT,
)

INDEX = "search_index"
SQLITE = (
    """CREATE VIRTUAL TABLE search_index USING fts5(
        words, content='search', content_rowid='number', tokenize='unicode61 remove_diacritics 2', prefix='2 3')""",
    """CREATE TRIGGER search_index_insert AFTER INSERT ON search BEGIN
        INSERT INTO search_index (rowid, words) VALUES (new.number, new.words);
    END""",
    """CREATE TRIGGER search_index_delete AFTER DELETE ON search BEGIN
        INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', old.number, old.words);
    END""",
    """CREATE TRIGGER search_index_update AFTER UPDATE ON search BEGIN
        INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', old.number, old.words);
        INSERT INTO search_index (rowid, words) VALUES (new.number, new.words);
    END""",
)
POSTGRESQL = ("CREATE INDEX search_index ON search USING gin (array_to_tsvector(string_to_array(words, ' ')))",)

ORDERS = {
    "search_index_moved_at": "coalesce(moved_at, '')",
    "search_index_awaited_on": "coalesce(awaited_on, '')",
}
"""Lists by what may be missing: an index over an expression, which each database tells in words of its own."""


def is_made_apart(name: str | None) -> bool:
    """Whether a table or an index of the database is one that migrations spell themselves."""
    return (name or "").startswith(INDEX)
