# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The page of agreements: its requests, made in their order, lead from a draft into force."""

import json
import re
from typing import Any

from tests import documentation as docs
from tests.api.door import Door

PAGE = docs.DOCS / "agreements.md"
WHO = {
    "a party, or the secretariat": "paula",
    "a focal point of Brasil": "bruno",
    "a focal point of Perú": "paula",
    "an officer of Brasil": "bruno",
    "another officer of Brasil": "bruna",
    "an officer of Perú": "paula",
    "another officer of Perú": "pablo",
    "the secretariat": "ana",
}


def _requests() -> list[tuple[str, str, str, str]]:
    rows = re.findall(r"^\| ([^|]+) \| `(/agreements[^`]*)` \| ([^|]+) \| (\w+) \|$", docs.read(PAGE), re.MULTILINE)
    assert len(rows) > 10
    return rows


def _body(said: str) -> Any:
    """What stands in the table, or the text below it."""
    found = re.search(r"`(\{.*\})`", said) or re.search(r"```json\n(.*?)```", docs.read(PAGE), re.DOTALL)
    assert found
    return json.loads(found[1])


def test_the_requests_of_the_page_lead_into_force(door: Door) -> None:
    exchange, place = door.house.committed(), ""
    for who, path, said, status in _requests():
        body = _body(said)
        body |= {"exchange": exchange} if "exchange" in body else {}
        done = door.post(WHO[who], path.replace("AGR", place), body)
        assert (done.status_code, done.json()["status"]) == (201, status), done.json()
        place = done.json()["reference"]
