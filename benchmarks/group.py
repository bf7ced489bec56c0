# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Group commit: 1, 4 and 16 writers in one process, while a flow process and a command line write to the same database."""

import multiprocessing
import threading
import time
from multiprocessing.queues import Queue
from typing import Any

from benchmarks.ground import Ground, Settings, back, desk_on, percentile, ready_exchange, there

SECONDS = 4.0
WRITERS = (1, 4, 16)


def run(grounds: list[Ground]) -> list[str]:
    """Per database and number of writers: moves a second, and p50/p99 of each of the three processes."""
    return [line for ground in grounds for writers in WRITERS for line in _measure(ground, writers)]


def _measure(ground: Ground, writers: int) -> list[str]:
    settings = ground.fresh(f"group-{writers}")
    with desk_on(settings) as desk:
        names = [ready_exchange(desk) for _ in range(writers + 2)]
    context = multiprocessing.get_context("spawn")
    queue: Queue[Any] = context.Queue()
    others = [
        context.Process(target=_other, args=(settings, names[writers], "flow", 0.05, queue)),
        context.Process(target=_other, args=(settings, names[writers + 1], "command line", 0.2, queue)),
    ]
    for process in others:
        process.start()
    for _ in others:
        queue.get(timeout=60)  # each says when its desk is open
    with desk_on(settings) as desk:
        times = _threads(desk, names[:writers])
    told = [f"{'web':12} x{writers:<2} {len(times) / SECONDS:6.0f} moves/s {_spread(times)}"]
    for _ in others:
        label, spent = queue.get(timeout=60)
        told.append(f"{label:12} {'':3} {len(spent) / SECONDS:6.0f} moves/s {_spread(spent)}")
    for process in others:
        process.join(timeout=30)
    return [f"{ground.name:11} {line}" for line in told]


def _spread(times: list[float]) -> str:
    return f"p50 {percentile(times, 0.5) * 1000:7.2f} ms  p99 {percentile(times, 0.99) * 1000:7.2f} ms"


def _threads(desk: Any, names: list[str]) -> list[float]:
    until = time.perf_counter() + SECONDS
    times: list[float] = []

    def write(name: str) -> None:
        while time.perf_counter() < until:
            for move in (there, back):
                start = time.perf_counter()
                move(desk, name)
                times.append(time.perf_counter() - start)

    threads = [threading.Thread(target=write, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def _other(settings: Settings, name: str, label: str, pause: float, queue: "Queue[Any]") -> None:
    with desk_on(settings) as desk:
        for move in (there, back):  # the first move of a process also compiles the programme
            move(desk, name)
        queue.put("open")
        until = time.perf_counter() + SECONDS
        times: list[float] = []
        while time.perf_counter() < until:
            for move in (there, back):
                start = time.perf_counter()
                move(desk, name)
                times.append(time.perf_counter() - start)
            time.sleep(pause)
        queue.put((label, times))
