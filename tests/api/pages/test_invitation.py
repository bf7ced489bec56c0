# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The page that a letter of invitation opens: one agreement, outside every session."""

import re
from hashlib import sha256
from html import unescape
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from api.pages.invitation_words import INVITATION_WORDS
from observatory.window import see_agreement
from services.papers import draw_next
from storage.tables import events, invitation_keys, invitations
from tests.accounts import key_in, read_mail
from tests.api.browser import Browser
from tests.api.door import Door, codes
from tests.api.test_agreements import opened
from tests.cast import ANA

PERU = {"es": "Perú", "en": "Peru", "pt": "Peru", "fr": "Pérou"}
ADDRESS = "minister@trabalho.example"
LETTER = {"party": "BR", "email": ADDRESS, "language": "pt"}


def invited(door: Door, place: str) -> str:
    """The key of a letter to who signs for Brasil."""
    assert door.post("bruno", f"{place}/invitations", LETTER).status_code == 201
    return key_in(read_mail(door.house)[-1])


def field(page: httpx.Response, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    assert found, f"the page hides its {name}"
    return unescape(found[1])


def counted(door: Door) -> list[list[Any]]:
    with door.house.desk.store.read() as connection:
        return [list(connection.execute(select(table)).all()) for table in (events, invitations, invitation_keys)]


def test_an_invitation_over_http_and_its_end(door: Door) -> None:
    place = opened(door)
    seen = door.get("bruno", place).headers["etag"]
    made = door.post("bruno", f"{place}/invitations", LETTER, If_Match=seen)
    assert made.status_code == 201
    assert made.headers["etag"] == f'"{made.json()["version"]}"'
    assert codes(door.post("bruno", f"{place}/invitations", LETTER, If_Match=seen)) == (412, "version.stale")
    (line,) = door.get("bruno", f"{place}/invitations").json()
    assert (line["invitation"], line["email"], line["ended_at"]) == (made.json()["invitation"], ADDRESS, None)
    assert door.get("paula", f"{place}/invitations").json() == []
    end = f"{place}/invitations/{line['invitation']}/revocation"
    assert codes(door.post("paula", end, None)) == (403, "permission.denied")
    assert door.post("bruno", end, None).status_code == 201
    assert door.get("bruno", f"{place}/invitations").json()[0]["ended_because"] == "revoked"
    assert codes(door.post("bruno", end, None)) == (404, "not_found")


@pytest.mark.parametrize("lang", INVITATION_WORDS)
def test_the_page_tells_who_what_and_which_version_in_every_language(door: Door, lang: str) -> None:
    browser, key = Browser(door.client), invited(door, opened(door))
    page = browser.get("/invitation", key=key, lang=lang)
    words = INVITATION_WORDS[lang]
    assert page.status_code == 200
    assert f'<html lang="{lang}">' in page.text
    text = unescape(page.text)
    version = words["version"].format(n=1, register=words["non_binding"])
    for told in ("Natural rubber", "AGR-2026-0001", "SSC-2026-0001", PERU[lang], "Minister", version, words["how"]):
        assert told in text
    others = set(re.findall(r'href="/invitation\?lang=(\w\w)&amp;key=([\w-]+)"', page.text))
    assert others == {(other, key) for other in INVITATION_WORDS}


def test_looking_a_hundred_times_uses_up_nothing(door: Door) -> None:
    browser, key = Browser(door.client), invited(door, opened(door))
    before = counted(door)
    for _ in range(50):
        assert browser.get("/invitation", key=key).status_code == 200
        assert door.client.head("/invitation", params={"key": key}).status_code == 200
    assert counted(door) == before
    assert browser.set_cookies == []


def test_no_cache_and_no_other_page_learns_of_the_key(door: Door) -> None:
    place = opened(door)
    draw_next(door.house.desk, 1)
    browser, key = Browser(door.client), invited(door, place)
    page = browser.get("/invitation", key=key)
    link = unescape(re.findall(r'href="(/invitation/text[^"]+)"', page.text)[0])
    for answer in (page, browser.get(link), browser.get("/invitation", key="wrong")):
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "no-referrer"


def test_the_text_is_the_very_file_that_was_drawn(door: Door) -> None:
    place = opened(door)
    browser, key = Browser(door.client), invited(door, place)
    assert INVITATION_WORDS["en"]["no_text"] in unescape(browser.get("/invitation", key=key, lang="en").text)
    draw_next(door.house.desk, 10)
    papers = see_agreement(door.house.desk, ANA.actor, door.get("ana", place).json()["agreement"]).papers
    links = re.findall(r'href="(/invitation/text[^"]+)"', browser.get("/invitation", key=key).text)
    files = [browser.get(unescape(link)) for link in links]
    assert [file.headers["content-type"] for file in files] == ["application/pdf"] * len(papers)
    assert [sha256(file.content).hexdigest() for file in files] == [paper.sha256 for paper in papers]


def test_a_key_opens_nothing_else(door: Door) -> None:
    other, place = opened(door), opened(door)
    draw_next(door.house.desk, 1)
    key, foreign = (
        invited(door, place),
        next(one["id"] for one in door.get("ana", other).json()["papers"] if one["sha256"]),
    )
    own = door.get("ana", place).json()
    browser = Browser(door.client)
    assert browser.get("/invitation/text", key=key, paper=foreign).status_code == 410
    for path in (place, f"/papers/{own['papers'][0]['id']}/file", f"/exchanges/{next(iter(own['exchanges']))}", "/me"):
        for headers in ({"Authorization": f"Bearer {key}"}, {"Cookie": f"__Host-minga={key}"}):
            assert door.client.get(f"/api/v1{path}", headers=headers).status_code in (401, 404)
            assert door.client.get(f"/api/v1{path}", headers=headers, params={"key": key}).status_code == 422


def test_wrong_and_ended_keys_are_answered_alike(door: Door) -> None:
    place = opened(door)
    draw_next(door.house.desk, 1)
    browser, key = Browser(door.client), invited(door, place)
    page = browser.get("/invitation", key=key)
    link = unescape(re.findall(r'href="(/invitation/text[^"]+)"', page.text)[0])
    form = {"token": field(page, "token"), "reason": "why"}
    door.post("ana", f"{place}/steps", {"step": "return_to_negotiation", "says": {"reason": "one clause"}})
    gone = [
        browser.get("/invitation", key=key),
        browser.get("/invitation", key="never"),
        browser.get("/invitation"),
        browser.get("/invitation", key="é\0"),
        browser.get(link.partition("&lang")[0]),
        browser.post("/invitation/decline", key=key, **form),
        browser.post("/invitation/decline", key="never", **form),
        browser.post("/invitation/decline"),
    ]
    assert {answer.status_code for answer in gone} == {410}
    assert len({answer.text for answer in gone}) == 1
    assert INVITATION_WORDS["en"]["gone_title"] in gone[0].text


def test_a_signatory_declines_on_the_page_and_the_parties_read_it(door: Door) -> None:
    place = opened(door)
    browser, key = Browser(door.client), invited(door, place)
    page = browser.get("/invitation", key=key, lang="en")
    form = {"key": field(page, "key"), "token": field(page, "token")}
    told = browser.post("/invitation/decline?lang=en", **form, reason="The clause <on> funds.")
    assert told.status_code == 303
    after = browser.get(told.headers["location"])
    assert "You declined to sign on 23 Nov 2026." in after.text
    assert "The clause &lt;on&gt; funds." in after.text
    assert 'name="token"' not in after.text
    assert browser.post("/invitation/decline?lang=en", **form, reason="again").status_code == 200
    declined = door.get("paula", place).json()["declined"]
    assert declined == {"BR": {"version": 1, "on": "2026-11-23", "reason": "The clause <on> funds."}}


def test_a_form_of_another_page_or_site_or_without_a_reason_is_refused(door: Door) -> None:
    place = opened(door)
    browser, key = Browser(door.client), invited(door, place)
    token = field(browser.get("/invitation", key=key), "token")
    assert browser.post("/invitation/decline", key=key, token="0" * 64, reason="why").status_code == 403
    assert browser.post("/invitation/decline", key=key, token="é", reason="why").status_code == 403
    for reason in ("", "  ", "x" * 2001, "a\0b"):
        answer = browser.post("/invitation/decline", key=key, token=token, reason=reason)
        assert (answer.status_code, 'role="alert"' in answer.text) == (422, True)
    foreign = {"Sec-Fetch-Site": "cross-site"}
    sent = {"key": key, "token": token, "reason": "why"}
    assert codes(door.client.post("/invitation/decline", data=sent, headers=foreign)) == (403, "csrf.foreign")
    assert door.get("paula", place).json()["declined"] == {}
