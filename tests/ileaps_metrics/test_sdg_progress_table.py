"""Progress over a table of observations: base years, bounds, ceilings, named refusals."""

from __future__ import annotations

import math
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest

from ileaps_metrics.sdg_trends import progress_table

CATALOGUE = pd.DataFrame(
    [
        ("SLUM", -1, 0.0, 0.0, 2030, "universal access"),
        ("WATER", 1, 100.0, 100.0, 2030, "universal access"),
        ("POVERTY", -1, 0.0, 0.0, 2030, "explicit in SDG text"),
        ("PHONE", 1, 100.0, 100.0, 2020, "universal access"),
        ("PM25", -1, 0.0, np.nan, np.nan, "none"),
        ("PENSION", 1, 100.0, np.nan, np.nan, "none"),
        ("COUNT", 0, np.nan, np.nan, np.nan, "none"),
        ("BALANCE", 1, np.nan, np.nan, np.nan, "none"),
        ("VC_DSR_MORT", -1, np.nan, np.nan, np.nan, "none"),
    ],
    columns=[
        "series",
        "direction",
        "natural_limit",
        "target_value",
        "target_year",
        "target_basis",
    ],
)


def seen(series: str, values: dict[int, Any], area: str = "IDN", **other: Any) -> pd.DataFrame:
    """Observations of one line; ">95" and "<5" become bounds."""
    words = [str(value) for value in values.values()]
    return pd.DataFrame(
        {
            "series": series,
            "area_id": area,
            "year": [*values],
            "is_total": True,
            "value": [float(word.strip("<>")) if word != "None" else None for word in words],
            "bound": [{">": "above", "<": "below"}.get(word[0]) for word in words],
            "nature": "modelled",
        }
        | other
    )


def only(table: pd.DataFrame) -> Any:
    assert len(table) == 1
    return table.iloc[0]


def judged(series: str, values: dict[int, Any], **options: Any) -> Any:
    return only(progress_table(seen(series, values), CATALOGUE, **options))


def test_a_line_carries_its_inputs_rates_and_method() -> None:
    row = judged("SLUM", {2010: 25, 2015: 20, 2018: 16, 2020: 14})
    assert (row.base_year, row.base_value, row.current_year, row.current_value) == (
        2015, 20, 2020, 14,
    )  # fmt: skip
    assert (row.n_years, row.direction, row.target_value, row.target_year) == (3, -1, 0, 2030)
    assert (row.current_nature, row.method, row.status) == (
        "modelled", "statcan", "limited_progress",
    )  # fmt: skip
    assert row.observed_cagr == pytest.approx(0.7**0.2 - 1)
    assert row.required_cagr == pytest.approx((0.001 / 20) ** (1 / 15) - 1)
    assert row.value == pytest.approx(row.observed_cagr / row.required_cagr)
    assert row.linear_ratio == pytest.approx(0.9)
    assert pd.isna(row.reason)


# --- the base year -----------------------------------------------------------------------------


def test_statistics_canada_takes_the_next_later_year_and_the_united_nations_a_line_between() -> (
    None
):
    values = {2013: 40, 2017: 20, 2020: 14}
    later, between = judged("PM25", values), judged("PM25", values, method="unsd")
    assert (later.base_year, later.base_value, later.base_interpolated) == (2017, 20, False)
    assert (between.base_year, between.base_value) == (2015, 30)
    assert between.base_interpolated


def test_the_year_before_serves_a_series_observed_every_four_years_or_more_rarely() -> None:
    assert judged("PM25", {2014: 40, 2018: 20}).base_year == 2014
    assert judged("PM25", {2014: 40, 2017: 20, 2021: 14}).base_year == 2017
    assert judged("PM25", {2013: 40, 2018: 20, 2022: 14}).base_year == 2018


def test_without_an_earlier_year_there_is_nothing_to_interpolate() -> None:
    row = judged("PM25", {2016: 40, 2020: 20}, method="unsd")
    assert (row.status, row.reason) == ("not_available", "no_baseline")
    assert judged("PM25", {2016: 40, 2020: 20}).status == "substantial_progress"


