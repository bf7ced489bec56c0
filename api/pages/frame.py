# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What the pages of one person share: their language, who is signed in, and what went wrong, told once and in plain words."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import Request

from api.pages.onward import NEXT, onward
from api.pages.record_words import code_in_words
from api.pages.sign_in_words import SIGN_IN_WORDS
from api.pages.words import LANGUAGES, language_for
from people.actors import Actor
from people.policy import can
from services.accounts import giver_of
from services.errors import ServiceError
from services.sign_in.sessions import Session

PLACES = (("/", "places_board", "board.read"), ("/entries", "places_entries", "entry.list"))
"""Where the head of a page leads: address, label, and the action of the policy that lets one go there."""


@dataclass(frozen=True, slots=True)
class Who:
    """The corner of the header: a way in, or who is in and as whom they act, where they may go, and the way out.

    links: address and label of the pages that the policy lets them see · out: label of the way out, for whoever is in
    """

    href: str
    label: str
    acting: str
    signed_in: bool
    lang: str
    links: tuple[tuple[str, str], ...] = ()
    out: str | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page of signing in knows. `carried`: `&next=…`, or nothing; `after`: the page after signing in."""

    lang: str
    words: Mapping[str, str]
    languages: tuple[tuple[str, str], ...]
    path: str
    who: Who
    error: str | None = None
    carried: str = ""
    after: str = "/"


def spoken(session: Session | None, chosen: str | None, accepted: str | None) -> str:
    """The language of a page: the one asked for, else the person's, else the browser's."""
    return language_for(chosen or (session.language if session else None), accepted)


def frame_of(
    request: Request,
    session: Session | None,
    error: ServiceError | str | None = None,
    *,
    told: str | None = None,
    came_in: bool = False,
) -> Frame:
    """The frame of a page.

    error: a code of the words of signing in, or an error they know · told: what went wrong, in words already
    came_in: a browser that seems to have a session, whose it is nobody asked
    """
    lang = spoken(session, request.query_params.get("lang"), request.headers.get("accept-language"))
    words = SIGN_IN_WORDS[lang]
    code = error if isinstance(error, str) or error is None else _told(error)
    seconds = error.facts.get("retry_after") if isinstance(error, ServiceError) else None
    text = words[code].format(seconds=seconds) if code else told
    after = onward(request)
    return Frame(
        lang=lang,
        words=words,
        languages=tuple(LANGUAGES.items()),
        path=request.url.path,
        who=_whoever(words, lang) if came_in else who_of(session, lang),
        error=text,
        carried=f"&{urlencode({NEXT: after})}" if after else "",
        after=after or "/",
    )


def _whoever(words: Mapping[str, str], lang: str) -> Who:
    return Who("/me", words["me_title"], "", signed_in=True, lang=lang, out=words["sign_out"])


def who_of(session: Session | None, lang: str) -> Who:
    """Somebody half in is not in yet, but may go out again."""
    words = SIGN_IN_WORDS[lang]
    out = words["sign_out"] if session else None
    if session is None or session.lacks:
        return Who("/sign-in", words["sign_in"], "", signed_in=False, lang=lang, out=out)
    acting = acting_in_words(session.actor, lang) if session.actor else ""
    return Who("/me", session.name, acting, signed_in=True, lang=lang, links=_links(session.actor, words), out=out)


def _links(actor: Actor | None, words: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    if actor is None:
        return ()
    return tuple((href, words[label]) for href, label, action in PLACES if can(actor, action).allowed)


def acting_in_words(actor: Actor, lang: str) -> str:
    """`Delegate · BR · workers`, and that one stands in for another."""
    words = SIGN_IN_WORDS[lang]
    bench = code_in_words(actor.bench, lang) if actor.bench else None
    parts = [words.get(actor.role, actor.role), actor.party, bench]
    behalf = [words["for"]] if giver_of(actor) else []
    return " · ".join([part for part in parts if part] + behalf)


def _told(error: ServiceError) -> str:
    known = f"e_{error.code}"
    return known if known in SIGN_IN_WORDS["en"] else "e_other"
