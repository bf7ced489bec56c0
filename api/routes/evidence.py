# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Evidence: brought with a declaration, fetched as an attachment, redacted or erased by a decision."""

from typing import Annotated, Literal

from fastapi import APIRouter, File, Form, Path, Response, UploadFile
from fastapi.responses import FileResponse

from api.answering import answered
from api.asking import AskedOf, OpenDesk, Reader
from api.bearing import ETAG, bears
from api.examples import EVIDENCE, EVIDENCE_ANSWER, EXCHANGE, Responses, shows, shows_made
from api.openapi import PROBLEM
from api.policies import acts
from api.schemas import PARTY, ExchangeAnswer, Reference, in_description
from api.schemas_privacy import DecisionIn, EvidenceAnswer, RedactionAnswer
from cycle.entries import WAYS
from cycle.evidence import CHILDREN, WITHOUT_CONSENT
from cycle.facts.work import PEOPLE, SHOWS
from cycle.items import Item
from observatory.window_registers import see_evidence
from services.asking import Answer
from services.behalf import entered
from services.evidence import Declaration, add_evidence, erase_evidence, open_evidence, redact_evidence

router = APIRouter(prefix="/exchanges/{reference}/evidence", tags=["evidence"])
SANDBOX = "sandbox; default-src 'none'"
"""A browser that shows the file after all runs nothing of it."""

_ADDED = shows_made(EVIDENCE_ANSWER)
_CHANGED: Responses = {201: shows({**EXCHANGE, "item": "evidence-1"})}
_REDACTED: Responses = {201: shows({**EXCHANGE, "item": "evidence-1", "sha256": EVIDENCE_ANSWER["sha256"]})}
_FILE: Responses = {
    200: {"content": {"application/octet-stream": {}}, "description": "The file, as an attachment."},
    410: {"content": PROBLEM, "description": "Withdrawn, or erased by decision."},
}
ItemName = Annotated[str, Path(pattern=r"^evidence-[0-9]{1,9}$", max_length=40, examples=["evidence-1"])]
Shows = Annotated[
    str,
    Form(
        description="What the file is.", max_length=40, json_schema_extra={"enum": list(SHOWS)}, examples=["document"]
    ),
]
People = Annotated[
    str,
    Form(
        description="Who appears in it.",
        max_length=40,
        json_schema_extra={"enum": [*PEOPLE, CHILDREN, WITHOUT_CONSENT]},
        examples=["nobody"],
    ),
]
Why = Annotated[
    str,
    Form(
        min_length=1,
        max_length=2000,
        description="Why it is decided; it names nobody.",
        examples=["A face was recognised."],
    ),
]


@router.get("", responses={200: shows([EVIDENCE])}, **acts("evidence.list"))
def evidence(reference: Reference, desk: OpenDesk, reader: Reader) -> tuple[Item, ...]:
    """The evidence of an exchange, as it was declared."""
    return see_evidence(desk, reader, reference)


@router.post("", status_code=201, response_model=EvidenceAnswer, responses=bears(_ADDED, ETAG), **acts("evidence.add"))
def add(
    reference: Reference,
    response: Response,
    desk: OpenDesk,
    asking: AskedOf,
    file: Annotated[UploadFile, File(description="At most 25 MiB, of a kind that is kept.")],
    shows: Shows,
    people: People,
    access: Annotated[Literal["open", "restricted"] | None, Form()] = None,
    of_item: Annotated[str | None, Form(max_length=200, description="What it is evidence of.")] = None,
    on_behalf_of: Annotated[
        str | None, Form(pattern=PARTY, max_length=40, description="In whose name an officer enters it.")
    ] = None,
    came_by: Annotated[
        str | None, Form(description="How it came.", max_length=40, json_schema_extra=in_description(WAYS))
    ] = None,
    received_on: Annotated[str | None, Form(description="The day it arrived.", max_length=10)] = None,
) -> Answer:
    """Bring a file and say who appears in it. Pictures, recordings and lists of attendance are restricted."""
    declared = Declaration(shows, people, access, of_item)
    asking = entered(asking, on_behalf_of, came_by, received_on)
    done = add_evidence(desk, asking, reference, file.file, file.filename or "", declared)
    return answered(response, done)


@router.get("/{item}/file", response_class=FileResponse, responses=bears(_FILE, ETAG), **acts("evidence.read"))
def evidence_file(reference: Reference, item: ItemName, desk: OpenDesk, reader: Reader) -> FileResponse:
    """The file, to be kept and not shown. Who reads a restricted one is written down."""
    found = open_evidence(desk, reader, reference, item)
    headers = {"ETag": f'"{found.sha256}"', "Content-Security-Policy": SANDBOX, "X-Content-Type-Options": "nosniff"}
    return FileResponse(found.path, media_type=found.media_type, filename=found.name, headers=headers)


@router.post(
    "/{item}/redactions",
    status_code=201,
    response_model=RedactionAnswer,
    responses=bears(_REDACTED, ETAG),
    **acts("redaction.decide"),
)
def redact(
    reference: Reference,
    item: ItemName,
    response: Response,
    desk: OpenDesk,
    asking: AskedOf,
    file: Annotated[UploadFile, File(description="The redacted copy.")],
    original: Annotated[Literal["kept", "erased"], Form(description="What becomes of the file that was brought.")],
    reason: Why,
) -> Answer:
    """Decide that readers get a redacted copy. The first file's digest stays in the ledger."""
    done = redact_evidence(
        desk, asking, reference, item, file.file, file.filename or "", original=original, reason=reason
    )
    return answered(response, done)


@router.post(
    "/{item}/erasures",
    status_code=201,
    response_model=ExchangeAnswer,
    responses=bears(_CHANGED, ETAG),
    **acts("evidence.erase"),
)
def erase(
    reference: Reference, item: ItemName, body: DecisionIn, response: Response, desk: OpenDesk, asking: AskedOf
) -> Answer:
    """Decide that a file goes. Its digest and the decision stay in the ledger."""
    return answered(response, erase_evidence(desk, asking, reference, item, body.reason))
