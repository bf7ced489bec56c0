# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""How Alembic runs: on the connection that `storage.migrate` opened, inside its one transaction.

From Alembic's own command line (to write a new migration) it opens the database named by
MINGA_DATABASE_URL.
"""

import os
from typing import Any

from alembic import context
from sqlalchemy import Connection

from storage.engine import open_engine
from storage.tables import metadata
from storage.tables.search import is_made_apart
from storage.transaction import transaction


def run_on(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        transactional_ddl=True,
        include_name=lambda name, *_: not is_made_apart(name),
    )
    # SQLite's driver of Python 3.11 commits nothing by itself here: storage.engine took that over.
    with context.begin_transaction():
        context.run_migrations()


def run_from_the_command_line() -> None:
    engine = open_engine(os.environ.get("MINGA_DATABASE_URL", "sqlite:///var/minga.db"))
    with engine.connect() as connection, transaction(connection):
        run_on(connection)
    engine.dispose()


given: Any = context.config.attributes.get("connection")
if context.is_offline_mode():
    raise SystemExit("Minga's migrations run on a database, not as a script of SQL.")
if given is None:
    run_from_the_command_line()
else:
    run_on(given)
