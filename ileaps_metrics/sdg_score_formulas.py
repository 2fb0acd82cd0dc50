"""Scores, colours and trend arrows of single indicators, as the SDG Index computes them.

Formulas over numbers, arrays and Series. Source: Sustainable Development Solutions Network,
*SDG Index and Dashboards: Detailed Methodological Paper* (2018), §1.5 and §2.5. Bounds and
thresholds are given, not computed: the codebook of each report publishes them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw
import numpy as np

from ileaps_metrics.elementwise import as_floats, computed, series_like

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from ileaps_metrics.elementwise import Column, FloatArray, Values

RATINGS = ("red", "orange", "yellow", "green")
"""The colours from worst to best."""

TRENDS = ("decreasing", "stagnating", "moderately_improving", "on_track")
"""The trends from worst to best; the reports draw them as ↓ → ➚ ↑."""

DEADLINE = 2030


class IndicatorTrend(NamedTuple):
    """The trend of an indicator.

    Attributes:
        ratio: Observed over required yearly change of the score; NaN where nothing is required.
        trend: One of :data:`TRENDS`; None where it cannot be known.
    """

    ratio: Column
    trend: Column


def score(values: Values, worst: Values, best: Values) -> Column:
    """Where a value stands between the worst and the best, from 0 to 100.

    ``100·(x − worst)/(best − worst)``, held to 0–100; where lower is better, best is the smaller
    of the two. A missing value has no score, and none is defined where best equals worst.

    Args:
        values: The indicator's values, in its own unit; not infinite.
        worst: The value that scores 0.
        best: The value that scores 100.

    Returns:
        Points from 0 to 100, in the caller's own kind: number, array or Series.

    Raises:
        ValueError: Columns of different lengths, or Series on different indexes.

    Example:
        Fine particles in Afghanistan, 2019:

        >>> round(score(56.911, worst=87, best=6.3), 6)
        37.285006
        >>> score([31.667, None, 120.0], 41.8, 100).tolist()
        [0.0, nan, 100.0]
    """
    return computed("score", _score, values, worst, best)


def rating(values: Values, green: Values, red: Values) -> Column:
    """The colour of a value against the thresholds of green and red.

    Green from ``green`` on, yellow from the middle of both, orange from ``red`` on, else red; the
    threshold itself has the better colour. Where lower is better, ``green`` is the smaller.

    Args:
        values: The indicator's values, in its own unit.
        green: The threshold of green.
        red: The threshold of red. Where it equals green there is no colour: which side is the
            better one cannot be told.

    Returns:
        ``green``, ``yellow``, ``orange`` or ``red`` for a number; an array or a Series of these
        for columns. Missing (None) where a value or a threshold is.

    Raises:
        ValueError: Columns of different lengths, or Series on different indexes.

    Example:
        Women in the parliament of Afghanistan, per cent, 2019:

        >>> rating(27.7, green=40, red=20)
        'orange'
        >>> rating([40, 30, 20, 19.9, None], 40, 20).tolist()
        ['green', 'yellow', 'orange', 'red', None]
        >>> rating(10, green=10, red=25)
        'green'
    """
    return _coded("rating", _rating_codes, RATINGS, values, green, red)


def indicator_trend(
    start_value: Values,
    start_year: Values,
    end_value: Values,
    end_year: Values,
    worst: Values,
    best: Values,
    green: Values,
    latest_value: Values = None,
    required_years: Values = None,
) -> IndicatorTrend:
    """Whether an indicator moves fast enough to be green in 2030.

    The yearly change of the score between two years, over the yearly change that leads from the
    first of them to the green threshold in 2030; neither score is held to 0–100. On track from a
    ratio of 1, or where the latest value is green; moderately improving from 0.5; stagnating from
    0; decreasing below. Where the start was green and the latest value is not, no change was
    required and there is no ratio: decreasing if the score fell, on track if not.

    The published arrows follow this in most cases, not in all: see
    ``python -m ileaps_data reproduce`` for how many.

    Args:
        start_value: Value in the first year of the window.
        start_year: That year.
        end_value: Value in the last year of the window.
        end_year: That year, after the first.
        worst: The value that scores 0.
        best: The value that scores 100.
        green: The threshold of green.
        latest_value: The value that decides on green; the end value where missing.
        required_years: Years to reach green in; from the first year to 2030 where missing.

    Returns:
        An :class:`IndicatorTrend`: numbers and names for numbers, columns for columns.

    Raises:
        ValueError: A last year that is not after its first; columns that do not go together.

    Example:
        >>> indicator_trend(40.0, 2015, 60.0, 2020, worst=0, best=100, green=100)
        IndicatorTrend(ratio=1.0, trend='on_track')
        >>> indicator_trend(40.0, 2015, 50.0, 2020, worst=0, best=100, green=100).trend
        'moderately_improving'
        >>> indicator_trend(40.0, 2015, 39.0, 2020, worst=0, best=100, green=100).trend
        'decreasing'
    """
    _require_order(start_year, end_year)
    latest = end_value if latest_value is None else latest_value
    required = np.nan if required_years is None else required_years
    window = (start_value, start_year, end_value, end_year, worst, best, green, latest, required)
    return IndicatorTrend(
        computed("ratio", _trend_ratio, *window),
        _coded("trend", _trend_codes, TRENDS, *window),
    )


def goal_points(
    value: FloatArray, worst: FloatArray, red: FloatArray, green: FloatArray, best: FloatArray
) -> FloatArray:
    """An indicator on the scale of the goal's colour: worst 0, red 1, green 2, best 3.

    Straight lines between the four, held to 0–3. Where two of them are one value, the value itself
    has the better end.

    Example:
        >>> goal_points(*(np.array([number]) for number in (27.7, 1.2, 20.0, 40.0, 50.0)))
        array([1.385])
    """
    side = np.where(best >= worst, 1.0, -1.0)
    value, worst, red, green, best = (side * each for each in (value, worst, red, green, best))
    with np.errstate(all="ignore"):
        below_red = np.clip((value - worst) / (red - worst), 0, 1)
        below_green = 1 + (value - red) / (green - red)
        from_green = np.where(best > green, 2 + (value - green) / (best - green), 3.0)
    points = np.select([value < red, value < green], [below_red, below_green], from_green)
    known = np.isfinite(value + worst + red + green + best) & (best > worst)
    return np.where(known, np.clip(np.nan_to_num(points), 0, 3), np.nan)


def names_of(codes: FloatArray, names: tuple[str, ...]) -> NDArray[np.object_]:
    """The names at the places the codes tell; None for NaN.

    Example:
        >>> names_of(np.array([3.0, np.nan]), RATINGS).tolist()
        ['green', None]
    """
    listed = np.array([*names, None], dtype=object)
    return listed[np.where(np.isnan(codes), len(names), codes).astype(np.int64)]


def _score(value: FloatArray, worst: FloatArray, best: FloatArray) -> FloatArray:
    return _held(_unheld(value, worst, best))


def _held(points: FloatArray) -> FloatArray:
    return np.where(np.isfinite(points), np.clip(points, 0.0, 100.0), np.nan)


def _unheld(value: FloatArray, worst: FloatArray, best: FloatArray) -> FloatArray:
    return 100 * (value - worst) / (best - worst)


def _rating_codes(value: FloatArray, green: FloatArray, red: FloatArray) -> FloatArray:
    side = np.where(green > red, 1.0, -1.0)
    middle = (green + red) / 2
    better = side * value
    reached: list[Any] = [better >= side * each for each in (green, middle, red)]
    codes = np.select(reached, [3.0, 2.0, 1.0], 0.0)
    return np.where(np.isfinite(value + green + red) & (green != red), codes, np.nan)


def _trend_ratio(*window: FloatArray) -> FloatArray:
    ratio, _ = _ratio_and_met(*window)
    return ratio


def _trend_codes(*window: FloatArray) -> FloatArray:
    ratio, met = _ratio_and_met(*window)
    kept = np.isnan(ratio) & (_change(*window) >= 0)
    start, start_year, end, _, worst, best, green, latest, required_years = window
    years = _years_to_go(start_year, required_years)
    reached: list[Any] = [met | kept | (ratio >= 1), ratio >= 0.5, ratio >= 0]
    codes = np.select(reached, [3.0, 2.0, 1.0], 0.0)
    known = np.isfinite(start + end + worst + best + green + latest + years) & (best != worst)
    return np.where(known, codes, np.nan)


def _change(*window: FloatArray) -> FloatArray:
    start, _, end, _, worst, best, *_ = window
    return _unheld(end, worst, best) - _unheld(start, worst, best)


def _years_to_go(start_year: FloatArray, required_years: FloatArray) -> FloatArray:
    years = np.where(np.isnan(required_years), DEADLINE - start_year, required_years)
    return np.where(years > 0, years, np.nan)


def _ratio_and_met(
    start: FloatArray,
    start_year: FloatArray,
    end: FloatArray,
    end_year: FloatArray,
    worst: FloatArray,
    best: FloatArray,
    green: FloatArray,
    latest: FloatArray,
    required_years: FloatArray,
) -> tuple[FloatArray, NDArray[np.bool_]]:
    first, last, aim = (_unheld(value, worst, best) for value in (start, end, green))
    observed = (last - first) / (end_year - start_year)
    required = (aim - first) / _years_to_go(start_year, required_years)
    ratio = np.where(required > 0, observed / required, np.nan)
    side = np.where(best > worst, 1.0, -1.0)
    return ratio, side * latest >= side * green


def _coded(
    name: str,
    formula: Callable[..., FloatArray],
    names: tuple[str, ...],
    *arguments: Values,
) -> Column:
    """The names a formula's codes stand for, in the caller's own kind."""
    codes = computed(name, formula, *arguments)
    if isinstance(codes, float):
        return names_of(np.array(codes), names)
    if isinstance(codes, np.ndarray):
        return names_of(codes, names)
    numbers = nw.from_native(codes, series_only=True)
    named = names_of(as_floats(numbers), names).tolist()
    return series_like(numbers, name, named, nw.String())


def _require_order(start_year: Values, end_year: Values) -> None:
    start, end = np.broadcast_arrays(as_floats(start_year), as_floats(end_year))
    wrong = np.flatnonzero(end <= start)
    if wrong.size:
        where = f" at position {wrong[0]}" if end.ndim else ""
        raise ValueError(
            f"indicator_trend: the last year {end.flat[wrong[0]]:g} is not after the first "
            f"{start.flat[wrong[0]]:g}{where}. Give a window of two years in order."
        )
