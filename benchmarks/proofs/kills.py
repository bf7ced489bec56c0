# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`kill -9` at any moment: what was acknowledged is there, and nothing is there twice.

The writer acknowledges each move on a pipe after its commit; the next writer asks again for the one that was left without an
answer, under the same key, as a client would.
"""

import json
import random
import signal
import subprocess
import sys
import time
from collections import Counter

from benchmarks.ground import Ground, Settings, desk_on, ready_exchange
from observatory import audit
from storage import exchanges, streams

WRITERS = 4


def run(ground: Ground, count: int) -> list[str]:
    settings = ground.fresh("kills")
    with desk_on(settings) as desk:
        names = [ready_exchange(desk) for _ in range(WRITERS)]
    chance, acknowledged, pending = random.Random(count), [], dict.fromkeys(names, "")
    for number in range(count):
        keys, pending = _one_life(settings, names, pending, number, chance.uniform(0.0, 0.12))
        acknowledged += keys
    return _judged(ground, settings, names, acknowledged, count)


def _one_life(
    settings: Settings, names: list[str], pending: dict[str, str], number: int, after: float
) -> tuple[list[str], dict[str, str]]:
    """One writer from its start to its kill: the keys it acknowledged, and those left unanswered."""
    told = json.dumps([str(settings.data), settings.database_url, names, pending, number])
    writer = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.proofs.writer", told], stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None, "the pipe was asked for"
    first = writer.stdout.readline()
    time.sleep(after)
    writer.send_signal(signal.SIGKILL)
    lines = [line for line in (first, *writer.stdout) if line.endswith("\n")]
    writer.wait()
    asked: dict[str, str] = dict(pending)
    done: list[str] = []
    for word, name, key in (line.split() for line in lines):
        asked[name] = key if word == "asks" else ""
        done += [key] if word == "done" else []
    return done, asked


def _judged(ground: Ground, settings: Settings, names: list[str], acknowledged: list[str], count: int) -> list[str]:
    with desk_on(settings) as desk, desk.store.read() as connection:
        written = Counter(
            event.payload["reason"]
            for name in names
            for event in streams.read_stream(connection, exchanges.stream_of(name))
            if str(event.payload.get("reason", "")).startswith("key-")
        )
        findings = list(audit.verify(connection, desk.papers))
    lost = [key for key in acknowledged if key not in written]
    doubled = [key for key, times in written.items() if times > 1]
    print(
        f"{ground.name:11} kills: {count} kills, {len(acknowledged)} moves acknowledged, {len(lost)} lost, "
        f"{len(doubled)} doubled, {len(findings)} findings of the audit",
        flush=True,
    )
    broken = [f"{len(lost)} acknowledged moves lost"] if lost else []
    broken += [f"{len(doubled)} moves doubled"] if doubled else []
    return broken + ([f"{len(findings)} findings, first: {findings[0].text}"] if findings else [])
