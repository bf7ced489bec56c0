# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.canonical import canonical_text
from ledger.event import GENESIS, Draft, Tip
from ledger.findings import Damage
from ledger.identifiers import seeded
from ledger.sealing import SALT_BYTES, SealedRow, opens, seal, seal_drafts, seal_fields, verify_sealed
from tests.ledger.streams import STREAM, told

WORDS = st.text(st.characters(exclude_categories=["Cs"]))
SALTS = st.binary(min_size=SALT_BYTES, max_size=SALT_BYTES)


@given(WORDS, SALTS)
def test_a_digest_opens_with_its_value_and_salt(value: str, salt: bytes) -> None:
    assert opens(seal(value, salt), value, salt)


@given(WORDS, WORDS, SALTS, SALTS)
def test_a_digest_opens_with_nothing_else(one: str, two: str, salt: bytes, other: bytes) -> None:
    if salt != other:
        assert not opens(seal(one, salt), one, other)
    if canonical_text(one) != canonical_text(two):
        assert not opens(seal(one, salt), two, salt)


def test_a_digest_is_the_sha_256_of_salt_and_text() -> None:
    digest = seal("Bruno", b"\0" * 16)
    assert digest == "3708c2935f71085d130fe76b9ff133a29eddf4e77129987786bc626f2c4af4fe"


def test_named_fields_leave_only_their_digest_in_the_payload() -> None:
    payload, taken = seal_fields(
        {"party": "BR", "name": "Bruno", "mail": None}, ["name", "mail", "absent"], seeded("x")
    )
    (sealed,) = taken
    assert (sealed.field, sealed.value, len(sealed.salt)) == ("name", "Bruno", SALT_BYTES)
    assert payload == {
        "party": "BR",
        "name": {"sealed": seal("Bruno", sealed.salt)},
        "mail": None,
    }


def test_drafts_are_sealed_with_rows_that_name_the_event_they_will_be() -> None:
    plain = Draft("Said", {"party": "BR"})
    personal = Draft("ContactNamed", {"party": "BR"}, v=2, sealed={"name": "Bruno", "mail": "b@x"})
    (first, second), rows = seal_drafts("exchange/1", Tip(4, "a" * 64), [plain, personal])
    assert first == plain
    assert (second.type, second.v, dict(second.sealed)) == ("ContactNamed", 2, {})
    assert [(row.stream, row.seq, row.field, row.value) for row in rows] == [
        ("exchange/1", 6, "mail", "b@x"),
        ("exchange/1", 6, "name", "Bruno"),
    ]
    assert all(opens(second.payload[row.field]["sealed"], row.value, row.salt) for row in rows)
    assert "Bruno" not in canonical_text(second.payload)


def test_the_same_value_twice_has_two_digests() -> None:
    twice = [Draft("ContactNamed", {}, sealed={"name": "Bruno"})] * 2
    (first, second), _ = seal_drafts("exchange/1", GENESIS, twice)
    assert first.payload["name"] != second.payload["name"]


def test_a_stored_value_opens_its_digest_and_an_erased_one_is_no_fault() -> None:
    drafts, rows = seal_drafts(STREAM, GENESIS, [Draft("ContactNamed", {}, sealed={"name": "Bruno"})])
    (event,) = told(drafts)
    assert not list(verify_sealed(event, rows))
    assert not list(verify_sealed(event, ()))


@pytest.mark.parametrize("change", [{"value": "Aldo"}, {"salt": b"\0" * SALT_BYTES}, {"field": "mail"}], ids=repr)
def test_a_stored_value_that_was_exchanged_is_found(change: dict[str, str | bytes]) -> None:
    drafts, rows = seal_drafts(STREAM, GENESIS, [Draft("ContactNamed", {}, sealed={"name": "Bruno"})])
    (event,) = told(drafts)
    exchanged = SealedRow(**{**asdict(rows[0]), **change})
    (finding,) = verify_sealed(event, [exchanged])
    assert (finding.code, finding.seq) == (Damage.SEALED_VALUE_DIFFERS, 1)
