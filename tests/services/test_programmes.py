# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Publishing programmes: immutable versions, told by the ledger; a file with mistakes is refused with all of them."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cycle.publish import ProgrammeRefused
from people.actors import OPERATOR
from services.desk import Desk
from services.errors import NotFound, Refused
from services.programmes import built_in_source, ensure_built_in, publish
from storage.exchanges import load
from storage.store import Store
from tests.cast import ALDO, ANA, BRUNO
from tests.house import PROGRAMME, House
from tests.services.whole import everything, types

SHORTER = built_in_source().replace("light_activity_days = 5", "light_activity_days = 4")


def test_the_same_file_again_is_the_same_version(house: House) -> None:
    before = everything(house.desk)

    published = publish(house.desk, OPERATOR, built_in_source())
    ensure_built_in(house.desk)

    assert (published.version, published.new) == (1, False)
    assert everything(house.desk) == before


def test_a_change_is_a_new_version_and_exchanges_under_way_keep_theirs(house: House) -> None:
    under_way = house.offered()
    published = publish(house.desk, ANA.actor, SHORTER)
    assert (published.version, published.new) == (2, True)

    fresh = house.offered()

    with house.desk.store.read() as connection:
        versions = [loaded.standing.programme_version for e in (under_way, fresh) if (loaded := load(connection, e))]
        assert versions == [1, 2]
        assert house.desk.programme(connection, PROGRAMME, 1).limits["light_activity_days"] == 5
        assert house.desk.programme(connection, PROGRAMME).limits["light_activity_days"] == 4


def test_every_version_is_an_event_of_one_stream(house: House) -> None:
    publish(house.desk, OPERATOR, SHORTER)

    streams = [row[0] for row in everything(house.desk)["streams"] if row[1] == "programme"]
    assert len(streams) == 1
    assert types(house.desk, streams[0]) == ["ProgrammePublished", "ProgrammePublished"]


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("not toml [", "programme.not_toml"),
        ("slug = 7", "programme.malformed"),
        (built_in_source() + '\n[moves.fly]\nby = ["party"]\n', "programme.move_unknown"),
        (
            built_in_source().replace('timezone = "America/Lima"', 'timezone = "Moon/Base"'),
            "programme.timezone_unknown",
        ),
    ],
)
def test_a_file_with_mistakes_is_refused_and_nothing_is_stored(house: House, source: str, code: str) -> None:
    before = everything(house.desk)

    with pytest.raises(ProgrammeRefused) as error:
        publish(house.desk, OPERATOR, source)

    assert code in {reason["code"] for reason in error.value.reasons}
    assert everything(house.desk) == before


def test_a_country_publishes_no_programme(house: House) -> None:
    for who in (BRUNO, ALDO):
        with pytest.raises(Refused) as error:
            publish(house.desk, who.actor, SHORTER)
        assert error.value.code == "permission.denied"


def test_two_who_publish_at_once_make_two_versions(house: House) -> None:
    other = built_in_source().replace("light_activity_days = 5", "light_activity_days = 3")

    with ThreadPoolExecutor(2) as pool:
        asked = [pool.submit(publish, house.desk, OPERATOR, source) for source in (SHORTER, other)]
        versions = sorted(one.result().version for one in asked)

    assert versions == [2, 3]


def test_an_unknown_programme_is_not_found(house: House) -> None:
    with house.desk.store.read() as connection, pytest.raises(NotFound):
        house.desk.programme(connection, "none")
    with house.desk.store.read() as connection, pytest.raises(NotFound):
        house.desk.programme(connection, PROGRAMME, 9)


def test_two_houses_that_start_at_once_on_one_database_publish_once(store: Store, tmp_path: Path) -> None:
    desks = [Desk(store, tmp_path) for _ in range(2)]

    with ThreadPoolExecutor(2) as pool:
        for one in [pool.submit(ensure_built_in, desk) for desk in desks]:
            one.result()

    assert len(everything(desks[0])["programmes"]) == 1
