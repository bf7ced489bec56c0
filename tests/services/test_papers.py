# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Drawing up: what was ordered becomes a file, once, and the ledger remembers it; whoever is killed, late or twice."""

import re
import subprocess
import sys
import threading
from hashlib import sha256
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import delete, update

from cycle.evolve import fold
from documents.codec import facts_to_json
from documents.drawing import draw as draw_pdf
from people.actors import SYSTEM_ACTOR
from services import exchanges as acts
from services.desk import Desk
from services.errors import NotFound, Refused
from services.paper_facts import facts_of, kind_of
from services.paper_files import holds, keep, path_of
from services.papers import LEASE_SECONDS, PaperDiffers, draw, draw_next
from storage import agreements, exchanges, outbox, papers, streams, tables
from storage.papers import PaperRow
from storage.store import Store
from storage.tables import sealed
from tests.cast import ANA, BRUNO
from tests.house import House
from tests.journey import Journey, reach


def rows(house: House, journey: Journey, kind: str) -> tuple[PaperRow, ...]:
    with house.desk.store.read() as connection:
        of_agreement = papers.of_agreement(connection, journey.agreement)
        every = (*of_agreement, *papers.of_exchange(connection, journey.exchange))
    return tuple(sorted((row for row in every if row.kind == kind), key=lambda row: row.ordered_seq))


def short_papers(house: House) -> tuple[PaperRow, ...]:
    """Two papers of few pages that are owed: the roadmap of an exchange just committed, in Spanish and in English."""
    exchange = house.committed()
    acts.order_paper(house.desk, ANA, exchange, "roadmap")
    with house.desk.store.read() as connection:
        return papers.of_exchange(connection, exchange)


def as_it_stands(house: House, paper: str) -> PaperRow:
    with house.desk.store.read() as connection:
        row = papers.find(connection, paper)
    assert row is not None
    return row


def drawn_up(desk: Desk, stream: str) -> list[str]:
    """The papers that a stream's events say were drawn."""
    with desk.store.read() as connection:
        told = streams.read_stream(connection, stream)
        return [event.payload["paper"] for event in told if event.type == "PaperDrawnUp"]


def text_of(desk: Desk, row: PaperRow) -> str:
    reader = PdfReader(path_of(desk.papers, row.sha256 or ""))
    assert len(reader.pages) == row.pages
    lines = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    return re.sub(r"(?<=\w)[-‐] (?=\w)", "", lines)  # words divided at the end of a line


def draw_all(house: House) -> int:
    return draw_next(house.desk, 20)


def test_the_agreement_is_drawn_for_its_parties_and_remembered_by_its_hash(house: House) -> None:
    journey = reach(house, "opened")

    assert draw_all(house) == 2

    both, courtesy = rows(house, journey, "agreement")
    assert (both.languages, courtesy.languages) == (("es", "pt"), ("en",))
    for row in (both, courtesy):
        content = path_of(house.desk.papers, row.sha256 or "").read_bytes()
        assert (row.status, row.sha256, row.bytes) == ("drawn", sha256(content).hexdigest(), len(content))
    assert sorted(drawn_up(house.desk, both.stream)) == sorted((both.id, courtesy.id))
    text = text_of(house.desk, both)
    for word in (journey.reference, "Brasil", "Perú", "Bruno", "Paula", "rastrear el caucho", "18 meses"):
        assert word.lower() in text.lower()
    assert "Courtesy translation" in text_of(house.desk, courtesy)


def test_roadmap_and_good_practice_are_drawn_of_what_was_said(house: House) -> None:
    journey = reach(house, "closed")
    for kind in ("roadmap", "good-practice"):
        draw(house.desk, rows(house, journey, kind)[0].id)

    spanish = rows(house, journey, "roadmap")[0]
    text = text_of(house.desk, spanish)
    for word in (
        house.reference(journey.exchange),
        "Perú",
        "Verificar la edad",
        "Que participen las fincas",
        "PEN 18 000,00",
    ):
        assert word in text
    english = rows(house, journey, "good-practice")[0]
    form = text_of(house.desk, english)
    for word in (
        "Good Practice: Calidad y edad",
        "Brazil",
        "Peru",
        "Seis plantas la usan",
        "https://example.org/ficha",
    ):
        assert word in form


