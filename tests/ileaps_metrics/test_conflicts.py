"""Conflicts between sources: each rule on two rows, and the exact list in the fact base."""

from __future__ import annotations

from typing import Any

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ileaps_data import reference
from ileaps_metrics.pilot_progress import conflicts, undated
from tests.ileaps_metrics.pilot_tables import figures, indicator

few = settings(max_examples=15, deadline=None)


def kinds(first: dict[str, Any], second: dict[str, Any], **about: Any) -> list[str]:
    table = figures({"source_id": "a"} | first, {"source_id": "b"} | second)
    return conflicts(indicator(**about), table)["kind"].tolist()


YEAR = {"period_start": "2020", "period_end": "2020"}
HALF = {"period_start": "2020-01", "period_end": "2020-06"}
LATER = {"period_start": "2021", "period_end": "2021"}


# --- which pairs are compared ----------------------------------------------------------------


def test_overlapping_periods_with_other_values_conflict() -> None:
    assert kinds(YEAR | {"value": 10}, HALF | {"value": 20}) == ["overlap"]
    assert kinds(YEAR | {"value": 10}, HALF | {"value": 20}, aggregation="flow") == ["overlap"]


def test_a_period_given_by_its_end_alone_is_that_interval() -> None:
    assert kinds({"period_end": "2020-06-30", "value": 1}, HALF | {"value": 2}) == ["overlap"]


@pytest.mark.parametrize(
    "change",
    [
        {"source_id": "a"},
        {"group": "comparison"},
        {"disaggregation": "women"},
        {"value_kind": "announced"},
        {"indicator_id": "y"},
        {"period_start": None, "period_end": None},
        {"value": None},
    ],
)
def test_what_differs_in_kind_or_has_no_date_is_not_compared(change: dict[str, Any]) -> None:
    assert kinds(YEAR | {"value": 10}, HALF | {"value": 20} | change) == []


# --- how far apart ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "conflict"),
    [
        ({"value": 10}, {"value": 10}, False),
        ({"value": 1}, {"value": 2}, True),
        ({"value": 8.6}, {"value": 8.64}, False),
        ({"value": 8.6}, {"value": 8.66}, True),
        ({"value": 2688}, {"value": 2686}, True),
        ({"value": 100, "qualifier": "about"}, {"value": 105}, False),
        ({"value": 100, "qualifier": "about"}, {"value": 106}, True),
        ({"value": 10, "qualifier": "at_least"}, {"value": 500}, False),
        ({"value": 10, "qualifier": "at_least"}, {"value": 9}, True),
        ({"value": 10, "qualifier": "at_most"}, {"value": 0}, False),
        ({"value": 10, "qualifier": "at_most"}, {"value": 11}, True),
        ({"value": 10, "qualifier": "at_least"}, {"value": 8, "qualifier": "at_least"}, False),
        ({"value": 10, "qualifier": "at_least"}, {"value": 8, "qualifier": "at_most"}, True),
    ],
)
def test_values_conflict_only_beyond_rounding_and_qualifier(
    first: dict[str, Any], second: dict[str, Any], conflict: bool
) -> None:
    assert bool(kinds(YEAR | first, YEAR | second)) is conflict
    assert bool(kinds(YEAR | second, YEAR | first)) is conflict


# --- cumulative and declining series ---------------------------------------------------------


def test_a_growing_total_is_no_conflict_though_its_periods_overlap() -> None:
    start = {"period_start": "2020-01-01"}
    first, second = start | {"period_end": "2020-06"}, start | {"period_end": "2020-12"}
    total = {"aggregation": "cumulative"}
    assert kinds(first | {"value": 10}, second | {"value": 20}, **total) == []
    assert kinds(first | {"value": 20}, second | {"value": 10}, **total) == ["cumulative_fall"]
    assert kinds(first | {"value": 20}, first | {"value": 10}, **total) == ["same_end"]


def test_a_level_that_worsens_within_a_year_is_decline_or_disagreement() -> None:
    may, july = {"period_end": "2018-05-03"}, {"period_end": "2018-07-03"}
    code = ["decline_or_disagreement"]
    assert kinds(may | {"value": 7}, july | {"value": 3}) == code
    assert kinds(may | {"value": 3}, july | {"value": 7}) == []
    assert kinds(may | {"value": 3}, july | {"value": 7}, ascending=False) == code
    assert kinds(may | {"value": 7}, july | {"value": 3}, ascending=None) == []
    assert kinds(may | {"value": 7}, july | {"value": 3}, aggregation="flow") == []
    assert kinds(may | {"value": 7}, july | {"value": 3}, result_level="context") == []
    assert kinds(may | {"value": 7}, {"period_end": "2019-05-04", "value": 3}) == []
    assert kinds(may | {"value": 7}, {"period_end": "2019-05-03", "value": 3}) == code


