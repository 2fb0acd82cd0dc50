"""Growth formulas on numbers, arrays and Series: hand-computed values, identities, edges."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ileaps_metrics.elementwise import as_floats
from ileaps_metrics.growth import (
    crossing_year,
    doubling_time,
    growth_decomposition,
    growth_rate,
    interpolate_percent_urban,
    interpolate_population,
    percent_urban,
    rate_of_urbanization,
    urban_rural_growth_difference,
)

POPULATIONS = st.floats(0.001, 1e8)
PERIODS = st.floats(0.5, 100)
PERCENTAGES = st.floats(0.1, 99.9)
few = settings(max_examples=50, deadline=None)


def close(value: float) -> Any:
    return pytest.approx(value, rel=1e-9, abs=1e-9)


# --- hand-computed -------------------------------------------------------------------------


def test_a_population_growing_by_a_factor_of_e_in_ten_years_grows_ten_per_cent_a_year() -> None:
    assert growth_rate(1000.0, 1000.0 * math.e, 10) == close(10.0)


def test_a_population_halving_in_seven_years_shrinks_by_a_hundred_ln_two_sevenths() -> None:
    assert growth_rate(80.0, 40.0, 7) == close(-9.902102579427789)


def test_doubling_at_the_rate_that_doubles_in_thirty_years_takes_thirty_years() -> None:
    assert doubling_time(growth_rate(1, 2, 30)) == close(30.0)


def test_doubling_time_of_published_example() -> None:
    assert doubling_time(2.42) == pytest.approx(28.642, abs=5e-4)


@pytest.mark.parametrize("rate", [0.0, -0.25, None, math.nan, 1e-308, math.inf])
def test_what_does_not_double_has_no_doubling_time(rate: float) -> None:
    assert math.isnan(doubling_time(rate))


def test_rate_of_urbanization_is_relative() -> None:
    assert rate_of_urbanization(50, 51, 1) == pytest.approx(1.98026, abs=1e-5)


def test_percent_urban() -> None:
    assert percent_urban(1, 4) == 25.0
    assert percent_urban(0, 4) == 0.0
    assert percent_urban(4, 4) == 100.0


def test_an_urban_population_above_the_total_is_rounding_or_no_share() -> None:
    assert percent_urban(1000.0000001, 1000) == 100.0
    assert math.isnan(percent_urban(1001, 1000))


def test_urban_rural_difference() -> None:
    # ln(150/100)/10 - ln(90/100)/10 = 4.0546510811 + 1.0536051566
    difference = urban_rural_growth_difference(100, 100, 150, 90, 10)
    assert difference == pytest.approx(5.1082562377, abs=1e-9)


def test_decomposition() -> None:
    # shares 0.4 and 0.5: 20 * 0.45 = 9 from the total; 0.1 * 110 = 11 from the share
    parts = growth_decomposition(40, 100, 60, 120)
    assert parts.change == 20.0
    assert parts.total_growth_effect == close(9.0)
    assert parts.share_effect == close(11.0)


def test_decomposition_without_totals_still_has_its_change() -> None:
    parts = growth_decomposition(40, None, 60, None)
    assert parts.change == 20.0
    assert math.isnan(parts.total_growth_effect)
    assert math.isnan(parts.share_effect)


def test_population_halfway_is_the_geometric_mean() -> None:
    assert interpolate_population(100, 400, 2000, 2010, 2005) == close(200.0)


def test_percentage_halfway_has_the_mean_logit() -> None:
    # odds 1/4 and 1: the geometric mean is 1/2, a third of the population
    assert interpolate_percent_urban(20, 50, 2000, 2010, 2005) == close(100 / 3)


@pytest.mark.parametrize(
    ("start", "end", "halfway"), [(100, 100, 100), (0, 0, 0), (99, 100, 99.5), (0, 10, 5)]
)
def test_where_the_logit_is_infinite_the_percentage_is_linear(
    start: float, end: float, halfway: float
) -> None:
    assert interpolate_percent_urban(start, end, 2000, 2010, 2005) == close(halfway)


@pytest.mark.parametrize("interpolate", [interpolate_population, interpolate_percent_urban])
def test_the_ends_are_the_published_figures_to_the_last_digit(interpolate: Any) -> None:
    assert interpolate(55.323, 61.428, 2015, 2020, 2015) == 55.323
    assert interpolate(55.323, 61.428, 2015, 2020, 2020) == 61.428


@pytest.mark.parametrize("interpolate", [interpolate_population, interpolate_percent_urban])
def test_nothing_is_extrapolated(interpolate: Any) -> None:
    result = interpolate(20.0, 50.0, 2000, 2010, np.array([1999, 2000, 2010, 2011]))
    np.testing.assert_array_equal(result, [np.nan, 20.0, 50.0, np.nan])


@pytest.mark.parametrize("interpolate", [interpolate_population, interpolate_percent_urban])
@pytest.mark.parametrize("end_year", [2000, 1990])
def test_an_interval_must_run_forward(interpolate: Any, end_year: int) -> None:
    with pytest.raises(ValueError, match=r"end_year - start_year must be above 0.*earlier year"):
        interpolate(20.0, 50.0, 2000, end_year, 2000)


# --- missing and impossible ----------------------------------------------------------------


@pytest.mark.parametrize("bad", [0, -5, None, math.nan, math.inf, -math.inf])
def test_a_population_that_is_none_has_no_rate(bad: float) -> None:
    assert math.isnan(growth_rate(bad, 10, 5))
    assert math.isnan(growth_rate(10, bad, 5))
    assert math.isnan(urban_rural_growth_difference(10, bad, 12, 10, 5))
    assert math.isnan(interpolate_population(bad, 10, 2000, 2010, 2005))
    assert math.isnan(percent_urban(10, bad))


@pytest.mark.parametrize("bad", [-1, 100.5, None, math.nan])
def test_a_percentage_outside_its_bounds_is_missing(bad: float) -> None:
    assert math.isnan(rate_of_urbanization(bad, 10, 5))
    assert math.isnan(interpolate_percent_urban(bad, 10, 2000, 2010, 2005))


@pytest.mark.parametrize("years", [0, -1])
def test_a_period_of_no_length_is_refused(years: int) -> None:
    for refused in (
        lambda: growth_rate(1, 2, years),
        lambda: rate_of_urbanization(1, 2, years),
        lambda: urban_rural_growth_difference(1, 2, 1, 2, years),
    ):
        with pytest.raises(ValueError, match="years must be above 0, got"):
            refused()


def test_the_refusal_names_the_position() -> None:
    with pytest.raises(ValueError, match=r"got 0\.0 at position 1"):
        growth_rate([1, 1], [2, 2], [5, 0])


def test_a_missing_period_is_missing() -> None:
    assert math.isnan(growth_rate(1, 2, math.nan))


# --- kinds ---------------------------------------------------------------------------------


def test_numbers_give_a_float() -> None:
    assert type(growth_rate(1, 2, 3)) is float
    assert type(growth_decomposition(40, 100, 60, 120).change) is float


def test_lists_and_arrays_give_an_array() -> None:
    expected = [growth_rate(1, 2, 5), math.nan]
    np.testing.assert_array_equal(growth_rate([1, None], [2, 3], 5), expected)
    np.testing.assert_array_equal(growth_rate(np.array([1, np.nan]), 2, 5), expected)


def test_a_series_gives_a_series_on_its_own_index() -> None:
    start = pd.Series([1.0, 0.0, None], index=["CHN", "NIU", "COK"])
    result = growth_rate(start, pd.Series([math.e, 2.0, 3.0], index=start.index), 1)
    expected = pd.Series([100.0, None, None], index=start.index, name="growth_rate")
    pd.testing.assert_series_equal(result, expected)


def test_a_nullable_series_is_understood() -> None:
    start = pd.Series([1, None], dtype="Int64")
    np.testing.assert_array_equal(growth_rate(start, 1.0, 1), [0.0, np.nan])


def test_decomposition_of_series_is_series() -> None:
    urban = pd.Series([40.0], index=["CHN"])
    parts = growth_decomposition(urban, urban + 60, urban + 20, urban + 80)
    assert [list(part.index) for part in parts] == [["CHN"]] * 3


def test_series_on_different_indexes_are_not_paired_by_accident() -> None:
    with pytest.raises(ValueError, match="different indexes"):
        growth_rate(pd.Series([1.0, 2.0], index=[0, 1]), pd.Series([1.0, 2.0], index=[1, 0]), 5)


def test_lengths_that_differ_are_refused() -> None:
    with pytest.raises(ValueError, match="do not go together"):
        growth_rate([1, 2, 3], [1, 2], 5)


def test_what_is_handed_in_is_not_changed() -> None:
    start = np.array([1.0, -1.0, 0.0])
    growth_rate(start, start, 5)
    doubling_time(start)
    np.testing.assert_array_equal(start, [1.0, -1.0, 0.0])


def test_a_formula_works_on_a_copy() -> None:
    start = np.array([1.0, 2.0])
    assert not np.shares_memory(as_floats(start), start)


# --- properties ----------------------------------------------------------------------------


@few
@given(start=POPULATIONS, end=POPULATIONS, years=PERIODS, scale=st.floats(0.001, 1000))
def test_the_unit_of_a_population_does_not_matter(
    start: float, end: float, years: float, scale: float
) -> None:
    assert growth_rate(start * scale, end * scale, years) == close(growth_rate(start, end, years))


@few
@given(start=POPULATIONS, end=POPULATIONS, years=PERIODS)
def test_going_back_is_the_opposite_rate(start: float, end: float, years: float) -> None:
    assert growth_rate(end, start, years) == -growth_rate(start, end, years)


@few
@given(start=POPULATIONS, lower=POPULATIONS, more=st.floats(1.001, 10), years=PERIODS)
def test_a_larger_end_is_a_higher_rate(
    start: float, lower: float, more: float, years: float
) -> None:
    assert growth_rate(start, lower * more, years) > growth_rate(start, lower, years)


@few
@given(
    total_start=POPULATIONS,
    total_end=POPULATIONS,
    start=PERCENTAGES,
    end=PERCENTAGES,
    years=PERIODS,
)
def test_urban_growth_is_total_growth_plus_rate_of_urbanization(
    total_start: float, total_end: float, start: float, end: float, years: float
) -> None:
    urban = growth_rate(total_start * start / 100, total_end * end / 100, years)
    total = growth_rate(total_start, total_end, years)
    assert urban == pytest.approx(total + rate_of_urbanization(start, end, years), abs=1e-9)


@few
@given(
    total_start=POPULATIONS,
    total_end=POPULATIONS,
    start=PERCENTAGES,
    end=PERCENTAGES,
    years=PERIODS,
)
def test_urban_rural_difference_is_urban_less_rural_growth(
    total_start: float, total_end: float, start: float, end: float, years: float
) -> None:
    urban = [total_start * start / 100, total_end * end / 100]
    rural = [total_start * (100 - start) / 100, total_end * (100 - end) / 100]
    difference = urban_rural_growth_difference(urban[0], rural[0], urban[1], rural[1], years)
    expected = growth_rate(*urban, years) - growth_rate(*rural, years)
    assert difference == pytest.approx(expected, abs=1e-9)


@few
@given(total_start=POPULATIONS, total_end=POPULATIONS, start=PERCENTAGES, end=PERCENTAGES)
def test_the_parts_of_urban_growth_add_up(
    total_start: float, total_end: float, start: float, end: float
) -> None:
    parts = growth_decomposition(
        total_start * start / 100, total_start, total_end * end / 100, total_end
    )
    tolerance = 1e-12 * max(total_start, total_end)
    assert parts.total_growth_effect + parts.share_effect == pytest.approx(
        parts.change, abs=tolerance
    )


@few
@given(start=POPULATIONS, end=POPULATIONS, part=st.floats(0, 1))
def test_growth_to_a_year_between_is_growth_over_the_whole(
    start: float, end: float, part: float
) -> None:
    year = 2000 + 10 * part
    between = interpolate_population(start, end, 2000, 2010, year)
    assert min(start, end) * (1 - 1e-12) <= between <= max(start, end) * (1 + 1e-12)
    if part > 0.01:
        assert growth_rate(start, between, year - 2000) == pytest.approx(
            growth_rate(start, end, 10), abs=1e-7
        )


@few
@given(start=PERCENTAGES, end=PERCENTAGES, part=st.floats(0.01, 0.99))
def test_percentage_between_keeps_the_urban_rural_difference(
    start: float, end: float, part: float
) -> None:
    year = 2000 + 10 * part
    between = interpolate_percent_urban(start, end, 2000, 2010, year)
    assert min(start, end) - 1e-9 <= between <= max(start, end) + 1e-9
    first = urban_rural_growth_difference(start, 100 - start, between, 100 - between, year - 2000)
    whole = urban_rural_growth_difference(start, 100 - start, end, 100 - end, 10)
    assert first == pytest.approx(whole, abs=1e-6)


@few
@given(rate=st.floats(0.01, 20))
def test_growing_for_the_doubling_time_doubles(rate: float) -> None:
    assert growth_rate(1, 2, doubling_time(rate)) == close(rate)


@few
@given(values=st.lists(st.floats() | st.none(), min_size=1, max_size=8))
def test_no_input_gives_infinity(values: list[float | None]) -> None:
    for result in (
        growth_rate(values, 10, 5),
        growth_rate(10, values, 5),
        doubling_time(values),
        rate_of_urbanization(values, 50, 5),
        percent_urban(values, 10),
        interpolate_population(values, 10, 2000, 2010, 2005),
        interpolate_percent_urban(values, 10, 2000, 2010, 2005),
    ):
        assert not np.isinf(result).any()


# --- the year a level is reached -----------------------------------------------------------


def test_crossing_lies_on_the_line_between_the_points() -> None:
    assert crossing_year([2015, 2020], [48, 53]) == close(2017.0)


def test_crossing_in_another_order_with_another_level() -> None:
    assert crossing_year([2020, 2000, 2010], [70, 30, 40], level=55) == close(2015.0)


def test_the_first_of_several_crossings_is_given() -> None:
    assert crossing_year([2000, 2010, 2020, 2030], [40, 60, 40, 60]) == close(2005.0)


def test_a_point_exactly_at_the_level_is_the_crossing() -> None:
    assert crossing_year([2000, 2010, 2020], [40, 50, 60]) == 2010.0
    assert crossing_year([2000, 2010], [50, 60]) == 2000.0


@pytest.mark.parametrize(
    "values", [[40, 49], [60, 70], [60, 40], [None, None], [None, 60], [math.inf, 60]]
)
def test_without_a_rise_through_the_level_there_is_no_year(values: list[float | None]) -> None:
    assert math.isnan(crossing_year([2000, 2010], values))


def test_no_points_no_year() -> None:
    assert math.isnan(crossing_year([], []))


def test_a_missing_point_is_bridged() -> None:
    assert crossing_year([2000, 2010, 2020], [40, None, 60]) == close(2010.0)


def test_crossing_takes_series() -> None:
    frame = pd.DataFrame({"year": [2015, 2020], "percent_urban": [48.0, 53.0]}, index=[7, 9])
    assert crossing_year(frame["year"], frame["percent_urban"]) == close(2017.0)


def test_crossing_needs_a_value_a_year() -> None:
    with pytest.raises(ValueError, match="3 years for 2 values"):
        crossing_year([1, 2, 3], [1, 2])


def test_crossing_refuses_a_year_twice() -> None:
    with pytest.raises(ValueError, match="2010 occurs twice"):
        crossing_year([2000, 2010, 2010], [1, 2, 3])
