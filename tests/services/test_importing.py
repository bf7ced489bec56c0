# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Importing: a register's rows become exchanges that say what the register says and nothing more; all rows or none."""

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from cycle.standing import Standing
from observatory.audit import take_stock
from observatory.window import see_board, see_moves
from services import exchanges as acts
from services.asking import Answer
from services.errors import Refused
from services.importing.bringing_in import import_file
from services.importing.faults import ImportRefused, ProfileNotFound, ProfileRefused
from services.importing.profiles import parse_profile
from storage import exchanges
from tests.cast import ALDO, ANA, BRUNO
from tests.house import House
from tests.services.whole import assert_explained, everything, history, types

EXAMPLE = Path(__file__).parents[2] / "examples" / "colombia-sur-sur" / "projects.csv"
Rows = list[dict[str, str]]


def register() -> Rows:
    with EXAMPLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def written(path: Path, rows: Rows) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return path


def bring_in(house: House, path: Path = EXAMPLE, **how: Any) -> Answer:
    return import_file(house.desk, ANA, path, **how)


def standing_of(house: House, done: Answer, key: str) -> Standing:
    exchange = next(row["exchange"] for row in (*done["new"], *done["unchanged"]) if row["key"] == key)
    with house.desk.store.read() as connection:
        loaded = exchanges.load(connection, exchange)
    assert loaded is not None
    return loaded.standing


def codes(error: pytest.ExceptionInfo[ImportRefused]) -> list[str]:
    return [reason["code"] for reason in error.value.reasons]


# --- the register of Colombia ----------------------------------------------------------------------------------------


def test_each_row_is_one_exchange_and_again_none_is_new(house: House) -> None:
    done = bring_in(house)
    before = everything(house.desk)
    again = bring_in(house)

    assert (len(done["new"]), done["unchanged"], done["changed"], done["left_out"]) == (55, [], [], [])
    assert (again["new"], len(again["unchanged"]), again["changed"], again["left_out"]) == ([], 55, [], [])
    assert everything(house.desk) == before
    assert [row["reference"] for row in done["new"]] == [f"SSC-2026-{n:04d}" for n in range(1, 56)]


def test_the_board_of_a_past_day_counts_what_the_register_dates(house: House) -> None:
    bring_in(house)
    days = {day: date.fromisoformat(day) for day in ("2009-01-01", "2010-01-01", "2012-01-01", "2026-11-22")}

    totals = {day: see_board(house.desk, as_of=on).total for day, on in days.items()}

    assert totals == {"2009-01-01": 0, "2010-01-01": 2, "2012-01-01": 45, "2026-11-22": 55}
    assert see_board(house.desk).lifecycles["completed"] == 35
    assert see_board(house.desk, as_of=days["2012-01-01"]).stages["execution"] == 45
    assert see_board(house.desk, known_on=days["2026-11-22"]).total == 0


def test_a_completed_row_tells_two_dated_stages_and_invents_none(house: House) -> None:
    done = bring_in(house)
    standing = standing_of(house, done, "COL561")
    events = history(house.desk, f"exchange/{standing.exchange}")

    assert [event.type for event in events] == ["ExchangeImported", "StageRecorded", "StageRecorded"]
    assert [event.payload for event in events[1:]] == [
        {"to": "execution", "lifecycle": "active", "on": "2011-10-03"},
        {"to": "closed", "lifecycle": "completed", "on": "2013-10-03"},
    ]
    # Midnight where the programme is at home (Lima), as an instant.
    assert [event.occurred_at for event in events[1:]] == ["2011-10-03T05:00:00.000Z", "2013-10-03T05:00:00.000Z"]
    assert {event.recorded_at for event in events} == {events[0].occurred_at}
    assert (standing.stage, standing.lifecycle, standing.entered_on) == ("closed", "completed", "2013-10-03")
    assert_explained(house.desk, standing.exchange)


