# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`minga token` and `minga projections`: keys to the API, and figures from the events."""

from pathlib import Path

import pytest

from minga.exits import Exit
from services.desk import Desk
from services.tokens import TokenRefused, authenticate
from storage.store import Store
from tests.minga.calling import Terminal, terminal
from tests.minga.test_exchange import offered


@pytest.fixture
def minga(url: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    return terminal(url, tmp_path, capfd, monkeypatch)


def test_a_token_is_shown_once_and_opens_until_it_is_revoked(minga: Terminal, url: str, tmp_path: Path) -> None:
    ended, out, err = minga(
        "token", "create", "a program", "--role", "focal_point", "--party", "br", "--scope", "write"
    )
    assert (ended, len(out.splitlines())) == (Exit.OK, 1)
    assert "The secret is not shown again." in err
    made = minga.told("token", "create", "another")
    assert (made["role"], made["scopes"], made["expires_at"]) == ("secretariat", ["read"], made["expires_at"])
    store = Store.open(url)
    desk = Desk(store, tmp_path)
    assert authenticate(desk, out.strip()).actor.party == "BR"
    minga.told("token", "revoke", made["id"])
    with pytest.raises(TokenRefused):
        authenticate(desk, made["secret"])
    store.close()
    assert minga.refused("token", "revoke", made["id"])[:2] == (Exit.NOT_FOUND, "not_found")
    assert minga.refused("token", "create", "a", "--role", "operator")[:2] == (Exit.REFUSED, "token.role_unknown")


def test_projections_are_rebuilt_and_say_what_they_mended(minga: Terminal) -> None:
    offered(minga)
    nothing = {"streams": 1, "mended": 0, "strays": 0, "figures": 0}
    assert minga.told("projections", "rebuild") == nothing
    assert "1 streams folded" in minga("projections", "rebuild")[1]
