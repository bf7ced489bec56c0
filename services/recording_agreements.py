# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Recording on an agreement's stream: events, standing, papers, and the invitations to sign that they end."""

from collections.abc import Sequence

from sqlalchemy import Connection

from agreements import agreement as a
from agreements.agreement import Agreement
from agreements.rules import BEFORE_SIGNATORIES
from cycle.events import Happening
from cycle.programme import Programme
from ledger.event import Event
from services.act import Act
from services.recording import record_events
from storage import agreements, invitations, papers


def record_on_agreement(
    act: Act, programme: Programme, loaded: agreements.Loaded, happenings: Sequence[Happening]
) -> Agreement:
    """Appends happenings to an agreement and writes the standing they lead to."""
    before = loaded.standing
    act, stream = act.not_before(before.recorded_at), agreements.stream_of(before.agreement)
    events = record_events(act, stream, loaded.tip, happenings, programme.label)
    after = before
    for event in events:
        after = a.evolve(after, event)
        papers.hear(act.connection, event, agreement=before.agreement)
    agreements.save(act.connection, before, after)
    if before.status in BEFORE_SIGNATORIES:
        _end_invitations(act.connection, before, after, events)
    return after


def _end_invitations(connection: Connection, before: Agreement, after: Agreement, events: Sequence[Event]) -> None:
    """The key of a letter opens one text for one signatory: with either gone, it opens nothing."""
    of, now = {"agreement": after.agreement}, events[-1].recorded_at
    if after.version != before.version:
        invitations.end(connection, invitations.TEXT, now, **of)
    if after.status not in BEFORE_SIGNATORIES:
        invitations.end(connection, invitations.CLOSED, now, **of)
    for event in events:
        if event.type == a.SIGNATORY_LISTED:
            invitations.end(connection, invitations.REPLACED, now, **of, party=event.payload["party"])
