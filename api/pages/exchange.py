# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The page of an exchange: where it stands, what is missing and who could bring it, its papers, what happened."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse

from api.asking import OpenDesk
from api.pages.exchange_words import EXCHANGE_WORDS
from api.pages.frame import Frame, frame_of
from api.pages.happened import EventLine, event_line
from api.pages.move_words import move_in_words
from api.pages.need_words import need_in_words
from api.pages.own import Acting, SignedIn, acts_in_role
from api.pages.record_words import code_in_words
from api.pages.rendering import rendered
from api.pages.saying import Speech
from api.pages.words import LANGUAGES, WORDS, day_in_words
from cycle.explain import Explanation
from cycle.items import Item
from cycle.moment import day_in
from cycle.refusals import Missing
from cycle.standing import ENDED
from cycle.words import Stage, is_ahead, place
from documents.words import capital
from observatory.glance import Glance, see_glance
from people.actors import Actor
from storage.papers import PaperRow

router = APIRouter(include_in_schema=False)
EIGHT = tuple(Stage)[1:9]
Reference = Annotated[str, Path(max_length=64)]
Before = Annotated[int | None, Query(ge=1, le=2**31 - 1)]


@dataclass(frozen=True, slots=True)
class StageMark:
    """A stage of the path. `where`: passed, here or ahead, in words; `is_here` marks the present one."""

    number: int
    stage: str
    label: str
    where: str
    is_here: bool
    is_passed: bool


@dataclass(frozen=True, slots=True)
class PartyLine:
    """Who takes part, as what, with which institution."""

    name: str
    does: str
    institution: str


@dataclass(frozen=True, slots=True)
class NeedLine:
    """Something a move needs. `lang`: of the text; `lapses`: that silence is waited for so long and no longer."""

    text: str
    lang: str
    who: str
    yours: bool
    lapses: str | None


