# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What does not fit is said to somebody who knows the file and no Python."""

from collections.abc import Iterator, Mapping

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from cycle.misfits import pattern_in_words, plainly
from cycle.programme_file import ProgrammeFile
from cycle.publish import ProgrammeRefused, resolve
from cycle.starter import starter
from services.cases.format import CaseFile
from services.importing.profiles import Profile


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('timezone = "Africa/Nairobi"', "", "timezone: is missing"),
        ('slug = "quarries"', 'slug = "Our Region"', "slug: 3 to 61 small letters, digits and hyphens are expected, "),
        ('languages = ["en"]', 'languages = "en"', "languages: a list in square brackets is expected"),
        ("allowance = 90", "allowance = -5", "stages.offer.allowance: a number from 1 is expected"),
        ("allowance = 90", 'allowance = "long"', "stages.offer.allowance: a whole number is expected"),
        ('slug = "quarries"', 'slug = "quarries"\nslag = 1', "slag: is no key that is known here"),
    ],
)
def test_a_programme_that_does_not_fit_is_told_in_plain_words(old: str, new: str, told: str) -> None:
    text = starter("quarries")
    assert old in text
    with pytest.raises(ProgrammeRefused) as refused:
        resolve(text.replace(old, new, 1))
    assert told in "\n".join(finding.text for finding in refused.value.findings)


def test_what_has_no_words_here_is_told_in_pydantic_s_own() -> None:
    with pytest.raises(ValidationError) as wrong:
        TypeAdapter(bytes).validate_python(1)
    (misfit,) = wrong.value.errors()
    assert plainly(misfit) == misfit["msg"]


@pytest.mark.parametrize("file", [ProgrammeFile, CaseFile, Profile])
def test_every_pattern_of_a_file_has_its_words(file: type[BaseModel]) -> None:
    assert {pattern for pattern in patterns(file.model_json_schema()) if not pattern_in_words(pattern)} == set()


def patterns(schema: Mapping[str, object]) -> Iterator[str]:
    """The patterns in a JSON Schema, or in a description that holds many."""
    todo: list[object] = [schema]
    while todo:
        found = todo.pop()
        if isinstance(found, dict):
            todo += found.values()
            if isinstance(found.get("pattern"), str):
                yield found["pattern"]
        elif isinstance(found, list):
            todo += found
