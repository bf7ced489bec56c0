# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Problems: every error as a problem document (RFC 9457) of a stable type, and the one table of their statuses."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api.methods import allow_header
from api.present import request_id, tell_code
from cycle.misfits import plainly
from observatory.errors import NotShown
from services.errors import ServiceError
from storage.errors import StorageError

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER = "5"

STATUS: Mapping[str, int] = {
    "request": 400,
    "cursor": 400,
    "token": 422,
    "token.refused": 401,
    "token.not_through_delegation": 403,
    "session": 401,
    "scope": 403,
    "permission": 403,
    "not_found": 404,
    "agreement": 409,
    "agreement.step_unknown": 422,
    "entry": 422,
    "erasure": 409,
    "evidence": 422,
    "roster": 409,
    "person": 422,
    "role": 409,
    "seat": 409,
    "delegation": 409,
    "absence": 409,
    "institution": 422,
    "invitation": 410,
    "invitation.form_outdated": 403,
    "government": 422,
    "exchange": 422,
    "requirements": 409,
    "move": 409,
    "version": 412,
    "body": 413,
    "country": 422,
    "correction": 422,
    "day": 422,
    "fact": 422,
    "funding": 422,
    "idempotency": 422,
    "idempotency.running": 409,
    "moment": 422,
    "paper": 422,
    "programme": 422,
    "upload": 422,
    "password": 422,
    "second_factor": 409,
    "sign_in": 401,
    "csrf": 403,
    "health": 503,
    "storage": 503,
    "internal": 500,
    # Those whose family says otherwise.
    "roster.day_malformed": 422,
    "roster.days_reversed": 422,
    "roster.word_unknown": 422,
    "roster.note_malformed": 422,
    "roster.not_through_delegation": 403,
    "person.invited_already": 409,
    "person.not_of_this_party": 409,
    "role.bench_wrong": 422,
    "delegation.acts_unknown": 422,
    "delegation.span_wrong": 422,
    "institution.closed_already": 409,
    "entry.answered": 409,
    "erasure.reason_missing": 422,
    "erasure.reason_names": 422,
    "evidence.gone": 410,
    "agreement.register_unknown": 422,
    "agreement.term_unknown": 422,
    "request.invalid": 422,
    "request.method_not_allowed": 405,
    "body.not_json": 415,
    "bulk": 422,
    "token.in_use": 409,
    "session.incomplete": 403,
    "session.no_actor": 403,
    "session.actor_unknown": 422,
    "session.demonstration": 409,
    "session.form_foreign": 403,
    "sign_in.too_many_tries": 429,
    "sign_in.link_refused": 422,
    "sign_in.busy": 503,
    "sign_in.key_unusable": 503,
    "version.required": 428,
    "request.host_foreign": 421,
    "request.too_slow": 408,
    "body.too_deep": 422,
    "upload.too_large": 413,
    "upload.kind_unknown": 415,
    "upload.kind_differs": 415,
    "upload.two_kinds": 415,
    "storage.changed_meanwhile": 409,
    "move.malformed": 422,
    "move.unknown": 422,
}
"""The status of each family of codes (the word before the dot), and of single codes."""

TITLES: Mapping[str, str] = {
    "absence": "The absence cannot be told like this",
    "agreement": "The agreement stands where this cannot be done",
    "agreement.register_unknown": "The agreement cannot be drafted like this",
    "agreement.requirements_unmet": "The agreement still needs something",
    "agreement.term_unknown": "The text holds a term that there is not",
    "body": "The body cannot be read",
    "bulk": "This is not for many at once",
    "country": "The country is no member country of the programme",
    "correction": "The correction names nothing that can be corrected",
    "csrf": "Another site sent this request",
    "cursor": "No page gave out this cursor",
    "day": "The day cannot be asked for",
    "delegation": "Nobody stands in like this",
    "entry": "The entry cannot be made, or answered, like this",
    "erasure": "The erasure cannot be asked for, or decided, like this",
    "evidence": "The evidence cannot be kept, or is gone",
    "exchange": "The exchange cannot be opened like this",
    "fact": "The fact is not well said",
    "funding": "The money cannot be set aside like this",
    "health": "This process cannot do its work now",
    "government": "A change of government cannot be told like this",
    "idempotency": "The key stands for another request, or for one still running",
    "institution": "The institution cannot be told like this",
    "internal": "A mistake of ours",
    "invitation": "The letter's key opens nothing",
    "moment": "The moment cannot be told",
    "move": "The move does not start from here",
    "move.malformed": "What the move carries is not well said",
    "move.unknown": "There is no such move",
    "not_found": "There is no such thing, or none you may know of",
    "paper": "No such paper",
    "password": "The password cannot be taken",
    "permission": "This is for somebody else to do",
    "person": "The person cannot be told like this",
    "programme": "The programme has mistakes",
    "request": "The request is not well formed",
    "requirements": "The move still needs something",
    "role": "The role cannot be proposed or decided like this",
    "roster": "The roster stands where this cannot be done",
    "scope": "The token does not reach this far",
    "second_factor": "The second factor stands otherwise",
    "session": "Sign in, wholly, as somebody who may",
    "sign_in": "Signing in did not succeed",
    "seat": "The seat stands where this cannot be done",
    "storage": "The database cannot be reached now",
    "upload": "The file cannot be kept",
    "token": "A valid token is needed, or this one cannot be made",
    "version": "It changed since you saw it, or you did not say what you saw",
}
"""What each family of codes means, for a person, and single codes where their family's words would mislead."""


