# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What went wrong, shown to a browser as a page in its language, and sent to a program as a document."""

from html import unescape
from typing import Any

import pytest

from api.cookies import COOKIE
from api.pages.entries_words import ENTRY_WORDS
from api.pages.invitation_words import INVITATION_WORDS
from api.pages.problem_words import FORM_FOREIGN, PROBLEMS, SMALL
from api.pages.sign_in_words import SIGN_IN_WORDS
from api.pages.words import WORDS
from people.actors import Role
from tests.api.browser import FROM_OURS
from tests.api.door import Door, codes
from tests.api.pages.ways_in import actor_of, come_in_as
from tests.documentation import HOUSE

BROWSER = {**FROM_OURS, "Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"}


def test_an_address_that_leads_nowhere_is_told_as_a_page_in_four_languages(door: Door) -> None:
    for lang, told in PROBLEMS.items():
        answer = door.client.get("/nowhere", headers=BROWSER, params={"lang": lang})
        assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
        assert f'<html lang="{lang}">' in answer.text
        assert told[404][0].replace("'", "&#39;") in answer.text
        assert answer.headers["cache-control"] == "no-store"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["x-request-id"] in answer.text
        assert int(answer.headers["content-length"]) == len(answer.content)


def test_a_program_is_sent_the_document_everywhere_and_a_browser_at_the_api_too(door: Door) -> None:
    assert codes(door.client.get("/nowhere")) == (404, "not_found")
    assert codes(door.client.get("/api/v1/nowhere", headers=BROWSER)) == (404, "not_found")


def test_the_way_out_stands_there_for_whoever_brings_a_cookie(door: Door) -> None:
    assert "/sign-out" not in door.client.get("/nowhere", headers=BROWSER).text
    assert "/sign-out" in door.client.get("/nowhere", headers={**BROWSER, "Cookie": "__Host-minga=x"}).text


def test_another_method_and_another_site_get_a_page_too(door: Door) -> None:
    wrong = door.client.put("/me", headers=BROWSER)
    assert (wrong.status_code, wrong.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    foreign = door.client.post("/sign-out", headers={**BROWSER, "Sec-Fetch-Site": "cross-site"})
    assert (foreign.status_code, "csrf.foreign" in foreign.text) == (403, True)
    head = door.client.head("/nowhere", headers=BROWSER)
    assert (head.status_code, head.content) == (404, b"")


def test_an_old_form_is_told_as_such_and_never_as_a_matter_of_roles(door: Door) -> None:
    """As the back button brings it after signing in anew."""
    browser = come_in_as(door.house, door.client, actor_of(door.house, Role.FOCAL_POINT))
    brought = {**BROWSER, "Cookie": f"{COOKIE}={browser.cookie}"}
    for lang, told in FORM_FOREIGN.items():
        answer = door.client.post(
            "/me/sessions/end-all", headers=brought, params={"lang": lang}, data={"token": "0" * 64}
        )
        assert answer.status_code == 403
        assert all(words in unescape(answer.text) for words in told)
        assert PROBLEMS[lang][403][0] not in unescape(answer.text)


def test_a_mistake_of_ours_is_said_kindly_and_tells_nothing_of_the_house(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise ZeroDivisionError("of the house")

    monkeypatch.setattr(door.house.desk.store, "read", broken)
    answer = door.client.get("/?lang=en", headers=BROWSER)
    assert (answer.status_code, PROBLEMS["en"][500][0] in answer.text) == (500, True)
    assert "of the house" not in answer.text
    assert "style=" not in answer.text


def test_what_a_code_means_is_a_page_of_the_house(door: Door) -> None:
    page = door.client.get("/problems/version.stale", headers=BROWSER, params={"lang": "pt"}).text
    assert "O código version.stale nunca muda" in page
    assert 'class="skip"' in page


def test_a_code_says_what_its_own_entry_in_the_documentation_says(door: Door) -> None:
    said = {code: door.client.get(f"/problems/{code}").json()["said"] for code in ("version.required", "version.stale")}
    page = door.client.get("/problems/version.required", headers=BROWSER).text
    documented = (HOUSE / "docs" / "refusals.md").read_text("utf-8")

    assert all(f"| `{code}` | {' · '.join(texts)} |" in documented for code, texts in said.items())
    assert said["version.required"] != said["version.stale"]
    assert said["version.required"][0] in unescape(page)


def test_no_line_of_a_french_page_begins_with_a_mark_or_ends_with_one_that_opens() -> None:
    tables = (WORDS, ENTRY_WORDS, INVITATION_WORDS, SIGN_IN_WORDS, PROBLEMS, SMALL)
    said = "\n".join(str(text) for table in tables for text in table["fr"].values())

    assert [mark for mark in (" :", " ;", " ?", " !", " »", "« ") if mark in said] == []
    assert "«\u00a0Mon compte\u00a0»" in PROBLEMS["fr"][403][1]
    assert "cycle de coopération\u00a0: huit étapes" in WORDS["fr"]["wheel"]


def test_every_status_and_language_has_its_words() -> None:
    assert {frozenset(told) for told in PROBLEMS.values()} == {frozenset(PROBLEMS["es"])}
    assert {frozenset(words) for words in SMALL.values()} == {frozenset(SMALL["es"])}