def test_as_of_leaves_out_what_came_later() -> None:
    row = judged("PM25", {2015: 40, 2018: 30, 2020: 50}, as_of=2019)
    assert (row.current_year, row.status) == (2018, "substantial_progress")


def test_another_base_year_can_be_asked_for() -> None:
    assert judged("PM25", {2000: 40, 2015: 30, 2020: 20}, base_year=2000).base_value == 40


# --- named refusals ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("series", "values", "reason"),
    [
        ("COUNT", {2015: 1, 2020: 2}, "no_direction"),
        ("VC_DSR_MORT", {2015: 219, 2021: 7}, "single_events"),
        ("PM25", {2015: None, 2020: None}, "all_missing"),
        ("PM25", {2005: 40, 2012: 30}, "no_baseline"),
        ("PM25", {2017: 40}, "fewer_than_two_years"),
        ("WATER", {2015: 20, 2020: "<30"}, "bounded"),
        ("WATER", {2015: "<5", 2020: 30}, "bounded"),
        ("BALANCE", {2015: -2, 2020: 3}, "both_signs"),
        ("BALANCE", {2015: 2, 2018: -1, 2020: 3}, "both_signs"),
        ("BALANCE", {2015: 0, 2020: 3}, "base_is_zero"),
        ("PHONE", {2015: 80, 2022: 97}, "target_year_passed"),
    ],
)
def test_a_line_that_cannot_be_judged_says_why(
    series: str, values: dict[int, Any], reason: str
) -> None:
    for method in ("statcan", "unsd"):
        row = judged(series, values, method=method)
        assert row.status == "not_available"
        assert math.isnan(row.value)
        assert math.isnan(row.score)
        if not (method == "unsd" and reason == "fewer_than_two_years"):
            assert row.reason == reason


def test_a_line_of_parts_without_a_total_is_named() -> None:
    parts = seen("WATER", {2015: 60, 2020: 70}, is_total=False)
    row = only(progress_table(parts, CATALOGUE))
    assert (row.status, row.reason) == ("not_available", "no_total")


def test_parts_never_enter_a_total() -> None:
    total = seen("WATER", {2015: 60, 2020: 70})
    parts = seen("WATER", {2015: 90, 2020: 95, 2022: 96}, is_total=False)
    row = only(progress_table(pd.concat([total, parts]), CATALOGUE))
    assert (row.base_value, row.current_value, row.current_year) == (60, 70, 2020)


def test_base_at_the_target_and_lost_since_is_named() -> None:
    row = judged("WATER", {2015: 100, 2020: 98})
    assert (row.status, row.reason) == ("not_available", "base_equals_target")


# --- ceilings and bounds -----------------------------------------------------------------------


def test_near_universal_access_no_change_can_show() -> None:
    korea = judged("WATER", {2015: 99.90, 2020: 99.82})
    assert (korea.status, pd.isna(korea.reason)) == ("at_ceiling", True)
    assert math.isnan(korea.score)
    assert judged("WATER", {2015: 99.6, 2020: 99.4}).status == "deterioration"
    assert judged("SLUM", {2015: 2.0, 2020: 0.4}).status == "at_ceiling"
    # not a matter of access: poverty at 0.4 per cent is still on its way
    assert judged("POVERTY", {2015: 2.0, 2020: 0.4}).status == "moderate_progress"


def test_without_a_target_a_percentage_at_its_limit_is_at_the_ceiling() -> None:
    assert judged("PENSION", {2015: 99.9, 2020: 99.8}).status == "at_ceiling"
    assert judged("PENSION", {2015: 93.4, 2020: 92.7}).status == "deterioration"


def test_a_target_reached_is_achieved_rather_than_at_the_ceiling() -> None:
    assert judged("WATER", {2015: 98, 2020: 100}).status == "target_achieved"
    assert judged("WATER", {2015: 98, 2020: 100}, method="unsd").status == "substantial_progress"
    assert judged("WATER", {2020: 100}).status == "at_ceiling"


