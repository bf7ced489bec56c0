# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The papers: draw up what was ordered, nudged after the commit that ordered it, so that a PDF is there in seconds."""

from prefect import flow, task

from flows.house import open_desk
from services.papers import draw_next

BATCH = 10
MOST_BATCHES = 50


@task
def draw_batch(limit: int) -> int:
    """How many papers were drawn; the service claims each under a lease, so two runs never draw the same."""
    with open_desk() as desk:
        return draw_next(desk, limit)


@flow(name="papers", flow_run_name="papers")
async def papers() -> int:
    """Draw until nothing waits; how many papers that were."""
    drawn = 0
    for _ in range(MOST_BATCHES):
        done = draw_batch(BATCH)
        drawn += done
        if done == 0:
            break
    return drawn
