# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Two small flows, served just as Minga's own are: `tick` by a schedule, `papers` by a nudge.

`python -m tests.flows.ticking` serves them. Each writes one word to TICKS_FILE.
"""

import os
from datetime import timedelta
from pathlib import Path

from prefect import flow, task
from prefect.deployments.runner import RunnerDeployment

from flows.serving import serve


@task
def write(word: str) -> None:
    with Path(os.environ["TICKS_FILE"]).open("a") as file:
        file.write(f"{word}\n")


@flow(name="tick")
async def tick() -> None:
    write("tick")


@flow(name="tock")
def tock() -> None:
    """What `tick` would be if it were synchronous; it is served to nobody."""
    write("tock")


@flow(name="papers")
async def papers() -> None:
    write("papers")


def deployments() -> tuple[RunnerDeployment, ...]:
    here = "tests.flows.ticking"
    return (
        RunnerDeployment.from_entrypoint(f"{here}.tick", "tick", interval=timedelta(seconds=5)),
        RunnerDeployment.from_entrypoint(f"{here}.papers", "papers"),
    )


if __name__ == "__main__":
    serve(deployments)
