# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What a template needs beside the facts: things counted, compared or drawn from them."""

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from documents.clauses import Clause, side_by_side, text_hash
from documents.facts import AgreementFacts, InkCounterpart, RoadmapFacts, Text
from documents.gantt import calendar_of
from documents.kinds import Facts, kind_of
from documents.qr import qr_svg
from documents.room import cover_setting, room_over_signatures
from documents.speech import BLANK
from documents.words import Words, words_in

Texts = dict[str, tuple[Clause, ...]]


@dataclass(frozen=True)
class Spoken:
    """Words with the language they are in."""

    language: str
    words: str


@dataclass(frozen=True)
class CounterpartNote:
    """A counterpart signed in ink, said in each language of the paper."""

    notes: tuple[Spoken, ...]
    scan_sha256: str


def view(facts: Facts, languages: tuple[str, ...], texts: Texts) -> dict[str, Any]:
    """The names that templates of this kind may use, beside those of the facts."""
    return {**_page_view(facts, languages), **_own_view(facts, languages, texts)}


def _own_view(facts: Facts, languages: tuple[str, ...], texts: Texts) -> dict[str, Any]:
    if isinstance(facts, AgreementFacts):
        return _agreement_view(facts, languages, texts)
    if isinstance(facts, RoadmapFacts):
        return {"calendar": calendar_of(facts, words_in(languages[0]))}
    return {"courtesy": languages[0] != "en"}


def _page_view(facts: Facts, languages: tuple[str, ...]) -> dict[str, Any]:
    mark = facts.mark
    first = words_in(languages[0])
    return {
        "kind": kind_of(facts).name.replace("_", "-"),
        "main_language": languages[0],
        "paper_languages": languages,
        "check_lines": tuple(_check_line(facts, language) for language in languages),
        "two_columns": len(languages) > 1,
        "short_tip": mark.tip[:12],
        "qr": qr_svg(mark.public_url, first.word("page.check")) if mark.public_url else Markup(""),
        "blank": BLANK,
        "colon": first.word("page.colon"),
        "for_signature": False,
        "initials": (),
        "running_title": _running_title(facts, first),
    }


def _running_title(facts: Facts, words: Words) -> str:
    """What a paper is called at the head of its pages; an agreement's register decides its own."""
    if isinstance(facts, AgreementFacts):
        return words.register(facts.register)["kind"]
    if isinstance(facts, RoadmapFacts):
        return f"{words.word('roadmap.kind')} · {facts.country.in_language(words.language)}"
    return words.word("practice.kind")


def _check_line(facts: Facts, language: str) -> Spoken:
    mark, words = facts.mark, words_in(language)
    how = "check" if mark.public_url else "check_without_address"
    version = f"{words.word('page.version').capitalize()} {mark.version}"
    issued = f"{words.word('page.ordered_on')} {words.day(mark.ordered_on)}"
    return Spoken(language, words.unbroken(f"{version}. {issued}. {words.word(f'page.{how}')}"))


def _agreement_view(facts: AgreementFacts, languages: tuple[str, ...], texts: Texts) -> dict[str, Any]:
    registers = {language: words_in(language).register(facts.register) for language in languages}
    courtesy = not set(languages) <= set(facts.originals)
    kind_words = tuple(Spoken(language, registers[language]["kind"]) for language in languages)
    return {
        "rows": side_by_side(texts),
        "hashes": tuple((language, text_hash(clauses)) for language, clauses in texts.items()),
        "registers": registers,
        "kind_words": kind_words,
        "title": " · ".join(word.words for word in kind_words),
        "courtesy": courtesy,
        "cover": cover_setting(facts, languages, notices=facts.mark.specimen + courtesy),
        "for_signature": not courtesy,
        "initials": _initials(facts),
        "room_for_names": room_over_signatures(facts, languages),
        "counterparts": tuple(_counterpart(each, languages) for each in facts.counterparts),
    }


def _initials(facts: AgreementFacts) -> tuple[Text, ...]:
    signing = (signatory.party for signatory in facts.signatories if not signatory.witness)
    return tuple(dict.fromkeys(signing))


def _counterpart(counterpart: InkCounterpart, languages: tuple[str, ...]) -> CounterpartNote:
    notes = tuple(Spoken(language, _ink_note(counterpart, language)) for language in languages)
    return CounterpartNote(notes=notes, scan_sha256=counterpart.scan_sha256)


def _ink_note(counterpart: InkCounterpart, language: str) -> str:
    words = words_in(language)
    told = words.word("agreement.ink").format(
        signed_on=words.day(counterpart.signed_on),
        place=counterpart.place.in_language(language),
        signed_by=counterpart.signed_by,
        confirmed_by=counterpart.confirmed_by,
        confirmed_on=words.day(counterpart.confirmed_on),
    )
    party = counterpart.party.in_language(language)
    return f"{party}. {told} {words.word('agreement.ink_note')}"
