# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""P-32: what Minga stands on is locked, hashed, above every floor, listed, and the same on each installation."""

import json
import subprocess
import sys
import tomllib
from importlib.metadata import distributions
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from scripts.dependencies import GOOD, KNOWN, UNASKED, Answer, conclude, read_answer
from scripts.locks import FLOORS, HOUSE, RUN, TEST, UV, Pinned, below_their_floor, pinned

BESIDE_THE_LOCK = {"minga", *(one.name for one in pinned(UV))}
LOCKS = (RUN, TEST, UV)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: str(lock.name))
def test_every_package_of_a_lock_has_one_version_and_its_hashes(lock: Path) -> None:
    found, text = pinned(lock), lock.read_text("utf-8")

    assert len(found) == sum(line[:1].isalnum() for line in text.splitlines())
    assert [one.name for one in found if not one.hashes] == []
    assert {h.partition(":")[0] for one in found for h in one.hashes} == {"sha256"}
    assert "://" not in text


@pytest.mark.parametrize("name", FLOORS)
def test_nothing_is_locked_below_its_floor(name: str) -> None:
    locked = {one.name: one.version for one in pinned(RUN)}

    assert locked[name] >= Version(FLOORS[name][0])
    assert below_their_floor(pinned(TEST)) == ()


def test_a_lock_below_a_floor_is_told() -> None:
    old = Pinned("starlette", Version("1.3.0"), ("sha256:00",), is_for_us=True)

    assert [line.split(" (")[0] for line in below_their_floor((old,))] == ["starlette 1.3.0 is below 1.3.1"]


def test_the_bounds_of_the_house_begin_no_lower_than_the_floors() -> None:
    said = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    bounds = {str(canonicalize_name(one.name)): one.specifier for one in map(Requirement, said)}

    assert {"starlette", "python-multipart", "weasyprint", "jinja2"} <= bounds.keys()
    lower = {name: str(bounds[name]) for name in FLOORS if name in bounds and _just_below(name) in bounds[name]}
    assert lower == {}


def _just_below(name: str) -> Version:
    """A version that is older than the floor by as little as a version can be."""
    return Version(f"{Version(FLOORS[name][0]).base_version}.dev0")


def test_this_environment_is_the_lock_and_nothing_else() -> None:
    locked = {one.name: one.version for one in pinned(TEST) if one.is_for_us}
    here = {canonicalize_name(one.metadata["Name"]): Version(one.version) for one in distributions()}

    assert {name: version for name, version in here.items() if name not in BESIDE_THE_LOCK} == locked


def test_installing_the_lock_a_second_time_changes_nothing(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    asked = ("--dry-run", "--no-index", "--no-deps", "--require-hashes", "--quiet", "--report", report)
    subprocess.run((sys.executable, "-m", "pip", "install", *asked, "--requirement", TEST), check=True)

    assert json.loads(report.read_text("utf-8"))["install"] == []


def test_what_runs_is_tested_in_the_same_versions() -> None:
    tested = {one.name: (one.version, one.hashes) for one in pinned(TEST)}

    assert {one.name: (one.version, one.hashes) for one in pinned(RUN)}.items() <= tested.items()


@pytest.fixture(scope="module")
def bills(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    """The bill of materials, written twice at the same time."""
    folders = [tmp_path_factory.mktemp("bill") for _ in range(2)]
    writing = [subprocess.Popen((HOUSE / "scripts/sbom.sh", folder), stdout=subprocess.DEVNULL) for folder in folders]
    assert [process.wait() for process in writing] == [0, 0]
    first, second = (next(folder.glob("minga-*.cdx.json")).read_bytes() for folder in folders)
    return first, second


def test_the_bill_of_materials_is_valid_and_names_every_package_that_runs(bills: tuple[bytes, bytes]) -> None:
    told = json.loads(bills[0])

    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(bills[0].decode()) is None
    assert (told["bomFormat"], told["metadata"]["component"]["name"]) == ("CycloneDX", "minga")
    listed = {canonicalize_name(part["name"]): Version(part["version"]) for part in told["components"]}
    assert listed == {one.name: one.version for one in pinned(RUN)}
    hashes = {h["content"] for part in told["components"] for r in part["externalReferences"] for h in r["hashes"]}
    assert hashes == {h.partition(":")[2] for one in pinned(RUN) for h in one.hashes}


def test_the_same_lock_gives_the_same_bill(bills: tuple[bytes, bytes]) -> None:
    assert bills[0] == bills[1]
    assert not {"serialNumber"} & json.loads(bills[0]).keys()
    assert "timestamp" not in json.loads(bills[0])["metadata"]


WEAK = {"name": "starlette", "version": "1.0", "vulns": [{"id": "CVE-2025-62727", "fix_versions": ["1.3.1"]}]}
FINE = {"name": "h11", "version": "0.16.0", "vulns": []}
PASSED_OVER = {"name": "rich", "skip_reason": "not found"}


def test_a_known_weakness_fails_the_audit_and_names_what_mends_it() -> None:
    code, lines = conclude([read_answer({"dependencies": [WEAK, FINE]})], ())

    assert (code, lines) == (KNOWN, ("starlette 1.0: CVE-2025-62727, mended in 1.3.1",))


def test_a_floor_fails_the_audit_even_where_no_list_answers() -> None:
    assert conclude([None, None], ("h11 0.1 is below 0.16.0",)) == (KNOWN, ("h11 0.1 is below 0.16.0",))


@pytest.mark.parametrize(
    "answers",
    [[None, None], [read_answer({"dependencies": [FINE, PASSED_OVER]}), None], [Answer(0, (), ())]],
    ids=["nobody reached", "one skipped", "nothing asked"],
)
def test_an_audit_that_could_not_ask_is_never_called_good(answers: list[Answer | None]) -> None:
    assert conclude(answers, ())[0] == UNASKED


def test_an_audit_is_good_when_one_list_answered_about_everything() -> None:
    assert conclude([None, read_answer({"dependencies": [FINE]})], ())[0] == GOOD
