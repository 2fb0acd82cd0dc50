"""Populations and percentages urban between two published years, and the year a level is met.

Nothing here extrapolates: a year outside the published ones has no value.
"""

from __future__ import annotations

from typing import overload

import numpy as np

from ileaps_metrics.elementwise import (
    Column,
    FloatArray,
    Values,
    as_floats,
    computed,
    positive,
    require_positive,
    share,
)


def _elapsed(start_year: FloatArray, end_year: FloatArray, year: FloatArray) -> FloatArray:
    """Fraction of the interval gone by; NaN for a year outside it."""
    require_positive(
        np.asarray(end_year - start_year, dtype=np.float64),
        "end_year - start_year",
        "Give the earlier year first.",
    )
    fraction = (year - start_year) / (end_year - start_year)
    return np.where((fraction >= 0) & (fraction <= 1), fraction, np.nan)


def _ends_as_published(
    between: FloatArray, start: FloatArray, end: FloatArray, fraction: FloatArray
) -> FloatArray:
    # Going through a logarithm and back would alter the last digits of a published figure.
    return np.where(fraction == 0, start, np.where(fraction == 1, end, between))


def _population(
    start: FloatArray,
    end: FloatArray,
    start_year: FloatArray,
    end_year: FloatArray,
    year: FloatArray,
) -> FloatArray:
    fraction = _elapsed(start_year, end_year, year)
    start, end = positive(start), positive(end)
    between = np.exp(np.log(start) * (1 - fraction) + np.log(end) * fraction)
    return _ends_as_published(between, start, end, fraction)


@overload
def interpolate_population(
    start: float, end: float, start_year: float, end_year: float, year: float
) -> float: ...
@overload
def interpolate_population(
    start: Values, end: Values, start_year: Values, end_year: Values, year: Values
) -> Column: ...
def interpolate_population(
    start: Values, end: Values, start_year: Values, end_year: Values, year: Values
) -> Column:
    """Population in a year between two published ones, growing at one exponential rate.

    ``start^(1−f) · end^f`` with ``f`` the fraction of the interval gone by: the same assumption
    as an exponential growth rate over the interval, so growth computed over any part of it is
    growth over the whole.

    Args:
        start: Population published for ``start_year``.
        end: Population published for ``end_year``.
        start_year: The earlier published year.
        end_year: The later published year.
        year: The year wanted, from ``start_year`` to ``end_year``.

    Returns:
        Population in the unit handed in and the kind handed in; at either end exactly the
        published figure; NaN for a year outside the interval (never extrapolated) and where a
        population is missing, zero or negative.

    Raises:
        ValueError: ``end_year`` is not after ``start_year``.

    Example:
        >>> round(interpolate_population(100.0, 121.0, 2010, 2020, 2015), 6)
        110.0
        >>> interpolate_population(100.0, 121.0, 2010, 2020, 2021)
        nan
    """
    return computed("population", _population, start, end, start_year, end_year, year)


def _percent(
    start: FloatArray,
    end: FloatArray,
    start_year: FloatArray,
    end_year: FloatArray,
    year: FloatArray,
) -> FloatArray:
    fraction = _elapsed(start_year, end_year, year)
    start, end = share(start), share(end)
    logit_start = np.log(start) - np.log(100 - start)
    logit_end = np.log(end) - np.log(100 - end)
    logistic = 100 / (1 + np.exp(-(logit_start * (1 - fraction) + logit_end * fraction)))
    at_a_limit = (start == 0) | (start == 100) | (end == 0) | (end == 100)
    linear = start * (1 - fraction) + end * fraction
    return _ends_as_published(np.where(at_a_limit, linear, logistic), start, end, fraction)


@overload
def interpolate_percent_urban(
    start: float, end: float, start_year: float, end_year: float, year: float
) -> float: ...
@overload
def interpolate_percent_urban(
    start: Values, end: Values, start_year: Values, end_year: Values, year: Values
) -> Column: ...
def interpolate_percent_urban(
    start: Values, end: Values, start_year: Values, end_year: Values, year: Values
) -> Column:
    """Percentage urban in a year between two published ones, on a straight line of its logit.

    ``100 / (1 + exp(−logit))`` with ``logit = ln(percent / (100 − percent))`` interpolated
    linearly: a constant urban–rural growth difference over the interval, the assumption of the
    United Nations' method (Manual VIII). Where an end is 0 or 100 the logit is infinite, and the
    percentage itself is interpolated linearly (Hong Kong 1990–1995, Macao 1995–2000, Singapore
    1950–1955 in WUP 2018).

    Args:
        start: Percentage urban published for ``start_year``, 0 to 100.
        end: Percentage urban published for ``end_year``, 0 to 100.
        start_year: The earlier published year.
        end_year: The later published year.
        year: The year wanted, from ``start_year`` to ``end_year``.

    Returns:
        0 to 100 in the kind handed in; at either end exactly the published figure; NaN for a
        year outside the interval (never extrapolated), and where a percentage is missing or not
        within 0 to 100.

    Raises:
        ValueError: ``end_year`` is not after ``start_year``.

    Example:
        >>> round(interpolate_percent_urban(20.0, 80.0, 2000, 2020, 2010), 6)
        50.0
        >>> round(interpolate_percent_urban(20.0, 50.0, 2000, 2020, 2010), 3)
        33.333
        >>> interpolate_percent_urban(99.0, 100.0, 2000, 2010, 2005)
        99.5
    """
    return computed("percent_urban", _percent, start, end, start_year, end_year, year)


def crossing_year(years: Values, values: Values, level: float = 50.0) -> float:
    """The first year in which a series rises to a level, on straight lines between its points.

    The result has a fraction: populations are those of mid-year, so 2018.3 is about three and a
    half months after 1 July 2018.

    Args:
        years: The years of the series, in any order, none twice.
        values: Its values, as many as there are years. Missing ones are passed over, so that
            the line runs between the known neighbours.
        level: The level to be reached, in the unit of ``values``.

    Returns:
        The year; the first known year itself where the series starts exactly at the level. NaN
        where the series never rises to it: it stays below, it only falls through it, or it
        already stands above at its first known year, since when it got there is then not known.

    Raises:
        ValueError: The two differ in length, or a year occurs twice.

    Example:
        >>> crossing_year([2010, 2015, 2020], [45.0, 48.0, 52.0])
        2017.5
        >>> crossing_year([2010, 2015, 2020], [55.0, 58.0, 62.0])
        nan
    """
    at, heights = np.atleast_1d(as_floats(years)), np.atleast_1d(as_floats(values))
    if at.shape != heights.shape:
        raise ValueError(
            f"crossing_year: {at.size} years for {heights.size} values. Give one value a year."
        )
    known = np.isfinite(at) & np.isfinite(heights)
    at, heights = at[known], heights[known]
    order = np.argsort(at, kind="stable")
    at, heights = at[order], heights[order]
    twice = np.flatnonzero(np.diff(at) == 0)
    if twice.size:
        raise ValueError(
            f"crossing_year: the year {at[twice[0]]:g} occurs twice. "
            "Give the series of one place from one revision."
        )
    if at.size and heights[0] == level:
        return float(at[0])
    rises = np.flatnonzero((heights[:-1] < level) & (heights[1:] >= level))
    if not rises.size:
        return float("nan")
    before = rises[0]
    climb = heights[before + 1] - heights[before]
    span = at[before + 1] - at[before]
    return float(at[before] + span * ((level - heights[before]) / climb))