def test_the_event_keeps_the_row_as_it_was_given(house: House) -> None:
    done = bring_in(house)
    row = next(row for row in register() if row["project_id"] == "COL580")
    standing = standing_of(house, done, "COL580")
    payload = history(house.desk, f"exchange/{standing.exchange}")[0].payload

    assert payload["row"] == [list(cell) for cell in row.items()]
    assert payload["source"] == standing.source == "colombia-aims:COL580"
    assert payload["parties"] == [
        {"party": "BR", "role": "offers", "kind": "country"},
        {"party": "CO", "role": "asks", "kind": "country", "institution": row["ENTIDADES RESPONSABLES"].strip()},
    ]
    assert "Attribution License" in payload["attribution"]


def test_what_is_under_way_stays_in_execution_and_says_that_its_planned_end_has_passed(house: House) -> None:
    standing = standing_of(house, bring_in(house), "COL580")

    assert (standing.stage, standing.lifecycle, standing.entered_on) == ("execution", "active", "2011-10-03")
    assert standing.said == {"flag.planned_end_passed": True, "flag.text_damaged": True}
    assert history(house.desk, f"exchange/{standing.exchange}")[0].payload["planned_end_on"] == "2013-10-03"


def test_no_clock_runs_no_paper_is_owed_no_money_is_made_up(house: House) -> None:
    bring_in(house)
    tables = everything(house.desk)

    assert (tables["papers"], tables["outbox"], tables["facts"], tables["sealed"]) == ([], [], [], [])
    with house.desk.store.read() as connection:
        rows = [loaded for (key, *_) in tables["exchanges"] if (loaded := exchanges.load(connection, key))]
    assert {loaded.standing.due_on for loaded in rows} == {None}
    assert {tuple(loaded.standing.counts) for loaded in rows} == {()}


def test_a_provider_outside_the_region_is_a_partner(house: House) -> None:
    bring_in(house)
    with house.desk.store.read() as connection:
        partners = {
            party
            for (key, *_) in everything(house.desk)["exchanges"]
            if (loaded := exchanges.load(connection, key))
            for party in loaded.standing.members(kind="partner")
        }
    assert partners == {f"outside-{code}" for code in ("AZ", "CN", "ID", "MG", "SG", "TR")}
    assert see_board(house.desk, country="CO").total == 55


def test_a_wrong_country_code_is_overruled_by_the_name_and_flagged(house: House) -> None:
    standing = standing_of(house, bring_in(house), "COL609")

    assert standing.members() == ("CO", "GT")
    assert history(house.desk, f"exchange/{standing.exchange}")[0].payload["remarks"] == {"country_code_wrong": "GCA"}


def test_rows_that_share_provider_and_days_are_one_programme_of_cooperation(house: House) -> None:
    shared = Counter(row["cooperation_programme"] for row in bring_in(house)["new"])

    assert {name: n for name, n in shared.items() if name} == {
        "colombia-aims/BR/2011-10-03/2013-10-03": 15,
        "colombia-aims/MX/2011-03-25/2013-03-25": 10,
        "colombia-aims/UY/2011-05-04/2013-05-04": 5,
        "colombia-aims/AR/2011-05-11/2013-05-11": 4,
        "colombia-aims/CL/2012-07-25/2014-07-25": 3,
        "colombia-aims/outside-AZ/2011-05-11/2013-05-11": 2,
    }


def test_damaged_text_and_line_breaks_are_kept(house: House) -> None:
    done = bring_in(house)
    broken = {row["project_id"] for row in register() if any("\n" in cell for cell in row.values())}
    assert broken, "the register has line breaks inside cells"
    for key in broken:
        standing = standing_of(house, done, key)
        row = history(house.desk, f"exchange/{standing.exchange}")[0].payload["row"]
        assert any("\n" in cell for _, cell in row)
    assert "\x93" in standing_of(house, done, "COL592").title


