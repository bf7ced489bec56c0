# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Answering: the version of what was done or seen in the ETag, the address of what was begun in the Location."""

from typing import Protocol, TypeVar

from fastapi import Response

from services.asking import Answer


class Versioned(Protocol):
    """A thing that is shown with the version it stands at."""

    @property
    def version(self) -> int: ...


Shown = TypeVar("Shown", bound=Versioned)


def etag(version: int) -> str:
    return f'"{version}"'


def answered(response: Response, done: Answer) -> Answer:
    """What a command answers, with its ETag."""
    response.headers["ETag"] = etag(done["version"])
    return done


def begun(response: Response, done: Answer, noun: str, thing: str) -> Answer:
    """The same of a command that began something: `thing` is its id in the answer, `noun` the path it lies under."""
    response.headers["Location"] = f"/api/v1/{noun}/{done[thing]}"
    return answered(response, done)


def shown(response: Response, found: Shown) -> Shown:
    """What was asked to be seen, with its ETag."""
    response.headers["ETag"] = etag(found.version)
    return found
