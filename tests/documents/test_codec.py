# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Facts go to bytes and back without changing a letter, and what is missing or wrong is named by its path."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from documents.codec import facts_from_json, facts_to_json
from documents.kinds import Facts, kind_of
from documents.refusals import PaperNotDrawn
from tests.documents.samples import AGREEMENT, PRACTICE, ROADMAP, SIGNED_AGREEMENT


@pytest.mark.parametrize("facts", [AGREEMENT, SIGNED_AGREEMENT, ROADMAP, PRACTICE])
def test_facts_come_back_from_their_bytes_as_they_were(facts: Facts) -> None:
    given = facts_to_json(facts)

    assert facts_from_json(kind_of(facts).name, given) == facts
    assert facts_to_json(facts_from_json(kind_of(facts).name, given)) == given


def test_the_same_facts_give_the_same_bytes_in_whatever_order_they_arrive() -> None:
    plain = json.loads(facts_to_json(ROADMAP))
    shuffled = json.dumps(dict(reversed(plain.items())), indent=2).encode()

    assert facts_to_json(facts_from_json("roadmap", shuffled)) == facts_to_json(ROADMAP)


def test_amounts_and_days_are_written_exactly() -> None:
    measure = json.loads(facts_to_json(ROADMAP))["measures"][0]

    assert measure["budget"] == "48000.00"
    assert measure["starts_on"] == "2026-10-01"


def roadmap_with(**changed: Any) -> bytes:
    return json.dumps(json.loads(facts_to_json(ROADMAP)) | changed).encode()


def refusal(kind: str, given: bytes) -> PaperNotDrawn:
    with pytest.raises(PaperNotDrawn) as caught:
        facts_from_json(kind, given)
    return caught.value


def test_everything_missing_is_named_at_once() -> None:
    plain = json.loads(facts_to_json(ROADMAP))
    del plain["objective"], plain["egir"]

    said = refusal("roadmap", json.dumps(plain).encode())

    assert said.code == "paper.missing_fact"
    assert said.detail == "roadmap.objective, roadmap.egir"


@pytest.mark.parametrize(
    ("changed", "code", "path"),
    [
        ({"title": {"es": " "}}, "paper.missing_fact", "roadmap.title"),
        ({"weather": "fine"}, "paper.unknown_fact", "roadmap.weather"),
        ({"title": "Caucho"}, "paper.wrong_fact", "roadmap.title"),
        ({"egir": 3}, "paper.wrong_fact", "roadmap.egir"),
        ({"egir": True}, "paper.wrong_fact", "roadmap.egir"),
        ({"measures": {}}, "paper.wrong_fact", "roadmap.measures"),
        ({"risks": [{"description": {"es": "x"}}]}, "paper.missing_fact", "roadmap.risks[0].likelihood"),
        ({"milestones": [{"code": "H", "title": {"*": "x"}, "on": "soon"}]}, "paper.wrong_fact", "milestones[0].on"),
    ],
)
def test_a_fact_that_cannot_be_read_is_named_by_its_path(changed: dict[str, Any], code: str, path: str) -> None:
    said = refusal("roadmap", roadmap_with(**changed))

    assert said.code == code
    assert path in said.detail


@pytest.mark.parametrize("given", [b"", b"{", b"[1]", b'{"a": 1.5}', b'{"a": NaN}', b"[" * 100_000])
def test_what_is_no_record_of_exact_values_is_refused(given: bytes) -> None:
    assert refusal("roadmap", given).code == "paper.wrong_fact"


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "many"])
def test_an_amount_is_a_finite_number(amount: str) -> None:
    measure = json.loads(facts_to_json(ROADMAP))["measures"][0] | {"budget": amount}

    assert refusal("roadmap", roadmap_with(measures=[measure])).code == "paper.wrong_fact"


def test_an_unknown_kind_is_refused() -> None:
    assert refusal("passport", b"{}").code == "paper.unknown_kind"


def test_a_very_small_amount_is_not_written_with_an_exponent() -> None:
    tiny = replace(ROADMAP.measures[0], budget=Decimal("0.0000001"), starts_on=date(2026, 1, 1))

    assert json.loads(facts_to_json(replace(ROADMAP, measures=(tiny,))))["measures"][0]["budget"] == "0.0000001"
