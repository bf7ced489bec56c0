# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The standing: all a decision about one exchange reads, in one bounded value.

Per party, bench and paper it holds one value; of every collection only the counters that requirements read. So a
decision costs the same on the ten-thousandth event as on the tenth.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cycle.words import SPECIMENS, Door, Lifecycle, PartyRole, Stage, place


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one exchange stands after its event `seq`.

    changed_seq: the last event but those about papers: the ETag
    parties: code → {kind, roles, status: candidate|member|declined|left, institution}
    said: key → value, what was said once: `sheet.offer.institution`, `lessons/PE`, `decision`
    words: `paper/party/bench` → {word, version, since}, a bench's word on a paper
    texts: paper → version of its text; a word on an earlier version does not count
    counts: counters over the collections (activities, measures …)
    met: code of a need → how it was met without being satisfied (waived, not available)
    owed: codes of later needs that a move left open
    agreements: agreement id → {effect, reference, parties}
    """

    exchange: str
    programme: str
    programme_version: int
    title: str
    origin: str
    weight: str
    door: str
    stage: str
    lifecycle: str
    first_party: str
    reference: str | None = None
    lap: int = 0
    entered_on: str | None = None
    moved_at: str | None = None
    due_on: str | None = None
    review_on: str | None = None
    source: str | None = None
    before_minga: str | None = None
    seq: int = 0
    changed_seq: int = 0
    recorded_at: str = ""
    parties: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    said: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    texts: Mapping[str, int] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    met: Mapping[str, str] = field(default_factory=dict)
    owed: tuple[str, ...] = ()
    agreements: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def members(self, role: str | None = None, kind: str | None = None) -> tuple[str, ...]:
        """Codes of the parties that belong to the exchange, in order."""
        return tuple(
            sorted(
                code
                for code, party in self.parties.items()
                if party["status"] == "member"
                and (role is None or role in party["roles"])
                and (kind is None or party["kind"] == kind)
            )
        )

    def candidates(self) -> tuple[str, ...]:
        """Codes of those who answered and were not yet chosen."""
        return tuple(sorted(c for c, party in self.parties.items() if party["status"] == "candidate"))

    def others(self) -> frozenset[str]:
        """Codes of all who could become the first party's counterpart: members and those who answered."""
        return frozenset({*self.members(), *self.candidates()} - {self.first_party})

    def counterparts(self) -> tuple[str, ...]:
        """Codes of those who are the first party's counterpart without being named; a partner that helps is none."""
        role = PartyRole.ASKS if self.door == Door.OFFER else PartyRole.OFFERS
        return tuple(sorted(({*self.members(role), *self.candidates()}) - {self.first_party}))

    def count(self, counter: str) -> int:
        return self.counts.get(counter, 0)

    def text_version(self, paper: str) -> int:
        return self.texts.get(paper, 1)

    def place(self, stage: str | None = None) -> int:
        """How far along its own path a stage (by default the present one) lies."""
        return place(stage or self.stage, self.door)

    @property
    def is_specimen(self) -> bool:
        return self.origin in SPECIMENS

    @property
    def flags(self) -> tuple[str, ...]:
        """What is remarkable about it, as a register or somebody said, in order."""
        return tuple(sorted(key.removeprefix("flag.") for key in self.said if key.startswith("flag.")))

    @property
    def is_placed(self) -> bool:
        """Whether a stage is known at all: an imported exchange may wait for its dated stage facts."""
        return self.entered_on is not None

    @property
    def awaited_on(self) -> str | None:
        """The day by which something is to happen: the last of the allowance, or of a rest the one it is looked at again."""
        if self.stage in (Stage.DRAFT, Stage.CLOSED):
            return None
        return {Lifecycle.ACTIVE: self.due_on, Lifecycle.SUSPENDED: self.review_on}.get(Lifecycle(self.lifecycle))

    @property
    def is_executing(self) -> bool:
        """Whether it runs under its instrument: from execution on, until it is closed or ends otherwise."""
        under_way = self.stage not in STAGES_BEFORE_EXECUTION and self.stage != Stage.CLOSED
        return under_way and self.lifecycle not in ENDED

    @property
    def unbound(self) -> tuple[str, ...]:
        """Codes of the parties that offer or ask and that no agreement in effect names, as a successor before it signs."""
        bound = {p for a in self.agreements.values() if a["effect"] in IN_EFFECT for p in a["parties"]}
        return tuple(sorted({*self.members(PartyRole.OFFERS), *self.members(PartyRole.ASKS)} - bound))


def roles_of(role: str) -> list[str]:
    """The roles a role word stands for: *both* offers and asks."""
    return [PartyRole.ASKS.value, PartyRole.OFFERS.value] if role == "both" else [role]


def remembering(said: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """What is remembered after changes to it; None forgets."""
    return {key: value for key, value in {**said, **changes}.items() if value is not None}


IN_EFFECT = frozenset({"in_force", "provisional"})
STAGES_BEFORE_EXECUTION = frozenset({Stage.DRAFT, Stage.OFFER, Stage.DEMAND, Stage.COMMITMENT})
ENDED = frozenset(
    {Lifecycle.WITHDRAWN, Lifecycle.DECLINED, Lifecycle.EXPIRED, Lifecycle.TERMINATED, Lifecycle.COMPLETED}
)
