# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The security papers say what is so: figures are the code's, tests exist, requirements are counted."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from api.guards import bodies, crowd
from documents import press
from minga.settings import TABLE
from services import tokens, uploads
from services.privacy.retention import ROWS_A_TRANSACTION
from services.sign_in import codes, keys, limits, links, passwords, sessions
from services.uploads import archives, kinds, pictures
from tests import documentation as docs
from tests.asvs import CHAPTERS, OF_LEVEL, STATUSES, Requirement, requirements
from tests.documentation_codes import HOUSE, PACKAGES

MEASURES = docs.DOCS / "security" / "measures.md"
THREATS = docs.DOCS / "security" / "threat-model.md"
MIB, MINUTE, HOUR, DAY = 1024 * 1024, 60, 3600, 86_400
FEWEST_WORDS = 4
CRYPTOGRAPHY = {"argon2", "cryptography", "hmac", "pyotp"}
"""What is imported where something is sealed, signed or derived; digests of hashlib alone are everywhere."""
NETWORK = {"aiohttp", "httpx", "requests", "smtplib", "socket", "urllib3"}
ESCAPED = {"storage/privacy.py": "looks for a name, with its signs escaped"}
"""Modules that put an expression together inside a function."""
STARTING = {
    "documents/drawing.py": "the child that draws papers",
    "minga/checkup.py": "tries whether Pango loads",
    "minga/commands/up.py": "prepares the schema in a process of its own",
    "minga/supervisor.py": "the web, Prefect and its flows",
}
"""Modules that start programs: each with a list of arguments, none by a shell."""
EVALUATING = {"eval", "exec", "compile", "__import__", "builtins.eval", "builtins.exec"}
SHELLS = {
    "os.system",
    "os.popen",
    "subprocess.getoutput",
    "subprocess.getstatusoutput",
    "asyncio.create_subprocess_shell",
}
UNPACKING = {"dill", "jsonpickle", "marshal", "pickle", "shelve", "yaml"}
CONNECTING = {
    "flows/serving.py": "its own Prefect",
    "minga/checkup.py": "looks whether the mail server of the settings answers",
    "minga/loopback.py": "looks whether a port is free",
    "notifications/mail.py": "the mail server",
}


def _section(page: Path, heading: str) -> str:
    """The text of one section of a page."""
    return docs.read(page).partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def _rows(text: str) -> list[tuple[str, ...]]:
    """The rows of a section's tables, without their headings."""
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    cells = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines]
    headings = {n - 1 for n, row in enumerate(cells) if set(row[0]) == {"-"}}
    return [row for n, row in enumerate(cells) if n not in headings and set(row[0]) != {"-"}]


@cache
def _sources() -> dict[str, str]:
    modules = (path for package in PACKAGES for path in (HOUSE / package).rglob("*.py"))
    return {path.relative_to(HOUSE).as_posix(): path.read_text("utf-8") for path in modules}


def _importing(names: set[str]) -> set[str]:
    """The modules of the house that import one of these packages."""
    return {path for path, text in _sources().items() if names & set(_imported(ast.parse(text)))}


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


# --- The requirements of the standard ---------------------------------------------------------------------------------


def test_every_requirement_of_both_levels_stands_once() -> None:
    rows = requirements()

    assert Counter(row.id for row in rows).most_common(1)[0][1] == 1
    assert Counter(row.chapter for row in rows) == {chapter: count for chapter, (_, count) in CHAPTERS.items()}
    assert Counter(row.level for row in rows) == OF_LEVEL


def _numbers(row: Requirement) -> list[int]:
    return [int(part) for part in row.id.removeprefix("v5.0.0-").split(".")]


def test_the_requirements_stand_in_the_order_of_the_standard() -> None:
    rows = requirements()

    assert [row.id for row in rows if not re.fullmatch(r"v5\.0\.0-\d+\.\d+\.\d+", row.id)] == []
    assert [_numbers(row) for row in rows] == sorted(_numbers(row) for row in rows)


