# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Playing an agreement without any database: what is decided is folded, as in a service."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from agreements import agreement as a
from agreements import decide
from agreements.agreement import Agreement, begin, evolve
from cycle.moment import Moment
from cycle.refusals import Refusal

NOW = Moment.of("2026-03-02T12:00:00.000Z", "2026-03-02T12:00:00.000Z", "America/Lima")
HASH = "0" * 64


@dataclass(frozen=True)
class Told:
    """An event with its place in the stream."""

    type: str
    payload: Mapping[str, Any]
    seq: int
    occurred_at: str = NOW.occurred_at
    recorded_at: str = NOW.recorded_at


@dataclass
class Play:
    """One agreement being played."""

    standing: Agreement
    events: list[Told]

    @classmethod
    def drafted(cls) -> "Play":
        payload = {
            "programme": "p",
            "programme_version": 1,
            "title": "Agreement",
            "register": "binding",
            "specimen": False,
            "reference": "AGR-2026-0001",
            "parties": ["BR", "PE"],
            "exchanges": ["x1"],
        }
        event = Told(a.DRAFTED, payload, 1)
        return cls(begin("a1", event), [event])

    def take(self, decided: Any) -> "Play":
        assert not isinstance(decided, Refusal), decided
        for happening in decided:
            self.hear(happening.type, **happening.payload)
        return self

    def hear(self, event_type: str, **payload: Any) -> "Play":
        event = Told(event_type, payload, self.standing.seq + 1)
        self.standing = evolve(self.standing, event)
        self.events.append(event)
        return self

    def step(self, name: str, **says: Any) -> "Play":
        return self.take(decide.decide_step(self.standing, name, says, NOW))

    def try_step(self, name: str, **says: Any) -> Any:
        return decide.decide_step(self.standing, name, says, NOW)

    def text(self) -> "Play":
        return self.take(decide.propose_text(self.standing, HASH, "a text"))

    def lists(self, party: str) -> "Play":
        said = {"party": party, "name": "N", "title": "Minister", "institution": "M"}
        return self.take(decide.list_signatory(self.standing, said))

    def try_receive(self, party: str, by: str = "one", signed_on: str = "2026-03-01", **more: Any) -> Any:
        said = {"party": party, "signed_on": signed_on, **more}
        return decide.receive_counterpart(self.standing, said, by, NOW)

    def receive(self, party: str) -> "Play":
        return self.take(self.try_receive(party))

    def try_confirm(self, party: str, by: str = "another") -> Any:
        return decide.confirm_counterpart(self.standing, {"party": party}, by, NOW)

    def confirm(self, party: str) -> "Play":
        return self.take(self.try_confirm(party))


def opened() -> Play:
    play = Play.drafted().step("open_negotiation").text().step("send_for_clearance")
    return play.lists("BR").lists("PE").step("open_for_signature")


def signed() -> Play:
    return opened().receive("BR").confirm("BR").receive("PE").confirm("PE")


def in_force() -> Play:
    return signed().step("seal").step("bring_into_force")
