# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`make proof`: the promises counted out in full, on both databases. Exit code 1 when one is broken.

kills      200 times `kill -9` of the writer: no acknowledged move lost, none doubled
writers    eight processes, one exchange, 100 rounds: one winner each
rivals     `terminate agreement` against `begin_execution`, 100 rounds: never both
mutations  1,000 random changes of stored bytes: each found by the audit
cycle      100,000 steps by chance beside a table read from the programme: never another answer
pages      every page in a real Chromium, on a desk and a telephone: no report against the policy, nothing on the console
contract   three minutes of schemathesis against `minga serve`: no failure, nothing in the 500s, 30 % of requests reach 2xx
"""

import sys
import time
from collections.abc import Callable

from benchmarks.ground import Ground, grounds, machine
from benchmarks.proofs import contract, cycle, kills, mutations, pages, rivals, writers

PROOFS: dict[str, tuple[Callable[[Ground, int], list[str]], int]] = {
    "kills": (kills.run, 200),
    "writers": (writers.run, 100),
    "rivals": (rivals.run, 100),
    "mutations": (mutations.run, 1000),
    "cycle": (cycle.run, 100_000),
    "pages": (pages.run, 1),
    "contract": (contract.run, 180),
}


def main(arguments: list[str]) -> int:
    """Runs the named proofs (all by default) on both databases; `COUNT=n` as `name=n` shortens one for a try."""
    wanted = dict(argument.partition("=")[::2] for argument in arguments) or dict.fromkeys(PROOFS, "")
    unknown = sorted(set(wanted) - set(PROOFS))
    if unknown:
        sys.exit(f"no proof {', '.join(unknown)}; there are: {', '.join(PROOFS)}")
    print(machine(), flush=True)
    broken: list[str] = []
    with grounds() as found:
        for name, count in wanted.items():
            proof, rounds = PROOFS[name]
            for ground in found:
                start = time.perf_counter()
                broken += [f"{ground.name} {name}: {line}" for line in proof(ground, int(count or rounds))]
                print(f"  ({time.perf_counter() - start:.0f} s)", flush=True)
    for line in broken:
        print(f"BROKEN {line}")
    print("every promise held" if not broken else f"{len(broken)} promises broken")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
