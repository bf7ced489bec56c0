# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The page of an exchange: what each reader is told, in four languages, and what nobody else is."""

import re
from html import unescape

import pytest

from api.cookies import COOKIE
from api.pages.event_words import EVENTS
from api.pages.exchange_words import EXCHANGE_WORDS
from api.pages.move_words import MOVES
from api.pages.need_words import NEEDS, need_in_words
from api.pages.record_words import _FIELDS, _VALUES, CODED
from cycle import events as e
from cycle.facts import FACTS
from people.actors import Role
from services.exchanges import order_paper
from tests.api.browser import Browser
from tests.api.door import Door
from tests.api.pages.ways_in import actor_of, come_in_as
from tests.cast import ANA, BRUNO, PAULA
from tests.house import PROGRAMME, House


def as_(door: Door, role: Role, party: str = "PE", bench: str = "employers") -> Browser:
    return come_in_as(door.house, door.client, actor_of(door.house, role, party, bench))


def told(browser: Browser, exchange: str, lang: str = "en", **more: str) -> str:
    """The text of the page, each part after a space."""
    answer = browser.get(f"/exchanges/{exchange}", lang=lang, **more)
    assert answer.status_code == 200
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def test_every_move_need_and_event_has_its_words(house: House) -> None:
    with house.desk.store.read() as connection:
        programme = house.desk.programme(connection, PROGRAMME)
    events = {said for name, said in vars(e).items() if name.isupper() and isinstance(said, str)}
    needs = [need for move in programme.moves.values() for need in move.needs]
    fields = [field for fact in FACTS.values() for field in fact.fields]
    assert set(MOVES) == set(programme.moves)
    assert set(NEEDS) == {need.name for need in needs}
    assert {need_in_words(need.name, need.requirement.text, "fr")[1] for need in needs} == {"fr"}
    assert set(EVENTS) == events | {fact.event for fact in FACTS.values()}
    assert {field.name for field in fields} - set(_FIELDS) <= {
        "redacted_bytes",
        "redacted_media_type",
        "redacted_sha256",
    }
    coded = {choice for field in fields if field.name in CODED - {"paper", "weight"} for choice in field.choices}
    assert coded <= set(_VALUES)
    assert len({frozenset(words) for words in EXCHANGE_WORDS.values()}) == 1


def test_a_need_that_a_programme_changed_is_told_in_its_own_english() -> None:
    assert need_in_words("activity_held", "at least 2 of: activities held", "es") == (
        "at least 2 of: activities held",
        "en",
    )


@pytest.mark.parametrize(
    ("lang", "parts"),
    [
        ("es", ("Brasil", "ofrece", "Perú", "pide", "Pasar al compromiso", "Faltan 4 cosas", "le toca a usted")),
        (
            "en",
            ("Brazil", "offers", "Peru", "asks", "Begin the commitment", "4 things are missing", "this waits for you"),
        ),
        ("pt", ("Brasil", "oferece", "Peru", "pede", "Passar ao compromisso", "Faltam 4 coisas", "cabe a você")),
        (
            "fr",
            ("Brésil", "offre", "Pérou", "demande", "Passer à l'engagement", "Il manque 4 choses", "cela vous attend"),
        ),
    ],
)
def test_a_focal_point_reads_what_is_missing_and_what_waits_for_them(
    door: Door, lang: str, parts: tuple[str, ...]
) -> None:
    page = told(as_(door, Role.FOCAL_POINT), door.house.matched(), lang)
    assert [part for part in parts if part not in page] == []
    assert not re.search(r"[a-z]+_[a-z]+|\b(party|bench):", page)


def test_each_need_names_who_could_meet_it_and_marks_the_reader_alone(door: Door) -> None:
    exchange = door.house.matched()
    pages = {role: told(as_(door, role), exchange) for role in (Role.FOCAL_POINT, Role.SECRETARIAT, Role.AUDITOR)}
    accepted = "Those who offer and those who ask accept the match {}Who could meet it: Brazil, Peru"
    assert accepted.format("this waits for you ") in pages[Role.FOCAL_POINT]
    assert accepted.format("") in pages[Role.SECRETARIAT]
    assert "this waits for you" in pages[Role.SECRETARIAT]
    assert "this waits for you" not in pages[Role.AUDITOR]


def test_a_move_that_lacks_but_its_reason_can_be_made_now(door: Door) -> None:
    exchange = door.house.committed()
    door.house.move(ANA, exchange, "suspend", reason="elections", review_on="2026-12-20")
    page = told(as_(door, Role.MANAGER), exchange)
    assert "Resume It can be made now, saying: Its reason Who may make it: Brazil, Peru, the secretariat" in page
    assert "Looked at again on 20 Dec 2026 Condition suspended" in page


def test_the_present_stage_is_marked_and_lies_where_its_path_leads(door: Door) -> None:
    page = as_(door, Role.AUDITOR).get(f"/exchanges/{door.house.matched()}", lang="en").text
    assert page.count('aria-current="step"') == 1
    path = " ".join(re.sub(r"<[^>]+>", " ", page[page.index("<ol") : page.index("</ol>")]).split())
    assert path.startswith("1 Offer (passed) 2 Demand (it is here) 3 Commitment (ahead)")


