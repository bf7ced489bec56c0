# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The lint of a programme: what must be true of a resolved document before it may be published.

Every stage can be reached and can reach an end, every need, paper and label is known, every move has a role that somebody
can hold, no clock is without consequence. All findings at once.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cycle.countries import iso_3166
from cycle.facts import FACTS
from cycle.parameters import misuse
from cycle.programme import open_doors
from cycle.requirements import VOCABULARY, Word
from cycle.roles import BENCH, CANDIDATE, COUNTERPART, PARTY, PROVIDER, REQUESTER, ROLE_WORDS, SYSTEM
from cycle.words import PATHS, Door, Level, Stage, Weight, is_ahead

PAPER_KINDS = (
    "offer-sheet",
    "demand-sheet",
    "commitment-minute",
    "agreement",
    "roadmap",
    "good-practice",
)
DRAWN: Mapping[str, tuple[str, ...]] = {
    "agreement": ("es", "pt", "en"),
    "roadmap": ("es", "pt", "en", "fr"),
    "good-practice": ("en", "es", "pt", "fr"),
}
"""The papers that are drawn up, each with the languages it is written in."""

SIDE_BY_SIDE = {"agreement": 2}
"""How many languages a paper sets beside each other; one where nothing stands here."""

EMBLEMS = ("eight-arcs",)
"""The emblems that papers can bear."""

_ONLY_THESE_BLOCK: Mapping[str, str] = {"match_accepted": "begin_commitment", "instrument": "begin_execution"}
"""The needs that are waited for however long it takes, each with its move: a consent, and a signature."""

_PARTIES = frozenset({REQUESTER, PROVIDER, COUNTERPART})
"""Words for some of the parties: who says *party* may choose among them."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with a programme: a stable code and where it stands."""

    code: str
    text: str


def lint(document: Mapping[str, Any]) -> tuple[Finding, ...]:
    """Everything that keeps a resolved document from being published."""
    return tuple(finding for check in _CHECKS for finding in check(document))


def _paths(document: Mapping[str, Any]) -> Iterator[Finding]:
    """On the way of every open door each stage is reached and reaches the end: the doors' ways differ at first."""
    for door in open_doors(document) or tuple(Door):
        edges = _edges(document, door)
        reached = _spread([Stage.DRAFT.value], edges)
        ends = _spread([Stage.CLOSED.value], [(b, a) for a, b in edges])
        for stage in PATHS[door]:
            if stage.value not in reached:
                yield Finding("programme.stage_unreachable", f"of what begins as {door}, no move leads to {stage}")
            if stage.value not in ends:
                yield Finding("programme.stage_without_end", f"of what begins as {door}, {stage} never leads to closed")


def _edges(document: Mapping[str, Any], door: Door) -> list[tuple[str, str]]:
    forward = [m for m in document["moves"].values() if m["to"] and not m["is_return"]]
    steps = [(source, move["to"]) for move in forward for source in move["sources"]]
    return [(source, to) for source, to in steps if is_ahead(source, to, door)]


def _spread(start: Iterable[str], edges: list[tuple[str, str]]) -> set[str]:
    reached = set(start)
    while grown := {b for a, b in edges if a in reached} - reached:
        reached |= grown
    return reached


def _needs(document: Mapping[str, Any]) -> Iterator[Finding]:
    for name, move in document["moves"].items():
        for need in move["needs"]:
            where = f"{name}.{need['code']}"
            word = VOCABULARY.get(need["requirement"])
            if word is None:
                yield Finding("programme.requirement_unknown", f"{where}: {need['requirement']}")
                continue
            yield from _need(document, where, need, word)


def _need(document: Mapping[str, Any], where: str, need: Mapping[str, Any], word: Word) -> Iterator[Finding]:
    params = tuple(tuple(p) if isinstance(p, list) else p for p in need["params"])
    mistake = misuse(word, params)
    if mistake:
        yield Finding("programme.need_parameters", f"{where}: {mistake}")
        return
    requirement = word(*params)
    if requirement.cure not in {*document["facts"], "move"}:
        yield Finding("programme.need_without_cure", f"{where}: no fact {requirement.cure} could ever meet it")
    if set(need["levels"]) != {weight.value for weight in Weight}:
        yield Finding("programme.weight_unknown", f"{where}: {sorted(need['levels'])}")
    if "later" in need["levels"].values() and need["due"] is None:
        yield Finding("programme.later_without_stage", f"{where} is due at no stage")
    if need["if_silent"] == "block" and need["code"] not in _ONLY_THESE_BLOCK:
        yield Finding("programme.blocks_for_ever", f"{where}: only a signature and the consent to a match may")


