# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What the pages of one person share: their language, who is signed in, and what went wrong, told once and in plain words."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import Request

from api.pages.sign_in_words import SIGN_IN_WORDS
from api.pages.words import LANGUAGES, language_for
from people.actors import Actor
from services.errors import ServiceError
from services.sign_in.sessions import Session


@dataclass(frozen=True, slots=True)
class Who:
    """The corner of the header: a way in, or who is in and as whom they act."""

    href: str
    label: str
    acting: str
    signed_in: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page of signing in knows."""

    lang: str
    words: Mapping[str, str]
    languages: tuple[tuple[str, str], ...]
    path: str
    who: Who
    error: str | None = None


def frame_of(request: Request, session: Session | None, error: ServiceError | str | None = None) -> Frame:
    """The frame of a page: in the language asked for, else the person's, else the browser's."""
    liked = request.query_params.get("lang") or (session.language if session else None)
    lang = language_for(liked, request.headers.get("accept-language"))
    words = SIGN_IN_WORDS[lang]
    told = error if isinstance(error, str) or error is None else _told(error)
    seconds = error.facts.get("retry_after") if isinstance(error, ServiceError) else None
    text = words[told].format(seconds=seconds) if told else None
    return Frame(lang, words, tuple(LANGUAGES.items()), request.url.path, who_of(session, lang), text)


def who_of(session: Session | None, lang: str) -> Who:
    words = SIGN_IN_WORDS[lang]
    if session is None or session.lacks:
        return Who("/sign-in", words["sign_in"], "", False)
    return Who("/me", session.name, acting_in_words(session.actor, lang) if session.actor else "", True)


def acting_in_words(actor: Actor, lang: str) -> str:
    """`Focal point · BR`, and that one stands in for another."""
    words = SIGN_IN_WORDS[lang]
    parts = [words.get(actor.role, actor.role), actor.party, actor.bench]
    behalf = [words["for"]] if (actor.on_behalf_of or "").startswith("person:") else []
    return " · ".join([part for part in parts if part] + behalf)


def _told(error: ServiceError) -> str:
    known = f"e_{error.code}"
    return known if known in SIGN_IN_WORDS["en"] else "e_other"
