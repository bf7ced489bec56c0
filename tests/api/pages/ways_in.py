# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Somebody in any role at the pages, and what a page offers them: its forms and its links, with the action of each."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import httpx
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from sqlalchemy import insert

from api.policies import ACTION, SERVED
from people.actors import OF_A_PARTY, Actor, Role
from services.sign_in import sessions
from storage.tables import persons
from tests.api.browser import Browser
from tests.house import House

FOR_PROGRAMS = frozenset({"/metrics"})
"""What stands in no description and is no page: asked with a token, in tests/api/test_matrix.py."""
WITH_A_SESSION = tuple(role for role in Role if role is not Role.PUBLIC)


def actor_of(house: House, role: Role, party: str = "BR", bench: str = "workers") -> Actor:
    """Somebody new of a role; of this party where the role is a party's."""
    of_party = role in OF_A_PARTY | {Role.SIGNATORY}
    return Actor(
        house.desk.identifiers.new(),
        role,
        party if of_party else None,
        bench if role is Role.BENCH_DELEGATE else None,
    )


def come_in_as(house: House, client: httpx.Client, actor: Actor) -> Browser:
    """A browser with a session of this actor's."""
    now = house.desk.now()
    person = {"id": actor.person, "name": "Somebody", "kind": "service", "specimen": 1, "created_at": now}

    def work(connection: Any) -> str:
        connection.execute(insert(persons), person)
        how = (actor.person, sessions.DEMONSTRATION, "Firefox, Linux")
        return sessions.begin(house.desk, connection, *how, actor=actor)

    return Browser(client, house.desk.store.write(work))


@dataclass(frozen=True)
class Offered:
    """A button or a link of a page: how it asks, where, and which action of the policy that is."""

    method: str
    path: str
    action: str


class _Outline(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "form":
            self.asked.append(((said.get("method") or "get").upper(), said.get("action") or ""))
        if tag == "button" and said.get("formaction"):
            self.asked.append(("POST", said["formaction"] or ""))
        if tag == "a":
            self.asked.append(("GET", said.get("href") or ""))


def offered_on(app: FastAPI, text: str) -> tuple[Offered, ...]:
    """Every button and link of a page that leads to a route of ours."""
    read = _Outline()
    read.feed(text)
    actions = dict(_actions(app))
    found = []
    for method, address in read.asked:
        path = urlsplit(address).path
        if path:
            matching = [action for (one, shape), action in actions.items() if one == method and _fits(shape, path)]
            assert matching, f"{method} {path} leads to no route"
            found.append(Offered(method, path, matching[0]))
    return tuple(found)


def page_routes(app: FastAPI) -> Mapping[tuple[str, str], str]:
    """Every route that is no operation of the API's description: (method, path) → its action."""
    found = {}
    for route in iter_route_contexts(app.routes):
        said = getattr(route, "openapi_extra", None) or {}
        hidden = not getattr(route, "include_in_schema", True) and route.path not in FOR_PROGRAMS
        if ACTION in said and hidden:
            for method in sorted(set(getattr(route, "methods", ())) - {"HEAD"}):
                found[method, str(route.path)] = said[ACTION]
    return found


def _actions(app: FastAPI) -> Iterator[tuple[tuple[str, str], str]]:
    yield from page_routes(app).items()
    yield from ((("GET", path), action) for path, action in SERVED.items())


def _fits(shape: str, path: str) -> bool:
    return re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", shape), path) is not None
