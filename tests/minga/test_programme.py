# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`minga programme`: a region's file begun, checked, published and shown from a terminal."""

from pathlib import Path

import pytest

from cycle.chart import chart
from cycle.programme import compile_programme
from cycle.publish import resolve
from minga.exits import Exit
from services.programmes import built_in_source
from tests.documentation import DOCS
from tests.minga.calling import Terminal, terminal


@pytest.fixture
def minga(
    sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    return terminal(sqlite_url, tmp_path, capsys, monkeypatch)


def test_a_new_file_passes_the_check_as_it_stands_and_is_published(minga: Terminal, tmp_path: Path) -> None:
    assert minga.told("programme", "new", "east-african-quarries")["file"] == "east-african-quarries.toml"
    assert (tmp_path / "east-african-quarries.toml").is_file()
    assert minga.told("programme", "check", "east-african-quarries.toml")["findings"] == []

    published = minga.told("programme", "publish", "east-african-quarries.toml")
    assert (published["slug"], published["version"], published["new"]) == ("east-african-quarries", 1, True)
    again = minga.told("programme", "publish", "east-african-quarries.toml")
    assert (again["version"], again["new"], again["hash"]) == (1, False, published["hash"])


def test_nothing_is_written_over_a_file(minga: Terminal, tmp_path: Path) -> None:
    (tmp_path / "our-region.toml").write_text("mine", encoding="utf-8")
    assert minga.refused("programme", "new", "our-region")[:2] == (Exit.CONFLICT, "file.taken")
    assert (tmp_path / "our-region.toml").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("slug", ["Our Region", "../region", "a", 'x"\nslug = "y'])
def test_a_slug_is_small_letters_digits_and_hyphens(minga: Terminal, tmp_path: Path, slug: str) -> None:
    assert minga.refused("programme", "new", slug)[1:] == ("programme.refused", ["programme.malformed"])
    assert list(tmp_path.glob("**/*.toml")) == []


def test_the_check_tells_every_finding_at_once(minga: Terminal, tmp_path: Path) -> None:
    minga("programme", "new", "our-region")
    file = tmp_path / "our-region.toml"
    text = file.read_text(encoding="utf-8").replace("Africa/Kampala", "Moon/Base").replace('["en"]]', '["sw"]]')
    file.write_text(text, encoding="utf-8")

    ended, code, found = minga.refused("programme", "check", "our-region.toml")
    assert (ended, code) == (Exit.REFUSED, "programme.refused")
    assert sorted(set(found)) == ["programme.paper_language_unknown", "programme.timezone_unknown"]
    assert minga.refused("programme", "publish", "our-region.toml")[1] == "programme.refused"
    assert [row["slug"] for row in minga.told("programme", "show")["items"]] == ["regional-initiative"]


@pytest.mark.parametrize(
    ("raw", "code"),
    [(b"\xff", "programme.not_utf8"), (b"#" * 2_000_001, "programme.file_too_large"), (b"a = ", "programme.not_toml")],
)
def test_a_file_that_is_no_programme_is_refused(minga: Terminal, tmp_path: Path, raw: bytes, code: str) -> None:
    (tmp_path / "odd.toml").write_bytes(raw)
    assert minga.refused("programme", "check", "odd.toml")[1:] == ("programme.refused", [code])


def test_a_file_that_is_not_there_is_refused(minga: Terminal) -> None:
    assert minga.refused("programme", "check", "none.toml")[1:] == ("programme.refused", ["programme.file_unreadable"])


def test_a_published_version_is_shown_as_the_engine_reads_it(minga: Terminal) -> None:
    document = minga.told("programme", "show", "regional-initiative@1")
    assert document == {"version": 1, **resolve(built_in_source())}
    out = minga("programme", "show", "regional-initiative")[1]
    assert "regional-initiative@1  Iniciativa Regional" in out
    assert out.index("  draft") < out.index("  offer") < out.index("  closed")


def test_an_unknown_programme_or_version_is_not_found(minga: Terminal) -> None:
    for name in ("none", "regional-initiative@2"):
        assert minga.refused("programme", "show", name)[:2] == (Exit.NOT_FOUND, "not_found")
    assert minga.refused("programme", "show", "regional-initiative@last")[:2] == (Exit.USAGE, "usage.invalid")


def test_a_version_that_there_is_not_is_named(minga: Terminal) -> None:
    assert "no published programme regional-initiative@99\n" in minga("programme", "show", "regional-initiative@99")[2]


def test_the_chart_is_the_machine_and_stands_in_the_documentation(minga: Terminal) -> None:
    drawn = minga("programme", "show", "regional-initiative", "--chart")[1]
    assert drawn == chart(compile_programme(resolve(built_in_source()), 1))
    assert "  commitment --> execution: begin_execution\n" in drawn
    assert f"```mermaid\n{drawn}```" in (DOCS / "cycle.md").read_text(encoding="utf-8")


def test_a_chart_is_of_one_programme(minga: Terminal) -> None:
    assert minga("programme", "show", "--chart")[0] == Exit.USAGE
