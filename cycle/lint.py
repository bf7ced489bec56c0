# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The lint of a programme: what must be true of a resolved document before it may be published.

Every stage can be reached and can reach an end, every need, paper and label is known, every move has a role that somebody
can hold, no clock is without consequence. All findings at once.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cycle.facts import FACTS
from cycle.parameters import misuse
from cycle.requirements import VOCABULARY, Word
from cycle.roles import BENCH, CANDIDATE, ROLE_WORDS, SECRETARIAT, SYSTEM
from cycle.words import Stage, Weight

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

_ONLY_THESE_BLOCK = frozenset({"match_accepted", "instrument"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with a programme: a stable code and where it stands."""

    code: str
    text: str


def lint(document: Mapping[str, Any]) -> tuple[Finding, ...]:
    """Everything that keeps a resolved document from being published."""
    return tuple(
        finding
        for check in (_paths, _needs, _roles, _consent, _clocks, _labels, _papers, _languages, _places, _words)
        for finding in check(document)
    )


def _edges(document: Mapping[str, Any]) -> list[tuple[str, str]]:
    forward = [m for m in document["moves"].values() if m["to"] and not m["is_return"]]
    return [(source, move["to"]) for move in forward for source in move["sources"]]


def _spread(start: Iterable[str], edges: list[tuple[str, str]]) -> set[str]:
    reached = set(start)
    while grown := {b for a, b in edges if a in reached} - reached:
        reached |= grown
    return reached


def _paths(document: Mapping[str, Any]) -> Iterator[Finding]:
    edges = _edges(document)
    reached = _spread([Stage.DRAFT.value], edges)
    ends = _spread([Stage.CLOSED.value], [(b, a) for a, b in edges])
    for stage in Stage:
        if stage.value not in reached:
            yield Finding("programme.stage_unreachable", f"no move leads to {stage}")
        if stage.value not in ends:
            yield Finding("programme.stage_without_end", f"from {stage} no move leads to closed")


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
    if need["if_silent"] != "block" and need["code"] in _ONLY_THESE_BLOCK:
        yield Finding("programme.consent_excused", f"{where}: a signature and a consent cannot lapse or be waived")


def _roles(document: Mapping[str, Any]) -> Iterator[Finding]:
    said = {**{f"move {n}": m["by"] for n, m in document["moves"].items()}}
    said |= {f"fact {k}": f["by"] for k, f in document["facts"].items()}
    for where, by in said.items():
        for role in by:
            if role not in ROLE_WORDS:
                yield Finding("programme.role_unknown", f"{where}: {role}")
        if not _somebody_can(document, where, by):
            yield Finding("programme.role_without_holder", f"{where}: nobody can hold {', '.join(by) or 'it'}")


def _somebody_can(document: Mapping[str, Any], where: str, by: Iterable[str]) -> bool:
    """Candidates are only there while a door is open; benches speak where some are consulted."""
    deed, _, name = where.partition(" ")
    open_doors = deed == "fact" or {Stage.OFFER, Stage.DEMAND} & set(document["moves"][name]["sources"])
    holders = {BENCH: bool(document["consulted"]), CANDIDATE: bool(open_doors)}
    return any(holders.get(role, True) for role in by)


def _consent(document: Mapping[str, Any]) -> Iterator[Finding]:
    """Consent is said by those whose it is; what follows from an act is said by nobody."""
    for kind, said in document["facts"].items():
        if FACTS[kind].consent and {SECRETARIAT, SYSTEM} & set(said["by"]):
            yield Finding("programme.consent_by_another", f"fact {kind}: said by those whose consent it is")
        if FACTS[kind].by == (SYSTEM,) and tuple(said["by"]) != (SYSTEM,):
            yield Finding("programme.fact_follows", f"fact {kind}: it follows from an act and is said by nobody")


def _clocks(document: Mapping[str, Any]) -> Iterator[Finding]:
    for stage, rules in document["stages"].items():
        if rules["allowance"] is None:
            continue
        rungs = document["ladders"].get(rules["ladder"])
        if not rungs:
            yield Finding("programme.clock_without_consequence", f"{stage} has an allowance and no ladder")
        elif rungs[-1]["does"] != "decide" or any(a["day"] >= b["day"] for a, b in pairwise(rungs)):
            yield Finding(
                "programme.ladder_without_decision", f"{rules['ladder']}: rungs rise and the last one decides"
            )


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
            if not labels.get(language):
                yield Finding("programme.label_missing", f"{where} has no label in {language}")


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


def _words(document: Mapping[str, Any]) -> Iterator[Finding]:
    """Each code once in its list."""
    lists = {**document["vocabularies"], "benches": document["benches"]}
    for name, words in lists.items():
        for code, times in Counter(word["code"] for word in words).items():
            if times > 1:
                yield Finding("programme.word_twice", f"{name}: {code}")


def _places(document: Mapping[str, Any]) -> Iterator[Finding]:
    for where, zone in [("timezone", document["timezone"])] + [
        (f"countries.{c['code']}", c["timezone"]) for c in document["countries"]
    ]:
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError):
            yield Finding("programme.timezone_unknown", f"{where}: {zone}")
    codes = [country["code"] for country in document["countries"]]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield Finding("programme.country_twice", code)
    benches = {bench["code"] for bench in document["benches"]}
    for bench in document["consulted"]:
        if bench not in benches:
            yield Finding("programme.bench_unknown", f"consulted: {bench}")
    for needed in ("themes", "cross_cutting", "supply_chains", "modalities", "sdg_targets", "outcomes"):
        if needed not in document["vocabularies"]:
            yield Finding("programme.vocabulary_missing", f"vocabularies.{needed}")
    if set(document["weights"]) != {weight.value for weight in Weight}:
        yield Finding("programme.weight_unknown", f"weights: {sorted(document['weights'])}")
