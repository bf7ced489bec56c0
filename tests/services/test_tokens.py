"""Tokens: shown once, known by their digest alone, and never more than they were made for."""

from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import select

from people.actors import OPERATOR, Actor, Role
from services.errors import NotFound, Refused
from services.persons import hold_real_seats
from services.tokens import TokenRefused, authenticate, create_token, revoke_token
from storage.store import Store
from storage.tables import tokens
from tests.cast import ALDO, BRUNO
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
        ({"expires_in_days": 0}, "token.expiry_wrong"),
        ({"expires_in_days": 10_000_000}, "token.expiry_wrong"),
    ],
)
def test_a_token_that_makes_no_sense_is_not_made(house: House, asked: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        create_token(house.desk, OPERATOR, **{"name": "a", **asked})  # type: ignore[arg-type]
    assert refusal.value.code == code
    with house.desk.store.read() as connection:
        assert connection.execute(select(tokens)).all() == []


def test_only_those_who_run_the_house_make_and_end_tokens(house: House) -> None:
    made = create_token(house.desk, OPERATOR, "a")
    for who in (ALDO, BRUNO):
        with pytest.raises(Refused):
            create_token(house.desk, who.actor, "b")
        with pytest.raises(Refused):
            revoke_token(house.desk, who.actor, made.id)
