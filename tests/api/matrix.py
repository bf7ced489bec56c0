"""The matrix: every operation of the API, every role, every relation; what is asked of, and what the table answers.

An operation on something that exists needs a thing to ask for: `PREPARE` says how one is made, by method and path or by
the beginning of a path. Operations on nothing in particular need no line there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import httpx
from sqlalchemy import insert, select

from cycle.standing import Standing
from people.actors import OF_A_PARTY, OPERATOR, PUBLIC, Actor, Role
from people.policy import can, ever
from people.resources import HOUSE, Resource, of_exchange, of_parties
from services import agreements, exchanges, funding
from services.tokens import create_token
from storage.exchanges import load
from storage.tables import papers, persons, tokens
from tests.api.door import Door
from tests.api.test_papers import draw_up
from tests.cast import ANA
from tests.house import PROGRAMME, House

RELATIONS = ("own", "party", "other country")
SIGNED_IN = tuple(role for role in Role if role is not Role.PUBLIC)


@dataclass(frozen=True)
class Asker:
    """Somebody, and how they stand to what they ask for."""

    actor: Actor
    relation: str
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Prepared:
    """What to ask for: the thing as the policy sees it, the parts of the path, and the body if it matters."""

    resource: Resource = HOUSE
    path: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Ground:
    """A furnished house: a draft of Brasil alone, and what Brasil and Perú have together."""

    house: House
    draft: str
    match: str
    agreement: str
    source: str

    def exchange(self, asker: Asker) -> Standing:
        """The exchange an asker stands so to."""
        with self.house.desk.store.read() as connection:
            loaded = load(connection, self.draft if asker.relation == "own" else self.match)
        assert loaded is not None
        return loaded.standing


def lay(house: House) -> Ground:
    """The ground every question is asked on."""
    draft, match = house.draft("Of Brasil alone"), house.committed()
    made = agreements.draft_agreement(house.desk, ANA, exchange=match, title="Rubber", register="non_binding")
    for exchange in (draft, match):
        exchanges.order_paper(house.desk, ANA, exchange, "roadmap")
        draw_up(Door(house, httpx.Client()), exchange, _paper_of(house, exchange))
    source = funding.register_source(
        house.desk, ANA, donor="A fund", project_code="F-1", currency="USD", amount="1000", from_on="2026-01-01"
    )
    return Ground(house, draft, match, str(made["agreement"]), str(source["source"]))


def come_as(ground: Ground, role: Role, relation: str) -> Asker:
    """Somebody of a role with a token of their own; a role of no party stands alike to everything."""
    party = ("CO" if relation == "other country" else "BR") if role in OF_A_PARTY | {Role.SIGNATORY} else None
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
        return frozenset()
    if asker.actor.role is Role.PUBLIC:
        return frozenset({401})
    return frozenset({403 if decision.known or not ever(asker.actor.role, action) else 404})


def answers_as_expected(answer: httpx.Response, refusals: frozenset[int]) -> bool:
    return answer.status_code in refusals if refusals else answer.status_code not in (401, 403, 404)


# --- How the things are prepared ------------------------------------------------------------------------

Prepare = Callable[[Ground, Asker, Mapping[str, Any]], Prepared]


def _exchange(ground: Ground, asker: Asker, body: Mapping[str, Any]) -> Prepared:
    """An exchange, with what the body would do to it."""
    standing = ground.exchange(asker)
    resource = of_exchange(
        standing, _rules(ground, standing), move=body.get("move"), fact=body.get("kind"), says=body.get("fields")
    )
    return Prepared(resource, {"reference": standing.exchange})


def _rules(ground: Ground, standing: Standing) -> Any:
    with ground.house.desk.store.read() as connection:
        return ground.house.desk.programme(connection, standing.programme, standing.programme_version)


def _paper(ground: Ground, asker: Asker, _: Mapping[str, Any]) -> Prepared:
    standing = ground.exchange(asker)
    return Prepared(of_exchange(standing, kind="paper"), {"paper": _paper_of(ground.house, standing.exchange)})


def _paper_of(house: House, exchange: str) -> str:
    """The paper of an exchange that was ordered first."""
    with house.desk.store.read() as connection:
        ids = select(papers.c.id).where(papers.c.exchange == exchange).order_by(papers.c.id)
        return str(connection.scalars(ids).first())


def _opening(ground: Ground, asker: Asker, _: Mapping[str, Any]) -> Prepared:
    """Brasil's own exchange, or one with Perú."""
    parties = {"BR": "offers"} if asker.relation == "own" else {"BR": "offers", "PE": "asks"}
    named = [{"party": party, "role": role} for party, role in parties.items()]
    return Prepared(of_parties("exchange", parties), body={"parties": named, "programme": PROGRAMME})


