"""Goals and the index over tables of indicators, as the SDG Index computes them.

Source: Sustainable Development Solutions Network, *SDG Index and Dashboards: Detailed
Methodological Paper* (2018), §1.5, §1.6 and §2.5, and the published workbooks, which settle what
the paper leaves open. A pandas frame in gives a pandas frame out, other eager frames likewise; a
lazy one is collected and comes back as pandas.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from ileaps_metrics.elementwise import as_floats
from ileaps_metrics.population_grid import eager, require_columns
from ileaps_metrics.sdg_score_formulas import RATINGS, TRENDS, goal_points, names_of

if TYPE_CHECKING:
    from narwhals.typing import IntoFrame
    from numpy.typing import NDArray

    from ileaps_metrics.elementwise import FloatArray

AREA, GOAL, INDICATOR = "area_id", "goal", "indicator"
REGION, SCORE, TREND = "region", "score", "trend"
SCALE = ("worst", "red", "green", "best")

SHARE_FOR_A_COLOUR = 0.5
SHARE_FOR_A_TREND = 0.75
TREND_POINTS = (0.5, 1.5, 2.5, 3.0)
"""What each of :data:`TRENDS` counts in a goal's trend: the middle of its band of the scale from
0 to 4, and for on track the scale's point of maintaining."""


def goal_scores(scores: IntoFrame) -> Any:  # noqa: ANN401
    """The score of each area's goals: the plain mean of the indicators that have one.

    Args:
        scores: One row an area and indicator: ``area_id``, ``goal``, ``score`` (0 to 100, missing
            where there is none), and ``indicator`` where known, to tell twins.

    Returns:
        One row an area and goal, sorted: ``area_id``, ``goal``, ``score`` (missing where no
        indicator has one), ``n`` (how many have).

    Raises:
        ValueError: A column is lacking, or an area has an indicator twice.

    Example:
        Goal 11 of Afghanistan, 2019:

        >>> import pandas as pd
        >>> table = pd.DataFrame({
        ...     "area_id": "AFG", "goal": 11, "score": [37.28500619578686, 25.940717074902302,
        ...                                             39.380445699558926],
        ... })
        >>> goal_scores(table)
          area_id  goal      score  n
        0     AFG    11  34.202056  3
    """
    table = eager(scores)
    require_columns(table, (AREA, GOAL, SCORE), "goal_scores")
    groups = _groups(table, "goal_scores")
    points = as_floats(table[SCORE])
    return groups.frame({SCORE: groups.mean(points), "n": groups.count(points)})


def index_scores(goal_scores: IntoFrame, regions: IntoFrame, goals: int = 17) -> Any:  # noqa: ANN401
    """The index of each area: the mean of its goal scores, gaps filled from the region.

    A goal without a score takes the mean of the goal over the areas of the region that have one.
    Merely leaving it out would move the index by up to four points.

    Args:
        goal_scores: What :func:`goal_scores` returns: ``area_id``, ``goal`` (1 to ``goals``),
            ``score``.
        regions: One row an area: ``area_id``, ``region``.
        goals: How many goals the index has.

    Returns:
        One row an area of ``goal_scores``, sorted: ``area_id``, ``score`` (missing where the
        area has no goal score of its own or the region has none to fill a gap with), ``n_goals``
        (scores of its own), ``n_filled``, ``filled_goals`` (their numbers, ";" between them).

    Raises:
        ValueError: A column is lacking; a goal is outside 1 to ``goals``; an area has a goal twice
            or two regions, or no region while it has a gap.

    Example:
        >>> import pandas as pd
        >>> of_goals = pd.DataFrame({
        ...     "area_id": ["A", "A", "B"], "goal": [1, 2, 1], "score": [50.0, 70.0, 40.0],
        ... })
        >>> areas = pd.DataFrame({"area_id": ["A", "B"], "region": ["R", "R"]})
        >>> index_scores(of_goals, areas, goals=2)
          area_id  score  n_goals  n_filled filled_goals
        0       A   60.0        2         0
        1       B   55.0        1         1            2
    """
    table, where = eager(goal_scores), eager(regions)
    require_columns(table, (AREA, GOAL, SCORE), "index_scores")
    require_columns(where, (AREA, REGION), "index_scores: regions")
    areas, row = _coded(table[AREA])
    grid = np.full((len(areas), goals), np.nan)
    column = _goal_numbers(table, goals) - 1
    _require_once(row * goals + column, table, "index_scores")
    grid[row, column] = as_floats(table[SCORE])
    own = np.isfinite(grid)
    region = _regions_of(areas, where, ~own.all(axis=1))
    filled = np.where(own, grid, _regional_means(grid, region)[region])
    known = own.any(axis=1) & np.isfinite(filled).all(axis=1)
    gaps = ~own & np.isfinite(filled)
    numbers = np.arange(1, goals + 1).astype(str)
    return nw.from_dict(
        {
            AREA: areas,
            SCORE: np.where(known, filled.mean(axis=1), np.nan),
            "n_goals": own.sum(axis=1),
            "n_filled": gaps.sum(axis=1),
            "filled_goals": [";".join(numbers[each]) for each in gaps],
        },
        backend=table.implementation,
    ).to_native()


