# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Steps by chance through the cycle beside a table read from the programme: the two never differ, every move is made.

The cycle is pure, so no database takes part; each ground gets its own chance.
"""

from benchmarks.ground import Ground
from tests.promises.cycle_model import names, never_held_back, never_made, walk


def run(ground: Ground, count: int) -> list[str]:
    reached = walk(count, rounds=count)
    print(f"{ground.name:11} cycle: {reached.steps} steps, {len(reached.made)} moves made", flush=True)
    return [
        *([f"only {reached.steps} steps"] if reached.steps < count else []),
        *([f"never made: {names(found)}"] if (found := never_made(reached)) else []),
        *([f"never held anything back: {names(found)}"] if (found := never_held_back(reached)) else []),
    ]
