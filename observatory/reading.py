# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Reading rights as part of the query: the table's rows for `exchange.read` and `agreement.read`, said in SQL, exactly.

What it lets through is what `can(reader, "exchange.read", …)` allows; a test compares the two over many standings.
"""

import json
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, exists, false, func, literal, or_, true
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from cycle.words import Lifecycle, PartyRole, Stage
from people.actors import Actor
from people.policy import rule_of
from people.table import ANY, Relation
from storage.tables import agreements, exchanges, parties

SIDES = tuple(f"%{role}%" for role in (PartyRole.OFFERS, PartyRole.ASKS))


def readable(reader: Actor, action: str = "exchange.read") -> ColumnElement[bool]:
    """The rows of `exchanges` a reader may know of."""
    ways = rule_of(action).relations_of(reader.role)
    if ways == ANY:
        return true()
    clauses = {Relation.PARTY: _takes_part(reader.party or ""), Relation.INVITED: _looks()}
    return or_(false(), *(clause for way, clause in clauses.items() if way in ways))


def readable_agreements(reader: Actor) -> ColumnElement[bool]:
    """The rows of `agreements` a reader may know of, signatories left out: they hold the paper that names them."""
    ways = rule_of("agreement.read").relations_of(reader.role)
    if ways == ANY:
        return true()
    return _among(reader.party or "") if Relation.PARTY in ways else false()


def _takes_part(party: str) -> ColumnElement[bool]:
    """A member, or until the match one who answered: those have no row of their own yet."""
    member = exists().where(parties.c.exchange == exchanges.c.id, parties.c.party == party, parties.c.left_on.is_(None))
    early = or_(exchanges.c.stage == Stage.DRAFT.value, exchanges.c.stage == exchanges.c.door)
    return or_(member, and_(early, _inside("parties", party, "status") == "candidate"))


def _looks() -> ColumnElement[bool]:
    """Waits for a counterpart: it stands at its door, and its first party is the only one to offer or ask."""
    first = _inside("first_party")
    at_its_door = and_(exchanges.c.lifecycle == Lifecycle.ACTIVE.value, exchanges.c.stage == exchanges.c.door)
    return and_(at_its_door, exists().where(*_A_SIDE, parties.c.party == first), ~_another_side(first))


def _another_side(first: ColumnElement[str]) -> ColumnElement[bool]:
    return exists().where(*_A_SIDE, parties.c.party != first)


_A_SIDE = (
    parties.c.exchange == exchanges.c.id,
    parties.c.left_on.is_(None),
    or_(*(parties.c.roles.like(side) for side in SIDES)),
)


def _among(party: str) -> ColumnElement[bool]:
    """Is one of the parties of an agreement: their codes stand in quotes, and are told apart by capitals too."""
    codes = _inside("parties", of=agreements.c.standing)
    return func.replace(codes, json.dumps(party), "") != codes


class _Within(FunctionElement[str]):
    """A text inside the JSON of a standing."""

    type = Text()
    inherit_cache = True
    name = "within"


def _inside(*path: str, of: ColumnElement[str] = exchanges.c.standing) -> ColumnElement[str]:
    """What the standing's JSON holds at a path, each database asked in its own words."""
    names = [json.dumps(name) for name in path]
    return _Within(of, literal(".".join(("$", *names))), literal("{" + ",".join(names) + "}"))


@compiles(_Within, "sqlite")
def _in_sqlite(element: _Within, compiler: SQLCompiler, **more: Any) -> str:
    standing, path, _ = (compiler.process(clause, **more) for clause in element.clauses)
    return f"json_extract({standing}, {path})"


@compiles(_Within, "postgresql")
def _in_postgresql(element: _Within, compiler: SQLCompiler, **more: Any) -> str:
    standing, _, path = (compiler.process(clause, **more) for clause in element.clauses)
    return f"(CAST({standing} AS json) #>> CAST({path} AS text[]))"
