"""City-system measures: hand-computed values, Zipf's benchmarks, properties, edges."""

from __future__ import annotations

import math
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ileaps_metrics.city_systems import (
    RankSize,
    city_system_table,
    gini,
    herfindahl,
    hill_exponent,
    largest_city_share,
    primacy,
    rank_size,
)

ZIPF = [1 / rank for rank in range(1, 12)]
CITIES = st.lists(st.floats(1.0, 1e5), min_size=11, max_size=40)
few = settings(max_examples=50, deadline=None)


@pytest.mark.parametrize(("cities", "expected"), [(2, 2.0), (4, 12 / 13), (11, 2 / sum(ZIPF[1:]))])
def test_primacy_under_zipf(cities: Any, expected: float) -> None:
    assert primacy(ZIPF, cities) == pytest.approx(expected, rel=1e-12)


def test_primacy_by_hand() -> None:
    sizes = [10, 80, 20, 10]
    assert primacy(sizes, 2) == 4.0
    assert primacy(sizes, 4) == 2.0


@pytest.mark.parametrize("cities", [2, 4, 11])
def test_too_few_cities_have_no_primacy(cities: Any) -> None:
    assert math.isnan(primacy(range(1, cities), cities))
    assert not math.isnan(primacy(range(1, cities + 1), cities))


def test_unusable_populations_are_no_cities() -> None:
    assert math.isnan(primacy([100, None, 0, -5, math.nan, math.inf], 2))
    assert rank_size([100, 50, 25, None, 0, -1]).n == 3


@pytest.mark.parametrize("cities", [0, 1, 3, 12])
def test_another_number_of_cities_is_refused(cities: Any) -> None:
    with pytest.raises(ValueError, match=f"must be 2, 4 or 11, got {cities}"):
        primacy([1, 2, 3], cities)


def test_rank_size_by_hand() -> None:
    # populations whose logarithm falls as ln(rank - 1/2) rises lie on the line exactly
    sizes = [(rank - 0.5) ** -0.5 for rank in range(1, 9)]
    fit = rank_size(sizes)
    assert fit.exponent == pytest.approx(2.0, rel=1e-12)
    assert fit.standard_error == pytest.approx(2.0 * math.sqrt(2 / 8), rel=1e-12)
    assert fit.n == 8


def test_rank_size_equals_an_independent_least_squares() -> None:
    sizes = np.array([9000.0, 4100, 3900, 1200, 800, 310, 305])
    slope, _ = np.polyfit(np.log(sizes), np.log(np.arange(1, 8) - 0.5), 1)
    assert rank_size(sizes).exponent == pytest.approx(-slope, rel=1e-10)


@pytest.mark.parametrize("sizes", [[], [5], [5, 3], [7, 7, 7]])
def test_no_rank_size_line_without_three_cities_of_different_size(sizes: list[float]) -> None:
    fit = rank_size(sizes)
    assert isinstance(fit, RankSize)
    assert math.isnan(fit.exponent)
    assert math.isnan(fit.standard_error)
    assert fit.n == len(sizes)


def test_hill_by_hand() -> None:
    # ln 4 + ln 2 + ln 1 = 3 ln 2
    assert hill_exponent([8, 4, 2]) == pytest.approx(1 / math.log(2))
    assert hill_exponent([8, 4, 2], bias_corrected=True) == pytest.approx(2 / (3 * math.log(2)))
    assert math.isnan(hill_exponent([4, 4, 4]))


def test_largest_city_share() -> None:
    assert largest_city_share([200, 300], 1200) == 25.0
    assert math.isnan(largest_city_share([], 1200))
    for urban in (0, -1, math.nan):
        assert math.isnan(largest_city_share([200], urban))


def test_herfindahl_by_hand() -> None:
    assert herfindahl([50, 30, 20]) == pytest.approx(0.38)
    assert math.isnan(herfindahl([None, 0]))