def family(code: str) -> str:
    return code.partition(".")[0]


def status_of(code: str) -> int:
    """The status of a code: its own, else its family's, else that of a rule that said no."""
    return STATUS.get(code) or STATUS.get(family(code)) or 409


def title_of(code: str) -> str:
    return TITLES.get(code) or TITLES.get(family(code), "The rules said no")


def problem(code: str, detail: str, *, headers: Mapping[str, str] | None = None, **facts: Any) -> JSONResponse:
    """A problem document. `facts` are members of their own, beside those the standard names."""
    status = status_of(code)
    tell_code(code)
    told = document(code, detail, **facts, **({"request_id": request_id()} if request_id() else {}))
    return JSONResponse(told, status, {**_headers(status, facts), **(headers or {})}, MEDIA_TYPE)


def said_twice(name: str) -> JSONResponse:
    """The refusal of a parameter that is said twice."""
    return problem("request.said_twice", f"{name}: each parameter is said once, and fifty at most.")


def document(code: str, detail: str, **facts: Any) -> dict[str, Any]:
    """The members of a problem document."""
    detail = detail.encode("utf-8", "replace").decode()
    told = {"title": title_of(code), "status": status_of(code), "detail": detail, "code": code}
    own = {name: value for name, value in facts.items() if value not in (None, [], ())}
    return {**own, "type": f"/problems/{code}", **told}


def document_of(error: ServiceError | StorageError) -> dict[str, Any]:
    """An error as the document it would have been alone."""
    if isinstance(error, StorageError):
        return document(error.code, _detail_of(error))
    facts = {name: value for name, value in error.facts.items() if name not in ("code", "detail")}
    return document(error.code, str(error), **facts, reasons=error.reasons)


def _headers(status: int, facts: Mapping[str, Any]) -> dict[str, str]:
    match status:
        case 401:
            return {"WWW-Authenticate": 'Bearer realm="minga"'}
        case 429 | 503:
            return {"Retry-After": str(facts.get("retry_after", RETRY_AFTER))}
        case _:
            return {}


def _told_by_service(_: Request, error: Any) -> JSONResponse:
    facts = {name: value for name, value in error.facts.items() if name not in ("code", "detail")}
    return problem(error.code, str(error), **facts, reasons=getattr(error, "reasons", []))


def _detail_of(error: StorageError) -> str:
    # What the driver said names files and hosts: it is for the log of the server, not for the client.
    return str(error) if status_of(error.code) != 503 else "Nothing was written, or ask again with the same key."


def _told_by_storage(_: Request, error: Any) -> JSONResponse:
    detail = _detail_of(error)
    return problem(error.code, detail)


def _told_by_validation(request: Request, error: Any) -> JSONResponse:
    if _is_not_json(request, error):
        return problem("body.not_json", "A body is JSON: Content-Type: application/json.")
    reasons = [{"code": "request.invalid", "need": plainly(one), "field": _place(one["loc"])} for one in error.errors()]
    return problem("request.invalid", "; ".join(f"{r['field']}: {r['need']}" for r in reasons), reasons=reasons)


def _is_not_json(request: Request, error: Any) -> bool:
    """Whether the body was refused because it said that it was something else."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    takes = getattr(getattr(request.scope.get("route"), "body_field", None), "field_info", None)
    json = kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))
    about_body = any(one["loc"][:1] == ("body",) for one in error.errors())
    return about_body and not json and getattr(takes, "media_type", "application/json") == "application/json"


def _place(where: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in where)


def _told_by_framework(request: Request, error: Any) -> JSONResponse:
    codes = {404: "not_found", 405: "request.method_not_allowed"}
    code = codes.get(error.status_code, "request.malformed")
    headers = allow_header(request) if error.status_code == 405 else error.headers
    return problem(code, str(error.detail), headers=headers)


def _told_by_mistake(_: Request, error: Exception) -> JSONResponse:
    return problem("internal.error", f"{HTTPStatus(500).phrase}: it stands in the server's log.")


def handle_errors(app: FastAPI) -> None:
    """Makes every error of the app a problem document."""
    app.add_exception_handler(ServiceError, _told_by_service)
    app.add_exception_handler(NotShown, _told_by_service)
    app.add_exception_handler(StorageError, _told_by_storage)
    app.add_exception_handler(RequestValidationError, _told_by_validation)
    app.add_exception_handler(HTTPException, _told_by_framework)
    app.add_exception_handler(Exception, _told_by_mistake)


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The errors of an operation, for its description."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": HTTPStatus(status).phrase, "content": content} for status in statuses}
