# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Published programmes in the database: immutable versions, read once and kept compiled."""

import json
from typing import Any

from sqlalchemy import Connection, func, select

from storage.errors import RunAgain
from storage.prepared import inserting
from storage.tables import programmes


def newest_version(connection: Connection, slug: str) -> int | None:
    """The newest published version of a programme, None when there is none."""
    found: int | None = connection.scalar(select(func.max(programmes.c.version)).where(programmes.c.slug == slug))
    return found


def slugs(connection: Connection) -> tuple[str, ...]:
    """Every programme of which a version was published, in order."""
    return tuple(sorted(connection.scalars(select(programmes.c.slug).distinct())))


def load(connection: Connection, slug: str, version: int) -> dict[str, Any] | None:
    """The resolved document of one version."""
    query = select(programmes.c.document).where(programmes.c.slug == slug, programmes.c.version == version)
    text = connection.scalar(query)
    document: dict[str, Any] | None = json.loads(text) if text else None
    return document


def listed(connection: Connection) -> list[dict[str, Any]]:
    """Every published version without its document, by slug and version."""
    columns = [column for column in programmes.columns if column.name not in ("document", "source")]
    rows = connection.execute(select(*columns).order_by(programmes.c.slug, programmes.c.version))
    return [dict(row._mapping) for row in rows]


def rows(connection: Connection) -> list[dict[str, Any]]:
    """Every published version whole, for the audit and for a region that wants its file back."""
    query = select(programmes).order_by(programmes.c.slug, programmes.c.version)
    return [dict(row._mapping) for row in connection.execute(query)]


def add(connection: Connection, row: dict[str, Any]) -> None:
    """Stores a new version; it is never changed. When a rival published the same one first, the work runs again."""
    new = inserting(programmes, connection.dialect.name).values(row)
    stored = new.on_conflict_do_nothing().returning(programmes.c.version)
    if connection.execute(stored).first() is None:
        raise RunAgain(f"{row['slug']}@{row['version']} was published at the same time")
