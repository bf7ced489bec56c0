# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What the papers say, put together from the ledger up to the event that ordered each.

record.py   an exchange as it stood then            phrases.py  fixed phrases in every language, from phrases.toml
common.py   parties, contributions, indicators, benches' words: what papers of several kinds say alike
agreement.py, roadmap.py, good_practice.py          one kind of paper each

Nothing is invented: what nobody said is said to be missing. Free text stands as its author wrote it, in whatever language.
"""

from sqlalchemy import Connection

from documents.kinds import Facts, kind_named
from services.desk import Desk
from services.paper_facts.agreement import agreement_facts
from services.paper_facts.good_practice import good_practice_facts
from services.paper_facts.record import order_of, ordered_exchange
from services.paper_facts.roadmap import roadmap_facts
from storage.papers import PaperRow


def kind_of(kind: str) -> str:
    """A programme writes `good-practice`, documents know `good_practice`."""
    return kind.replace("-", "_")


def facts_of(desk: Desk, connection: Connection, row: PaperRow) -> Facts:
    """Everything an ordered paper says. Raises PaperNotDrawn (paper.unknown_kind), NotFound."""
    kind = kind_named(kind_of(row.kind)).name
    order = order_of(desk, connection, row)
    if kind == "agreement":
        return agreement_facts(desk, connection, order)
    record = ordered_exchange(desk, connection, order)
    if kind == "roadmap":
        return roadmap_facts(order, record)
    return good_practice_facts(order, record)
