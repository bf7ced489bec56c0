# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Evidence: what may be brought, who reads it, and how a decision takes it away again."""

import os
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from observatory.audit import take_stock
from services import evidence as service
from services.asking import Answer, Asking
from services.errors import NotFound, Refused
from services.evidence import Declaration, EvidenceGone
from services.evidence_files import path_of
from services.privacy import retention
from storage.evidence import readings_of
from storage.tables import events, facts, sealed
from tests.cast import ALDO, ANA, BRUNO, CARLA, EMPLOYERS, PAULA
from tests.house import House

NOTES = b"minutes of the visit, without a name"
DIGEST = sha256(NOTES).hexdigest()
LETTER = Declaration("document", "nobody")


def add(house: House, exchange: str, who: Asking = BRUNO, said: Declaration = LETTER, content: bytes = NOTES) -> Answer:
    return service.add_evidence(house.desk, who, exchange, BytesIO(content), "visit of Bruno.txt", said)


def clean(house: House) -> bool:
    return take_stock(house.desk.store, house.desk.papers).is_clean


def kept(house: House) -> list[str]:
    return sorted(path.name for path in house.desk.evidence.rglob("*") if path.is_file())


def test_the_ledger_holds_the_digest_of_what_was_brought(house: House) -> None:
    exchange = house.matched()
    done = add(house, exchange)
    assert (done["item"], done["sha256"], done["access"]) == ("evidence-1", DIGEST, "open")
    assert path_of(house.desk.evidence, DIGEST).read_bytes() == NOTES
    with house.desk.store.read() as connection:
        payload = connection.scalar(select(events.c.payload).where(events.c.type == "EvidenceAttached"))
    assert payload is not None
    assert DIGEST in payload
    assert "Bruno" not in payload
    found = service.open_evidence(house.desk, PAULA.actor, exchange, "evidence-1")
    assert (found.path.read_bytes(), found.name, found.media_type) == (
        NOTES,
        "visit of Bruno.txt",
        "text/plain; charset=utf-8",
    )
    assert clean(house)


@pytest.mark.parametrize(
    ("people", "code"),
    [("children", "evidence.shows_children"), ("adults_without_consent", "evidence.consent_missing")],
)
def test_neither_children_nor_adults_who_did_not_consent_are_kept(house: House, people: str, code: str) -> None:
    exchange = house.matched()
    with pytest.raises(Refused) as error:
        add(house, exchange, said=Declaration("document", people))
    assert error.value.code == code
    assert kept(house) == []


@pytest.mark.parametrize(
    "said",
    [
        Declaration("photograph", "nobody"),
        Declaration("attendance_list", "adults_with_consent"),
        Declaration("recording", "adults_with_consent"),
        Declaration("document", "children_not_identifiable"),
        Declaration("document", "nobody", access="restricted"),
        Declaration("attendance_list", "adults_with_consent", access="open"),
    ],
)
def test_what_carries_persons_is_restricted_whatever_is_said(house: House, said: Declaration) -> None:
    exchange = house.matched()
    assert add(house, exchange, said=said)["access"] == "restricted"


def test_restricted_evidence_is_read_by_focal_points_and_officers_and_each_reading_is_written_down(
    house: House,
) -> None:
    exchange = house.matched()
    add(house, exchange, said=Declaration("attendance_list", "adults_with_consent"))
    for who in (PAULA, ANA):
        service.open_evidence(house.desk, who.actor, exchange, "evidence-1")
    for who in (ALDO, EMPLOYERS):
        with pytest.raises((Refused, NotFound)):
            service.open_evidence(house.desk, who.actor, exchange, "evidence-1")
    with pytest.raises(NotFound):
        service.open_evidence(house.desk, CARLA.actor, exchange, "evidence-1")
    with house.desk.store.read() as connection:
        read = readings_of(connection, exchange, "evidence-1")
    assert [(one["person"], one["role"], one["party"]) for one in read] == [
        ("paula", "focal_point", "PE"),
        ("ana", "secretariat", None),
    ]


