# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What a service answers when it does not do what it was asked: stable codes, all reasons at once, nothing written."""

from collections.abc import Mapping
from typing import Any, TypeVar

from cycle.refusals import Missing, Refusal
from people.policy import Decision

T = TypeVar("T")


class ServiceError(Exception):
    """The root: `code` is stable, `reasons` are the engine's, `facts` are what a client needs to go on."""

    code = "service.error"

    def __init__(self, text: str, **facts: Any) -> None:
        super().__init__(text)
        self.facts: Mapping[str, Any] = facts

    @property
    def reasons(self) -> list[dict[str, Any]]:
        return []


class Refused(ServiceError):
    """The rules said no. Carries every reason, and who could cure each."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__("; ".join(f"{reason.code}: {reason.need}" for reason in refusal.reasons))
        self.refusal = refusal
        self.code = refusal.code

    @property
    def reasons(self) -> list[dict[str, Any]]:
        return [reason.as_dict() for reason in self.refusal.reasons]


class NotFound(ServiceError):
    """There is no such thing, or none that this actor may know of: the two are told alike."""

    code = "not_found"


class Stale(ServiceError):
    """The thing changed since the client saw it; says what happened meanwhile."""

    code = "version.stale"


def refused(code: str, need: str, **facts: Any) -> Refused:
    """A refusal with one reason."""
    return Refused(Refusal(code, (Missing(code, need, facts=facts),)))


def unless_refused(decided: T | Refusal) -> T:
    """What the rules decided. Raises Refused where they said no."""
    if isinstance(decided, Refusal):
        raise Refused(decided)
    return decided


def require(decision: Decision, unknown: NotFound | None = None) -> None:
    """Goes on only where the policy allows it. Raises Refused; for what one may not know of, NotFound.

    unknown: what is raised for a thing that does not exist, so that nobody can tell the two apart
    """
    if not decision.known:
        raise unknown or NotFound("no such thing")
    if decision.refusal:
        raise Refused(decision.refusal)