def titled(folder: Path, title: str) -> Path:
    """The register's first row under another title, its own damaged text left out."""
    return written(folder / "one.csv", [{**register()[0], "project_title": title, "PROYECTO": ""}])


@pytest.mark.parametrize("said", ["Caucho\x1b[2J", "Caucho\x0bnatural", "#REF!", "#N/A", "TRANSFORMACI?N", "CafÃ©"])
def test_what_lost_letters_on_its_way_is_flagged(house: House, tmp_path: Path, said: str) -> None:
    done = bring_in(house, titled(tmp_path, said))
    assert done["new"][0]["flags"] == ["text_damaged"]
    assert standing_of(house, done, done["new"][0]["key"]).title == said


def test_a_question_and_a_number_sign_are_no_damage(house: House, tmp_path: Path) -> None:
    done = bring_in(house, titled(tmp_path, "¿Qué aprendemos? #REF! en la hoja 3"))
    assert done["new"][0]["flags"] == []


def test_the_audit_finds_an_imported_register_clean(house: House) -> None:
    bring_in(house)
    assert take_stock(house.desk.store, house.desk.papers).is_clean


# --- what comes after -------------------------------------------------------------------------------------------------


def missing(house: House, exchange: str, move: str) -> list[str]:
    explained = {one.move: one for one in see_moves(house.desk, ANA.actor, exchange)}
    return [lack.code for lack in explained[move].judgement.missing]


def test_later_moves_obey_the_machine_and_earlier_needs_count_as_met_before_minga(house: House) -> None:
    exchange = standing_of(house, bring_in(house), "COL580").exchange

    assert missing(house, exchange, "begin_reflection") == ["activity_held"]
    with pytest.raises(Refused):
        house.move(ANA, exchange, "begin_reflection")

    house.state(ANA, exchange, "confirmation", move="return_to_commitment")
    house.move(ANA, exchange, "return_to_commitment", reason="the instrument is looked for")
    house.move(ANA, exchange, "begin_execution")
    moved = history(house.desk, f"exchange/{exchange}")[-1].payload
    assert moved["to"] == "execution"
    assert set(moved["excused"].values()) == {"before Minga"}
    assert "instrument" in moved["excused"]
    assert_explained(house.desk, exchange)


def test_an_exchange_with_a_long_title_of_a_register_is_renewed(house: House, tmp_path: Path) -> None:
    rows = register()[:1]
    rows[0]["project_title"] = "x" * 501
    exchange = bring_in(house, written(tmp_path / "long.csv", rows))["new"][0]["exchange"]

    renewed = house.move(ANA, exchange, "renew", reason="a second phase")
    assert history(house.desk, f"exchange/{renewed['renewed_as']}")[0].payload["title"] == "x" * 501


def test_a_move_dated_before_the_registers_last_day_is_refused(house: House) -> None:
    exchange = standing_of(house, bring_in(house), "COL561").exchange
    earlier = type(ANA)(ANA.actor, occurred_at="2012-01-01T12:00:00Z", backdate_reason="found in a file")
    with pytest.raises(Refused) as error:
        acts.make_move(house.desk, earlier, exchange, "reopen_closed", {"reason": "one more visit"})
    assert [reason["code"] for reason in error.value.reasons] == ["moment.before_previous_move"]


def test_a_changed_row_is_listed_and_never_overwritten(house: House, tmp_path: Path) -> None:
    bring_in(house)
    before = everything(house.desk)
    rows = register()
    rows[4] |= {"status": "Completion", "OBJETIVO": "otro"}

    done = bring_in(house, written(tmp_path / "later.csv", rows))

    assert (done["new"], len(done["unchanged"])) == ([], 54)
    assert [(row["key"], row["columns"]) for row in done["changed"]] == [("COL580", ["OBJETIVO", "status"])]
    assert everything(house.desk) == before


def test_new_rows_come_in_beside_known_ones(house: House, tmp_path: Path) -> None:
    bring_in(house, written(tmp_path / "some.csv", register()[:50]))
    done = bring_in(house)
    assert (len(done["new"]), len(done["unchanged"])) == (5, 50)
    assert done["new"][0]["reference"] == "SSC-2026-0051"


