# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The documentation says what the code does: tables, links, names, commands, and a tutorial that is run."""

import ast
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from json import loads
from pathlib import Path

import pytest

from cycle.facts import BY_EVENT, FACTS
from minga.cli import minga
from tests import documentation as docs
from tests.documentation_codes import event_types
from tests.documentation_tables import GENERATED, NOTHING, codes_file

START = docs.DOCS / "start.md"
WALKED = docs.DOCS / "a-feature-walked.md"
EVENTS = docs.DOCS / "events.md"
DECISIONS = docs.DOCS / "decisions"
ALL_PAGES = (*docs.FRONT, *docs.pages())

# They prepare a machine, and run until they are ended.
NOT_RUN = ("make ",)
ADDED_TO_FACTS = {"item", "number", "counts", "version", "since", "kind", "on", "seat", "delegation"}


def _named(page: Path) -> str:
    return page.relative_to(docs.HOUSE).as_posix()


@pytest.fixture(params=ALL_PAGES, ids=_named)
def page(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


def test_every_generated_block_stands_on_exactly_one_page() -> None:
    standing = [name for page in docs.pages() for name in docs.blocks(page)]
    assert sorted(standing) == sorted(GENERATED)


@pytest.mark.parametrize("page", [page for page in docs.pages() if docs.blocks(page)], ids=_named)
def test_what_is_generated_is_what_the_code_says(page: Path) -> None:
    generated = {name: f"\n{GENERATED[name]()}\n" for name in docs.blocks(page)}
    if docs.is_writing():
        docs.fill(page, generated)
    assert docs.blocks(page) == generated


def test_the_pages_of_problems_say_what_the_documentation_says() -> None:
    page = docs.HOUSE / "api" / "pages" / "problem_codes.toml"
    if docs.is_writing():
        page.write_text(codes_file(), encoding="utf-8")
    assert page.read_text(encoding="utf-8") == codes_file()


def test_every_code_says_what_it_means() -> None:
    assert f"| {NOTHING} |" not in GENERATED["codes"](), "say what it means in tests/documentation_tables.py: MEANS"


def test_every_link_leads_somewhere(page: Path) -> None:
    assert [link for link in docs.links(page) if not (page.parent / link).exists()] == []


def test_every_link_to_a_heading_finds_it(page: Path) -> None:
    assert [(to.name, at) for to, at in docs.anchors(page) if to.is_file() and at not in docs.headings(to)] == []


def test_every_page_is_reached_from_the_index() -> None:
    reached, waiting = set[Path](), [docs.DOCS / "index.md"]
    while waiting:
        page = waiting.pop().resolve()
        if page not in reached and page.suffix == ".md" and page.is_file():
            reached.add(page)
            waiting += [page.parent / link for link in docs.links(page)]
    assert sorted(set(docs.pages()) - reached) == []


def test_every_decision_is_in_their_index() -> None:
    assert set(docs.links(DECISIONS / "README.md")) == {p.name for p in DECISIONS.glob("[0-9]*.md")}


def test_every_file_a_page_names_exists(page: Path) -> None:
    ours = tuple(f"{folder.name}/" for folder in docs.HOUSE.iterdir() if folder.is_dir())
    named = [path for path in docs.paths_named(page) if path.startswith(ours) and not path.startswith("var/")]
    assert [path for path in named if not (docs.HOUSE / path).exists()] == []


def test_every_command_a_page_shows_exists(page: Path) -> None:
    lines = [line for line in docs.typed_lines(page) if line.startswith("minga ")]
    assert {line: words for line in lines if (words := docs.unknown_words(line, minga))} == {}


def test_every_make_target_a_page_shows_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", docs.read(docs.HOUSE / "Makefile"), re.MULTILINE))
    shown = {line.split()[1] for line in docs.typed_lines(page) if line.startswith("make ")}
    assert sorted(shown - targets) == []


def _steps() -> Iterator[tuple[str, tuple[str, ...]]]:
    """What the walked feature names: file → names that live in it."""
    for file, names in re.findall(r"^\| `([\w/.]+)` \| ([^|]+) \|", docs.read(WALKED), re.MULTILINE):
        yield file, tuple(re.findall(r"`(\w+)`", names))


def _defined(file: str) -> set[str]:
    tree = ast.walk(ast.parse(docs.read(docs.HOUSE / file)))
    names = set[str]()
    for node in tree:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
    return names


def test_the_walked_feature_names_only_what_exists() -> None:
    steps = tuple(_steps())
    assert len(steps) > 40
    assert {file: gone for file, names in steps if (gone := set(names) - _defined(file))} == {}


def _payloads_told() -> dict[str, set[str]]:
    """Event → its payload's fields, as the page tells them."""
    rows = re.findall(r"^\| `([A-Z]\w+)` \| [^`|][^|]* \| ([^|]+) \|$", docs.read(EVENTS), re.MULTILINE)
    told = {event: set(re.findall(r"`(\w+)`", fields)) for event, fields in rows}
    for fact in FACTS.values():
        told[fact.event] = told.get(fact.event, set()) | {field.name for field in fact.fields} | ADDED_TO_FACTS
    told["Corrected"] |= {"corrects", "was", "right"}
    return told


def test_every_event_is_told() -> None:
    happening = event_types() | set(BY_EVENT)
    assert set(_payloads_told()) == happening
    assert set(re.findall(r"^\| `([A-Z]\w+)` \|", docs.read(EVENTS), re.MULTILINE)) == happening


@pytest.fixture(scope="module")
def tutorial(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place like a fresh clone: the examples and the environment, nothing else."""
    place = tmp_path_factory.mktemp("tutorial")
    shutil.copytree(docs.HOUSE / "examples", place / "examples")
    activate = place / ".venv/bin/activate"
    activate.parent.mkdir(parents=True)
    activate.write_text(f'PATH="{Path(sys.executable).parent}:$PATH"\n')
    return place


def _run(place: Path, typed: list[str]) -> list[str]:
    """What each command answers, on both channels, in one shell."""
    mark = "@@@ next @@@"
    script = place / "typed.sh"
    # The marker must not touch the exit code, which the page asks for.
    script.write_text("\n".join(f"{line}\nended=$?; echo '{mark}'; (exit $ended)" for line in typed) + "\n")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MINGA_")}
    ended = subprocess.run(
        ("bash", str(script)),
        cwd=place,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return ended.stdout.split(f"{mark}\n")[: len(typed)]


@pytest.mark.prefect
@pytest.mark.timeout(600)
def test_the_tutorial_answers_what_it_shows(tutorial: Path) -> None:
    shown = [step for step in docs.shown(START) if not step.typed.startswith(NOT_RUN)]
    kept = [step for step in shown if not step.typed.startswith("rm ")]
    assert len(kept) > 20
    differing = {
        step.typed: answered
        for step, answered in zip(kept, _run(tutorial, [step.typed for step in kept]), strict=True)
        if not docs.pattern_of(step.answered).fullmatch(answered)
    }
    assert differing == {}
    assert _untold(tutorial / "tutorial/minga.db") == {}


def _untold(database: Path) -> dict[str, set[str]]:
    """Fields of events in a ledger that docs/events.md does not tell."""
    told, untold = _payloads_told(), dict[str, set[str]]()
    with sqlite3.connect(database) as connection:
        for event, payload in connection.execute("select type, payload from events"):
            left = set(loads(payload)) - told[event]
            if left:
                untold.setdefault(event, set()).update(left)
    return untold


def test_every_package_has_its_reason_in_a_decision() -> None:
    project = tomllib.loads((docs.HOUSE / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = (*project["dependencies"], *project["optional-dependencies"]["test"])
    names = [re.split(r"[^\w-]", one)[0] for one in wanted]
    told = "\n".join(docs.read(page) for page in DECISIONS.glob("0*.md"))
    assert [name for name in names if not re.search(rf"(?<![\w-]){name}(?![\w-])", told)] == []
