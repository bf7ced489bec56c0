# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The kinds of paper: the class of their facts, the languages they are written in, how many fit side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from documents.facts import AgreementFacts, GoodPracticeFacts, RoadmapFacts
from documents.refusals import PaperNotDrawn

Facts = AgreementFacts | RoadmapFacts | GoodPracticeFacts


@dataclass(frozen=True, kw_only=True)
class PaperKind:
    """One kind of paper; `languages` have a whole text in `templates/<name>/`."""

    name: str
    facts: type[Facts]
    languages: tuple[str, ...]
    columns: int = 1


KINDS: Mapping[str, PaperKind] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            PaperKind(
                name="agreement",
                facts=AgreementFacts,
                languages=("es", "pt", "en"),
                columns=2,
            ),
            PaperKind(name="roadmap", facts=RoadmapFacts, languages=("es", "pt", "en", "fr")),
            PaperKind(
                name="good_practice",
                facts=GoodPracticeFacts,
                languages=("en", "es", "pt", "fr"),
            ),
        )
    }
)


def kind_named(name: str) -> PaperKind:
    """Raises PaperNotDrawn (paper.unknown_kind)."""
    if name not in KINDS:
        raise PaperNotDrawn("paper.unknown_kind", f"{name!r} is none of {', '.join(KINDS)}.")
    return KINDS[name]


def kind_of(facts: Facts) -> PaperKind:
    return next(kind for kind in KINDS.values() if isinstance(facts, kind.facts))


def check_languages(kind: PaperKind, languages: tuple[str, ...]) -> None:
    """Raises PaperNotDrawn when the paper has no such text, or cannot set so many side by side."""
    unknown = [language for language in languages if language not in kind.languages]
    if unknown or not languages:
        asked = ", ".join(unknown) or "none"
        known = ", ".join(kind.languages)
        raise PaperNotDrawn("paper.unknown_language", f"{kind.name} is written in {known}; asked: {asked}.")
    if len(languages) > kind.columns or len(set(languages)) < len(languages):
        raise PaperNotDrawn(
            "paper.too_many_languages",
            f"{kind.name} sets at most {kind.columns} side by side; asked: {', '.join(languages)}.",
        )
