# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Who is invited to sign, and what they answer: decided on the agreement alone."""

from typing import Any

from agreements import agreement as a
from agreements import decide, invitations
from agreements.rules import BEFORE_SIGNATORIES, Status
from cycle.refusals import Refusal
from tests.agreements.play import HASH, NOW, Play

UNTIL = "2026-04-01T12:00:00.000Z"


def cleared(*listed: str) -> Play:
    """A text in clearance, with signatories of these parties."""
    play = Play.drafted()
    play.take(decide.decide_step(play.standing, "open_negotiation", {}, NOW))
    play.take(decide.propose_text(play.standing, HASH, "first"))
    for party in listed:
        says = {"party": party, "name": "Bruno", "title": "Minister", "institution": "Ministry"}
        play.take(decide.list_signatory(play.standing, says))
    return play.take(decide.decide_step(play.standing, "send_for_clearance", {}, NOW))


def codes(decided: Any) -> list[str]:
    assert isinstance(decided, Refusal), decided
    return [reason.code for reason in decided.reasons]


def invited(play: Play, party: str = "BR") -> Any:
    return invitations.invite_signatory(play.standing, party, "i1", UNTIL)


def declined(play: Play, reason: str = "The clause on funds.", party: str = "BR") -> Any:
    return invitations.decline_signature(play.standing, party, "i1", reason, NOW)


def test_an_invitation_names_the_text_and_no_address() -> None:
    (happening,) = invited(cleared("BR"))
    assert (happening.type, happening.sealed) == (a.SIGNATORY_INVITED, ())
    assert happening.payload == {"party": "BR", "version": 1, "invitation": "i1", "expires_at": UNTIL}


def test_only_who_is_listed_is_invited() -> None:
    play = cleared("BR")
    assert codes(invited(play, "PE")) == ["agreement.signatory"]
    assert codes(invited(play, "CO")) == ["agreement.party_unknown"]


def test_nobody_is_invited_to_a_text_that_still_changes_or_is_signed() -> None:
    for status in Status:
        play = cleared("BR").hear(a.MOVED, to=status.value)
        if status in BEFORE_SIGNATORIES:
            assert not isinstance(invited(play), Refusal)
        else:
            assert codes(invited(play)) == codes(declined(play)) == ["agreement.not_before_signatories"]


def test_what_was_signed_is_neither_invited_to_nor_declined() -> None:
    play = cleared("BR", "PE").hear(a.MOVED, to="open_for_signature")
    play.hear(a.COUNTERPART_RECEIVED, party="BR", version=1, received_by="bruno", signed_on="2026-03-01")
    assert not isinstance(declined(play), Refusal)
    play.hear(a.COUNTERPART_CONFIRMED, party="BR", version=1)
    assert codes(invited(play)) == codes(declined(play)) == ["agreement.counterpart_confirmed"]


def test_a_signatory_declines_once_with_a_sealed_reason() -> None:
    play = cleared("BR", "PE")
    (happening,) = declined(play, " The clause on funds. ")
    assert happening.sealed == ("reason",)
    assert happening.payload["reason"] == "The clause on funds."
    play.take([happening])
    assert (play.standing.declined("BR"), play.standing.declined("PE")) == (True, False)
    assert codes(declined(play)) == ["agreement.declined_already"]


def test_declining_takes_a_reason_that_is_a_text() -> None:
    play = cleared("BR")
    assert codes(declined(play, "  ")) == ["agreement.reason"]
    for wrong in ("x" * 2001, "a\0b"):
        assert codes(declined(play, wrong)) == ["fact.field_invalid"]


def test_whoever_is_listed_instead_has_declined_nothing_and_neither_has_another_text() -> None:
    for after in ("another signatory", "another text"):
        play = cleared("BR")
        play.take(declined(play))
        if after == "another text":
            play.hear(a.TEXT_PROPOSED, version=2, text_hash=HASH, summary="second")
        else:
            play.hear(a.SIGNATORY_LISTED, party="BR", title="Minister", institution="Ministry", order=1)
        assert play.standing.declined("BR") is False
