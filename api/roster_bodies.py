# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What comes in and goes out about rosters, with the examples the description of the API shows."""

from typing import Annotated, Any

from fastapi import Path, Query
from pydantic import BaseModel, Field

from api.schemas import NAMED, NAMED_IN_CODE, PARTY, Body, Day, in_description
from people.roster import HOUSE, Granted
from people.roster_institutions import LANGUAGES
from people.roster_rules import ACTS, CONTESTED_BECAUSE, INSTITUTION_TYPES, LEFT_BECAUSE, ROLES, VACANT_BECAUSE

PARTY_OR_HOUSE = rf"{PARTY}|^[*]$"
Party = Annotated[
    str,
    Field(
        pattern=PARTY_OR_HOUSE, max_length=40, description="A country or partner; `*` for the house.", examples=["BR"]
    ),
]
OfParty = Annotated[
    str | None, Query(pattern=PARTY_OR_HOUSE, max_length=40, description="Only of this party; `*` is the house.")
]
OfStatus = Annotated[str | None, Query(pattern=f"^({'|'.join(Granted)})$", description="How a role stands.")]
CountryPath = Annotated[str, Path(pattern=PARTY, max_length=40, description="A country's code.", examples=["BR"])]
BenchPath = Annotated[
    str, Path(pattern=NAMED_IN_CODE, max_length=40, description="A bench of the programme.", examples=["workers"])
]
Note = Annotated[
    str | None,
    Field(max_length=2000, description="Sealed: it may speak of persons, and can be erased.", examples=[None]),
]
FirstDay = Annotated[Day, Field(examples=["2026-12-01"])]
LastDay = Annotated[Day, Field(examples=["2026-12-31"])]
DayOrNone = Annotated[Day | None, Field(examples=[None])]
PersonId = Annotated[str, Field(pattern=NAMED, max_length=64, examples=["01a20afe-56ea-7afc-96b1-f7a6353f00da"])]
Bench = Annotated[str | None, Field(pattern=NAMED_IN_CODE, max_length=40, examples=[None])]
Language = Annotated[str, Field(examples=["pt"], json_schema_extra=in_description(LANGUAGES))]
RoleWord = Annotated[
    str,
    Field(examples=["focal_point"], json_schema_extra=in_description({r for known in ROLES.values() for r in known})),
]
WhyLeft = Annotated[str, Field(examples=["moved_on"], json_schema_extra=in_description(LEFT_BECAUSE))]


class PersonIn(Body):
    """A person to invite. Name and address stand in no event, and can be erased."""

    party: Party = HOUSE
    name: Annotated[str, Field(min_length=1, max_length=300, pattern=r"\S", examples=["Bruno"])]
    email: Annotated[
        str, Field(min_length=3, max_length=254, pattern=r"^[^@\s]+@[^@\s]+$", examples=["bruno@trabalho.example"])
    ]
    language: Language = "es"


class EndIn(Body):
    """Why a person, or a role, ends: left, moved_on, replaced, invited_in_error or other."""

    party: Party = HOUSE
    reason: WhyLeft = "left"
    note: Note = None


class SuccessorIn(Body):
    """Who takes over every role of a person."""

    party: Party = HOUSE
    successor: PersonId


class RoleIn(Body):
    """A role proposed for a person; a second person grants it."""

    party: Party = HOUSE
    role: RoleWord
    bench: Bench = None
    from_on: DayOrNone = None
    until_on: DayOrNone = None


class RefusalIn(Body):
    """What there is to say about a proposal that is turned down."""

    note: Note = None


class RoleEndIn(Body):
    """Why a role ends."""

    reason: WhyLeft = "left"


class SeatIn(Body):
    """Who is to sit, and how long."""

    person: PersonId
    from_on: DayOrNone = None
    until_on: DayOrNone = None


class SeatReasonIn(Body):
    """Why a seat is vacant or contested."""

    reason: Annotated[
        str, Field(examples=["other"], json_schema_extra=in_description({*VACANT_BECAUSE, *CONTESTED_BECAUSE}))
    ]
    note: Note = None


class DelegationIn(Body):
    """Who acts for the asker, in which of the asker's roles, in what and how long."""

    party: Party = HOUSE
    delegate: PersonId
    role: RoleWord
    bench: Bench = None
    acts: Annotated[
        list[Annotated[str, Field(json_schema_extra=in_description(ACTS))]],
        Field(min_length=1, max_length=3, examples=[["read", "speak"]]),
    ]
    from_on: FirstDay
    to_on: LastDay


class AbsenceIn(Body):
    """Who is away, from a day to a day."""

    party: Party = HOUSE
    person: PersonId
    from_on: FirstDay
    to_on: LastDay


class InstitutionIn(Body):
    """An institution with its first name."""

    party: Party
    type: Annotated[str, Field(examples=["ministry"], json_schema_extra=in_description(INSTITUTION_TYPES))]
    language: Language
    name: Annotated[str, Field(max_length=300, examples=["Ministério do Trabalho e Emprego"])]
    from_on: FirstDay


class NameIn(Body):
    """What an institution is called in a language from a day on."""

    language: Language
    name: Annotated[str, Field(max_length=300, examples=["Ministerio de Trabajo y Empleo"])]
    from_on: FirstDay


class LastDayIn(Body):
    """An institution's last day."""

    until_on: LastDay


class GovernmentIn(Body):
    """A change of government: the day, and the benches whose seats are to be confirmed."""

    on: Annotated[Day, Field(examples=["2026-11-20"])]
    benches: Annotated[
        tuple[Annotated[str, Field(pattern=NAMED_IN_CODE)], ...], Field(max_length=20, examples=[["government"]])
    ] = ("government",)


