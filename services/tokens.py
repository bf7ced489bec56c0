# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Tokens: secrets by which programs come in. Shown once, stored as their SHA-256, found again by that alone.

Every token ends by itself. Those that the operator makes on the server act as a person of their own; those that somebody
makes for their own programs act as their maker, so that nobody is two officers of one country, and end with the role.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, insert, select, update

from cycle.checking import party_kind
from ledger.instants import instant
from people.actors import OF_A_PARTY, Actor, Role
from people.policy import can, ever, may_hand_on
from people.resources import HOUSE, Resource, of_parties
from services.accounts import actors_of, giver_of
from services.desk import Desk
from services.errors import NotFound, ServiceError, Stale, refused, require
from services.persons import find
from services.sign_in.keys import hash_of
from storage.tables import persons, tokens

PREFIX = "minga_"
METRICS = "metrics"
SCOPES = ("read", "write", METRICS)
GRANTABLE = tuple(role for role in Role if role not in (Role.OPERATOR, Role.SYSTEM, Role.SIGNATORY, Role.PUBLIC))
ORDINARY_DAYS = 90
LONGEST_DAYS = 366
LIVING, REVOKED = 1, 2
FOR_EVER = "~"
"""Stands behind every instant."""


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
    expires_at: str


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it stands, without its secret. `version` is its ETag: 1 while it lives, 2 once it is revoked."""

    id: str
    name: str
    person: str
    role: str
    party: str | None
    bench: str | None
    scopes: tuple[str, ...]
    created_at: str
    expires_at: str | None
    revoked_at: str | None
    version: int


@dataclass(frozen=True, slots=True)
class Tokens:
    """Some tokens, and the id after which the next page begins; None when there is none."""

    items: tuple[Token, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whoever came with a token: the actor it stands for, and what it lets be done.

    until: when the token ends; None for whoever came by a session
    """

    token: str
    actor: Actor
    scopes: frozenset[str]
    until: str | None = None


def create_token(
    desk: Desk,
    actor: Actor,
    name: str,
    *,
    role: str = Role.SECRETARIAT,
    party: str | None = None,
    bench: str | None = None,
    scopes: Iterable[str] = ("read",),
    expires_in_days: int = ORDINARY_DAYS,
    within: Bearer | None = None,
) -> Created:
    """Creates a token that lasts so many days. Raises Refused.

    within: with what its maker came; another token is neither widened nor outlived
    No key makes it safe to repeat: an answer kept for that would hold the secret.
    """
    require(can(actor, "token.create", _of(party)))
    if giver_of(actor):
        raise refused("token.not_through_delegation", "a token is made in person, and hands on nothing lent")
    granted = tuple(sorted(set(scopes)))
    _check(name, role, party, bench, granted, expires_in_days)
    _check_reach(actor, role)
    _check_within(within, granted, _expiry(desk, expires_in_days))
    secret = PREFIX + secrets.token_urlsafe(32)

    def work(connection: Connection) -> Created:
        _check_party(desk, connection, party, bench)
        made = Created(
            id=desk.identifiers.new(),
            name=name.strip(),
            secret=secret,
            person=desk.identifiers.new() if actor.role is Role.OPERATOR else actor.person,
            role=role,
            party=party,
            bench=bench,
            scopes=granted,
            expires_at=_expiry(desk, expires_in_days),
        )
        _store(connection, made, desk.now(), is_own=made.person == actor.person)
        return made

    return desk.store.write(work)


def authenticate(desk: Desk, secret: str) -> Bearer:
    """Who comes with this secret. Raises TokenRefused.

    It is looked up by its digest, so how long the answer takes tells nothing about any stored secret.
    """
    with desk.store.read() as connection:
        row = connection.execute(select(tokens).where(tokens.c.secret_hash == hash_of(secret))).first()
        if (
            row is None
            or row.revoked_at is not None
            or (row.expires_at is not None and row.expires_at <= desk.now())
            or not _is_still_given(desk, connection, row)
        ):
            raise TokenRefused("a token that is known, not expired and not revoked")
    actor = Actor(row.person, Role(row.role), row.party, row.bench)
    return Bearer(row.id, actor, frozenset(row.scopes.split(",")), row.expires_at or FOR_EVER)


def _is_still_given(desk: Desk, connection: Connection, row: Any) -> bool:
    """Whether a person who made a token still holds what it acts as; those the operator made end by themselves alone."""
    maker = find(connection, row.person)
    if maker is not None and maker.kind == "service":
        return maker.erased_at is None
    held = actors_of(connection, row.person, desk.now())
    is_officer = row.role not in OF_A_PARTY and Actor(row.person, Role.SECRETARIAT) in held
    return is_officer or Actor(row.person, Role(row.role), row.party, row.bench) in held


