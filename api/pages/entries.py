# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What was entered in a country's name, as a page: the country confirms in one tap, or contests with a reason.

Below, what was done without waiting for a bench's word, with a box for the reply of that bench.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse, Response

from api.asking import OpenDesk
from api.cookies import form_token
from api.pages.entries_words import ENTRY_WORDS
from api.pages.event_words import event_in_words
from api.pages.exchange import address_of
from api.pages.frame import Frame, frame_of
from api.pages.onward import carrying
from api.pages.own import Acting, OwnForm, SignedIn, Typed, acts_in_role
from api.pages.record_words import field_in_words
from api.pages.rendering import rendered
from api.pages.saying import value_in_words
from api.pages.sign_in import go
from api.pages.words import day_in_words
from api.paging import Cursor
from api.problems import status_of
from observatory.entries import Shown, Unheard
from observatory.window_registers import see_entries_whole, see_unheard_whole
from people.actors import OF_A_PARTY, Actor
from people.policy import offers
from people.resources import of_parties
from services.asking import Asking
from services.desk import Desk
from services.entries import confirm_entry, contest_entry
from services.errors import NotFound, ServiceError
from services.exchanges import state_fact
from services.sign_in.sessions import Session

router = APIRouter(include_in_schema=False)
AT_ONCE = 20
DONE = ("confirmed", "contested", "replied")
Exchange = Annotated[str, Path(max_length=64)]
Seq = Annotated[int, Path(ge=1, le=2**31 - 1)]
_TOLD = ("e_entry.answered", "e_entry.reason_missing", "e_fact.refused")


@dataclass(frozen=True, slots=True)
class EntryCard:
    """One entry. `buttons`: the actions of the policy that its reader may do to it."""

    exchange: str
    seq: int
    reference: str
    title: str
    href: str
    specimen: bool
    party: str
    what: str
    said: tuple[tuple[str, str], ...]
    came: str
    entered: str
    status: str
    status_told: str
    reason: str | None
    buttons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReplyCard:
    """A step that did not wait for a bench's word. `buttons` as above."""

    exchange: str
    reference: str
    title: str
    href: str
    specimen: bool
    paper: str
    paper_named: str
    reason: str | None
    told: str
    buttons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntriesPage:
    """All that the template `entries.html.j2` tells."""

    frame: Frame
    words: Mapping[str, str]
    token: str
    title: str
    why: str
    answered_too: bool
    tabs: tuple[tuple[str, str, bool], ...]
    none: str
    entries: tuple[EntryCard, ...]
    more: str | None
    replies: tuple[ReplyCard, ...]
    done: str | None


@router.api_route("/entries", methods=["GET", "HEAD"], **acts_in_role("entry.list"))
def entries_page(
    request: Request,
    desk: OpenDesk,
    session: SignedIn,
    actor: Acting,
    answered: Annotated[bool, Query()] = False,
    after: Cursor = None,
    done: str = "",
) -> HTMLResponse:
    """What waits for the reader's country, or all there is."""
    return _page(request, desk, session, actor, answered=answered, after=after, done=done)


@router.post("/entries/{exchange}/{entry}/confirm", **acts_in_role("entry.confirm"))
def confirm(
    request: Request, desk: OpenDesk, session: OwnForm, actor: Acting, exchange: Exchange, entry: Seq
) -> Response:
    """It is what the country said. Raises NotFound, Refused."""
    try:
        confirm_entry(desk, Asking(actor), exchange, entry)
    except ServiceError as error:
        return _again(request, desk, session, actor, error)
    return _did(request, "confirmed")


@router.post("/entries/{exchange}/{entry}/contest", **acts_in_role("entry.contest"))
def contest(
    request: Request,
    desk: OpenDesk,
    session: OwnForm,
    actor: Acting,
    exchange: Exchange,
    entry: Seq,
    reason: Typed = "",
) -> Response:
    """It is not what the country said. Raises NotFound, Refused."""
    try:
        contest_entry(desk, Asking(actor), exchange, entry, _lines(reason))
    except ServiceError as error:
        return _again(request, desk, session, actor, error)
    return _did(request, "contested")


@router.post("/entries/{exchange}/reply", **acts_in_role("reply.give"))
def reply(
    request: Request,
    desk: OpenDesk,
    session: OwnForm,
    actor: Acting,
    exchange: Exchange,
    paper: Typed = "",
    text: Typed = "",
) -> Response:
    """The word of a bench that was not waited for. Raises NotFound, Refused."""
    said = {"party": actor.party, "bench": actor.bench, "paper": paper, "text": _lines(text)}
    try:
        state_fact(desk, Asking(actor), exchange, "reply", said)
    except ServiceError as error:
        return _again(request, desk, session, actor, error)
    return _did(request, "replied")


def _did(request: Request, done: str) -> Response:
    answer = go(request, "/entries")
    answer.headers["Location"] += f"{'&' if '?' in answer.headers['Location'] else '?'}done={done}"
    return answer


