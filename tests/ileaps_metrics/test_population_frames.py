"""Growth over tables: interpolation, growth between two years, sums over groups."""

from __future__ import annotations

import math
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest

from ileaps_metrics.growth import (
    aggregate_population,
    doubling_time,
    growth_rate,
    growth_table,
    interpolate_percent_urban,
    interpolate_population,
    population_at,
)

NAN = math.nan
TEXT = {"area_id": "str"}


def population(*rows: tuple[str, int, float, float]) -> pd.DataFrame:
    """Rows of area, year, urban, rural; totals and percentages follow."""
    frame = pd.DataFrame(rows, columns=["area_id", "year", "urban", "rural"]).astype(TEXT)
    total = frame["urban"] + frame["rural"]
    return frame.assign(total=total, percent_urban=100 * frame["urban"] / total)


def two_areas() -> pd.DataFrame:
    return population(
        ("B", 2010, 20.0, 80.0),
        ("B", 2020, 60.5, 60.5),
        ("A", 2020, 300.0, 100.0),
        ("A", 2010, 100.0, 100.0),
        ("A", 2030, 500.0, 100.0),
    )


def groups(**members: str) -> pd.DataFrame:
    pairs = [(area, group) for group, areas in members.items() for area in areas.split()]
    return pd.DataFrame(pairs, columns=["area_id", "group_id"]).astype("str")


FUNCTIONS = [
    pytest.param(lambda frame: population_at(frame, 2015), id="population_at"),
    pytest.param(lambda frame: growth_table(frame, 2010, 2020), id="growth_table"),
    pytest.param(lambda frame: aggregate_population(frame, groups(G="A B")), id="aggregate"),
]

# --- population_at -------------------------------------------------------------------------


def test_a_published_year_is_as_published() -> None:
    result = population_at(two_areas(), 2010)
    expected = pd.DataFrame(
        {
            "area_id": pd.Series(["A", "B"], dtype="str"),
            "year": [2010, 2010],
            "urban": [100.0, 20.0],
            "rural": [100.0, 80.0],
            "total": [200.0, 100.0],
            "percent_urban": [50.0, 20.0],
            "interpolated": [False, False],
        }
    )
    pd.testing.assert_frame_equal(result, expected)


def test_between_years_total_is_geometric_share_is_logistic_and_the_three_agree() -> None:
    result = population_at(two_areas(), [2015])
    row = result.set_index("area_id").loc["B"]
    # total sqrt(100 * 121) = 110; odds sqrt(1/4 * 1) = 1/2, a third
    assert row["total"] == pytest.approx(110.0)
    assert row["percent_urban"] == pytest.approx(100 / 3)
    assert row["urban"] == pytest.approx(110 / 3)
    assert row["rural"] == pytest.approx(220 / 3)
    assert bool(row["interpolated"]) is True


def test_outside_its_published_years_an_area_has_no_row() -> None:
    result = population_at(two_areas(), [2005, 2025, 2035])
    assert result[["area_id", "year"]].to_numpy().tolist() == [["A", 2025]]


def test_rows_come_sorted_once_a_year_asked_for() -> None:
    result = population_at(two_areas(), [2020, 2010, 2020])
    assert result[["area_id", "year"]].to_numpy().tolist() == [
        ["A", 2010],
        ["A", 2020],
        ["B", 2010],
        ["B", 2020],
    ]


def test_urban_alone_grows_geometrically() -> None:
    frame = two_areas().assign(rural=NAN, total=NAN, percent_urban=NAN)
    row = population_at(frame, 2015).set_index("area_id").loc["B"]
    assert row["urban"] == pytest.approx(interpolate_population(20, 60.5, 2010, 2020, 2015))
    assert row[["rural", "total", "percent_urban"]].isna().all()


