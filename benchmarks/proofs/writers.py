# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Eight processes want the same move of the same version of one exchange: in every round exactly one gets it."""

import multiprocessing
from typing import Any

from benchmarks.ground import PAULA, Ground, Settings, desk_on, ready_exchange
from people.actors import Actor
from services import exchanges
from services.asking import Asking
from services.desk import Desk
from services.errors import Refused, Stale
from storage import exchanges as stored

WRITERS = 8
PATIENCE_SECONDS = 300
"""Eight processes begin together, also where a machine has much else to do."""


def run(ground: Ground, count: int) -> list[str]:
    settings = ground.fresh("writers")
    context = multiprocessing.get_context("spawn")
    barrier, results = context.Barrier(WRITERS + 1), context.Queue()
    with desk_on(settings) as desk:
        name = ready_exchange(desk)
        workers = [
            context.Process(target=_worker, args=(settings, name, number, count, barrier, results), daemon=True)
            for number in range(WRITERS)
        ]
        for worker in workers:
            worker.start()
        wins = [_round(desk, name, barrier, results) for _ in range(count)]
        for worker in workers:
            worker.join(timeout=30)
    wrong = [won for won in wins if won != 1]
    print(f"{ground.name:11} writers: {count} rounds of {WRITERS}, one winner in {count - len(wrong)}", flush=True)
    return [f"{len(wrong)} rounds without exactly one winner"] if wrong else []


def _round(desk: Desk, name: str, barrier: Any, results: Any) -> int:
    before = _version(desk, name)
    barrier.wait(timeout=PATIENCE_SECONDS)
    won = sum(results.get(timeout=PATIENCE_SECONDS) for _ in range(WRITERS))
    grown = _version(desk, name) - before
    return won if grown == won else -1


def _version(desk: Desk, name: str) -> int:
    with desk.store.read() as connection:
        loaded = stored.load(connection, name)
    return loaded.standing.changed_seq if loaded else 0


def _worker(settings: Settings, name: str, number: int, count: int, barrier: Any, results: Any) -> None:
    actor = Actor(f"officer-{number}", PAULA.actor.role, PAULA.actor.party)
    with desk_on(settings) as desk:
        for _ in range(count):
            with desk.store.read() as connection:
                loaded = stored.load(connection, name)
            assert loaded is not None, "the exchange was made before"
            standing = loaded.standing
            move = "begin_reflection" if standing.stage == "execution" else "return_to_execution"
            barrier.wait(timeout=PATIENCE_SECONDS)
            results.put(_try(desk, Asking(actor, if_match=standing.changed_seq), name, move))


def _try(desk: Desk, asking: Asking, name: str, move: str) -> int:
    try:
        exchanges.make_move(desk, asking, name, move, {"reason": "round"})
    except (Stale, Refused):
        return 0
    return 1
