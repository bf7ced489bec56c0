# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Examples of answers, one per operation, as the description of the API shows them."""

from typing import Any

EXCHANGE = {
    "exchange": "01a20afe-56ea-7afc-96b1-f7a6353f00da",
    "reference": "SSC-2026-0042",
    "stage": "demand",
    "lifecycle": "active",
    "version": 5,
    "item": None,
}
AGREEMENT = {
    "agreement": "01a20b00-ec2d-7dd3-bcda-c76ffb2c0d91",
    "reference": "AGR-2026-0007",
    "status": "negotiation",
    "text_version": 0,
    "version": 2,
}
MOVES = {
    "moves": [
        {
            "move": "begin_commitment",
            "to": "commitment",
            "allowed": False,
            "who_may": ["party:BR", "party:PE", "secretariat"],
            "missing": [
                {
                    "code": "match_accepted",
                    "need": "each party says its acceptance",
                    "who_could": ["party:PE"],
                    "cure": "acceptance",
                }
            ],
            "advice": [],
            "lapsed": [],
            "excused": {},
        }
    ]
}
LINE = {
    "exchange": EXCHANGE["exchange"],
    "reference": "SSC-2026-0042",
    "title": "Natural rubber",
    "programme": "regional-initiative",
    "stage": "demand",
    "lifecycle": "active",
    "weight": "standard",
    "door": "offer",
    "lap": 0,
    "parties": [{"party": "BR", "roles": ["offers"]}, {"party": "PE", "roles": ["asks"]}],
    "entered_on": "2026-11-23",
    "days_in_stage": 1,
    "due_on": "2027-02-18",
    "overdue": False,
    "moved_at": "2026-11-23T15:04:05.000Z",
    "specimen": False,
    "origin": "entered",
    "source": None,
}
STAGES = {
    "draft": 1, "offer": 2, "demand": 1, "commitment": 3, "execution": 5, "reflection": 1, "action": 1,
    "accompaniment": 2, "feedback": 0, "closed": 9,
}  # fmt: skip
BOARD = {
    "total": 25,
    "stages": STAGES,
    "lifecycles": {"active": 16, "completed": 9},
    "as_of": "2026-11-23",
    "known_on": "2026-11-23",
    "country": None,
    "specimens": {"total": 0, "stages": dict.fromkeys(STAGES, 0)},
}


