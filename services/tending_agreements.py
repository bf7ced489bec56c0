# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Tending an agreement: the frame of every command on one. Found and locked, permitted, and written with all that follows.

What is decided for one agreement is told to the exchanges it covers, and to the one it amends, in the same transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from agreements import agreement as a
from agreements import decide as rules
from agreements.agreement import Agreement
from agreements.rules import Status
from cycle.events import Happening
from cycle.programme import Programme
from people.actors import Actor
from people.policy import Decision, can
from people.resources import of_parties
from services.act import Act
from services.asking import Asking
from services.desk import Desk
from services.errors import NotFound, require, unless_refused
from services.recording import paper_order
from services.recording_agreements import record_on_agreement
from services.seen import require_seen
from services.telling import running_under, tell_exchanges
from storage import agreements, exchanges, streams


@dataclass(frozen=True, slots=True)
class Does:
    """What is done to an agreement, as the policy names it, and for which party; `named`: who was invited to sign it."""

    action: str
    party: str | None = None
    named: frozenset[str] = frozenset()


def load_for(
    desk: Desk, connection: Connection, asking: Asking, agreement: str, does: Does, also: str | None = None
) -> tuple[agreements.Loaded, Programme]:
    """An agreement, locked with the one it amends and the exchanges both cover (and `also`). Raises NotFound, Stale."""
    found = agreements.id_of(connection, agreement) or agreement
    loaded = agreements.load(connection, found)
    if loaded is None or not _may(asking.actor, Does("agreement.read", named=does.named), loaded.standing).allowed:
        raise NotFound(f"no agreement {agreement}", agreement=agreement)
    amended = agreements.load(connection, loaded.standing.amends) if loaded.standing.amends else None
    touched = {*loaded.standing.exchanges, *(amended.standing.exchanges if amended else ()), *([also] if also else ())}
    written = [found, *([amended.standing.agreement] if amended else ())]
    streams.lock(connection, [*map(agreements.stream_of, written), *map(exchanges.stream_of, touched)])
    loaded = agreements.load(connection, found, lock=True)
    if loaded is None:
        raise NotFound(f"no agreement {agreement}", agreement=agreement)
    standing = loaded.standing
    require_seen(connection, asking, agreements.stream_of(found), agreement, standing.changed_seq)
    require(_may(asking.actor, does, standing))
    return loaded, desk.programme(connection, standing.programme, standing.programme_version)


def recorded(act: Act, programme: Programme, loaded: agreements.Loaded, decided: rules.Decision) -> Agreement:
    """Writes what was decided, and all that follows from it for other agreements and for the exchanges covered."""
    happenings, before = unless_refused(decided), loaded.standing
    told = [*happenings, *_papers_ordered(act.desk, programme, before, happenings)]
    told += running_under(act, before, a.foreseen(before, told))
    after = record_on_agreement(act, programme, loaded, told)
    _supersede(act, programme, before, after)
    tell_exchanges(act, before, after)
    return after


def answer(standing: Agreement) -> dict[str, Any]:
    """What every command on an agreement answers."""
    return {
        "agreement": standing.agreement,
        "reference": standing.reference,
        "status": standing.status,
        "text_version": standing.version,
        "version": standing.changed_seq,
    }


def _may(actor: Actor, does: Does, standing: Agreement) -> Decision:
    at = standing.status
    wanted = of_parties("agreement", standing.parties, party=does.party, named=does.named, status=at)
    return can(actor, does.action, wanted)


def _papers_ordered(
    desk: Desk, programme: Programme, standing: Agreement, decided: Sequence[Happening]
) -> list[Happening]:
    """Opening for signature fixes the text: the agreement is drawn up, one paper per language set."""
    opened = any(h.payload.get("to") == Status.OPEN_FOR_SIGNATURE for h in decided)
    languages = programme.paper_languages("agreement") if opened else ()
    return [paper_order(desk, "agreement", each, standing.version) for each in languages]


def _supersede(act: Act, programme: Programme, before: Agreement, after: Agreement) -> None:
    """An amending agreement that enters into force supersedes the one it amends, in the same transaction."""
    if after.amends is None or not after.has_effect or before.has_effect:
        return
    old = agreements.load(act.connection, after.amends, lock=True)
    if old is None or old.standing.status != Status.IN_FORCE:
        return
    payload = {"step": "supersede", "from": old.standing.status, "to": Status.AMENDED.value, "by": after.agreement}
    told = [Happening(a.MOVED, {**payload, "on": act.moment.occurred_on})]
    superseded = record_on_agreement(act, programme, old, told)
    tell_exchanges(act, old.standing, superseded)