def test_two_who_bring_the_same_register_in_at_once_make_it_once(house: House) -> None:
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda _: bring_in(house), range(2)))

    assert sorted(len(one["new"]) for one in done) == [0, 55]
    assert see_board(house.desk).total == 55


def test_a_dry_run_writes_nothing_and_says_what_would_be(house: House) -> None:
    before = everything(house.desk)
    done = bring_in(house, dry_run=True)
    assert (len(done["new"]), done["new"][0]["reference"]) == (55, None)
    assert everything(house.desk) == before


def test_only_officers_import(house: House) -> None:
    before = everything(house.desk)
    for who in (BRUNO, ALDO):
        with pytest.raises(Refused) as error:
            import_file(house.desk, who, EXAMPLE)
        assert error.value.code == "permission.denied"
    assert everything(house.desk) == before


# --- what keeps a row out ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"project_id": ""}, "import.key_missing"),
        ({"project_id": "COL565"}, "import.key_twice"),
        ({"project_title": "  "}, "import.title_missing"),
        ({"donors": "Atlantis", "donors_iso3": "ATL"}, "import.country_unknown"),
        ({"donors": "Atlantis", "donors_iso3": "BRA"}, "import.country_unknown"),
        ({"donors": "", "donors_iso3": ""}, "import.country_unknown"),
        ({"donors": "Colombia"}, "import.parties_alike"),
        ({"status": "Dreaming"}, "import.status_unknown"),
        ({"start_actual_isodate": "03/10/2011"}, "import.day_invalid"),
        ({"start_actual_isodate": "0011-10-03"}, "import.day_invalid"),
        ({"start_actual_isodate": "2011-02-30"}, "import.day_invalid"),
        ({"end_actual_isodate": "2011-10-02"}, "import.end_before_start"),
        ({"start_actual_isodate": "2026-11-24", "end_actual_isodate": ""}, "import.start_in_the_future"),
        ({"end_actual_isodate": "2026-11-24"}, "import.end_in_the_future"),
        ({"OBJETIVO": "x" * 20_001}, "import.cell_unusable"),
        ({"OBJETIVO": "a\x00b"}, "import.cell_unusable"),
    ],
)
def test_one_unusable_row_keeps_the_file_out_unless_it_is_skipped(
    house: House, tmp_path: Path, change: dict[str, str], code: str
) -> None:
    rows = register()[:4]
    rows[0] |= change
    path = written(tmp_path / "unusable.csv", rows)
    before = everything(house.desk)

    with pytest.raises(ImportRefused) as error:
        bring_in(house, path)
    assert error.value.code == "import.refused"
    assert set(codes(error)) == {code}
    assert error.value.reasons[0]["row"] == 2
    assert everything(house.desk) == before

    unusable = 2 if code == "import.key_twice" else 1
    done = bring_in(house, path, skip_unusable=True)
    assert {left["code"] for left in done["left_out"]} == {code}
    assert (len(done["new"]), done["rows"]) == (4 - unusable, 4)


def test_a_refusal_names_every_fault_of_every_row_at_once(house: House, tmp_path: Path) -> None:
    rows = register()[:4]
    rows[1] |= {"project_title": "", "status": "?"}
    rows[3] |= {"start_actual_isodate": "never"}
    with pytest.raises(ImportRefused) as error:
        bring_in(house, written(tmp_path / "faults.csv", rows))
    assert [(reason["row"], reason["column"], reason["code"]) for reason in error.value.reasons] == [
        (3, "project_title", "import.title_missing"),
        (3, "status", "import.status_unknown"),
        (5, "start_actual_isodate", "import.day_invalid"),
    ]


