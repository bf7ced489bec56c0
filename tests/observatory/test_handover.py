# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

from datetime import date
from io import BytesIO
from json import loads
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import Connection, Engine, event, insert, select

from agreements.rules import Status
from cycle.words import PartyRole
from observatory.errors import NotFound
from observatory.handover import packed, see_handover
from observatory.handover_pages import WORDS
from observatory.handover_words import NAMES, in_words
from people.roster import Seated
from people.roster_rules import ROLES
from services.agreements import draft_agreement, list_signatory
from services.government import change_government
from storage.store import Store
from storage.tables import members, rosters
from tests.cast import ANA
from tests.house import House, furnish
from tests.rostered import Rostered, with_everybody

ON = date(2026, 11, 20)


@pytest.fixture
def house(store: Store, tmp_path: Path) -> House:
    return furnish(store, tmp_path)


@pytest.fixture
def people(house: House) -> Rostered:
    """Brasil with a minister, an exchange with Perú under way, and a change of government told."""
    people = with_everybody(house)
    people.seat("bruna", "BR", "government")
    house.committed("Rubber <& its tappers>")
    change_government(house.desk, people.ana, "BR", ON.isoformat())
    return people


def files(people: Rostered, language: str = "es") -> dict[str, str]:
    handover = see_handover(people.house.desk, people.ana.actor, "BR", ON)
    with ZipFile(BytesIO(packed(handover, language))) as pack:
        return {name: pack.read(name).decode() for name in pack.namelist()}


def test_the_pack_holds_what_a_successor_needs(people: Rostered) -> None:
    held = files(people)
    told = loads(held["handover.json"])
    (brief,) = told["exchanges"]
    assert sorted(held) == [f"exchanges/{brief['name']}.html", "handover.json", "index.html"]
    assert brief["stage"] == "commitment"
    assert [(one["kind"], one["bench"], one["name"]) for one in told["roles"]] == [
        ("focal_point", None, "Bruno"),
        ("bench_delegate", "government", "Bruna"),
    ]
    assert {one["bench"]: one["status"] for one in told["seats"]}["government"] == "to_be_confirmed"
    assert told["told"]["seats"] == ["government"]


def test_a_roster_of_any_length_is_handed_over_whole(people: Rostered) -> None:
    def enter_many(connection: Connection) -> None:
        roster = connection.scalar(select(rosters.c.id).where(rosters.c.party == "BR"))
        row = {"roster": roster, "invited_at": "2026-11-20T12:00:00.000Z", "ended_at": None, "seq": 1}
        connection.execute(insert(members), [{**row, "person": f"adviser-{n}"} for n in range(250)])

    people.house.desk.store.write(enter_many)
    assert len(loads(files(people)["handover.json"])["people"]) == 2 + 250


def test_a_hand_over_is_read_in_one_moment(people: Rostered) -> None:
    looks: list[Connection] = []
    hear = looks.append
    event.listen(Engine, "engine_connect", hear)
    try:
        see_handover(people.house.desk, people.ana.actor, "BR", ON)
    finally:
        event.remove(Engine, "engine_connect", hear)
    assert len(looks) == 1


@pytest.mark.parametrize("language", sorted(WORDS))
def test_a_page_per_exchange_says_where_it_stands_what_waits_and_for_whom(people: Rostered, language: str) -> None:
    held = files(people, language)
    (page,) = [text for name, text in held.items() if name.startswith("exchanges/")]
    assert "Rubber &lt;&amp; its tappers&gt;" in page
    for word in ("stage", "since", "parties", "moves", "waits", "who"):
        assert WORDS[language][word] in page
    labels = {"es": "Ejecución", "en": "Execution", "pt": "Execução", "fr": "Exécution"}
    assert f"{WORDS[language]['on_to']}: {labels[language]}" in page
    assert f"{WORDS[language]['who']}: BR, PE, {in_words('secretariat', language)}" in page
    for code in ("begin_execution", "return_to", "party:", "(active)" if language != "en" else "bench:"):
        assert code not in page
    assert f'lang="{language}"' in held["index.html"]


@pytest.mark.parametrize("language", sorted(WORDS))
def test_the_cover_says_seats_roles_and_stages_in_words(people: Rostered, language: str) -> None:
    cover = files(people, language)["index.html"]
    for code in ("government", "to_be_confirmed", "vacant", "focal_point", "bench_delegate"):
        assert f"<td>{in_words(code, language)}</td>" in cover
    for code in ("to_be_confirmed", "focal_point", "bench_delegate", "commitment"):
        assert f"<td>{code}</td>" not in cover


def test_an_open_measure_is_handed_over_with_the_day_it_is_due(house: House) -> None:
    people = with_everybody(house)
    exchange = house.committed()
    house.state(ANA, exchange, "measure", title="Train inspectors", responsible="The ministry", on="2027-03-01")
    change_government(house.desk, people.ana, "BR", ON.isoformat())
    held = files(people)
    (measure,) = loads(held["handover.json"])["measures"]
    assert (measure["title"], measure["responsible"], measure["due_on"]) == (
        "Train inspectors",
        "The ministry",
        "2027-03-01",
    )
    assert "<td>2027-03-01</td>" in held["index.html"]


def test_an_unsigned_text_is_listed_with_the_minister_it_named_when_the_government_changed(house: House) -> None:
    people, desk = with_everybody(house), house.desk
    drawn = draft_agreement(desk, people.ana, exchange=house.committed(), title="Rubber", register="non_binding")
    says = {"party": "BR", "title": "Ministra", "institution": "Ministério do Trabalho"}
    list_signatory(desk, people.ana, drawn["agreement"], {**says, "name": "Benedita Prado"})
    change_government(desk, people.ana, "BR", ON.isoformat())
    house.clock.on(days=1)
    list_signatory(desk, people.ana, drawn["agreement"], {**says, "name": "Somebody Else"})
    held = files(people)
    assert loads(held["handover.json"])["told"]["texts"][0]["signatory"]["name"] == "Benedita Prado"
    assert "<td>Benedita Prado, Ministra, Ministério do Trabalho</td>" in held["index.html"]


def test_every_code_of_a_hand_over_has_its_words() -> None:
    named = {*Seated, *Status, *PartyRole, *(role for roles in ROLES.values() for role in roles)}
    assert named - {"secretariat", "manager", "auditor", "partner"} <= set(NAMES)


def test_every_language_says_everything(people: Rostered) -> None:
    assert {language: set(words) for language, words in WORDS.items()} == {key: set(WORDS["en"]) for key in WORDS}
    assert packed(see_handover(people.house.desk, people.ana.actor, "BR", ON), "pt") == packed(
        see_handover(people.house.desk, people.ana.actor, "BR", ON), "pt"
    )


def test_the_country_s_own_focal_point_takes_it_and_a_third_country_does_not(people: Rostered) -> None:
    desk = people.house.desk
    assert see_handover(desk, people.focal("bruno", "BR").actor, "BR", ON).exchanges
    for reader, party, on in (
        (people.focal("carla", "CO"), "BR", ON),
        (people.ana, "BR", date(2026, 11, 21)),
        (people.ana, "CL", ON),
    ):
        with pytest.raises(NotFound):
            see_handover(desk, reader.actor, party, on)
