# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Tokens: shown once, known by their digest alone, and never more than they were made for."""

from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from people.actors import OPERATOR, Actor, Role
from services.errors import NotFound, Refused, Stale
from services.persons import hold_real_seats
from services.tokens import TokenRefused, authenticate, create_token, list_tokens, revoke_token, show_token
from storage.store import Store
from storage.tables import tokens
from tests.accounts import end_roles, invite, person_of
from tests.cast import ALDO, ANA, BRUNO, CARLA
from tests.house import House, furnish


@pytest.fixture
def house(store: Store, tmp_path: Path) -> House:
    return furnish(store, tmp_path)


def test_a_token_stands_for_its_own_person_in_its_role(house: House) -> None:
    made = create_token(
        house.desk, OPERATOR, "Brasil's own system", role=Role.FOCAL_POINT, party="BR", scopes=["write"]
    )
    come = authenticate(house.desk, made.secret)
    assert come.actor == Actor(made.person, Role.FOCAL_POINT, "BR")
    assert come.scopes == {"write"}
    with house.desk.store.read() as connection:
        assert not hold_real_seats(connection)


def test_the_secret_is_nowhere_in_the_database(house: House) -> None:
    made = create_token(house.desk, OPERATOR, "a")
    with house.desk.store.read() as connection:
        (row,) = connection.execute(select(tokens)).all()
    assert made.secret not in str(row)
    assert row.secret_hash == sha256(made.secret.encode()).hexdigest()
    assert len(made.secret) >= 43


@pytest.mark.parametrize("secret", ["", "minga_", "x" * 10_000, "é"])
def test_a_secret_nobody_was_given_opens_nothing(house: House, secret: str) -> None:
    create_token(house.desk, OPERATOR, "a")
    with pytest.raises(TokenRefused):
        authenticate(house.desk, secret)