def _again(request: Request, desk: Desk, session: Session, actor: Actor, error: ServiceError) -> HTMLResponse:
    """The page as it stands now, saying what was wrong; what belongs to somebody else is a page of its own."""
    status = status_of(error.code)
    if isinstance(error, NotFound) or status == 403:
        raise error
    return _page(request, desk, session, actor, error=error, status=status)


def _page(
    request: Request,
    desk: Desk,
    session: Session,
    actor: Actor,
    *,
    answered: bool = False,
    after: str | None = None,
    done: str = "",
    error: ServiceError | None = None,
    status: int = 200,
) -> HTMLResponse:
    plain = frame_of(request, session)
    words, lang = ENTRY_WORDS[plain.lang], plain.lang
    frame = frame_of(request, session, told=words[_code(error)] if error else None)
    found, following = see_entries_whole(desk, actor, waiting=not answered, after=after, limit=AT_ONCE)
    whose = "" if actor.role in OF_A_PARTY else "_all"
    page = EntriesPage(
        frame=frame,
        words=words,
        token=form_token(session),
        title=words[f"title{whose}"],
        why=words[f"why{whose or _theirs(actor)}"],
        answered_too=answered,
        tabs=_tabs(words, lang, answered),
        none=words[f"none{whose}" if answered else f"none_waiting{whose}"],
        entries=tuple(_card(one, actor, lang) for one in found),
        more=_address(lang, answered, following) if following else None,
        replies=tuple(_reply_card(one, actor, lang) for one in see_unheard_whole(desk, actor)) if actor.party else (),
        done=words[f"did_{done}"] if done in DONE else None,
    )
    return rendered("entries.html.j2", page, status)


def _theirs(actor: Actor) -> str:
    """A delegate reads what the focal point is to answer."""
    own = of_parties("entry", (actor.party or "",), party=actor.party)
    return "" if "entry.confirm" in offers(actor, own) else "_theirs"


def _code(error: ServiceError) -> str:
    return f"e_{error.code}" if f"e_{error.code}" in _TOLD else "e_other"


def _tabs(words: Mapping[str, str], lang: str, answered: bool) -> tuple[tuple[str, str, bool], ...]:
    return (
        (words["waiting"], _address(lang, answered=False), not answered),
        (words["all"], _address(lang, answered=True), answered),
    )


def _address(lang: str, answered: bool, after: str | None = None) -> str:
    more = "&answered=true" * answered + (f"&after={after}" if after else "")
    return carrying("/entries", lang=lang) + more


def _card(one: Shown, actor: Actor, lang: str) -> EntryCard:
    words, entry = ENTRY_WORDS[lang], one.entry
    officer = one.officer or words["somebody"]
    whose = of_parties("entry", (entry.party,), party=entry.party)
    return EntryCard(
        exchange=entry.exchange,
        seq=entry.seq,
        reference=one.reference or words["draft"],
        title=one.title,
        href=address_of(entry.exchange, one.reference, lang),
        specimen=one.specimen,
        party=entry.party,
        what=event_in_words(entry.type, lang),
        said=tuple(
            (field_in_words(name, lang), value_in_words(name, value, lang, one.labels))
            for name, value in one.said.items()
        ),
        came=words[f"by_{entry.came_by}"].format(on=day_in_words(entry.came_on, lang)),
        entered=words["entered"].format(officer=officer, on=day_in_words(entry.recorded_at[:10], lang)),
        status=entry.status,
        status_told=words[f"was_{entry.status}"].format(
            on=day_in_words((entry.answered_at or entry.came_on)[:10], lang)
        ),
        reason=entry.reason,
        buttons=offers(actor, whose) if entry.status == "waiting" else (),
    )


def _reply_card(one: Unheard, actor: Actor, lang: str) -> ReplyCard:
    words, move, bench = ENTRY_WORDS[lang], one.move, one.move.bench or ""
    paper = move.what.partition("/")[0]
    gone = words["reply_gone"].format(on=day_in_words(move.occurred_at[:10], lang))
    named = value_in_words("bench", bench, lang, one.labels)
    theirs = "" if actor.bench == bench else " " + words["reply_theirs"].format(bench=named)
    whose = of_parties("reply", (move.party or "",), party=move.party)
    return ReplyCard(
        exchange=move.exchange,
        reference=move.reference or words["draft"],
        title=one.title,
        href=address_of(move.exchange, move.reference, lang),
        specimen=one.specimen,
        paper=paper,
        paper_named=value_in_words("paper", paper, lang, one.labels),
        reason=move.reason,
        told=gone + theirs,
        buttons=offers(actor, whose) if actor.bench == bench else (),
    )


def _lines(typed: str) -> str:
    """What a browser sends has its line ends as on paper tape."""
    return typed.replace("\r\n", "\n").strip()