def test_open_evidence_is_read_by_whoever_knows_of_the_exchange_and_by_nobody_else(house: House) -> None:
    exchange = house.matched()
    add(house, exchange)
    for who in (PAULA, ANA, ALDO, EMPLOYERS):
        assert service.open_evidence(house.desk, who.actor, exchange, "evidence-1").sha256 == DIGEST
    with pytest.raises(NotFound):
        service.open_evidence(house.desk, CARLA.actor, exchange, "evidence-1")
    with house.desk.store.read() as connection:
        assert readings_of(connection, exchange, "evidence-1") == ()


def test_a_file_one_may_not_know_of_is_told_as_one_that_is_not_there(house: House) -> None:
    exchange = house.offered()
    add(house, exchange)
    told = []
    for item in ("evidence-1", "evidence-9"):
        with pytest.raises(NotFound) as error:
            service.open_evidence(house.desk, CARLA.actor, exchange, item)
        told.append((str(error.value).replace(item, "…"), sorted(error.value.facts)))
    assert told[0] == told[1]


@pytest.mark.parametrize("who", [CARLA, ALDO, EMPLOYERS])
def test_a_file_of_somebody_who_may_not_bring_it_is_not_even_kept(house: House, who: Asking) -> None:
    exchange = house.matched()
    with pytest.raises((Refused, NotFound)):
        add(house, exchange, who)
    assert kept(house) == []


def test_a_file_that_is_not_what_its_name_says_is_refused_and_leaves_nothing(house: House) -> None:
    exchange = house.matched()
    with pytest.raises(Refused) as error:
        service.add_evidence(house.desk, BRUNO, exchange, BytesIO(b"%PDF-1.7 no text"), "notes.txt", LETTER)
    assert error.value.code.startswith("upload.")
    assert kept(house) == []


def test_the_facts_about_files_are_said_with_the_file_only(house: House) -> None:
    exchange = house.matched()
    for kind in ("evidence", "evidence_redacted", "evidence_erased"):
        with pytest.raises(Refused) as error:
            house.state(ANA, exchange, kind, sha256="0" * 64)
        assert error.value.code == "fact.said_with_its_file"


def test_evidence_is_of_something_that_was_said(house: House) -> None:
    exchange = house.matched()
    with pytest.raises(Refused) as error:
        add(house, exchange, said=Declaration("document", "nobody", of_item="activity-9"))
    assert error.value.code == "evidence.item_unknown"


def redact(house: House, exchange: str, original: str, who: Asking = ANA) -> Answer:
    copy = BytesIO(b"minutes, and a name taken out")
    said: dict[str, Any] = {"original": original, "reason": "a name stood in it"}
    return service.redact_evidence(house.desk, who, exchange, "evidence-1", copy, "copy.txt", **said)


@pytest.mark.parametrize("original", ["kept", "erased"])
def test_a_redacted_copy_is_what_readers_get_and_the_first_digest_stays(house: House, original: str) -> None:
    exchange = house.matched()
    add(house, exchange)
    copy = redact(house, exchange, original)["sha256"]
    found = service.open_evidence(house.desk, PAULA.actor, exchange, "evidence-1")
    assert (found.path.read_bytes(), found.name) == (b"minutes, and a name taken out", "evidence-1")
    assert kept(house) == sorted([copy, *([DIGEST] if original == "kept" else [])])
    with house.desk.store.read() as connection:
        assert DIGEST in str(connection.scalar(select(facts.c.body).where(facts.c.item == "evidence-1")))
    assert clean(house)


def test_only_officers_decide_a_redaction(house: House) -> None:
    exchange = house.matched()
    add(house, exchange)
    with pytest.raises(Refused):
        redact(house, exchange, "kept", BRUNO)
    assert kept(house) == [DIGEST]


def test_erased_by_decision_is_told_apart_from_missing(house: House) -> None:
    exchange = house.matched()
    add(house, exchange)
    service.erase_evidence(house.desk, ANA, exchange, "evidence-1", "it was brought by mistake")
    assert kept(house) == []
    with pytest.raises(EvidenceGone):
        service.open_evidence(house.desk, PAULA.actor, exchange, "evidence-1")
    report = take_stock(house.desk.store, house.desk.papers)
    assert (report.is_clean, report.read["files erased by decision"]) == (True, 1)

    add(house, exchange, content=b"another file")
    (path,) = (one for one in house.desk.evidence.rglob("*") if one.is_file())
    path.unlink()
    report = take_stock(house.desk.store, house.desk.papers)
    assert [(one.code.name, one.stored) for one in report.kept] == [("FILE_MISSING_OR_ALTERED", "(missing)")]
    assert "no decision says that it was erased" in report.kept[0].text


