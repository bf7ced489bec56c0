# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The door with keys: requests as one of the cast, each with a token made for them."""

from dataclasses import dataclass
from typing import Any

import httpx

from people.actors import OPERATOR, Role
from services.tokens import create_token
from tests.house import House

KEYS: dict[str, dict[str, Any]] = {
    "ana": {"role": Role.SECRETARIAT},
    "bruno": {"role": Role.FOCAL_POINT, "party": "BR"},
    "bruna": {"role": Role.FOCAL_POINT, "party": "BR"},
    "paula": {"role": Role.FOCAL_POINT, "party": "PE"},
    "pablo": {"role": Role.FOCAL_POINT, "party": "PE"},
    "carla": {"role": Role.FOCAL_POINT, "party": "CO"},
    "aldo": {"role": Role.AUDITOR},
}


@dataclass
class Door:
    """The app on a house. Requests go to /api/v1."""

    house: House
    client: httpx.Client

    def key(self, who: str, *scopes: str) -> dict[str, str]:
        """The header of a new token for one of the cast."""
        made = create_token(self.house.desk, OPERATOR, who, **KEYS[who], scopes=scopes or ("read", "write"))
        return {"Authorization": f"Bearer {made.secret}"}

    def get(self, who: str, path: str, **params: Any) -> httpx.Response:
        return self.client.get(f"/api/v1{path}", headers=self.key(who), params=params)

    def post(self, who: str, path: str, body: Any, **headers: str) -> httpx.Response:
        """Whatever version stands, unless If_Match says another."""
        said = {name.replace("_", "-"): value for name, value in {"If_Match": "*", **headers}.items()}
        return self.client.post(f"/api/v1{path}", headers={**self.key(who), **said}, json=body)


def codes(answer: httpx.Response) -> tuple[int, str]:
    """The status and the code of a problem."""
    told = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert told["status"] == answer.status_code
    assert told["type"] == f"/problems/{told['code']}"
    return answer.status_code, told["code"]
