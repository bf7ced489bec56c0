# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Reading rights in SQL: over whatever standings and whoever reads, the query finds just what the policy allows."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import select

from cycle.standing import Standing
from cycle.words import Door, Lifecycle, PartyRole, Stage
from observatory.reading import readable
from people.actors import OF_A_PARTY, Actor, Role
from people.policy import can
from people.resources import of_exchange
from storage.exchanges import save
from storage.store import Store
from storage.tables import exchanges
from tests.house import House, furnish

PARTIES = ("BR", "PE", "CO", "org-ilo")
READERS = tuple(
    Actor("r", role, party, "workers" if role is Role.BENCH_DELEGATE else None)
    for role in Role
    for party in ((*PARTIES, "CL", None) if role in OF_A_PARTY or role is Role.SIGNATORY else (None,))
)
DOORS = tuple(door.value for door in Door)
ROLES = tuple(role.value for role in PartyRole)
DAYS: dict[str, list[tuple[str | None, str | None]]] = {
    "member": [("2026-01-05", None)],
    "candidate": [(None, None), ("2026-01-05", "2026-02-05")],
    "declined": [(None, None), ("2026-01-05", "2026-02-05")],
    "left": [("2026-01-05", "2026-02-05")],
}


@some.composite
def a_party(draw: some.DrawFn) -> dict[str, Any]:
    status = draw(some.sampled_from(sorted(DAYS)))
    joined_on, left_on = draw(some.sampled_from(DAYS[status]))
    roles = sorted(draw(some.sets(some.sampled_from(ROLES), max_size=2)))
    told = {"kind": "country", "roles": roles, "status": status, "institution": None, "seq": 1}
    return {**told, "joined_on": joined_on, "left_on": left_on}


any_standing = some.builds(
    Standing,
    exchange=some.just(""),
    programme=some.just("regional-initiative"),
    programme_version=some.just(1),
    title=some.just("Natural rubber"),
    origin=some.just("entered"),
    weight=some.just("standard"),
    door=some.sampled_from(DOORS),
    stage=some.sampled_from([Stage.OFFER.value, Stage.DEMAND.value, *(stage.value for stage in Stage)]),
    lifecycle=some.sampled_from([Lifecycle.ACTIVE.value, *(lifecycle.value for lifecycle in Lifecycle)]),
    first_party=some.sampled_from(PARTIES),
    entered_on=some.just("2026-01-05"),
    parties=some.dictionaries(some.sampled_from(PARTIES), a_party()),
)
at_its_door = any_standing.map(lambda standing: replace(standing, stage=standing.door, lifecycle="active"))
a_standing = any_standing | at_its_door


def found(store: Store, reader: Actor) -> set[str]:
    with store.read() as connection:
        return set(connection.scalars(select(exchanges.c.id).where(readable(reader))))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(standings=some.lists(a_standing, min_size=5, max_size=25))
def test_the_query_finds_just_what_the_policy_allows(store: Store, standings: list[Standing]) -> None:
    named = [replace(standing, exchange=f"x{number:03}") for number, standing in enumerate(standings)]
    store.write(lambda connection: connection.exec_driver_sql("DELETE FROM exchanges").rowcount)
    store.write(lambda connection: connection.exec_driver_sql("DELETE FROM parties").rowcount)
    for standing in named:
        store.write(lambda connection, it=standing: save(connection, None, it, ()))  # type: ignore[misc]
    for reader in READERS:
        allowed = {each.exchange for each in named if can(reader, "exchange.read", of_exchange(each)).allowed}
        assert found(store, reader) == allowed, reader


@pytest.fixture
def house(store: Store, tmp_path: Any) -> House:
    return furnish(store, tmp_path)


def test_an_offer_is_read_by_who_could_answer_and_a_match_by_its_parties(house: House) -> None:
    offer, match = house.offered("Offer"), house.matched("Match")
    focal_points = {party: Actor("f", Role.FOCAL_POINT, party) for party in ("BR", "PE", "CO")}
    assert {party: found(house.desk.store, reader) for party, reader in focal_points.items()} == {
        "BR": {offer, match},
        "PE": {offer, match},
        "CO": {offer},
    }
    assert found(house.desk.store, Actor("w", Role.BENCH_DELEGATE, "CO", "workers")) == set()
    assert found(house.desk.store, Actor("public", Role.PUBLIC)) == set()