FACT = {
    "item": "activity-1",
    "kind": "activity",
    "party": None,
    "happens_on": "2026-12-01",
    "status": "planned",
    "body": {"title": "First mission", "on": "2026-12-01", "mode": "in_person"},
    "struck": False,
    "said_seq": 12,
    "changed_seq": 12,
}
PAPER = {
    "id": "01a20b00-ec2d-7dd3-bcda-c76ffb2c0d94",
    "stream": f"exchange/{EXCHANGE['exchange']}",
    "exchange": EXCHANGE["exchange"],
    "agreement": None,
    "kind": "roadmap",
    "languages": ["es", "pt"],
    "version": 1,
    "ordered_seq": 14,
    "ordered_at": "2026-11-23T15:04:05.000Z",
    "status": "drawn",
    "drawn_at": "2026-11-23T15:04:09.000Z",
    "sha256": "5e" * 32,
    "bytes": 48213,
    "pages": 3,
}
HAPPENED = {
    "seq": 3,
    "occurred_at": "2026-11-23T15:04:05.000Z",
    "recorded_at": "2026-11-23T15:04:05.000Z",
    "type": "StageMoved",
    "who": "Bruno",
    "on_behalf_of": None,
    "summary": "draft → offer; publish_offer; reference: SSC-2026-0042",
    "struck": False,
    "payload": {"from": "draft", "to": "offer", "move": "publish_offer", "reference": "SSC-2026-0042"},
}
WHOLE = {
    "line": LINE,
    "version": 5,
    "parties": {"BR": {"kind": "country", "roles": ["offers"], "institution": "Embrapa", "joined_on": "2026-11-23"}},
    "review_on": None,
    "before_minga": None,
    "owed": [],
    "met": {"offer_modality": "5"},
    "flags": [],
    "age": {"calendar_days": 1, "allowance": 60, "used": 1, "pauses": []},
    "items": [FACT],
    "papers": [PAPER],
    "agreements": [
        {"agreement": AGREEMENT["agreement"], "reference": "AGR-2026-0007", "title": "Rubber", "status": "negotiation"}
    ],
}
AGREEMENT_WHOLE = {
    **AGREEMENT,
    "title": "Cooperation on natural rubber",
    "programme": "regional-initiative",
    "register": "non_binding",
    "text_hash": None,
    "provisional": False,
    "in_force_on": None,
    "expires_on": None,
    "amends": None,
    "parties": ["BR", "PE"],
    "signatories": {},
    "counterparts": {},
    "unsigned": ["BR", "PE"],
    "declined": {},
    "exchanges": {EXCHANGE["exchange"]: "covered"},
    "steps": ["send_for_clearance"],
    "papers": [],
    "specimen": False,
}
INVITATION_MADE = {
    **AGREEMENT,
    "status": "open_for_signature",
    "invitation": "01a20b00-ec2d-7dd3-bcda-c76ffb2c0d93",
    "expires_at": "2026-12-23T15:04:05.000Z",
}
INVITATION = {
    "invitation": "01a20b00-ec2d-7dd3-bcda-c76ffb2c0d93",
    "party": "BR",
    "email": "minister@trabalho.example",
    "language": "pt",
    "text_version": 1,
    "invited_at": "2026-11-23T15:04:05.000Z",
    "expires_at": "2026-12-23T15:04:05.000Z",
    "ended_at": None,
    "ended_because": None,
}
AGREEMENT_VERSION = {
    "version": 1,
    "summary": "First text",
    "terms": {"object": "To share how rubber is traced."},
    "text_hash": "5d41402abc4b2a76b9719d911017c5925d41402abc4b2a76b9719d911017c592",
    "proposed_at": "2026-11-23T15:04:05.000Z",
    "counts": True,
}
SIGNATORY = {"party": "BR", "title": "Minister of Labour", "institution": "Ministry of Labour", "order": 1}
AGREEMENT_LINE = {
    **AGREEMENT,
    "title": "Cooperation on natural rubber",
    "programme": "regional-initiative",
    "register": "non_binding",
    "in_force_on": None,
    "expires_on": None,
    "parties": ["BR", "PE"],
    "specimen": False,
}
PROGRAMME = {
    "slug": "regional-initiative",
    "version": 1,
    "hash": "7c1f0d5e3f0a4f9b8f0e0a6f1b2c3d4e5f60718293a4b5c6d7e8f90112233445",
    "published_at": "2026-11-23T15:00:00.000Z",
    "stream": "programme/01a20a00-0000-7000-8000-000000000001",
}
PROGRAMME_DOCUMENT = {
    "slug": "regional-initiative",
    "timezone": "America/Lima",
    "countries": [{"code": "BR", "names": {"en": "Brazil", "pt": "Brasil"}, "timezone": "America/Sao_Paulo"}],
}
TOKEN = {
    "id": "01a20b00-ec2d-7dd3-bcda-c76ffb2c0d91",
    "name": "our own register",
    "person": "01a20b00-ec2d-7dd3-bcda-c76ffb2c0d92",
    "role": "focal_point",
    "party": "BR",
    "bench": None,
    "scopes": ["read", "write"],
    "created_at": "2026-11-23T15:04:05.000Z",
    "expires_at": "2027-02-21T15:04:05.000Z",
    "revoked_at": None,
    "version": 1,
}
TOKEN_ENDED = {**TOKEN, "revoked_at": "2026-12-01T08:00:00.000Z", "version": 2}
TOKEN_MADE = {
    **{name: value for name, value in TOKEN.items() if name not in ("created_at", "revoked_at", "version")},
    "secret": "minga_…",
}
FUNDING_ANSWER = {
    "source": "01a20b00-ec2d-7dd3-bcda-c76ffb2c0d93",
    "currency": "USD",
    "amount": "50000",
    "allocated": "2000",
    "left": "48000",
    "version": 2,
}
FUNDING_SOURCE = {
    **FUNDING_ANSWER,
    "donor": "Brazilian Cooperation Agency",
    "project_code": "BRA/13/07",
    "from_on": "2026-01-01",
    "to_on": "2027-12-31",
}
ALLOCATION = {"exchange": EXCHANGE["exchange"], "reference": "SSC-2026-0042", "amount": "2000"}
MEASURE = {
    "exchange": EXCHANGE["exchange"],
    "reference": "SSC-2026-0042",
    "item": "measure-1",
    "title": "Train forty inspectors",
    "status": "open",
    "owner": "Ministry of Labour",
    "responsible": "Ministry of Labour",
    "due_on": "2027-06-30",
    "stage": "accompaniment",
    "specimen": False,
}
A_PRACTICE = {
    "exchange": EXCHANGE["exchange"],
    "reference": "SSC-2026-0042",
    "title": "Quality and age on one form",
    "status": "published",
    "on": "2027-09-01",
    "review_again_on": "2029-09-01",
    "specimen": False,
}
LEDGER = {"events": 412, "streams": {"agreement": 7, "exchange": 42, "programme": 1}, "waiting": 412}
STREAM = {
    "stream": f"exchange/{EXCHANGE['exchange']}",
    "items": [
        {
            "seq": 1,
            "type": "ExchangeDrafted",
            "v": 1,
            "actor": TOKEN["person"],
            "on_behalf_of": None,
            "occurred_at": "2026-11-23T15:04:05.000Z",
            "recorded_at": "2026-11-23T15:04:05.000Z",
            "programme_version": "regional-initiative@1",
            "payload": {"title": "Natural rubber"},
            "previous": "0" * 64,
            "hash": "9b" * 32,
        }
    ],
    "next": 1,
    "version": 5,
}
BULK = {
    "dry_run": True,
    "done": 1,
    "outcomes": [{"exchange": "SSC-2026-0042", "status": 201, "answer": EXCHANGE, "problem": None}],
}


