# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Retention: the one table of what is kept how long, and the sweep that follows it.

The beat sweeps once a minute; each rule deletes at most 500 rows in a transaction, so that nobody waits long behind it. What
stands in the ledger is not swept: of persons it holds random ids and digests, and erasure takes the rest.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection

from ledger.instants import DAY_SECONDS, later
from people.actors import SYSTEM_ACTOR
from services.asking import Asking
from services.desk import Desk
from services.errors import NotFound, Refused, Stale
from services.evidence import erase_evidence
from services.evidence_files import INCOMING, older_than
from services.mail import FOLDER
from services.sign_in.forgetting import KEEP_LINKS_DAYS, KEEP_SESSIONS_DAYS, forget_sign_in
from services.sign_in.limits import KNOWN_SECONDS
from storage import evidence, idempotency, invitations, outbox, tokens
from storage.idempotency import KeyReused

ROWS_A_TRANSACTION = 500
MOST_TRANSACTIONS = 200
FILES_A_PASS = 50
KEEP_RESTRICTED_DAYS = 1825
KEEP_STRAYS_DAYS = 1
KEEP_LETTERS_DAYS = 30
KEEP_TRIES_DAYS = KNOWN_SECONDS // DAY_SECONDS
SHELVES = (*(f"{number:02x}" for number in range(256)), INCOMING)

Forget = Callable[[Connection, str, int], int]
"""(connection, before this instant, at most so many) → how many were deleted"""


@dataclass(frozen=True, slots=True)
class Rule:
    """One class of what is kept. `days`: how long after `since`; None for as long as the house stands.

    forget: deletes rows of it; none where nothing is swept, or where files go with an event of their own
    """

    name: str
    holds: str
    since: str
    days: int | None
    why: str
    forget: Forget | None = None


RULES: tuple[Rule, ...] = (
    Rule("ledger", "events and streams", "", None, "nothing that happened is unsaid; it names nobody"),
    Rule("derived", "rows that the events explain", "", None, "as long as the ledger they come from"),
    Rule("office", "names, addresses, sealed values, means to sign in", "erasure", 0, "two officers decide it"),
    Rule("house", "settings, counters, published programmes", "", None, "the house needs them, and they name nobody"),
    Rule("sessions", "sessions", "their end", KEEP_SESSIONS_DAYS, "to see who was signed in when something went wrong"),
    Rule("links", "links for signing in", "their expiry", KEEP_LINKS_DAYS, "they open nothing any more"),
    Rule("invitations", "invitations to sign", "their end", 30, "to tell where a letter went", invitations.forget),
    Rule("tries", "tries to sign in", "the try", KEEP_TRIES_DAYS, "so that nobody guesses, nor locks another out"),
    Rule("tokens", "tokens", "their end", 365, "to explain what a program did in its year", tokens.forget),
    Rule("answers", "answers to requests with a key", "the answer", 30, "whoever asks twice does so sooner", idempotency.forget),
    Rule("duties", "duties that were done", "the day they were done", 90, "to find what was sent", outbox.forget),
    Rule("letters", "letters that no server mailed", "the day they were written", KEEP_LETTERS_DAYS, "to hand them over"),
    Rule("readings", "readings of restricted evidence", "the reading", 730, "to tell who saw a file", evidence.forget_readings),
    Rule("restricted evidence", "files with persons", "the exchange's end", KEEP_RESTRICTED_DAYS, "audits look back so far"),
    Rule("open evidence", "files that show no person", "", None, "they prove what was done, and name nobody"),
    Rule("stray files", "files that no fact names", "the day they were brought", KEEP_STRAYS_DAYS, "an upload refused half-way"),
)  # fmt: skip


def sweep(desk: Desk) -> int:
    """What is older than its rule goes; how many rows and files went."""
    swept = ((rule.forget, rule.days) for rule in RULES)
    gone = sum(_forgotten(desk, forget, days) for forget, days in swept if forget and days)
    gone += until_empty(desk, lambda connection: forget_sign_in(desk, connection, ROWS_A_TRANSACTION))
    return gone + expire_evidence(desk) + remove_strays(desk) + remove_letters(desk)


def expire_evidence(desk: Desk) -> int:
    """Erases restricted evidence of exchanges that ended long ago, each with an event that says so; how many, at most 50."""
    before = _before(desk, KEEP_RESTRICTED_DAYS)
    with desk.store.read() as connection:
        due = evidence.closed_before(connection, before, "restricted", FILES_A_PASS)
    return sum(_expire(desk, exchange, item) for exchange, item in due)


def remove_strays(desk: Desk) -> int:
    """Takes away files that nothing names, of one shelf a minute: what an upload or an erasure left half-way."""
    shelf = SHELVES[int(desk.clock().timestamp() // 60) % len(SHELVES)]
    gone = 0
    for path in older_than(desk.evidence, shelf, _seconds_before(desk, KEEP_STRAYS_DAYS)):
        with desk.store.read() as connection:
            needed = shelf != INCOMING and evidence.is_needed(connection, path.name)
        if not needed:
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def remove_letters(desk: Desk) -> int:
    """Takes away letters that lie in the data folder, and name their readers, after their days."""
    old = list(older_than(desk.data, FOLDER, _seconds_before(desk, KEEP_LETTERS_DAYS)))
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _forgotten(desk: Desk, forget: Forget, days: int) -> int:
    before = _before(desk, days)
    return until_empty(desk, lambda connection: forget(connection, before, ROWS_A_TRANSACTION))


def until_empty(desk: Desk, work: Callable[[Connection], int]) -> int:
    """Short transactions until one finds nothing, so that nobody waits long behind the beat."""
    done = 0
    for _ in range(MOST_TRANSACTIONS):
        found = desk.store.write(work)
        done += found
        if found == 0:
            break
    return done


def _before(desk: Desk, days: int) -> str:
    return later(desk.now(), -days * DAY_SECONDS)


def _seconds_before(desk: Desk, days: int) -> float:
    """The same in seconds since 1970, as files tell their time."""
    return datetime.fromisoformat(_before(desk, days)).astimezone(UTC).timestamp()


def _expire(desk: Desk, exchange: str, item: str) -> int:
    """Once: a rival finds it erased already."""
    asking = Asking(SYSTEM_ACTOR, key=f"retention/{exchange}/{item}")
    try:
        erase_evidence(desk, asking, exchange, item, f"{KEEP_RESTRICTED_DAYS} days after the exchange ended")
    except (NotFound, Refused, Stale, KeyReused):
        return 0
    return 1
