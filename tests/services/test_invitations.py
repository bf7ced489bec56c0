# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Signatories invited by mail: who may invite, what a letter's key opens, and everything that ends it."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import select

from observatory.audit.verify import verify
from observatory.errors import NotFound as NotShown
from observatory.invited import see_invitations, see_invited, see_invited_text
from observatory.window import see_agreement
from people.actors import Role
from services import agreements
from services.asking import Answer, Asking
from services.beat import forget
from services.errors import NotFound, Refused, Stale
from services.government import change_government
from services.invitations import (
    LASTS_DAYS,
    FormOutdated,
    InvitationRefused,
    decline_signature,
    form_token,
    invite_signatory,
    revoke_invitation,
)
from services.papers import draw
from services.privacy.erasure import ask_erasure, decide_erasure
from services.privacy.own_data import data_of
from storage.tables import events, invitation_keys, invitations, outbox, persons
from tests.accounts import key_in, read_mail, words_of
from tests.cast import ALDO, ANA, BRUNO, CARLA, EMPLOYERS, PAULA
from tests.house import House
from tests.rostered import with_everybody

ADDRESS = "minister@trabalho.example"


def before_signatories(house: House, until: str = "open_for_signature") -> str:
    """An agreement of Brasil and Perú whose text is fixed and whose signatories are listed."""
    drafted = agreements.draft_agreement(
        house.desk, ANA, exchange=house.committed(), title="Natural rubber", register="non_binding"
    )
    agreement = str(drafted["agreement"])
    step(house, agreement, "open_negotiation")
    agreements.propose_text(house.desk, ANA, agreement, "first", {"object": "To share how rubber is traced."})
    for who, party in ((BRUNO, "BR"), (PAULA, "PE")):
        list_signatory(house, who, agreement, party)
    step(house, agreement, "send_for_clearance")
    if until != "clearance":
        step(house, agreement, "open_for_signature")
    return agreement


def step(house: House, agreement: str, name: str, **says: Any) -> None:
    agreements.take_step(house.desk, ANA, agreement, name, says)


def list_signatory(house: House, who: Asking, agreement: str, party: str) -> None:
    says = {"party": party, "name": "Marina Prado", "title": "Minister", "institution": "Ministry of Labour"}
    agreements.list_signatory(house.desk, who, agreement, says)


def invited(house: House, agreement: str, who: Asking = BRUNO, party: str = "BR", **more: Any) -> Answer:
    return invite_signatory(house.desk, who, agreement, party, **{"email": ADDRESS, "language": "pt", **more})


def key_of(house: House, agreement: str) -> str:
    """The key in the letter to who signs for Brasil."""
    invited(house, agreement)
    return key_in(read_mail(house)[-1])


def opens(house: House, key: str) -> bool:
    try:
        see_invited(house.desk, sha256(key.encode()).hexdigest())
    except NotShown:
        return False
    return True


def token_of(house: House, key: str) -> str:
    seen = see_invited(house.desk, sha256(key.encode()).hexdigest())
    return form_token(house.desk, seen.invitation, seen.standing)


def rows(house: House, table: Any) -> list[dict[str, Any]]:
    with house.desk.store.read() as connection:
        return [dict(row._mapping) for row in connection.execute(select(table))]


# --- Inviting ------------------------------------------------------------------------------------------------


def test_a_letter_goes_to_the_address_and_its_key_opens_one_agreement(house: House) -> None:
    agreement = before_signatories(house)
    invited(house, agreement)
    (letter,) = read_mail(house)
    assert (letter["To"], "AGR-2026-0001" in letter["Subject"]) == (ADDRESS, True)
    assert "Marina Prado" in words_of(letter)
    seen = see_invited(house.desk, sha256(key_in(letter).encode()).hexdigest())
    assert (seen.standing.agreement, seen.party) == (agreement, "BR")
    assert [side.title for side in seen.sides] == ["Minister", "Minister"]
    assert [one.title for one in seen.exchanges] == ["Natural rubber"]


def test_neither_address_nor_key_rests_where_it_need_not(house: House) -> None:
    agreement = before_signatories(house)
    key = key_of(house, agreement)
    assert [row["secret_hash"] for row in rows(house, invitation_keys)] == [sha256(key.encode()).hexdigest()]
    told = repr(rows(house, events)) + repr(rows(house, outbox))
    assert ADDRESS not in told
    assert key not in told + repr(rows(house, invitations))
    assert len(key) == 43


def test_the_key_is_made_when_the_letter_leaves(house: House) -> None:
    invited(house, before_signatories(house))
    assert rows(house, invitation_keys) == []
    read_mail(house)
    assert len(rows(house, invitation_keys)) == 1


def test_a_letter_whose_invitation_ended_before_it_left_is_owed_to_nobody(house: House) -> None:
    agreement = before_signatories(house)
    done = invited(house, agreement)
    revoke_invitation(house.desk, BRUNO, agreement, str(done["invitation"]))
    assert read_mail(house) == []
    assert rows(house, invitation_keys) == []