def test_only_consecutive_values_can_decline() -> None:
    table = figures(
        {"period_end": "2018-05", "value": 7, "source_id": "a"},
        {"period_end": "2018-06", "value": 3, "source_id": "b"},
        {"period_end": "2018-07", "value": 3, "source_id": "c"},
    )
    found = conflicts(indicator(), table)
    assert found[["earlier_source_id", "later_source_id"]].to_numpy().tolist() == [["a", "b"]]


def test_ties_come_in_one_order_whatever_the_order_of_the_rows() -> None:
    half = {"period_end": "2018-06-01", "value": 1.0, "source_id": "c"}
    rows = [
        {"period_end": "2018", "value": 2.0, "source_id": "a"},
        half | {"qualifier": "at_most"},
        half | {"qualifier": "exact"},
    ]
    found = conflicts(indicator(), figures(*rows))
    assert found["earlier_qualifier"].tolist() == ["at_most", "exact"]
    pd.testing.assert_frame_equal(found, conflicts(indicator(), figures(*reversed(rows))))


# --- properties and the fact base ------------------------------------------------------------

ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "period_end": st.sampled_from(["2018", "2018-05", "2018-06-01", "2019", None]),
            "value": st.sampled_from([1.0, 2.0, 100.0]),
            "source_id": st.sampled_from(["a", "b", "c"]),
            "qualifier": st.sampled_from(["exact", "about", "at_least", "at_most"]),
        }
    ),
    min_size=2,
    max_size=6,
)


@few
@given(ROWS, st.randoms(use_true_random=False))
def test_conflicts_do_not_depend_on_the_order_of_the_rows(
    rows: list[dict[str, Any]], random: Any
) -> None:
    table = figures(*rows)
    before = table.copy()
    found = conflicts(indicator(), table)
    shuffled = list(rows)
    random.shuffle(shuffled)
    pd.testing.assert_frame_equal(found, conflicts(indicator(), figures(*shuffled)))
    assert (found["earlier_source_id"] != found["later_source_id"]).all()
    pd.testing.assert_frame_equal(table, before)


REAL = [
    ("mks_schools", "bakti_inovasi_0", 1, "smg_20180503", 7, "overlap"),
    ("mks_schools", "smg_20180503", 7, "penasulsel_2018", 3, "decline_or_disagreement"),
    ("mks_vehicles", "bakti_inovasi_0", 2, "maccanews_armada", 10, "overlap"),
    ("owl_buses", "joongang_20220405", 72, "mobility_innovators", 139, "overlap"),
    ("owl_routes", "asiae_20220404", 14, "joongang_20220405", 15, "overlap"),
    ("trn_officials", "herald_20221125", 2688, "si_overseas", 2686, "cumulative_fall"),
]


def test_the_fact_base_holds_exactly_six_conflicts() -> None:
    found = conflicts(reference.indicators(), reference.observations())
    columns = ["indicator_id", "earlier_source_id", "earlier_value"]
    columns += ["later_source_id", "later_value", "kind"]
    assert [tuple(row) for row in found[columns].to_numpy().tolist()] == REAL


def test_duckdb_finds_the_same_conflicts() -> None:
    connection = duckdb.connect()
    connection.register("i", reference.indicators())
    connection.register("o", reference.observations())
    found = conflicts(connection.table("i"), connection.table("o")).df()
    assert [(row[0], row[1]) for row in found[["indicator_id", "kind"]].to_numpy().tolist()] == [
        (row[0], row[-1]) for row in REAL
    ]


def test_the_fact_base_holds_twenty_one_figures_without_a_date() -> None:
    found = undated(reference.observations())
    assert len(found) == 21
    assert list(found.columns) == list(reference.observations().columns)
    assert found["period_end"].isna().all()


def test_a_table_without_a_column_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="observations lacks the columns period_end"):
        conflicts(indicator(), figures({}).drop(columns="period_end"))
