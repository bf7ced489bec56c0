# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The data map: every column of every table, what it holds about persons, what for, and how long it is kept.

plain      codes, days, amounts, institutions and institutional texts
sealed     a value about a person that stands beside the digest in an event, and can be erased
personal   says or names a person: a name, an address, a random id
secret     opens something; never shown, never exported
technical  places, versions, digests and keys of the house itself

A table or a column that stands nowhere here fails a test: whoever adds one says what it holds.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from storage.tables import metadata


class Holds(StrEnum):
    """What a column holds."""

    PLAIN = "plain"
    SEALED = "sealed"
    PERSONAL = "personal"
    HIDDEN = "secret"
    TECHNICAL = "technical"


@dataclass(frozen=True, slots=True)
class Kept:
    """One table: what it is for, how long it is kept (services.privacy.retention names it), and its columns by what they hold."""

    purpose: str
    keeps: str
    plain: str = ""
    sealed: str = ""
    personal: str = ""
    hidden: str = ""
    technical: str = ""

    def columns(self) -> Iterator[tuple[str, Holds]]:
        """Each column with what it holds."""
        for holds in Holds:
            yield from ((name, holds) for name in str(getattr(self, holds.name.lower())).split())

    def holds(self, column: str) -> Holds:
        """What a column holds. Raises KeyError for one that the map does not know."""
        return dict(self.columns())[column]


@dataclass(frozen=True, slots=True)
class Line:
    """One column as the map shows it. `says`: the column's own comment."""

    table: str
    column: str
    holds: Holds
    says: str


LEDGER, DERIVED, OFFICE, HOUSE = "ledger", "derived", "office", "house"

