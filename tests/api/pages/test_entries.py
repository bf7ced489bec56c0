# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The page of entries: from the letter that tells of one to the answer, in four languages; and who sees which button."""

import re
from dataclasses import replace
from itertools import product

import httpx
import pytest

from api.pages.entries_words import ENTRY_WORDS
from api.pages.event_words import EVENTS
from api.pages.record_words import _FIELDS, _VALUES, CODED
from cycle.entries import Came
from cycle.words import Door as Way
from cycle.words import Lifecycle, Origin, PartyRole
from people.actors import Actor, Role
from people.policy import can
from people.resources import HOUSE, Resource, of_parties
from services.asking import Asking
from services.behalf import WITH_A_FILE
from services.entries import contest_entry
from storage.entries import find
from tests.accounts import PASSWORD, code, invite, invite_with_password, key_in, read_mail, words_of
from tests.api.browser import Browser
from tests.api.door import Door
from tests.api.pages.ways_in import WITH_A_SESSION, actor_of, come_in_as, offered_on
from tests.cast import ANA, BRUNO, PAULA
from tests.house import OFFER_SHEET, PROGRAMME, House

FOR_PERU = replace(ANA, actor=replace(ANA.actor, on_behalf_of="PE"), came=Came("mail", "2026-11-20"))
EVIL = (
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "/entries@evil.example",
    "/entries/../../evil",
    "entries",
    "/entries?x=https://evil.example",
    "javascript:alert(1)",
    "/entries\r\nSet-Cookie: a=b",
    "/exchanges/../evil",
    "/exchanges//evil.example",
    "/exchanges/",
    "/sign-out",
    "",
)


def entered(house: House, title: str = "First mission") -> tuple[str, int]:
    """What Perú told by mail: the exchange, and the event that was entered."""
    exchange = house.matched()
    done = house.state(FOR_PERU, exchange, "activity_planned", title=title, mode="virtual")
    return exchange, int(done["version"])


def test_whatever_may_be_entered_has_its_words_in_every_language(house: House) -> None:
    """The country confirms what it can read: no event, field or code of a fact shows under the name it has in the code."""
    with house.desk.store.read() as connection:
        facts = house.desk.programme(connection, PROGRAMME).facts.values()
    sayable = [fact for fact in facts if not fact.consent and fact.kind not in WITH_A_FILE - {"evidence"}]
    fields = [field for fact in sayable for field in fact.fields]
    coded = {choice for field in fields if field.name in CODED - {"paper", "weight"} for choice in field.choices}
    drafted = ("derived_from", "door", "first_party", "origin", "parties", "programme", "programme_version")
    assert {"ExchangeDrafted", *(fact.event for fact in sayable)} <= set(EVENTS)
    assert {*drafted, *(field.name for field in fields)} <= set(_FIELDS)
    assert coded | {*Way, *Lifecycle, *Origin, *PartyRole} <= set(_VALUES)


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("pt", ("Um intercâmbio aberto", "Entra por oferta", "Peso Padrão", "Função: oferece", "Tipo: país")),
        ("fr", ("Un échange a été ouvert", "Entre par Offre", "Poids Standard", "Rôle : offre", "Type : pays")),
    ],
)
def test_a_draft_and_its_sheet_are_told_in_words(door: Door, lang: str, told: tuple[str, ...]) -> None:
    house = door.house
    for_brasil = replace(FOR_PERU, actor=replace(FOR_PERU.actor, on_behalf_of="BR"))
    exchange = house.draft(who=for_brasil)
    house.state(for_brasil, exchange, "sheet", **OFFER_SHEET)
    page = as_(door, Role.FOCAL_POINT, "BR").get("/entries", lang=lang).text
    text = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    labels = {"pt": "Formação de recursos humanos", "fr": "Formation de ressources humaines"}
    for words in (*told, labels[lang], "Português", "how rubber is traced"):
        assert words.lower() in text.lower()


def passed_over(house: House, origin: str = "entered") -> str:
    """In execution, though no bench of Perú gave its word."""
    exchange = house.committed(origin=origin)
    house.state(BRUNO, exchange, "activity_planned", title="Visit", on="2026-12-20", mode="virtual")
    for who, party in ((BRUNO, "BR"), (PAULA, "PE")):
        house.state(who, exchange, "contribution", party=party, none=True)
    house.state(BRUNO, exchange, "instrument", title="Agreement of 2019", signed_on="2019-05-01")
    house.state(ANA, exchange, "waiver", code="benches_word", reason="both seats are vacant")
    house.move(BRUNO, exchange, "begin_execution")
    return exchange


def as_(door: Door, role: Role, party: str = "PE", bench: str = "employers") -> Browser:
    return come_in_as(door.house, door.client, actor_of(door.house, role, party, bench))


