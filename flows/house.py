# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The house the flows work in: how to open a desk, told once by whoever starts this process.

A flow run takes no settings as parameters: they would lie in Prefect's database, and among them the
address of ours.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager

from services.desk import Desk

Opener = Callable[[], AbstractContextManager[Desk]]

_openers: list[Opener] = []


class HouseClosed(Exception):
    """A flow began in a process where nobody said how to open a desk."""

    code = "flows.house_closed"


def opens_with(opener: Opener) -> None:
    """From now on, flows in this process open their desk with `opener`."""
    _openers[:] = [opener]


def open_desk() -> AbstractContextManager[Desk]:
    """A desk for one task; each task opens its own, so that one that breaks leaves the others alone."""
    if not _openers:
        raise HouseClosed("call flows.house.opens_with first; minga.heartbeat does")
    return _openers[0]()