def _roles(document: Mapping[str, Any]) -> Iterator[Finding]:
    said = {f"move {n}": m["by"] for n, m in document["moves"].items()}
    said |= {f"fact {k}": f["by"] for k, f in document["facts"].items()}
    for where, by in said.items():
        for role in by:
            if role not in ROLE_WORDS:
                yield Finding("programme.role_unknown", f"{where}: {role}")
        if not _somebody_can(document, where, by):
            yield Finding("programme.role_without_holder", f"{where}: nobody can hold {', '.join(by) or 'it'}")


def _somebody_can(document: Mapping[str, Any], where: str, by: Iterable[str]) -> bool:
    """Candidates are only there while one is looked for; benches speak where some are consulted.

    Minga makes by itself only the move that waits for a last voice, and says what the code declares that it says.
    """
    deed, _, name = where.partition(" ")
    move = document["moves"][name] if deed == "move" else None
    is_looking = move is None or {Stage.OFFER, Stage.DEMAND} & set(move["sources"])
    by_itself = move["after"] if move else SYSTEM in FACTS[name].by
    holders = {BENCH: bool(document["consulted"]), CANDIDATE: bool(is_looking), SYSTEM: bool(by_itself)}
    return any(holders.get(role, True) for role in by)


def _consent(document: Mapping[str, Any]) -> Iterator[Finding]:
    """Consent is said by those whose it is, and always waited for; what follows from an act is said by nobody."""
    for code, name in _ONLY_THESE_BLOCK.items():
        if not _always_waited_for(code, document["moves"].get(name, {"needs": []})):
            need = f"{name}.{code}: a signature and a consent are always waited for"
            yield Finding("programme.consent_excused", need)
    for kind, said in document["facts"].items():
        if FACTS[kind].consent and set(said["by"]) - _whose(FACTS[kind].by):
            yield Finding("programme.consent_by_another", f"fact {kind}: said by those whose consent it is")
        if FACTS[kind].by == (SYSTEM,) and tuple(said["by"]) != (SYSTEM,):
            yield Finding("programme.fact_follows", f"fact {kind}: it follows from an act and is said by nobody")


def _always_waited_for(code: str, move: Mapping[str, Any]) -> bool:
    return any(
        need["code"] == code and need["if_silent"] == "block" and set(need["levels"].values()) == {Level.MUST.value}
        for need in move["needs"]
    )


def _whose(by: Iterable[str]) -> frozenset[str]:
    """Who may be named for a consent: those it is declared for, or some of them."""
    return frozenset(by) | (_PARTIES if PARTY in by else frozenset())


def _clocks(document: Mapping[str, Any]) -> Iterator[Finding]:
    for stage, rules in document["stages"].items():
        if rules["allowance"] is None:
            continue
        rungs = document["ladders"].get(rules["ladder"])
        if not rungs:
            yield Finding("programme.clock_without_consequence", f"{stage} has an allowance and no ladder")
        elif not _ends_in_a_decision(rungs):
            need = f"{rules['ladder']}: rungs rise, and the last one decides, on the due day or after it"
            yield Finding("programme.ladder_without_decision", need)


def _ends_in_a_decision(rungs: Sequence[Mapping[str, Any]]) -> bool:
    rises = all(lower["day"] < upper["day"] for lower, upper in pairwise(rungs))
    return rises and rungs[-1]["does"] == "decide" and rungs[-1]["day"] >= 0


def _labels(document: Mapping[str, Any]) -> Iterator[Finding]:
    languages = document["languages"]
    labelled = {"title": document["title"], "issue": document["issue"]}
    labelled |= {f"stages.{s}": rules["labels"] for s, rules in document["stages"].items()}
    labelled |= {f"weights.{w}": rules["labels"] for w, rules in document["weights"].items()}
    labelled |= {f"papers.{p}": rules["labels"] for p, rules in document["papers"].items()}
    for paper, rules in document["papers"].items():
        labelled |= {f"papers.{paper}.recitals.{n}": words for n, words in enumerate(rules["recitals"], 1)}
    labelled |= {f"benches.{b['code']}": b["labels"] for b in document["benches"]}
    labelled |= {f"countries.{c['code']}": c["names"] for c in document["countries"]}
    for name, words in document["vocabularies"].items():
        labelled |= {f"vocabularies.{name}.{w['code']}": w["labels"] for w in words}
    for where, labels in labelled.items():
        for language in languages:
            if not labels.get(language, "").strip():
                yield Finding("programme.label_missing", f"{where} has no label in {language}")