def token_on(page: httpx.Response) -> str:
    found = re.search(r'name="token" value="([0-9a-f]{64})"', page.text)
    assert found, "the page hides a token in its forms"
    return found[1]


def answer_to(house: House, exchange: str, seq: int) -> str:
    with house.desk.store.read() as connection:
        entry = find(connection, exchange, seq)
    assert entry is not None
    return entry.status


def where(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.headers.get("location", "")


def test_from_the_letter_to_the_answer_in_one_tap(door: Door) -> None:
    house, browser = door.house, Browser(door.client)
    address = invite(house, "Paula", Role.FOCAL_POINT, "PE")
    read_mail(house)
    exchange, seq = entered(house)
    house.clock.on(minutes=11)
    (told,) = read_mail(house)
    assert "entry made in your name" in told["Subject"]
    assert f"{house.desk.address}/entries?lang=en" in words_of(told)
    assert where(browser.get("/entries", lang="en")) == (303, "/sign-in?lang=en&next=%2Fentries")
    asking = browser.get("/sign-in?lang=en&next=%2Fentries").text
    assert 'formaction="/sign-in/ask?lang=en&amp;next=%2Fentries"' in asking
    browser.post("/sign-in/ask?lang=en&next=%2Fentries", address=address)
    (letter,) = read_mail(house)
    assert "&next=%2Fentries" in words_of(letter)
    form = browser.get("/sign-in/link", key=key_in(letter), next="/entries").text
    assert 'action="/sign-in/link?lang=en&amp;next=%2Fentries"' in form
    assert where(browser.post("/sign-in/link?lang=en&next=%2Fentries", key=key_in(letter))) == (
        303,
        "/entries?lang=en",
    )
    page = browser.get("/entries")
    assert all(word in page.text for word in ("First mission", "Activity planned", "Came by mail on 20 Nov 2026"))
    done = browser.post(f"/entries/{exchange}/{seq}/confirm?lang=en", token=token_on(page))
    assert where(done) == (303, "/entries?lang=en&done=confirmed")
    after = browser.get("/entries?lang=en&done=confirmed").text
    assert "Confirmed. Thank you." in after
    assert "Nothing waits for your answer." in after
    assert answer_to(house, exchange, seq) == "confirmed"


@pytest.mark.parametrize("evil", EVIL)
def test_nobody_is_led_out_of_the_house(door: Door, evil: str) -> None:
    address = invite_with_password(door.house, "Paula", Role.FOCAL_POINT, "PE")
    query = str(httpx.QueryParams({"lang": "en", "next": evil}))
    browser = Browser(door.client)
    assert browser.get(f"/sign-in?{query}").status_code == 200
    assert "next=" not in browser.get(f"/sign-in?{query}").text
    assert where(browser.post(f"/sign-in?{query}", address=address, password=PASSWORD)) == (303, "/?lang=en")
    assert where(browser.get(f"/sign-in?{query}")) == (303, "/me?lang=en")
    assert where(browser.post(f"/sign-in/ask?{query}", address=address)) == (303, "/sign-in/asked?lang=en")
    (letter,) = read_mail(door.house)
    assert "next=" not in words_of(letter)


def test_the_second_factor_stands_between_and_the_page_comes_after_it(door: Door) -> None:
    address = invite_with_password(door.house, "Ana", Role.SECRETARIAT)
    browser = Browser(door.client)
    led = browser.post("/sign-in?next=%2Fentries", address=address, password=PASSWORD)
    assert where(led) == (303, "/sign-in/second-factor?next=%2Fentries")
    page = browser.get(led.headers["location"]).text
    assert 'action="/sign-in/second-factor?lang=en&amp;next=%2Fentries"' in page
    found = re.search(r'class="key">([A-Z2-7 ]+)<', page)
    assert found
    factor = found[1].replace(" ", "")
    shown = browser.post(led.headers["location"], code=code(door.house, factor))
    assert 'href="/entries?lang=en"' in shown.text
    door.house.clock.on(seconds=30)
    again = Browser(door.client)
    assert where(again.post("/sign-in?next=%2Fme", address=address, password=PASSWORD)) == (
        303,
        "/sign-in/code?next=%2Fme",
    )
    assert where(again.post("/sign-in/code?next=%2Fme", code=code(door.house, factor))) == (303, "/me")


def test_what_is_contested_says_why_and_stands(door: Door) -> None:
    exchange, seq = entered(door.house)
    browser = as_(door, Role.FOCAL_POINT)
    token = token_on(browser.get("/entries"))
    path = f"/entries/{exchange}/{seq}/contest?lang=en"
    silent = browser.post(path, token=token, reason="  ")
    assert (silent.status_code, ENTRY_WORDS["en"]["e_entry.reason_missing"] in silent.text) == (422, True)
    assert silent.text.count('role="alert"') == 1
    told = browser.post(path, token=token, reason="May, not March.\r\nAnd <b>two</b>.")
    assert where(told) == (303, "/entries?lang=en&done=contested")
    page = browser.get("/entries?lang=en&answered=true").text
    assert "Contested on 23 Nov 2026" in page
    assert "May, not March.\nAnd &lt;b&gt;two&lt;/b&gt;." in page
    late = browser.post(f"/entries/{exchange}/{seq}/confirm?lang=en", token=token)
    assert (late.status_code, ENTRY_WORDS["en"]["e_entry.answered"] in late.text) == (409, True)


def test_a_form_from_elsewhere_answers_nothing(door: Door) -> None:
    exchange, seq = entered(door.house)
    browser = as_(door, Role.FOCAL_POINT)
    assert browser.post(f"/entries/{exchange}/{seq}/confirm", token="0" * 64).status_code == 403
    assert where(Browser(door.client).post(f"/entries/{exchange}/{seq}/confirm")) == (303, "/sign-in")
    assert answer_to(door.house, exchange, seq) == "waiting"


def test_the_first_pages_say_that_something_waits(door: Door) -> None:
    browser, other, officer = (
        as_(door, Role.FOCAL_POINT),
        as_(door, Role.FOCAL_POINT, "CO"),
        as_(door, Role.SECRETARIAT),
    )
    one = ENTRY_WORDS["en"]["banner_one"].replace("'", "&#39;")
    assert one not in browser.get("/").text
    exchange, seq = entered(door.house)
    for path in ("/", "/me"):
        assert one in browser.get(path).text
        assert one not in other.get(path).text + officer.get(path).text + door.client.get("/").text
    door.house.state(FOR_PERU, exchange, "activity_planned", title="Second mission", mode="virtual")
    assert "2 entries made in your name wait" in browser.get("/").text
    contest_entry(door.house.desk, PAULA, exchange, seq, "no")
    assert one in browser.get("/me").text


def test_a_bench_that_was_not_waited_for_is_told_so_on_the_first_pages(door: Door) -> None:
    delegate, others = as_(door, Role.BENCH_DELEGATE), (as_(door, Role.FOCAL_POINT), as_(door, Role.SECRETARIAT))
    told = "A step was made without waiting for your bench&#39;s word; you may reply."
    assert told not in delegate.get("/").text
    exchange = passed_over(door.house)
    for path in ("/", "/me"):
        page = delegate.get(path, lang="en").text
        assert f'{told} <a href="/entries?lang=en#replies">' in page
        assert all("#replies" not in other.get(path).text for other in others)
    assert 'id="replies"' in delegate.get("/entries").text
    said = {"token": delegate.form_token(), "paper": "agreement", "text": "We were never asked."}
    delegate.post(f"/entries/{exchange}/reply", **said)
    assert told not in delegate.get("/").text


@pytest.mark.parametrize(
    ("role", "party", "why"),
    [
        (Role.FOCAL_POINT, "PE", "why"),
        (Role.PARTNER, "partner-agency", "why"),
        (Role.BENCH_DELEGATE, "PE", "why_theirs"),
        (Role.SECRETARIAT, "", "why_all"),
    ],
)
def test_nobody_is_asked_for_what_another_answers_nor_taken_for_a_country(
    door: Door, role: Role, party: str, why: str
) -> None:
    said = as_(door, role, party).get("/entries?lang=en").text
    assert [word for word in ("why", "why_theirs", "why_all") if ENTRY_WORDS["en"][word] in said] == [why]
    assert "our country" not in said or role is Role.BENCH_DELEGATE


def test_the_page_has_every_language_and_no_script(door: Door) -> None:
    entered(door.house, "<script>alert(1)</script>")
    browser = as_(door, Role.FOCAL_POINT)
    for lang, words in ENTRY_WORDS.items():
        assert set(words) == set(ENTRY_WORDS["es"])
        page = browser.get("/entries", lang=lang).text
        assert words["title"] in page.replace("&#39;", "'")
        assert f'<html lang="{lang}">' in page
        assert "<script" not in page
        assert not re.search(r"<[^>]+\s(?:style|on\w+)=", page)
        assert len(page.encode()) < 20_000


def test_a_long_list_comes_in_pages(door: Door) -> None:
    exchange, _ = entered(door.house)
    for n in range(21):
        door.house.state(FOR_PERU, exchange, "activity_planned", title=f"Mission {n}", mode="virtual")
    browser = as_(door, Role.FOCAL_POINT)
    first = browser.get("/entries?lang=en")
    following = re.search(r'href="(/entries[^"]+)" rel="next"', first.text)
    assert following
    second = browser.get(following[1].replace("&amp;", "&"))
    assert [page.text.count("<article") for page in (first, second)] == [20, 2]


def test_a_bench_that_was_not_waited_for_replies_on_the_same_page(door: Door) -> None:
    exchange = passed_over(door.house)
    browser, others = as_(door, Role.BENCH_DELEGATE), as_(door, Role.FOCAL_POINT)
    page = browser.get("/entries?lang=en")
    assert page.text.count(f'action="/entries/{exchange}/reply?lang=en"') == 1
    seen = others.get("/entries?lang=en").text
    assert "This bench may reply: employers." in seen
    assert "/reply" not in seen
    assert all(f">{word}<" in page.text for word in ("Cooperation agreement", "Natural rubber"))
    path, said = f"/entries/{exchange}/reply?lang=en", {"token": token_on(page), "paper": "agreement"}
    assert browser.post(path, **said, text=" ").status_code == 422
    assert where(browser.post(path, **said, text="We were never asked.")) == (303, "/entries?lang=en&done=replied")
    assert f"/entries/{exchange}/reply" not in browser.get("/entries").text
    assert others.post(path, token=token_on(others.get("/me")), paper="agreement", text="x").status_code == 403


def test_a_delegate_reads_every_word_of_the_reply_in_their_language(door: Door) -> None:
    passed_over(door.house)
    page = as_(door, Role.BENCH_DELEGATE).get("/entries?lang=es").text
    assert "Delegado o delegada · PE · empleadores" in page
    assert "Acuerdo de cooperación" in page
    assert '<span class="specimen">' not in page
    assert "agreement" not in re.sub(r"<[^>]+>", " ", page)


def test_a_step_of_a_specimen_that_did_not_wait_says_that_it_is_one(door: Door) -> None:
    passed_over(door.house, origin="demonstration")
    assert as_(door, Role.BENCH_DELEGATE).get("/entries").text.count('<span class="specimen">') == 1


def test_a_page_shows_the_buttons_the_policy_allows_and_no_others(door: Door) -> None:
    exchange, seq = entered(door.house)
    for role, party in product(WITH_A_SESSION, ("PE", "CO")):
        actor = actor_of(door.house, role, party, "employers")
        browser = come_in_as(door.house, door.client, actor)
        theirs = of_parties("entry", ("PE",), party="PE")
        for path in ("/", "/me", "/entries"):
            page = browser.get(path)
            allowed = can(actor, "entry.list").allowed
            assert page.status_code == (403 if path == "/entries" and not allowed else 200)
            if page.status_code != 200:
                continue
            offered = offered_on(door.client.app, page.text)  # type: ignore[attr-defined]
            refused = [one for one in offered if not _allowed(actor, one.action, theirs)]
            assert refused == []
            assert ("/entries" in {one.path for one in offered}) is allowed
            assert "session.end" in {one.action for one in offered} or path != "/me"
            assert "/sign-out" in {one.path for one in offered}
            shown = {one.path for one in offered if one.action.startswith("entry.") and one.method == "POST"}
            known = actor.party != "CO" and path == "/entries"
            both = {f"/entries/{exchange}/{seq}/{word}" for word in ("confirm", "contest")}
            assert shown == (both if known and can(actor, "entry.confirm", theirs).allowed else set())


def _allowed(actor: Actor, action: str, entry: Resource) -> bool:
    about = ("entry.confirm", "entry.contest", "exchange.read")
    return can(actor, action, entry if action in about else HOUSE).allowed


def test_the_letter_waits_until_all_is_entered_and_tells_nothing_that_was_answered(door: Door) -> None:
    house = door.house
    invite(house, "Paula", Role.FOCAL_POINT, "PE")
    invite(house, "Bruno", Role.FOCAL_POINT, "BR")
    read_mail(house)
    exchange, seq = entered(house)
    house.state(FOR_PERU, exchange, "activity_planned", title="Second mission", mode="virtual")
    assert read_mail(house) == []
    house.clock.on(minutes=11)
    (letter,) = read_mail(house)
    assert (letter["To"], letter["Subject"][:9]) == ("paula@example.org", "2 entries")
    third = house.state(FOR_PERU, exchange, "activity_planned", title="Third", mode="virtual")
    for one in (seq, seq + 1, int(third["version"])):
        contest_entry(house.desk, Asking(Actor("paula", Role.FOCAL_POINT, "PE")), exchange, one, "no")
    house.clock.on(minutes=11)
    assert read_mail(house) == []


def test_what_is_made_up_is_told_to_nobody(door: Door) -> None:
    house = door.house
    invite(house, "Bruno", Role.FOCAL_POINT, "BR")
    read_mail(house)
    exchange = house.offered(origin="demonstration")
    for_brasil = replace(FOR_PERU, actor=replace(FOR_PERU.actor, on_behalf_of="BR"))
    house.state(for_brasil, exchange, "activity_planned", title="First mission", mode="virtual")
    house.clock.on(minutes=11)
    assert read_mail(house) == []
