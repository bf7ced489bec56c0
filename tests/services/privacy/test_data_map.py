# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The data map knows every column of every table; nothing is kept that nobody classified."""

from collections import Counter

from services.privacy.data_map import DATA_MAP, Holds, lines
from storage.tables import metadata


def test_every_column_of_every_table_is_classified_once() -> None:
    known = {name: Counter(column for column, _ in kept.columns()) for name, kept in DATA_MAP.items()}
    assert known == {table.name: Counter(column.name for column in table.columns) for table in metadata.sorted_tables}
    assert len(lines()) == sum(len(table.columns) for table in metadata.sorted_tables)


def test_what_names_or_opens_is_not_called_plain() -> None:
    telling = ("person", "secret", "email", "hash", "actor", "officer")
    plain = [line for line in lines() if line.holds is Holds.PLAIN and line.column in telling]
    assert plain == []


def test_every_table_says_what_it_is_for() -> None:
    assert [name for name, kept in DATA_MAP.items() if not kept.purpose] == []
