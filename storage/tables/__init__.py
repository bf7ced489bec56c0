"""The tables, by noun; every column says what it holds.

Room is left, and nothing made yet, for `leaves(position, stream, seq, hash)` and `heads`: the tree
over all events.
"""

from storage.tables.agreements import agreements, allocations, coverage, funding_sources, papers
from storage.tables.exchanges import exchanges, facts, parties, running
from storage.tables.figures import flow, flow_base
from storage.tables.ledger import events, sealed, streams
from storage.tables.metadata import metadata
from storage.tables.people import persons, settings, tokens
from storage.tables.programmes import programmes
from storage.tables.work import counters, idempotency, outbox

__all__ = [
    "agreements",
    "allocations",
    "counters",
    "coverage",
    "events",
    "exchanges",
    "facts",
    "flow",
    "flow_base",
    "funding_sources",
    "idempotency",
    "metadata",
    "outbox",
    "papers",
    "parties",
    "persons",
    "programmes",
    "running",
    "sealed",
    "settings",
    "streams",
    "tokens",
]