def test_a_bound_on_the_good_side_is_a_ceiling_and_gives_no_rate() -> None:
    row = judged("WATER", {2015: 90, 2020: ">95"})
    assert (row.status, row.current_value, row.current_bound) == ("at_ceiling", 95, "above")
    assert math.isnan(row.observed_cagr)
    assert math.isnan(row.linear_ratio)
    assert math.isnan(row.value)


def test_a_bound_that_lies_beyond_the_target_is_enough_to_have_reached_it() -> None:
    catalogue = CATALOGUE.assign(target_value=90.0, target_basis="explicit in SDG text")
    row = only(progress_table(seen("WATER", {2015: 80, 2020: ">95"}), catalogue))
    assert (row.status, math.isnan(row.value)) == ("target_achieved", True)


# --- after ESCAP -------------------------------------------------------------------------------


def test_the_index_after_escap_needs_a_target_but_no_rate() -> None:
    row = judged("SLUM", {2015: 20, 2020: 14}, method="after_escap")
    assert (row.value, row.score) == (pytest.approx(3.0), pytest.approx(3.0))
    assert (row.expected, row.status) == (pytest.approx(10 / 3), "behind_expected")
    none = judged("PM25", {2015: 20, 2020: 14}, method="after_escap")
    assert (none.status, none.reason) == ("not_available", "no_target")


# --- frames ------------------------------------------------------------------------------------


def test_every_pair_has_one_row_sorted_and_the_tables_stay_as_they_were() -> None:
    observations = pd.concat(
        [
            seen("WATER", {2020: 70, 2015: 60}, "LKA"),
            seen("WATER", {2015: 80, 2020: 90}, "IDN"),
            seen("SLUM", {2015: None}, "LKA"),
            seen("OTHER", {2015: 1}, "LKA"),
        ],
        ignore_index=True,
    )
    before = observations.copy()
    found = progress_table(observations, CATALOGUE)
    assert found[["series", "area_id"]].to_numpy().tolist() == [
        ["SLUM", "LKA"], ["WATER", "IDN"], ["WATER", "LKA"],
    ]  # fmt: skip
    pd.testing.assert_frame_equal(observations, before)


def test_a_duckdb_relation_is_taken_too() -> None:
    observations = pd.concat([seen("WATER", {2015: 60, 2020: 70}), seen("SLUM", {2015: "<5"})])
    relation = duckdb.from_df(observations)
    expected = progress_table(observations, CATALOGUE)
    pd.testing.assert_frame_equal(progress_table(relation, CATALOGUE), expected)


def test_no_observation_gives_no_row() -> None:
    assert len(progress_table(seen("WATER", {2015: 1}).iloc[:0], CATALOGUE)) == 0
    assert len(progress_table(seen("OTHER", {2015: 1}), CATALOGUE)) == 0


@pytest.mark.parametrize(
    ("observations", "catalogue", "options", "message"),
    [
        (
            pd.concat([seen("WATER", {2015: 60}), seen("WATER", {2015: 61})]),
            CATALOGUE,
            {},
            r"more than one total row for WATER IDN 2015 \(series, area, year\)",
        ),
        (
            pd.concat([seen("WATER", {2015: 60}), seen("WATER", {2015: None})]),
            CATALOGUE,
            {},
            "WATER IDN 2015",
        ),
        (
            seen("WATER", {2015: 60}),
            pd.concat([CATALOGUE, CATALOGUE.iloc[:1]]),
            {},
            "SLUM stand more than once",
        ),
        (seen("WATER", {2015: 60}), CATALOGUE.assign(direction=2), {}, "must be 1, -1 or 0"),
        (
            seen("WATER", {2015: 60}).drop(columns="bound"),
            CATALOGUE,
            {},
            "observations lacks the column bound",
        ),
        (seen("WATER", {2015: 60}), CATALOGUE, {"method": "oecd"}, "'oecd' is unknown"),
    ],
)
def test_impossible_tables_are_refused(
    observations: pd.DataFrame, catalogue: pd.DataFrame, options: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        progress_table(observations, catalogue, **options)
