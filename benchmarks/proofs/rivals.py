# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`terminate agreement` against `begin_execution`: two processes, a fresh exchange and agreement each round, never both.

One of the two acts has more to do before it asks for its locks, and would lose nearly every round. So whoever won waits a
little longer the next time, until they arrive together: that is where a race can go wrong.
"""

import multiprocessing
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from benchmarks.ground import ANA, BRUNO, PAULA, Ground, Settings, desk_on, open_agreement, ready_exchange
from people.actors import Actor, Role
from services import agreements, exchanges
from services.asking import Asking
from services.desk import Desk
from services.errors import Refused
from storage import agreements as stored_agreements
from storage import exchanges as stored

STEP = 0.0005
"""By how many seconds the winner's wait grows."""

FAIR = 20
"""Rounds from which each side must have won some: a race that one side always wins proves nothing."""


def run(ground: Ground, count: int) -> list[str]:
    settings = ground.fresh("rivals")
    context = multiprocessing.get_context("spawn")
    barrier, results, lead = context.Barrier(2), context.Queue(), context.Value("d", 0.0)
    with desk_on(settings) as desk:
        pairs = [_pair(desk) for _ in range(count)]
        workers = [
            context.Process(target=work, args=(settings, pairs, barrier, lead, results), daemon=True)
            for work in (_terminates, _begins)
        ]
        for worker in workers:
            worker.start()
        told = [results.get(timeout=120) for _ in range(2 * count)]
        for worker in workers:
            worker.join(timeout=30)
        kept = [_is_kept(desk, *pair) for pair in pairs]
    won = {name: {number for word, number, done in told if word == name and done} for name in ("terminate", "begin")}
    both = won["terminate"] & won["begin"]
    print(
        f"{ground.name:11} rivals: {count} rounds, {len(won['terminate'])} terminated, {len(won['begin'])} began, "
        f"{len(both)} both, {count - len(won['terminate'] | won['begin'])} neither",
        flush=True,
    )
    broken = [f"{len(both)} rounds in which both happened"] if both else []
    broken += [f"no race: only one side ever won {count} rounds"] if count >= FAIR and not all(won.values()) else []
    return broken + ([f"{kept.count(False)} exchanges execute under an ended agreement"] if not all(kept) else [])


def _pair(desk: Desk) -> tuple[str, str]:
    """An exchange one move from execution, and the agreement in force that makes the move possible."""
    name = ready_exchange(desk, up_to_commitment=True)
    agreement = open_agreement(desk, name)
    for who in (BRUNO, PAULA):
        party = who.actor.party
        second = Asking(Actor(f"second-{party}", Role.FOCAL_POINT, party))
        agreements.receive_counterpart(desk, who, agreement, {"party": party, "signed_on": "2026-01-01"})
        agreements.confirm_counterpart(desk, second, agreement, {"party": party})
    agreements.take_step(desk, ANA, agreement, "seal")
    agreements.take_step(desk, ANA, agreement, "bring_into_force")
    return name, agreement


def _terminates(settings: Settings, pairs: list[tuple[str, str]], barrier: Any, lead: Any, results: Any) -> None:
    with desk_on(settings) as desk:
        for number, (_, agreement) in enumerate(pairs):
            barrier.wait(timeout=60)
            time.sleep(max(0.0, -lead.value))
            results.put(("terminate", number, _tried(partial(_terminate, desk, agreement))))


def _begins(settings: Settings, pairs: list[tuple[str, str]], barrier: Any, lead: Any, results: Any) -> None:
    """Keeps the lead: seconds by which this side waits longer than the other; changed before both meet again."""
    with desk_on(settings) as desk:
        for number, (name, _) in enumerate(pairs):
            barrier.wait(timeout=60)
            time.sleep(max(0.0, lead.value))
            won = _tried(partial(exchanges.make_move, desk, PAULA, name, "begin_execution"))
            results.put(("begin", number, won))
            lead.value += STEP if won else -STEP


def _terminate(desk: Desk, agreement: str) -> None:
    agreements.take_step(desk, ANA, agreement, "terminate", {"reason": "the parties no longer wish it"})


def _tried(work: Callable[[], object]) -> bool:
    try:
        work()
    except Refused:
        return False
    return True


def _is_kept(desk: Desk, name: str, agreement: str) -> bool:
    with desk.store.read() as connection:
        exchange, instrument = stored.load(connection, name), stored_agreements.load(connection, agreement)
    assert exchange is not None, "made before the race"
    assert instrument is not None, "made before the race"
    return exchange.standing.stage != "execution" or instrument.standing.status == "in_force"