def test_drawing_a_paper_changes_neither_the_etag_nor_what_the_events_add_up_to(house: House) -> None:
    journey = reach(house, "accompaniment")
    with house.desk.store.read() as connection:
        before = exchanges.load(connection, journey.exchange)
        signed = agreements.load(connection, journey.agreement)

    for kind in ("agreement", "roadmap"):
        draw(house.desk, rows(house, journey, kind)[-1].id)

    with house.desk.store.read() as connection:
        after = exchanges.load(connection, journey.exchange)
        told = fold(journey.exchange, streams.read_stream(connection, exchanges.stream_of(journey.exchange)))
        agreement = agreements.load(connection, journey.agreement)
    assert before is not None
    assert after is not None
    assert agreement is not None
    assert signed is not None
    assert after.standing == told
    assert (after.standing.changed_seq, after.standing.seq) == (before.standing.changed_seq, before.standing.seq + 1)
    assert agreement.standing.seq == agreement.tip.seq == signed.tip.seq + 1
    assert agreement.standing.changed_seq == signed.standing.changed_seq


def test_a_paper_drawn_again_has_the_same_bytes_though_more_was_said_since(house: House) -> None:
    paper = short_papers(house)[0]
    draw(house.desk, paper.id)
    row = as_it_stands(house, paper.id)
    house.state(BRUNO, str(row.exchange), "activity_planned", title="Misión", on="2026-12-01", mode="virtual", days=3)
    house.clock.on(days=3650)
    path_of(house.desk.papers, row.sha256 or "").unlink()

    again = draw(house.desk, row.id)

    assert again.sha256 == row.sha256
    assert holds(again.path, again.sha256)
    assert drawn_up(house.desk, row.stream) == [row.id]


FRESH = """
import sys
from services.desk import Desk
from services.papers import draw
from storage.store import Store
from pathlib import Path
store = Store.open(sys.argv[1])
print(draw(Desk(store, Path(sys.argv[2])), sys.argv[3]).sha256)
store.close()
"""


def test_a_fresh_process_draws_the_same_bytes(house: House, tmp_path: Path) -> None:
    paper = short_papers(house)[0]
    draw(house.desk, paper.id)
    row = as_it_stands(house, paper.id)

    command = [sys.executable, "-c", FRESH, house.desk.store.url, str(tmp_path / "elsewhere"), row.id]
    said = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)

    assert said.stdout.strip() == row.sha256


def claimed(house: House) -> outbox.Duty:
    """The first paper that is owed, in the hands of somebody who will not finish it in time."""
    desk = house.desk
    duty = desk.store.write(lambda c: outbox.claim(c, papers.DUTY, desk.now(), LEASE_SECONDS, 1))[0]
    house.clock.on(seconds=LEASE_SECONDS + 1)
    return duty


def test_whoever_lost_the_lease_writes_no_second_event(house: House) -> None:
    short_papers(house)
    desk, late = house.desk, claimed(house)

    assert draw_next(desk, 1) == 1
    with pytest.raises(outbox.LeaseLost):
        desk.store.write(lambda c: outbox.finish(c, late.id, late.lease or "", desk.now()))
    again = draw(desk, late.id)

    assert holds(again.path, again.sha256)
    assert drawn_up(desk, as_it_stands(house, late.id).stream) == [late.id]


def test_a_drawer_killed_between_file_and_commit_leaves_a_paper_drawn_once(house: House) -> None:
    short_papers(house)
    desk, lost = house.desk, claimed(house)
    row = as_it_stands(house, lost.id)
    with desk.store.read() as connection:
        facts = facts_to_json(facts_of(desk, connection, row))
    left = keep(desk.papers, draw_pdf(kind_of(row.kind), facts, row.languages).pdf)

    assert drawn_up(desk, row.stream) == []
    assert draw_next(desk, 1) == 1

    assert [path.name for path in desk.papers.rglob("*.pdf")] == [left.name]
    assert drawn_up(desk, row.stream) == [row.id]


def test_a_paper_drawn_by_name_while_its_duty_is_open_is_remembered_once(house: House) -> None:
    desk, (row, _) = house.desk, short_papers(house)

    named = draw(desk, row.id)
    draw_all(house)

    assert drawn_up(desk, row.stream).count(row.id) == 1
    assert as_it_stands(house, row.id).sha256 == named.sha256
    with desk.store.read() as connection:
        assert outbox.open_count(connection, papers.DUTY) == 0


