# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The beat: once a minute every duty, one task each. Each is "everything due by now", so a missed beat costs only time.

Flows here are `async def` for one reason: at the end of a synchronous flow Prefect 3.8 waits up to
a second for its own heartbeat thread to wake (docs/decisions/0009-prefect.md).
"""

from prefect import flow, task
from prefect.client.schemas.objects import State

from flows.house import open_desk
from services.beat import DUTIES


class DutiesFailed(Exception):
    """Some duties of a beat failed; the others were done, and the next beat tries all again."""

    code = "flows.duties_failed"


@task(task_run_name="{name}")
def do_duty(name: str) -> int:
    """How many things this duty found to do, and did."""
    with open_desk() as desk:
        return DUTIES[name](desk)


@flow(name="beat", flow_run_name="beat")
async def beat() -> None:
    """Every duty once; one that fails keeps none of the others from being done."""
    states: dict[str, State[int]] = {name: do_duty(name, return_state=True) for name in DUTIES}
    failed = sorted(name for name, state in states.items() if not state.is_completed())
    if failed:
        raise DutiesFailed(", ".join(failed))
