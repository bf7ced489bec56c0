# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The pages for signing in: every way in and out, in four languages, without scripts, and each error told once."""

import re
from html.parser import HTMLParser

import httpx
import pytest

from api.pages.sign_in_words import SIGN_IN_WORDS
from people.actors import Role
from services.errors import NotFound
from tests.accounts import PASSWORD, code, grant, invite, invite_with_password, key_in, read_mail
from tests.api.browser import Browser
from tests.api.door import Door


@pytest.fixture
def browser(door: Door) -> Browser:
    return Browser(door.client)


def where(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.headers.get("location", "")


def signed_in(door: Door, browser: Browser, name: str = "Bruno") -> str:
    """Bruno, for Brasil, wholly in; his address."""
    address = invite_with_password(door.house, name, Role.FOCAL_POINT, "BR")
    assert where(browser.post("/sign-in", address=address, password=PASSWORD)) == (303, "/")
    return address


def officer_in(door: Door, browser: Browser) -> tuple[str, str]:
    """Ana, of the secretariat, with a second factor, wholly in; her address and the factor's secret."""
    address = invite_with_password(door.house, "Ana", Role.SECRETARIAT)
    assert where(browser.post("/sign-in", address=address, password=PASSWORD)) == (303, "/sign-in/second-factor")
    factor = factor_on(browser.get("/sign-in/second-factor"))
    assert browser.post("/sign-in/second-factor", code=code(door.house, factor)).status_code == 200
    door.house.clock.on(seconds=30)
    return address, factor


def factor_on(page: httpx.Response) -> str:
    found = re.search(r'class="key">([A-Z2-7 ]+)<', page.text)
    assert found, "the page shows the key"
    return found[1].replace(" ", "")


def test_one_comes_in_by_password_and_the_board_says_who_one_is(door: Door, browser: Browser) -> None:
    assert ">Sign in<" in browser.get("/").text
    signed_in(door, browser)
    board = browser.get("/").text
    assert "<b>Bruno</b><small>Focal point · BR</small>" in board
    assert where(browser.get("/sign-in")) == (303, "/me")


def test_a_wrong_password_and_nobodys_address_are_answered_alike(door: Door, browser: Browser) -> None:
    invite_with_password(door.house, "Bruno")
    known = browser.post("/sign-in", address="bruno@example.org", password="not this one, no")
    unknown = browser.post("/sign-in", address="nobody@example.org", password="not this one, no")
    assert (known.status_code, unknown.status_code) == (401, 401)
    assert known.text.replace("bruno@", "") == unknown.text.replace("nobody@", "")
    assert known.text.count('role="alert"') == 1
    assert browser.set_cookies == []


def test_too_many_guesses_are_told_when_to_come_back(door: Door, browser: Browser) -> None:
    for _ in range(4):
        browser.post("/sign-in", address="nobody@example.org", password="x")
    told = browser.post("/sign-in", address="nobody@example.org", password="x")
    assert (told.status_code, told.headers["retry-after"]) == (429, "2")
    assert "Wait 2 seconds" in told.text


def test_one_comes_in_by_a_link_that_arrives_by_mail(door: Door, browser: Browser) -> None:
    address = invite(door.house, "Bruno", Role.FOCAL_POINT, "BR")
    assert where(browser.post("/sign-in/ask?lang=pt", address=address)) == (303, "/sign-in/asked?lang=pt")
    assert "Veja seu e-mail" in browser.get("/sign-in/asked", lang="pt").text
    (letter,) = read_mail(door.house)
    page = browser.get("/sign-in/link", key=key_in(letter))
    assert (page.status_code, page.headers["referrer-policy"]) == (200, "no-referrer")
    assert where(browser.post("/sign-in/link", key=key_in(letter))) == (303, "/")
    assert browser.get("/sign-in/link", key=key_in(letter)).status_code == 410
    assert browser.post("/sign-in/link", key=key_in(letter)).status_code == 410


def test_nobodys_address_gets_the_same_page_and_no_letter(door: Door, browser: Browser) -> None:
    invite(door.house, "Bruno")
    answers = [browser.post("/sign-in/ask", address=f"{name}@example.org") for name in ("bruno", "nobody")]
    assert where(answers[0]) == where(answers[1]) == (303, "/sign-in/asked")
    assert len(read_mail(door.house)) == 1
    assert "Type your e-mail address." in browser.post("/sign-in/ask", address=" ").text


def test_an_officer_sets_a_second_factor_up_before_anything_else(door: Door, browser: Browser) -> None:
    address = invite_with_password(door.house, "Ana", Role.SECRETARIAT)
    browser.post("/sign-in", address=address, password=PASSWORD)
    for path in ("/me", "/sign-in", "/sign-in/code"):
        assert browser.get(path).status_code == 303
    assert browser.get("/api/v1/exchanges").json()["code"] == "session.incomplete"
    assert ">Sign in<" in browser.get("/").text
    page = browser.get("/sign-in/second-factor")
    assert 'src="data:image/svg+xml' in page.text
    wrong = browser.post("/sign-in/second-factor", code="000000")
    assert (wrong.status_code, factor_on(wrong)) == (401, factor_on(page))
    shown = browser.post("/sign-in/second-factor", code=code(door.house, factor_on(page)))
    assert len(set(re.findall(r"<code>([a-z2-7]{7}(?:-[a-z2-7]{7}){3})</code>", shown.text))) == 10
    assert browser.get("/api/v1/exchanges").status_code == 200
    assert where(browser.get("/sign-in/second-factor")) == (303, "/")


def test_the_second_factor_is_asked_for_each_time(door: Door, browser: Browser) -> None:
    address, factor = officer_in(door, browser)
    again = Browser(door.client)
    assert where(again.post("/sign-in", address=address, password=PASSWORD)) == (303, "/sign-in/code")
    assert 'autocomplete="one-time-code"' in again.get("/sign-in/code").text
    assert again.get("/sign-in/second-factor").status_code == 303
    assert again.post("/sign-in/code", code="000000").status_code == 401
    assert where(again.post("/sign-in/code", code=code(door.house, factor))) == (303, "/")


def test_the_pages_of_ones_own_lead_a_stranger_to_the_way_in(browser: Browser) -> None:
    assert where(browser.get("/me", lang="fr")) == (303, "/sign-in?lang=fr&next=%2Fme")
    assert where(browser.post("/me/sessions/end-all")) == (303, "/sign-in")
    assert where(browser.post("/sign-in/code", code="1")) == (303, "/sign-in")
    assert where(browser.post("/sign-in/second-factor", code="1")) == (303, "/sign-in")


def test_one_signs_out_and_the_browser_forgets(door: Door, browser: Browser) -> None:
    signed_in(door, browser)
    kept = browser.cookie
    out = browser.post("/sign-out")
    assert (where(out), out.headers["clear-site-data"]) == ((303, "/sign-in"), '"cookies", "storage", "cache"')
    assert browser.cookie is None
    assert Browser(door.client, kept).get("/me").status_code == 303


def test_one_signs_out_everywhere_from_anywhere(door: Door, browser: Browser) -> None:
    address = signed_in(door, browser)
    other = Browser(door.client)
    other.post("/sign-in", address=address, password=PASSWORD)
    assert browser.get("/me").text.count('class="worn"') == 2
    out = browser.post_own("/me/sessions/end-all")
    assert "clear-site-data" in out.headers
    assert other.get("/me").status_code == 303


@pytest.mark.parametrize(
    ("lang", "day"), [("es", "{} nov {}"), ("en", "{} Nov {}"), ("pt", "{} nov {}"), ("fr", "{} nov. {}")]
)
def test_ones_sessions_are_told_by_day_and_minute_in_the_readers_language(
    door: Door, browser: Browser, lang: str, day: str
) -> None:
    signed_in(door, browser)
    now = door.house.desk.now()
    told = f"{day.format(int(now[8:10]), now[:4])}, {now[11:16]} UTC"
    words = SIGN_IN_WORDS[lang]
    assert f"{words['since']} {told} · {words['seen']} {told}" in browser.get("/me", lang=lang).text


def test_one_ends_another_session(door: Door, browser: Browser) -> None:
    address = signed_in(door, browser)
    other = Browser(door.client)
    other.post("/sign-in", address=address, password=PASSWORD)
    found = re.search(r'name="other" value="([0-9a-f-]{36})"', browser.get("/me").text)
    assert found
    assert where(browser.post_own("/me/sessions/end", other=found[1])) == (303, "/me")
    assert (other.get("/me").status_code, browser.get("/me").status_code) == (303, 200)


def test_one_chooses_as_whom_one_acts(door: Door, browser: Browser) -> None:
    address = signed_in(door, browser)
    grant(door.house, address, Role.PARTNER, "FAO")
    before = browser.cookie
    found = re.search(r'name="place" value="(\d)"', browser.get("/me").text)
    assert found
    assert where(browser.post_own("/me/acting", place=found[1])) == (303, "/me")
    assert "Facilitating partner · FAO" in browser.get("/").text
    assert browser.cookie != before


def test_the_password_is_changed_by_a_form_of_ones_own_page_alone(door: Door, browser: Browser) -> None:
    address = signed_in(door, browser)
    foreign = browser.post("/me/password", token="0" * 64, present=PASSWORD, new="eleven mules on the far side")
    assert foreign.status_code == 403
    assert "not the present password" in browser.post_own("/me/password", present="no", new="eleven mules afar").text
    common = browser.post_own("/me/password", present=PASSWORD, new="password2026!")
    assert (common.status_code, "guessed soon" in common.text) == (422, True)
    done = browser.post_own("/me/password", present=PASSWORD, new="eleven mules on the far side")
    assert where(done) == (303, "/me?saved=1")
    assert "Saved." in browser.get("/me", saved=1).text
    assert where(Browser(door.client).post("/sign-in", address=address, password=PASSWORD))[0] == 401


def test_recovery_codes_are_made_anew_and_the_factor_goes_where_nobody_asks_for_it(
    door: Door, browser: Browser
) -> None:
    signed_in(door, browser)
    factor = factor_on(browser.get("/sign-in/second-factor"))
    browser.post("/sign-in/second-factor", code=code(door.house, factor))
    door.house.clock.on(seconds=30)
    assert "Unused recovery codes: 10" in browser.get("/me").text
    assert browser.post_own("/me/recovery-codes", code="000000").status_code == 401
    assert "works once" in browser.post_own("/me/recovery-codes", code=code(door.house, factor)).text
    door.house.clock.on(seconds=30)
    assert where(browser.post_own("/me/second-factor/remove", code=code(door.house, factor))) == (303, "/me")
    assert "Not set up." in browser.get("/me").text


def test_an_officers_factor_does_not_go(door: Door, browser: Browser) -> None:
    _, factor = officer_in(door, browser)
    assert browser.post_own("/me/second-factor/remove", code=code(door.house, factor)).status_code == 409


def test_a_person_without_a_role_has_an_account_and_nothing_else(door: Door, browser: Browser) -> None:
    address = invite_with_password(door.house, "Carla")
    browser.post("/sign-in", address=address, password=PASSWORD)
    assert "You hold no role or seat yet" in browser.get("/me").text
    told = browser.get("/api/v1/exchanges")
    assert (told.status_code, told.json()["code"]) == (403, "session.no_actor")


def test_a_session_speaks_to_the_api_about_itself(door: Door, browser: Browser) -> None:
    signed_in(door, browser)
    me = browser.get("/api/v1/me").json()
    assert (me["name"], me["acting_as"]["party"], me["scopes"]) == ("Bruno", "BR", ["read", "write"])
    (one,) = browser.get("/api/v1/sessions").json()["items"]
    assert (one["current"], one["device"]) == (True, "Firefox, Linux")
    headers = {**browser._headers()}
    assert door.client.delete(f"/api/v1/sessions/{one['id']}", headers=headers).json() == {"ended": 1}
    gone = browser.get("/api/v1/me")
    assert (gone.status_code, gone.json()["code"]) == (401, "session.refused")


def test_a_program_with_a_token_learns_who_it_is_and_has_no_sessions(door: Door) -> None:
    assert door.get("bruno", "/me").json()["acting_as"]["role"] == "focal_point"
    assert door.get("bruno", "/sessions").json() == {"items": []}
    assert door.client.delete("/api/v1/sessions", headers=door.key("bruno")).json() == {"ended": 0}
    assert door.client.delete("/api/v1/sessions/none", headers=door.key("bruno")).status_code == 404


class Labelled(HTMLParser):
    """The fields of a page that a person fills in, and what labels them."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, dict[str, str | None]] = {}
        self.labels: set[str] = set()
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.scripts += tag == "script" or any(name.startswith("on") for name in said)
        if tag == "input" and said.get("type") != "hidden":
            self.fields[str(said.get("id"))] = said
        if tag == "label":
            self.labels.add(str(said.get("for")))


@pytest.mark.parametrize("lang", SIGN_IN_WORDS)
def test_every_field_has_a_label_and_says_what_a_password_manager_fills_in(
    door: Door, browser: Browser, lang: str
) -> None:
    signed_in(door, browser)
    pages = [Browser(door.client).get("/sign-in", lang=lang), browser.get("/me", lang=lang)]
    pages.append(browser.get("/sign-in/second-factor", lang=lang))
    for page in pages:
        read = Labelled()
        read.feed(page.text)
        assert f'<html lang="{lang}">' in page.text
        assert set(read.fields) == read.labels
        assert all(said.get("autocomplete") not in (None, "off") for said in read.fields.values())
        assert (read.scripts, "onpaste" in page.text, "style=" in page.text) == (0, False, False)


def test_every_page_speaks_the_language_of_who_is_in_unless_another_is_asked_for(door: Door) -> None:
    address = invite_with_password(door.house, "Bruno", Role.FOCAL_POINT, "BR", language="pt")
    browser = Browser(door.client)
    browser.post("/sign-in", address=address, password=PASSWORD)
    for path in ("/", "/me", "/entries"):
        assert '<html lang="pt">' in browser.get(path).text
        assert '<html lang="fr">' in browser.get(path, lang="fr").text


def test_the_languages_have_the_same_words_to_say() -> None:
    names = {lang: list(words) for lang, words in SIGN_IN_WORDS.items()}
    assert all(each == names["en"] for each in names.values())
    assert all(all(words.values()) for words in SIGN_IN_WORDS.values())


def test_nobody_looks_around_from_afar(door: Door, browser: Browser) -> None:
    door.house.offered(origin="demonstration")
    assert browser.post("/sign-in/look-around", who="ana").json()["code"] == NotFound.code
    assert "Look around" not in browser.get("/sign-in").text
