# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Where to tell about a weakness of one deployment."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from minga.settings import SettingInvalid, read
from tests.api.door import Door, codes
from tests.house import House

PAGE = "/.well-known/security.txt"


def test_a_deployment_names_its_contact(house: House, tmp_path: Path) -> None:
    told = {"MINGA_DATABASE_URL": house.desk.store.url, "MINGA_SECURITY_CONTACT": "mailto:security@minga.example.org"}
    settings = read(told, data=tmp_path)
    with TestClient(
        create_app(house.desk, settings, security_contact=settings.security_contact), base_url="http://localhost"
    ) as client:
        answer = client.get(PAGE)

    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/plain; charset=utf-8")
    contact, expires, languages = answer.text.splitlines()
    assert contact == "Contact: mailto:security@minga.example.org"
    assert expires.removeprefix("Expires: ") > house.desk.now()
    assert languages == "Preferred-Languages: es, pt, en, fr"


def test_a_deployment_without_a_contact_has_no_such_page(door: Door) -> None:
    assert codes(door.client.get(PAGE)) == (404, "not_found")


@pytest.mark.parametrize(
    "contact", ["security@minga.example.org", "http://minga.example.org", "mailto:a@b.example\nX: y"]
)
def test_a_contact_that_nobody_could_use_is_refused(contact: str) -> None:
    with pytest.raises(SettingInvalid, match="MINGA_SECURITY_CONTACT"):
        read({"MINGA_SECURITY_CONTACT": contact})