def test_an_officer_and_the_party_s_own_focal_point_invite_and_nobody_else(house: House) -> None:
    agreement = before_signatories(house)
    for who in (ANA, BRUNO):
        assert invited(house, agreement, who)["agreement"] == agreement
    for who, error, code in (
        (PAULA, Refused, "permission.another_party"),
        (EMPLOYERS, Refused, "permission.role"),
        (ALDO, Refused, "permission.reads_only"),
    ):
        with pytest.raises(error) as refused:
            invited(house, agreement, who)
        assert [reason["code"] for reason in refused.value.reasons] == [code]
    with pytest.raises(NotFound):
        invited(house, agreement, CARLA)
    assert len(rows(house, invitations)) == 2


def test_an_invitation_that_is_refused_leaves_nothing(house: House) -> None:
    agreement = before_signatories(house)
    for wrong in ({"email": "nobody"}, {"language": "xx"}, {"party": "CO", "who": ANA}):
        with pytest.raises(Refused):
            invited(house, agreement, **wrong)
    with pytest.raises(Stale):
        invited(house, agreement, Asking(BRUNO.actor, if_match=1))
    assert rows(house, invitations) == []
    assert read_mail(house) == []


def test_the_same_key_twice_invites_once(house: House) -> None:
    agreement = before_signatories(house)
    once = Asking(BRUNO.actor, key="letter-1")
    assert invited(house, agreement, once) == invited(house, agreement, once)
    assert (len(rows(house, invitations)), len(read_mail(house))) == (1, 1)


def test_the_invited_have_no_account(house: House) -> None:
    key_of(house, before_signatories(house))
    (person,) = [row for row in rows(house, persons) if row["name"] == "Marina Prado"]
    assert person["email"] is None


def test_a_party_sees_its_own_letters_and_an_officer_all(house: House) -> None:
    agreement = before_signatories(house)
    invited(house, agreement)
    invited(house, agreement, PAULA, "PE", email="ministra@trabajo.example")

    def seen(who: Asking) -> list[str]:
        return [line.party for line in see_invitations(house.desk, who.actor, agreement)]

    assert (seen(ANA), seen(BRUNO), seen(PAULA)) == (["BR", "PE"], ["BR"], ["PE"])
    for who in (ALDO, CARLA):
        with pytest.raises(NotShown):
            seen(who)


# --- What ends it --------------------------------------------------------------------------------------------


def _again(house: House, agreement: str) -> None:
    invited(house, agreement)


def _revoked(house: House, agreement: str) -> None:
    (line,) = see_invitations(house.desk, ANA.actor, agreement)
    revoke_invitation(house.desk, BRUNO, agreement, line.invitation)


def _replaced(house: House, agreement: str) -> None:
    list_signatory(house, BRUNO, agreement, "BR")


def _closed(house: House, agreement: str) -> None:
    step(house, agreement, "return_to_negotiation", reason="one clause")


def _signed(house: House, agreement: str) -> None:
    for party in ("BR", "PE"):
        for name, act in (("a", agreements.receive_counterpart), ("b", agreements.confirm_counterpart)):
            who = {"BR": BRUNO, "PE": PAULA}[party].actor
            officer = Asking(type(who)(f"{party}-{name}", Role.FOCAL_POINT, party))
            act(house.desk, officer, agreement, {"party": party, "signed_on": "2026-11-20"})


def _government(house: House, agreement: str) -> None:
    with_everybody(house)
    tried = change_government(house.desk, ANA, "BR", "2026-11-20", dry_run=True)
    done = change_government(house.desk, ANA, "BR", "2026-11-20")
    assert tried["invitations"] == done["invitations"] == 1


ENDS: dict[str, Callable[[House, str], None]] = {
    "again": _again,
    "revoked": _revoked,
    "replaced": _replaced,
    "closed": _closed,
    "government": _government,
}


@pytest.mark.parametrize("because", ENDS)
def test_what_ends_an_invitation_closes_its_letter_at_once(house: House, because: str) -> None:
    agreement = before_signatories(house)
    key = key_of(house, agreement)
    assert opens(house, key)
    ENDS[because](house, agreement)
    assert not opens(house, key)
    first = min(rows(house, invitations), key=lambda row: row["id"])
    assert first["ended_because"] == because


def test_complete_signatures_end_every_invitation(house: House) -> None:
    agreement = before_signatories(house)
    key = key_of(house, agreement)
    _signed(house, agreement)
    assert not opens(house, key)


def test_an_invitation_runs_out(house: House) -> None:
    key = key_of(house, before_signatories(house))
    house.clock.on(days=LASTS_DAYS, seconds=-1)
    assert opens(house, key)
    house.clock.on(seconds=1)
    assert not opens(house, key)


