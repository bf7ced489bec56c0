# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Many things asked for at once: each is judged, done or refused by itself, in a transaction of its own.

What one of them meets is its own outcome and stops no other. Nobody signs in bulk: steps and signatures of agreements are no
items, and a word that is somebody's consent is given one at a time.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar, cast

from sqlalchemy import Connection

from cycle.facts import FACTS
from people.policy import can
from services.asking import Answer, Asking
from services.desk import Desk
from services.errors import ServiceError, refused, require
from services.exchanges import make_move, state_fact
from storage.errors import StorageError
from storage.store import Store

MOST = 100
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing asked for: a move or a fact of an exchange. `if_match`: the version seen, None for whatever stands."""

    exchange: str
    move: str | None = None
    fact: str | None = None
    says: Mapping[str, Any] = field(default_factory=dict)
    item: str | None = None
    if_match: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one thing: an answer, or why not."""

    exchange: str
    answer: Answer | None = None
    error: ServiceError | StorageError | None = None


class _Rehearsed(Exception):
    """Carries a result out of a transaction that is rolled back."""

    def __init__(self, result: Any) -> None:
        super().__init__("rehearsed")
        self.result = result


class _Rehearsal:
    """A store that does everything and keeps nothing."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.read = store.read
        self.dialect = store.dialect

    def write(self, work: Callable[[Connection], T]) -> T:
        def tried(connection: Connection) -> T:
            raise _Rehearsed(work(connection))

        try:
            return self._store.write(tried)
        except _Rehearsed as done:
            return cast(T, done.result)


def do_many(desk: Desk, asking: Asking, items: Sequence[Item], *, dry_run: bool = False) -> tuple[Outcome, ...]:
    """One outcome per item, in their order. Raises Refused, and does nothing, for more than 100.

    dry_run: everything is decided as it would be, each item by itself, and nothing is written. The key of the asking makes each
    item safe to repeat: what was done is answered again, what was refused is judged anew.
    """
    require(can(asking.actor, "bulk.run"))
    if len(items) > MOST:
        raise refused("bulk.too_many", f"at most {MOST} at once", asked=len(items))
    where = replace(desk, store=cast(Store, _Rehearsal(desk.store)), nudge=_nobody) if dry_run else desk
    return tuple(_outcome(where, asking, place, item, dry_run) for place, item in enumerate(items))


def _outcome(desk: Desk, asking: Asking, place: int, item: Item, dry_run: bool) -> Outcome:
    key = f"{asking.key}/{place}" if asking.key and not dry_run else None
    try:
        return Outcome(item.exchange, _done(desk, replace(asking, key=key, if_match=item.if_match), item))
    except (ServiceError, StorageError) as error:
        return Outcome(item.exchange, error=error)


def _done(desk: Desk, asking: Asking, item: Item) -> Answer:
    if (item.move is None) == (item.fact is None):
        raise refused("bulk.item_unclear", "either a move or a fact of an exchange")
    if item.move is not None:
        return make_move(desk, asking, item.exchange, item.move, item.says)
    kind = str(item.fact)
    if kind in FACTS and FACTS[kind].consent:
        raise refused("bulk.consent", f"{kind} is said one at a time by those whose consent it is", kind=kind)
    return state_fact(desk, asking, item.exchange, kind, item.says, item.item)


def _nobody() -> None:
    """Nobody is nudged for what is not written."""
