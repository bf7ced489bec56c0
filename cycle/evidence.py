# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Evidence: files that show what was done. What is declared of each, who may read it, and which of its bytes are still kept.

Pictures, recordings and lists of attendance carry names and faces: they are restricted whatever else is said of them. No
child that could be recognised is in any of them.
"""

from collections.abc import Mapping
from typing import Any

from cycle.refusals import Refusal

CARRY_PERSONS = frozenset({"photograph", "attendance_list", "recording"})
CHILDREN = "children"
WITHOUT_CONSENT = "adults_without_consent"
KIND, REDACTED, ERASED = "evidence", "evidence_redacted", "evidence_erased"
"""The facts about a file: each follows from what is done with it."""


def unfit(people: str) -> Refusal | None:
    """Why a file cannot be kept, by who is said to appear in it."""
    if people == CHILDREN:
        return Refusal.because(
            "evidence.shows_children", "a copy in which no child can be recognised: no face, no name, no school"
        )
    if people == WITHOUT_CONSENT:
        return Refusal.because("evidence.consent_missing", "the consent of every adult who appears, or a redacted copy")
    return None


def access_of(shows: str, people: str, media_type: str, asked: str | None) -> str:
    """`open` or `restricted`: restricted where persons may appear, or where whoever brings it wants it so."""
    pictured = media_type.startswith(("image/", "audio/", "video/"))
    by_kind = shows in CARRY_PERSONS or pictured or people == "children_not_identifiable"
    return "restricted" if by_kind or asked == "restricted" else "open"


def held(status: str, body: Mapping[str, Any]) -> frozenset[str]:
    """The digests of the files that lie in the house for an item; what a decision erased is none of them."""
    if status == "erased":
        return frozenset()
    redacted = body.get("redacted_sha256")
    if redacted is None:
        return frozenset({body["sha256"]})
    return frozenset({redacted, body["sha256"]} if body["original"] == "kept" else {redacted})


def erased(status: str, body: Mapping[str, Any]) -> frozenset[str]:
    """The digests that stand in the ledger for an item and whose files a decision erased."""
    known = frozenset(body[name] for name in ("sha256", "redacted_sha256") if name in body)
    return known - held(status, body)


def served(body: Mapping[str, Any]) -> tuple[str, str]:
    """Digest and media type of what readers get: the redacted copy where there is one."""
    if "redacted_sha256" in body:
        return body["redacted_sha256"], body["redacted_media_type"]
    return body["sha256"], body["media_type"]
