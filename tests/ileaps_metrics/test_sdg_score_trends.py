from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ileaps_metrics.sdg_scores import TRENDS, goal_trend, indicator_trend

numbers = st.floats(-1e6, 1e6, allow_nan=False).map(lambda number: round(number, 3))


@pytest.mark.parametrize(
    ("end", "ratio", "trend"),
    [
        (60.0, 1.0, "on_track"),
        (59.9, 0.995, "moderately_improving"),
        (50.0, 0.5, "moderately_improving"),
        (49.9, 0.495, "stagnating"),
        (40.0, 0.0, "stagnating"),
        (39.0, -0.05, "decreasing"),
        (100.0, 3.0, "on_track"),
    ],
)
def test_a_trend_is_the_change_over_the_change_required(
    end: float, ratio: float, trend: str
) -> None:
    found = indicator_trend(40, 2015, end, 2020, worst=0, best=100, green=100)
    assert found.ratio == pytest.approx(ratio, abs=1e-12)
    assert found.trend == trend


def test_green_is_maintaining_and_a_fall_from_green_is_decreasing() -> None:
    def trend(start: float, end: float, latest: float | None = None) -> tuple[bool, str | None]:
        found = indicator_trend(start, 2015, end, 2020, 0, 100, 80, latest_value=latest)
        return math.isnan(found.ratio), found.trend

    assert trend(95, 85) == (True, "on_track")
    assert trend(85, 75) == (True, "decreasing")
    assert trend(80, 75) == (True, "decreasing")
    assert trend(70, 71, latest=81) == (False, "on_track")
    assert trend(85, 90, latest=79) == (True, "on_track")


def test_required_years_replace_those_to_2030() -> None:
    window = (40.0, 2015.0, 50.0, 2020.0, 0.0, 100.0, 100.0)
    assert indicator_trend(*window, required_years=30).ratio == pytest.approx(1.0)
    assert indicator_trend(*window, required_years=15).ratio == pytest.approx(0.5)


def test_no_trend_without_a_value_and_none_after_2030() -> None:
    found = indicator_trend([40, None], 2015, [50.0, 60.0], 2020, 0, 100, 100)
    assert found.trend.tolist() == ["moderately_improving", None]
    assert np.isnan(found.ratio).tolist() == [False, True]
    assert indicator_trend(40, 2031, 50, 2035, 0, 100, 100).trend is None
    assert indicator_trend(40, 2015, 50, 2020, 7, 7, 7).trend is None


def test_a_window_in_the_wrong_order_is_refused() -> None:
    with pytest.raises(ValueError, match="last year 2015 is not after the first 2015"):
        indicator_trend(40, 2015, 50, 2015, 0, 100, 100)
    with pytest.raises(ValueError, match="at position 1"):
        indicator_trend(40, [2010, 2015], 50, [2015, 2014], 0, 100, 100)


@settings(max_examples=50)
@given(start=numbers, end=numbers, green=numbers)
def test_the_trend_does_not_know_which_side_is_better(
    start: float, end: float, green: float
) -> None:
    up = indicator_trend(start, 2015, end, 2020, worst=-2e6, best=2e6, green=green)
    down = indicator_trend(-start, 2015, -end, 2020, worst=2e6, best=-2e6, green=-green)
    assert up.trend == down.trend
    assert up.trend in TRENDS


def trend_of(trends: list[str | None]) -> pd.Series:
    return goal_trend(pd.DataFrame({"area_id": "A", "goal": 1, "trend": trends})).iloc[0]


@pytest.mark.parametrize(
    ("trends", "expected", "points"),
    [
        (["on_track", "on_track"], "on_track", 3.0),
        (["on_track", "moderately_improving"], "moderately_improving", 2.75),
        (["on_track", "stagnating"], "moderately_improving", 2.25),
        (["on_track", "decreasing"], "stagnating", 1.75),
        (["stagnating", "decreasing"], "stagnating", 1.0),
        (["decreasing", "decreasing"], "decreasing", 0.5),
    ],
)
def test_the_trend_of_a_goal(trends: list[str | None], expected: str, points: float) -> None:
    row = trend_of(trends)
    assert row["trend"] == expected
    assert row["points"] == pytest.approx(points)


def test_the_trend_of_a_goal_needs_three_quarters_of_its_indicators() -> None:
    assert trend_of(["on_track", "on_track", "on_track", None])["trend"] == "on_track"
    assert pd.isna(trend_of(["on_track", "on_track", None])["trend"])
    assert pd.isna(trend_of([None, None])["points"])


def test_an_unknown_trend_is_refused() -> None:
    with pytest.raises(ValueError, match=r"'↑' is no trend\. There are decreasing, stagnating"):
        trend_of(["↑"])
