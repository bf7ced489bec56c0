# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The house keeps its own rules: one word per idea, one place that commits, one clock, no address of somebody else's."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.documentation_codes import HOUSE, PACKAGES

LONGEST_MODULE = 400
IN_THE_TREE = (*PACKAGES, "tests", "benchmarks")

INSTEAD_OF = {
    "phase": "stage",
    "workflow": "cycle",
    "transition": "move",
    "precondition": "requirement",
    "constituency": "bench",
    "denial": "refusal",
    "rejection": "refusal",
    "ticket": "exchange",
    "project": "exchange",
    "nation": "country",
    "stakeholder": "party",
    "treaty": "agreement",
    "task": "duty",
    "utils": "a name that says what lives there",
    "helper": "a name that says what it does",
    "misc": "a name that says what lives there",
}
"""A second word for what has one already, and the word that it has: docs/concepts.md."""

OTHERS_WORDS = {
    "transition": "the library's own word for an edge, in cycle/machine.py",
    "project_code": "a donor's code for its money",
}

CLOCKS_AND_CHANCE = re.compile(
    r"datetime\.now|datetime\.utcnow|date\.today|\btime\.time\(|os\.urandom|\bsecrets\.|\brandom\.(?!\()|uuid[14]\("
)
WHO_MAY_ASK = {
    "services/desk.py": "the one clock of every service",
    "ledger/identifiers.py": "where randomness comes from, unless it is passed in",
    "ledger/sealing.py": "salts, unless randomness is passed in",
    "storage/outbox.py": "lease tokens, which are in no event",
    "services/tokens.py": "secrets of the API",
    "flows/serving.py": "when a schedule first fires",
    "minga/checkup.py": "compares the machine's clock with the disk's",
    "minga/walk_prefect.py": "waits for the flows, and makes up a password",
    "minga/commands/up.py": "makes up a password, and tells what failed since it began",
}

HOSTS = {
    "www.apache.org": "the licence",
    "www.w3.org": "namespaces of SVG and of RDF",
    "www.aiim.org": "the namespace of PDF/UA",
    "ns.adobe.com": "a namespace of XMP",
    "json-schema.org": "the standard case files are described in",
    "keepachangelog.com": "the form of the changelog",
    "semver.org": "what version numbers mean",
    "opendatacommons.org": "the licence of the register in examples/",
    "docs.astral.sh": "the linter's own pages",
    "127.0.0.1": "this machine",
    "localhost": "this machine",
    "169.254.169.254": "an address that papers must never reach; tests try",
}
FOR_EXAMPLES = (".example", ".example.org", ".example.co", "example.org", ".internal")
ADDRESS = re.compile(r"\b(?:https?|ftp)://([^\s\"'<>)`,;\\]+)")

PASSED_OVER = {"var", "build", "dist", "node_modules"}
TEXT = {
    ".py",
    ".md",
    ".toml",
    ".ini",
    ".sh",
    ".txt",
    ".html",
    ".j2",
    ".css",
    ".svg",
    ".js",
    ".json",
    ".mako",
    ".conf",
    "",
}


@cache
def files() -> tuple[Path, ...]:
    """Every text of the tree; what the machine made here is passed over."""
    return tuple(sorted(path for path in _walk(HOUSE) if path.suffix in TEXT))


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_dir():
            hidden = path.name.startswith(".") and path.name != ".ci"
            if not hidden and path.name not in PASSED_OVER and not path.name.endswith((".egg-info", "__pycache__")):
                yield from _walk(path)
        elif not path.name.startswith(".coverage"):
            yield path


def _named(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


def _modules(folders: Iterable[str]) -> tuple[Path, ...]:
    return tuple(path for folder in folders for path in sorted((HOUSE / folder).rglob("*.py")))


def _identifiers(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield name
            case _:
                pass


def _words(identifier: str) -> frozenset[str]:
    return frozenset(word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", identifier))


def _second_words(path: Path) -> dict[str, str]:
    """identifier → the word it should have used."""
    return {
        identifier: INSTEAD_OF[word]
        for identifier in _identifiers(path)
        for word in _words(identifier) & set(INSTEAD_OF)
        if identifier not in OTHERS_WORDS
    }


def test_one_word_stands_for_one_idea() -> None:
    found = {_named(path): _second_words(path) for path in _modules(PACKAGES)}
    assert {path: words for path, words in found.items() if words} == {}


@pytest.mark.parametrize("source", ["class PhaseEnded: ...", "workflow_state = 1", "def find(*, stakeholder): ..."])
def test_a_second_word_is_found_wherever_it_names_something(source: str, tmp_path: Path) -> None:
    module = tmp_path / "said.py"
    module.write_text(source, encoding="utf-8")
    assert any(_words(identifier) & set(INSTEAD_OF) for identifier in _identifiers(module))


def test_no_module_is_longer_than_a_reader_can_hold() -> None:
    lengths = {_named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in _modules(PACKAGES)}
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def test_one_place_commits() -> None:
    committing = [
        _named(path) for path in _modules(PACKAGES) if re.search(r"\.commit\(|\.commit\b", path.read_text("utf-8"))
    ]
    assert committing == ["storage/transaction.py"]


def test_nothing_reads_clock_or_chance_but_those_who_may() -> None:
    asking = {_named(path) for path in _modules(PACKAGES) if CLOCKS_AND_CHANCE.search(_code(path))}
    assert asking == set(WHO_MAY_ASK)


def _code(path: Path) -> str:
    """A module without its docstrings and comments."""
    return ast.unparse(_undocumented(ast.parse(path.read_text(encoding="utf-8"))))


def _undocumented(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                node.body[0] = ast.Pass(lineno=1, col_offset=0)
    return tree


def test_nothing_is_left_for_later() -> None:
    later = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|X" + r"XX:|HA" + r"CK)\b")
    assert [_named(path) for path in files() if later.search(path.read_text("utf-8"))] == []


def _hosts() -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = {}
    for path in files():
        for address in ADDRESS.findall(path.read_text(encoding="utf-8")):
            host = urlsplit(f"//{re.split(r'[{$…]', address)[0]}").hostname
            if host and not host.endswith(FOR_EXAMPLES):
                found.setdefault(host, set()).add(_named(path))
    return found


def test_addresses_lead_to_standards_and_licences_only() -> None:
    assert {host: paths for host, paths in _hosts().items() if host not in HOSTS} == {}


def test_no_lock_names_an_index() -> None:
    for lock in (HOUSE / "requirements").glob("*.txt"):
        assert "--index" not in lock.read_text(encoding="utf-8")


@pytest.mark.parametrize("package", PACKAGES)
def test_every_module_says_what_lives_in_it(package: str) -> None:
    silent = [_named(p) for p in _modules([package]) if not ast.get_docstring(ast.parse(p.read_text("utf-8")))]
    assert silent == []
