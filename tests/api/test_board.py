# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The board over HTTP and as a page: the same figures, in four languages, of use without scripts."""

import re
from html.parser import HTMLParser

import pytest

from api.pages import STATIC
from api.pages.words import WORDS, figure, language_for
from tests.api.door import Door, codes
from tests.cast import ANA, BRUNO


def test_the_board_counts_today_and_any_past_day(door: Door) -> None:
    exchange = door.house.offered()
    door.house.offered("walked", origin="walked")
    door.house.clock.on(days=3)
    door.house.move(BRUNO, exchange, "withdraw", reason="plans")
    today, then = door.get("aldo", "/board").json(), door.get("aldo", "/board", as_of="2026-11-24").json()
    assert (today["total"], today["stages"]["offer"], today["lifecycles"]["withdrawn"]) == (1, 1, 1)
    assert (then["total"], then["lifecycles"]["active"], today["specimens"]["total"]) == (1, 1, 1)
    assert door.get("aldo", "/board", as_of="2026-11-22").json()["total"] == 0
    assert door.get("aldo", "/board", country="BR", specimens=True).json()["total"] == 2
    assert door.get("aldo", "/board", country="PE").json()["total"] == 0
    assert codes(door.get("aldo", "/board", as_of="2027-01-01")) == (422, "day.in_the_future")
    assert codes(door.get("aldo", "/board", country="XX")) == (422, "country.unknown")
    assert codes(door.get("aldo", "/board", programme="elsewhere")) == (404, "not_found")
    refused = door.get("aldo", "/board", as_of="soon")
    assert codes(refused) == (422, "request.invalid")
    assert refused.json()["detail"] == "query.as_of: a day is written 2026-11-23"


def test_programmes_are_listed_by_version(door: Door) -> None:
    assert [(one["slug"], one["version"]) for one in door.get("ana", "/programmes").json()] == [
        ("regional-initiative", 1)
    ]