def test_another_party_s_change_leaves_a_letter_as_it_is(house: House) -> None:
    agreement = before_signatories(house, "clearance")
    key = key_of(house, agreement)
    list_signatory(house, PAULA, agreement, "PE")
    step(house, agreement, "open_for_signature")
    with_everybody(house)
    change_government(house.desk, ANA, "PE", "2026-11-20")
    assert opens(house, key)


def test_only_a_living_invitation_of_this_agreement_and_party_is_revoked(house: House) -> None:
    agreement, other = before_signatories(house), before_signatories(house)
    invitation = str(invited(house, agreement)["invitation"])
    for who, of, error in ((BRUNO, other, NotFound), (PAULA, agreement, Refused), (CARLA, agreement, NotFound)):
        with pytest.raises(error):
            revoke_invitation(house.desk, who, of, invitation)
    revoke_invitation(house.desk, BRUNO, agreement, invitation)
    with pytest.raises(NotFound):
        revoke_invitation(house.desk, BRUNO, agreement, invitation)


# --- What it opens, and no more ------------------------------------------------------------------------------


def test_a_key_opens_the_drawn_text_of_its_agreement_and_no_other(house: House) -> None:
    agreement, other = before_signatories(house), before_signatories(house)
    for one in (agreement, other):
        draw(house.desk, see_agreement(house.desk, ANA.actor, one).papers[-1].id)
    key = sha256(key_of(house, agreement).encode()).hexdigest()
    (text,) = see_invited(house.desk, key).texts
    assert text == see_agreement(house.desk, ANA.actor, agreement).papers[-1]
    assert see_invited_text(house.desk, key, text.id) == text
    foreign = see_agreement(house.desk, ANA.actor, other).papers
    assert foreign[-1].sha256
    for paper in (*(one.id for one in foreign), "", "x"):
        with pytest.raises(NotShown):
            see_invited_text(house.desk, key, paper)


# --- Declining -----------------------------------------------------------------------------------------------


def test_a_signatory_declines_and_the_parties_read_why(house: House) -> None:
    agreement = before_signatories(house)
    key = key_of(house, agreement)
    decline_signature(house.desk, key, token_of(house, key), "The clause on funds.")
    said = {"version": 1, "on": "2026-11-23", "reason": "The clause on funds."}
    for who in (ANA, BRUNO, PAULA):
        assert see_agreement(house.desk, who.actor, agreement).declined == {"BR": said}
    assert "The clause on funds." not in repr(rows(house, events))
    (told,) = [row for row in rows(house, events) if row["type"] == "SignatureDeclined"]
    assert told["actor"] == rows(house, invitations)[0]["person"]
    assert see_invited(house.desk, sha256(key.encode()).hexdigest()).can_decline is False


def test_the_audit_finds_every_row_explained(house: House) -> None:
    agreement = before_signatories(house)
    key = key_of(house, agreement)
    decline_signature(house.desk, key, token_of(house, key), "The clause on funds.")
    _revoked(house, agreement)
    with house.desk.store.read() as connection:
        assert list(verify(connection, house.desk.papers)) == []


def test_a_word_is_taken_once_and_only_for_the_text_that_was_shown(house: House) -> None:
    agreement = before_signatories(house)
    key = key_of(house, agreement)
    token = token_of(house, key)
    with pytest.raises(FormOutdated):
        decline_signature(house.desk, key, "0" * 64, "why")
    with pytest.raises(InvitationRefused):
        decline_signature(house.desk, "another", token, "why")
    with pytest.raises(Refused):
        decline_signature(house.desk, key, token, " ")
    decline_signature(house.desk, key, token, "why")
    with pytest.raises(Refused):
        decline_signature(house.desk, key, token, "why")
    assert [row["type"] for row in rows(house, events)].count("SignatureDeclined") == 1
    _closed(house, agreement)
    with pytest.raises(InvitationRefused):
        decline_signature(house.desk, key, token, "why")


# --- What is kept --------------------------------------------------------------------------------------------


def test_an_invitation_is_forgotten_thirty_days_after_its_end(house: House) -> None:
    agreement = before_signatories(house)
    key_of(house, agreement)
    _revoked(house, agreement)
    house.clock.on(days=29)
    forget(house.desk)
    assert len(rows(house, invitations)) == 1
    house.clock.on(days=2)
    forget(house.desk)
    assert rows(house, invitations) == rows(house, invitation_keys) == []


def test_the_invited_see_what_is_kept_of_them_and_it_can_be_erased(house: House) -> None:
    agreement = before_signatories(house)
    key = key_of(house, agreement)
    person = rows(house, invitations)[0]["person"]
    told = data_of(house.desk, ANA.actor, person)
    assert [row["email"] for row in told["rows"]["invitations"]] == [ADDRESS]
    asked = ask_erasure(house.desk, ANA, person, "at their own request")
    second = Asking(type(ANA.actor)("another officer", Role.SECRETARIAT))
    decide_erasure(house.desk, second, str(asked["erasure"]))
    assert rows(house, invitations) == rows(house, invitation_keys) == []
    assert "Marina" not in repr(rows(house, persons))
    assert not opens(house, key)
