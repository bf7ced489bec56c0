# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Finding exchanges by words: each word asked for begins one of the exchange's own, or of the name of one of its countries.

Only narrows a list; what the reader may know of is decided beside it, in the same query.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, or_, select

from cycle.programme import Programme
from storage.search import holds, nothing, words_in
from storage.tables import exchanges, parties

MOST_WORDS = 10


def found_by(
    connection: Connection, asked: str | None, programmes: Iterable[Programme]
) -> Iterator[ColumnElement[bool]]:
    """What an exchange must fulfil to be found: one condition per word, none where nothing was asked."""
    if asked is None:
        return
    words = words_in(asked)[:MOST_WORDS]
    if not words:
        yield nothing()
        return
    names = _names(programmes)
    for word in words:
        yield or_(holds(connection.dialect.name, word), _of_countries(codes_of(word, names)))


def codes_of(word: str, names: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """The countries of whose names, in any language, one word begins like this one."""
    return tuple(sorted(code for code, known in names.items() if any(each.startswith(word) for each in known)))


def _names(programmes: Iterable[Programme]) -> dict[str, frozenset[str]]:
    """Country → the words of its names, in every language of every programme."""
    found: dict[str, frozenset[str]] = {}
    for programme in programmes:
        for code, country in programme.countries.items():
            named: Mapping[str, Any] = country["names"]
            words = frozenset(word for name in named.values() for word in words_in(name))
            found[code] = found.get(code, frozenset()) | words
    return found


def _of_countries(codes: tuple[str, ...]) -> ColumnElement[bool]:
    there = select(parties.c.exchange).where(parties.c.party.in_(codes), parties.c.left_on.is_(None))
    return exchanges.c.id.in_(there)