ENTRY = {
    "exchange": EXCHANGE["exchange"],
    "seq": 12,
    "party": "PE",
    "type": "ActivityPlanned",
    "item": "activity-1",
    "came_by": "mail",
    "came_on": "2026-11-20",
    "officer": "01a20b00-ec2d-7dd3-bcda-c76ffb2c0d91",
    "recorded_at": "2026-11-23T15:04:05.000Z",
    "status": "waiting",
    "answered_seq": None,
    "answered_by": None,
    "answered_at": None,
    "reason": None,
}
ENTRY_ANSWER = {**EXCHANGE, "entry": 12, "status": "confirmed"}
EXCEPTION = {
    "exchange": EXCHANGE["exchange"],
    "reference": "SSC-2026-0042",
    "seq": 12,
    "kind": "on_behalf",
    "what": "ActivityPlanned",
    "party": "PE",
    "bench": None,
    "reason": None,
    "officer": ENTRY["officer"],
    "name": "Ana",
    "occurred_at": "2026-11-23T15:04:05.000Z",
    "recorded_at": "2026-11-23T15:04:05.000Z",
    "answer": "waiting",
}
EXCEPTION_LINES = f"{','.join(EXCEPTION)}\n{','.join(str(cell or '') for cell in EXCEPTION.values())}\n"
UNHEARD = {**EXCEPTION, "kind": "unheard", "what": "agreement/PE/workers", "bench": "workers", "answer": None}
SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
EVIDENCE = {
    "item": "evidence-1",
    "kind": "evidence",
    "party": None,
    "happens_on": None,
    "status": "said",
    "body": {
        "name": {"sealed": "2f9c…"},
        "sha256": SHA256,
        "bytes": 48213,
        "media_type": "application/pdf",
        "shows": "document",
        "people": "nobody",
        "access": "open",
        "holds_no_child_data": True,
        "number": 1,
    },
    "struck": False,
    "said_seq": 14,
    "changed_seq": 14,
}
EVIDENCE_ANSWER = {**EXCHANGE, "item": "evidence-1", "sha256": SHA256, "access": "open"}
ERASURE_ANSWER = {
    "erasure": "01a20b00-ec2d-7dd3-bcda-c76ffb2c0d91",
    "person": "01a20afe-56ea-7afc-96b1-f7a6353f00da",
    "status": "decided",
    "values": 3,
    "kept": 1,
}
ERASURE = {
    "erasure": ERASURE_ANSWER["erasure"],
    "person": ERASURE_ANSWER["person"],
    "reason": "At their request.",
    "asked_by": "01a20b00-0000-7dd3-bcda-c76ffb2c0d91",
    "asked_at": "2026-11-23T15:04:05.000Z",
    "decided_by": None,
    "decided_at": None,
    "values": 0,
    "seq": 1,
}
OWN_DATA = {
    "told_at": "2026-11-23T15:04:05.000Z",
    "person": {"id": ERASURE_ANSWER["person"], "name": "Bruno"},
    "rows": {},
    "acted_in": [
        {
            "stream": "exchange/01a20afe-56ea-7afc-96b1-f7a6353f00da",
            "seq": 1,
            "type": "ExchangeDrafted",
            "on_behalf_of": None,
            "occurred_at": "2026-11-23T15:04:05.000Z",
        }
    ],
}


def shows(value: Any, description: str = "Done.") -> dict[str, Any]:
    """An example as the description of a successful answer."""
    return {"description": description, "content": {"application/json": {"example": value}}}


Responses = dict[int | str, dict[str, Any]]
"""What an operation answers, by status."""


def shows_one(line: Any) -> Responses:
    """One thing that is read."""
    return {200: shows(line)}


def shows_page(line: Any) -> Responses:
    """A page of things, the last one."""
    return {200: shows({"items": [line], "next": None})}


def shows_made(answer: Any) -> Responses:
    """What a command did."""
    return {201: shows(answer)}