HEADER = ",".join(register()[0])


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "import.no_header"),
        (b"\n\n", "import.no_header"),
        (f"{HEADER}\n".encode(), "import.no_rows"),
        (HEADER.encode() + b"\nCOL1,\xf3\n", "import.not_utf8"),
        (b'a,b\n"never closed', "import.not_csv"),
        (b"a,a\n1,2\n", "import.column_twice"),
        (f"{HEADER},status\n".encode(), "import.column_twice"),
        (b"PK\x03\x04 no archive", "import.not_xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 locked with a password", "import.not_xlsx"),
        (",".join(f"c{n}" for n in range(201)).encode() + b"\n1\n", "import.too_many_columns"),
        (b"a\n" + b"1\n" * 2001, "import.too_many_rows"),
        (b"x" * 20_000_001, "import.file_too_large"),
    ],
)
def test_a_file_that_is_no_table_is_refused_whole(house: House, tmp_path: Path, raw: bytes, code: str) -> None:
    path = tmp_path / "broken.csv"
    path.write_bytes(raw)
    before = everything(house.desk)
    for skip in (False, True):
        with pytest.raises(ImportRefused) as error:
            bring_in(house, path, profile="colombia-aims", skip_unusable=skip)
        assert codes(error) == [code]
    assert everything(house.desk) == before


def test_a_missing_column_is_named_and_no_row_is_read_without_it(house: House, tmp_path: Path) -> None:
    rows = [{name: cell for name, cell in row.items() if name not in ("status", "donors")} for row in register()]
    for skip in (False, True):
        with pytest.raises(ImportRefused) as error:
            bring_in(house, written(tmp_path / "cut.csv", rows), profile="colombia-aims", skip_unusable=skip)
        assert [(r["code"], r["column"]) for r in error.value.reasons] == [
            ("import.column_missing", "donors"),
            ("import.column_missing", "status"),
        ]


def test_a_ragged_row_is_unusable(house: House, tmp_path: Path) -> None:
    path = tmp_path / "ragged.csv"
    path.write_text(EXAMPLE.read_text(encoding="utf-8") + "COL999,1,short\n", encoding="utf-8")
    with pytest.raises(ImportRefused) as error:
        bring_in(house, path)
    assert "import.row_ragged" in codes(error)


def test_a_file_that_is_not_there_is_said_so(house: House, tmp_path: Path) -> None:
    with pytest.raises(ImportRefused) as error:
        bring_in(house, tmp_path / "none.csv")
    assert codes(error) == ["import.file_unreadable"]


# --- any other spreadsheet, by a profile ------------------------------------------------------------------------------

PROFILE = """
name = "ministry-list"
programme = "regional-initiative"
door = "offer"
days = "%d.%m.%Y"
sheet = "Cooperaciones"
plain = ["Tema"]

[columns]
key = "No."
title = "Título"
provider = "País"
requester_code = "Recibe"
requester = "Recibe"
provider_institution = "Institución"
start = "Inicio"
end = "Fin"
status = "Estado"

[status]
terminada = { stage = "closed", lifecycle = "completed" }
"en curso" = { stage = "execution" }
cancelada = { stage = "execution", lifecycle = "terminated" }
negociada = { stage = "commitment" }
seguimiento = { stage = "accompaniment" }

[parties]
"Organismo andino" = "org-andean"
"""
TITLES = ("No.", "Título", "País", "Recibe", "Institución", "Inicio", "Fin", "Estado", "Tema", "Contacto")


def workbook(path: Path, rows: list[tuple[Any, ...]]) -> Path:
    book = Workbook()
    book.active.title = "Portada"  # type: ignore[union-attr]
    sheet = book.create_sheet("Cooperaciones")
    for row in (TITLES, *rows):
        sheet.append(row)
    book.save(path)
    return path


@pytest.fixture
def profile(tmp_path: Path) -> str:
    path = tmp_path / "ministry.toml"
    path.write_text(PROFILE, encoding="utf-8")
    return str(path)


