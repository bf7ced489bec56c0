# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""How much room names take: those of ministries are long, and none may run into what stands below it."""

from dataclasses import dataclass
from math import ceil

from documents.facts import AgreementFacts, Signatory, Text


@dataclass(frozen=True, kw_only=True)
class Setting:
    """A way to set a cover: what stands on it before any name, and what each line adds, in millimetres."""

    name: str
    empty: float
    notice: float
    subject_line: float
    subject_width: int
    party: float
    party_line: float
    party_width: int


ABOVE_THE_BOX = 203
ROOMY = Setting(
    name="roomy", empty=106, notice=11, subject_line=8.6, subject_width=42, party=4.8, party_line=5.7, party_width=72
)
CLOSE = Setting(
    name="close", empty=74, notice=10, subject_line=7, subject_width=50, party=3.2, party_line=4.9, party_width=84
)
SHORT_NAME = 24.0
FOR_LINE, FOR_WIDTH = 4.1, 44
NAME_LINE, SIGNING_WIDTH = 5.0, 33
OVERFULL = "close overfull"


def cover_setting(facts: AgreementFacts, languages: tuple[str, ...], *, notices: int) -> str:
    """`roomy`, `close` with smaller letters, or `close overfull`: the box then follows the names, be it overleaf."""
    fitting = (each.name for each in (ROOMY, CLOSE) if _height(each, facts, languages, notices) <= ABOVE_THE_BOX)
    return next(fitting, OVERFULL)


def room_over_signatures(facts: AgreementFacts, languages: tuple[str, ...]) -> tuple[str, ...]:
    """For each place to sign, so much room for names that the two who sign side by side write on one line."""
    heights = [_name_height(signatory, languages) for signatory in facts.signatories]
    rows = [max(SHORT_NAME, *heights[first : first + 2]) for first in range(0, len(heights), 2)]
    return tuple(f"{rows[place // 2]:.1f}mm" for place in range(len(heights)))


def _name_height(signatory: Signatory, languages: tuple[str, ...]) -> float:
    party = " · ".join({signatory.in_a_sentence.in_language(language) for language in languages})
    names = _lines(signatory.institution, languages, SIGNING_WIDTH)
    return FOR_LINE * ceil(len(party) / FOR_WIDTH) + NAME_LINE * names


def _height(setting: Setting, facts: AgreementFacts, languages: tuple[str, ...], notices: int) -> float:
    subject = _lines(facts.subject, languages, setting.subject_width)
    parties = [_lines(party.institution, languages, setting.party_width) + 1 for party in facts.parties]
    facilitator = facts.facilitator and _lines(facts.facilitator.institution, languages, setting.party_width)
    return (
        setting.empty
        + setting.notice * notices
        + setting.subject_line * subject
        + setting.party * len(parties)
        + setting.party_line * (sum(parties) + (facilitator or 0))
    )


def _lines(text: Text, languages: tuple[str, ...], width: int) -> int:
    """Lines when every language begins its own; the same words are said once."""
    return sum(ceil(len(words) / width) for words in {text.in_language(language) for language in languages})
