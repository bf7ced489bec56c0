# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What Prefect's processes are told: their own home and database under the data folder, no telemetry, no noise.

Nothing here imports Prefect. Every PREFECT_ variable of the caller is dropped first: a developer's
own profile must never send our runs to another server.
"""

import sys
from collections.abc import Mapping
from pathlib import Path

from minga.settings import Settings, environment_without

_QUIET: Mapping[str, str] = {
    # Telemetry: the server's daily report, and the client's.
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    # Names and free text may stand in an error: nothing of a run's log is kept by Prefect.
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "ERROR",
    "PREFECT_LOGGING_COLORS": "false",
    "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
    "PREFECT_SERVER_UI_ENABLED": "false",
    "PREFECT_CLI_PROMPT": "false",
    "PREFECT_CLI_COLORS": "false",
    # At most three beats are laid out ahead, so no storm of late ones follows a pause. A beat is
    # "everything due by now".
    "PREFECT_SERVER_SERVICES_SCHEDULER_MIN_RUNS": "3",
    "PREFECT_SERVER_SERVICES_SCHEDULER_MIN_SCHEDULED_TIME": "PT2M",
    # Parts of the server nobody here looks at. Each writes to its SQLite file every few seconds,
    # and with all of them at work a flow run was seen to wait up to a minute for a lock.
    **{
        f"PREFECT_SERVER_SERVICES_{service}_ENABLED": "false"
        for service in (
            "CANCELLATION_CLEANUP",
            "EVENT_PERSISTER",
            "FOREMAN",
            "LATE_RUNS",
            "PAUSE_EXPIRATIONS",
            "TRIGGERS",
        )
    },
    # 1,440 beats a day are history, not truth: two days of it are plenty.
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "flow_runs",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": "172800",
}


def prefect_home(settings: Settings) -> Path:
    """The folder of Prefect's own files; deleting it loses nothing."""
    return settings.data / "prefect"


def prefect_environment(settings: Settings) -> dict[str, str]:
    """The whole environment of a process that runs or serves flows, or is the Prefect server."""
    home = prefect_home(settings)
    inherited = environment_without("PREFECT_")
    return {
        **inherited,
        **_QUIET,
        **settings.as_environment(),
        **_no_proxy(inherited),
        **_credentials(settings),
        "PREFECT_HOME": str(home),
        "PREFECT_API_URL": settings.prefect_api,
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{home / 'prefect.db'}",
    }


def server_command(settings: Settings) -> tuple[str, ...]:
    """What starts our own Prefect server, on loopback only."""
    where = ("--host", "127.0.0.1", "--port", str(settings.prefect_port))
    quiet = ("--no-ui", "--analytics-off")
    return (sys.executable, "-m", "prefect", "server", "start", *where, *quiet)


def _no_proxy(inherited: Mapping[str, str]) -> dict[str, str]:
    """A proxy must never stand between two processes of this machine."""
    known = inherited.get("NO_PROXY") or inherited.get("no_proxy") or ""
    hosts = ",".join(part for part in (known, "127.0.0.1", "localhost") if part)
    return {"NO_PROXY": hosts, "no_proxy": hosts}


def _credentials(settings: Settings) -> dict[str, str]:
    """Prefect's API runs code for whoever may write to it, so even on loopback it asks for a password."""
    if settings.prefect_auth is None:
        return {}
    return {
        "PREFECT_API_AUTH_STRING": settings.prefect_auth,
        "PREFECT_SERVER_API_AUTH_STRING": settings.prefect_auth,
    }