def test_a_rounded_percentage_gives_way_to_urban_over_total() -> None:
    frame = two_areas()
    rounded = frame.assign(percent_urban=frame["percent_urban"].round(0) + 0.4)
    between = population_at(rounded, 2015).set_index("area_id")["percent_urban"]
    assert between["B"] == pytest.approx(100 / 3)
    published = population_at(rounded, 2010).set_index("area_id")["percent_urban"]
    assert published["B"] == 20.4


def test_a_percentage_without_populations_is_interpolated_by_itself() -> None:
    frame = two_areas().assign(urban=NAN, rural=NAN, total=NAN)
    row = population_at(frame, 2017).set_index("area_id").loc["B"]
    assert row["percent_urban"] == pytest.approx(
        interpolate_percent_urban(20, 50, 2010, 2020, 2017)
    )


def test_a_row_without_any_figure_is_no_published_year() -> None:
    empty = pd.DataFrame({"area_id": ["B"], "year": [2015]}).astype(TEXT)
    result = population_at(pd.concat([two_areas(), empty]), 2015).set_index("area_id")
    assert bool(result.loc["B", "interpolated"]) is True
    assert result.loc["B", "total"] == pytest.approx(110.0)


def test_a_row_with_some_figures_is_as_published_missing_ones_included() -> None:
    partial = pd.DataFrame({"area_id": ["B"], "year": [2015], "urban": [31.0]}).astype(TEXT)
    row = population_at(pd.concat([two_areas(), partial]), 2015).set_index("area_id").loc["B"]
    assert row["urban"] == 31.0
    assert math.isnan(row["total"])
    assert bool(row["interpolated"]) is False


def test_a_city_state_never_has_a_rural_population_below_zero() -> None:
    frame = population(("SGP", 2000, 3.9, 0.0), ("SGP", 2010, 5.1, 0.0))
    between = population_at(frame, range(2001, 2010))
    assert between["rural"].eq(0).all()
    assert between["percent_urban"].eq(100).all()


def test_an_area_without_towns_stays_without() -> None:
    frame = population(("TKL", 2010, 0.0, 1.0), ("TKL", 2020, 0.0, 1.21))
    row = population_at(frame, 2015).iloc[0]
    assert row["urban"] == 0.0
    assert row["percent_urban"] == 0.0
    assert row["rural"] == pytest.approx(1.1)


def test_a_year_is_a_whole_number() -> None:
    with pytest.raises(ValueError, match=r"whole numbers, got \[2018\.5\]"):
        population_at(two_areas(), [2018.5])  # type: ignore[list-item]


# --- growth_table --------------------------------------------------------------------------


def test_growth_by_hand() -> None:
    row = growth_table(two_areas(), 2010, 2020).set_index("area_id").loc["B"]
    assert row["urban_growth"] == pytest.approx(10 * math.log(60.5 / 20))
    assert row["rural_growth"] == pytest.approx(10 * math.log(60.5 / 80))
    assert row["total_growth"] == pytest.approx(10 * math.log(1.21))
    assert row["rate_of_urbanization"] == pytest.approx(10 * math.log(2.5))
    assert row["urban_rural_difference"] == pytest.approx(10 * math.log(4))
    assert row["doubling_time"] == pytest.approx(doubling_time(row["urban_growth"]))
    # shares 0.2 and 0.5: 21 * 0.35; 0.3 * 110.5
    assert row["change"] == 40.5
    assert row["total_growth_effect"] == pytest.approx(7.35)
    assert row["share_effect"] == pytest.approx(33.15)


def test_growth_table_has_these_columns_in_this_order() -> None:
    frame = two_areas().assign(revision_id="wup2018")
    assert list(growth_table(frame, 2010, 2020).columns) == [
        "area_id",
        "urban_start",
        "urban_end",
        "total_start",
        "total_end",
        "rural_start",
        "rural_end",
        "percent_urban_start",
        "percent_urban_end",
        "urban_growth",
        "rural_growth",
        "total_growth",
        "rate_of_urbanization",
        "urban_rural_difference",
        "doubling_time",
        "change",
        "total_growth_effect",
        "share_effect",
        "revision_id",
    ]