def test_a_token_ends_on_its_day_or_when_it_is_revoked(house: House) -> None:
    brief = create_token(house.desk, OPERATOR, "brief", expires_in_days=2)
    house.clock.on(days=1, hours=23)
    assert authenticate(house.desk, brief.secret).token == brief.id
    house.clock.on(hours=1)
    with pytest.raises(TokenRefused):
        authenticate(house.desk, brief.secret)
    lasting = create_token(house.desk, OPERATOR, "lasting")
    assert authenticate(house.desk, lasting.secret).token == lasting.id
    revoke_token(house.desk, OPERATOR, lasting.id)
    with pytest.raises(TokenRefused):
        authenticate(house.desk, lasting.secret)
    with pytest.raises(NotFound):
        revoke_token(house.desk, OPERATOR, lasting.id)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"name": " "}, "token.name_missing"),
        ({"role": "operator"}, "token.role_unknown"),
        ({"role": "system"}, "token.role_unknown"),
        ({"role": "king"}, "token.role_unknown"),
        ({"role": "focal_point"}, "token.party_wrong"),
        ({"party": "BR"}, "token.party_wrong"),
        ({"role": "focal_point", "party": "XX"}, "country.unknown"),
        ({"role": "bench_delegate", "party": "PE"}, "token.bench_wrong"),
        ({"role": "focal_point", "party": "PE", "bench": "workers"}, "token.bench_wrong"),
        ({"role": "bench_delegate", "party": "PE", "bench": "bishops"}, "token.bench_unknown"),
        ({"scopes": []}, "token.scope_unknown"),
        ({"scopes": ["read", "fly"]}, "token.scope_unknown"),
        ({"role": "focal_point", "party": "BR", "scopes": ["metrics"]}, "token.scope_beyond_role"),
        ({"expires_in_days": 0}, "token.expiry_wrong"),
        ({"expires_in_days": 367}, "token.expiry_wrong"),
        ({"expires_in_days": 10_000_000}, "token.expiry_wrong"),
    ],
)
def test_a_token_that_makes_no_sense_is_not_made(house: House, asked: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        create_token(house.desk, OPERATOR, **{"name": "a", **asked})  # type: ignore[arg-type]
    assert refusal.value.code == code
    with house.desk.store.read() as connection:
        assert connection.execute(select(tokens)).all() == []


def test_only_those_whose_it_is_make_see_and_end_tokens(house: House) -> None:
    made = create_token(house.desk, OPERATOR, "a")
    with pytest.raises(Refused):
        create_token(house.desk, ALDO.actor, "b")
    for who in (ALDO, BRUNO):
        with pytest.raises(NotFound):
            revoke_token(house.desk, who.actor, made.id)
        with pytest.raises(NotFound):
            show_token(house.desk, who.actor, made.id)
    with pytest.raises(Refused):
        list_tokens(house.desk, ALDO.actor)


def test_a_focal_point_makes_keys_of_its_own_country_that_are_never_more_than_itself(house: House) -> None:
    bruno = Actor(person_of(house, invite(house, "Bruno", Role.FOCAL_POINT, "BR")), Role.FOCAL_POINT, "BR")
    own = create_token(house.desk, bruno, "our register", role=Role.FOCAL_POINT, party="BR", scopes=["write"])
    assert authenticate(house.desk, own.secret).actor == bruno
    for asked in (
        {"role": Role.FOCAL_POINT, "party": "PE"},
        {"role": Role.BENCH_DELEGATE, "party": "BR", "bench": "workers"},
        {"role": Role.SECRETARIAT},
        {"role": Role.AUDITOR},
    ):
        with pytest.raises(Refused):
            create_token(house.desk, BRUNO.actor, "more", **asked)
    assert [token.id for token in list_tokens(house.desk, BRUNO.actor).items] == [own.id]
    assert list_tokens(house.desk, CARLA.actor).items == ()
    with pytest.raises(NotFound):
        revoke_token(house.desk, CARLA.actor, own.id)
    assert revoke_token(house.desk, BRUNO.actor, own.id, if_match=1).version == 2
    with pytest.raises(TokenRefused):
        authenticate(house.desk, own.secret)


def test_no_officer_makes_the_key_of_a_country(house: House) -> None:
    ana = person_of(house, invite(house, "Ana", Role.SECRETARIAT))
    made = create_token(house.desk, Actor(ana, Role.SECRETARIAT), "our site", role=Role.MANAGER)
    assert authenticate(house.desk, made.secret).actor == Actor(ana, Role.MANAGER)
    with pytest.raises(Refused) as refusal:
        create_token(house.desk, ANA.actor, "theirs", role=Role.FOCAL_POINT, party="BR")
    assert refusal.value.code == "permission.token_reach"


def test_a_token_ends_with_the_role_of_its_maker_and_the_operators_stays(house: House) -> None:
    address = invite(house, "Bruno", Role.FOCAL_POINT, "BR")
    bruno = Actor(person_of(house, address), Role.FOCAL_POINT, "BR")
    asked = {"role": Role.FOCAL_POINT, "party": "BR"}
    own = create_token(house.desk, bruno, "our register", **asked)  # type: ignore[arg-type]
    given = create_token(house.desk, OPERATOR, "Brasil's own system", **asked)  # type: ignore[arg-type]
    end_roles(house, address, "BR")
    with pytest.raises(TokenRefused):
        authenticate(house.desk, own.secret)
    assert authenticate(house.desk, given.secret).token == given.id


def test_nobody_makes_a_key_of_what_was_lent_to_them(house: House) -> None:
    lent = Actor("bruno", Role.FOCAL_POINT, "BR", on_behalf_of="person:someone")
    with pytest.raises(Refused) as refusal:
        create_token(house.desk, lent, "for good", role=Role.FOCAL_POINT, party="BR", scopes=["write"])
    assert refusal.value.code == "token.not_through_delegation"


def test_tokens_are_listed_by_page_and_without_secrets(house: House) -> None:
    made = [create_token(house.desk, OPERATOR, f"key {number}") for number in range(3)]
    first = list_tokens(house.desk, ANA.actor, limit=2)
    rest = list_tokens(house.desk, ANA.actor, after=str(first.next), limit=2)
    assert [token.id for token in (*first.items, *rest.items)] == sorted(one.id for one in made)
    assert rest.next is None
    assert made[0].secret not in str(first)


def test_a_page_of_tokens_longer_than_any_door_asks_for_ends_with_its_cursor(house: House) -> None:
    made = create_token(house.desk, OPERATOR, "key")
    row = {"name": "key", "person": made.person, "role": "secretariat", "scopes": "read", "created_at": "2026"}
    many = [{**row, "id": f"token-{number:03}", "secret_hash": f"{number}"} for number in range(300)]
    house.desk.store.write(lambda connection: connection.execute(insert(tokens), many))
    page = list_tokens(house.desk, ANA.actor, limit=250)
    assert (len(page.items), page.next) == (250, page.items[-1].id)


def test_a_token_that_changed_or_is_in_use_is_not_ended(house: House) -> None:
    made = create_token(house.desk, OPERATOR, "a")
    with pytest.raises(Stale):
        revoke_token(house.desk, ANA.actor, made.id, if_match=2)
    with pytest.raises(Refused) as refusal:
        revoke_token(house.desk, ANA.actor, made.id, using=made.id)
    assert refusal.value.code == "token.in_use"
    assert show_token(house.desk, ANA.actor, made.id).version == 1
