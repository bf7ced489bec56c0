# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Every page in a real browser, as its readers use it: no report against the content policy, nothing on the console.

Chromium presses the buttons that people press: it looks around as each of the cast in four languages, confirms and contests an
entry, declines to sign, signs in as an officer with a second factor, and goes out. Each page is looked at on a desk and on a
telephone, where nothing may stand wider than the screen and no table be cut off. At the end it is told to break the policy, and
must say so: else it heard nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pyotp
from playwright.sync_api import Page

from benchmarks.chromium import DESKTOP, PHONE, NoBrowser, Tab, a_tab
from benchmarks.door import served
from benchmarks.ground import ANA, PAULA, Ground, desk_on, open_agreement, ready_exchange
from cycle.entries import Came
from observatory.window import see_agreement
from people.actors import OPERATOR
from services import demonstration
from services.asking import Asking
from services.desk import Desk
from services.exchanges import state_fact
from services.invitations import PATH, invite_signatory, new_key
from services.papers import draw
from services.rosters.roles import bootstrap
from services.sign_in.looking_around import CAST
from services.sign_in.on_the_server import set_password

LANGUAGES = ("es", "en", "pt", "fr")
FOR_ANYBODY = ("/", "/?as_of=2020-01-01", "/?as_of=soon", "/sign-in", "/sign-in/asked", "/sign-in/link?key=none")
MISTAKES = ("/nowhere", "/problems/not_found")
FOR_ONE = ("/", "/me", "/entries", "/entries?answered=true")
EMAIL, PASSWORD = "ana@minga.example", "nine mules cross the bridge"
OUT_OF_SIGHT = "[...document.querySelectorAll('.scroll')].some(box => box.scrollWidth > box.clientWidth)"
BREAKING = "document.body.insertAdjacentHTML('beforeend', '<p style=\"color:red\">x</p>')"
FROM_BRASIL = replace(ANA, actor=replace(ANA.actor, on_behalf_of="BR"), came=Came("mail", "2026-01-15"))


@dataclass
class Walk:
    """A browser on its way through a house, and what was wrong where. `looked`: how many pages it looked at."""

    tab: Tab
    house: str
    wrong: list[str] = field(default_factory=list)
    looked: int = 0

    @property
    def page(self) -> Page:
        return self.tab.page

    def open(self, path: str, lang: str) -> None:
        self.page.goto(f"{self.house}{path}{'&' if '?' in path else '?'}lang={lang}")
        self.look(f"{path} in {lang}", missing=path in MISTAKES or path.endswith(("soon", "none")))

    def look(self, name: str, *, missing: bool = False) -> None:
        """What the browser says of the page it shows. `missing`: its status is one that a browser logs as an error."""
        for size in (PHONE, DESKTOP):
            self.page.set_viewport_size(size)
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            self.wrong += [f"{name}: {wide} wide on a screen of {size['width']}"] if wide > size["width"] else []
            cut = self.page.evaluate(OUT_OF_SIGHT)
            self.wrong += [f"{name}: a table is cut off on a screen of {size['width']}"] if cut else []
            self.looked += 1
        own = self.page.url
        told = [line for line in self.tab.complained() if not (missing and line.endswith(own))]
        self.wrong += [f"{name}: {line}" for line in told]


def run(ground: Ground, rounds: int) -> list[str]:
    """What is wrong on the pages; and if the browser is deaf, that it is."""
    settings = ground.fresh("pages")
    with desk_on(settings) as desk, served(settings) as port:
        exchange = _furnish(desk)
        try:
            with a_tab() as tab:
                walk = Walk(tab, f"http://127.0.0.1:{port}")
                for _ in range(rounds):
                    _anybody(walk)
                    _the_cast(walk)
                _answer(walk)
                _signatory(walk, desk, exchange)
                _officer(walk, desk)
                walk.wrong += _deaf(walk)
        except NoBrowser as error:
            return [str(error)]
    print(f"{ground.name:11} pages: {walk.looked} looks at pages, {len(walk.wrong)} complaints", flush=True)
    return walk.wrong


def _furnish(desk: Desk) -> str:
    demonstration.ensure(desk)
    exchange = ready_exchange(desk)
    state_fact(desk, FROM_BRASIL, exchange, "activity_planned", {"title": "First mission", "mode": "virtual"})
    return exchange