def _agreement(ground: Ground, asker: Asker, body: Mapping[str, Any]) -> Prepared:
    """The agreement of Brasil and Perú; what is said for a party is said for Brasil."""
    resource = of_parties("agreement", ("BR", "PE"), status="draft", party="BR" if "party" in body else None)
    return Prepared(resource, {"reference": ground.agreement}, {"party": "BR"} if "party" in body else {})


def _step(ground: Ground, asker: Asker, _: Mapping[str, Any]) -> Prepared:
    resource = of_parties("agreement", ("BR", "PE"), status="draft", by=("party", "secretariat"), move="step")
    return Prepared(resource, {"reference": ground.agreement}, {"step": "open_negotiation"})


def _agreement_of(ground: Ground, asker: Asker, _: Mapping[str, Any]) -> Prepared:
    standing = ground.exchange(asker)
    return Prepared(of_exchange(standing), body={"exchange": standing.exchange})


def _new_token(ground: Ground, asker: Asker, _: Mapping[str, Any]) -> Prepared:
    """A token of the asker's own kind: nobody gives more than they have."""
    if asker.actor.role is Role.FOCAL_POINT:
        return Prepared(of_parties("token", ("BR",)), body={"role": "focal_point", "party": "BR", "bench": None})
    return Prepared(body={"role": "manager", "party": None, "bench": None})


def _token(ground: Ground, asker: Asker, _: Mapping[str, Any]) -> Prepared:
    made = create_token(ground.house.desk, OPERATOR, "of Brasil", role=Role.FOCAL_POINT, party="BR")
    return Prepared(of_parties("token", ("BR",)), {"token": made.id})


def _source(ground: Ground, asker: Asker, _: Mapping[str, Any]) -> Prepared:
    return Prepared(path={"source": ground.source}, body={"exchange": ground.match})


def _stream(ground: Ground, asker: Asker, _: Mapping[str, Any]) -> Prepared:
    return Prepared(path={"kind": "exchange", "name": ground.match})


def _programme(ground: Ground, asker: Asker, _: Mapping[str, Any]) -> Prepared:
    return Prepared(path={"slug": PROGRAMME, "version": "1"})


PREPARE: Mapping[str, Prepare] = {
    "POST /api/v1/exchanges": _opening,
    "POST /api/v1/agreements": _agreement_of,
    "POST /api/v1/agreements/{reference}/steps": _step,
    "POST /api/v1/tokens": _new_token,
    "/api/v1/exchanges/{reference}": _exchange,
    "/api/v1/agreements/{reference}": _agreement,
    "/api/v1/papers/{paper}": _paper,
    "/api/v1/tokens/{token}": _token,
    "/api/v1/funding-sources/{source}": _source,
    "/api/v1/ledger/streams/{kind}/{name}": _stream,
    "/api/v1/programmes/{slug}": _programme,
}
"""How a thing to ask for is made: by method and path, or by the beginning of a path (the longest one that fits)."""


def prepare_for(method: str, path: str) -> Prepare | None:
    """The line of PREPARE for an operation; None where there is none and one is needed."""
    fitting = [start for start in PREPARE if f"{method} {path}" == start or path.startswith(start)]
    if fitting:
        return PREPARE[max(fitting, key=len)]
    return None if "{" in path else lambda ground, asker, body: Prepared()


# --- Bodies, made from the description ---------------------------------------------------------------------


def body_of(document: Mapping[str, Any], operation: Mapping[str, Any]) -> dict[str, Any]:
    """A body of the form an operation asks for, from the examples of its fields."""
    content = operation.get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema")
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
