# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Publishing: a file and the declared defaults become one document, and the engine reads nothing else."""

import json

import pytest

from cycle.programme import compile_programme
from cycle.publish import ProgrammeRefused, declared_moves, resolve
from cycle.rules import Lapse, WorkingDays
from cycle.starter import starter
from services.programmes import built_in_source

SOURCE = starter("our-region")


def test_what_the_file_does_not_say_is_as_declared() -> None:
    document = resolve(SOURCE)
    assert set(document["moves"]) == set(declared_moves())
    assert document["stages"]["accompaniment"]["papers"] == ["roadmap"]
    assert document["moves"]["suspend"]["by"] == ["party", "secretariat"]


def test_what_the_file_says_takes_the_place_of_the_default() -> None:
    said = """
[moves.suspend]
by = ["secretariat"]
[moves.renew]
on = false
[moves.begin_execution.needs.benches_word]
if_silent = { lapse = 7 }
level = { light = "off", standard = "must", triangular = "must" }
[moves.begin_reflection.needs.activity_held]
params = ["activities_held", 2, "activity_held"]
[facts.marker]
on = false
[facts.product]
by = ["secretariat"]
"""
    programme = compile_programme(resolve(SOURCE + said), 1)

    assert programme.moves["suspend"].by == ("secretariat",)
    assert "renew" not in programme.moves
    assert "renew" not in programme.machine.moves_from("closed")
    word = programme.needs["benches_word"]
    assert (word.if_silent, word.level("light"), word.level("standard")) == (Lapse(WorkingDays(7)), "off", "must")
    assert programme.needs["activity_held"].requirement.params == ("activities_held", 2, "activity_held")
    assert "marker" not in programme.facts
    assert programme.facts["product"].by == ("secretariat",)


def test_a_need_that_is_off_everywhere_is_gone() -> None:
    off = SOURCE + '\n[moves.begin_reflection.needs.attendance]\nlevel = "off"\n'
    assert "attendance" not in compile_programme(resolve(off), 1).needs


def test_a_label_stands_in_the_first_language_where_another_has_none() -> None:
    programme = compile_programme(resolve(SOURCE), 1)
    assert programme.text({"en": "Roadmap"}, "sw") == "Roadmap"


def test_the_document_is_plain_json_and_the_same_each_time() -> None:
    assert json.loads(json.dumps(resolve(built_in_source()))) == resolve(built_in_source())


def test_a_currency_has_the_decimals_its_file_says() -> None:
    programme = compile_programme(resolve(SOURCE), 1)
    assert (programme.decimals("UGX"), programme.decimals("USD")) == (0, 2)


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('slug = "our-region"', 'slug = "Our Region"', "slug"),
        ("allowance = 60", "allowance = 0", "stages.demand.allowance"),
        ("{ USD = 2,", "{ DOLLAR = 2,", "currencies.DOLLAR"),
        ('code = "KE"', 'code = "KEN"', "countries.0.code"),
        ("light_activity_days = 5", "light_activity_days = -1", "limits.light_activity_days"),
    ],
)
def test_a_malformed_value_is_named_by_its_place(old: str, new: str, where: str) -> None:
    with pytest.raises(ProgrammeRefused) as error:
        resolve(SOURCE.replace(old, new))
    assert error.value.code == "programme.refused"
    reason = error.value.reasons[0]
    assert (reason["code"], reason["need"].partition(":")[0].startswith(where)) == ("programme.malformed", True)
