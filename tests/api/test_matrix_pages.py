# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Every page and form × every role × own, party, other country, no session: a browser is answered what the table says."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from api.app import create_app
from api.cookies import form_token
from minga.settings import read
from people.actors import PUBLIC, Actor, Role
from people.policy import can, ever
from people.resources import HOUSE, Resource, of_exchange, of_parties, of_person
from people.table import ACTIONS
from services.sign_in import sessions
from storage.exchanges import load
from storage.store import Store
from storage.tables import entries
from tests.accounts import QUICK
from tests.api.browser import Browser
from tests.api.matrix import RELATIONS
from tests.api.matrix_things import FOR_BRASIL
from tests.api.pages.ways_in import WITH_A_SESSION, actor_of, come_in_as, page_routes
from tests.house import House, furnish

Page = tuple[str, str]


@dataclass(frozen=True)
class Ground:
    """A house with a draft of Brasil's alone and what it has with Perú, an officer's entry in each; and its door."""

    house: House
    client: httpx.Client
    draft: str
    match: str


@dataclass(frozen=True)
class Visit:
    """What a page is asked for: the thing as the policy sees it, the parts of the path, the fields of the form.

    also: a refusal of the page's own, of a secret that opens nothing; it says nothing of who may
    """

    resource: Resource = HOUSE
    path: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    also: int | None = None