def test_papers_are_named_and_lead_to_their_file_once_drawn(door: Door) -> None:
    exchange = door.house.matched()
    order_paper(door.house.desk, ANA, exchange, "roadmap")
    page = as_(door, Role.FOCAL_POINT).get(f"/exchanges/{exchange}", lang="es").text
    assert "Hoja de ruta, versión 1" in page
    assert "Español · pedido; se está preparando" in page
    assert "/api/v1/papers/" not in page


def test_what_happened_is_told_in_words_newest_first(door: Door) -> None:
    page = told(as_(door, Role.FOCAL_POINT, "BR"), door.house.matched(), "pt")
    happened = page[page.index("O que se disse") :]
    said = (
        "Responder à oferta Oferta → Demanda",
        "Contraparte: Peru",
        "Publicar a oferta Rascunho → Oferta",
        "Partes: Brasil (oferece)",
    )
    places = [happened.index(one) for one in said]
    assert places == sorted(places)


def test_an_event_names_the_thing_it_tells_of(door: Door) -> None:
    exchange = door.house.matched()
    said = {"title": "First mission", "mode": "virtual", "on": "2026-11-23"}
    planned = door.house.state(BRUNO, exchange, "activity_planned", **said)
    door.house.state(BRUNO, exchange, "activity_waived", "activity-1", reason="rain")
    door.house.state(BRUNO, exchange, "correct", event=int(planned["version"]), reason="of two days", days=2)
    page = told(as_(door, Role.FOCAL_POINT), exchange)
    assert "Activity waived First mission" in page
    assert "Correction Activity planned · First mission" in page
    assert "Activity planned corrected later" in page


def test_the_history_goes_on_behind_a_link(door: Door) -> None:
    exchange = door.house.matched()
    for n in range(60):
        door.house.state(BRUNO, exchange, "activity_planned", title=f"Visit {n:02}", mode="virtual")
    browser = as_(door, Role.FOCAL_POINT)
    newest = browser.get(f"/exchanges/{exchange}", lang="en").text
    (way,) = re.findall(r'href="(/exchanges/[^"#]+)#history" rel="next"', newest)
    older = browser.get(unescape(way)).text
    shown = [re.findall(r"Visit \d\d", page) for page in (newest, older)]
    assert [*shown[0], *shown[1]] == [f"Visit {n:02}" for n in reversed(range(60))]
    assert "An exchange was opened" not in older  # A draft that was Brasil's alone.
    assert 'rel="next"' not in older


def test_the_draft_of_others_stays_theirs(door: Door) -> None:
    exchange = door.house.matched()
    assert "An exchange was opened" in told(as_(door, Role.FOCAL_POINT, "BR"), exchange)
    assert "An exchange was opened" not in told(as_(door, Role.FOCAL_POINT, "PE"), exchange)


def test_what_one_may_not_know_of_is_the_page_of_what_is_not_there(door: Door) -> None:
    exchange, reference = door.house.matched(), "SSC-2026-0001"
    cookie = f"{COOKIE}={as_(door, Role.FOCAL_POINT, 'CO').cookie}"
    asked = [f"/exchanges/{one}?lang=en" for one in (exchange, reference, "SSC-1999-0001")]
    pages = [door.client.get(path, headers={"Cookie": cookie, "Accept": "text/html"}) for path in asked]
    assert {page.status_code for page in pages} == {404}
    bodies = {re.sub(r"<code>[^<]*</code>|/exchanges/[A-Za-z0-9-]+", "", page.text) for page in pages}
    assert len(bodies) == 1
    assert "There is nothing here" in bodies.pop()
    assert told(as_(door, Role.FOCAL_POINT), reference) == told(as_(door, Role.FOCAL_POINT), exchange)


def test_whoever_has_not_signed_in_is_led_back_here_afterwards(door: Door) -> None:
    answer = Browser(door.client).get("/exchanges/SSC-2026-0001")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=%2Fexchanges%2FSSC-2026-0001"
    elsewhere = Browser(door.client).get("/exchanges/..%2f..%2fevil")
    assert "next" not in elsewhere.headers.get("location", "")


def test_what_somebody_wrote_is_shown_and_never_obeyed(door: Door) -> None:
    evil = "<script>alert(1)</script>"
    exchange = door.house.matched(evil)
    door.house.state(PAULA, exchange, "activity_planned", title=evil, mode="virtual")
    page = as_(door, Role.AUDITOR).get(f"/exchanges/{exchange}").text
    assert "<script" not in page
    assert page.count("&lt;script&gt;") >= 3


def test_the_board_and_the_entries_lead_here(door: Door) -> None:
    reference = door.house.reference(door.house.matched())
    board = as_(door, Role.FOCAL_POINT).get("/", lang="fr").text
    assert f'<a class="what" href="/exchanges/{reference}?lang=fr">Natural rubber</a>' in board
