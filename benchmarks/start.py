# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What the command line costs before it does anything, beside importing SQLAlchemy: whole processes, alternating."""

import statistics
import subprocess
import sys
import time

from benchmarks.ground import Ground

ROUNDS = 9


def run(_grounds: list[Ground]) -> list[str]:
    commands = {
        "minga --help": [sys.executable, "-m", "minga", "--help"],
        "import sqlalchemy": [sys.executable, "-c", "import sqlalchemy"],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            times[name].append(time.perf_counter() - start)
    helped, imported = (statistics.median(times[name]) for name in commands)
    return [
        f"minga --help {helped * 1000:.0f} ms · import sqlalchemy {imported * 1000:.0f} ms · ratio {helped / imported:.2f}"
    ]
