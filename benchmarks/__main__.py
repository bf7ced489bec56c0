# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`make bench`: every measurement, or those named on the command line; the log names the machine."""

import sys
import time
from collections.abc import Callable
from importlib import import_module

from benchmarks.ground import Ground, grounds, machine

PARTS = {
    "moves": "durable moves: the engine ÷ the raw driver replaying its statements",
    "group": "group commit: writers in one process, a flow process and a command line",
    "length": "the same move at event 20, 1,000 and 10,000",
    "board": "board, overdue pages and as-of at 100,000 exchanges",
    "door": "the authenticated API beside the same calls without a framework, at 1, 16 and 50 clients",
    "start": "the command line's help ÷ import sqlalchemy",
}


def main(names: list[str]) -> None:
    unknown = sorted(set(names) - set(PARTS))
    if unknown:
        sys.exit(f"no measurement {', '.join(unknown)}; there are: {', '.join(PARTS)}")
    print(machine())
    with grounds() as found:
        for name in names or list(PARTS):
            run: Callable[[list[Ground]], list[str]] = import_module(f"benchmarks.{name}").run
            start = time.perf_counter()
            print(f"\n# {name}: {PARTS[name]}", flush=True)
            for line in run(found):
                print(line, flush=True)
            print(f"({time.perf_counter() - start:.0f} s)", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