def _anybody(walk: Walk) -> None:
    for lang in LANGUAGES:
        for path in (*FOR_ANYBODY, *MISTAKES, "/me", "/entries"):
            walk.open(path, lang)


def _the_cast(walk: Walk) -> None:
    for who, lang in zip(CAST, LANGUAGES, strict=True):
        _look_around(walk, who)
        for path in (*FOR_ONE, *MISTAKES):
            walk.open(path, lang)
        walk.open("/", lang)
        walk.page.click("a.what >> nth=0")
        walk.look(f"an exchange as {who}")
        walk.page.click(".out button")
        walk.look(f"the way out of {who}")


def _look_around(walk: Walk, who: str) -> None:
    walk.open("/sign-in", "en")
    walk.page.click(f"button[name=who][value={who}]")
    walk.look(f"the board as {who}")


def _answer(walk: Walk) -> None:
    """Bruno contests one entry, without saying why and then with a reason, and confirms the other."""
    _look_around(walk, "bruno")
    walk.open("/entries", "pt")
    walk.page.click("details summary")
    walk.look("the box for a reason")
    walk.page.fill("textarea[name=reason]", "Em maio, não em março.")
    walk.page.click("form[action*=contest] button")
    walk.look("contested")
    walk.page.click("form[action*=confirm] button")
    walk.look("confirmed")
    if walk.page.locator("article").count():
        walk.wrong.append("an entry that was answered still waits")
    walk.page.click(".out button")


def _signatory(walk: Walk, desk: Desk, exchange: str) -> None:
    """Who is to sign for Perú, and has no account, finds the text by the key of a letter, and declines."""
    agreement = open_agreement(desk, exchange)
    invited = invite_signatory(desk, PAULA, agreement, "PE", EMAIL, "es")
    address = desk.store.write(lambda connection: new_key(desk, connection, str(invited["invitation"]), "es"))
    key = parse_qs(urlsplit(address).query)["key"][0]
    for paper in see_agreement(desk, ANA.actor, agreement).papers:
        draw(desk, paper.id)
    for lang in LANGUAGES:
        walk.open(f"{PATH}?key={key}", lang)
    if not walk.page.locator(f"a[href*='{PATH}/text']").count():
        walk.wrong.append("the text to sign is not there to be taken along")
    walk.page.click("details summary")
    walk.look("the box for a reason not to sign")
    walk.page.fill("textarea[name=reason]", "La cláusula tercera.")
    walk.page.click("form[action*=decline] button")
    walk.look("declined")


def _officer(walk: Walk, desk: Desk) -> None:
    """Ana, who is real: by password, past the second factor to the page she came for, to her recovery codes, and again."""
    bootstrap(desk, Asking(OPERATOR), name="Ana", email=EMAIL, language="es")
    set_password(desk, EMAIL, PASSWORD)
    _enter(walk)
    secret = re.sub(r"\s", "", walk.page.inner_text(".key"))
    walk.look("setting up a second factor")
    walk.page.fill("#code", pyotp.TOTP(secret).at(_now()))
    walk.page.click("form.tall button")
    walk.look("recovery codes")
    recovery = walk.page.inner_text(".codes code >> nth=0")
    for path in FOR_ONE:
        walk.open(path, "es")
    walk.page.click(".out button")
    _enter(walk)
    walk.look("the second factor")
    walk.page.fill("#code", recovery)
    walk.page.click("form.tall button")
    walk.look("the page one came for")
    if urlsplit(walk.page.url).path != "/entries":
        walk.wrong.append("the page one came for is not the one one is led to")


def _enter(walk: Walk) -> None:
    walk.open("/entries", "es")
    walk.page.fill("#address", EMAIL)
    walk.page.fill("#password", PASSWORD)
    walk.page.click("form.tall button:not([formaction])")


def _now() -> int:
    return int(datetime.now(UTC).timestamp())


def _deaf(walk: Walk) -> Iterator[str]:
    """A style in the page is against the policy: a browser that says nothing of it would have said nothing of ours."""
    walk.page.evaluate(BREAKING)
    if not any("Content Security Policy" in line or "ContentSecurityPolicy" in line for line in walk.tab.complained()):
        yield "the browser does not tell when the policy is broken"
