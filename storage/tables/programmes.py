# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Programmes: each region's rules, in published versions that never change."""

from sqlalchemy import Table

from storage.tables.metadata import STRICT, metadata, text, whole

programmes = Table(
    "programmes",
    metadata,
    text("slug", "the programme's name in code", key=True),
    whole("version", "1, 2, 3 …", key=True),
    text("hash", "SHA-256 of document, hex"),
    text("document", "canonical JSON with every default resolved; all the engine reads"),
    text("source", "the TOML as it was published"),
    text("published_at", "instant of publication"),
    text("stream", "the programme's stream"),
    comment="published versions of each programme; a row is never changed",
    **STRICT,
)
