from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ileaps_metrics.sdg_scores import (
    RATINGS,
    TRENDS,
    goal_points,
    goal_rating,
    goal_scores,
    goal_trend,
    index_scores,
    rating,
    score,
)

numbers = st.floats(-1e6, 1e6, allow_nan=False).map(lambda number: round(number, 3))


# --- score -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "worst", "best", "expected"),
    [
        (56.911, 87, 6.3, 37.28500619578686),  # fine particles, lower is better
        (31.667, 41.8, 100, 0.0),  # schooling, below the worst
        (-44.77, 432.4, 0, 100.0),  # reactive nitrogen, better than the best
        (27.7, 1.2, 50, 54.30327868852459),  # women in parliament
        (1.2, 1.2, 50, 0.0),
        (50, 1.2, 50, 100.0),
    ],
)
def test_scores_of_afghanistan_2019(
    value: float, worst: float, best: float, expected: float
) -> None:
    assert score(value, worst, best) == pytest.approx(expected, abs=1e-12)


def test_no_score_without_a_value_or_a_scale() -> None:
    assert math.isnan(score(None, 0, 1))
    assert math.isnan(score(5, 3, 3))
    assert math.isnan(score(math.inf, 0, 1))
    assert np.isnan(score([1.0, None, 5.0], [0, 0, 5], [2, 2, 5])).tolist() == [False, True, True]


def test_scores_keep_the_callers_kind() -> None:
    column = pd.Series([0.0, None, 5.0], index=["a", "b", "c"])
    scored = score(column, 0, 10)
    assert scored.index.tolist() == ["a", "b", "c"]
    assert scored.iloc[2] == 50
    assert pd.isna(scored["b"])
    assert score(pa.chunked_array([[5.0]]), 0, 10).to_pylist() == [50.0]
    assert column.isna().sum() == 1


@settings(max_examples=50)
@given(value=numbers, worst=numbers, best=numbers)
def test_a_score_turned_round_is_the_rest_to_a_hundred(
    value: float, worst: float, best: float
) -> None:
    if worst == best:
        return
    one, other = score(value, worst, best), score(value, best, worst)
    assert 0 <= one <= 100
    assert one + other == pytest.approx(100, abs=1e-6)


@settings(max_examples=50)
@given(
    low=numbers, high=numbers, worst=numbers, best=numbers, factor=st.sampled_from([-3.0, 0.5, 7.0])
)
def test_scores_rise_towards_the_best_and_know_no_unit(
    low: float, high: float, worst: float, best: float, factor: float
) -> None:
    if abs(worst - best) < 1:
        return
    better, poorer = (high, low) if (high - low) * (best - worst) >= 0 else (low, high)
    assert score(better, worst, best) >= score(poorer, worst, best)
    assert score(low * factor, worst * factor, best * factor) == pytest.approx(
        score(low, worst, best), abs=1e-6
    )


# --- rating ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (40, "green"),
        (39.9, "yellow"),
        (30, "yellow"),
        (29.9, "orange"),
        (20, "orange"),
        (19.9, "red"),
        (27.7, "orange"),
        (1e9, "green"),
        (-1e9, "red"),
    ],
)
def test_a_threshold_has_the_better_colour_where_higher_is_better(
    value: float, expected: str
) -> None:
    assert rating(value, green=40, red=20) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (10, "green"),
        (10.1, "yellow"),
        (17.5, "yellow"),
        (17.6, "orange"),
        (25, "orange"),
        (25.1, "red"),
        (56.911, "red"),
    ],
)
def test_a_threshold_has_the_better_colour_where_lower_is_better(
    value: float, expected: str
) -> None:
    assert rating(value, green=10, red=25) == expected


def test_no_colour_without_a_value_or_with_equal_thresholds() -> None:
    assert rating(None, 40, 20) is None
    assert rating(30, 20, 20) is None
    assert rating([30, math.nan], [40, 40], [20, 20]).tolist() == ["yellow", None]


def test_colours_of_a_series_keep_its_index() -> None:
    column = pd.Series([50.0, None], index=["x", "y"])
    coloured = rating(column, 40, 20)
    assert coloured.index.tolist() == ["x", "y"]
    assert coloured["x"] == "green"
    assert pd.isna(coloured["y"])
    arrow = rating(pa.chunked_array([[50.0, None]]), 40, 20)
    assert arrow.to_pylist() == ["green", None]