@pytest.fixture(scope="module")
def ground(lasting_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    house = furnish(lasting_store, tmp_path_factory.mktemp("pages"))
    house.desk.hasher = QUICK
    draft, match = house.draft("Of Brasil alone"), house.matched()
    for exchange in (draft, match):
        house.state(FOR_BRASIL, exchange, "activity_planned", title="First mission", mode="virtual")
    folder: Path = tmp_path_factory.mktemp("settings")
    app = create_app(house.desk, read({"MINGA_DATABASE_URL": house.desk.store.url}, data=folder))
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as client:
        yield Ground(house, client, draft, match)


def pages(ground: Ground) -> Mapping[Page, str]:
    return page_routes(ground.client.app)  # type: ignore[attr-defined]


# --- What each page is asked for -----------------------------------------------------------------------------


def _plain(ground: Ground, actor: Actor, relation: str) -> Visit:
    return Visit()


def _own(kind: str, also: int | None = None, **fields: str) -> Callable[[Ground, Actor, str], Visit]:
    """Something of the visitor's own."""
    return lambda ground, actor, relation: Visit(of_person(kind, actor.person), {}, fields, also)


def _refused_alike(status: int) -> Callable[[Ground, Actor, str], Visit]:
    """A secret that opens nothing, told so to everybody alike."""
    return lambda ground, actor, relation: Visit(also=status)


def _my_session(ground: Ground, actor: Actor, relation: str) -> Visit:
    if actor is PUBLIC:
        return Visit()
    desk, how = ground.house.desk, (actor.person, sessions.DEMONSTRATION, "a browser")
    desk.store.write(lambda connection: sessions.begin(desk, connection, *how, actor=actor))
    ours = sessions.living(desk, actor.person)[0].id
    return Visit(of_person("session", actor.person), fields={"other": ours})


def _entry(ground: Ground, actor: Actor, relation: str) -> Visit:
    exchange = ground.draft if relation == "own" else ground.match
    with ground.house.desk.store.read() as connection:
        seq = connection.scalar(select(entries.c.seq).where(entries.c.exchange == exchange))
    path = {"exchange": exchange, "entry": str(seq)}
    return Visit(of_parties("entry", ("BR",), party="BR"), path, {"reason": "We said May."})


def _exchange(ground: Ground, actor: Actor, relation: str) -> Visit:
    exchange = ground.draft if relation == "own" else ground.match
    with ground.house.desk.store.read() as connection:
        loaded = load(connection, exchange)
    assert loaded is not None
    return Visit(of_exchange(loaded.standing), {"exchange": exchange})


def _reply(ground: Ground, actor: Actor, relation: str) -> Visit:
    exchange, parties = (ground.draft, ("BR",)) if relation == "own" else (ground.match, ("BR", "PE"))
    return Visit(of_parties("reply", parties), {"exchange": exchange}, {"paper": "agreement", "text": "Not asked."})


ASKED: Mapping[Page, Callable[[Ground, Actor, str], Visit]] = {
    ("GET", "/"): _plain,
    ("GET", "/problems/{code}"): lambda *_: Visit(path={"code": "not_found"}),
    ("GET", "/sign-in"): _plain,
    ("GET", "/sign-in/asked"): _plain,
    ("GET", "/sign-in/code"): _plain,
    ("GET", "/sign-in/link"): _plain,
    ("GET", "/sign-in/second-factor"): _plain,
    ("POST", "/sign-in"): _refused_alike(401),
    ("POST", "/sign-in/ask"): _plain,
    ("POST", "/sign-in/code"): _refused_alike(401),
    ("POST", "/sign-in/link"): _plain,
    ("POST", "/sign-in/look-around"): _refused_alike(404),
    ("POST", "/sign-in/second-factor"): _plain,
    ("POST", "/sign-out"): _plain,
    ("GET", "/me"): _own("account"),
    ("POST", "/me/acting"): _own("session", place="0"),
    ("POST", "/me/sessions/end"): _my_session,
    ("POST", "/me/sessions/end-all"): _own("session"),
    ("POST", "/me/password"): _own("credential"),
    ("POST", "/me/recovery-codes"): _own("credential", 401, code="000000"),
    ("POST", "/me/second-factor/remove"): _own("credential", 401, code="000000"),
    ("GET", "/entries"): _plain,
    ("GET", "/exchanges/{exchange}"): _exchange,
    ("GET", "/invitation"): _plain,
    ("GET", "/invitation/text"): _plain,
    ("POST", "/invitation/decline"): _plain,
    ("POST", "/entries/{exchange}/{entry}/confirm"): _entry,
    ("POST", "/entries/{exchange}/{entry}/contest"): _entry,
    ("POST", "/entries/{exchange}/reply"): _reply,
}
"""How each page is asked: a page without a line here fails the first test."""


# --- What is answered ----------------------------------------------------------------------------------------


def asked(ground: Ground, browser: Browser, page: Page, visit: Visit) -> httpx.Response:
    method, path = page
    for name, value in visit.path.items():
        path = path.replace(f"{{{name}}}", value)
    if method == "GET":
        return browser.get(path)
    desk, secret = ground.house.desk, browser.cookie
    token = {"token": form_token(sessions.resume(desk, secret))} if secret else {}
    return browser.post(path, **token, **visit.fields)


def expected(actor: Actor, action: str, visit: Visit) -> int | None:
    """The refusal to expect; None where the table allows it. 303: to the way in."""
    decision = can(actor, action, visit.resource)
    if decision.allowed:
        return None
    if actor.role is Role.PUBLIC:
        return 303
    return 403 if decision.known or not ever(actor.role, action) else 404


def is_as_expected(answer: httpx.Response, refusal: int | None, also: int | None) -> bool:
    if refusal == 303:
        return answer.status_code == 303 and answer.headers["location"].partition("?")[0] == "/sign-in"
    if refusal:
        return answer.status_code == refusal
    return answer.status_code == also or answer.status_code not in (401, 403, 404)


def differences(ground: Ground, actor: Actor, relation: str) -> dict[str, tuple[str, int | None, int]]:
    """page → its action, the refusal the table asks for (none: it is allowed), and the answer that differs."""
    found = {}
    for page, action in pages(ground).items():
        if relation != "own" and "{exchange}" not in page[1] and actor is not PUBLIC:
            continue  # Of nobody's thing: asked once.
        who = actor if actor is PUBLIC else replace(actor, person=ground.house.desk.identifiers.new())
        browser = Browser(ground.client) if who is PUBLIC else come_in_as(ground.house, ground.client, who)
        visit = ASKED[page](ground, who, relation)
        refusal = expected(who, action, visit)
        answer = asked(ground, browser, page, visit)
        if not is_as_expected(answer, refusal, visit.also):
            found[" ".join(page)] = (action, refusal, answer.status_code)
    return found


def test_every_page_has_an_action_of_the_table_and_is_asked(ground: Ground) -> None:
    assert {page: action for page, action in pages(ground).items() if action not in ACTIONS} == {}
    assert set(pages(ground)) == set(ASKED)


@pytest.mark.parametrize("relation", RELATIONS)
def test_a_browser_does_what_the_table_allows_and_nothing_else(ground: Ground, relation: str) -> None:
    party = "CO" if relation == "other country" else "BR"
    actors = [actor_of(ground.house, role, party) for role in WITH_A_SESSION]
    found = {actor.role: differences(ground, actor, relation) for actor in actors}
    assert {role: those for role, those in found.items() if those} == {}


def test_whoever_has_not_signed_in_is_shown_what_is_public_and_led_to_the_way_in(ground: Ground) -> None:
    assert differences(ground, PUBLIC, "no session") == {}
