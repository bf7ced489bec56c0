# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""A refusal: a command not obeyed, with every reason at once and who could cure each.

Codes are stable and documented in docs/refusals.md; texts may change.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing in the way: its stable code, what would satisfy it, and who could bring that.

    `who_could` holds `secretariat`, `system`, `party:BR` or `bench:PE/employers`.
    """

    code: str
    need: str
    who_could: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        told = {"code": self.code, "need": self.need, "who_could": list(self.who_could)}
        return {**told, **self.facts} if self.facts else told


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing happened: a code for the kind of refusal and all its reasons."""

    code: str
    reasons: tuple[Missing, ...]

    @classmethod
    def because(cls, code: str, need: str, **facts: Any) -> "Refusal":
        """A refusal with a single reason, which carries the same code."""
        return cls(code, (Missing(code, need, facts=facts),))