@settings(max_examples=50)
@given(value=numbers, green=numbers, red=numbers)
def test_colours_follow_the_goals_scale(value: float, green: float, red: float) -> None:
    if abs(green - red) < 1:
        return
    side = 1 if green > red else -1
    arrays = [np.array([each]) for each in (value, red - side, red, green, green + side)]
    points = goal_points(*arrays)[0]
    colour = rating(value, green, red)
    assert (points >= 2) == (colour == "green")
    assert (points < 1) == (colour == "red")


# --- goal score and index --------------------------------------------------------------------

AFG_GOAL_11 = [37.28500619578686, 25.940717074902302, 39.380445699558926]


def test_the_goal_score_is_the_mean_of_what_is_there() -> None:
    table = pd.DataFrame(
        {
            "area_id": ["AFG"] * 3 + ["BTN"] * 2 + ["ALB"],
            "goal": [11] * 3 + [11, 11, 2],
            "score": [*AFG_GOAL_11, 40.0, None, None],
        }
    )
    scored = goal_scores(table)
    assert list(scored.columns) == ["area_id", "goal", "score", "n"]
    assert scored["area_id"].tolist() == ["AFG", "ALB", "BTN"]
    assert scored["score"].iloc[0] == pytest.approx(34.20205632341603, abs=1e-12)
    assert scored["score"].iloc[2] == 40
    assert pd.isna(scored["score"].iloc[1])
    assert scored["n"].tolist() == [3, 0, 1]


def test_an_indicator_given_twice_is_refused_by_name() -> None:
    table = pd.DataFrame(
        {"area_id": ["A", "A"], "goal": [1, 1], "indicator": ["i", "i"], "score": [1.0, 2.0]}
    )
    with pytest.raises(ValueError, match=r"area_id A, goal 1, indicator i. Keep one row each"):
        goal_scores(table)
    with pytest.raises(ValueError, match="area_id A, goal 1, indicator i"):
        goal_trend(table.assign(trend="on_track"))
    bounds = {"value": 1.0, "worst": 0, "red": 1, "green": 2, "best": 3}
    with pytest.raises(ValueError, match="area_id A, goal 1, indicator i"):
        goal_rating(table.assign(**bounds))


def test_rows_without_area_or_goal_are_refused() -> None:
    table = pd.DataFrame({"area_id": ["A", None], "goal": [1, 1], "score": [1.0, 2.0]})
    with pytest.raises(ValueError, match="no area_id or no goal"):
        goal_scores(table)
    with pytest.raises(ValueError, match="lacks the column score"):
        goal_scores(table.drop(columns="score"))


def test_the_index_fills_a_goal_with_the_mean_of_the_region() -> None:
    goals = pd.DataFrame(
        {
            "area_id": ["A", "A", "B", "C", "C", "D", "D"],
            "goal": [1, 2, 1, 1, 2, 1, 2],
            "score": [50.0, 70.0, 40.0, 10.0, 20.0, 0.0, 90.0],
        }
    )
    regions = pd.DataFrame({"area_id": list("ABCD"), "region": ["R", "R", "S", "R"]})
    index = index_scores(goals, regions, goals=2).set_index("area_id")
    assert index["score"].to_dict() == {"A": 60.0, "B": (40 + 80) / 2, "C": 15.0, "D": 45.0}
    assert index["n_goals"].to_dict() == {"A": 2, "B": 1, "C": 2, "D": 2}
    assert index["n_filled"].to_dict() == {"A": 0, "B": 1, "C": 0, "D": 0}
    assert index["filled_goals"].to_dict() == {"A": "", "B": "2", "C": "", "D": ""}


def test_no_index_where_the_region_cannot_fill_or_nothing_is_known() -> None:
    goals = pd.DataFrame(
        {"area_id": ["A", "A", "B", "B"], "goal": [1, 2, 1, 2], "score": [50.0, None, None, None]}
    )
    regions = pd.DataFrame({"area_id": ["A", "B"], "region": ["R", "R"]})
    index = index_scores(goals, regions, goals=2)
    assert index["score"].isna().all()
    assert index["n_filled"].tolist() == [0, 1]


def test_an_area_without_any_score_is_not_given_its_regions_index() -> None:
    goals = pd.DataFrame(
        {"area_id": ["A", "A", "B"], "goal": [1, 2, 1], "score": [50.0, 70.0, None]}
    )
    regions = pd.DataFrame({"area_id": ["A", "B"], "region": ["R", "R"]})
    index = index_scores(goals, regions, goals=2)
    assert index["score"].isna().tolist() == [False, True]
    assert index["n_goals"].tolist() == [2, 0]


