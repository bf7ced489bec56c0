# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The PDF: archival, accessible, the same every time, drawn by a child that cannot hurt anybody."""

import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from page import ValidationProfile, validate_pdf_bytes

from documents.codec import facts_to_json
from documents.drawing import DEFAULT, MEGABYTE, Drawn, Limits, check_ready, draw
from documents.facts import said, same
from documents.kinds import Facts, kind_of
from documents.refusals import PaperNotDrawn
from documents.render import clause_lists
from tests.documents.samples import AGREEMENT, PRACTICE, ROADMAP

PAPERS: dict[str, tuple[Facts, tuple[str, ...]]] = {
    "agreement-es-pt": (AGREEMENT, ("es", "pt")),
    "agreement-en": (AGREEMENT, ("en",)),
    "roadmap-pt": (ROADMAP, ("pt",)),
    "good-practice-en": (PRACTICE, ("en",)),
}
FAMILIES = {"Minga-Serif", "Minga-Serif-Semi-Bold", "Minga-Sans", "Minga-Sans-Semi-Bold"}
# The checker takes a carriage return that ends compressed data for the end of the line; the length written is right.
FALSE_ALARMS = {"STREAM-LENGTH-001"}


@cache
def drawn(name: str) -> Drawn:
    facts, languages = PAPERS[name]
    return draw(kind_of(facts).name, facts_to_json(facts), languages)


def opened(name: str) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(drawn(name).pdf))


@pytest.fixture(params=PAPERS)
def name(request: pytest.FixtureRequest) -> str:
    paper: str = request.param
    return paper


@pytest.mark.parametrize("profile", [ValidationProfile.PDF_A_3A, ValidationProfile.PDF_UA_1])
def test_a_paper_is_archival_and_accessible(name: str, profile: ValidationProfile) -> None:
    report = validate_pdf_bytes(drawn(name).pdf, profile=profile)

    assert {failure.rule_id for failure in report.failures} - FALSE_ALARMS == set()


def test_a_paper_is_sound(name: str) -> None:
    with opened(name) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert len(pdf.pages) == drawn(name).pages


def test_a_paper_uses_its_own_letters_and_no_others(name: str) -> None:
    with opened(name) as pdf:
        fonts = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font"]
        names = {str(font.BaseFont).partition("+")[2] for font in fonts}

    assert names <= FAMILIES
    assert {"Minga-Serif", "Minga-Sans"} <= names


def test_a_paper_carries_the_facts_it_was_drawn_from(name: str) -> None:
    with opened(name) as pdf:
        attached = pdf.attachments["facts.json"]
        assert attached.get_file().read_bytes() == facts_to_json(PAPERS[name][0])
        assert str(attached.obj.AFRelationship) == "/Data"


def test_a_paper_says_its_language_its_title_and_the_day_of_its_facts(name: str) -> None:
    facts, languages = PAPERS[name]
    with opened(name) as pdf:
        assert str(pdf.Root.Lang) == languages[0]
        assert facts.mark.reference in str(pdf.docinfo["/Title"]) or kind_of(facts).name == "good_practice"
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20260302")


def test_every_clause_is_set_once_and_can_be_jumped_to() -> None:
    with opened("agreement-es-pt") as pdf, pdf.open_outline() as outline:
        jumps = [item.title for item in outline.root]
    clauses = clause_lists(AGREEMENT, ("es",))["es"]

    annexes = [jump for jump in jumps if jump.startswith("Anexo ")]
    said = [f"Sección {clause.number} {clause.title}" if clause.number else clause.title for clause in clauses]
    assert len(annexes) == 6
    assert jumps == [*said, *annexes]


def test_the_same_facts_give_the_same_bytes_whatever_the_machine_thinks(monkeypatch: pytest.MonkeyPatch) -> None:
    before = drawn("good-practice-en")
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    monkeypatch.setenv("LANG", "pt_BR.UTF-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    again = draw("good_practice", facts_to_json(PRACTICE), ("en",))

    assert again == before


def test_other_facts_give_another_paper() -> None:
    other = replace(PRACTICE, mark=replace(PRACTICE.mark, version=2))

    assert draw("good_practice", facts_to_json(other), ("en",)).sha256 != drawn("good-practice-en").sha256


def refusal(facts: bytes, kind: str = "roadmap", language: str = "es", limits: Limits = DEFAULT) -> PaperNotDrawn:
    with pytest.raises(PaperNotDrawn) as caught:
        draw(kind, facts, (language,), limits=limits)
    return caught.value


def test_a_missing_fact_stops_the_paper_and_is_named_by_the_child() -> None:
    plain = json.loads(facts_to_json(ROADMAP))
    del plain["objective"]

    stopped = refusal(json.dumps(plain).encode())

    assert (stopped.code, stopped.detail) == ("paper.missing_fact", "roadmap.objective")


def test_a_character_without_a_letter_stops_the_paper() -> None:
    stopped = refusal(facts_to_json(replace(ROADMAP, objective=same("橡胶"))))

    assert stopped.code == "paper.missing_glyph"
    assert "U+6A61" in stopped.detail


def test_a_paper_that_takes_too_long_is_stopped() -> None:
    many = replace(ROADMAP, measures=ROADMAP.measures * 700)

    assert refusal(facts_to_json(many), limits=Limits(seconds=2)).code == "paper.time_limit"


@pytest.mark.parametrize("megabytes", [30, 46, 58, 96, 108, 120])
def test_a_paper_that_needs_too_much_memory_is_stopped(megabytes: int) -> None:
    stopped = refusal(facts_to_json(ROADMAP), limits=Limits(memory=megabytes * MEGABYTE))

    assert stopped.code == "paper.memory_limit", stopped.detail


@pytest.mark.skipif(sys.platform != "linux", reason="libraries are looked for elsewhere")
def test_whoever_draws_runs_no_other_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A compiler above all: ctypes asks one where libraries are."""
    for name in ("gcc", "cc", "ld"):
        (tmp_path / name).write_text(f"#!/bin/sh\ntouch {tmp_path}/was-run\n")
        (tmp_path / name).chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)

    check_ready()

    assert not (tmp_path / "was-run").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="libraries are looked for elsewhere")
def test_a_machine_without_pango_is_told_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "libpango-1.0.so.0").touch()  # found first, and no library
    monkeypatch.setenv("LD_LIBRARY_PATH", str(tmp_path))

    stopped = refusal(facts_to_json(ROADMAP))

    assert stopped.code == "paper.no_pango"
    assert "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in stopped.detail


def test_facts_beyond_measure_are_not_even_tried() -> None:
    endless = replace(ROADMAP, context=said(es="caucho " * 400_000))

    assert refusal(facts_to_json(endless)).code == "paper.too_large"


def test_facts_that_are_no_text_are_refused() -> None:
    assert refusal(b"\xff").code == "paper.wrong_fact"


def test_this_machine_can_draw() -> None:
    check_ready()


def test_whoever_orders_a_paper_never_loads_weasyprint() -> None:
    asked = "import sys, documents.drawing, documents.render, documents.child; sys.exit('weasyprint' in sys.modules)"
    root = Path(__file__).parents[2]

    done = subprocess.run(
        [sys.executable, "-c", asked], cwd=root, env={**os.environ, "PYTHONPATH": str(root)}, check=False
    )

    assert done.returncode == 0
