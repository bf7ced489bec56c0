# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`minga walk`: a case from the command line, its progress, its papers, its refusals."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from rich.console import Console

from minga.cli import run
from minga.exits import Exit
from minga.settings import read
from minga.walk_display import Display, line_of
from services.cases.player import Walked, walk
from services.cases.reading import read_case
from services.desk import Desk
from services.opening import open_desk
from services.programmes import ensure_built_in
from storage import exchanges
from storage.store import Store

EXAMPLES = Path(__file__).parents[2] / "examples"
RUBBER = EXAMPLES / "brasil-colombia.toml"
LIGHT = EXAMPLES / "peru-costa-rica.toml"


@pytest.fixture
def minga(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Calls `minga` on a fresh data folder: exit code, stdout, stderr."""

    def call(*arguments: str, data: str = "data") -> tuple[int, str, str]:
        capfd.readouterr()
        ended = run(["--data", str(tmp_path / data), *arguments])
        told = capfd.readouterr()
        return ended, told.out, told.err

    return call


def test_the_schema_is_printed_and_needs_no_case(minga: Callable[..., tuple[int, str, str]]) -> None:
    ended, out, _ = minga("walk", "--schema")
    assert ended == Exit.OK
    jsonschema.Draft202012Validator.check_schema(json.loads(out))


def test_without_a_case_the_usage_is_told(minga: Callable[..., tuple[int, str, str]]) -> None:
    assert minga("walk")[0] == Exit.USAGE
    assert minga("walk", "no-such-file.toml")[0] == Exit.USAGE


def test_the_rubber_case_is_walked_and_its_papers_lie_in_the_folder(
    minga: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    ended, out, err = minga("walk", str(RUBBER), "--out", str(tmp_path / "papers"), "--json")
    assert ended == Exit.OK, err
    told = json.loads(out)
    assert (told["reference"], told["stage"], told["lifecycle"]) == ("SSC-2010-0001", "closed", "completed")
    assert [each["stage"] for each in told["stages"]][1:-1] == STAGES
    assert told["specimen"] is True
    assert told["source"]["row"] == "COL561"
    assert sorted(path.name for path in (tmp_path / "papers").iterdir()) == [
        "agreement-AGR-2010-0001-en.pdf",
        "agreement-AGR-2010-0001-es-pt.pdf",
        "good-practice-SSC-2010-0001-en.pdf",
        "good-practice-SSC-2010-0001-es.pdf",
        "roadmap-SSC-2010-0001-en.pdf",
        "roadmap-SSC-2010-0001-es.pdf",
    ]
    for paper in told["papers"]:
        assert sha256(Path(paper["file"]).read_bytes()).hexdigest() == paper["sha256"]
    assert "2011-10-03 = execution     Focal point of Colombia (illustrative): move begin_execution" in err
    assert "refused: offer_institution, offer_shares" in err
    assert "papers: 6 of 6 drawn" in err


STAGES = ["offer", "demand", "commitment", "execution", "reflection", "action", "accompaniment", "feedback"]


def digests(told: Any) -> list[str]:
    return [paper["sha256"] for paper in told["papers"]]


def test_a_case_that_skips_a_need_ends_with_one_and_every_reason(
    minga: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    case = tmp_path / "case.toml"
    case.write_text(without(RUBBER, 'fact = "attendance"'), encoding="utf-8")
    ended, out, err = minga("walk", str(case), "--json")
    assert ended == Exit.REFUSED
    assert json.loads(out)["error"]["code"] == "requirements.unmet"
    assert [reason["code"] for reason in json.loads(out)["error"]["reasons"]] == ["attendance"]
    assert "nothing of the case was written" in err
    desk = open_desk(read({}, data=tmp_path / "data"))
    with desk, desk.store.read() as connection:
        assert exchanges.id_of(connection, "SSC-2010-0001") is None


def without(path: Path, line: str) -> str:
    """The case without the step that holds this line."""
    steps = path.read_text(encoding="utf-8").split("[[steps]]")
    return "[[steps]]".join(step for step in steps if line not in step)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('title = "unfinished', "case.malformed"),
        ("", "case.malformed"),
        (LIGHT.read_text(encoding="utf-8").replace('party = "UY"', 'party = "ZZ"'), "country.unknown"),
        (LIGHT.read_text(encoding="utf-8").replace("regional-initiative", "elsewhere"), "programme.unknown"),
        (LIGHT.read_text(encoding="utf-8").replace("on = 2024-06-12", "on = 2124-06-12"), "moment.in_the_future"),
        (LIGHT.read_text(encoding="utf-8").replace("on = 2024-06-12", "on = 2014-06-12"), "case.days_go_back"),
    ],
    ids=["no TOML", "empty", "country", "programme", "future", "backwards"],
)
def test_bad_files_are_refused_with_a_stable_code(
    minga: Callable[..., tuple[int, str, str]], tmp_path: Path, text: str, code: str
) -> None:
    case = tmp_path / "case.toml"
    case.write_text(text, encoding="utf-8")
    ended, out, err = minga("walk", str(case), "--json")
    assert (ended, json.loads(out)["error"]["code"]) == (Exit.REFUSED, code)
    assert f"error: {code}:" in err


def test_a_file_in_another_encoding_is_refused(minga: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    case = tmp_path / "case.toml"
    case.write_bytes(RUBBER.read_text(encoding="utf-8").encode("latin-1", "replace"))
    ended, _, err = minga("walk", str(case))
    assert ended == Exit.REFUSED
    assert err.endswith("  - case.malformed: no UTF-8 text: save it as UTF-8\n")


def test_a_folder_for_papers_that_cannot_be_is_refused_before_anything_is_walked(
    minga: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    taken = tmp_path / "taken"
    taken.touch()
    ended, out, err = minga("walk", str(LIGHT), "--out", str(taken / "papers"), "--json")
    assert (ended, json.loads(out)["error"]["code"]) == (Exit.REFUSED, "folder.unusable")
    assert not (tmp_path / "data" / "minga.db").exists()
    assert "Traceback" not in err


def test_a_paper_that_cannot_be_copied_is_said_and_the_walk_stands(
    minga: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    for language in ("es", "en"):
        (tmp_path / "papers" / f"good-practice-SSC-2024-0001-{language}.pdf").mkdir(parents=True)
    ended, out, err = minga("walk", str(LIGHT), "--out", str(tmp_path / "papers"), "--json")
    assert (ended, json.loads(out)["error"]["code"]) == (Exit.REFUSED, "walk.papers_not_copied")
    assert str(tmp_path / "data" / "papers") in err
    desk = open_desk(read({}, data=tmp_path / "data"))
    with desk, desk.store.read() as connection:
        assert exchanges.id_of(connection, "SSC-2024-0001") is not None


def test_a_walk_that_is_ended_while_its_papers_are_drawn_says_that_the_case_stands(tmp_path: Path) -> None:
    command = (sys.executable, "-m", "minga", "--data", str(tmp_path / "data"), "walk", str(LIGHT))
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as walking:
        assert walking.stderr is not None
        told = iter(walking.stderr.readline, "papers: 0 of 2 drawn\n")
        assert list(told)
        walking.send_signal(signal.SIGINT)
        last = walking.stderr.read().splitlines()[-1]
    assert (walking.returncode, last) == (
        Exit.INTERRUPTED,
        "error: command.interrupted: SSC-2024-0001 stands; what is left of its papers `minga beat` draws",
    )


@pytest.mark.prefect
def test_in_another_fresh_folder_the_flows_draw_the_same_bytes(
    minga: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    here = json.loads(minga("walk", str(LIGHT), "--json", data="here")[1])
    ended, out, err = minga("walk", str(LIGHT), "--prefect", "--out", str(tmp_path / "papers"), "--json", data="there")
    assert ended == Exit.OK, err
    assert json.loads(out)["same_bytes"] is True
    assert digests(json.loads(out)) == digests(here)
    assert len(digests(here)) == 2
    assert "the same bytes" in err
    assert (tmp_path / "there" / "prefect" / "prefect.db").exists()


# --- What it looks like -----------------------------------------------------------------------------------------------


@pytest.fixture
def walked(sqlite_url: str, tmp_path: Path) -> Walked:
    store = Store.open(sqlite_url)
    desk = Desk(store, tmp_path)
    ensure_built_in(desk)
    done = walk(desk, read_case(LIGHT.read_text(encoding="utf-8")))
    store.close()
    return done


def test_on_a_terminal_the_track_of_the_eight_stages_advances(walked: Walked) -> None:
    paper = StringIO()
    display = Display(
        read_case(LIGHT.read_text(encoding="utf-8")).file, Console(file=paper, force_terminal=True, width=160)
    )
    with display.open():
        display.introduce()
        display.walk(walked)
    assert display.track("draft").plain.startswith("○ demand  ○ offer  ○ commitment")
    assert display.track("commitment").plain.startswith("● demand  ● offer  ◐ commitment  ○ execution")
    assert display.track("closed").plain.endswith("● reflection  – action  – accompaniment  ● feedback  ")
    assert display.track("offer", "suspended").plain.endswith("suspended")
    assert "◐" in paper.getvalue()


def test_a_line_says_day_stage_actor_and_deed_and_marks_what_is_made_up(walked: Walked) -> None:
    lines = [line_of(told).plain for told in walked.steps]
    assert lines[0] == "2024-02-05 ~ draft         Focal point of Perú (illustrative): draft the exchange"
    assert lines[-1] == "2024-06-12 ~ closed        Ana, coordinator at the technical secretariat: move close"