@pytest.mark.parametrize(
    ("goals", "regions", "message"),
    [
        ([1, 1], [("A", "R")], "area_id A, goal 1. Keep one row each"),
        ([1, 18], [("A", "R")], "goal 18.0 of A is none of 1 to 17"),
        ([1, 2], [("B", "R")], "A has no score for a goal and no region"),
        ([1, 2], [("A", "R"), ("A", "S")], "regions: 1 keys have more than one row"),
    ],
)
def test_what_the_index_refuses(
    goals: list[int], regions: list[tuple[str, str]], message: str
) -> None:
    table = pd.DataFrame({"area_id": "A", "goal": goals, "score": [1.0, 2.0]})
    with pytest.raises(ValueError, match=message):
        index_scores(table, pd.DataFrame(regions, columns=["area_id", "region"]))


def test_tables_of_another_engine_come_back_as_such() -> None:
    table = pa.table({"area_id": ["A", "A"], "goal": [1, 1], "score": [10.0, 30.0]})
    scored = goal_scores(table)
    assert isinstance(scored, pa.Table)
    assert scored.to_pylist() == [{"area_id": "A", "goal": 1, "score": 20.0, "n": 2}]
    regions = pa.table({"area_id": ["A"], "region": ["R"]})
    assert index_scores(scored, regions, goals=1).to_pylist()[0]["score"] == 20.0
    bounds = pa.table(
        {
            "area_id": ["A"],
            "goal": [1],
            "value": [2.5],
            "worst": [0.0],
            "red": [1.0],
            "green": [2.0],
            "best": [3.0],
        }
    )
    assert goal_rating(bounds).to_pylist()[0]["rating"] == "green"


def test_the_callers_frame_is_left_as_it_was() -> None:
    table = pd.DataFrame({"area_id": ["A", "A"], "goal": [1, 1], "score": [10.0, None]}, [7, 3])
    before = table.copy(deep=True)
    goal_scores(table)
    pd.testing.assert_frame_equal(table, before)


# --- goal rating -----------------------------------------------------------------------------


def rated(values: list[float | None]) -> pd.Series:
    """The goal of indicators that are all on the goal's own scale: 0, 1, 2, 3."""
    table = pd.DataFrame({"area_id": "A", "goal": 1, "value": values})
    return goal_rating(table.assign(worst=0.0, red=1.0, green=2.0, best=3.0)).iloc[0]


@pytest.mark.parametrize(
    ("values", "colour", "points"),
    [
        ([2.0, 2.0, 3.0], "green", 2.0),
        ([1.5, 3.0, 3.0], "yellow", 2.25),  # green on average, but one is not green
        ([1.4, 1.6], "yellow", 1.5),
        ([1.4, 1.5], "orange", 1.45),
        ([0.4, 1.2], "orange", 0.8),  # red on average, but one is not red
        ([0.9, 0.9, 3.0, 3.0], "red", 0.9),
        ([-5.0, 1.0], "orange", 0.5),  # below the worst is the worst
        ([2.5], "green", 2.5),
        ([0.5], "red", 0.5),
        ([1.2], "orange", 1.2),
        ([1.7], "yellow", 1.7),
    ],
)
def test_the_two_worst_indicators_colour_the_goal(
    values: list[float | None], colour: str, points: float
) -> None:
    row = rated(values)
    assert row["rating"] == colour
    assert row["points"] == pytest.approx(points, abs=1e-12)


def test_a_goal_is_grey_with_fewer_than_half_of_its_indicators() -> None:
    assert rated([2.5, None])["rating"] == "green"
    grey = rated([2.5, None, None])
    assert pd.isna(grey["rating"])
    assert pd.isna(grey["points"])
    assert (grey["n"], grey["n_expected"]) == (1, 3)
    assert pd.isna(rated([None, None])["rating"])


def test_the_scale_of_the_goal_has_the_better_end_where_two_thresholds_meet() -> None:
    def points(*numbers: float) -> float:
        return float(goal_points(*(np.array([number]) for number in numbers))[0])

    assert points(50, 50, 50, 60, 77.8) == 1.0  # worst is the red threshold
    assert points(49, 50, 50, 60, 77.8) == 0.0
    assert points(60, 0, 50, 60, 60) == 3.0  # green is the best
    assert points(10, 87, 25, 10, 6.3) == 2.0  # lower is better
    assert math.isnan(points(1, 5, 5, 5, 5))
    assert math.isnan(points(math.nan, 0, 1, 2, 3))


def test_colours_and_trends_run_from_worst_to_best() -> None:
    assert RATINGS == ("red", "orange", "yellow", "green")
    assert TRENDS == ("decreasing", "stagnating", "moderately_improving", "on_track")
