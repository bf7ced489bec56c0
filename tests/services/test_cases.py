# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Walked cases: a whole exchange from a file, on its own clock, all of it or nothing."""

import re
import shutil
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from sqlalchemy import Connection, func, insert, select

from cycle.evolve import fold
from cycle.items import fold_items
from ledger.instants import instant
from services.cases.clock import CaseClock, instants_of
from services.cases.format import CaseActor, CaseFile, Source, Step, json_schema
from services.cases.player import StepFailed, walk
from services.cases.reading import Case, CaseUnusable, as_json, read_case
from services.desk import Desk
from services.errors import Refused, ServiceError
from services.programmes import ensure_built_in
from storage import exchanges, streams
from storage.store import Store
from storage.tables import entries, events, metadata, persons

EXAMPLES = Path(__file__).parents[2] / "examples"
RUBBER = EXAMPLES / "brasil-colombia.toml"
FILES = sorted(EXAMPLES.glob("*.toml"))
CASES = [path for path in FILES if "[[steps]]" in path.read_text(encoding="utf-8")]

HEAD = """
title = "A small case"
programme = "regional-initiative"
weight = "light"
door = "offer"
made_up = "All of it."
[actors.bruno]
name = "Bruno of Brasil"
role = "focal_point"
party = "BR"
[actors.ana]
name = "Ana at the secretariat"
role = "secretariat"
"""
DRAFT = """
[[steps]]
on = 2024-01-08
actor = "bruno"
draft = { parties = [{ party = "BR", role = "offers" }] }
"""
PUBLISH = """
[[steps]]
on = 2024-01-09
actor = "bruno"
move = "publish_offer"
"""
NEEDS = ["offer_institution", "offer_language", "offer_modality", "offer_shares", "offer_theme"]


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Desk:
    """A desk on each kind of database, with the built-in programme published."""
    return furnished(store, tmp_path)


def furnished(store: Store, folder: Path) -> Desk:
    desk = Desk(store, folder)
    ensure_built_in(desk)
    return desk


@pytest.fixture
def fresh(sqlite_template: Path, tmp_path: Path) -> Iterator[Callable[[], Desk]]:
    """Makes desks in fresh folders."""
    opened: list[Store] = []

    def make() -> Desk:
        folder = tmp_path / f"house-{len(opened)}"
        folder.mkdir()
        opened.append(Store.open(f"sqlite:///{shutil.copyfile(sqlite_template, folder / 'minga.db')}"))
        return furnished(opened[-1], folder)

    yield make
    for store in opened:
        store.close()


def of(path: Path) -> Case:
    return read_case(path.read_text(encoding="utf-8"))


def tips(desk: Desk) -> dict[str, str]:
    """The last hash of every exchange and agreement: equal tips are equal ledgers."""
    with desk.store.read() as connection:
        return {row.id: row.tip.hash for row in streams.all_streams(connection) if row.kind != "programme"}


def rows(desk: Desk) -> dict[str, int]:
    """How many rows each table has."""
    with desk.store.read() as connection:
        return {name: _count(connection, name) for name in sorted(metadata.tables)}


def _count(connection: Connection, name: str) -> int:
    return int(connection.scalar(select(func.count()).select_from(metadata.tables[name])) or 0)


def refusal(desk: Desk, text: str) -> ServiceError:
    """What walking this text is refused with, having changed nothing."""
    before = rows(desk)
    with pytest.raises(ServiceError) as refused:
        walk(desk, read_case(text))
    assert rows(desk) == before
    return refused.value


def codes(error: ServiceError) -> list[str]:
    return sorted(reason["code"] for reason in error.reasons)


