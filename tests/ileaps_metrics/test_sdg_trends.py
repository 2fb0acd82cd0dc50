"""Progress by named methods: published and hand-computed values, edges, properties, bad input."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ileaps_metrics.sdg_trends import (
    cagr_progress,
    limit_scale,
    linear_ratio,
    progress_values,
)

few = settings(max_examples=50, deadline=None)
VALUES = st.floats(0.01, 1e6)
YEARS = st.integers(2016, 2029)


def close(value: float) -> Any:
    return pytest.approx(value, rel=1e-9, abs=1e-9)


# --- published by Statistics Canada ----------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "value", "score", "status"),
    [
        pytest.param(
            (14.5, 2015, 10.2, 2023, -1, 7.25, 2030),
            0.9525901792032172,
            2.5185563910306596,
            "substantial_progress",
            id="GIF 1.2.1",
        ),
        pytest.param(
            (14.5, 2015, 10.4, 2023, -1, 7.25, 2030),
            0.9010899546976208,
            2.1506954374096354,
            "moderate_progress",
            id="CIF 1.1.1",
        ),
        pytest.param(
            (90.0, 2015, 93.2, 2021, 1, None, None, 100),
            0.005839995229728112,
            2.815386645395768,
            "substantial_progress",
            id="GIF 1.3.1 children",
        ),
        pytest.param(
            (93.4, 2017, 92.7, 2021, 1, None, None, 100),
            -0.0018789507235312808,
            -2.7348688404414103,
            "deterioration",
            id="GIF 1.3.1 pensions",
        ),
        pytest.param(
            (66.6, 2016, 71.4, 2023, 1, None, None, 100),
            0.009991483690946268,
            1.739752850099936,
            "moderate_progress",
            id="CIF 1.2.1",
        ),
        pytest.param(
            (178.8, 2015, 173.3, 2025, -1),
            0.003119490847657058,
            -0.9402545761714709,
            "limited_progress",
            id="CIF 1.3.1",
        ),
    ],
)
def test_published_value_score_and_status(
    arguments: tuple[Any, ...], value: float, score: float, status: str
) -> None:
    found = cagr_progress(*arguments)
    assert (found.value, found.score) == (close(value), close(score))
    assert (found.status, found.method, found.reason) == (status, "statcan", None)


def test_the_limit_shrinks_the_thresholds_of_a_series_that_nears_it() -> None:
    assert limit_scale(*map(np.array, (90.0, 100.0, 1.0))) == pytest.approx(0.373622, abs=5e-7)


# --- hand-computed ---------------------------------------------------------------------------


def test_the_required_rate_kept_is_a_ratio_of_one_in_both_methods() -> None:
    # 100 → 200 in ten years asks 7.1773 % a year; 100·2^(5/10) = 141.4214 keeps to it
    for method, best in (("statcan", "substantial_progress"), ("unsd", "substantial_progress")):
        found = cagr_progress(100, 2015, 141.4213562373095, 2020, 1, 200, 2025, method=method)
        assert (found.value, found.status) == (close(1.0), best)


@pytest.mark.parametrize(
    ("ratio", "statcan", "unsd"),
    [
        (0.951, "substantial_progress", "substantial_progress"),
        (0.949, "moderate_progress", "fair_progress"),
        (0.601, "moderate_progress", "fair_progress"),
        (0.599, "limited_progress", "fair_progress"),
        (0.499, "limited_progress", "limited_or_no_progress"),
        (0.001, "limited_progress", "limited_or_no_progress"),
        (-0.001, "deterioration", "limited_or_no_progress"),
        (-0.099, "deterioration", "limited_or_no_progress"),
        (-0.101, "deterioration", "deterioration"),
    ],
)
def test_the_methods_class_one_ratio_differently(ratio: float, statcan: str, unsd: str) -> None:
    required = 2 ** (1 / 15) - 1
    current = 50.0 * (1 + ratio * required) ** 5
    arguments = (50.0, 2015, current, 2020, 1, 100.0, 2030)
    found = cagr_progress(*arguments)
    assert (found.value, found.status) == (pytest.approx(ratio, abs=1e-9), statcan)
    assert cagr_progress(*arguments, method="unsd").status == unsd


@pytest.mark.parametrize(
    ("percent", "statcan", "unsd"),
    [
        (1.51, "substantial_progress", "substantial_progress"),
        (1.01, "moderate_progress", "substantial_progress"),
        (0.99, "moderate_progress", "fair_progress"),
        (0.51, "moderate_progress", "fair_progress"),
        (0.49, "limited_progress", "limited_or_no_progress"),
        (-0.01, "deterioration", "limited_or_no_progress"),
        (-0.99, "deterioration", "limited_or_no_progress"),
        (-1.01, "deterioration", "deterioration"),
    ],
)
def test_classes_without_a_target(percent: float, statcan: str, unsd: str) -> None:
    arguments = (80.0, 2015, 80.0 * (1 + percent / 100) ** 5, 2020, 1)
    assert cagr_progress(*arguments).status == statcan
    assert cagr_progress(*arguments, method="unsd").status == unsd


def test_the_united_nations_method_has_no_score_and_counts_a_met_target_as_substantial() -> None:
    found = cagr_progress(40, 2015, 25, 2020, -1, 25, method="unsd")
    assert found.status == "substantial_progress"
    assert math.isnan(found.score)
    assert cagr_progress(40, 2015, 25, 2020, -1, 25).status == "target_achieved"


def test_scores_join_at_the_class_bounds() -> None:
    # without a target, no limit: 1.5 % scores 2.5, 0.5 % scores 0, standing still −2.5
    scores = [cagr_progress(100, 2015, 100 * (1 + r), 2016, 1).score for r in (0.015, 0.005, 0)]
    assert scores == pytest.approx([2.5, 0.0, -2.5], abs=1e-9)
    assert cagr_progress(100, 2015, 97, 2016, 1).score == close(-5.0)
    assert cagr_progress(100, 2015, 99, 2016, 1).score == close(-3.75)


def test_a_target_of_zero_is_a_thousandth_and_the_straight_line_stands_beside_it() -> None:
    found = cagr_progress(20, 2015, 14, 2020, -1, 0, 2030)
    # (0.7^(1/5) − 1) / (0.00005^(1/15) − 1) = −0.0688498 / −0.4832634
    assert found.value == pytest.approx(0.142468, abs=1e-5)
    assert found.status == "limited_progress"
    assert linear_ratio(20, 2015, 14, 2020, 0, 2030) == close(0.9)


def test_a_negative_base_turns_the_sign() -> None:
    # −10 → −5 in a year is a rate of −50 %, and a rise
    assert cagr_progress(-10, 2015, -5, 2016, 1).value == close(0.5)
    assert cagr_progress(-10, 2015, -5, 2016, -1).status == "deterioration"


def test_what_a_target_already_met_and_then_lost_reads() -> None:
    assert cagr_progress(20, 2015, 22, 2020, -1, 25).status == "target_achieved"
    lost = cagr_progress(20, 2015, 30, 2020, -1, 25)
    assert (lost.status, lost.value < 0) == ("deterioration", True)


def test_only_a_limit_ahead_in_the_desired_direction_counts() -> None:
    # falling from 90 with 100 as the limit: nothing shrinks, 1 % a year is moderate
    assert cagr_progress(90, 2015, 89.1, 2016, -1, limit=100).status == "moderate_progress"
    assert cagr_progress(90, 2015, 90.9, 2016, 1, limit=100).status == "substantial_progress"
    assert cagr_progress(90, 2015, 89.1, 2016, -1, limit=0).status == "moderate_progress"


# --- what cannot be judged, by name ------------------------------------------------------------


@pytest.mark.parametrize("method", ["statcan", "unsd"])
@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ((100, 2015, 98, 2020, 1, 100), "base_equals_target"),
        ((-2, 2015, 3, 2020, 1), "both_signs"),
        ((-2, 2015, -1, 2020, 1, 10), "both_signs"),
        ((0, 2015, 3, 2020, 1, 10), "base_is_zero"),
        ((5, 2020, 5, 2020, 1), "fewer_than_two_years"),
        ((None, 2015, 3, 2020, 1), "missing_value"),
        ((3, 2015, math.nan, 2020, 1), "missing_value"),
        ((3, 2015, math.inf, 2020, 1), "missing_value"),
        ((5, 2016, 6, 2020, 1, 10, 2016), "target_year_passed"),
        ((1e-300, 2015, 1e300, 2016, 1), "base_is_zero"),
    ],
)
def test_what_has_no_status_says_why(method: Any, arguments: tuple[Any, ...], reason: str) -> None:
    found = cagr_progress(*arguments, method=method)
    assert (found.status, found.reason) == ("not_available", reason)
    assert math.isnan(found.value)
    assert math.isnan(found.score)


@pytest.mark.parametrize("base", [0, 100])
def test_standing_at_the_target_is_achieved_whatever_the_start(base: float) -> None:
    found = cagr_progress(base, 2015, 100, 2020, 1, 100)
    assert (found.status, found.score, found.reason) == ("target_achieved", 5.0, None)
    assert math.isnan(found.value)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((1, 2015, 2, 2020, 0), "direction must be 1"),
        ((1, 2015, 2, 2020, None), "direction must be 1"),
        ((1, 2020, 2, 2015, 1), "current year 2015 lies before the base year 2020"),
        (([1, 2], 2015, [1, 2, 3], 2020, 1), "do not go together"),
    ],
)
def test_impossible_input_is_refused(arguments: tuple[Any, ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        cagr_progress(*arguments)


def test_an_unknown_method_is_refused() -> None:
    with pytest.raises(ValueError, match="'eurostat' is unknown: use statcan"):
        cagr_progress(1, 2015, 2, 2020, 1, method="eurostat")  # type: ignore[arg-type]


# --- columns -----------------------------------------------------------------------------------


def test_columns_give_what_the_numbers_give_one_by_one() -> None:
    rng = np.random.default_rng(3)
    n = 200
    base, current = rng.uniform(-5, 90, n), rng.uniform(-5, 100, n)
    base[:5], current[5:9] = 0.0, np.nan
    now, sense = rng.integers(2015, 2024, n), rng.choice([-1, 1], n)
    target = np.where(rng.random(n) < 0.5, rng.choice([0.0, 25.0, 100.0], n), np.nan)
    limit = np.where(rng.random(n) < 0.5, 100.0, np.nan)
    for method in ("statcan", "unsd"):
        found = progress_values(base, 2015, current, now, sense, target, None, limit, method)
        for at in range(n):
            one = cagr_progress(
                base[at], 2015, current[at], now[at], sense[at], target[at], None, limit[at], method
            )
            assert one.status == found.status[at]
            assert one.reason == found.reason[at]
            assert [one.value, one.score] == pytest.approx(
                [found.value[at], found.score[at]], nan_ok=True
            )


def test_columns_take_series_without_a_direction_and_change_nothing() -> None:
    frame = pd.DataFrame({"base": [1.0, 2.0], "now": [2.0, 1.0], "direction": [0, 1]})
    before = frame.copy()
    found = progress_values(frame["base"], 2015, frame["now"], 2020, frame["direction"])
    assert found.reason.tolist() == ["no_direction", None]
    pd.testing.assert_frame_equal(frame, before)


# --- properties --------------------------------------------------------------------------------


@few
@given(base=VALUES, current=VALUES, target=VALUES, year=YEARS, scale=st.floats(0.001, 1000))
def test_the_unit_of_measurement_does_not_matter(
    base: float, current: float, target: float, year: int, scale: float
) -> None:
    assume(abs(math.log(base / target)) > 1e-6)
    assume(abs(current / target - 1) > 1e-9)
    one = cagr_progress(base, 2015, current, year, 1, target)
    other = cagr_progress(base * scale, 2015, current * scale, year, 1, target * scale)
    assert other.value == pytest.approx(one.value, rel=1e-5, abs=1e-6)


@few
@given(base=VALUES, current=VALUES, year=YEARS)
def test_without_a_target_the_other_direction_is_the_mirror(
    base: float, current: float, year: int
) -> None:
    up = cagr_progress(base, 2015, current, year, 1, method="unsd")
    down = cagr_progress(base, 2015, current, year, -1, method="unsd")
    assert up.value == -down.value


@few
@given(base=VALUES, current=VALUES, target=VALUES, year=YEARS, direction=st.sampled_from([-1, 1]))
def test_a_score_never_leaves_its_scale_and_falls_in_its_class(
    base: float, current: float, target: float, year: int, direction: int
) -> None:
    found = cagr_progress(base, 2015, current, year, direction, target)
    if found.status == "not_available":
        return
    assert -5 <= found.score <= 5
    bands = {
        "target_achieved": (5, 5),
        "substantial_progress": (2.5, 5),
        "moderate_progress": (0, 2.5),
        "limited_progress": (-2.5, 0),
        "deterioration": (-5, -2.5),
    }
    low, high = bands[found.status]
    # the published lines are rounded to four decimals, so the bands meet only nearly
    assert low - 0.001 <= found.score <= high + 0.001


@few
@given(base=VALUES, better=st.floats(1.0, 2.0), year=YEARS)
def test_more_of_the_good_never_lowers_the_value(base: float, better: float, year: int) -> None:
    one = cagr_progress(base, 2015, base * 1.1, year, 1, base * 10)
    more = cagr_progress(base, 2015, base * 1.1 * better, year, 1, base * 10)
    assert more.value >= one.value - 1e-12
