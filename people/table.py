# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The policy table: who may do what to which thing. Everything else about permissions is read from here.

One line per action; a row names roles, how they stand to the thing, and in which stage or status. What an exchange's
programme or an agreement's machine says about roles is not restated: those rows say `by` whom they are judged.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from people.actors import OF_A_PARTY, OFFICERS, READS_ONLY, Role


class Relation(StrEnum):
    """How an actor stands to a thing; one may stand in several ways at once."""

    SELF = "self"
    OWN = "own"
    PARTY = "party"
    INVITED = "invited"
    BENCH = "bench"
    NAMED = "named"
    OTHER = "other"


class Judge(StrEnum):
    """Who has the word once the row fits: the table itself, the exchange's programme, or the agreement's machine."""

    TABLE = "table"
    PROGRAMME = "programme"
    MACHINE = "machine"


@dataclass(frozen=True, slots=True)
class Row:
    """Roles that may, if they stand so to the thing, and it stands so. `when` empty: in any stage or status."""

    roles: frozenset[Role]
    relations: frozenset[Relation]
    when: frozenset[str] = frozenset()
    judge: Judge = Judge.TABLE

    def fits(self, role: Role, relations: frozenset[Relation], status: str | None) -> bool:
        return role in self.roles and bool(self.relations & relations) and (not self.when or status in self.when)


@dataclass(frozen=True, slots=True)
class Action:
    """One thing somebody may do.

    sentence: what it is, after "may" · changes: it is no mere reading · knows: the action without which one may not know
    of the thing at all · consent: a party's own word, which no officer says for it · refused_as: the code
    of its refusal, where it has one of its own · roles: every role that may ever do it
    """

    sentence: str
    rows: tuple[Row, ...]
    changes: bool = False
    knows: str | None = None
    consent: bool = False
    refused_as: str = "permission.role"
    roles: frozenset[Role] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "roles", frozenset().union(*(row.roles for row in self.rows)))

    def relations_of(self, role: Role) -> frozenset[Relation]:
        """How a role must stand to a thing, whatever its status."""
        return frozenset().union(*(row.relations for row in self.rows if role in row.roles))


ANY = frozenset(Relation)
SELF = frozenset({Relation.SELF})
OURS = frozenset({Relation.OWN, Relation.PARTY})
INVITED = frozenset({Relation.INVITED})
BENCH = frozenset({Relation.BENCH})
NAMED = frozenset({Relation.NAMED})

EVERYONE = frozenset(Role)
SIGNED_IN = EVERYONE - {Role.PUBLIC}
KEEPERS = OFFICERS | {Role.SYSTEM}
READS_ALL = KEEPERS | READS_ONLY
MEMBERS = READS_ALL | OF_A_PARTY
FOCAL = frozenset({Role.FOCAL_POINT})
OFFICE = frozenset({Role.FOCAL_POINT, Role.PARTNER})
DELEGATE = frozenset({Role.BENCH_DELEGATE})
SIGNATORY = frozenset({Role.SIGNATORY})
BEFORE_SIGNATORIES = frozenset({"clearance", "open_for_signature"})


def to(
    roles: Iterable[Role],
    relations: frozenset[Relation] = ANY,
    when: frozenset[str] = frozenset(),
    judge: Judge = Judge.TABLE,
) -> Row:
    """A row of the table."""
    return Row(frozenset(roles), relations, when, judge)


def _reads(sentence: str, *rows: Row, knows: str | None = None) -> Action:
    return Action(sentence, rows, knows=knows)


def _changes(
    sentence: str, *rows: Row, knows: str | None = None, consent: bool = False, refused_as: str = "permission.role"
) -> Action:
    return Action(sentence, rows, True, knows, consent, refused_as)


def _house(sentence: str, *rows: Row, knows: str | None = None) -> Action:
    """What belongs to the whole house: its officers do it."""
    return Action(sentence, (to(KEEPERS), *rows), True, knows, refused_as="permission.not_an_officer")


_BY_PROGRAMME = to(KEEPERS | OF_A_PARTY, judge=Judge.PROGRAMME)
_BY_MACHINE = to(KEEPERS | OFFICE, judge=Judge.MACHINE)
_TENDED = (to(OFFICERS), to(OFFICE, OURS), to(OF_A_PARTY, SELF))
"""Somebody's own, and of those who tend the roster."""