# --- The cases that come with Minga -----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_example_walks_to_its_end_and_its_history_explains_the_row(desk: Desk, path: Path) -> None:
    walked = walk(desk, of(path))
    assert (walked.stage, walked.lifecycle) == ("closed", "completed")
    with desk.store.read() as connection:
        told = tuple(streams.read_stream(connection, exchanges.stream_of(walked.exchange)))
        loaded = exchanges.load(connection, walked.exchange)
        items = {item.item: item for item in exchanges.load_items(connection, walked.exchange)}
    assert loaded is not None
    assert fold(walked.exchange, told) == loaded.standing
    assert fold_items(told) == items
    assert loaded.standing.origin == "walked"
    assert loaded.standing.is_specimen


def test_there_are_three_cases_to_walk() -> None:
    assert [path.stem for path in CASES] == ["algodon-triangular", "brasil-colombia", "peru-costa-rica"]


def test_the_rubber_case_passes_the_eight_stages_in_their_order(desk: Desk) -> None:
    walked = walk(desk, of(RUBBER))
    assert walked.entered == (
        ("draft", "2010-03-08"),
        ("offer", "2010-03-22"),
        ("demand", "2010-07-12"),
        ("commitment", "2010-09-13"),
        ("execution", "2011-10-03"),
        ("reflection", "2012-09-03"),
        ("action", "2012-10-08"),
        ("accompaniment", "2012-12-03"),
        ("feedback", "2013-08-26"),
        ("closed", "2013-10-03"),
    )


def test_of_the_rubber_case_only_start_and_end_rest_on_the_register(desk: Desk) -> None:
    walked = walk(desk, of(RUBBER))
    real = [(told.step.move, told.step.on.isoformat()) for told in walked.steps if not told.illustrative]
    assert real == [("begin_execution", "2011-10-03"), ("close", "2013-10-03")]
    source = of(RUBBER).file.source
    assert source is not None
    assert source.row == "COL561"
    assert "AidData" in source.attribution


def test_the_rubber_case_orders_its_three_papers_in_their_languages(desk: Desk) -> None:
    walked = walk(desk, of(RUBBER))
    with desk.store.read() as connection:
        told = [
            (event.payload["kind"], tuple(event.payload["languages"]))
            for stream in (f"exchange/{walked.exchange}", *(f"agreement/{each}" for each in walked.agreements))
            for event in streams.read_stream(connection, stream)
            if event.type == "PaperOrdered"
        ]
    assert sorted(told) == [
        ("agreement", ("en",)),
        ("agreement", ("es", "pt")),
        ("good-practice", ("en",)),
        ("good-practice", ("es",)),
        ("roadmap", ("en",)),
        ("roadmap", ("es",)),
    ]


def test_the_triangular_case_returns_suspends_and_replaces_a_partner(desk: Desk) -> None:
    walked = walk(desk, of(EXAMPLES / "algodon-triangular.toml"))
    stages = [stage for stage, _ in walked.entered]
    assert stages.count("execution") == 2
    with desk.store.read() as connection:
        loaded = exchanges.load(connection, walked.exchange)
    assert loaded is not None
    standing = loaded.standing
    assert standing.members() == ("BR", "PY", "partner-agencia-unida")
    assert standing.parties["partner-fondo-regional"]["status"] == "left"
    assert standing.lap == 1
    assert standing.met == {"provider_lessons": "waived"}


def test_a_correction_finds_its_event_by_the_key_the_case_gave_it(desk: Desk) -> None:
    walked = walk(desk, of(RUBBER))
    with desk.store.read() as connection:
        item = exchanges.load_item(connection, walked.exchange, "activity-2")
    assert item is not None
    assert (item.body["women"], item.body["men"]) == (7, 5)


# --- The same again ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_same_case_in_a_fresh_house_gives_the_same_ledger(fresh: Callable[[], Desk], path: Path) -> None:
    one, other = fresh(), fresh()
    assert replace(walk(one, of(path)), steps=()) == replace(walk(other, of(path)), steps=())
    assert tips(one) == tips(other)


def test_both_databases_hold_the_same_ledger(fresh: Callable[[], Desk], postgresql_url: str, tmp_path: Path) -> None:
    store = Store.open(postgresql_url)
    there, here = furnished(store, tmp_path), fresh()
    walk(there, of(RUBBER))
    walk(here, of(RUBBER))
    assert tips(there) == tips(here)
    store.close()


