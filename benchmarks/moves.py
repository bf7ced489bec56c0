# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Durable moves per second: the whole engine beside the raw driver replaying the very statements of those moves.

The statements are captured from real moves, with their transaction bounds, and replayed on a copy of the database as it was
before. No group commit on either side. Rounds alternate, so that a machine that drifts drifts for both.
"""

import gc
import sqlite3
import statistics
import time
from collections.abc import Callable
from typing import Any

import psycopg
from sqlalchemy import Engine, event

from benchmarks.ground import Ground, Settings, back, desk_on, ready_exchange, there

MOVES = 300
ROUNDS = 5

Statement = tuple[str, Any, bool]


def run(grounds: list[Ground]) -> list[str]:
    """One line per database: moves a second of both, and their ratio."""
    return [line for ground in grounds for line in _measure(ground)]


def _measure(ground: Ground) -> list[str]:
    base = ground.fresh("moves")
    with desk_on(base, group_commit=False) as desk:
        names = [ready_exchange(desk) for _ in range(11)]
    log = _captured(ground.copy(base, "moves-log"), names)
    engine, raw = [], []
    for _ in range(ROUNDS):
        engine.append(_engine_seconds(ground.copy(base, "moves-engine"), names))
        raw.append(_raw_seconds(ground.copy(base, "moves-raw"), log))
    ratios = [r / e for e, r in zip(engine, raw, strict=True)]
    per_engine, per_raw = (MOVES / statistics.median(seconds) for seconds in (engine, raw))
    statements = sum(len(work) for work in log) / len(log)
    told = (
        f"{ground.name:11} engine {per_engine:6.0f} moves/s · raw driver {per_raw:6.0f} ({statements:.1f} statements a move)"
        f" · ratio {statistics.median(ratios):.2f} (min {min(ratios):.2f}, max {max(ratios):.2f}; aim >= 0.5)"
    )
    return [told]


def _moves(desk: Any, names: list[str], count: int) -> None:
    for number in range(count):
        name = names[(number // 2) % len(names)]
        (there if number % 2 == 0 else back)(desk, name)


def _captured(settings: Settings, names: list[str]) -> list[list[Statement]]:
    """The statements of MOVES real moves, a list per transaction."""
    works: list[list[Statement]] = []
    with desk_on(settings, group_commit=False) as desk:
        engine: Engine = desk.store._engines.writer

        def begin(_connection: Any) -> None:
            works.append([])

        def heard(_c: Any, _cursor: Any, sql: str, parameters: Any, _context: Any, many: bool) -> None:
            works[-1].append((sql, parameters, many))

        event.listen(engine, "begin", begin)
        event.listen(engine, "before_cursor_execute", heard)
        _moves(desk, names[:-1], MOVES)
    return [[s for s in work if not s[0].startswith(("BEGIN", "SAVEPOINT", "RELEASE"))] for work in works if work]


def _engine_seconds(settings: Settings, names: list[str]) -> float:
    with desk_on(settings, group_commit=False) as desk:
        _moves(desk, names[-1:], 2)  # the first move of a process compiles the programme; that is not a move's cost
        return _timed(lambda: _moves(desk, names[:-1], MOVES))


def _raw_seconds(settings: Settings, log: list[list[Statement]]) -> float:
    return (_raw_sqlite if settings.database_url.startswith("sqlite") else _raw_postgresql)(settings, log)


def _raw_sqlite(settings: Settings, log: list[list[Statement]]) -> float:
    connection = sqlite3.connect(settings.data / "minga.db", isolation_level=None)
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "secure_delete=ON",
        "foreign_keys=ON",
        "recursive_triggers=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")

    def replay() -> None:
        for work in log:
            connection.execute("BEGIN IMMEDIATE")
            for sql, parameters, many in work:
                cursor = connection.executemany(sql, parameters) if many else connection.execute(sql, parameters)
                cursor.fetchall()
            connection.execute("COMMIT")

    seconds = _timed(replay)
    connection.close()
    return seconds


def _raw_postgresql(settings: Settings, log: list[list[Statement]]) -> float:
    with psycopg.connect(settings.database_url, autocommit=False) as connection:

        def replay() -> None:
            for work in log:
                with connection.cursor() as cursor:
                    for sql, parameters, many in work:
                        if many:
                            cursor.executemany(sql, parameters)
                        else:
                            cursor.execute(sql, parameters)
                            if cursor.description:
                                cursor.fetchall()
                connection.commit()

        return _timed(replay)


def _timed(work: Callable[[], None]) -> float:
    gc.collect()
    gc.freeze()  # the captured statements lie in memory for both sides; nobody should pay for sweeping over them
    start = time.perf_counter()
    work()
    seconds = time.perf_counter() - start
    gc.unfreeze()
    return seconds
