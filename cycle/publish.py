# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Publishing a programme: its file is checked, resolved against the declared defaults, linted, and hashed.

The resolved document holds everything the engine will ever read. It is stored once and never changes; a new edition of
the file becomes a new version, and exchanges under way keep the one they began with.
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from cycle.calendar import days_off
from cycle.facts import FACTS
from cycle.lifecycle import MOVES
from cycle.lint import Finding, lint
from cycle.misfits import plainly
from cycle.programme import Document, silence_document
from cycle.rules import Move, Need
from cycle.states import STAGES
from cycle.words import Level, Stage, Weight


class ProgrammeRefused(Exception):
    """A programme file that cannot be published; every finding at once."""

    code = "programme.refused"

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        found = "1 finding keeps" if len(findings) == 1 else f"{len(findings)} findings keep"
        super().__init__(f"{found} this programme from being published")
        self.findings = findings

    @property
    def reasons(self) -> list[dict[str, str]]:
        return [{"code": finding.code, "need": finding.text} for finding in self.findings]


@lru_cache(maxsize=16)
def resolve(text: str) -> Document:
    """The resolved document of a programme file. Raises ProgrammeRefused with all that is wrong."""
    said = _parsed(text)
    document: Document = json.loads(json.dumps(_resolved(said)))
    findings = (*_strays(said), *lint(document))
    if findings:
        raise ProgrammeRefused(findings)
    return document


def _parsed(text: str) -> dict[str, Any]:
    from pydantic import ValidationError

    from cycle.programme_file import ProgrammeFile

    try:
        return ProgrammeFile.model_validate(tomllib.loads(text)).model_dump()
    except tomllib.TOMLDecodeError as error:
        raise ProgrammeRefused((Finding("programme.not_toml", str(error)),)) from error
    except ValidationError as error:
        told = (Finding("programme.malformed", f"{'.'.join(map(str, e['loc']))}: {plainly(e)}") for e in error.errors())
        raise ProgrammeRefused(tuple(told)) from error


def declared_moves() -> dict[str, Move]:
    """Every move the code declares, by name, with the stages it starts from; those of lifecycle and return included."""
    moves: dict[str, Move] = {}
    for rules in STAGES:
        for move in rules.moves:
            known = moves.get(move.name)
            sources = (*known.sources, rules.stage) if known else (rules.stage,)
            moves[move.name] = _starting_from(move, sources)
    return moves | {move.name: move for move in MOVES}


def _starting_from(move: Move, sources: tuple[Stage, ...]) -> Move:
    return replace(move, sources=sources)


def _resolved(said: Mapping[str, Any]) -> dict[str, Any]:
    kept = ("slug", "title", "issue", "languages", "timezone", "reference_prefix", "agreement_prefix", "emblem")
    more = ("benches", "consulted", "currencies", "countries", "vocabularies", "weights", "papers", "ladders", "limits")
    moves = {
        name: _move_document(move, said["moves"].get(name, {}))
        for name, move in declared_moves().items()
        if said["moves"].get(name, {}).get("on", True)
    }
    facts = {
        kind: {"by": _chosen(said["facts"].get(kind, {}), fact.by)}
        for kind, fact in FACTS.items()
        if said["facts"].get(kind, {}).get("on", True)
    }
    return {
        **{key: said[key] for key in (*kept, *more)},
        "days_off": days_off(country["code"] for country in said["countries"]),
        "stages": _stages(said["stages"]),
        "moves": moves,
        "facts": facts,
    }


def _stages(said: Mapping[str, Any]) -> dict[str, Any]:
    resolved = {}
    for rules in STAGES:
        own = said.get(rules.stage, {})
        declared = rules.allowance.days if rules.allowance else None
        resolved[rules.stage.value] = {
            "labels": own.get("labels", {}),
            "allowance": own["allowance"] if own.get("allowance") is not None else declared,
            "papers": own["papers"] if own.get("papers") is not None else rules.papers,
            "ladder": own.get("ladder"),
        }
    return resolved


def _move_document(move: Move, own: Mapping[str, Any]) -> dict[str, Any]:
    changes = own.get("needs", {})
    needs = [_need_document(need, changes.get(need.name, {})) for need in move.needs]
    return {
        "to": move.to.value if move.to else None,
        "by": _chosen(own, move.by),
        "sources": [stage.value for stage in move.sources],
        "while": [lifecycle.value for lifecycle in move.while_],
        "lifecycle": move.lifecycle.value if move.lifecycle else None,
        "after": move.after,
        "is_return": move.is_return,
        "needs": [need for need in needs if set(need["levels"].values()) != {Level.OFF.value}],
    }


def _chosen(own: Mapping[str, Any], declared: tuple[str, ...]) -> tuple[str, ...]:
    """Who the file says may do it, else who is declared; an empty list is a choice, and the lint names it."""
    return tuple(own["by"]) if own.get("by") is not None else declared


def _need_document(need: Need, own: Mapping[str, Any]) -> dict[str, Any]:
    level = own.get("level")
    levels = {weight.value: need.level(weight).value for weight in Weight}
    levels |= dict.fromkeys(levels, level) if isinstance(level, str) else (level or {})
    due = own.get("due") or (need.due.value if need.due else None)
    return {
        "code": need.name,
        "requirement": need.requirement.name,
        "params": own["params"] if own.get("params") is not None else list(need.requirement.params),
        "levels": levels,
        "due": due,
        "if_silent": own.get("if_silent") or silence_document(need.if_silent),
    }


def _strays(said: Mapping[str, Any]) -> tuple[Finding, ...]:
    """Words of the file that name nothing the code declares."""
    moves = declared_moves()
    strays = [Finding("programme.move_unknown", f"moves.{name}") for name in said["moves"] if name not in moves]
    strays += [Finding("programme.fact_unknown", f"facts.{kind}") for kind in said["facts"] if kind not in FACTS]
    strays += [Finding("programme.stage_unknown", f"stages.{s}") for s in said["stages"] if s not in set(Stage)]
    for name, own in said["moves"].items():
        known = {need.name: need for need in moves[name].needs} if name in moves else {}
        for code in own["needs"]:
            where = f"moves.{name}.needs.{code}"
            if code not in known:
                strays.append(Finding("programme.need_unknown", where))
            elif known[code].requirement.is_rule:
                strays.append(Finding("programme.rule_changed", f"{where}: a rule of the cycle stays as it is"))
    return tuple(strays)