def test_two_drawers_at_once_draw_each_paper_once(house: House) -> None:
    ordered = short_papers(house)
    other = Store.open(house.desk.store.url)
    rival = Desk(other, house.desk.data, clock=house.clock)
    drawn: list[int] = []
    threads = [threading.Thread(target=lambda d=d: drawn.append(draw_next(d, 5))) for d in (house.desk, rival)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    other.close()

    assert sum(drawn) == 2
    assert sorted(drawn_up(house.desk, ordered[0].stream)) == sorted(row.id for row in ordered)


def test_a_name_that_was_erased_is_said_to_be(house: House) -> None:
    journey = reach(house, "opened")
    stream = agreements.stream_of(journey.agreement)
    house.desk.store.write(lambda c: c.execute(delete(sealed).where(sealed.c.stream == stream)).rowcount)

    draw(house.desk, rows(house, journey, "agreement")[0].id)

    text = text_of(house.desk, rows(house, journey, "agreement")[0])
    assert "nombre borrado por decisión" in text
    assert "nome apagado por decisão" in text
    assert "Bruno" not in text


def test_a_lost_paper_that_cannot_be_drawn_as_it_was_is_not_replaced(house: House) -> None:
    journey = reach(house, "opened")
    draw(house.desk, rows(house, journey, "agreement")[-1].id)
    row = rows(house, journey, "agreement")[-1]
    path = path_of(house.desk.papers, row.sha256 or "")
    path.unlink()
    house.desk.store.write(lambda c: c.execute(delete(sealed).where(sealed.c.stream == row.stream)).rowcount)

    with pytest.raises(PaperDiffers):
        draw(house.desk, row.id)

    assert list(house.desk.papers.rglob("*.pdf")) == []


def test_a_paper_that_cannot_be_kept_is_tried_again_later(house: House) -> None:
    desk, ordered = house.desk, short_papers(house)
    desk.papers.write_text("a file where the folder should be")
    assert draw_next(desk, 1) == 0
    desk.papers.unlink()

    with desk.store.read() as connection:
        duties = [outbox.find(connection, row.id) for row in ordered]
    assert sorted(str(duty and duty.last_error) for duty in duties) == ["None", "paper.not_kept"]
    assert draw_all(house) == 1
    house.clock.on(seconds=outbox.FIRST_PAUSE_SECONDS)
    assert draw_all(house) == 1


def test_a_duty_whose_attempts_are_used_up_is_a_dead_letter_until_it_is_replayed(house: House) -> None:
    desk, paper = house.desk, short_papers(house)[0].id
    for _ in range(outbox.MAX_ATTEMPTS):
        desk.store.write(lambda c: outbox.claim(c, papers.DUTY, desk.now(), LEASE_SECONDS, 9))
        house.clock.on(seconds=LEASE_SECONDS + 1)

    assert draw_all(house) == 0
    with desk.store.read() as connection:
        assert {duty.last_error for duty in outbox.dead(connection)} == {"outbox.holder_vanished"}
    assert desk.store.write(lambda c: outbox.replay(c, paper, desk.now()))
    assert draw_all(house) == 1
    assert as_it_stands(house, paper).status == "drawn"


def test_a_paper_without_a_text_fails_by_its_code_and_the_others_are_drawn(house: House) -> None:
    minute = short_papers(house)[0].id
    as_ordered_by_an_edition_that_drew_it = update(tables.papers).where(tables.papers.c.id == minute)
    house.desk.store.write(lambda c: c.execute(as_ordered_by_an_edition_that_drew_it.values(kind="commitment-minute")))

    assert draw_next(house.desk, 3) == 1

    with house.desk.store.read() as connection:
        duty = outbox.find(connection, minute)
    assert duty is not None
    assert (as_it_stands(house, minute).status, duty.last_error) == ("ordered", "paper.unknown_kind")


def test_an_order_for_a_paper_that_nobody_draws_is_refused(house: House) -> None:
    with pytest.raises(Refused) as refusal:
        acts.order_paper(house.desk, ANA, house.committed(), "commitment-minute")

    assert refusal.value.code == "paper.unknown"


def test_a_half_written_file_is_never_taken_for_the_paper(tmp_path: Path) -> None:
    content = b"%PDF-1.7 whole"
    digest = sha256(content).hexdigest()
    path = path_of(tmp_path, digest)
    path.parent.mkdir()
    path.write_bytes(content[:7])

    assert not holds(path, digest)
    assert keep(tmp_path, content) == path
    assert path.read_bytes() == content
    assert [found.name for found in path.parent.iterdir()] == [path.name]


def test_an_unknown_paper_is_not_found(house: House) -> None:
    with pytest.raises(NotFound):
        draw(house.desk, "no-such-paper")


def test_the_system_draws_in_nobodys_name(house: House) -> None:
    stream = short_papers(house)[0].stream
    draw_next(house.desk, 1)

    with house.desk.store.read() as connection:
        told = list(streams.read_stream(connection, stream))
    assert (told[-1].type, told[-1].actor, told[-1].on_behalf_of) == ("PaperDrawnUp", SYSTEM_ACTOR.person, None)
