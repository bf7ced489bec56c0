# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The tables, by noun; every column says what it holds.

Room is left, and nothing made yet, for `leaves(position, stream, seq, hash)` and `heads`: the tree
over all events.
"""

from storage.tables.agreements import agreements, allocations, coverage, funding_sources, papers
from storage.tables.evidence import entries, evidence_readings, exceptions
from storage.tables.exchanges import exchanges, facts, parties
from storage.tables.figures import flow, flow_base
from storage.tables.invitations import invitation_keys, invitations
from storage.tables.ledger import changes_lifecycle, events, sealed, streams
from storage.tables.metadata import metadata
from storage.tables.people import persons, settings, tokens
from storage.tables.programmes import programmes
from storage.tables.rosters import (
    absences,
    delegations,
    government_changes,
    institution_names,
    institutions,
    members,
    roles,
    rosters,
    seats,
)
from storage.tables.search import search
from storage.tables.sign_in import (
    passwords,
    recovery_codes,
    second_factors,
    sessions,
    sign_in_links,
    sign_in_tries,
)
from storage.tables.work import counters, idempotency, outbox

__all__ = [
    "absences",
    "agreements",
    "allocations",
    "changes_lifecycle",
    "counters",
    "coverage",
    "delegations",
    "entries",
    "events",
    "evidence_readings",
    "exceptions",
    "exchanges",
    "facts",
    "flow",
    "flow_base",
    "funding_sources",
    "government_changes",
    "idempotency",
    "institution_names",
    "institutions",
    "invitation_keys",
    "invitations",
    "members",
    "metadata",
    "outbox",
    "papers",
    "parties",
    "passwords",
    "persons",
    "programmes",
    "recovery_codes",
    "roles",
    "rosters",
    "sealed",
    "search",
    "seats",
    "second_factors",
    "sessions",
    "settings",
    "sign_in_links",
    "sign_in_tries",
    "streams",
    "tokens",
]
