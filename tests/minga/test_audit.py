# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from ledger.findings import Damage
from minga.cli import minga
from minga.exits import Exit
from observatory.audit import MEANING, ONLY_OUTSIDE
from storage.tables import metadata
from tests.observatory.forgery import events_of, put_everything_right, stream_of, write_anew
from tests.observatory.ledgers import Attacker, Settings, attacking, desk_on, populate

ROOT = Path(__file__).parents[2]


@pytest.fixture
def ledger(tmp_path: Path) -> Settings:
    """A populated SQLite ledger in a data folder."""
    data = tmp_path / "data"
    settings = Settings(data, f"sqlite:///{data / 'minga.db'}")
    with desk_on(settings) as desk:
        populate(desk)
    return settings


def verify(ledger: Settings, *more: str) -> Result:
    environment = {"MINGA_DATABASE_URL": ledger.database_url, "MINGA_KEYS": str(ledger.data.parent / "keys")}
    return CliRunner().invoke(minga, ["--data", str(ledger.data), "audit", "verify", *more], env=environment)


def told(result: Result) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


def test_a_clean_ledger_ends_with_zero_and_with_what_that_does_not_prove(ledger: Settings) -> None:
    result = verify(ledger)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert "Clean: every event, row, figure and file is what the ledger says." in lines
    assert "Waiting for the tree: 42 events, as no head has been signed yet." in lines
    proven = lines.index("What this does not prove:")
    assert lines[proven + 1] == "- that what was entered is true;"
    assert lines[proven + 2] == "- that an act nobody entered did not happen;"
    assert lines[proven + 3].startswith("- anything after the last head that left the house.")
    assert lines[proven + 3].endswith(ONLY_OUTSIDE)


def test_a_finding_names_table_column_stream_event_and_both_values(ledger: Settings) -> None:
    with attacking(ledger) as attacker, attacker.unseen():
        stream = stream_of(attacker, "exchange")
        attacker.run("UPDATE events SET actor = 'mallory' WHERE stream = ? AND seq = 2", stream)
    result, plain = verify(ledger, "--json"), verify(ledger)
    assert result.exit_code == plain.exit_code == Damage.ALTERED_EVENT
    (finding,) = told(result)["findings"]
    assert finding == {
        "code": 1,
        "damage": "altered_event",
        "stream": stream,
        "seq": 2,
        "table": "events",
        "column": "actor",
        "stored": "mallory",
        "expected": "bruno",
        "text": "column actor of event 2 was altered",
    }
    assert f"ALTERED EVENT (1): {MEANING[Damage.ALTERED_EVENT]}. Found 1." in plain.stdout
    assert f"  {stream}, event 2: events.actor\n" in plain.stdout
    assert "    stored    mallory\n    expected  bruno\n" in plain.stdout
    assert "What this does not prove:" in plain.stdout


def test_of_several_kinds_the_one_nearest_the_evidence_is_the_exit_code(ledger: Settings) -> None:
    with attacking(ledger) as attacker:
        attacker.disarm()
        attacker.run("UPDATE exchanges SET title = 'other'")
        attacker.run("UPDATE events SET recorded_at = '2020' WHERE seq = 3")
    result = verify(ledger, "--json")
    assert result.exit_code == told(result)["exit_code"] == Damage.ALTERED_EVENT
    assert {"altered_event", "projection_drift", "time_goes_back", "trigger_missing"} <= set(told(result)["kinds"])


def test_what_only_heads_outside_can_find_is_said_beside_a_clean_result(ledger: Settings) -> None:
    with attacking(ledger) as attacker, attacker.unseen():
        stream = stream_of(attacker, "exchange")
        write_anew(attacker, stream, events_of(ledger, stream)[:-3])
        put_everything_right(attacker)
    result = verify(ledger)
    assert result.exit_code == 0
    assert "the newest events of a stream cut off together with its row and projections" in result.stdout
    assert "is found only by heads held outside" in result.stdout


def test_nothing_that_somebody_hid_in_the_database_reaches_the_terminal_as_it_is(ledger: Settings) -> None:
    with attacking(ledger) as attacker:
        attacker.run("UPDATE exchanges SET title = ?", "\x1b[2Jclean\u202e\n")
        attacker.run("UPDATE parties SET institution = CAST(x'ff00fe' AS TEXT)")
    result = verify(ledger)
    assert result.exit_code == Damage.PROJECTION_DRIFT
    assert "\x1b" not in result.stdout
    assert r"\x1b[2Jclean\u202e\n" in result.stdout
    assert r"\udcff\x00\udcfe" in result.stdout
    assert verify(ledger, "--json").exit_code == Damage.PROJECTION_DRIFT


def test_one_exchange_is_verified_by_its_reference(ledger: Settings) -> None:
    result = verify(ledger, "--stream", "SSC-2026-0001", "--json")
    assert result.exit_code == 0
    assert [stream.partition("/")[0] for stream in told(result)["streams"]] == ["exchange", "programme"]
    assert told(result)["read"]["exchanges"] == 1


@pytest.mark.parametrize("arguments", [["SSC-2026-9999"], ["SSC-2026-9999", "--json"]])
def test_an_audit_that_could_not_be_made_is_no_kind_of_damage(ledger: Settings, arguments: list[str]) -> None:
    result = verify(ledger, "--stream", *arguments)
    assert verify(ledger, "--stream", "exchange/nothing").exit_code == 70
    assert result.exit_code == 70
    assert 70 not in set(Damage)
    assert int(Exit.NOT_FOUND) in {int(kind) for kind in Damage}
    assert "error: not_found: there is no exchange, agreement or stream SSC-2026-9999" in result.stderr


def test_without_a_database_nothing_is_said_and_none_is_made(tmp_path: Path) -> None:
    ledger = Settings(tmp_path / "data", f"sqlite:///{tmp_path / 'data' / 'minga.db'}")
    assert verify(ledger).exit_code == 70
    assert not (tmp_path / "data").exists()


def test_a_schema_of_another_release_is_not_verified(ledger: Settings) -> None:
    with attacking(ledger) as attacker:
        attacker.run("UPDATE alembic_version SET version_num = '0001'")
    result = verify(ledger)
    assert result.exit_code == 70
    assert "storage.schema_differs" in result.stderr


def test_a_file_that_is_no_database_is_not_verified(ledger: Settings) -> None:
    (ledger.data / "minga.db").write_bytes(b"not a database at all" * 1000)
    for more in ledger.data.glob("minga.db-*"):
        more.unlink()
    assert verify(ledger).exit_code == 70


def test_the_audit_changes_nothing(ledger: Settings) -> None:
    with attacking(ledger) as attacker:
        before = contents(attacker)
        verify(ledger)
        assert contents(attacker) == before


def contents(attacker: Attacker) -> list[list[tuple[Any, ...]]]:
    """Every row of every table."""
    return [attacker.rows(f"SELECT * FROM {table}") for table in sorted(metadata.tables)]


def test_every_exit_code_stands_in_the_documentation() -> None:
    page = (ROOT / "docs" / "audit.md").read_text(encoding="utf-8")
    for kind, meaning in MEANING.items():
        assert f"| {int(kind)} | `{kind.name.lower()}` | {meaning} |" in page
    assert ONLY_OUTSIDE.split(": ")[1].rstrip(".") in " ".join(page.split())


def test_the_help_of_audit_is_quick_because_it_imports_nothing_heavy() -> None:
    asked = "import sys, minga.commands.audit; print(sorted({'sqlalchemy', 'storage'} & set(sys.modules)))"
    ended = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, cwd=ROOT)
    assert ended.stdout.strip() == "[]"
