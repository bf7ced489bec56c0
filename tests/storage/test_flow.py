# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, func, select, text

from storage.flow import Delta, Total, add, fold, totals
from storage.store import Store
from storage.tables import flow, flow_base

DAYS = [f"2026-11-{day:02}" for day in range(20, 26)]
DELTAS = st.builds(
    Delta,
    programme=st.sampled_from(["andes", "caribe"]),
    country=st.sampled_from(["*", "BR"]),
    specimen=st.integers(0, 1),
    happened_on=st.sampled_from(DAYS),
    recorded_on=st.sampled_from(DAYS),
    stage=st.sampled_from(["offer", "demand"]),
    lifecycle=st.sampled_from(["active", "suspended"]),
    delta=st.sampled_from([1, -1]),
)


def expected(deltas: list[Delta], as_of: str, known_on: str, specimen: int | None) -> set[Total]:
    sums: Counter[tuple[str, str]] = Counter()
    for one in deltas:
        asked = one.programme == "andes" and one.country == "*"
        told = one.happened_on <= as_of and one.recorded_on <= known_on
        if asked and told and specimen in (None, one.specimen):
            sums[one.stage, one.lifecycle] += one.delta
    return {Total(*where, n) for where, n in sums.items() if n}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(DELTAS, max_size=30), st.lists(st.integers(1, 12), max_size=3))
def test_totals_are_the_sum_of_the_deltas_however_much_of_them_is_folded(
    store: Store, deltas: list[Delta], folds: list[int]
) -> None:
    def begin(connection: Connection) -> None:
        connection.execute(delete(flow))
        connection.execute(delete(flow_base))
        add(connection, deltas)

    store.write(begin)
    for limit in (0, *folds, 100):
        store.write(partial(fold, limit=limit))
        with store.read() as connection:
            for as_of, known_on, specimen in (
                (DAYS[0], DAYS[-1], 0),
                (DAYS[3], DAYS[2], 1),
                (DAYS[-1], DAYS[-1], None),
            ):
                found = totals(connection, "andes", as_of, known_on, specimen=specimen)
                assert set(found) == expected(deltas, as_of, known_on, specimen)
                assert list(found) == sorted(found)


def one(stage: str, delta: int, country: str = "*") -> Delta:
    return Delta("andes", country, 0, DAYS[0], DAYS[0], stage, "active", delta)


def test_a_country_counts_its_own(store: Store) -> None:
    store.write(lambda connection: add(connection, [one("offer", 1), one("offer", 1, "BR")]))
    with store.read() as connection:
        of_brasil = totals(connection, "andes", DAYS[0], DAYS[0], country="BR")
        of_peru = totals(connection, "andes", DAYS[0], DAYS[0], country="PE")
    assert (of_brasil, of_peru) == ((Total("offer", "active", 1),), ())


def test_writers_and_folds_at_once_lose_nothing(store: Store) -> None:
    def act(number: int) -> None:
        if number % 4:
            store.write(lambda connection: add(connection, [one("offer", 1), one("demand", 1)]))
        else:
            store.write(lambda connection: fold(connection, 7))

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(act, range(60)))
    while store.write(fold):
        pass
    with store.read() as connection:
        found = totals(connection, "andes", DAYS[0], DAYS[0])
        assert connection.scalar(select(func.count()).select_from(flow)) == 0
    assert found == (Total("demand", "active", 45), Total("offer", "active", 45))


def test_a_fold_of_nothing_is_nothing(store: Store) -> None:
    assert store.write(fold) == 0


@pytest.mark.parametrize(
    ("scan", "kind"), [("Index Only Scan using pk_flow_base", "postgresql"), ("PRIMARY KEY", "sqlite")]
)
def test_a_figure_is_summed_from_the_key_alone(request: pytest.FixtureRequest, scan: str, kind: str) -> None:
    url: str = request.getfixturevalue(f"{kind}_url")
    store, explain = Store.open(url), "EXPLAIN QUERY PLAN " if kind == "sqlite" else "EXPLAIN "
    asked = (
        "SELECT stage, lifecycle, sum(delta) FROM flow_base WHERE programme = 'p' AND country = '*' AND specimen = 0"
        " AND happened_on <= '2026' AND recorded_on <= '2026' GROUP BY stage, lifecycle"
    )
    with store.read() as connection:
        for way in ("seqscan", "bitmapscan") if kind == "postgresql" else ():
            connection.execute(text(f"SET enable_{way} = off"))
        plan = " ".join(str(row) for row in connection.execute(text(explain + asked)))
    store.close()
    assert scan in plan
    assert "Sort" not in plan
    assert "TEMP B-TREE" not in plan
