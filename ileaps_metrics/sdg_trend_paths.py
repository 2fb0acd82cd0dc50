"""Paths for charts: the one that leads to a target, and the one a series is on.

Both continue a rate of change; neither is a forecast. A projection says where the observed rate
would lead, were it to hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from ileaps_metrics.elementwise import FloatArray, Values, as_floats, computed
from ileaps_metrics.sdg_trend_formulas import compound_rate, required_rate

if TYPE_CHECKING:
    from ileaps_metrics.elementwise import Column


def required_path(
    base_value: float,
    base_year: float,
    target: float,
    target_year: float,
    years: Values,
    shape: Literal["geometric", "linear"] = "geometric",
) -> Column:
    """The values that would lead a series from its base to its target in time.

    ``geometric``: ``y₀·(1 + r)^(t − t₀)`` with r the required compound rate, as both methods of
    :func:`ileaps_metrics.sdg_trends.cagr_progress` have it (a target of zero is 0.001 to them, so
    most of the way lies in the first years). ``linear``: the straight line.

    Args:
        base_value: Value in the base year.
        base_year: The base year.
        target: Value to reach.
        target_year: Year to reach it by, after the base year.
        years: The years wanted.
        shape: Which path.

    Returns:
        A value a year, in the kind of ``years``; NaN outside base year to target year and where
        base and target have different signs (geometric).

    Raises:
        ValueError: The target year is not after the base year, or the shape is unknown.

    Example:
        >>> required_path(40.0, 2015, 10.0, 2025, [2015, 2020, 2025]).round(6).tolist()
        [40.0, 20.0, 10.0]
        >>> required_path(40.0, 2015, 10.0, 2025, 2020, shape="linear")
        25.0
    """
    if not target_year > base_year:
        raise ValueError(
            f"required_path: the target year {target_year} is not after the base year "
            f"{base_year}. Give a year that lies ahead of the base."
        )
    if shape not in {"geometric", "linear"}:
        raise ValueError(f"required_path: the shape {shape!r} is neither geometric nor linear.")
    base, start, aim, end = (as_floats(x) for x in (base_value, base_year, target, target_year))

    def path(when: FloatArray) -> FloatArray:
        if shape == "linear":
            values = base + (aim - base) * (when - start) / (end - start)
        else:
            values = base * (1.0 + required_rate(base, start, aim, end)) ** (when - start)
        return np.where((when >= start) & (when <= end), values, np.nan)

    return computed("required_path", path, years)


def projection(
    base_value: float,
    base_year: float,
    current_value: float,
    current_year: float,
    years: Values,
    lower_limit: float | None = None,
    upper_limit: float | None = None,
) -> Column:
    """Where the observed compound rate would lead, were it to hold: no forecast.

    ``yᵢ·(1 + r)^(t − tᵢ)`` with r the compound annual rate from base to current year, held within
    the natural limits of the value.

    Args:
        base_value: Value in the base year.
        base_year: The base year.
        current_value: The latest value.
        current_year: Its year.
        years: The years wanted.
        lower_limit: Natural lower limit, such as 0; None for none.
        upper_limit: Natural upper limit, such as 100 for a percentage; None for none.

    Returns:
        A value a year, in the kind of ``years``; NaN before the current year, and throughout
        where there is no rate (both signs, a base of zero, one year only).

    Example:
        >>> projection(81.0, 2015, 100.0, 2017, [2016, 2017, 2018]).round(2).tolist()
        [nan, 100.0, 111.11]
        >>> projection(81.0, 2015, 90.0, 2016, 2030, upper_limit=100)
        100.0
    """
    base, start, current, now = (
        as_floats(x) for x in (base_value, base_year, current_value, current_year)
    )
    low = -np.inf if lower_limit is None else lower_limit
    high = np.inf if upper_limit is None else upper_limit

    def path(when: FloatArray) -> FloatArray:
        rate = compound_rate(base, current, now - start)
        values = current * (1.0 + rate) ** np.maximum(when - now, 0.0)
        held = np.clip(values, low, high)
        return np.where((when >= now) & np.isfinite(held), held, np.nan)

    return computed("projection", path, years)


def linear_ratio(
    base_value: Values,
    base_year: Values,
    current_value: Values,
    current_year: Values,
    target: Values,
    target_year: Values,
) -> Column:
    """Observed change a year over the change a year needed, both on straight lines.

    ``[(yᵢ − y₀)/(tᵢ − t₀)] / [(y_T − y₀)/(t_T − t₀)]``: to be shown beside the ratio of compound
    rates, above all where the target is zero (from 20 to 14 in five years: 0.90 on the straight
    line, 0.14 in compound rates).

    Args:
        base_value: Value in the base year.
        base_year: The base year.
        current_value: The latest value.
        current_year: Its year.
        target: The value to reach.
        target_year: The year to reach it by.

    Returns:
        The ratio, in the kind handed in; NaN where the base is the target, no year passes, or
        something is missing.

    Example:
        >>> round(linear_ratio(20, 2015, 14, 2020, 0, 2030), 2)
        0.9
    """

    def formula(
        base: FloatArray,
        start: FloatArray,
        current: FloatArray,
        now: FloatArray,
        aim: FloatArray,
        end: FloatArray,
    ) -> FloatArray:
        ratio = (current - base) / (now - start) / ((aim - base) / (end - start))
        return np.where(np.isfinite(ratio) & (now > start) & (end > start), ratio, np.nan)

    return computed(
        "linear_ratio",
        formula,
        base_value,
        base_year,
        current_value,
        current_year,
        target,
        target_year,
    )