def test_walked_again_it_is_another_exchange_with_the_next_number(desk: Desk) -> None:
    first, second = walk(desk, of(RUBBER)), walk(desk, of(RUBBER))
    assert (first.reference, second.reference) == ("SSC-2010-0001", "SSC-2010-0002")
    assert first.exchange != second.exchange


# --- Clock and cast ---------------------------------------------------------------------------------------------------


def test_everything_is_recorded_on_the_days_of_the_case(desk: Desk) -> None:
    walked = walk(desk, of(RUBBER))
    with desk.store.read() as connection:
        told = tuple(streams.read_stream(connection, exchanges.stream_of(walked.exchange)))
    assert all(event.occurred_at == event.recorded_at for event in told)
    assert told[0].recorded_at == "2010-03-08T14:00:00.000Z"
    assert told[-1].recorded_at[:10] == "2013-10-03"
    moments = [event.recorded_at for event in told]
    assert moments == sorted(moments)


def test_steps_of_one_day_follow_each_other_by_a_millisecond() -> None:
    days: list[dict[str, Any]] = [
        {"on": "2024-01-08"},
        {"on": "2024-01-08"},
        {"on": "2024-01-08", "at": "15:30"},
        {"on": "2024-01-08"},
        {"on": "2024-01-09"},
    ]
    steps = [Step.model_validate({"actor": "ana", "paper": "roadmap", **day}) for day in days]
    assert [instant(at) for at in instants_of(steps, "America/Lima")] == [
        "2024-01-08T14:00:00.000Z",
        "2024-01-08T14:00:00.001Z",
        "2024-01-08T20:30:00.000Z",
        "2024-01-08T20:30:00.001Z",
        "2024-01-09T14:00:00.000Z",
    ]


def test_the_case_s_clock_stands_still_until_it_is_set() -> None:
    clock = CaseClock()
    clock.set(datetime(2011, 10, 3, 14, 0, 0, 1000, UTC))
    assert (clock(), clock()) == (clock(), clock())
    assert clock.milliseconds() == 1_317_650_400_001


def test_events_know_the_actors_by_random_ids_only(desk: Desk) -> None:
    walk(desk, of(RUBBER))
    with desk.store.read() as connection:
        known = {row.id: row for row in connection.execute(select(persons))}
        acted = set(connection.scalars(select(events.c.actor).where(events.c.stream.like("exchange/%"))))
        lines = [bytes(line).decode() for line in connection.scalars(select(events.c.canonical))]
    assert acted <= set(known)
    assert {row.specimen for row in known.values()} == {1}
    assert not [row.name for row in known.values() for line in lines if row.name in line]


# --- What is refused --------------------------------------------------------------------------------------------------


def test_a_case_that_skips_a_need_stops_with_every_reason_and_writes_nothing(desk: Desk) -> None:
    error = refusal(desk, HEAD + DRAFT + PUBLISH)
    assert isinstance(error, StepFailed)
    assert error.code == "requirements.unmet"
    assert codes(error) == NEEDS
    assert str(error).startswith("step 2 (line 20): move publish_offer was refused")


def test_a_refusal_that_the_case_foresees_is_shown_and_the_case_goes_on(desk: Desk) -> None:
    walked = walk(desk, read_case(HEAD + DRAFT + PUBLISH + f"refused = {NEEDS}"))
    assert sorted(walked.steps[1].refused) == NEEDS
    assert (walked.stage, walked.reference, walked.events) == ("draft", None, 1)


