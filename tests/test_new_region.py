# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""A new region in an hour: the page's commands run as they stand, and a second region walks its whole cycle by files."""

import json
import re
import shlex
from pathlib import Path

import pytest
from pydantic import BaseModel

from cycle.programme_file import (
    CountryFile,
    FactFile,
    LimitsFile,
    MoveFile,
    NeedFile,
    PaperFile,
    ProgrammeFile,
    StageFile,
)
from cycle.publish import resolve
from cycle.words import Stage
from minga.exits import Exit
from people.table import ACTIONS
from services.importing.profiles import Always, Columns, Profile
from tests.documentation import DOCS, HOUSE, read
from tests.minga.calling import Terminal, terminal

PAGE, IMPORTS = DOCS / "a-new-region.md", DOCS / "imports.md"
REGION = HOUSE / "examples" / "west-african-fisheries"
PACKAGES = (
    "cycle",
    "ledger",
    "agreements",
    "people",
    "documents",
    "storage",
    "services",
    "observatory",
    "api",
    "flows",
)
_SHELL = re.compile(r"^```sh\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"^```toml\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@pytest.fixture
def minga(
    sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    """A terminal in an empty folder, but for the examples."""
    (tmp_path / "examples").symlink_to(HOUSE / "examples")
    return terminal(sqlite_url, tmp_path, capsys, monkeypatch)


def commands(page: Path) -> list[list[str]]:
    lines = "".join(_SHELL.findall(read(page))).splitlines()
    return [shlex.split(line)[1:] for line in lines if line.startswith("minga ")]


def test_the_hour_goes_by_as_the_page_says(minga: Terminal) -> None:
    asked = commands(PAGE)
    assert len(asked) == 11
    for words in asked:
        ended, _, err = minga(*words)
        assert ended == Exit.OK, (words, err)
    slugs = {row["slug"] for row in minga.told("programme", "show")["items"]}
    assert slugs == {"regional-initiative", "east-african-quarries", "west-african-fishing-safety"}
    assert minga.told("board", "--programme", "east-african-quarries")["stages"]["draft"] == 1
    assert minga("audit", "verify")[0] == Exit.OK


def test_the_imports_go_by_as_their_page_says(minga: Terminal) -> None:
    for words in commands(IMPORTS):
        assert minga(*words)[0] == Exit.OK, words
    assert minga.told("board")["total"] == 55


def test_a_second_region_walks_its_whole_cycle_by_files_alone(minga: Terminal) -> None:
    minga.told("programme", "publish", str(REGION / "programme.toml"))

    walked = minga.told("walk", str(REGION / "case.toml"), "--out", "papers")

    entered = [one["stage"] for one in walked["stages"]]
    assert sorted(entered) == sorted(stage.value for stage in Stage)
    assert (entered[1:3], walked["stage"], walked["lifecycle"]) == (["demand", "offer"], "closed", "completed")
    assert walked["reference"] == "WAF-2024-0001"
    assert walked["refusals"] == [{"step": 21, "codes": ["money.too_many_decimals"]}]
    assert sorted((paper["kind"], *paper["languages"]) for paper in walked["papers"]) == [
        ("agreement", "en"),
        ("good-practice", "en"),
        ("good-practice", "fr"),
        ("roadmap", "en"),
        ("roadmap", "fr"),
    ]
    assert minga("audit", "verify")[0] == Exit.OK


def test_the_second_region_is_another_continent_with_two_benches_and_languages_and_money_without_decimals() -> None:
    document = resolve((REGION / "programme.toml").read_text(encoding="utf-8"))
    assert {country["subregion"] for country in document["countries"]} == {"Western Africa"}
    assert [bench["code"] for bench in document["benches"]] == ["owners", "crews"]
    assert (document["languages"], document["currencies"]["XOF"]) == (["fr", "en"], 0)


def test_no_code_knows_the_second_region() -> None:
    told = [
        path
        for package in PACKAGES
        for path in (HOUSE / package).rglob("*")
        if path.suffix in (".py", ".toml", ".j2") and re.search("west.african|XOF", path.read_text(encoding="utf-8"))
    ]
    assert told == []


@pytest.mark.parametrize(
    "form", [ProgrammeFile, CountryFile, StageFile, MoveFile, NeedFile, FactFile, PaperFile, LimitsFile]
)
def test_every_key_of_a_programme_stands_on_the_page(form: type[BaseModel]) -> None:
    page = read(PAGE)
    assert [key for key in form.model_fields if not re.search(rf"`(?:[\w.]+\.)?{key}(?:\.[\w.]+)?`", page)] == []


@pytest.mark.parametrize("form", [Profile, Columns, Always])
def test_every_key_of_a_profile_stands_on_its_page(form: type[BaseModel]) -> None:
    page = read(IMPORTS)
    assert [key for key in form.model_fields if f"`{key}`" not in page] == []


def test_every_refusal_of_an_import_stands_on_its_page() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (HOUSE / "services" / "importing").glob("*.py"))
    told = (
        set(re.findall(r'"((?:import|profile)\.[a-z_0-9]+)"', sources))
        - {"import.refused", "profile.refused"}
        - set(ACTIONS)
    )
    told |= {f"import.{what}_missing" for what in ("key", "title")}
    listed = set(re.findall(r"^\| `((?:import|profile)\.[a-z_0-9]+)`", read(IMPORTS), re.MULTILINE))
    assert listed == told - {"profile.not_found"}


def test_the_profile_on_the_page_reads_a_register(minga: Terminal, tmp_path: Path) -> None:
    (text,) = _TOML.findall(read(IMPORTS))
    (tmp_path / "ministry.toml").write_text(text.replace('sheet = "Cooperaciones"\n', ""), encoding="utf-8")
    header = "No.,Título,País,Institución,Inicio,Fin,Estado,Tema,Contacto"
    row = "7,Caucho,Perú,Ministerio,01.02.2021,,en curso,Caucho,Carla"
    (tmp_path / "list.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")

    done = json.loads(minga("import", "list.csv", "--profile", "ministry.toml", "--json")[1])

    assert [(one["key"], one["stage"], one["reference"]) for one in done["new"]] == [
        ("7", "execution", "SSC-2026-0001")
    ]
