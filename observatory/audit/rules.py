# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The rules in force: programme versions as the database holds them, compiled once; a damaged one is passed over.

That a version was altered is found where its row is compared; here it must only not stop the audit.
"""

import json
from functools import lru_cache
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from cycle.programme import Programme, compile_programme
from storage import programmes

DAMAGED = (KeyError, TypeError, ValueError, AttributeError, IndexError, AssertionError, RecursionError, StopIteration)
"""What reading forged or damaged contents may come to."""


class Rules:
    """Every programme version that exchanges are pinned to."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.programme = lru_cache(maxsize=64)(self._programme)
        self.zone = lru_cache(maxsize=256)(self._zone)

    def _programme(self, slug: str, version: int) -> Programme | None:
        try:
            document = programmes.load(self._connection, slug, version)
            return compile_programme(document, version) if document else None
        except DAMAGED:
            return None

    def _zone(self, slug: str, version: int) -> str:
        """The programme's time zone; UTC where it cannot be read any more."""
        try:
            document = programmes.load(self._connection, slug, version)
            return ZoneInfo(str((document or {})["timezone"])).key
        except (*DAMAGED, OSError, json.JSONDecodeError):
            return "UTC"