def test_a_workbook_comes_in_by_a_profile_of_ones_own(house: House, tmp_path: Path, profile: str) -> None:
    day = datetime(2019, 4, 1)  # noqa: DTZ001 - a cell's day has no time zone
    done = bring_in(
        house,
        workbook(
            tmp_path / "list.xlsx",
            [
                (1, "Café", "perú", "BR", "Ministerio", day, "30.06.2020", "terminada", "Café", "contact one"),
                (2.0, "Cacao", "Organismo andino", "Bolivia", None, "01.02.2021", None, "en curso", None, None),
                (3, "Minas", "Japan", "CL", None, day, None, "negociada", None, None),
                (4, "Pesca", "México", "CR", None, day, "01.01.2020", "cancelada", None, None),
                (5, "Algodón", "Brasil", "PY", None, day, None, "seguimiento", None, None),
                (6, "Sin fechas", "Brasil", "PY", None, None, None, "terminada", None, None),
            ],
        ),
        profile=profile,
    )
    assert [row["key"] for row in done["new"]] == ["1", "2", "3", "4", "5", "6"]
    stood = [standing_of(house, done, str(n)) for n in range(1, 7)]

    assert [(s.stage, s.lifecycle, s.entered_on, s.before_minga) for s in stood] == [
        ("closed", "completed", "2020-06-30", "execution"),
        ("execution", "active", "2021-02-01", "execution"),
        # No day in the register says when these came to stand where they stand: known since today.
        ("commitment", "active", "2026-11-23", "commitment"),
        ("execution", "terminated", "2020-01-01", "execution"),
        ("accompaniment", "active", "2026-11-23", "accompaniment"),
        ("closed", "completed", "2026-11-23", "execution"),
    ]
    assert [s.members() for s in stood[:3]] == [("BR", "PE"), ("BO", "org-andean"), ("CL", "outside-JP")]
    assert stood[0].first_party == "PE"
    assert see_board(house.desk, as_of=date(2020, 1, 31)).total == 2
    for s in stood:
        assert_explained(house.desk, s.exchange)


def test_a_column_nobody_vouched_for_is_sealed(house: House, tmp_path: Path, profile: str) -> None:
    row = (1, "Café", "Perú", "BR", None, "01.04.2019", None, "en curso", "Café", "Carla, +51 1 555")
    done = bring_in(house, workbook(tmp_path / "list.xlsx", [row]), profile=profile)
    exchange = standing_of(house, done, "1").exchange
    payload = history(house.desk, f"exchange/{exchange}")[0].payload

    assert {column for column, _ in payload["row"]} == set(TITLES) - {"Contacto"}
    assert set(payload["other_columns"]) == {"sealed"}
    tables = everything(house.desk)
    holding = [name for name, rows in tables.items() if any("Carla, +51" in str(row) for row in rows)]
    assert holding == ["sealed"]
    again = bring_in(house, workbook(tmp_path / "list.xlsx", [(*row[:-1], "another")]), profile=profile)
    assert len(again["unchanged"]) == 1


def test_a_formula_is_no_value(house: House, tmp_path: Path, profile: str) -> None:
    row = (1, '=HYPERLINK("x")', "Perú", "BR", None, "01.04.2019", None, "en curso", None, None)
    with pytest.raises(ImportRefused) as error:
        bring_in(house, workbook(tmp_path / "list.xlsx", [row]), profile=profile)
    assert [(r["row"], r["column"]) for r in error.value.reasons] == [(2, "Título"), (2, "Título")]
    assert codes(error) == ["import.cell_unusable", "import.title_missing"]


def test_an_unknown_sheet_is_said_so(house: House, tmp_path: Path, profile: str) -> None:
    book = Workbook()
    book.save(tmp_path / "other.xlsx")
    with pytest.raises(ImportRefused) as error:
        bring_in(house, tmp_path / "other.xlsx", profile=profile)
    assert codes(error) == ["import.sheet_unknown"]