def _articles(document: Mapping[str, Any]) -> Iterator[Finding]:
    """A name in a sentence is the name itself after its article."""
    for country in document["countries"]:
        for language, said in country["with_article"].items():
            name = country["names"].get(language)
            if name is None or not said.endswith(name) or said == name:
                where = f"countries.{country['code']}, with_article.{language}"
                yield Finding("programme.article_wrong", f"{where}: {said} is no article before {name or 'a name'}")


def _papers(document: Mapping[str, Any]) -> Iterator[Finding]:
    for kind in document["papers"]:
        if kind not in PAPER_KINDS:
            yield Finding("programme.paper_unknown", f"papers.{kind}")
    for stage, rules in document["stages"].items():
        for kind in rules["papers"]:
            if kind not in document["papers"] or kind not in DRAWN:
                yield Finding("programme.paper_unknown", f"stages.{stage} draws up {kind}")


def _languages(document: Mapping[str, Any]) -> Iterator[Finding]:
    """A paper is drawn up only in languages it is written in, and only so many stand side by side."""
    if "agreement" not in document["papers"]:
        yield Finding("programme.paper_missing", "papers.agreement: it is drawn up when it is opened for signature")
    for kind in DRAWN.keys() & document["papers"].keys():
        sets = document["papers"][kind]["languages"]
        if not sets or not all(sets):
            yield Finding("programme.paper_without_language", f"papers.{kind} is drawn up in no language")
        for together in sets:
            yield from _language_set(kind, together)


def _language_set(kind: str, together: Sequence[str]) -> Iterator[Finding]:
    for language in together:
        if language not in DRAWN[kind]:
            known = ", ".join(DRAWN[kind])
            yield Finding("programme.paper_language_unknown", f"papers.{kind}: {language}; it is written in {known}")
    most = SIDE_BY_SIDE.get(kind, 1)
    if len(together) > most or len(set(together)) < len(together):
        said = ", ".join(together)
        yield Finding("programme.paper_languages_together", f"papers.{kind}: {said}; {most} stand side by side")


def _names(document: Mapping[str, Any]) -> Iterator[Finding]:
    """An emblem that can be drawn, and references that tell an exchange from an agreement."""
    if document["emblem"] not in EMBLEMS:
        yield Finding("programme.emblem_unknown", f"{document['emblem']}; papers can bear {', '.join(EMBLEMS)}")
    if document["reference_prefix"] == document["agreement_prefix"]:
        yield Finding("programme.prefix_twice", f"{document['reference_prefix']} for exchanges and for agreements")


def _words(document: Mapping[str, Any]) -> Iterator[Finding]:
    """Each code once in its list."""
    lists = {**document["vocabularies"], "benches": document["benches"]}
    for name, words in lists.items():
        for code, times in Counter(word["code"] for word in words).items():
            if times > 1:
                yield Finding("programme.word_twice", f"{name}: {code}")


def _places(document: Mapping[str, Any]) -> Iterator[Finding]:
    """Time zones that exist, and members that are countries, each once."""
    countries = document["countries"]
    zones = {"timezone": document["timezone"]} | {f"countries.{c['code']}": c["timezone"] for c in countries}
    for where, zone in zones.items():
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError):
            yield Finding("programme.timezone_unknown", f"{where}: {zone}")
    for code, times in Counter(country["code"] for country in countries).items():
        if times > 1:
            yield Finding("programme.country_twice", code)
        if code not in iso_3166():
            yield Finding("programme.country_unknown", f"countries: {code} is no code of ISO 3166-1")


def _lists(document: Mapping[str, Any]) -> Iterator[Finding]:
    """Whom and what the rules speak of: consulted benches, the six vocabularies, the weights."""
    benches = {bench["code"] for bench in document["benches"]}
    for bench in document["consulted"]:
        if bench not in benches:
            yield Finding("programme.bench_unknown", f"consulted: {bench}")
    for needed in ("themes", "cross_cutting", "supply_chains", "modalities", "sdg_targets", "outcomes"):
        if not document["vocabularies"].get(needed):
            yield Finding("programme.vocabulary_missing", f"vocabularies.{needed}")
    if set(document["weights"]) != {weight.value for weight in Weight}:
        yield Finding("programme.weight_unknown", f"weights: {sorted(document['weights'])}")


_CHECKS: tuple[Callable[[Mapping[str, Any]], Iterator[Finding]], ...] = (
    _paths,
    _needs,
    _roles,
    _consent,
    _clocks,
    _labels,
    _articles,
    _papers,
    _languages,
    _places,
    _names,
    _lists,
    _words,
)