class Outline(HTMLParser):
    """What a page holds, as far as these tests ask."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def outline(door: Door, path: str = "/?lang=en", status: int = 200, who: str | None = None) -> Outline:
    answer = door.client.get(path, headers=door.key(who) if who else {})
    assert answer.status_code == status
    read = Outline()
    read.feed(answer.text)
    return read


def words(page: Outline) -> str:
    return " ".join(" ".join(page.text).split())


def test_the_page_works_without_scripts_and_says_no_style_of_its_own(door: Door) -> None:
    door.house.offered()
    page = outline(door)
    assert page.all("script") == page.all("style") == []
    assert not any(name.startswith("on") or name == "style" for _, attrs in page.tags for name in attrs)
    assert page.all("html") == [{"lang": "en"}]
    assert {"class": "skip", "href": "#main"} in page.all("a")
    assert len(page.all("h1")) == 1
    assert len(page.all("table")) == len(page.all("caption"))
    assert all(th.get("scope") for th in page.all("th"))
    assert (STATIC / "minga.css").stat().st_size <= 18_000
    assert len(door.client.get("/").content) <= 60_000


@pytest.mark.parametrize("language", WORDS)
def test_the_page_speaks_four_languages(door: Door, language: str) -> None:
    page = outline(door, f"/?lang={language}")
    assert page.all("html") == [{"lang": language}]
    assert WORDS[language]["title"] in words(page)
    by_browser = door.client.get("/", headers={"Accept-Language": f"de, {language}-XX;q=0.8, es;q=0.1"})
    assert f'<html lang="{language}">' in by_browser.text


def test_every_language_has_every_word() -> None:
    assert {language: set(said) for language, said in WORDS.items()} == {
        language: set(WORDS["es"]) for language in WORDS
    }
    assert {language_for(None, said) for said in (None, "", "de", "*", "x;q=y", ";;,")} == {"es"}
    assert language_for("xx", "fr") == "fr"


@pytest.mark.parametrize(
    ("language", "one", "two"),
    [
        ("es", "1 activo", "2 activos"),
        ("pt", "1 ativo", "2 ativos"),
        ("fr", "1 actif", "2 actifs"),
        ("en", "1 active", "2 active"),
    ],
)
def test_one_is_not_told_as_many(door: Door, language: str, one: str, two: str) -> None:
    door.house.offered("The first")
    assert f"{one} " in f"{words(outline(door, f'/?lang={language}'))} "
    door.house.offered("The second")
    assert f"{two} " in f"{words(outline(door, f'/?lang={language}'))} "


@pytest.mark.parametrize(
    ("language", "none", "many"),
    [
        ("es", "intercambios", "1\u202f234\u202f567"),
        ("pt", "intercâmbios", "1.234.567"),
        ("fr", "échange", "1\u202f234\u202f567"),
        ("en", "exchanges", "1,234,567"),
    ],
)
def test_none_and_a_million_are_told_as_the_language_tells_them(
    door: Door, language: str, none: str, many: str
) -> None:
    assert f"0 {none} " in words(outline(door, f"/?lang={language}"))
    assert figure(1234567, language) == many


def test_names_of_stages_are_the_programmes_own(door: Door) -> None:
    assert "Retroalimentación" in words(outline(door, "/?lang=es"))
    assert "Accompagnement" in words(outline(door, "/?lang=fr"))


def test_where_there_is_nothing_real_the_page_shows_the_specimens_and_says_so(door: Door) -> None:
    door.house.offered("A walked case", origin="demonstration")
    page = words(outline(door, who="ana"))
    assert WORDS["en"]["demonstration_text"] in page
    assert "A walked case" in page
    door.house.offered("A real case")
    page = words(outline(door, who="ana"))
    assert WORDS["en"]["demonstration_text"] not in page
    assert "A walked case" not in page
    assert "A real case" in page
    assert WORDS["en"]["apart_one"] in page


def test_a_draft_stays_off_the_page(door: Door) -> None:
    door.house.draft("A secret draft")
    page = words(outline(door, who="ana"))
    assert "A secret draft" not in page
    assert WORDS["en"]["moved_none"] in page


def test_who_has_not_signed_in_sees_figures_and_no_exchange(door: Door) -> None:
    door.house.offered("A late one")
    door.house.clock.on(days=400)
    page = words(outline(door))
    assert "A late one" not in page
    assert "SSC-" not in page
    assert WORDS["en"]["lists_sign_in"] in page


@pytest.mark.parametrize(("who", "sees"), [("ana", True), ("aldo", True), ("bruno", True), ("carla", False)])
def test_the_lists_hold_what_their_reader_may_know_of(door: Door, who: str, sees: bool) -> None:
    door.house.matched("A matched one")
    door.house.clock.on(days=400)
    assert ("A matched one" in words(outline(door, who=who))) is sees


def test_what_is_overdue_stands_on_the_page(door: Door) -> None:
    door.house.offered("A late one")
    assert WORDS["en"]["overdue_none"] in words(outline(door, who="ana"))
    door.house.clock.on(days=400)
    page = words(outline(door, who="ana"))
    assert WORDS["en"]["overdue_none"] not in page
    assert "SSC-2026-0001 A late one BR 1 Offer 400" in page


def test_a_rest_is_told_beside_its_stage_in_the_list(door: Door) -> None:
    exchange = door.house.offered("A resting one")
    door.house.move(ANA, exchange, "suspend", reason="elections", review_on="2026-12-01")
    assert "A resting one BR 1 Offer · suspended 0 1 Dec 2026" in words(outline(door, who="ana"))


def test_a_title_cannot_bring_tags_of_its_own(door: Door) -> None:
    door.house.offered("<script>alert(1)</script> & co")
    text = door.client.get("/?lang=en", headers=door.key("ana")).text
    assert "<script" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; co" in text


def test_a_title_is_never_taken_for_a_pattern(door: Door) -> None:
    written = "{n} {0.__class__} %s %(n)d ${n} {{ 7*7 }}"
    door.house.offered(written)
    assert written in words(outline(door, who="ana"))


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("as_of=2027-01-01", "future_day"),
        ("known_on=2027-01-01", "future_day"),
        ("as_of=2026-02-30", "wrong_day"),
        ("as_of=%22%3E%3Cb%3E", "wrong_day"),
        ("country=XX", "wrong_country"),
    ],
)
def test_a_question_that_cannot_be_answered_is_said_kindly(door: Door, query: str, word: str) -> None:
    page = outline(door, f"/?lang=en&{query}", 422)
    assert WORDS["en"][word] in words(page)
    assert {"class": "error", "role": "alert"} in page.all("p")


def test_a_past_day_shows_its_figures_and_no_lists_of_today(door: Door) -> None:
    door.house.offered("A case")
    door.house.clock.on(days=3)
    page = words(outline(door, "/?lang=en&as_of=2026-11-22", who="ana"))
    assert "At the end of 22 Nov 2026, as recorded up to 26 Nov 2026" in page
    assert "A case" not in page


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_text_is_legible_by_day_and_by_night() -> None:
    style = (STATIC / "minga.css").read_text()
    light, dark = style.split("@media (prefers-color-scheme: dark)")
    day = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", light.replace("#fff;", "#ffffff;")))
    night = day | dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", dark))
    stages = ["offer", "demand", "commitment", "execution", "reflection", "action", "accompaniment", "feedback"]
    for look in (day, night):
        pairs = [
            (look[ink], look[ground]) for ink in ("ink", "soft", "link", "late", "kept") for ground in ("paper", "card")
        ]
        pairs += [("#ffffff", look[stage]) for stage in (*stages, "deep", "button")]
        pairs += [(look["ink"], look["note"]), (look["soft"], look["hollow"]), ("#1d2730", look["gold"])]
        assert [pair for pair in pairs if _contrast(*pair) < 4.5] == []
