"""Tokens: secrets by which programs come in. Shown once, stored as their SHA-256, found again by that alone."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import Connection, insert, select, update

from cycle.checking import party_kind
from ledger.instants import instant
from people.actors import OF_A_PARTY, Actor, Role
from people.policy import may_operate
from services.desk import Desk
from services.errors import NotFound, Refused, ServiceError, refused
from storage import programmes
from storage.tables import persons, tokens

PREFIX = "minga_"
SCOPES = ("read", "write")
GRANTABLE = tuple(role for role in Role if role not in (Role.OPERATOR, Role.SYSTEM, Role.SIGNATORY, Role.PUBLIC))
LONGEST_DAYS = 3660


class TokenRefused(ServiceError):
    """No token, or one that is unknown, has expired or was revoked: the four are told alike."""

    code = "token.refused"


@dataclass(frozen=True, slots=True)
class Created:
    """A new token. Nobody can read `secret` anywhere later."""

    id: str
    name: str
    secret: str
    person: str
    role: str
    party: str | None
    bench: str | None
    scopes: tuple[str, ...]
    expires_at: str | None


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whoever came with a token: the actor it stands for, and what it lets be done."""

    token: str
    actor: Actor
    scopes: frozenset[str]


def create_token(
    desk: Desk,
    actor: Actor,
    name: str,
    *,
    role: str = Role.SECRETARIAT,
    party: str | None = None,
    bench: str | None = None,
    scopes: Iterable[str] = ("read",),
    expires_in_days: int | None = None,
) -> Created:
    """Creates a token that acts as a person of its own. Raises Refused."""
    verdict = may_operate(actor)
    if verdict.refusal:
        raise Refused(verdict.refusal)
    granted = tuple(sorted(set(scopes)))
    _check(name, role, party, bench, granted, expires_in_days)
    secret = PREFIX + secrets.token_urlsafe(32)

    def work(connection: Connection) -> Created:
        _check_party(desk, connection, party, bench)
        made = Created(
            id=desk.identifiers.new(),
            name=name.strip(),
            secret=secret,
            person=desk.identifiers.new(),
            role=role,
            party=party,
            bench=bench,
            scopes=granted,
            expires_at=_expiry(desk, expires_in_days),
        )
        _store(connection, made, desk.now())
        return made

    return desk.store.write(work)


def authenticate(desk: Desk, secret: str) -> Bearer:
    """Who comes with this secret. Raises TokenRefused.

    It is looked up by its digest, so how long the answer takes tells nothing about any stored secret.
    """
    digest = sha256(secret.encode()).hexdigest()
    with desk.store.read() as connection:
        row = connection.execute(select(tokens).where(tokens.c.secret_hash == digest)).first()
    if row is None or row.revoked_at is not None or (row.expires_at is not None and row.expires_at <= desk.now()):
        raise TokenRefused("a token that is known, not expired and not revoked")
    actor = Actor(row.person, Role(row.role), row.party, row.bench)
    return Bearer(row.id, actor, frozenset(row.scopes.split(",")))


def revoke_token(desk: Desk, actor: Actor, token: str) -> None:
    """Ends a token at once, by its id. Raises Refused, NotFound."""
    verdict = may_operate(actor)
    if verdict.refusal:
        raise Refused(verdict.refusal)

    def work(connection: Connection) -> None:
        living = update(tokens).where(tokens.c.id == token, tokens.c.revoked_at.is_(None))
        if connection.execute(living.values(revoked_at=desk.now())).rowcount != 1:
            raise NotFound(f"no living token {token}", token=token)

    desk.store.write(work)


def _check(
    name: str, role: str, party: str | None, bench: str | None, scopes: tuple[str, ...], days: int | None
) -> None:
    if not name.strip():
        raise refused("token.name_missing", "a token says what it is for")
    if role not in GRANTABLE:
        raise refused("token.role_unknown", f"a role is one of: {', '.join(GRANTABLE)}", role=role)
    if (role in OF_A_PARTY) != (party is not None):
        raise refused("token.party_wrong", f"a {role} acts for {'a' if role in OF_A_PARTY else 'no single'} party")
    if (role == Role.BENCH_DELEGATE) != (bench is not None):
        raise refused("token.bench_wrong", "a bench delegate, and nobody else, sits on a bench")
    if not scopes or not set(scopes) <= set(SCOPES):
        raise refused("token.scope_unknown", f"scopes are {' and '.join(SCOPES)}", scopes=list(scopes))
    if days is not None and not 1 <= days <= LONGEST_DAYS:
        raise refused("token.expiry_wrong", f"a token lasts 1 to {LONGEST_DAYS} days", days=days)


def _check_party(desk: Desk, connection: Connection, party: str | None, bench: str | None) -> None:
    """The party and bench are some programme's, so that a slip of the pen makes no token of nobody."""
    if party is None:
        return
    published = [
        desk.programme(connection, str(slug)) for slug in {row["slug"] for row in programmes.listed(connection)}
    ]
    if all(party_kind(programme, party) is None for programme in published):
        raise refused("country.unknown", f"{party} is a member country of a published programme", party=party)
    if bench is not None and all(bench not in programme.benches for programme in published):
        raise refused("token.bench_unknown", f"{bench} is a bench of a published programme", bench=bench)


def _expiry(desk: Desk, days: int | None) -> str | None:
    return None if days is None else instant(desk.clock() + timedelta(days=days))


def _store(connection: Connection, made: Created, now: str) -> None:
    person = {"id": made.person, "name": made.name, "kind": "service", "specimen": 0, "created_at": now}
    connection.execute(insert(persons), person)
    row = {
        "id": made.id,
        "name": made.name,
        "secret_hash": sha256(made.secret.encode()).hexdigest(),
        "person": made.person,
        "role": made.role,
        "party": made.party,
        "bench": made.bench,
        "scopes": ",".join(made.scopes),
        "created_at": now,
        "expires_at": made.expires_at,
        "revoked_at": None,
    }
    connection.execute(insert(tokens), row)
