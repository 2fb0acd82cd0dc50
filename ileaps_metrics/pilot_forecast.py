"""Forecasts of an indicator: refused unless the figures can carry one, and saying why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
from scipy.special import stdtrit

from ileaps_metrics.partial_dates import DAYS_PER_YEAR, as_day, day_interval
from ileaps_metrics.pilot_figures import flag, known_by, usable_figures
from ileaps_metrics.pilot_frames import (
    GROUP_NAME,
    KEYS,
    Aggregation,
    ResultLevel,
    like,
    prepared_indicators,
    prepared_observations,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from narwhals.typing import IntoFrameT

    from ileaps_metrics.elementwise import FloatArray

MIN_POINTS = 5
MIN_SPAN_YEARS = 2.0
MAX_AGE_YEARS = 3.0
LEVEL = 0.95


class Refusal(StrEnum):
    """Why there is no forecast."""

    CONTEXT = "context"
    TOO_FEW_POINTS = "too_few_points"
    SPAN_TOO_SHORT = "span_too_short"
    TOO_OLD = "too_old"
    HORIZON_NOT_AHEAD = "horizon_not_ahead"


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """A forecast with its prediction interval, or the reason there is none.

    Attributes:
        estimate: forecast value at the horizon; NaN when refused.
        low: lower end of the prediction interval.
        high: upper end of the prediction interval.
        level: coverage of the interval.
        n: comparable dated points the forecast rests on, or would have.
        refused: code of the reason there is no forecast; None when there is one.
    """

    estimate: float
    low: float
    high: float
    n: int
    level: float = LEVEL
    refused: str | None = None


def _predicted(x: FloatArray, y: FloatArray, at: float) -> tuple[float, float]:
    """OLS prediction at a point and half the width of its prediction interval."""
    n = x.size
    centred = x - x.mean()
    squares = float(centred @ centred)
    slope = float(centred @ y) / squares
    residuals = y - y.mean() - slope * centred
    freedom = n - 2
    variance = float(residuals @ residuals) / freedom
    away = at - float(x.mean())
    half = (
        float(stdtrit(freedom, (1 + LEVEL) / 2))
        * (variance * (1 + 1 / n + away**2 / squares)) ** 0.5
    )
    return float(y.mean()) + slope * away, half


def forecast(
    dates: Sequence[date | str],
    values: Sequence[float],
    aggregation: str,
    horizon: date | str,
    as_of: date | str | None = None,
    lower_limit: float | None = 0.0,
    upper_limit: float | None = None,
) -> Forecast:
    """Straight-line forecast of one comparable series, with a 95% prediction interval.

    Given only with at least five points on different days, over two years or more, the last no
    older than three years at `as_of`; otherwise refused. Ordinary least squares on the dates;
    of a cumulative series the yearly rates between its points are forecast and added to the
    last total, which it cannot fall below. Mark the result as a forecast wherever it is shown.

    Args:
        dates: partial dates, each standing for the last day of its interval.
        values: one a date, of one definition and unit; NaN are left out.
        aggregation: "level", "flow" (values of periods of one length) or "cumulative".
        horizon: the date to forecast at.
        as_of: the day of the forecast; today when None.
        lower_limit: natural lower limit of the value; None for none.
        upper_limit: natural upper limit, such as 100 for a percentage.

    Raises:
        ValueError: for lengths that differ, unreadable dates or an unknown aggregation.

    >>> years = ["2020", "2021", "2022", "2023", "2024"]
    >>> forecast(years, [10, 12, 14, 16, 18], "level", "2026", as_of="2025-06-01").refused is None
    True
    >>> forecast(years[:3], [1, 7, 3], "level", "2026", as_of="2025-06-01").refused
    'too_few_points'
    """
    if len(dates) != len(values):
        message = f"{len(dates)} dates and {len(values)} values: give one value a date"
        raise ValueError(message)
    if aggregation not in set(Aggregation):
        kinds = ", ".join(Aggregation)
        message = f"as an aggregation, {aggregation!r} is unknown: use one of {kinds}"
        raise ValueError(message)
    now = as_day(as_of)
    days = np.array([day_interval(when)[1] for when in dates], dtype=float)
    numbers = np.asarray(values, dtype=float)
    known = np.isfinite(numbers)
    order = np.argsort(days[known], kind="stable")
    days, numbers = days[known][order], numbers[known][order]
    distinct = np.unique(days)
    at = float(as_day(horizon))
    why = _refusal(distinct, at, now)
    if why is not None:
        nothing = float("nan")
        return Forecast(
            estimate=nothing, low=nothing, high=nothing, n=distinct.size, refused=why.value
        )
    if aggregation == Aggregation.CUMULATIVE:
        # two totals on one day leave no increment: the higher one is the total of that day
        totals = np.array([numbers[days == day].max() for day in distinct])
        lengths = np.diff(distinct) / DAYS_PER_YEAR
        middles = (distinct[1:] + distinct[:-1]) / 2
        ahead = (at - distinct[-1]) / DAYS_PER_YEAR
        rate, half = _predicted(middles, np.diff(totals) / lengths, (at + distinct[-1]) / 2)
        estimate, half = totals[-1] + rate * ahead, half * ahead
        lower_limit = max(totals[-1], totals[-1] if lower_limit is None else lower_limit)
    else:
        estimate, half = _predicted(days, numbers, at)
    low_end, estimate, high_end = np.clip(
        [estimate - half, estimate, estimate + half],
        -np.inf if lower_limit is None else lower_limit,
        np.inf if upper_limit is None else upper_limit,
    ).tolist()
    return Forecast(estimate=estimate, low=low_end, high=high_end, n=distinct.size)


def _refusal(days: FloatArray, horizon: float, now: int) -> Refusal | None:
    if days.size < MIN_POINTS:
        return Refusal.TOO_FEW_POINTS
    if days[-1] - days[0] < MIN_SPAN_YEARS * DAYS_PER_YEAR - 1:
        return Refusal.SPAN_TOO_SHORT
    if now - days[-1] > MAX_AGE_YEARS * DAYS_PER_YEAR:
        return Refusal.TOO_OLD
    if horizon <= days[-1]:
        return Refusal.HORIZON_NOT_AHEAD
    return None


def forecast_readiness(
    indicators: IntoFrameT, observations: IntoFrameT, as_of: date | str | None = None
) -> IntoFrameT:
    """Whether each indicator's figures could carry a forecast, and if not, why, one row each.

    Counted are the figures the actual value rests on: reported by the pilot, dated, of the
    total or the only group.

    Returns:
        A frame of the same kind, sorted: pilot_id, indicator_id, n (points on different days),
        span_years (first to last), age_years (last to `as_of`), ready, reason (a code of
        `Refusal`, missing where ready).

    Raises:
        ValueError: for an unreadable `as_of` or a table that lacks a column.

    >>> import pandas as pd
    >>> one = {"pilot_id": ["m"], "indicator_id": ["x"]}
    >>> indicators = pd.DataFrame(one | {"aggregation": "level", "result_level": "output",
    ...     "ascending": True, "baseline_value": 1.0, "target_value": 2.0})
    >>> figures = pd.DataFrame(one | {"period_end": "2024", "value": 3.0,
    ...     "value_kind": "reported", "group": "pilot"})
    >>> forecast_readiness(indicators, figures, as_of="2025-12-31")
      pilot_id indicator_id  n  span_years  age_years  ready          reason
    0        m            x  1         0.0   0.999316  False  too_few_points
    """
    now = as_day(as_of)
    prepared = prepared_indicators(indicators)
    figures = usable_figures(prepared, known_by(prepared_observations(observations), now))
    days = figures.filter(nw.col("usable") == 1).select(*KEYS, GROUP_NAME, "stand").unique()
    counted = days.group_by(*KEYS).agg(
        nw.len().alias("n"), nw.col("stand").min().alias("first"), nw.col("stand").max()
    )
    table = (
        prepared.select(*KEYS, "result_level")
        .join(counted, on=list(KEYS), how="left")
        .with_columns(
            nw.col("n").fill_null(0).cast(nw.Int64),
            ((nw.col("stand") - nw.col("first")) / DAYS_PER_YEAR).alias("span_years"),
            ((now - nw.col("stand")) / DAYS_PER_YEAR).alias("age_years"),
        )
    )
    return like(indicators, _ready(table).sort(*KEYS))


def _ready(table: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    col = nw.col
    short = col("span_years") < MIN_SPAN_YEARS - 1 / DAYS_PER_YEAR
    rules = (
        (col("result_level") == ResultLevel.CONTEXT.value, Refusal.CONTEXT),
        (col("n") < MIN_POINTS, Refusal.TOO_FEW_POINTS),
        (short, Refusal.SPAN_TOO_SHORT),
        (col("age_years") > MAX_AGE_YEARS, Refusal.TOO_OLD),
    )
    reason: nw.Expr = nw.lit(None).cast(nw.String)
    for condition, code in reversed(rules):
        reason = nw.when(condition).then(nw.lit(code.value)).otherwise(reason)
    table = table.with_columns(reason.alias("reason"))
    ready = flag(col("reason").is_null(), "ready") == 1
    return table.with_columns(ready.alias("ready")).select(
        *KEYS, "n", "span_years", "age_years", "ready", "reason"
    )