def test_rates_add_up_though_published_percentages_are_rounded() -> None:
    frame = two_areas()
    rounded = frame.assign(percent_urban=frame["percent_urban"].round(0) + 0.4)
    row = growth_table(rounded, 2010, 2020).set_index("area_id").loc["B"]
    assert row["percent_urban_start"] == 20.4
    assert row["urban_growth"] == pytest.approx(row["total_growth"] + row["rate_of_urbanization"])


def test_an_area_without_one_of_the_years_has_a_row_and_no_growth() -> None:
    row = growth_table(two_areas(), 2020, 2030).set_index("area_id").loc["B"]
    assert row["urban_start"] == 60.5
    assert math.isnan(row["urban_end"])
    assert math.isnan(row["urban_growth"])
    assert math.isnan(row["change"])


def test_urban_only_revision_has_urban_growth_and_change_only() -> None:
    frame = two_areas().assign(rural=NAN, total=NAN, percent_urban=NAN)
    row = growth_table(frame, 2010, 2020).set_index("area_id").loc["B"]
    known = {"urban_start", "urban_end", "urban_growth", "doubling_time", "change"}
    assert set(row.dropna().index) == known


@pytest.mark.parametrize("bad", [0.0, -3.0, NAN, math.inf])
def test_a_population_that_is_none_gives_missing_never_infinite(bad: float) -> None:
    frame = two_areas()
    for column in ("urban", "rural", "total"):
        table = growth_table(frame.assign(**{column: bad}), 2010, 2020)
        assert table[f"{column}_growth"].isna().all()
        assert not np.isinf(table.drop(columns="area_id").to_numpy(dtype=float)).any()


def test_a_year_nobody_has_is_refused_with_the_way_out() -> None:
    with pytest.raises(
        ValueError, match=r"for 2015; the frame runs from 2010 to 2030.*population_at"
    ):
        growth_table(two_areas(), 2010, 2015)


@pytest.mark.parametrize("end_year", [2010, 2000])
def test_years_in_the_wrong_order_are_refused(end_year: int) -> None:
    with pytest.raises(ValueError, match=f"end_year {end_year} is not after start_year 2010"):
        growth_table(two_areas(), 2010, end_year)


# --- aggregate_population ------------------------------------------------------------------


def test_sums_and_percentage_of_sums() -> None:
    result = aggregate_population(two_areas(), groups(both="A B", one="A"))
    assert list(result.columns) == [
        "area_id",
        "year",
        "urban",
        "rural",
        "total",
        "percent_urban",
        "members",
        "members_with_data",
    ]
    by_key = result.set_index(["area_id", "year"])
    assert by_key.loc[("both", 2010)].tolist() == [120.0, 180.0, 300.0, 40.0, 2, 2]
    assert by_key.loc[("one", 2010)].tolist() == [100.0, 100.0, 200.0, 50.0, 1, 1]


def test_an_absent_member_is_counted_but_not_as_zero_people() -> None:
    result = aggregate_population(two_areas(), groups(G="A B C"))
    coverage = result.set_index("year")[["members", "members_with_data"]]
    assert coverage.to_numpy().tolist() == [[3, 2], [3, 2], [3, 1]]


@pytest.mark.parametrize(
    ("lacking", "urban", "total", "members_with_data"),
    [("total", 120.0, 200.0, 2), ("urban", 100.0, 300.0, 1)],
)
def test_the_percentage_leaves_out_a_member_known_in_part(
    lacking: str, urban: float, total: float, members_with_data: int
) -> None:
    frame = two_areas().query("year == 2010")
    frame = frame.assign(**{lacking: frame[lacking].where(frame["area_id"] == "A")})
    row = aggregate_population(frame, groups(G="A B")).iloc[0]
    assert row["urban"] == urban
    assert row["total"] == total
    assert row["members_with_data"] == members_with_data
    assert row["percent_urban"] == 50.0


