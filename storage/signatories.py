# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Whom the text of an agreement names to sign for a party: from its events, the name from what is sealed."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, select

from agreements.agreement import SIGNATORY_LISTED
from storage import streams
from storage.agreements import stream_of
from storage.tables import events


def with_signatories(
    connection: Connection, texts: Iterable[Mapping[str, Any]], party: str, by: str
) -> list[dict[str, Any]]:
    """Texts (`agreement` is an id) with their signatory of a party as listed by an instant, as `signatory`."""
    return [{**text, "signatory": _signatory(connection, text["agreement"], party, by)} for text in texts]


def _signatory(connection: Connection, agreement: str, party: str, by: str) -> dict[str, str | None] | None:
    """{name, title, institution}; the name is None once it was erased."""
    own = (events.c.stream == stream_of(agreement), events.c.type == SIGNATORY_LISTED, events.c.recorded_at <= by)
    rows = connection.execute(select(events).where(*own).order_by(events.c.seq.desc()))
    listed = next((told for told in map(streams.event_of, rows) if told.payload["party"] == party), None)
    if listed is None:
        return None
    values = streams.read_sealed(connection, stream_of(agreement))
    name = next((row.value for row in values if (row.seq, row.field) == (listed.seq, "name")), None)
    return {"name": name, "title": listed.payload["title"], "institution": listed.payload["institution"]}
