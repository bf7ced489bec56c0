# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Logs: JSON lines for machines, one an event, of known keys only. What people typed is in none of them.

A key that is not in `KEYS`, and a value that is not of its form, are left out. Of what libraries say only their own text is
kept, before anything was filled in; of an error its kind and where it arose, never its words.
"""

import logging
import re
import sys
from collections.abc import Iterator, Mapping, MutableMapping
from pathlib import Path
from traceback import extract_tb
from types import MappingProxyType, TracebackType
from typing import Any, TextIO

import structlog
from structlog.stdlib import ProcessorFormatter
from structlog.typing import EventDict, WrappedLogger

from api.present import request_id
from ledger.identifiers import Identifiers

MOST_FRAMES = 12
UUID = r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"

KEYS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        name: re.compile(form)
        for name, form in {
            "at": r"\d{4}-\d\d-\d\dT[\d:.]+Z",
            "level": r"[a-z]+",
            "event": r"[^@{}]{1,120}",
            "logger": r"[a-zA-Z_][\w.]*",
            "request_id": rf"{UUID}|[0-9a-f]{{32}}",
            "method": r"[A-Z]+|other",
            "route": r"/[\w/{}.:-]*|unknown",
            "status": r"\d{3}",
            "milliseconds": r"\d+(\.\d+)?",
            "code": r"[a-z_]+(\.[a-z_]+)?",
            "error": r"[A-Za-z_][\w.]*",
            "where": r".*",
            "role": r"[a-z_]+",
            "person": UUID,
            "duty": r"[a-z_.]+",
            "count": r"\d+",
        }.items()
    }
)
"""Every key a line may have, and the form of its value."""

SPOKEN_FOR = ("minga", "uvicorn")
"""Whose texts are constants with gaps; of every other library only the place that spoke is told."""

log: structlog.stdlib.BoundLogger = structlog.wrap_logger(
    logging.getLogger("minga.web"),
    processors=[ProcessorFormatter.wrap_for_formatter],
    wrapper_class=structlog.stdlib.BoundLogger,
)
"""The log of the web process. It says nothing before `configure`, except what is wrong."""

_of_this_run = Identifiers().new()


def configure(stream: TextIO | None = None, *, level: int = logging.INFO) -> None:
    """Sends everything that is logged in this process to a stream (stderr) as JSON lines."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        ProcessorFormatter(
            processors=[_told, structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"), allowed, _rendered],
            foreign_pre_chain=[_said_by_a_library],
            use_get_message=False,
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in SPOKEN_FOR:
        logging.getLogger(name).setLevel(level)
    for logger in _spoken_for_already():
        # Whoever set up logging before us gave them ways of their own, past our list of keys.
        logger.handlers.clear()
        logger.propagate = True
    logging.captureWarnings(True)


def _spoken_for_already() -> Iterator[logging.Logger]:
    for name, logger in list(logging.root.manager.loggerDict.items()):
        if isinstance(logger, logging.Logger) and name.partition(".")[0] in SPOKEN_FOR:
            yield logger


def _said_by_a_library(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    record: logging.LogRecord = event["_record"]
    if record.name.partition(".")[0] in SPOKEN_FOR and isinstance(record.msg, str):
        event["event"] = record.msg.strip().replace("%s", "…").replace("%d", "…")
    else:
        event["event"] = f"library.spoke at {Path(record.pathname).name}:{record.lineno}"
    return event


def _told(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """What every line has: level, logger, and the id of the request, or of this run of the process."""
    record: logging.LogRecord = event["_record"]
    event["level"], event["logger"] = record.levelname.lower(), record.name
    event["request_id"] = request_id() or _of_this_run
    error, trace = _mistake(event.get("exc_info"))
    if error is not None:
        event["error"], event["where"] = type(error).__name__, frames(trace)
    return event


def _mistake(said: object) -> tuple[BaseException | None, TracebackType | None]:
    match said:
        case BaseException():
            return said, said.__traceback__
        case (_, BaseException() as error, _):
            return error, error.__traceback__
        case _:
            return None, None


def frames(trace: TracebackType | None) -> list[str]:
    """Where an error arose, the innermost last: files, lines and functions, and nothing that was in them."""
    return [f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in extract_tb(trace)[-MOST_FRAMES:]]


def allowed(_: object, __: str, event: MutableMapping[str, Any]) -> EventDict:
    """An event without the keys that are not known, and without values that are not of their form."""
    return {name: event[name] for name in KEYS if name in event and _fits(name, event[name])}


def _fits(name: str, value: object) -> bool:
    values = value if isinstance(value, list) else [value]
    return all(isinstance(one, str | int | float) and KEYS[name].fullmatch(str(one)) for one in values)


_rendered = structlog.processors.JSONRenderer(ensure_ascii=False)