_PUBLIC: Mapping[str, Action] = {
    "contact.read": _reads("read whom to tell about a weakness", to(EVERYONE)),
    "board.read": _reads("read the figures of the board", to(EVERYONE)),
    "health.read": _reads("ask whether Minga lives and is ready", to(EVERYONE)),
    "invitation.read": _reads("see what the key of a letter opens: one agreement to sign", to(EVERYONE)),
    "invitation.answer": _changes("answer with the key of a letter", to(EVERYONE)),
    "openapi.read": _reads("read the description of the API", to(EVERYONE)),
    "problem.read": _reads("read what a problem means", to(EVERYONE)),
    "programme.read": _reads("read the published programmes", to(EVERYONE)),
    "static.read": _reads("load styles and pictures of the pages", to(EVERYONE)),
    "sign_in.begin": _changes("ask to sign in", to(EVERYONE)),
    "sign_in.finish": _changes("finish signing in", to(EVERYONE)),
    "sign_in.read": _reads("see the pages for signing in", to(EVERYONE)),
    "sign_in.recover": _changes("ask for a new way to sign in", to(EVERYONE)),
}
_EXCHANGES: Mapping[str, Action] = {
    "exchange.list": _reads("list and search the exchanges one may know of", to(MEMBERS)),
    "exchange.read": _reads(
        "know of an exchange and see all of it", to(READS_ALL), to(OF_A_PARTY, OURS), to(FOCAL, INVITED)
    ),
    "exchange.draft": _changes(
        "open an exchange of one's own country", to(KEEPERS), to(OFFICE, OURS), refused_as="permission.not_a_party"
    ),
    "exchange.move": _changes("make a move of an exchange", _BY_PROGRAMME, knows="exchange.read"),
    "exchange.state": _changes("say a fact in an exchange", _BY_PROGRAMME, knows="exchange.read"),
    "exchange.correct": _changes("correct what was said", _BY_PROGRAMME, knows="exchange.read"),
    "exchange.order": _changes("order a paper of an exchange", to(KEEPERS), to(OFFICE, OURS), knows="exchange.read"),
    "bulk.run": _changes("make one move on many exchanges, each judged by itself", to(KEEPERS | OFFICE)),
    "moment.backdate": _changes("tell a thing with an earlier day", to(KEEPERS), refused_as="permission.backdate"),
    "paper.read": _reads(
        "read a paper",
        to(READS_ALL),
        to(OF_A_PARTY, OURS),
        to(FOCAL, INVITED),
        to(SIGNATORY, NAMED, BEFORE_SIGNATORIES),
    ),
}
_AGREEMENTS: Mapping[str, Action] = {
    "agreement.list": _reads("list the agreements one may know of", to(MEMBERS)),
    "agreement.read": _reads(
        "know of an agreement and see all of it",
        *(to(READS_ALL), to(OF_A_PARTY, OURS), to(SIGNATORY, NAMED, BEFORE_SIGNATORIES)),
    ),
    "agreement.draft": _changes("draft an agreement", to(KEEPERS), to(OFFICE, OURS), knows="exchange.read"),
    "agreement.cover": _changes("cover an exchange more", to(KEEPERS), to(OFFICE, OURS), knows="agreement.read"),
    "agreement.step": _changes("make a step of an agreement", _BY_MACHINE, knows="agreement.read"),
    "agreement.propose": _changes("propose a text", to(KEEPERS), to(OFFICE, OURS), knows="agreement.read"),
    "agreement.list_signatory": _changes(
        "say who signs for a party", to(KEEPERS), to(OFFICE, OURS), knows="agreement.read"
    ),
    "agreement.invite": _changes(
        "invite by mail who signs for a party", to(OFFICERS), to(OFFICE, OURS), knows="agreement.read"
    ),
    "agreement.list_invitations": _reads(
        "see who was invited to sign for a party", to(OFFICERS), to(OFFICE, OURS), knows="agreement.read"
    ),
    "agreement.revoke_invitation": _changes(
        "end an invitation to sign", to(OFFICERS), to(OFFICE, OURS), knows="agreement.read"
    ),
    "agreement.decline": _changes(
        "decline to sign, with a reason",
        to(SIGNATORY, NAMED, BEFORE_SIGNATORIES),
        knows="agreement.read",
        consent=True,
    ),
    "agreement.receive": _changes(
        "record that a signed counterpart arrived", to(OFFICE, OURS), knows="agreement.read", consent=True
    ),
    "agreement.confirm": _changes(
        "confirm a signed counterpart", to(OFFICE, OURS), knows="agreement.read", consent=True
    ),
    "agreement.apply_provisionally": _changes(
        "apply an agreement before its entry into force", to(KEEPERS), to(OFFICE, OURS), knows="agreement.read"
    ),
}
_ROSTERS: Mapping[str, Action] = {
    "roster.read": _reads("see who acts for a party", to(READS_ALL), to(OF_A_PARTY, OURS)),
    "person.list": _reads("list the people one may see", to(MEMBERS)),
    "person.read": _reads("see a person of a roster", to(READS_ALL), to(OF_A_PARTY, OURS), to(SIGNED_IN, SELF)),
    "person.invite": _changes("invite a person", to(KEEPERS), to(OFFICE, OURS), knows="roster.read"),
    "person.end": _changes("part with a person", to(KEEPERS), to(OFFICE, OURS), knows="roster.read"),
    "person.replace": _changes(
        "propose a successor for a person's roles", to(KEEPERS), to(OFFICE, OURS), knows="roster.read"
    ),
    "role.list": _reads("list the roles one may see", to(MEMBERS)),
    "role.read": _reads("see a role of a roster", to(READS_ALL), to(OF_A_PARTY, OURS)),
    "role.propose": _changes("propose a role for a person", to(KEEPERS), to(OFFICE, OURS), knows="roster.read"),
    "role.grant": _changes("grant a role another one proposed", to(KEEPERS), to(OFFICE, OURS), knows="roster.read"),
    "role.end": _changes("end a role", to(KEEPERS), to(OFFICE, OURS), knows="roster.read"),
    "seat.list": _reads("list the seats one may see", to(MEMBERS)),
    "seat.read": _reads("see the seats of the benches", to(READS_ALL), to(OF_A_PARTY, OURS)),
    "seat.fill": _changes("fill a seat", to(KEEPERS), to(FOCAL, OURS), knows="seat.read"),
    "seat.vacate": _changes("vacate a seat", to(KEEPERS), to(FOCAL, OURS), to(DELEGATE, BENCH), knows="seat.read"),
    "seat.contest": _changes(
        "say that a seat is contested", to(KEEPERS), to(FOCAL | DELEGATE, OURS), knows="seat.read"
    ),
    "seat.confirm": _changes("confirm who holds a seat", to(FOCAL, OURS), knows="seat.read", consent=True),
    "delegation.list": _reads("list the delegations one may see", to(MEMBERS)),
    "delegation.read": _reads("see a delegation", to(READS_ALL), to(OF_A_PARTY, OURS)),
    "delegation.give": _changes(
        "let another act in one's stead", to(KEEPERS), to(OF_A_PARTY, OURS), knows="roster.read"
    ),
    "delegation.revoke": _changes("end a delegation", *_TENDED, knows="roster.read"),
    "absence.list": _reads("list the absences one may see", to(MEMBERS)),
    "absence.read": _reads("see an absence", to(READS_ALL), to(OF_A_PARTY, OURS)),
    "absence.tell": _changes("say when somebody is away", *_TENDED, knows="roster.read"),
    "absence.end": _changes("say that somebody is back", *_TENDED, knows="roster.read"),
    "institution.list": _reads("list the institutions one may see", to(MEMBERS)),
    "institution.read": _reads("see the institutions of a party", to(READS_ALL), to(OF_A_PARTY, OURS)),
    "institution.enter": _changes("enter an institution", to(KEEPERS), to(OFFICE, OURS), knows="institution.read"),
    "institution.name": _changes("name an institution", to(KEEPERS), to(OFFICE, OURS), knows="institution.read"),
    "institution.close": _changes("close an institution", to(KEEPERS), to(OFFICE, OURS), knows="institution.read"),
    "government.preview": _reads(
        "see what a change of government would do", to(KEEPERS), to(FOCAL, OURS), knows="roster.read"
    ),
    "government.read": _reads(
        "take the hand-over of a change of government", to(READS_ALL), to(FOCAL, OURS), knows="roster.read"
    ),
    "government.change": _changes("tell a change of government", to(KEEPERS), to(FOCAL, OURS), knows="roster.read"),
}
_ACCOUNTS: Mapping[str, Action] = {
    "session.read": _reads("see one's own sessions", to(SIGNED_IN)),
    "session.end": _changes("sign out, here or everywhere", to(SIGNED_IN)),
    "session.switch": _changes("choose as whom one acts", to(SIGNED_IN)),
    "credential.change": _changes("change one's password and second factor", to(SIGNED_IN)),
    "account.read": _reads("see one's own account", to(SIGNED_IN)),
    "token.list": _reads("list tokens", to(KEEPERS), to(FOCAL)),
    "token.read": _reads("see a token, never its secret", to(KEEPERS), to(FOCAL, OURS)),
    "token.create": _house("create a token", to(FOCAL, OURS)),
    "token.revoke": _house("end a token", to(FOCAL, OURS), knows="token.read"),
}
_EVIDENCE: Mapping[str, Action] = {
    "evidence.list": _reads("list the evidence of an exchange", to(READS_ALL), to(OF_A_PARTY, OURS)),
    "evidence.read": _reads("see a file of evidence", to(READS_ALL), to(OF_A_PARTY, OURS)),
    "evidence.restricted": _reads(
        "see a file that may show persons",
        *(to(KEEPERS), to(OFFICE, OURS)),
        knows="evidence.read",
    ),
    "evidence.add": _changes("upload evidence", to(OFFICERS), to(OFFICE, OURS), knows="exchange.read"),
    "entry.list": _reads("list what was entered in one's own party's name", to(MEMBERS)),
    "entry.read": _reads("see what was entered in a party's name", to(READS_ALL), to(OF_A_PARTY, OURS)),
    "entry.make": _changes("enter what came for a party", to(OFFICERS), refused_as="permission.on_behalf"),
    "entry.confirm": _changes(
        "confirm what was entered in one's name", to(OFFICE, OURS), knows="entry.read", consent=True
    ),
    "entry.contest": _changes(
        "contest what was entered in one's name", to(OFFICE, OURS), knows="entry.read", consent=True
    ),
    "reply.give": _changes(
        "reply to an override of one's bench's word", to(DELEGATE, OURS), knows="exchange.read", consent=True
    ),
    "exceptions.read": _reads("read the exceptions of exchanges one takes part in", to(MEMBERS)),
    "evidence.erase": _changes("decide that a file goes", to(KEEPERS), refused_as="permission.not_an_officer"),
    "redaction.decide": _changes(
        "decide that a file is redacted", to(OFFICERS), refused_as="permission.not_an_officer"
    ),
}
_PRIVACY: Mapping[str, Action] = {
    "export.own": _reads("take away one's own data", to(SIGNED_IN)),
    "person.export": _reads("take away a person's data at their request", to(KEEPERS), to(SIGNED_IN, SELF)),
    "person.erase": _house("erase a person's names and contacts"),
}
_HOUSE_KEEPING: Mapping[str, Action] = {
    "board.details": _reads("see the exchanges behind the figures", to(READS_ALL)),
    "duty.replay": _house("see dead duties and owe them anew"),
    "funding.read": _reads("read the funding sources", to(READS_ALL)),
    "funding.register": _house("register a funding source"),
    "funding.allocate": _house("set money aside for an exchange"),
    "import.run": _house("import a register"),
    "ledger.read": _reads("read the ledger and its proofs", to(READS_ALL)),
    "metrics.read": _reads("read how the process fares", to(READS_ALL)),
    "programme.publish": _house("publish a programme"),
    "projection.rebuild": _house("rebuild what the events explain"),
    "register.read": _reads("read the registers", to(READS_ALL), to(OF_A_PARTY)),
}

TOKENS_OF: Mapping[Role, frozenset[Role]] = {
    Role.OPERATOR: EVERYONE,
    Role.SECRETARIAT: EVERYONE - OF_A_PARTY,
    Role.SYSTEM: EVERYONE - OF_A_PARTY,
    Role.FOCAL_POINT: FOCAL,
}
"""As what a token may act that a role makes: nobody gives more than they have, and no officer makes a country's key, which would
say its consent for it."""

ACTIONS: Mapping[str, Action] = {
    **_PUBLIC,
    **_EXCHANGES,
    **_AGREEMENTS,
    **_ROSTERS,
    **_ACCOUNTS,
    **_EVIDENCE,
    **_PRIVACY,
    **_HOUSE_KEEPING,
}
"""Every action by name, `noun.verb`."""
