# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What was imported before: by source key, the exchange a row became and how the row read then."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import Connection, literal, select

from services.importing.rows import Row
from storage.exchanges import STREAM
from storage.tables import events, exchanges

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Known:
    """An exchange that a row of a register became. `columns`: the row as it read then."""

    exchange: str
    reference: str
    fingerprint: str
    columns: Mapping[str, str]

    def differing(self, row: Row) -> list[str]:
        """The columns that read otherwise now."""
        names = sorted({*self.columns, *row.plain})
        return [name for name in names if self.columns.get(name) != row.plain.get(name)]


def known(connection: Connection, sources: Sequence[str]) -> dict[str, Known]:
    """Those of the source keys that are exchanges already."""
    return {source: one for part in _parts(sources) for source, one in _known(connection, part)}


def _parts(sources: Sequence[str]) -> Iterator[list[str]]:
    left = iter(sources)
    while part := list(islice(left, AT_ONCE)):
        yield part


def _known(connection: Connection, sources: list[str]) -> Iterator[tuple[str, Known]]:
    first = (events.c.stream == literal(STREAM) + exchanges.c.id) & (events.c.seq == 1)
    query = select(exchanges.c.source, exchanges.c.id, exchanges.c.reference, events.c.payload).join(events, first)
    for row in connection.execute(query.where(exchanges.c.source.in_(sources))):
        said = json.loads(row.payload)
        yield row.source, Known(row.id, row.reference, said["fingerprint"], dict(said["row"]))