def test_a_sum_over_no_figure_is_missing() -> None:
    frame = two_areas().assign(rural=NAN, total=NAN, percent_urban=NAN)
    row = aggregate_population(frame, groups(G="A B")).iloc[0]
    assert row["urban"] == 120.0
    assert row[["rural", "total", "percent_urban"]].isna().all()
    assert row["members_with_data"] == 2


def test_a_membership_told_twice_counts_once_and_a_missing_one_not_at_all() -> None:
    pairs = pd.concat(
        [groups(G="A B A"), pd.DataFrame({"area_id": ["A", None], "group_id": [None, "G"]})]
    )
    row = aggregate_population(two_areas(), pairs).iloc[0]
    assert row["urban"] == 120.0
    assert row["members"] == 2


def test_a_group_without_any_figure_has_no_row() -> None:
    result = aggregate_population(two_areas(), groups(G="A", nobody="X Y"))
    assert set(result["area_id"]) == {"G"}


def test_growth_of_a_sum_whose_members_changed_is_not_growth() -> None:
    sums = aggregate_population(two_areas(), groups(both="A B", one="A"))
    growth = growth_table(sums, 2020, 2030).set_index("area_id")
    assert math.isnan(growth.loc["both", "urban_growth"])
    assert math.isnan(growth.loc["both", "change"])
    assert growth.loc["both", "urban_end"] == 500.0
    assert growth.loc["one", "urban_growth"] == pytest.approx(growth_rate(300, 500, 10))


def test_membership_needs_its_columns() -> None:
    with pytest.raises(ValueError, match="membership lacks the column group_id; it has area_id"):
        aggregate_population(two_areas(), pd.DataFrame({"area_id": ["A"]}))


# --- all three -----------------------------------------------------------------------------


@pytest.mark.parametrize("function", FUNCTIONS)
def test_revisions_are_never_mixed(function: Any) -> None:
    frame = two_areas().assign(revision_id=["wup2018", "wup2018", "wup2014", "wup2014", "wup2014"])
    with pytest.raises(ValueError, match=r"revisions wup2014, wup2018.*Filter on one revision_id"):
        function(frame)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_revision_is_handed_on(function: Any) -> None:
    result = function(two_areas().assign(revision_id="wup2018"))
    assert result["revision_id"].tolist() == ["wup2018"] * len(result)
    assert result.columns[-1] == "revision_id"


@pytest.mark.parametrize("function", FUNCTIONS)
def test_an_area_twice_in_a_year_is_refused(function: Any) -> None:
    frame = pd.concat([two_areas(), two_areas().iloc[:1]])
    with pytest.raises(ValueError, match="B has more than one row for 2010"):
        function(frame)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_lacking_column_is_named(function: Any) -> None:
    with pytest.raises(ValueError, match="lacks the column total, percent_urban; it has area_id"):
        function(two_areas().drop(columns=["total", "percent_urban"]))


@pytest.mark.parametrize("function", FUNCTIONS)
def test_nothing_in_nothing_out_with_the_same_columns(function: Any) -> None:
    full, empty = function(two_areas()), function(two_areas().iloc[:0])
    assert len(empty) == 0
    assert list(empty.columns) == list(full.columns)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_frame_handed_in_is_not_changed_nor_its_order_or_index_used(function: Any) -> None:
    frame = two_areas()
    shuffled = frame.iloc[[3, 0, 4, 2, 1]].set_index(pd.Index([5, 5, 1, 0, 9]))
    before = shuffled.copy()
    pd.testing.assert_frame_equal(function(shuffled), function(frame))
    pd.testing.assert_frame_equal(shuffled, before)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_duckdb_relation_gives_the_same_figures(function: Any) -> None:
    frame = two_areas().assign(revision_id="wup2018")
    relation = duckdb.from_df(frame)
    pd.testing.assert_frame_equal(function(relation), function(frame), check_dtype=False)
