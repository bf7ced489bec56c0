# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Things that are acted upon, as the policy sees them: whose they are, where they stand, what is to be done to them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cycle.programme import Programme
from cycle.standing import Standing
from cycle.words import Lifecycle, PartyRole, Stage


@dataclass(frozen=True, slots=True)
class Resource:
    """One thing. `kind` is the noun of the actions that can be done to it.

    parties: who takes part · owners: the persons whose own it is · bench: whose seat it is
    named: persons who were invited to sign it
    status: its stage or status · looking: an offer or a demand that waits for its counterpart
    party: for whom something is said here · standing, programme: of an exchange · by: role words of an agreement's step
    move, fact, says: what is to be done in the exchange; neither named stands for any
    """

    kind: str
    parties: frozenset[str] = frozenset()
    owners: frozenset[str] = frozenset()
    bench: str | None = None
    named: frozenset[str] = frozenset()
    status: str | None = None
    looking: bool = False
    party: str | None = None
    standing: Standing | None = None
    programme: Programme | None = None
    by: tuple[str, ...] = ()
    move: str | None = None
    fact: str | None = None
    says: Mapping[str, Any] = field(default_factory=dict)


HOUSE = Resource("house")
"""What is nobody's in particular."""


def of_parties(
    kind: str,
    parties: Iterable[str],
    *,
    party: str | None = None,
    status: str | None = None,
    by: Iterable[str] = (),
    move: str | None = None,
    owners: Iterable[str] = (),
    bench: str | None = None,
    named: Iterable[str] = (),
) -> Resource:
    """A thing of some parties; `party`: for which of them something is said; `by`: whose the step `move` is."""
    own = {"owners": frozenset(owners), "bench": bench, "named": frozenset(named)}
    return Resource(kind, frozenset(parties), party=party, status=status, by=tuple(by), move=move, **own)  # type: ignore[arg-type]


def of_person(kind: str, person: str, party: str | None = None) -> Resource:
    """A person's own thing, of one party or of none."""
    return Resource(kind, frozenset({party} if party else ()), owners=frozenset({person}))


def of_exchange(
    standing: Standing,
    programme: Programme | None = None,
    *,
    kind: str = "exchange",
    move: str | None = None,
    fact: str | None = None,
    says: Mapping[str, Any] | None = None,
) -> Resource:
    """An exchange, or something of its own (a paper, a piece of evidence: `kind`)."""
    return Resource(
        kind,
        taking_part(standing),
        status=standing.stage,
        looking=is_looking(standing),
        standing=standing,
        programme=programme,
        move=move,
        fact=fact,
        says=says or {},
    )


def taking_part(standing: Standing) -> frozenset[str]:
    """Members, and until the match also those who answered."""
    answered = standing.candidates() if standing.stage in (Stage.DRAFT, standing.door) else ()
    return frozenset({*standing.members(), *answered})


def is_looking(standing: Standing) -> bool:
    """Whether an offer or a demand still waits for its counterpart; a partner that facilitates is none."""
    if standing.lifecycle != Lifecycle.ACTIVE or standing.stage != standing.door:
        return False
    return {*standing.members(PartyRole.OFFERS), *standing.members(PartyRole.ASKS)} == {standing.first_party}