def list_tokens(desk: Desk, actor: Actor, *, after: str = "", limit: int = 50) -> Tokens:
    """A page of the tokens an actor may see, oldest first. Raises Refused."""
    require(can(actor, "token.list"))
    query = select(tokens).where(tokens.c.id > after).order_by(tokens.c.id)
    if not can(actor, "token.read").allowed:
        query = query.where(tokens.c.party == actor.party)
    with desk.store.read() as connection:
        found = connection.execute(query.limit(limit + 1)).all()
    page = tuple(_token_of(row) for row in found[:limit])
    return Tokens(page, page[-1].id if len(found) > limit else None)


def show_token(desk: Desk, actor: Actor, token: str) -> Token:
    """One token, never its secret. Raises NotFound."""
    with desk.store.read() as connection:
        return _found(connection, actor, token)


def revoke_token(
    desk: Desk, actor: Actor, token: str, *, if_match: int | None = None, using: str | None = None
) -> Token:
    """Ends a token at once, by its id. Raises Refused, NotFound, Stale.

    using: the token that the request itself came with; a program does not lock itself out by a slip.
    """

    def work(connection: Connection) -> Token:
        known = _found(connection, actor, token)
        if token == using:
            raise refused("token.in_use", "another token, or `minga token revoke`, ends the one in use")
        require(can(actor, "token.revoke", _of(known.party)), NotFound(f"no token {token}", token=token))
        if if_match not in (None, known.version):
            raise Stale(f"{token} is at version {known.version}", version=known.version)
        living = update(tokens).where(tokens.c.id == token, tokens.c.revoked_at.is_(None))
        if connection.execute(living.values(revoked_at=desk.now())).rowcount != 1:
            raise NotFound(f"no living token {token}", token=token)
        return _found(connection, actor, token)

    return desk.store.write(work)


def _of(party: str | None) -> Resource:
    """A token as the policy sees it: its party's, or the house's."""
    return of_parties("token", (party,)) if party else HOUSE


def _found(connection: Connection, actor: Actor, token: str) -> Token:
    row = connection.execute(select(tokens).where(tokens.c.id == token)).first()
    if row is None or not can(actor, "token.read", _of(row.party)).allowed:
        raise NotFound(f"no token {token}", token=token)
    return _token_of(row)


def _token_of(row: Any) -> Token:
    known = {name: row._mapping[name] for name in Token.__dataclass_fields__ if name not in ("scopes", "version")}
    return Token(**known, scopes=tuple(row.scopes.split(",")), version=REVOKED if row.revoked_at else LIVING)


def _check(name: str, role: str, party: str | None, bench: str | None, scopes: tuple[str, ...], days: int) -> None:
    if not name.strip():
        raise refused("token.name_missing", "a token says what it is for")
    if role not in GRANTABLE:
        raise refused("token.role_unknown", f"a role is one of: {', '.join(GRANTABLE)}", role=role)
    if (role in OF_A_PARTY) != (party is not None):
        raise refused("token.party_wrong", f"a {role} acts for {'a' if role in OF_A_PARTY else 'no single'} party")
    if (role == Role.BENCH_DELEGATE) != (bench is not None):
        raise refused("token.bench_wrong", "a bench delegate, and nobody else, sits on a bench")
    if not scopes or not set(scopes) <= set(SCOPES):
        raise refused("token.scope_unknown", f"scopes are {', '.join(SCOPES)}", scopes=list(scopes))
    if METRICS in scopes and not ever(Role(role), "metrics.read"):
        raise refused("token.scope_beyond_role", f"a {role} reads no figures of the process", scope=METRICS, role=role)
    if not 1 <= days <= LONGEST_DAYS:
        raise refused("token.expiry_wrong", f"a token lasts 1 to {LONGEST_DAYS} days", days=days)


def _check_reach(actor: Actor, role: str) -> None:
    if not may_hand_on(actor, Role(role)):
        raise refused("permission.token_reach", f"a {actor.role} makes no token that acts as a {role}", role=role)


def _check_within(come: Bearer | None, scopes: tuple[str, ...], expires_at: str) -> None:
    """A token makes none that may more than itself, or that outlives it."""
    if come is None or come.until is None:
        return
    if not come.scopes.issuperset(scopes) or expires_at > come.until:
        raise refused("permission.token_reach", "a token makes none with more scopes or a later end than its own")


def _check_party(desk: Desk, connection: Connection, party: str | None, bench: str | None) -> None:
    """The party and bench are some programme's, so that a slip of the pen makes no token of nobody."""
    if party is None:
        return
    published = desk.published(connection)
    if all(party_kind(programme, party) is None for programme in published):
        raise refused("country.unknown", f"a member country of a published programme; {party} is none", party=party)
    if bench is not None and all(bench not in programme.benches for programme in published):
        raise refused("token.bench_unknown", f"a bench of a published programme; {bench} is none", bench=bench)


def _expiry(desk: Desk, days: int) -> str:
    return instant(desk.clock() + timedelta(days=days))


def _store(connection: Connection, made: Created, now: str, *, is_own: bool) -> None:
    if not is_own:
        person = {"id": made.person, "name": made.name, "kind": "service", "specimen": 0, "created_at": now}
        connection.execute(insert(persons), person)
    row = {
        "id": made.id,
        "name": made.name,
        "secret_hash": hash_of(made.secret),
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
