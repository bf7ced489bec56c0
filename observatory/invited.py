# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What a signatory sees who was invited by mail: a brief of one agreement, and its text as it was drawn up. Nothing else.

And what those who invited them see: to whom letters went, and what became of them.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from agreements.agreement import Agreement
from observatory.agreements import declined, found
from observatory.errors import NotFound
from observatory.window import Desk
from people.actors import OF_A_PARTY, Actor, Role
from people.policy import can
from people.resources import of_parties
from storage import agreements, invitations, papers
from storage.invitations import Invitation
from storage.papers import PaperRow
from storage.tables import exchanges, parties

KIND = "agreement"


@dataclass(frozen=True, slots=True)
class Side:
    """One party of the text: its names by language, its institution, and who signs for it."""

    party: str
    names: Mapping[str, str]
    institution: str
    title: str


@dataclass(frozen=True, slots=True)
class Covered:
    """One exchange that the text covers."""

    reference: str
    title: str


@dataclass(frozen=True, slots=True)
class Invited:
    """The brief of one agreement, for one signatory.

    texts: its drawn papers, newest of each set of languages · signed: a counterpart of this party counts already
    declined: {version, on, reason} once this signatory declined the present text · can_decline: whether they may now
    """

    invitation: str
    standing: Agreement
    party: str
    sides: tuple[Side, ...]
    exchanges: tuple[Covered, ...]
    texts: tuple[PaperRow, ...]
    expires_at: str
    signed: bool
    declined: Mapping[str, Any] | None
    can_decline: bool


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """One invitation, for those who may invite. `ended_because`: again, replaced, text, closed, government or revoked."""

    invitation: str
    party: str
    email: str
    language: str
    text_version: int
    invited_at: str
    expires_at: str
    ended_at: str | None
    ended_because: str | None


def see_invited(desk: Desk, secret_hash: str) -> Invited:
    """What the key of a letter opens. Raises NotFound, alike for a key nobody has and for one that ended."""
    with _opened(desk, secret_hash) as (connection, row, standing):
        word = declined(connection, standing).get(row.party) if standing.declined(row.party) else None
        signed = row.party not in standing.unsigned()
        return Invited(
            invitation=row.id,
            standing=standing,
            party=row.party,
            sides=_sides(desk, connection, standing),
            exchanges=_covered(connection, standing),
            texts=_texts(connection, standing),
            expires_at=row.expires_at,
            signed=signed,
            declined=word,
            can_decline=_may(row, standing, "agreement.decline") and not signed and word is None,
        )


def see_invited_text(desk: Desk, secret_hash: str, paper: str) -> PaperRow:
    """One drawn text of the agreement that a key opens. Raises NotFound, for a paper of anything else too."""
    with _opened(desk, secret_hash) as (connection, row, standing):
        text = next((one for one in _texts(connection, standing) if one.id == paper), None)
        if text is None or not _may(row, standing, "paper.read"):
            raise NotFound("no such text")
        return text


def see_invitations(desk: Desk, reader: Actor, agreement: str) -> tuple[InvitationLine, ...]:
    """The invitations to an agreement; a party sees its own. Raises NotFound."""
    with desk.store.read() as connection:
        standing = found(connection, reader, agreement)
        party = reader.party if reader.role in OF_A_PARTY else None
        wanted = of_parties("agreement", standing.parties, party=party, status=standing.status)
        if not can(reader, "agreement.list_invitations", wanted).allowed:
            raise NotFound(f"no agreement {agreement}", agreement=agreement)
        return tuple(map(_line, invitations.of_agreement(connection, standing.agreement, party)))


@contextmanager
def _opened(desk: Desk, secret_hash: str) -> Iterator[tuple[Connection, Invitation, Agreement]]:
    with desk.store.read() as connection:
        row = invitations.behind(connection, secret_hash, desk.now())
        loaded = agreements.load(connection, row.agreement) if row else None
        if row is None or loaded is None or not _is_theirs(row, loaded.standing):
            raise NotFound("no such invitation")
        yield connection, row, loaded.standing


def _is_theirs(row: Invitation, standing: Agreement) -> bool:
    """The text they were invited to still lies before them."""
    return row.text_version == standing.version and _may(row, standing, "agreement.read")


def _may(row: Invitation, standing: Agreement, action: str) -> bool:
    actor = Actor(row.person, Role.SIGNATORY, row.party)
    how: Mapping[str, Any] = {"party": row.party, "status": standing.status, "named": (row.person,)}
    return can(actor, action, of_parties("agreement", standing.parties, **how)).allowed


def _sides(desk: Desk, connection: Connection, standing: Agreement) -> tuple[Side, ...]:
    countries = desk.programme(connection, standing.programme, standing.programme_version).countries
    acting = select(parties.c.party, parties.c.institution).where(parties.c.exchange.in_(sorted(standing.exchanges)))
    institutions = {row.party: row.institution for row in connection.execute(acting) if row.institution}
    sides = []
    for party in standing.parties:
        signs, named = standing.signatories.get(party, {}), institutions.get(party, "")
        names = countries[party]["names"] if party in countries else {"": named or party}
        sides.append(Side(party, names, signs.get("institution", named), signs.get("title", "")))
    return tuple(sides)


def _covered(connection: Connection, standing: Agreement) -> tuple[Covered, ...]:
    named = select(exchanges.c.reference, exchanges.c.title).where(exchanges.c.id.in_(sorted(standing.exchanges)))
    rows = connection.execute(named.order_by(exchanges.c.reference))
    return tuple(Covered(row.reference or "", row.title) for row in rows)


def _texts(connection: Connection, standing: Agreement) -> tuple[PaperRow, ...]:
    """A text that was opened for signature twice was drawn twice: the last counts."""
    drawn = {
        one.languages: one
        for one in papers.of_agreement(connection, standing.agreement)
        if one.kind == KIND and one.version == standing.version and one.sha256 is not None
    }
    return tuple(drawn.values())


def _line(row: Invitation) -> InvitationLine:
    return InvitationLine(
        row.id,
        row.party,
        row.email,
        row.language,
        row.text_version,
        row.invited_at,
        row.expires_at,
        row.ended_at,
        row.ended_because,
    )
