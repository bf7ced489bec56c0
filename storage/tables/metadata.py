# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What all tables share: their metadata, how constraints are named, and the few types there are.

Only TEXT, INTEGER and BLOB. Instants and days are text (docs/decisions/0004-storage.md says why);
yes and no are 1 and 0. SQLite tables are STRICT, so that a column holds its own type and nothing
else; narrow tables are clustered on their key.
"""

from typing import Any

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, MetaData, Text

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

STRICT: dict[str, Any] = {"sqlite_strict": True}
CLUSTERED: dict[str, Any] = {"sqlite_strict": True, "sqlite_with_rowid": False}


# Compared byte by byte, as SQLite does and Python: otherwise a page's last key would mean another
# place on each database.
BYTEWISE = Text().with_variant(Text(collation="C"), "postgresql")


def text(name: str, comment: str, *, key: bool = False, null: bool = False, unique: bool = False) -> Column[str]:
    return Column(name, BYTEWISE, primary_key=key, nullable=null, unique=unique or None, comment=comment)


def whole(name: str, comment: str, *, key: bool = False, null: bool = False) -> Column[int]:
    return Column(name, Integer, primary_key=key, nullable=null, autoincrement=False, comment=comment)


def blob(name: str, comment: str) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=False, comment=comment)


def numbered(name: str, comment: str) -> Column[int]:
    """A key the database counts up by itself.

    Its order is the order of asking, not of committing.
    """
    wide = BigInteger().with_variant(Integer, "sqlite")
    return Column(name, wide, primary_key=True, autoincrement=True, comment=comment)
