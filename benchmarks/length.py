# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Does a move cost the same on the ten-thousandth event as at the start of execution? Activities with attendance, and endorsements.

The move is execution → reflection, which no exchange can make before its eighteenth event; that is the short one. Each length
has several exchanges that take turns: a short one stays short, and no row is written more often than another.
"""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from benchmarks.ground import ANA, BRUNO, Ground, back, desk_on, ready_exchange, there
from people.actors import Actor, Role
from services import exchanges
from services.asking import Asking
from services.desk import Desk
from storage import exchanges as stored

LENGTHS = (20, 1_000, 10_000)
EXCHANGES, TURNS = 6, 25


def run(grounds: list[Ground]) -> list[str]:
    """Per database: the median move at each length, the row's bytes, and the ratio longest to shortest."""
    return [line for ground in grounds for line in _measure(ground)]


def _measure(ground: Ground) -> list[str]:
    settings = ground.fresh("length")
    with desk_on(settings) as desk, ThreadPoolExecutor(EXCHANGES) as growing:
        names = {n: tuple(growing.map(lambda _, n=n: _of_length(desk, n), range(EXCHANGES))) for n in LENGTHS}
    with desk_on(settings, group_commit=False) as desk:
        seconds: dict[int, list[float]] = {length: [] for length in LENGTHS}
        for turn in range(TURNS * EXCHANGES):  # interleaved: every length sees the same machine
            for length in LENGTHS:
                name = names[length][turn % EXCHANGES]
                start = time.perf_counter()
                there(desk, name)
                seconds[length].append(time.perf_counter() - start)
                back(desk, name)
        medians = {length: statistics.median(times) for length, times in seconds.items()}
        lines = [_line(ground, desk, length, medians[length], names[length][0]) for length in LENGTHS]
    ratio = medians[LENGTHS[-1]] / medians[LENGTHS[0]]
    return [*lines, f"{ground.name:11} longest ÷ shortest {ratio:.2f} (aim <= 1.2)"]


def _line(ground: Ground, desk: Desk, length: int, median: float, name: str) -> str:
    return f"{ground.name:11} at event {length:6}: {median * 1000:.3f} ms a move, row {_bytes(desk, name)} bytes"


def _of_length(desk: Desk, length: int) -> str:
    name = ready_exchange(desk)
    delegate = Asking(Actor("delegate", Role.BENCH_DELEGATE, "PE", "workers"))
    while (seq := _seq(desk, name)) < length:
        if seq % 10 == 9:
            _say(desk, delegate, name, "endorsement", party="PE", bench="workers", paper="roadmap", word="endorsed")
            continue
        told = _say(desk, BRUNO, name, "activity_planned", title="Session", on="2026-01-01", mode="virtual")
        _say(desk, ANA, name, "activity_held", told["item"], on="2026-01-02", women=9, men=8, benches={"workers": 4})
    return name


def _say(desk: Desk, who: Asking, name: str, kind: str, item: str | None = None, **fields: Any) -> Any:
    return exchanges.state_fact(desk, who, name, kind, fields, item)


def _seq(desk: Desk, name: str) -> int:
    with desk.store.read() as connection:
        loaded = stored.load(connection, name)
    return loaded.standing.seq if loaded else 0


def _bytes(desk: Desk, name: str) -> int:
    with desk.store.read() as connection:
        loaded = stored.load(connection, name)
    row = stored.row_of(loaded.standing) if loaded else {}
    return sum(len(str(value).encode()) for value in row.values())