def test_a_file_that_another_item_needs_stays(house: House) -> None:
    exchange, other = house.matched(), house.matched("Another one")
    add(house, exchange)
    add(house, other)
    service.erase_evidence(house.desk, ANA, exchange, "evidence-1", "brought twice")
    assert kept(house) == [DIGEST]
    assert service.open_evidence(house.desk, PAULA.actor, other, "evidence-1").path.read_bytes() == NOTES
    assert clean(house)


def test_withdrawn_evidence_is_served_to_nobody(house: House) -> None:
    exchange = house.matched()
    add(house, exchange)
    house.state(BRUNO, exchange, "withdraw_evidence", item="evidence-1", reason="the wrong file")
    with pytest.raises(EvidenceGone):
        service.open_evidence(house.desk, ANA.actor, exchange, "evidence-1")
    assert clean(house)


def test_a_name_that_was_erased_leaves_the_file_its_item_name(house: House) -> None:
    exchange = house.matched()
    add(house, exchange)
    house.desk.store.write(lambda connection: connection.execute(sealed.delete()).rowcount)
    assert service.open_evidence(house.desk, PAULA.actor, exchange, "evidence-1").name == "evidence-1"


def test_a_file_that_no_fact_names_is_taken_away_after_a_day(house: House) -> None:
    exchange = house.matched()
    add(house, exchange)
    stray = path_of(house.desk.evidence, "ff" + "0" * 62)
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"an upload that was refused after it was kept")
    _brought_now(house)
    assert _all_shelves(house) == 0
    house.clock.on(days=2)
    assert _all_shelves(house) == 1
    assert kept(house) == [DIGEST]


def _brought_now(house: House) -> None:
    """Files bear the machine's time; here they bear the house's."""
    now = house.clock.now.timestamp()
    for path in house.desk.evidence.rglob("*"):
        os.utime(path, (now, now))


def _all_shelves(house: House) -> int:
    """As many minutes as there are shelves, one look each."""
    gone = 0
    for _ in retention.SHELVES:
        gone += retention.remove_strays(house.desk)
        house.clock.on(minutes=1)
    return gone


def test_restricted_evidence_goes_five_years_after_the_exchange_ended(house: House) -> None:
    exchange = house.matched()
    add(house, exchange, said=Declaration("attendance_list", "adults_with_consent"))
    add(house, exchange, content=b"an open one")
    house.clock.on(days=3000)
    assert retention.expire_evidence(house.desk) == 0
    house.move(ANA, exchange, "withdraw", reason="a change of plans")
    house.clock.on(days=1824)
    assert retention.expire_evidence(house.desk) == 0
    house.clock.on(days=2)
    assert retention.expire_evidence(house.desk) == 1
    assert retention.expire_evidence(house.desk) == 0
    assert kept(house) == [sha256(b"an open one").hexdigest()]
    assert clean(house)


def test_a_path_never_leaves_its_folder(tmp_path: Path) -> None:
    assert path_of(tmp_path, DIGEST).parent.parent == tmp_path


def test_a_correction_makes_no_restricted_file_open_and_names_no_other_file(house: House) -> None:
    exchange = house.matched()
    add(house, exchange, said=Declaration("document", "nobody", access="restricted"))
    with house.desk.store.read() as connection:
        seq = connection.scalar(select(events.c.seq).where(events.c.type == "EvidenceAttached"))
    for right in ({"access": "open"}, {"sha256": "0" * 64}):
        with pytest.raises(Refused) as error:
            house.state(BRUNO, exchange, "correct", event=seq, reason="r", **right)
        assert error.value.code == "fact.said_with_its_file"
    house.state(BRUNO, exchange, "correct", event=seq, reason="brought by mistake", whole="struck")