def goal_rating(indicators: IntoFrame) -> Any:  # noqa: ANN401
    """The colour of each area's goals, from its two worst indicators.

    Each indicator goes on a scale (worst 0, red threshold 1, green threshold 2, best 3, straight
    lines between), and the two lowest are averaged: green from 2, yellow from 1.5, orange from 1,
    red below. Green needs both to be green, otherwise it is yellow; red needs both to be red,
    otherwise it is orange. A single indicator gives its own colour. With fewer than half of the
    indicators there is no colour ("grey").

    Args:
        indicators: One row an area and each indicator that counts for it: ``area_id``, ``goal``,
            ``value`` (missing where unknown), ``worst``, ``red``, ``green``, ``best``, and
            ``indicator`` where known, to tell twins.

    Returns:
        One row an area and goal, sorted: ``area_id``, ``goal``, ``rating`` (missing where grey),
        ``points`` (mean of the two lowest, 0 to 3; missing where grey), ``n`` (indicators with
        a value), ``n_expected`` (all).

    Raises:
        ValueError: A column is lacking, or an area has an indicator twice.

    Example:
        >>> import pandas as pd
        >>> table = pd.DataFrame({
        ...     "area_id": "A", "goal": 5, "value": [27.7, 98.0, 60.0],
        ...     "worst": [1.2, 41.8, 0.0], "red": [20, 75, 50], "green": [40, 98, 80],
        ...     "best": [50, 100, 100],
        ... })
        >>> goal_rating(table)
          area_id  goal  rating    points  n  n_expected
        0       A     5  orange  1.359167  3           3
    """
    table = eager(indicators)
    require_columns(table, (AREA, GOAL, "value", *SCALE), "goal_rating")
    groups = _groups(table, "goal_rating")
    value, worst, red, green, best = (as_floats(table[name]) for name in ("value", *SCALE))
    points = goal_points(value, worst, red, green, best)
    lowest, second = groups.two_lowest(points)
    middle = np.where(np.isnan(second), lowest, (lowest + second) / 2)
    higher = np.where(np.isnan(second), lowest, second)
    # the lower of the two decides on green, the higher on red
    code = np.select([middle >= 2, middle >= 1.5, middle >= 1], [3.0, 2.0, 1.0], 0.0)
    code = np.where((code == 3) & (lowest < 2), 2.0, code)
    code = np.where((code == 0) & (higher >= 1), 1.0, code)
    count, expected = groups.count(points), groups.size()
    enough = (count > 0) & (count >= SHARE_FOR_A_COLOUR * expected)
    return groups.frame(
        {
            "rating": _texts(table, names_of(np.where(enough, code, np.nan), RATINGS)),
            "points": np.where(enough, middle, np.nan),
            "n": count,
            "n_expected": expected,
        }
    )