class RosterAnswer(BaseModel):
    """Where a roster stands after a command. `version` is the next If-Match."""

    roster: str
    party: str
    version: int


class PersonAnswer(RosterAnswer):
    """A person invited or parted with."""

    person: str


class SuccessionAnswer(PersonAnswer):
    """The successor, and the roles proposed for them."""

    roles: list[str]


class RoleAnswer(RosterAnswer):
    """A role, where it stands, and whose the second pair of eyes is."""

    role: str
    status: str
    second: str | None


class SeatAnswer(RosterAnswer):
    """A seat, and how it stands."""

    bench: str
    status: str


class DelegationAnswer(RosterAnswer):
    """A delegation given or ended."""

    delegation: str


class AbsenceAnswer(RosterAnswer):
    """An absence told or called off."""

    absence: str


class InstitutionAnswer(RosterAnswer):
    """An institution entered, named or closed."""

    institution: str


class GovernmentAnswer(RosterAnswer):
    """What a change of government came to, or would."""

    dry_run: bool
    told_before: bool
    on: str
    benches: list[str]
    seats: list[str]
    delegations: list[str]
    persons: list[str]
    sessions: int
    tokens: list[str]
    invitations: int = 0
    texts: list[dict[str, Any]]
    exchanges: list[dict[str, Any]]
    clocks_paused_from: str


_ROLE_ID = "01a20b03-0c1d-7e2f-9a3b-4c5d6e7f8091"
_ID = "01a20afe-56ea-7afc-96b1-f7a6353f00da"
_ROSTER = {"roster": "01a20b02-11aa-7c5e-8d2f-0a1b2c3d4e5f", "party": "BR", "version": 9}
PERSON_ANSWER = {**_ROSTER, "person": _ID}
SUCCESSION = {**PERSON_ANSWER, "roles": [_ROLE_ID]}
ROLE_ANSWER = {**_ROSTER, "role": _ROLE_ID, "status": "proposed", "second": "own"}
SEAT_ANSWER = {**_ROSTER, "bench": "workers", "status": "vacant"}
DELEGATION_ANSWER = {**_ROSTER, "delegation": "01a20b04-2d3e-7f40-8b5c-6d7e8f90a1b2"}
ABSENCE_ANSWER = {**_ROSTER, "absence": "01a20b05-3e4f-7051-9c6d-7e8f90a1b2c3"}
INSTITUTION_ANSWER = {**_ROSTER, "institution": "01a20b06-4f50-7162-8d7e-8f90a1b2c3d4"}
GOVERNMENT = {
    **_ROSTER,
    "dry_run": True,
    "told_before": False,
    "on": "2026-11-20",
    "benches": ["government"],
    "seats": ["government"],
    "delegations": [DELEGATION_ANSWER["delegation"]],
    "persons": [_ID],
    "sessions": 2,
    "tokens": ["01a20b07-5061-7273-8e8f-90a1b2c3d4e5"],
    "invitations": 1,
    "texts": [
        {
            "agreement": "01a20b00-ec2d-7dd3-bcda-c76ffb2c0d91",
            "reference": "AGR-2026-0007",
            "title": "Natural rubber",
            "status": "negotiation",
            "signatory": {"name": "Aldo", "title": "Minister", "institution": "Ministry of Labour"},
        }
    ],
    "exchanges": [{"exchange": _ID, "reference": "SSC-2026-0042", "stage": "commitment"}],
    "clocks_paused_from": "2026-11-20",
}
PERSON = {
    "person": _ID,
    "name": "Bruno",
    "email": "bruno@trabalho.example",
    "language": "pt",
    "party": "BR",
    "acts_as": ["focal_point"],
    "is_away": False,
    "invited_at": "2026-11-23T15:04:05.000Z",
    "ended_at": None,
    "version": 9,
}
ROLE = {
    "role": _ROLE_ID,
    "person": _ID,
    "name": "Bruno",
    "party": "BR",
    "kind": "focal_point",
    "bench": None,
    "status": "proposed",
    "from_on": None,
    "until_on": None,
    "proposed_by": "01a20b07-5061-7273-9e8f-90a1b2c3d4e5",
    "proposed_at": "2026-11-23T15:04:05.000Z",
    "decided_by": None,
    "decided_at": None,
    "second": None,
    "ended_at": None,
    "version": 9,
}
SEAT = {
    "party": "BR",
    "bench": "workers",
    "status": "contested",
    "person": _ID,
    "name": "Bruno",
    "reason": "two_organisations",
    "note": None,
    "from_on": "2026-11-23",
    "until_on": None,
    "version": 9,
}
DELEGATION = {
    "delegation": DELEGATION_ANSWER["delegation"],
    "party": "BR",
    "giver": _ID,
    "giver_name": "Bruno",
    "delegate": "01a20b07-5061-7273-9e8f-90a1b2c3d4e5",
    "delegate_name": None,
    "role": "focal_point",
    "bench": None,
    "acts": ["move", "read"],
    "from_on": "2026-12-01",
    "to_on": "2026-12-20",
    "ended_at": None,
    "reason": None,
    "version": 9,
}
ABSENCE = {
    "absence": ABSENCE_ANSWER["absence"],
    "party": "BR",
    "person": _ID,
    "name": "Bruno",
    "from_on": "2026-12-01",
    "to_on": "2026-12-20",
    "ended_at": None,
    "version": 9,
}
INSTITUTION = {
    "institution": INSTITUTION_ANSWER["institution"],
    "party": "BR",
    "type": "ministry",
    "names": {"pt": "Ministério do Trabalho e Emprego"},
    "all_names": [{"language": "pt", "from_on": "1930-11-26", "name": "Ministério do Trabalho e Emprego"}],
    "from_on": "1930-11-26",
    "until_on": None,
    "version": 9,
}