def test_what_came_for_a_party_waits_for_its_answer(desk: Desk) -> None:
    """The path is that of every officer: what does not say how it came, or from whom, is refused as anywhere."""
    step = '[[steps]]\non = 2024-01-09\nactor = "ana"\nfact = "activity_planned"\nfields = { title = "T", mode = "virtual" }\n'
    told = step + 'on_behalf_of = "BR"\ncame_by = "telephone"\n'
    silent = step + 'on_behalf_of = "BR"\nrefused = ["entry.way_unknown", "entry.day_malformed"]\n'
    of_nobody = step + 'came_by = "mail"\nrefused = ["entry.party_missing"]\n'
    walk(desk, read_case(HEAD + DRAFT + told + silent + of_nobody))
    with desk.store.read() as connection:
        (entry,) = connection.execute(select(entries)).all()
    assert (entry.party, entry.status, entry.came_by, entry.came_on) == ("BR", "waiting", "telephone", "2024-01-09")


def test_a_foreseen_refusal_must_come_with_exactly_those_codes(desk: Desk) -> None:
    error = refusal(desk, HEAD + DRAFT + PUBLISH + f"refused = {NEEDS[1:]}")
    assert error.code == "case.not_refused_so"
    assert "offer_institution" in error.reasons[0]["need"]


def test_a_foreseen_refusal_that_does_not_come_is_a_mistake_of_the_case(desk: Desk) -> None:
    error = refusal(
        desk,
        HEAD + DRAFT + '[[steps]]\non = 2024-02-01\nactor = "bruno"\nmove = "withdraw"\n'
        'says = { reason = "r" }\nrefused = ["reason"]',
    )
    assert error.code == "case.not_refused_so"
    assert "it was not refused" in error.reasons[0]["need"]


def test_a_malformed_file_names_every_mistake_with_its_place() -> None:
    text = (
        HEAD.replace('weight = "light"', 'weight = "heavy"')
        + DRAFT
        + ('[[steps]]\non = "soon"\nactor = "carla"\nmove = "a"\nfact = "b"\ncolour = 1\n')
    )
    with pytest.raises(CaseUnusable) as refused:
        read_case(text)
    error = refused.value
    assert error.code == "case.malformed"
    told = [reason["need"] for reason in error.reasons]
    assert [need.split(":")[0] for need in told] == ["weight", *["step 2 (line 19)"] * 4]
    assert any("exactly one of draft, move, fact, agreement, paper; found move and fact" in need for need in told)
    assert any("colour" in need for need in told)
    assert "case.actor_unknown" in codes(error)


def test_a_file_that_is_no_toml_says_where() -> None:
    with pytest.raises(CaseUnusable) as refused:
        read_case("title = \n")
    assert refused.value.code == "case.malformed"
    assert "line 1" in refused.value.reasons[0]["need"]


@pytest.mark.parametrize(
    ("change", "code", "named"),
    [
        (('party = "BR", role', 'party = "XX", role'), "country.unknown", "XX"),
        (('programme = "regional-initiative"', 'programme = "moon"'), "programme.unknown", "moon"),
        (("publish_offer", "jump_to_close"), "move.unknown", "jump_to_close"),
        (('move = "publish_offer"', 'fact = "rumour"'), "fact.unknown", "rumour"),
        (('move = "publish_offer"', 'paper = "poem"'), "paper.unknown", "poem"),
        (("2024-01-09", "2999-01-09"), "moment.in_the_future", "2999-01-09"),
        (("2024-01-09", "2024-01-07"), "case.days_go_back", "2024-01-07"),
        (('made_up = "All of it."', 'made_up = "All of it."\nends = "heaven"'), "case.malformed", "ends"),
    ],
)
def test_an_unknown_word_or_an_impossible_day_is_named_clearly(
    desk: Desk, change: tuple[str, str], code: str, named: str
) -> None:
    error = refusal(desk, (HEAD + DRAFT + PUBLISH).replace(*change))
    assert error.code == code
    assert named in error.reasons[0]["need"]


def test_a_case_that_ends_elsewhere_than_it_says_is_not_written(desk: Desk) -> None:
    error = refusal(desk, HEAD.replace("made_up", 'ends = "closed"\nmade_up', 1) + DRAFT)
    assert error.code == "case.ends_elsewhere"