def _bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for n in range(11):
            archive.writestr(f"xl/{n}.xml", b"0" * 10_000_000)


def _entities(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')


def _cut(path: Path) -> None:
    whole = io.BytesIO()
    Workbook().save(whole)
    path.write_bytes(whole.getvalue()[:-200])


@pytest.mark.parametrize(
    ("make", "code"),
    [(_bomb, "import.file_too_large"), (_entities, "import.not_xlsx"), (_cut, "import.not_xlsx")],
)
def test_a_dangerous_or_broken_workbook_is_refused_before_it_is_read(
    house: House, tmp_path: Path, profile: str, make: Callable[[Path], None], code: str
) -> None:
    make(tmp_path / "bad.xlsx")
    with pytest.raises(ImportRefused) as error:
        bring_in(house, tmp_path / "bad.xlsx", profile=profile)
    assert codes(error) == [code]


# --- profiles ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("name =", "name ==", "profile.not_toml"),
        ('door = "offer"', 'door = "window"', "profile.malformed"),
        ('door = "offer"', 'dooor = "offer"', "profile.malformed"),
        ('provider = "País"\n', "", "profile.malformed"),
        ('stage = "closed", lifecycle = "completed"', 'stage = "closed"', "profile.malformed"),
        (
            'stage = "execution", lifecycle = "terminated"',
            'stage = "execution", lifecycle = "declined"',
            "profile.malformed",
        ),
        ('{ stage = "commitment" }', '{ stage = "draft" }', "profile.malformed"),
        ('{ stage = "commitment" }', '{ stage = "commitment", lifecycle = "terminated" }', "profile.malformed"),
    ],
)
def test_a_profile_with_mistakes_is_refused(old: str, new: str, code: str) -> None:
    with pytest.raises(ProfileRefused) as error:
        parse_profile(PROFILE.replace(old, new), "ministry.toml")
    assert {reason["code"] for reason in error.value.reasons} == {code}


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("PER", "parties.Lima: a country by its code: PER is PE"),
        ("Peru", "parties.Lima: a country by its code: Peru is PE"),
        ("XX", "parties.Lima: a member country of regional-initiative; XX is none"),
        ("no code", "parties.Lima: 'no code' is no party code"),
    ],
)
def test_a_profile_whose_word_means_no_party_is_refused(house: House, tmp_path: Path, code: str, told: str) -> None:
    path = tmp_path / "ministry.toml"
    path.write_text(f'{PROFILE}Lima = "{code}"\n', encoding="utf-8")
    with pytest.raises(ProfileRefused) as error:
        bring_in(house, profile=str(path))
    assert [reason["need"] for reason in error.value.reasons] == [told]


def test_a_country_of_three_letters_is_told_with_its_code(house: House, tmp_path: Path) -> None:
    rows = register()[:1]
    rows[0] |= {"donors": "per", "donors_iso3": ""}
    with pytest.raises(ImportRefused) as error:
        bring_in(house, written(tmp_path / "three.csv", rows))
    assert error.value.reasons[0]["need"].endswith("'per' is no country or party this profile knows; the country is PE")


def test_an_unknown_profile_is_not_found(house: House, tmp_path: Path) -> None:
    for named in ("none", str(tmp_path / "none.toml"), "/etc/passwd"):
        with pytest.raises(ProfileNotFound):
            bring_in(house, profile=named)


def test_columns_no_built_in_profile_reads_need_a_profile(house: House, tmp_path: Path) -> None:
    with pytest.raises(ProfileNotFound):
        bring_in(house, written(tmp_path / "other.csv", [{"a": "1"}]))


def test_the_types_of_an_imported_stream(house: House) -> None:
    done = bring_in(house)
    told = Counter(tuple(types(house.desk, f"exchange/{row['exchange']}")) for row in done["new"])
    assert told == {
        ("ExchangeImported", "StageRecorded", "StageRecorded"): 35,
        ("ExchangeImported", "StageRecorded"): 20,
    }
