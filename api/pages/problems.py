# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Problems as pages: what a problem's type points to, and what a browser is shown instead of a problem document."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Header, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse

from api.asking import AnySession
from api.guards.asgi import App, Message, Receive, Scope, Send, header
from api.guards.csrf import API
from api.pages.frame import Frame, frame_of
from api.pages.problem_codes import SAID
from api.pages.problem_words import SMALL, told
from api.pages.rendering import rendered
from api.policies import acts
from api.problems import MEDIA_TYPE, TITLES, family, status_of, title_of
from observatory.errors import NotFound

router = APIRouter(include_in_schema=False)
_OF_THE_BODY = frozenset({b"content-type", b"content-length"})


@dataclass(frozen=True, slots=True)
class ProblemPage:
    """All that the template `problem.html.j2` tells.

    said: what can be said with the code, … for what is filled in · request: the number of the request that went wrong, if one did
    """

    frame: Frame
    words: Mapping[str, str]
    heading: str
    sentence: str
    code: str
    meaning: str | None
    said: tuple[str, ...]
    request: str | None


@router.get("/problems/{code}", **acts("problem.read"))
def problem_page(
    code: str, request: Request, session: AnySession, accept: Annotated[str, Header()] = "*/*"
) -> Response:
    """What a code means, and what is said with it. Raises NotFound for a code that nobody gives."""
    if family(code) not in TITLES or code not in SAID:
        raise NotFound(f"no problem {code}", problem=code)
    title, status, said = title_of(code), status_of(code), SAID[code]
    if "text/html" not in accept:
        return JSONResponse({"code": code, "title": title, "status": status, "said": said})
    frame = frame_of(request, session)
    words = SMALL[frame.lang]
    heading, _ = told(code, status, frame.lang)
    sentence = words["never"].format(code=code, status=status)
    return rendered("problem.html.j2", ProblemPage(frame, words, heading, sentence, code, title, said, None))


class AsPages:
    """Shows a browser a page where a program is sent a problem document; the status and the headers stay."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(API) or not _is_browser(scope):
            await self.app(scope, receive, send)
            return
        held: list[Message] = []

        async def shown(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_problem(message):
                held.append(message)
            elif not held:
                await send(message)
            else:
                held.append(message)
                if not message.get("more_body"):
                    await _send_page(scope, held, send)

        await self.app(scope, receive, shown)


async def _send_page(scope: Scope, held: list[Message], send: Send) -> None:
    start = held[0]
    document = b"".join(message.get("body", b"") for message in held[1:])
    page = _page(scope, start["status"], document) if document else None
    content = bytes(page.body) if page else b""
    kept = [pair for pair in start["headers"] if pair[0].lower() not in _OF_THE_BODY]
    own = [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", str(len(content)).encode())]
    await send({**start, "headers": [*kept, *own]})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else content})


def _page(scope: Scope, status: int, document: bytes) -> HTMLResponse:
    said = json.loads(document)
    frame = frame_of(Request(scope), None, came_in=header(scope, b"cookie") is not None)
    heading, sentence = told(said["code"], status, frame.lang)
    page = ProblemPage(frame, SMALL[frame.lang], heading, sentence, said["code"], None, (), said.get("request_id"))
    return rendered("problem.html.j2", page, status)


def _is_browser(scope: Scope) -> bool:
    return "text/html" in (header(scope, b"accept") or "")


def _is_problem(message: Message) -> bool:
    kinds = [value for name, value in message["headers"] if name.lower() == b"content-type"]
    return any(kind.startswith(MEDIA_TYPE.encode()) for kind in kinds)