def test_where_real_people_hold_seats_nothing_is_walked(desk: Desk) -> None:
    add_person(desk, "person")
    error = refusal(desk, RUBBER.read_text(encoding="utf-8"))
    assert isinstance(error, Refused)
    assert error.code == "walk.real_people"


def test_machines_that_act_through_tokens_do_not_count_as_people(desk: Desk) -> None:
    add_person(desk, "service")
    assert walk(desk, of(RUBBER)).stage == "closed"


def add_person(desk: Desk, kind: str) -> None:
    row = {"id": f"a-{kind}", "name": "Aldo", "kind": kind, "specimen": 0, "created_at": desk.now()}
    desk.store.write(lambda connection: connection.execute(insert(persons), row).rowcount)


def test_a_walk_never_reaches_beyond_today(desk: Desk) -> None:
    """The desk's clock says 2012: the rubber case, which ends in 2013, is refused as a whole."""
    early = replace(desk, clock=lambda: datetime(2012, 6, 1, tzinfo=UTC))
    with pytest.raises(CaseUnusable) as refused:
        walk(early, of(RUBBER))
    assert refused.value.code == "moment.in_the_future"
    late = [step for step in of(RUBBER).file.steps if step.on.isoformat() >= "2012-06-01"]
    assert len(refused.value.findings) == len(late)


# --- The format -------------------------------------------------------------------------------------------------------


def document(path: Path) -> Any:
    return as_json(tomllib.loads(path.read_text(encoding="utf-8")))


def test_the_schema_is_a_schema_and_admits_every_example() -> None:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    for path in CASES:
        jsonschema.Draft202012Validator(schema).validate(document(path))


@pytest.mark.parametrize(
    "wrong",
    [
        {"move": "close", "fact": "sheet"},
        {"note": "no verb at all"},
        {"paper": "roadmap", "says": {"reason": "r"}},
        {"move": "close", "refused": []},
        {"move": "close", "colour": 1},
    ],
)
def test_the_schema_and_the_reader_refuse_the_same_steps(wrong: dict[str, Any]) -> None:
    case = document(RUBBER)
    case["steps"].append({"on": "2013-10-03", "actor": "ana", **wrong})
    assert not jsonschema.Draft202012Validator(json_schema()).is_valid(case)
    lines = "\n".join(
        f"{name} = {_toml(value)}" for name, value in {"on": "2013-10-03", "actor": "ana", **wrong}.items()
    )
    with pytest.raises(CaseUnusable):
        read_case(RUBBER.read_text(encoding="utf-8") + f"\n[[steps]]\n{lines}\n")


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {_toml(inner)}" for name, inner in value.items()) + " }"
    return repr(value).replace("'", '"')


# --- The documentation ------------------------------------------------------------------------------------------------

DOCS = (Path(__file__).parents[2] / "docs" / "cases.md").read_text(encoding="utf-8")


def test_the_case_in_the_documentation_can_be_walked(desk: Desk) -> None:
    (text,) = [block.removeprefix("toml") for block in DOCS.split("```") if block.startswith("toml")]
    assert walk(desk, read_case(text)).stage == "offer"


def test_every_code_and_every_key_of_the_format_is_documented() -> None:
    sources = (Path(__file__).parents[2] / "services" / "cases").glob("*.py")
    raised = {code for path in sources for code in re.findall(r'"((?:case|walk|\w+)\.[a-z_]+)"', path.read_text())}
    told = {code for code in raised if code.partition(".")[0] in DOMAINS}
    assert "case.malformed" in told
    assert {code for code in told if f"`{code}`" not in DOCS} == set()
    keys = {name for model in (CaseFile, Step, Source, CaseActor) for name in model.model_fields}
    assert {key for key in keys if not re.search(rf"`{key}`|^{key} =|\[{key}\b", DOCS, re.MULTILINE)} == set()


DOMAINS = ("case", "walk", "moment", "programme", "country", "bench", "move", "fact", "paper", "agreement")