def test_gini_by_hand() -> None:
    # (2 * (1*1 + 2*2 + 3*7)) / (3 * 10) - 4/3 = 0.4
    assert gini([7, 1, 2]) == pytest.approx(0.4)
    assert gini([3, 3, 3]) == 0.0
    assert math.isnan(gini([]))


@few
@given(cities=CITIES, scale=st.floats(0.001, 1000), seed=st.randoms())
def test_neither_unit_nor_order_matters(cities: list[float], scale: float, seed: Any) -> None:
    assume(max(cities) > 1.01 * min(cities))
    other = [scale * size for size in cities]
    seed.shuffle(other)
    for measure in (
        primacy,
        lambda sizes: primacy(sizes, 4),
        lambda sizes: primacy(sizes, 11),
        lambda sizes: rank_size(sizes).exponent,
        hill_exponent,
        herfindahl,
        gini,
    ):
        assert measure(other) == pytest.approx(measure(cities), rel=1e-6, abs=1e-9)


@few
@given(cities=CITIES)
def test_bounds(cities: list[float]) -> None:
    n = len(cities)
    assert primacy(cities, 2) >= 1
    assert primacy(cities, 4) >= 1 / 3 - 1e-12
    assert primacy(cities, 11) >= 1 / 5 - 1e-12
    assert 1 / n - 1e-12 <= herfindahl(cities) <= 1
    assert 0 <= gini(cities) <= 1 - 1 / n + 1e-12
    fit = rank_size(cities)
    assert math.isnan(fit.exponent) or fit.exponent > 0


@few
@given(cities=CITIES, power=st.floats(0.2, 3))
def test_stretching_sizes_divides_the_exponent(cities: list[float], power: float) -> None:
    assume(max(cities) > 1.01 * min(cities))
    stretched = [size**power for size in cities]
    expected = rank_size(cities).exponent / power
    assert rank_size(stretched).exponent == pytest.approx(expected, rel=1e-6)


def table() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "iso3": ["THA", "SGP", "THA", "THA", "NRU", "THA"],
            "population": [10.0, 5.0, 80.0, 20.0, np.nan, 10.0],
        },
        index=[4, 4, 1, 0, 9, 2],
    ).astype({"iso3": "str"})


def test_table_has_a_row_a_country_with_the_measures_of_its_cities() -> None:
    before = table()
    frame = table()
    result = city_system_table(frame)
    fit = rank_size([80, 20, 10, 10])
    expected = pd.DataFrame(
        {
            "iso3": pd.Series(["SGP", "THA"], dtype="str"),
            "n": [1, 4],
            "primacy_2": [np.nan, 4.0],
            "primacy_4": [np.nan, 2.0],
            "primacy_11": [np.nan, np.nan],
            "exponent": [np.nan, fit.exponent],
            "standard_error": [np.nan, fit.standard_error],
            "largest": [5.0, 80.0],
            "smallest": [5.0, 10.0],
        }
    )
    pd.testing.assert_frame_equal(result, expected)
    pd.testing.assert_frame_equal(frame, before)


def test_table_of_no_cities_is_empty_and_has_its_columns() -> None:
    result = city_system_table(table().iloc[:0])
    assert len(result) == 0
    assert list(result.columns) == list(city_system_table(table()).columns)


def test_table_from_duckdb_is_the_same() -> None:
    cities = table()
    relation = duckdb.from_df(cities)
    pd.testing.assert_frame_equal(
        city_system_table(relation), city_system_table(cities), check_dtype=False
    )


@pytest.mark.parametrize("name", ["year", "revision_id"])
def test_table_of_two_years_or_revisions_is_refused(name: str) -> None:
    frame = table().assign(**{name: [1, 1, 1, 2, 2, 2]})
    with pytest.raises(ValueError, match=f"2 different values of {name}"):
        city_system_table(frame)


def test_table_without_countries_is_refused() -> None:
    with pytest.raises(ValueError, match=r"lacks the column iso3; it has country, population"):
        city_system_table(table().rename(columns={"iso3": "country"}))
