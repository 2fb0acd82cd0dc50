"""Paths to a target, projections, and the status index after ESCAP."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ileaps_metrics.sdg_trends import (
    current_status_index,
    linear_ratio,
    projection,
    required_path,
)

few = settings(max_examples=50, deadline=None)
VALUES = st.floats(0.01, 1e6)
YEARS = st.integers(2016, 2029)


def close(value: float) -> Any:
    return pytest.approx(value, rel=1e-9, abs=1e-9)


# --- paths -------------------------------------------------------------------------------------


def test_the_required_path_runs_from_base_to_target_and_no_further() -> None:
    path = required_path(40.0, 2015, 10.0, 2025, [2014, 2015, 2020, 2025, 2026])
    assert path == pytest.approx([math.nan, 40.0, 20.0, 10.0, math.nan], nan_ok=True)
    straight = required_path(40.0, 2015, 10.0, 2025, [2015, 2020, 2025], shape="linear")
    assert straight == pytest.approx([40.0, 25.0, 10.0])


def test_a_path_to_zero_loses_most_of_its_height_at_once() -> None:
    first, last = required_path(20.0, 2015, 0.0, 2030, [2016, 2030])
    assert first == pytest.approx(20 * (1 - 0.4832634), abs=1e-3)
    assert last == pytest.approx(0.001)


def test_a_projection_carries_the_observed_rate_on_within_the_limits() -> None:
    # 81 → 90 in two years: a third two years on 100, then held at 100
    found = projection(81, 2016, 90, 2018, [2017, 2018, 2020, 2030], upper_limit=100)
    assert found == pytest.approx([math.nan, 90, 100, 100], nan_ok=True)


def test_there_is_no_projection_without_a_rate() -> None:
    assert math.isnan(projection(0, 2015, 5, 2020, 2030))
    assert math.isnan(projection(-1, 2015, 5, 2020, 2030))
    assert math.isnan(projection(5, 2015, 5, 2015, 2030))


def test_a_path_to_a_year_that_is_past_is_refused() -> None:
    with pytest.raises(ValueError, match="target year 2015 is not after the base year 2015"):
        required_path(40, 2015, 10, 2015, 2020)
    with pytest.raises(ValueError, match="shape 'curved'"):
        required_path(40, 2015, 10, 2030, 2020, shape="curved")  # type: ignore[arg-type]


@few
@given(base=VALUES, current=VALUES, target=VALUES, year=YEARS)
def test_on_the_straight_path_the_linear_ratio_is_one(
    base: float, current: float, target: float, year: int
) -> None:
    assume(abs(target - base) > 1e-3 * base)
    on_path = required_path(base, 2015, target, 2030, year, shape="linear")
    assert linear_ratio(base, 2015, on_path, year, target, 2030) == pytest.approx(1, rel=1e-6)
    assert math.isnan(linear_ratio(base, 2015, current, 2015, target, 2030))


# --- after ESCAP -------------------------------------------------------------------------------


def test_the_index_counts_from_nought_at_the_base_to_ten_at_the_target() -> None:
    assert current_status_index(40, 60, 100, 1).value == pytest.approx(10 / 3)
    assert current_status_index(40, 30, 20, -1).value == close(5.0)
    assert current_status_index(40, 35, 100, 1).value == pytest.approx(-50 / 60)


@pytest.mark.parametrize(
    ("current", "status"),
    [(101, "met"), (100, "met"), (60, "as_expected"), (59.9, "behind_expected"),
     (39, "regression"), (None, "not_available")],
)  # fmt: skip
def test_the_index_against_what_time_expects(current: float, status: str) -> None:
    found = current_status_index(40, current, 100, 1, 2015, 2020)
    assert found.expected == pytest.approx(10 / 3)
    assert found.status == status


def test_met_at_the_base_is_met_and_lost_since_is_regression() -> None:
    met = current_status_index(100, 100, 100, 1, 2015, 2020)
    assert (met.status, met.capped, math.isnan(met.value)) == ("met", 10.0, True)
    lost = current_status_index(100, 98, 100, 1, 2015, 2020)
    assert (lost.status, math.isnan(lost.value), math.isnan(lost.capped)) == (
        "regression", True, True,
    )  # fmt: skip
    unknown = current_status_index(100, None, 100, 1, 2015, 2020)
    assert unknown.status == "not_available"


def test_parity_can_be_missed_on_either_side() -> None:
    # 0.8 → 1.05 with parity at 1: a gap of 0.2 has become one of 0.05
    assert current_status_index(0.8, 1.05, 1, 1, parity=True).value == pytest.approx(7.5)
    assert current_status_index(1.2, 1.3, 1, 1, parity=True).value == pytest.approx(-5.0)


def test_the_index_names_itself_and_what_it_could_not_check() -> None:
    found = current_status_index([40.0], [140.0], [100.0], [1])
    assert (found.method, found.unverified) == ("after_escap", ("capped",))
    assert (found.value.tolist(), found.capped.tolist()) == ([pytest.approx(50 / 3)], [10.0])
    with pytest.raises(ValueError, match="direction must be 1 or -1, got 0"):
        current_status_index(40, 50, 60, 0)
