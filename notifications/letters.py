# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Letters: what is told to whom, each event a folder of templates, each language a subject, a text and a page.

A template gets one typed value, `letter`; it computes nothing, and a missing fact stops it.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

TEMPLATES = Path(__file__).parent / "templates"
LANGUAGES = ("es", "en", "pt", "fr")
FRENCH_SPACES = re.compile(r" (?=[:;!?»])|(?<=«) ")

_jinja = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


@dataclass(frozen=True, slots=True)
class SignInLink:
    """`sign_in_link`: a link that lets its reader in once."""

    name: str
    link: str
    minutes: int


@dataclass(frozen=True, slots=True)
class AccountChanged:
    """`account_changed`: somebody changed how the reader signs in. `what` is a code the template knows."""

    name: str
    what: str
    at: str
    address: str


@dataclass(frozen=True, slots=True)
class GlassBroken:
    """`glass_broken`: the operator let an officer in from the server; the other officers are told."""

    name: str
    whose: str
    at: str


@dataclass(frozen=True, slots=True)
class Entered:
    """`entered_in_your_name`: officers told something in a country's name, and so many entries wait for its word."""

    name: str
    waiting: int
    link: str


@dataclass(frozen=True, slots=True)
class RosterNews:
    """One change of who acts for a party. `what`, `role`: codes the template knows; `bench`: in words."""

    what: str
    whose: str
    role: str
    bench: str | None


@dataclass(frozen=True, slots=True)
class RosterChanged:
    """`roster_changed`: somebody lost a role or a voice, or got a role with the secretariat as second person.

    by: the name of who did it, None where none is kept; acting: the code of the role they acted in
    """

    name: str
    party: str
    news: tuple[RosterNews, ...]
    by: str | None
    acting: str
    at: str
    address: str


@dataclass(frozen=True, slots=True)
class InvitedToSign:
    """`invited_to_sign`: a text lies before the reader, who signs for a party and needs no account to read it."""

    name: str
    title: str
    reference: str
    link: str
    until: str


Letter = SignInLink | AccountChanged | GlassBroken | Entered | RosterChanged | InvitedToSign
FOLDERS: dict[type[Letter], str] = {
    SignInLink: "sign_in_link",
    AccountChanged: "account_changed",
    GlassBroken: "glass_broken",
    Entered: "entered_in_your_name",
    RosterChanged: "roster_changed",
    InvitedToSign: "invited_to_sign",
}


@dataclass(frozen=True, slots=True)
class Written:
    """A letter in words."""

    subject: str
    text: str
    html: str


def write_letter(letter: Letter, language: str) -> Written:
    """The letter in a language; in Spanish where that language has no templates."""
    folder = f"{FOLDERS[type(letter)]}/{language if language in LANGUAGES else LANGUAGES[0]}"
    subject, text, html = (
        _jinja.get_template(f"{folder}/{name}").render(letter=letter)
        for name in ("subject.txt", "body.txt", "body.html")
    )
    return Written(*(_unbroken(said, language) for said in (" ".join(subject.split()), text, html)))


def _unbroken(said: str, language: str) -> str:
    """No line of French begins with a mark that a space precedes, or ends with one that a space follows."""
    return FRENCH_SPACES.sub("\u00a0", said) if language == "fr" else said
