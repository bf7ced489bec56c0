# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Python imports this in every watched process: it writes down each address connected to or looked up."""

import os
import sys
from pathlib import Path
from typing import Any

_FILE = os.environ.get("CONNECTIONS_FILE")
_EVENTS = {"socket.connect": 1, "socket.getaddrinfo": 0, "socket.gethostbyname": 0}


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if _FILE and event in _EVENTS:
        where = arguments[_EVENTS[event]]
        host = where[0] if isinstance(where, tuple) else where
        with Path(_FILE).open("a") as file:
            file.write(f"{host}\n")


sys.addaudithook(_watch)