DATA_MAP: Mapping[str, Kept] = {
    "absences": Kept(
        "who is away, so that somebody stands in",
        DERIVED,
        "from_on to_on ended_at",
        personal="person told_by",
        technical="id roster seq",
    ),
    "agreements": Kept(
        "where each agreement stands",
        DERIVED,
        "reference title programme programme_version specimen status version in_force_on expires_on standing",
        technical="id seq recorded_at",
    ),
    "allocations": Kept("what is set aside for an exchange", DERIVED, "amount", technical="source exchange seq"),
    "counters": Kept("reference numbers", HOUSE, "kind year last"),
    "coverage": Kept(
        "which exchanges an agreement covers", DERIVED, technical="agreement exchange since_seq until_seq"
    ),
    "delegations": Kept(
        "who acts in whose stead, and for what",
        DERIVED,
        "role bench acts from_on to_on ended_at reason",
        personal="giver delegate",
        technical="id roster seq",
    ),
    "entries": Kept(
        "what was entered in a country's name, and its answer",
        DERIVED,
        "party type item came_by came_on status reason",
        personal="officer answered_by",
        technical="exchange seq recorded_at answered_seq answered_at",
    ),
    "events": Kept(
        "the ledger: what happened, unchangeable; of persons it holds random ids and digests",
        LEDGER,
        "type payload occurred_at recorded_at programme_version",
        personal="actor on_behalf_of",
        technical="stream seq v previous canonical hash",
    ),
    "evidence_readings": Kept(
        "who read restricted evidence",
        "readings",
        "role party read_at",
        personal="person",
        technical="id exchange item",
    ),
    "exceptions": Kept(
        "what was done outside the ordinary way",
        DERIVED,
        "kind what party bench reason occurred_at recorded_at",
        personal="officer",
        technical="exchange seq",
    ),
    "exchanges": Kept(
        "where each exchange stands",
        DERIVED,
        "reference title programme programme_version origin specimen weight door stage lifecycle lap entered_on moved_at"
        " due_on review_on awaited_on source standing",
        technical="id seq recorded_at",
    ),
    "facts": Kept(
        "what parties said; of sealed values only the digest",
        DERIVED,
        "kind party happens_on status body struck",
        technical="exchange item said_seq changed_seq",
    ),
    "flow": Kept(
        "figures of the board, not yet added up",
        DERIVED,
        "programme country specimen stage lifecycle happened_on recorded_on delta",
        technical="id",
    ),
    "flow_base": Kept(
        "figures of the board", DERIVED, "programme country specimen stage lifecycle happened_on recorded_on delta"
    ),
    "funding_sources": Kept(
        "money donors give",
        DERIVED,
        "donor project_code currency amount allocated from_on to_on",
        technical="id seq recorded_at",
    ),
    "government_changes": Kept(
        "days on which governments changed", DERIVED, "on_day recorded_at", technical="roster seq"
    ),
    "idempotency": Kept(
        "answers given, so that a request twice has one effect",
        "answers",
        "status answer created_at",
        personal="actor",
        technical="key fingerprint",
    ),
    "institution_names": Kept(
        "institutions by their dated names", DERIVED, "language from_on name", technical="institution roster seq"
    ),
    "institutions": Kept("institutions by type", DERIVED, "type from_on until_on", technical="id roster seq"),
    "invitation_keys": Kept(
        "to read one agreement before signing it",
        "invitations",
        "made_at",
        hidden="secret_hash",
        technical="invitation",
    ),
    "invitations": Kept(
        "who was invited by mail to sign one agreement",
        "invitations",
        "party text_version invited_at expires_at ended_at ended_because",
        personal="person email language",
        technical="id agreement",
    ),
    "members": Kept(
        "who may hold a role or a seat", DERIVED, "invited_at ended_at", personal="person", technical="roster seq"
    ),
    "outbox": Kept(
        "effects still owed; ids and days, never names",
        "duties",
        "duty created_at due_at done_at dead_at last_error",
        technical="id subject payload key attempts max_attempts leased_until lease",
    ),
    "papers": Kept(
        "papers ordered and drawn; a signed one keeps the names it was signed with",
        DERIVED,
        "kind languages version ordered_at status drawn_at bytes pages",
        technical="id stream exchange agreement ordered_seq sha256",
    ),
    "parties": Kept(
        "who takes part in each exchange",
        DERIVED,
        "party kind roles institution joined_on left_on",
        technical="exchange seq",
    ),
    "passwords": Kept("to sign in", OFFICE, "changed_at", personal="person", hidden="hash"),
    "persons": Kept(
        "what somebody is called and where they are written to",
        OFFICE,
        "kind specimen created_at erased_at",
        personal="id name email language",
    ),
    "programmes": Kept(
        "published programmes", HOUSE, "slug version document source published_at", technical="hash stream"
    ),
    "recovery_codes": Kept(
        "to sign in when the telephone is lost", OFFICE, "used_at", personal="person", hidden="code_hash"
    ),
    "roles": Kept(
        "who holds which role, and who proposed and granted it",
        DERIVED,
        "role bench from_on until_on status proposed_at decided_at second ended_at",
        personal="person proposed_by decided_by",
        technical="id roster seq",
    ),
    "rosters": Kept("who acts for each party", DERIVED, "party kind timezone", technical="id seq recorded_at"),
    "sealed": Kept(
        "names, contacts and texts about persons, beside the ledger",
        OFFICE,
        sealed="value",
        hidden="salt",
        technical="stream seq field",
    ),
    "search": Kept("words by which exchanges are found", DERIVED, "words", technical="exchange number"),
    "seats": Kept(
        "who sits for which bench",
        DERIVED,
        "bench status reason from_on until_on",
        personal="person",
        technical="roster seq",
    ),
    "second_factors": Kept(
        "to sign in with a second factor",
        OFFICE,
        "created_at confirmed_at",
        personal="person",
        hidden="sealed",
        technical="last_step",
    ),
    "sessions": Kept(
        "who is signed in",
        "sessions",
        "role party bench means strong created_at seen_at expires_at ended_at",
        personal="person on_behalf_of device",
        hidden="secret_hash",
        technical="id",
    ),
    "settings": Kept("what was chosen once for this house", HOUSE, "name value"),
    "sign_in_links": Kept(
        "to sign in by mail",
        "links",
        "created_at expires_at used_at",
        personal="person",
        hidden="secret_hash",
        technical="id",
    ),
    "sign_in_tries": Kept(
        "so that nobody guesses passwords",
        "tries",
        "way tried_at succeeded",
        personal="account origin",
        technical="id",
    ),
    "streams": Kept("where each stream ends", LEDGER, "kind", technical="id seq tip"),
    "tokens": Kept(
        "keys by which programs come in",
        "tokens",
        "role party bench scopes created_at expires_at revoked_at",
        personal="name person",
        hidden="secret_hash",
        technical="id",
    ),
}


def lines() -> tuple[Line, ...]:
    """Every column of every table, in order. Raises KeyError for one that the map does not know."""
    return tuple(
        Line(table.name, column.name, DATA_MAP[table.name].holds(column.name), str(column.comment))
        for table in metadata.sorted_tables
        for column in table.columns
    )