def goal_trend(trends: IntoFrame) -> Any:  # noqa: ANN401
    """The trend of each area's goals, from the trends of its indicators.

    The trends count on a scale from 0 to 4 (decreasing below 1, stagnating below 2, moderately
    improving below 3, on track from 3) and are averaged; shown where at least three quarters of
    the indicators have one. The paper gives the scale but not how a single trend is placed on it:
    here each stands in the middle of its band, and on track at 3, "maintaining". That is a reading
    of ours; ``python -m ileaps_data reproduce`` says how many published arrows it gives.

    Args:
        trends: One row an area and each indicator that has a trend somewhere: ``area_id``,
            ``goal``, ``trend`` (missing where unknown), and ``indicator`` where known.

    Returns:
        One row an area and goal, sorted: ``area_id``, ``goal``, ``trend`` (missing where too few),
        ``points`` (0 to 4), ``n`` (indicators with a trend), ``n_expected`` (all).

    Raises:
        ValueError: A column is lacking, a trend is none of :data:`TRENDS`, or an area has an
            indicator twice.

    Example:
        >>> import pandas as pd
        >>> goal_trend(pd.DataFrame({
        ...     "area_id": "A", "goal": 11, "trend": ["on_track", "stagnating", None, "on_track"],
        ... }))
          area_id  goal                 trend  points  n  n_expected
        0       A    11  moderately_improving     2.5  3           4
    """
    table = eager(trends)
    require_columns(table, (AREA, GOAL, TREND), "goal_trend")
    groups = _groups(table, "goal_trend")
    points = _trend_points(table[TREND])
    mean, count, expected = groups.mean(points), groups.count(points), groups.size()
    enough = (count > 0) & (count >= SHARE_FOR_A_TREND * expected)
    code = np.select([mean >= 3, mean >= 2, mean >= 1], [3.0, 2.0, 1.0], 0.0)
    return groups.frame(
        {
            TREND: _texts(table, names_of(np.where(enough, code, np.nan), TRENDS)),
            "points": np.where(enough, mean, np.nan),
            "n": count,
            "n_expected": expected,
        }
    )


@dataclass(frozen=True, kw_only=True)
class _Groups:
    """The areas' goals of a table: one group an area and goal, and the group of each row."""

    areas: nw.Series[Any]
    goals: nw.Series[Any]
    row: NDArray[np.int64]

    def size(self) -> NDArray[np.int64]:
        return np.bincount(self.row, minlength=len(self.areas))

    def count(self, points: FloatArray) -> NDArray[np.int64]:
        return np.bincount(self.row[np.isfinite(points)], minlength=len(self.areas))

    def mean(self, points: FloatArray) -> FloatArray:
        known = np.isfinite(points)
        total = np.bincount(self.row[known], points[known], minlength=len(self.areas))
        with np.errstate(invalid="ignore"):
            return np.asarray(total / self.count(points), dtype=np.float64)

    def two_lowest(self, points: FloatArray) -> tuple[FloatArray, FloatArray]:
        """The lowest and the second lowest of each group; NaN where there is none."""
        known = np.flatnonzero(np.isfinite(points))
        order = known[np.lexsort((points[known], self.row[known]))]
        group = self.row[order]
        first = np.r_[True, group[1:] != group[:-1]] if len(order) else np.zeros(0, dtype=bool)
        second = np.r_[False, first[:-1] & ~first[1:]] if len(order) else first
        lowest, next_lowest = (np.full(len(self.areas), np.nan) for _ in range(2))
        lowest[group[first]] = points[order[first]]
        next_lowest[group[second]] = points[order[second]]
        return lowest, next_lowest

    def frame(self, columns: dict[str, Any]) -> Any:  # noqa: ANN401
        keys = {AREA: self.areas, GOAL: self.goals}
        return nw.from_dict({**keys, **columns}, backend=self.areas.implementation).to_native()


