# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The things the matrix asks for: how one is made, by method and path or by the beginning of a path.

An operation on something that exists needs a line in `PREPARE`; those on nothing in particular need none.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from typing import Any

import httpx
from sqlalchemy import select

from cycle.entries import Came
from cycle.standing import Standing
from people.actors import OPERATOR, Role
from people.resources import of_exchange, of_parties
from services import agreements, evidence, exchanges, funding
from services.evidence import Declaration
from services.privacy import erasure
from services.rosters import people
from services.tokens import create_token
from storage import invitations
from storage.tables import entries, papers
from tests.api import matrix
from tests.api.door import Door
from tests.api.matrix import Asker, Canary, Ground, Prepared
from tests.api.matrix_rosters import lay_roster, my_session, of_roster
from tests.api.test_papers import draw_up
from tests.cast import ANA, BRUNO
from tests.house import PROGRAMME, House

LETTER = Declaration("document", "nobody")
WRITTEN = b"a letter of Brasil"
"""Of a second piece of evidence: the first is what operations are asked of, and some of them erase it."""

CONTACT = "+55 61 5555 0100"
FOR_BRASIL = replace(ANA, actor=replace(ANA.actor, on_behalf_of="BR"), came=Came("mail", "2026-11-20"))


def lay(house: House) -> Ground:
    """The ground every question is asked on."""
    draft, offer, match = house.draft("Of Brasil alone"), house.offered("Offered by Brasil"), house.committed()
    made = agreements.draft_agreement(house.desk, ANA, exchange=match, title="Rubber", register="non_binding")
    for exchange in (draft, offer, match):
        exchanges.order_paper(house.desk, ANA, exchange, "roadmap")
        draw_up(Door(house, httpx.Client()), exchange, _paper_of(house, exchange))
    source = funding.register_source(
        house.desk, ANA, donor="A fund", project_code="F-1", currency="USD", amount="1000", from_on="2026-01-01"
    )
    for exchange in (draft, offer, match):
        for written in (matrix.FILE[1], WRITTEN):
            evidence.add_evidence(house.desk, BRUNO, exchange, BytesIO(written), "notes.txt", LETTER)
        house.state(FOR_BRASIL, exchange, "activity_planned", title="First mission", mode="virtual")
    for exchange in (draft, offer):
        house.state(BRUNO, exchange, "sheet", side="offer", contact=CONTACT)
    ids = (str(made["agreement"]), str(source["source"]))
    ground = Ground(house, draft, offer, match, *ids, lay_roster(house))
    return replace(ground, canaries=tuple(_canaries(ground)))


def _canaries(ground: Ground) -> Iterator[Canary]:
    """A title, the digest of a piece of evidence, an address of the roster; a contact, which is sealed."""
    file = of_exchange(ground.standing_of(ground.match), kind="evidence")
    yield Canary("Of Brasil alone", "exchange.read", of_exchange(ground.standing_of(ground.draft)))
    yield Canary(sha256(WRITTEN).hexdigest(), "evidence.list", file)
    yield Canary("bruna@mte.example", "person.read", of_parties("person", ("BR",)))
    yield Canary(CONTACT)


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


def _invitation(ground: Ground, asker: Asker, _: Mapping[str, Any]) -> Prepared:
    """A letter to who signs for Brasil."""
    desk = ground.house.desk
    row = {"id": desk.identifiers.new(), "agreement": ground.agreement, "party": "BR", "person": desk.identifiers.new()}
    row |= {"email": "minister@example.org", "language": "pt", "invited_at": desk.now(), "expires_at": "2027-01-01"}
    desk.store.write(lambda connection: invitations.add(connection, **row, text_version=0))
    resource = of_parties("agreement", ("BR", "PE"), status="draft", party="BR")
    return Prepared(resource, {"reference": ground.agreement, "invitation": str(row["id"])})


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


def _entry(ground: Ground, asker: Asker, _: Mapping[str, Any]) -> Prepared:
    """What an officer entered in Brasil's name."""
    exchange = ground.exchange(asker).exchange
    with ground.house.desk.store.read() as connection:
        entry = connection.scalar(select(entries.c.seq).where(entries.c.exchange == exchange))
    return Prepared(of_parties("entry", ("BR",), party="BR"), {"reference": exchange, "entry": str(entry)})


def _evidence(ground: Ground, asker: Asker, _: Mapping[str, Any]) -> Prepared:
    standing = ground.exchange(asker)
    resource = of_exchange(standing, kind="evidence")
    return Prepared(resource, {"reference": standing.exchange, "item": "evidence-1"})


def _erasure(ground: Ground, asker: Asker, _: Mapping[str, Any]) -> Prepared:
    """Another person each time: whoever decides it, decides it once."""
    desk, name = ground.house.desk, ground.house.desk.identifiers.new()
    gone = people.add_person(desk, ANA, party="BR", name="Gone", email=f"{name}@mte.example")
    asked = erasure.ask_erasure(desk, ANA, str(gone["person"]), "asked for")
    return Prepared(path={"erasure": str(asked["erasure"])})


def _erasing(ground: Ground, asker: Asker, _: Mapping[str, Any]) -> Prepared:
    return Prepared(body={"person": ground.roster["second"]})


_ROSTERS: Mapping[str, Prepare] = {
    "POST /api/v1/people": of_roster("person"),
    "POST /api/v1/delegations": of_roster("delegation"),
    "POST /api/v1/absences": of_roster("absence"),
    "POST /api/v1/institutions": of_roster("institution"),
    "/api/v1/people/{person}": of_roster("person", person="person"),
    "/api/v1/people/{person}/end": of_roster("person", person="third"),
    "/api/v1/people/{person}/replace": of_roster("person", person="third"),
    "/api/v1/roles/{role}": of_roster("role", role="role"),
    "/api/v1/delegations/{delegation}": of_roster("delegation", delegation="delegation"),
    "/api/v1/delegations/{delegation}/revoke": of_roster("delegation", delegation="delegation"),
    "/api/v1/absences/{absence}": of_roster("absence", absence="absence"),
    "/api/v1/absences/{absence}/end": of_roster("absence", absence="absence"),
    "/api/v1/institutions/{institution}": of_roster("institution", institution="institution"),
    "/api/v1/seats/{party}": of_roster("seat", party="BR", bench="workers"),
    "/api/v1/governments/{party}": of_roster("government", party="BR", on="2026-11-20"),
    "/api/v1/sessions/{session}": my_session,
}
PREPARE: Mapping[str, Prepare] = {
    **_ROSTERS,
    "POST /api/v1/erasures": _erasing,
    "/api/v1/erasures/{erasure}": _erasure,
    "/api/v1/exchanges/{reference}/entries": _entry,
    "/api/v1/exchanges/{reference}/evidence": _evidence,
    "POST /api/v1/exchanges": _opening,
    "POST /api/v1/agreements": _agreement_of,
    "POST /api/v1/agreements/{reference}/steps": _step,
    "POST /api/v1/tokens": _new_token,
    "/api/v1/exchanges/{reference}": _exchange,
    "/api/v1/agreements/{reference}": _agreement,
    "/api/v1/agreements/{reference}/invitations/{invitation}": _invitation,
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
