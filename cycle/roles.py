# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Who may do a thing in one exchange: role words become holders.

The engine names holders in its refusals and the policy checks an actor against the same ones: one call, two uses.
A holder is a text: `secretariat`, `system`, `party:BR`, `bench:PE/employers`.
"""

from collections.abc import Iterable

from cycle.standing import Standing
from cycle.words import PartyRole

SECRETARIAT = "secretariat"
SYSTEM = "system"
PARTY = "party"
REQUESTER = "requester"
PROVIDER = "provider"
COUNTERPART = "counterpart"
CANDIDATE = "candidate"
ANYONE = "anyone"
BENCH = "bench"

ROLE_WORDS = (SECRETARIAT, SYSTEM, PARTY, REQUESTER, PROVIDER, COUNTERPART, CANDIDATE, BENCH, ANYONE)


def party_holder(party: str) -> str:
    return f"party:{party}"


def bench_holder(party: str, bench: str) -> str:
    return f"bench:{party}/{bench}"


def parties_playing(role: str, standing: Standing) -> tuple[str, ...]:
    """The parties a role word stands for in this exchange, in code order."""
    match role:
        case "party":
            return standing.members()
        case "requester":
            return standing.members(PartyRole.ASKS)
        case "provider":
            return standing.members(PartyRole.OFFERS)
        case "counterpart":
            return tuple(p for p in standing.members() if p != standing.first_party)
        case "candidate":
            # Where several answered, the first party chooses among them: none of them chooses itself.
            return standing.candidates() if len(standing.counterparts()) == 1 else ()
        case _:
            return ()


def who_may(
    by: Iterable[str], standing: Standing, of: Iterable[str] = (), benches: Iterable[str] = ()
) -> tuple[str, ...]:
    """The holders of the role words `by`, kept to the parties `of` when those are named."""
    only = frozenset(of)
    holders: list[str] = []
    for role in by:
        if role in (SECRETARIAT, SYSTEM, ANYONE):
            holders.append(role)
        elif role == BENCH:
            parties = only or standing.members(kind="country")
            holders += [bench_holder(p, b) for p in sorted(parties) for b in benches]
        else:
            named = [p for p in parties_playing(role, standing) if not only or p in only]
            holders += [party_holder(p) for p in named]
    return tuple(dict.fromkeys(holders))