def _groups(table: nw.DataFrame[Any], function: str) -> _Groups:
    if table[AREA].is_null().any() or table[GOAL].is_null().any():
        raise ValueError(f"{function}: a row has no area_id or no goal. Drop it or name them.")
    areas, area = _coded(table[AREA])
    goals, goal = _coded(table[GOAL])
    if INDICATOR in table.columns:
        indicators, indicator = _coded(table[INDICATOR])
        _require_once((area * len(goals) + goal) * len(indicators) + indicator, table, function)
    present, row = np.unique(area * len(goals) + goal, return_inverse=True)
    return _Groups(areas=areas[present // len(goals)], goals=goals[present % len(goals)], row=row)


def _coded(column: nw.Series[Any]) -> tuple[nw.Series[Any], NDArray[np.int64]]:
    """The sorted values of a column, and the place of each row's value among them."""
    values = nw.maybe_reset_index(column.unique().sort())
    place = {value: at for at, value in enumerate(values.to_list())}
    # looked up one by one: a join of the column with its values takes five times as long
    return values, np.fromiter(map(place.__getitem__, column.to_list()), np.int64, len(column))


def _require_once(key: NDArray[np.int64], table: nw.DataFrame[Any], function: str) -> None:
    _, first, count = np.unique(key, return_index=True, return_counts=True)
    if (count == 1).all():
        return
    at = int(first[count > 1][0])
    named = [name for name in (AREA, GOAL, INDICATOR) if name in table.columns]
    which = ", ".join(f"{name} {table[name][at]}" for name in named)
    raise ValueError(
        f"{function}: {int((count > 1).sum())} keys have more than one row, the first is {which}. "
        "Keep one row each."
    )


def _goal_numbers(table: nw.DataFrame[Any], goals: int) -> NDArray[np.int64]:
    numbers = as_floats(table[GOAL])
    wrong = np.flatnonzero(~((numbers >= 1) & (numbers <= goals) & (numbers % 1 == 0)))
    if wrong.size:
        raise ValueError(
            f"index_scores: goal {numbers[wrong[0]]} of {table[AREA][int(wrong[0])]} is none of "
            f"1 to {goals}. Drop the row, or say how many goals the index has."
        )
    return numbers.astype(np.int64)


def _regions_of(
    areas: nw.Series[Any], regions: nw.DataFrame[Any], needed: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """The number of each area's region; an area without one stands alone."""
    listed = regions.select(AREA, REGION).drop_nulls()
    _require_once(_coded(listed[AREA])[1], listed, "index_scores: regions")
    codes, place = _coded(listed[REGION])
    region_of = dict(zip(listed[AREA].to_list(), place.tolist(), strict=True))
    places = np.array([region_of.get(area, len(codes)) for area in areas.to_list()], np.int64)
    lost = np.flatnonzero((places == len(codes)) & needed)
    if lost.size:
        raise ValueError(
            f"index_scores: {areas[int(lost[0])]} has no score for a goal and no region to fill "
            "it from. Add the area to the regions."
        )
    return places


def _regional_means(grid: FloatArray, region: NDArray[np.int64]) -> FloatArray:
    shape = (int(region.max(initial=-1)) + 1, grid.shape[1])
    total, count = np.zeros(shape), np.zeros(shape)
    np.add.at(total, region, np.nan_to_num(grid))
    np.add.at(count, region, np.isfinite(grid))
    with np.errstate(invalid="ignore"):
        return total / count


def _trend_points(trends: nw.Series[Any]) -> FloatArray:
    codes = trends.cast(nw.String()).to_list()
    points = dict(zip(TRENDS, TREND_POINTS, strict=True))
    unknown = sorted({each for each in codes if isinstance(each, str)} - set(points))
    if unknown:
        raise ValueError(
            f"goal_trend: {unknown[0]!r} is no trend. There are {', '.join(TRENDS)}; leave unknown "
            "ones empty."
        )
    return np.array([points.get(each, np.nan) for each in codes], dtype=np.float64)


def _texts(table: nw.DataFrame[Any], values: NDArray[np.object_]) -> nw.Series[Any]:
    return nw.new_series("text", values.tolist(), nw.String(), backend=table.implementation)
