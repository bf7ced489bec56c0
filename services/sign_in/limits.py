# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Limits: how often one may guess. Counted in the database, so that a restart forgets nothing.

Counted are failures, in windows that slide. Where one account is guessed at from one place, ten in a quarter of an hour, with
a pause that grows from the fourth on. Where one account is guessed at from many places, or many from one, a wider window, and
only for places from which this account was never entered: whoever came in from here before is locked out by nobody else.
Accounts nobody has are counted alike. A try is written down before it is judged, so that guesses made at once all count.
"""

from dataclasses import dataclass

from sqlalchemy import Connection

from ledger.instants import DAY_SECONDS, later, moment_of
from services.desk import Desk
from services.errors import ServiceError
from services.sign_in.keys import digest_of
from storage import sign_in as rows

WINDOW_SECONDS = 15 * 60
MOST_OF_A_PAIR = 10
FREE_OF_PAUSE = 3
WIDE_SECONDS = 60 * 60
MOST_FROM_A_PLACE = 300
KNOWN_SECONDS = 90 * DAY_SECONDS
LINKS_OF_AN_ACCOUNT = 20


class TooManyTries(ServiceError):
    """So many guesses failed that the next must wait; a link by mail is another way in."""

    code = "sign_in.too_many_tries"

    def __init__(self, seconds: int) -> None:
        super().__init__(f"wait {seconds} seconds, or ask for a link by mail", retry_after=seconds)
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Wide:
    """What one account bears in an hour from places that never entered it, and the longest pause after that."""

    most: int
    longest_pause: int


PASSWORD, LINK, CODE, RECOVERY = "password", "link", "code", "recovery"
WIDE = {PASSWORD: Wide(50, 60), LINK: Wide(50, 60), CODE: Wide(10, 900), RECOVERY: Wide(50, 60)}


@dataclass(frozen=True, slots=True)
class Try:
    """One guess, written down before it is judged."""

    id: str
    way: str
    account: str
    origin: str


def begin_try(desk: Desk, connection: Connection, way: str, account: str, origin: str) -> Try | TooManyTries:
    """Writes a try down as failed, or says how long to wait. `account` is what was typed, `origin` an address."""
    made = Try(desk.identifiers.new(), way, _account(desk, account), digest_of(desk, "origin", origin))
    now = desk.now()
    rows.one_at_a_time(connection, made.account)
    wait = _wait(connection, made, now)
    if wait > 0:
        return TooManyTries(wait)
    rows.add_try(connection, id=made.id, way=way, account=made.account, origin=made.origin, tried_at=now, succeeded=0)
    return made


def succeed(connection: Connection, made: Try) -> None:
    """This try was right: what failed before it from the same place counts no more."""
    rows.mark_succeeded(connection, made.id)


def remember_place(desk: Desk, connection: Connection, account: str, origin: str) -> None:
    """The account was entered from here by a link."""
    who, where = _account(desk, account), digest_of(desk, "origin", origin)
    row = {"id": desk.identifiers.new(), "way": LINK, "account": who, "origin": where}
    rows.add_try(connection, **row, tried_at=desk.now(), succeeded=1)


def may_be_mailed(desk: Desk, connection: Connection, account: str) -> bool:
    """Whether another link may go to this address within the hour. Those sent already still let their reader in."""
    since = later(desk.now(), -WIDE_SECONDS)
    sent = rows.failures(connection, since, LINK, account=_account(desk, account))
    return sent.count <= LINKS_OF_AN_ACCOUNT


def forget(desk: Desk, connection: Connection, limit: int) -> int:
    """Deletes tries that count no more; how many."""
    now = desk.now()
    return rows.forget_tries(connection, later(now, -WIDE_SECONDS), later(now, -KNOWN_SECONDS), limit)


def _account(desk: Desk, said: str) -> str:
    return digest_of(desk, "account", said.strip().lower())


def _wait(connection: Connection, made: Try, now: str) -> int:
    """Seconds until this guess may be made."""
    pair = rows.failures_of_pair(connection, later(now, -WINDOW_SECONDS), made.way, made.account, made.origin)
    waits = [_pause(pair, now), _full(pair, now)]
    ways = (CODE, RECOVERY) if made.way == CODE else tuple(WIDE)
    if not rows.came_in_before(connection, later(now, -KNOWN_SECONDS), ways, made.account, made.origin):
        since, wide = later(now, -WIDE_SECONDS), WIDE[made.way]
        waits.append(_wide(rows.failures(connection, since, made.way, account=made.account), now, wide))
        from_here = rows.failures(connection, since, made.way, origin=made.origin)
        waits.append(_wide(from_here, now, Wide(MOST_FROM_A_PLACE, wide.longest_pause)))
    return max(waits)


def _pause(failed: rows.Failures, now: str) -> int:
    """2, 4, 8 … seconds after the last failure, from the fourth on."""
    over = failed.count - FREE_OF_PAUSE
    return _left(failed.last, 2**over, now) if over > 0 else 0


def _full(failed: rows.Failures, now: str) -> int:
    """Until the oldest failure leaves the window."""
    return _left(failed.first, WINDOW_SECONDS, now) if failed.count >= MOST_OF_A_PAIR else 0


def _wide(failed: rows.Failures, now: str, wide: Wide) -> int:
    """A pause that doubles with every guess too many, to the longest."""
    over = failed.count - wide.most
    return _left(failed.last, min(2 ** min(over, 20), wide.longest_pause), now) if over >= 0 else 0


def _left(since: str | None, seconds: float, now: str) -> int:
    if since is None:
        return 0
    left = (moment_of(later(since, seconds)) - moment_of(now)).total_seconds()
    return max(0, int(-(-left // 1)))
