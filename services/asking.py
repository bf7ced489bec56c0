"""Asking once: the frame of every command on the store: recall an earlier answer, work, remember the answer.

The same key twice has one effect and the same answer; another body under the same key is refused. What was read before the
write is read again inside it, so a work that runs again decides again.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection

from ledger.canonical import NotCanonical, canonical_bytes, canonical_text
from people.actors import Actor
from services.desk import Desk
from services.errors import refused
from storage import idempotency
from storage.errors import ChangedMeanwhile

TRIES = 5


@dataclass(frozen=True, slots=True)
class Asking:
    """How a command is asked: by whom, under which key, and what version of the thing the asker saw.

    occurred_at: when it happened, if not now; needs the right to backdate and a reason in `backdate_reason`
    """

    actor: Actor
    key: str | None = None
    if_match: int | None = None
    occurred_at: str | None = None
    backdate_reason: str | None = None


Answer = Mapping[str, Any]


def ask(desk: Desk, asking: Asking, what: Mapping[str, Any], work: Callable[[Connection], Answer]) -> Answer:
    """Runs a work in one transaction, at most once per key, deciding again (five times) when a rival was first."""
    for attempt in range(1, TRIES + 1):
        try:
            return desk.store.write(lambda connection: _once(desk, asking, what, work, connection))
        except ChangedMeanwhile:
            if attempt == TRIES:
                raise
    raise AssertionError("unreachable")


def _once(
    desk: Desk, asking: Asking, what: Mapping[str, Any], work: Callable[[Connection], Answer], connection: Connection
) -> Answer:
    if asking.key is None:
        return work(connection)
    fingerprint = _fingerprint(asking, what)
    person = asking.actor.person
    given = idempotency.recall(connection, person, asking.key, fingerprint)
    if given is not None:
        answer: Answer = json.loads(given.body)
        return answer
    fresh = work(connection)
    idempotency.remember(
        connection, person, asking.key, fingerprint, idempotency.Answer(200, canonical_text(fresh)), desk.now()
    )
    return fresh


def _fingerprint(asking: Asking, what: Mapping[str, Any]) -> str:
    """What tells this request from another one under the same key. Raises Refused for what has no canonical form."""
    told = {"occurred_at": asking.occurred_at, "backdate_reason": asking.backdate_reason}
    behalf = {"if_match": asking.if_match, "on_behalf_of": asking.actor.on_behalf_of}
    try:
        return sha256(canonical_bytes({**what, **told, **behalf})).hexdigest()
    except NotCanonical as error:
        raise refused("request.malformed", f"values a ledger can keep: {error}") from error
