# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Every refusal code in the code base with what it says, read from the source: nothing is imported, nothing is missed."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeGuard

from cycle.words import Lifecycle

HOUSE = Path(__file__).resolve().parent.parent
PACKAGES = (
    *("cycle", "ledger", "agreements", "people", "documents", "notifications"),
    *("storage", "services", "observatory", "api", "flows", "minga"),
)
CODE = re.compile(r"[a-z_]+\.[a-z_]+|not_found")
TELLERS = frozenset(
    {"Missing", "Refusal", "because", "refused", "refuse", "Fault", "Finding", "_no", "problem", "Hindrance"}
)
"""Who is handed a code first. `PaperNotDrawn` takes its codes from the table `CODES` in documents/refusals.py."""

SAYS_LATER = frozenset({"services/cases"})
"""Where a finding names its place before its text."""


PUT_TOGETHER: Mapping[str, tuple[str, ...]] = {
    "lifecycle.": tuple(Lifecycle),
    "funding.": ("donor_missing", "project_code_missing"),
}
"""Codes whose end is filled in: their beginning, and what it can end with."""


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Every module of the packages by its path; migrations tell no refusals."""
    for package in PACKAGES:
        for path in sorted((HOUSE / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(HOUSE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def refusal_codes() -> Mapping[str, tuple[str, ...]]:
    """code → what is said with it, each text once, in the order of the code's appearance."""
    told: dict[str, list[str]] = {}
    for path, tree in modules():
        for code, text in (*_in_calls(path, tree), *_in_classes(tree), *_in_tables(tree), *_in_functions(tree)):
            texts = told.setdefault(code, [])
            texts += [text] if text and text not in texts else []
    return {code: tuple(texts) for code, texts in sorted(told.items())}


def _in_calls(path: str, tree: ast.Module) -> Iterator[tuple[str, str]]:
    later = any(path.startswith(folder) for folder in SAYS_LATER)
    named = _named_texts(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and _name(node.func) in TELLERS:
            place = 2 if later and _name(node.func) == "Finding" else 1
            text = _said(node.args[place], named) if len(node.args) > place else ""
            for code in _codes(node.args[0]):
                yield code, text


def _named_texts(tree: ast.Module) -> tuple[tuple[int, str, str], ...]:
    """Texts that were given a name first: (line, name, text)."""
    return tuple(
        (node.lineno, target.id, _text(node.value))
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name) and _text(node.value)
    )


def _said(node: ast.expr, named: tuple[tuple[int, str, str], ...]) -> str:
    """A text, or the one that the nearest line above gave this name."""
    if not isinstance(node, ast.Name):
        return _text(node)
    above = [(line, text) for line, name, text in named if name == node.id and line < node.lineno]
    return max(above)[1] if above else ""


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _codes(node: ast.expr) -> Iterator[str]:
    """The codes an argument can be: a text, either of two, or one that is put together."""
    if isinstance(node, ast.JoinedStr):
        start = _text(node.values[0])
        if start not in PUT_TOGETHER:
            raise AssertionError(f"say in PUT_TOGETHER which codes this can be: {ast.unparse(node)}")
        yield from (f"{start}{end}" for end in PUT_TOGETHER[start])
        return
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and CODE.fullmatch(part.value):
            yield part.value


def _text(node: ast.expr) -> str:
    """A text as a reader sees it, with … for what is filled in."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) if isinstance(part, ast.Constant) else "…" for part in node.values)
    return ""


def _in_classes(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Errors that carry their code as a class attribute say in their docstring what they mean."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.ClassDef):
            continue
        for line in node.body:
            if isinstance(line, ast.Assign | ast.AnnAssign) and _names_code(line) and line.value is not None:
                said = " ".join((ast.get_docstring(node) or "").split("\n\n")[0].split())
                yield from ((code, said) for code in _codes(line.value))


def _names_code(line: ast.Assign | ast.AnnAssign) -> bool:
    targets = line.targets if isinstance(line, ast.Assign) else [line.target]
    return any(isinstance(target, ast.Name) and target.id == "code" for target in targets)


def _in_tables(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """The table `CODES`: code → what it means."""
    for node in tree.body:
        target = node.target if isinstance(node, ast.AnnAssign) else None
        if isinstance(target, ast.Name) and target.id == "CODES":
            for table in (part for part in ast.walk(node) if isinstance(part, ast.Dict)):
                for key, value in zip(table.keys, table.values, strict=True):
                    if isinstance(key, ast.Constant):
                        yield str(key.value), _text(value)


def _in_functions(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Functions named for the code they give: the codes they return."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name.endswith("code_of"):
            for back in (part for part in ast.walk(node) if isinstance(part, ast.Return) and part.value):
                if isinstance(back.value, ast.IfExp | ast.Constant):
                    yield from ((code, "") for code in _codes(back.value))


def event_types() -> frozenset[str]:
    """Every event the domain names: constants in the past tense, and those a service drafts by name."""
    return frozenset(name for path, tree in modules() for name in _events(path, tree))


def _events(path: str, tree: ast.Module) -> Iterator[str]:
    if path.startswith(("cycle/", "agreements/", "people/")):
        for line in tree.body:
            if isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant) and _is_event(line.value.value):
                yield line.value.value
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and _name(node.func) in ("Happening", "Draft"):
            first = node.args[0]
            if isinstance(first, ast.Constant) and _is_event(first.value):
                yield first.value


def _is_event(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and re.fullmatch(r"(?:[A-Z][a-z]+){2,}|Corrected", value) is not None
