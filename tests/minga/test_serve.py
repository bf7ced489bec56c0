# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`minga serve`: what it serves, and where its letters lead."""

from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from minga.cli import run
from minga.exits import Exit
from minga.loopback import any_free_port

ANA = "ana@example.org"


def test_letters_lead_to_the_port_that_is_served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked for on the command line, the port stood in no link: each led to the one of the settings."""
    monkeypatch.delenv("MINGA_DATABASE_URL", raising=False)
    served: list[int] = []

    def serve(app: FastAPI, *, port: int, **_: Any) -> None:
        served.append(port)
        with TestClient(app, base_url=f"http://127.0.0.1:{port}", headers={"Sec-Fetch-Site": "same-origin"}) as client:
            client.post("/sign-in/ask", data={"address": ANA})

    monkeypatch.setattr("uvicorn.run", serve)
    there = ("--data", str(tmp_path / "data"))
    assert run([*there, "person", "add", ANA, "--name", "Ana"]) == Exit.OK
    port = any_free_port()
    assert run([*there, "serve", "--port", str(port)]) == Exit.OK
    (letter,) = (tmp_path / "data" / "mail").glob("*.eml")
    assert served == [port]
    assert f"http://127.0.0.1:{port}/sign-in/link" in letter.read_text()
