# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The matrix: every operation of the API, every role, every relation; what is asked of, and what the table answers.

The things to ask for are made in tests/api/matrix_things.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import httpx
from sqlalchemy import insert

from cycle.standing import Standing
from cycle.words import Stage
from people.actors import OF_A_PARTY, PUBLIC, Actor, Role
from people.policy import can, ever
from people.resources import HOUSE, Resource, is_looking
from storage.exchanges import load
from storage.tables import persons, tokens
from tests.house import House

RELATIONS = ("own", "party", "other country", "looking", "another's draft")
"""How an asker's country stands to what is asked for. It takes part, alone or with another; or it is a third one: to what others
have together, to an open offer that waits for its counterpart, to a draft."""

TAKE_PART = ("own", "party")
SIGNED_IN = tuple(role for role in Role if role is not Role.PUBLIC)


@dataclass(frozen=True)
class Asker:
    """Somebody, and how they stand to what they ask for."""

    actor: Actor
    relation: str
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Prepared:
    """What to ask for: the thing as the policy sees it, the parts of the path, and the body if it matters.

    beyond: the status of a rule that is narrower than the table, which the service adds
    """

    resource: Resource = HOUSE
    path: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] = field(default_factory=dict)
    beyond: int | None = None


@dataclass(frozen=True)
class Canary:
    """Words that answers hold for nobody but those who may do an action to a thing; without one, for nobody at all."""

    words: str
    action: str | None = None
    resource: Resource = HOUSE

    def sings(self, actor: Actor, answer: httpx.Response) -> bool:
        """Whether an answer holds the words though they are not this actor's to read."""
        may = self.action is not None and can(actor, self.action, self.resource).allowed
        return not may and self.is_in(answer)

    def is_in(self, answer: httpx.Response) -> bool:
        return self.words in answer.text or any(self.words in value for value in answer.headers.values())


@dataclass
class Ground:
    """A furnished house: a draft of Brasil alone, its open offer, and what Brasil and Perú have together."""

    house: House
    draft: str
    offer: str
    match: str
    agreement: str
    source: str
    roster: Mapping[str, str]
    canaries: tuple[Canary, ...] = ()

    def exchange(self, asker: Asker) -> Standing:
        """The exchange an asker stands so to, which nobody's question has moved."""
        name = {"own": self.draft, "another's draft": self.draft, "looking": self.offer}.get(asker.relation, self.match)
        standing = self.standing_of(name)
        assert is_looking(standing) is (name == self.offer)
        assert (standing.stage == Stage.DRAFT) is (name == self.draft)
        return standing

    def standing_of(self, exchange: str) -> Standing:
        with self.house.desk.store.read() as connection:
            loaded = load(connection, exchange)
        assert loaded is not None
        return loaded.standing


def come_as(ground: Ground, role: Role, relation: str) -> Asker:
    """Somebody of a role with a token of their own; a role of no party stands alike to everything."""
    party = ("BR" if relation in TAKE_PART else "CO") if role in OF_A_PARTY | {Role.SIGNATORY} else None
    bench = "workers" if role is Role.BENCH_DELEGATE else None
    new, now = ground.house.desk.identifiers.new, ground.house.desk.now()
    actor, secret = Actor(new(), role, party, bench), f"minga_{new()}"
    person = {"id": actor.person, "name": role.value, "kind": "service", "specimen": 0, "created_at": now}
    token = {
        "id": new(),
        "name": role.value,
        "secret_hash": sha256(secret.encode()).hexdigest(),
        "person": actor.person,
        "role": role.value,
        "party": party,
        "bench": bench,
        "scopes": "read,write",
        "created_at": now,
        "expires_at": "2027-11-23T15:00:00.000Z",
        "revoked_at": None,
    }
    ground.house.desk.store.write(lambda connection: connection.execute(insert(persons), person).rowcount)
    ground.house.desk.store.write(lambda connection: connection.execute(insert(tokens), token).rowcount)
    return Asker(actor, relation, {"Authorization": f"Bearer {secret}"})


def nobody() -> Asker:
    return Asker(PUBLIC, "no session", {})


def expected(asker: Asker, action: str, prepared: Prepared) -> frozenset[int]:
    """The refusals to expect; none of them where the table allows it."""
    decision = can(asker.actor, action, prepared.resource)
    if decision.allowed:
        return frozenset({prepared.beyond} if prepared.beyond else ())
    if asker.actor.role is Role.PUBLIC:
        return frozenset({401})
    return frozenset({403 if decision.known or not ever(asker.actor.role, action) else 404})


def answers_as_expected(answer: httpx.Response, refusals: frozenset[int]) -> bool:
    return answer.status_code in refusals if refusals else answer.status_code not in (401, 403, 404)


# --- Bodies, made from the description ---------------------------------------------------------------------


FILE = ("notes.txt", b"minutes of the visit, without a name", "text/plain")
FORMS = ("application/json", "multipart/form-data")


def body_of(document: Mapping[str, Any], operation: Mapping[str, Any]) -> dict[str, Any]:
    """A body of the form an operation asks for, from the examples of its fields."""
    content = operation.get("requestBody", {}).get("content", {})
    schema = next((content[form]["schema"] for form in FORMS if form in content), None)
    made = _made(document, schema) if schema else {}
    return made if isinstance(made, dict) else {}


def _made(document: Mapping[str, Any], schema: Mapping[str, Any]) -> Any:
    known = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    for said in ("examples", "enum"):
        if known.get(said):
            return known[said][0]
    if "const" in known or "default" in known:
        return known.get("const", known.get("default"))
    if known.get("anyOf") or known.get("oneOf"):
        return _made(document, (known.get("anyOf") or known["oneOf"])[0])
    if known.get("contentMediaType") or known.get("format") == "binary":
        return FILE
    match known.get("type"):
        case "object":
            wanted = known.get("required", ())
            return {name: _made(document, one) for name, one in known.get("properties", {}).items() if name in wanted}
        case "array":
            return [_made(document, known["items"])]
        case "integer" | "number":
            return 1
        case "boolean":
            return False
        case _:
            return "x"
