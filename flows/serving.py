# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Serving: register the deployments, look for due runs every second, and stay, whatever the Prefect server does."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import httpx
from prefect.client.orchestration import get_client
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectNotFound
from prefect.runner import Runner
from prefect.schedules import Interval

logger = logging.getLogger("minga.flows")

BEAT_EVERY = timedelta(minutes=1)
FIRST_BEAT_AFTER = timedelta(seconds=5)
LOOK_EVERY = 1.0
# A beat, a nudged drawing, and one to spare: every run is a process of its own, about 100 MB.
MOST_AT_ONCE = 3
CHECK_EVERY = 5.0
TRY_AGAIN_AFTER = 2.0

Deployments = Callable[[], Sequence[RunnerDeployment]]


def our_deployments(module: str) -> tuple[RunnerDeployment, ...]:
    """The deployments `beat/beat` and `papers/papers`; a run imports its flow from `module`, which wires the house.

    No concurrency limit of Prefect's: a slot lost in a crash would silence the beat, and the duties
    have leases of their own.
    """
    # The first beat soon, to catch up with what came due while nobody served, then every minute.
    anchor = datetime.now(UTC) + FIRST_BEAT_AFTER - BEAT_EVERY
    every_minute = Interval(BEAT_EVERY, anchor_date=anchor)
    return (
        RunnerDeployment.from_entrypoint(f"{module}.beat", "beat", schedule=every_minute),
        RunnerDeployment.from_entrypoint(f"{module}.papers", "papers"),
    )


def serve(deployments: Deployments) -> None:
    """Serve until SIGTERM or Ctrl-C; when the server goes away, wait for it and begin again."""
    while True:
        try:
            asyncio.run(_serve_once(deployments))
        except* (httpx.HTTPError, RuntimeError) as trouble:
            # RuntimeError is what Prefect's polling loop ends with after three failures in a row.
            logger.warning("The Prefect server went away: %s", trouble.exceptions[0])


async def _serve_once(deployments: Deployments) -> None:
    """One runner's life: from the moment the server answers until it fails to."""
    await _wait_for_server()
    # Pausing on shutdown would leave the schedule paused for good if the next start never registers
    # it.
    runner = Runner("minga", query_seconds=LOOK_EVERY, limit=MOST_AT_ONCE, pause_on_shutdown=False)
    known = await _register(runner, deployments)
    async with asyncio.TaskGroup() as together:
        keeper = together.create_task(_keep_registered(runner, deployments, known))
        await runner.start()
        keeper.cancel()


async def _register(runner: Runner, deployments: Deployments) -> tuple[UUID, ...]:
    """Registering again also deletes the late runs of a schedule, so no storm follows a pause."""
    return tuple([await runner.aadd_deployment(each) for each in deployments()])


async def _keep_registered(runner: Runner, deployments: Deployments, known: tuple[UUID, ...]) -> None:
    """A server that came back empty knows no deployment: nothing would run again, and no error would say so."""
    async with get_client() as client:
        while True:
            await asyncio.sleep(CHECK_EVERY)
            try:
                for identifier in known:
                    await client.read_deployment(identifier)
            except ObjectNotFound:
                known = await _register(runner, deployments)
            except httpx.HTTPError:
                continue


async def _wait_for_server() -> None:
    async with get_client() as client:
        while True:
            if await client.api_healthcheck() is None:
                return
            await asyncio.sleep(TRY_AGAIN_AFTER)
