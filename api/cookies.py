# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The one cookie: who is signed in. `__Host-` keeps it to this host alone, and no script and no other site gets at it."""

from hmac import compare_digest
from typing import Annotated, Any

from fastapi import Depends, Request, Response, Security
from fastapi.security import APIKeyCookie

from services.sign_in.entering import Came
from services.sign_in.sessions import ABSOLUTE_SECONDS, Session

COOKIE = "__Host-minga"
CLEAR = '"cookies", "storage", "cache"'
"""What a browser forgets when somebody signs out (Clear-Site-Data)."""

_cookie = APIKeyCookie(name=COOKIE, auto_error=False, description="The session of somebody who signed in on the pages.")

Brought = Annotated[str | None, Security(_cookie)]
"""The secret of the session a browser brings along, whatever it is worth."""

_FLAGS: dict[str, Any] = {"path": "/", "secure": True, "httponly": True, "samesite": "lax"}
_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS X", "Linux")
_BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}


def keep_session(answer: Response, secret: str) -> None:
    """The browser brings this session along from now on."""
    answer.set_cookie(COOKIE, secret, max_age=ABSOLUTE_SECONDS, **_FLAGS)


def forget_session(answer: Response) -> None:
    """The browser forgets the session and all else it keeps of us."""
    answer.delete_cookie(COOKIE, **_FLAGS)
    answer.headers["Clear-Site-Data"] = CLEAR


def form_token(session: Session) -> str:
    """What a form of this session must bring back: an HMAC that only a page of this session holds."""
    return session.form_key


def is_form_token(session: Session, said: str) -> bool:
    """Whether a form came from a page of this session."""
    return compare_digest(form_token(session).encode(), said.encode())


def device_of(user_agent: str) -> str:
    """The kind of browser and system, which tells one's sessions apart and little else."""
    browser = next((name for sign, name in _BROWSERS.items() if sign in user_agent), None)
    system = next((name for name in _SYSTEMS if name in user_agent), None)
    known = [name.replace("Mac OS X", "macOS") for name in (browser, system) if name]
    return ", ".join(known) or "—"


def _came(request: Request, brought: Brought = None) -> Came:
    origin = request.client.host if request.client else "?"
    return Came(origin, device_of(request.headers.get("user-agent", "")), brought)


Coming = Annotated[Came, Depends(_came)]
"""Whence a request comes."""