@pytest.mark.parametrize("row", requirements(), ids=lambda row: str(row.id))
def test_a_requirement_says_how_or_why_not(row: Requirement) -> None:
    assert row.status in STATUSES
    assert len(row.reason.split()) >= FEWEST_WORDS
    assert (row.test == "") if row.status == "not_applicable" else (row.status != "met" or row.test != "")


@cache
def _tests_of(path: str) -> frozenset[str]:
    tree = ast.parse((HOUSE / path).read_text("utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_every_test_a_requirement_names_exists() -> None:
    named = {row.id: row.test.split("::") for row in requirements() if row.test}
    gone = {
        id_: (path, name)
        for id_, (path, name) in named.items()
        if not (HOUSE / path).is_file() or name not in _tests_of(path)
    }
    assert gone == {}


def test_the_threat_model_names_tests_that_exist() -> None:
    named = [path for path in docs.paths_named(THREATS) if path.startswith("tests/")]

    assert len(named) >= 25
    assert [path for path in named if not (HOUSE / path).is_file()] == []


def test_every_boundary_that_is_drawn_is_judged() -> None:
    drawn = set(re.findall(r'"(\d)[ "]', docs.read(THREATS).partition("```mermaid")[2].partition("```")[0]))
    judged = {
        number
        for heading in re.findall(r"^### ([\d, and]+):", docs.read(THREATS), re.MULTILINE)
        for number in re.findall(r"\d", heading)
    }

    assert drawn == judged
    assert {row[0] for row in _rows(docs.read(THREATS)) if len(row[0]) == 1} == set("STRIDE")


# --- The figures ------------------------------------------------------------------------------------------------------


def _figures() -> dict[str, tuple[str, ...]]:
    """What each section must say, from the code."""
    hasher = PasswordHasher()
    return {
        "Ways in": (
            f"one step of {codes.STEP_SECONDS} seconds either way",
            f"| {links.LASTS_SECONDS // MINUTE} minutes |",
            f"{tokens.ORDINARY_DAYS} days unless said otherwise, {tokens.LONGEST_DAYS} at most",
        ),
        "Guessing": (
            f"{limits.MOST_OF_A_PAIR} in {limits.WINDOW_SECONDS // MINUTE} minutes",
            f"{limits.MOST_FROM_A_PLACE} in {limits.WIDE_SECONDS // MINUTE} minutes",
            f"{limits.LINKS_OF_AN_ACCOUNT} in {limits.WIDE_SECONDS // MINUTE} minutes",
            f"longer than {passwords.WAITING_SECONDS:.0f} seconds",
            f"within {limits.KNOWN_SECONDS // DAY} days",
        ),
        "Sessions": (
            f"| {sessions.IDLE_SECONDS // MINUTE} minutes |",
            f"| {sessions.ABSOLUTE_SECONDS // HOUR} hours |",
            f"{keys.SECRET_BYTES * 8} random bits",
        ),
        "Input and uploads": (
            f"{bodies.LARGEST_BODY // MIB} MiB, {bodies.DEEPEST} levels deep, {bodies.BODY_TAKES:.0f} seconds",
            f"| {uploads.LARGEST_UPLOAD // MIB} MiB |",
            f"{archives.MOST_ENTRIES} entries, {archives.LARGEST_WHOLE // MIB} MiB unpacked, {archives.LARGEST_RATIO} to 1",
            f"{pictures.MOST_PIXELS // 1_000_000} million pixels",
            f"| {' '.join(kinds.MEDIA_TYPES)} |",
        ),
        "What costs much": (
            f"{press.MAX_PAGES} pages",
            f"{crowd.MOST_AT_ONCE} a process",
            f"{ROWS_A_TRANSACTION} rows a transaction",
        ),
        "Keys and algorithms": (
            f"argon2id, {hasher.memory_cost // 1024} MiB, {hasher.time_cost} passes",
            f"SHA-256 of {keys.SECRET_BYTES * 8} bits",
        ),
        "Packages": ("| 7 days |", "| 30 days |", "| 90 days |"),
    }


@pytest.mark.parametrize("heading", _figures())
def test_the_figures_on_the_page_are_those_of_the_code(heading: str) -> None:
    text = _section(MEASURES, heading)
    assert [figure for figure in _figures()[heading] if figure not in text] == []


def test_every_way_in_stands_on_the_page() -> None:
    told = {row[0] for row in _rows(_section(MEASURES, "Ways in"))}
    guessed_at = {limits.PASSWORD: "password", limits.LINK: "link in a letter", limits.CODE: "one-time code"}
    guessed_at[limits.RECOVERY] = "recovery code"

    assert set(limits.WIDE) == set(guessed_at)
    assert told == {*guessed_at.values(), "token", "invitation to one paper", "breaking the glass", "command line"}


def test_every_key_and_algorithm_stands_on_the_page() -> None:
    rows = _rows(_section(MEASURES, "Keys and algorithms"))
    named = {path for row in rows for path in re.findall(r"`([^`]+)`", row[2])}

    assert [row for row in rows if len(row) != 6 or not all(row)] == []
    assert {path for path in named if not (HOUSE / path).is_file()} == set()
    assert _importing(CRYPTOGRAPHY) - named == set()


def test_no_weak_digest_is_used() -> None:
    weak = re.compile(r"\b(?:md5|sha1|MD5|SHA1|DES|ARC4|ECB|PKCS1v15)\b")
    assert [path for path, text in _sources().items() if weak.search(text)] == []


def test_everything_minga_connects_to_stands_on_the_page() -> None:
    told = _section(MEASURES, "What Minga connects to")
    reached = {row.variable for row in TABLE if row.variable.endswith("_URL")} - {"MINGA_PUBLIC_URL"}

    assert _importing(NETWORK) == set(CONNECTING)
    assert {variable for variable in reached if f"`{variable}`" not in told} == set()


def test_no_redirect_of_others_is_followed() -> None:
    assert [path for path, text in _sources().items() if re.search(r"follow_redirects|urlopen\(", text)] == []


def test_every_class_of_data_stands_on_the_page() -> None:
    rows = _rows(_section(MEASURES, "Classes of data"))

    assert [row[0] for row in rows] == ["public", "of the parties", "personal", "restricted", "secret"]
    assert [row for row in rows if len(row) != 5 or not all(row)] == []


def test_every_log_stands_on_the_page() -> None:
    told = _section(MEASURES, "Logs")
    handling = {
        path for path, text in _sources().items() if re.search(r"\w*Handler\(\s*(?:sys|stream|filename|\))", text)
    }

    assert {path for path in handling if f"`{path}`" not in told} == set()
    assert [
        path for path, text in _sources().items() if re.search(r"SysLogHandler|HTTPHandler|SMTPHandler", text)
    ] == []


RE = re.compile(r"re\.(?:compile|findall|finditer|fullmatch|match|search|split|sub)")


def _expressions(tree: ast.Module) -> Iterator[ast.expr]:
    """The expressions that functions hand to `re`: those at the top of a module are constants by their place."""
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)):
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and RE.fullmatch(ast.unparse(node.func)):
                yield node.args[0]


def _is_constant(expression: ast.expr) -> bool:
    return isinstance(expression, ast.Constant) or (isinstance(expression, ast.Name) and expression.id.isupper())


def test_no_expression_is_made_of_what_somebody_typed() -> None:
    made = {
        path: [one for one in _expressions(ast.parse(text)) if not _is_constant(one)]
        for path, text in _sources().items()
    }
    assert {path for path, found in made.items() if found} == set(ESCAPED)
    assert [path for path in ESCAPED if "re.escape(" not in _sources()[path]] == []


def _calls(text: str) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def test_no_shell_reads_what_somebody_wrote() -> None:
    shells = {
        path
        for path, text in _sources().items()
        for name, call in _calls(text)
        if name in SHELLS or any(said.arg == "shell" for said in call.keywords)
    }
    assert shells == set()
    assert _importing({"subprocess"}) == set(STARTING)


def test_nothing_that_somebody_wrote_is_evaluated() -> None:
    evaluating = {path for path, text in _sources().items() for name, _ in _calls(text) if name in EVALUATING}
    assert evaluating == set()
    assert _importing(UNPACKING) == set()
