# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Preparing a database: migrated when it is new; a schema of another release is left to `minga migrate`."""

from services.errors import ServiceError
from storage import migrate


class SchemaDiffers(ServiceError):
    """The database has the schema of another release."""

    code = "storage.schema_differs"


def prepare(url: str) -> None:
    """Makes a new database ready. Raises SchemaDiffers for one that another release migrated."""
    present = migrate.current(url)
    if present is None:
        migrate.migrate(url)
    elif present != migrate.newest():
        raise SchemaDiffers(f"the schema is at {present}: run `minga migrate`", present=present)
