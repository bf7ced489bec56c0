# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Asking once: the frame of every command on the store: recall an earlier answer, work, remember the answer.

The same key twice has one effect and the same answer; another body under the same key is refused, and so is the same request
while the first one runs. What was read before the write is read again inside it, so a work that runs again decides again.
"""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection

from cycle.entries import Came
from ledger.canonical import NotCanonical, canonical_bytes, canonical_text
from people.actors import Actor
from people.roster_rules import MOVE
from services.accounts import check_stand_in
from services.desk import Desk
from services.errors import refused
from storage import idempotency
from storage.errors import ChangedMeanwhile
from storage.idempotency import KeyRunning

TRIES = 5

_running: set[tuple[str, str]] = set()
_guard = threading.Lock()


@dataclass(frozen=True, slots=True)
class Asking:
    """How a command is asked: by whom, under which key, and what version of the thing the asker saw.

    occurred_at: when it happened, if not now; needs the right to backdate and a reason in `backdate_reason`
    came: how it came to the officer who enters it in the name of `actor.on_behalf_of`
    """

    actor: Actor
    key: str | None = None
    if_match: int | None = None
    occurred_at: str | None = None
    backdate_reason: str | None = None
    came: Came | None = None


Answer = Mapping[str, Any]


def ask(
    desk: Desk, asking: Asking, what: Mapping[str, Any], work: Callable[[Connection], Answer], *, reach: str = MOVE
) -> Answer:
    """Runs a work in one transaction, at most once per key, deciding again (five times) when a rival was first.

    reach: speak or move; whoever stands in for another needs a delegation that reaches so far.
    Raises KeyRunning while another request under the same key is at work; Refused where a delegation does not reach.
    """

    def allowed(connection: Connection) -> Answer:
        check_stand_in(connection, asking.actor, reach, desk.now)
        return work(connection)

    with _alone(asking):
        for attempt in range(1, TRIES + 1):
            try:
                return desk.store.write(lambda connection: _once(desk, asking, what, allowed, connection))
            except ChangedMeanwhile:
                if attempt == TRIES:
                    raise
    raise AssertionError("unreachable")


@contextmanager
def _alone(asking: Asking) -> Iterator[None]:
    """Holds a key in this process; other processes are told by the database (`idempotency.claim`)."""
    if asking.key is None:
        yield
        return
    held = (asking.actor.person, asking.key)
    with _guard:
        if held in _running:
            raise KeyRunning(f"the first request under the key {asking.key!r} is still running")
        _running.add(held)
    try:
        yield
    finally:
        with _guard:
            _running.discard(held)


def _once(
    desk: Desk, asking: Asking, what: Mapping[str, Any], work: Callable[[Connection], Answer], connection: Connection
) -> Answer:
    if asking.key is None:
        return work(connection)
    fingerprint = _fingerprint(asking, what)
    person = asking.actor.person
    idempotency.claim(connection, person, asking.key)
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
    behalf: dict[str, Any] = {"if_match": asking.if_match, "on_behalf_of": asking.actor.on_behalf_of}
    behalf |= {"came": [asking.came.by, asking.came.on]} if asking.came else {}
    # Whoever changed their seat since asks anew: nobody gets the answer that another role of theirs was given.
    behalf |= {"acting": [asking.actor.role, asking.actor.party, asking.actor.bench]}
    try:
        return sha256(canonical_bytes({**what, **told, **behalf})).hexdigest()
    except NotCanonical as error:
        raise refused("request.malformed", f"values a ledger can keep: {error}") from error