@dataclass(frozen=True, slots=True)
class MoveCard:
    """A move from here.

    is_open: it lacks at most what it says itself, as its reason · yours: its reader is one of those who may make it
    """

    name: str
    stage: str | None
    number: int | None
    label: str
    is_open: bool
    state: str
    who: str
    yours: bool
    missing: tuple[NeedLine, ...]
    advice: tuple[NeedLine, ...]


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper. `href`: of its file, None until it is drawn."""

    name: str
    languages: str
    on: str
    href: str | None


@dataclass(frozen=True, slots=True)
class TextCard:
    """An agreement that covers the exchange, with the papers of its text."""

    reference: str
    title: str
    status: str
    papers: tuple[PaperLine, ...]


@dataclass(frozen=True, slots=True)
class ExchangePage:
    """All that the template `exchange.html.j2` tells. `facts`: name, value and whether it is late."""

    frame: Frame
    words: Mapping[str, str]
    title: str
    reference: str
    specimen: str | None
    path: tuple[StageMark, ...]
    facts: tuple[tuple[str, str, bool], ...]
    parties: tuple[PartyLine, ...]
    ahead: tuple[MoveCard, ...]
    others: tuple[MoveCard, ...]
    texts: tuple[TextCard, ...]
    papers: tuple[PaperLine, ...]
    happened: tuple[EventLine, ...]
    earlier: str | None
    latest: str | None


@router.api_route("/exchanges/{exchange}", methods=["GET", "HEAD"], **acts_in_role("exchange.read"))
def exchange_page(
    request: Request, desk: OpenDesk, session: SignedIn, actor: Acting, exchange: Reference, before: Before = None
) -> HTMLResponse:
    """One exchange, for whoever may know of it. Raises NotFound."""
    seen = see_glance(desk, actor, exchange, before=before)
    frame = frame_of(request, session)
    return rendered("exchange.html.j2", _page(seen, actor, frame, before))


def address_of(exchange: str, reference: str | None, lang: str, **more: str) -> str:
    """Where the page of an exchange is, in a language."""
    return f"/exchanges/{reference or exchange}?{urlencode({'lang': lang, **more})}"


def _page(seen: Glance, actor: Actor, frame: Frame, before: int | None) -> ExchangePage:
    lang, line = frame.lang, seen.whole.line
    words, speech = EXCHANGE_WORDS[lang], Speech.of(seen.programme, seen.standing, lang)
    ahead = tuple(one for one in seen.moves if _leads_ahead(one, seen))
    others = tuple(one for one in seen.moves if one not in ahead)
    earlier = address_of(line.exchange, line.reference, lang, before=str(seen.earlier)) if seen.earlier else None
    return ExchangePage(
        frame=frame,
        words=words,
        title=line.title,
        reference=line.reference or words["draft"],
        specimen=WORDS[lang]["specimen"] if line.specimen else None,
        path=_path(seen, words, speech),
        facts=_facts(seen, words, speech),
        parties=_parties(seen, speech),
        ahead=tuple(_move(one, actor, words, speech) for one in ahead),
        others=tuple(_move(one, actor, words, speech) for one in others),
        texts=tuple(
            TextCard(
                text.reference or words["draft"],
                text.title,
                words[f"was_{text.status}"],
                tuple(_paper(paper, seen, words, speech) for paper in reversed(papers)),
            )
            for text, papers in seen.texts
        ),
        papers=tuple(_paper(paper, seen, words, speech) for paper in reversed(seen.whole.papers)),
        happened=_happened(seen, words, speech),
        earlier=f"{earlier}#history" if earlier else None,
        latest=f"{address_of(line.exchange, line.reference, lang)}#history" if before else None,
    )


def _leads_ahead(one: Explanation, seen: Glance) -> bool:
    """On through the cycle; where it rests, up again."""
    if one.to is None:
        return one.move == "resume"
    return is_ahead(seen.standing.stage, one.to, seen.standing.door)


def _path(seen: Glance, words: Mapping[str, str], speech: Speech) -> tuple[StageMark, ...]:
    door, here = seen.standing.door, seen.standing.place()
    in_order = sorted(EIGHT, key=lambda stage: place(stage, door))
    return tuple(_mark(stage, place(stage, door), here, words, speech) for stage in in_order)


def _mark(stage: Stage, at: int, here: int, words: Mapping[str, str], speech: Speech) -> StageMark:
    where = words["stage_now" if at == here else "stage_done" if at < here else "stage_ahead"]
    return StageMark(EIGHT.index(stage) + 1, stage.value, speech.label(stage), where, at == here, at < here)


def _facts(seen: Glance, words: Mapping[str, str], speech: Speech) -> tuple[tuple[str, str, bool], ...]:
    line, lang = seen.whole.line, speech.lang
    n = line.days_in_stage
    days = words["days_one" if n == 1 else "days"].format(n=n) if line.lifecycle not in ENDED else ""
    since = words["since"].format(on=day_in_words(line.entered_on, lang)) if line.entered_on else ""
    told = [
        (words["stage"], " · ".join(part for part in (speech.label(line.stage), since, days) if part), False),
        (words["condition"], WORDS[lang][f"{line.lifecycle}_one"], False),
        (words["weight"], speech.label(line.weight), False),
    ]
    if line.due_on:
        late = f" ({words['late']})" if line.overdue else ""
        suspended = line.lifecycle == "suspended"
        told.insert(1, (words["review" if suspended else "due"], day_in_words(line.due_on, lang) + late, line.overdue))
    return tuple(told)


def _parties(seen: Glance, speech: Speech) -> tuple[PartyLine, ...]:
    """Those of now, a country by its name and a partner by that of its institution."""
    known = seen.whole.parties
    return tuple(
        PartyLine(
            name=speech.label(one.party),
            does=", ".join(code_in_words(role, speech.lang) for role in one.roles),
            institution=speech.institution(known.get(one.party, {}), one.party),
        )
        for one in seen.whole.line.parties
    )


def _move(one: Explanation, actor: Actor, words: Mapping[str, str], speech: Speech) -> MoveCard:
    missing, n = one.judgement.missing, len(one.judgement.missing)
    is_open = all(map(_is_said_by_the_move, missing))
    state = "can" if not n else "can_with" if is_open else "cannot_one" if n == 1 else "cannot"
    return MoveCard(
        name=move_in_words(one.move, speech.lang),
        stage=one.to,
        number=EIGHT.index(Stage(one.to)) + 1 if one.to in EIGHT else None,
        label=speech.label(one.to) if one.to else "",
        is_open=is_open,
        state=words[state].format(n=n),
        who=speech.holders(one.who_may, words),
        yours=not actor.holds.isdisjoint(one.who_may),
        missing=tuple(_need(lack, actor, words, speech) for lack in missing),
        advice=tuple(_need(lack, actor, words, speech) for lack in one.judgement.advice),
    )


def _is_said_by_the_move(lack: Missing) -> bool:
    return "field" in lack.facts


def _need(lack: Missing, actor: Actor, words: Mapping[str, str], speech: Speech) -> NeedLine:
    text, lang = need_in_words(lack.code, lack.need, speech.lang)
    could = () if _is_said_by_the_move(lack) else lack.who_could
    until = lack.facts.get("lapses_after")
    return NeedLine(
        text=capital(text),
        lang=lang,
        who=speech.holders(could, words),
        yours=not actor.holds.isdisjoint(could),
        lapses=words["lapses"].format(on=day_in_words(until, speech.lang)) if until else None,
    )


def _paper(paper: PaperRow, seen: Glance, words: Mapping[str, str], speech: Speech) -> PaperLine:
    on = day_in(paper.drawn_at or paper.ordered_at, seen.programme.timezone)
    return PaperLine(
        name=f"{speech.label(paper.kind)}, {words['version'].format(n=paper.version)}",
        languages=_languages(paper.languages),
        on=day_in_words(on, speech.lang) if paper.drawn_at else words["ordered"],
        href=f"/api/v1/papers/{paper.id}/file" if paper.sha256 else None,
    )


def _happened(seen: Glance, words: Mapping[str, str], speech: Speech) -> tuple[EventLine, ...]:
    whole, texts = seen.whole, (paper for _, papers in seen.texts for paper in papers)
    names = {item.item: _title(item) for item in whole.items}
    names |= {
        paper.id: f"{speech.label(paper.kind)}, {_languages(paper.languages)}" for paper in (*whole.papers, *texts)
    }
    return tuple(event_line(one, names, words, speech, seen.programme.timezone) for one in seen.happened)


def _title(item: Item) -> str:
    """What somebody called it; nothing where they did not, or where it is sealed."""
    said = item.body.get("title") or item.body.get("name")
    return said if isinstance(said, str) else ""


def _languages(codes: Iterable[str]) -> str:
    return " · ".join(LANGUAGES.get(code, code) for code in codes)
