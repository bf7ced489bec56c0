# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

import pytest
from sqlalchemy import text

from storage.engine import normal_url, open_engines
from storage.errors import StorageUnavailable


@pytest.mark.parametrize("kind", ["postgresql", "postgres", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_means_the_same_driver(kind: str) -> None:
    assert normal_url(f"{kind}://ana:x@host/minga").drivername == "postgresql+psycopg"


@pytest.mark.parametrize("url", ["mysql://x/y", "sqlite://", "sqlite:///:memory:"])
def test_other_databases_are_refused(url: str) -> None:
    with pytest.raises(StorageUnavailable):
        normal_url(url)


def test_postgresql_gives_up_long_statements_and_keeps_what_the_address_asks_for(
    postgresql_url: str,
) -> None:
    engines = open_engines(f"{postgresql_url}&options=-c%20application_name%3Dminga")
    with engines.writer.connect() as connection:
        found = [connection.scalar(text(f"SHOW {name}")) for name in SHOWN]
    engines.writer.dispose()
    assert found == ["30s", "5s", "off", "minga"]
    with engines.reader.connect() as connection:
        assert connection.scalar(text("SHOW default_transaction_read_only")) == "on"
    engines.reader.dispose()


SHOWN = ("statement_timeout", "lock_timeout", "default_transaction_read_only", "application_name")
