# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Who a sheet means: a country's name, code or the register's own word becomes a party.

Member countries keep their code; any other country is an outside partner (`outside-CN`).
"""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cycle.checking import party_code, party_kind, stranger
from cycle.countries import iso_3166
from cycle.programme import Programme
from services.importing.faults import Fault, ProfileRefused
from services.importing.profiles import Profile

OUTSIDE = "outside-"


@dataclass(frozen=True, slots=True)
class Named:
    """A party as a row names it. `wrong_code`: the code that stood beside the name and means another, or nothing."""

    party: str
    kind: str
    wrong_code: str | None = None


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Every word for a party that a profile, a programme or ISO 3166 knows."""

    words: Mapping[str, str]
    members: frozenset[str]

    @classmethod
    def of(cls, profile: Profile, programme: Programme) -> "Gazetteer":
        """Nearest first: the profile's own words, then the programme's names, then ISO 3166's. Raises ProfileRefused."""
        if mistakes := tuple(_mistakes(profile, programme)):
            raise ProfileRefused(profile.name, mistakes)
        words = {_plain(name): code for code, name in iso_3166().items()} | {code.lower(): code for code in iso_3166()}
        for code, country in programme.countries.items():
            words |= {_plain(name): code for name in (code, *country["names"].values())}
        words |= {_plain(word): code for word, code in profile.parties.items()}
        return cls(words, frozenset(programme.countries))

    def find(self, name: str, code: str = "") -> Named | None:
        """The party a name means. The code beside it is only checked: registers mistype codes more often than names.

        It stands for a name that is not given, never for one that nobody knows.
        """
        coded = self.words.get(_plain(code))
        found = self.words.get(_plain(name)) if name.strip() else coded
        if found is None:
            return None
        return Named(*self._party(found), wrong_code=code if code and coded != found else None)

    def _party(self, code: str) -> tuple[str, str]:
        if code in self.members:
            return code, "country"
        is_country = len(code) == 2 and code.isupper()
        return party_code(OUTSIDE + code if is_country else code), "partner"


def _mistakes(profile: Profile, programme: Programme) -> Iterator[Fault]:
    """The words of a profile that mean no country and no partner."""
    for word, code in profile.parties.items():
        try:
            known = code in iso_3166() or party_kind(programme, party_code(code)) is not None
            wrong = None if known else stranger(programme, code).need
        except ValueError as error:
            wrong = str(error)
        if wrong:
            yield Fault("profile.malformed", f"parties.{word}: {wrong}")


def _plain(word: str) -> str:
    """A word without accents, capitals and surplus blanks, for comparing."""
    parts = unicodedata.normalize("NFKD", word.strip().casefold())
    return " ".join("".join(c for c in parts if not unicodedata.combining(c)).split())
