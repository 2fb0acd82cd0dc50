"""What every estimate of effect carries: the number, its uncertainty, and its caveats as data."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
from scipy.special import stdtr, stdtrit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from narwhals.typing import IntoDataFrame

    from ileaps_metrics.elementwise import FloatArray

LEVEL = 0.95
SEED = 20220418
_ROUNDING = 1e-12


class CaveatCode(StrEnum):
    """What a reader of an estimate must know; the codes pages translate."""

    PARALLEL_TRENDS = "parallel_trends"
    NO_ANTICIPATION = "no_anticipation"
    NO_SPILL_OVER = "no_spill_over"
    ROWS_LEFT_OUT = "rows_left_out"
    NOT_CLUSTERED = "not_clustered"
    SINGLE_ROW_CELL = "single_row_cell"
    FEW_CLUSTERS = "few_clusters"
    FEW_TREATED_CLUSTERS = "few_treated_clusters"
    ONE_TREATED_UNIT = "one_treated_unit"
    ONE_COMPARISON_UNIT = "one_comparison_unit"
    NO_VARIATION = "no_variation"
    NO_COMPARISON_SERIES = "no_comparison_series"
    FEW_POINTS = "few_points"
    SEASON_NOT_MODELLED = "season_not_modelled"
    AUTOCORRELATED = "autocorrelated"
    OVERDISPERSED = "overdispersed"
    POOR_PRE_FIT = "poor_pre_fit"
    FEW_DONORS = "few_donors"
    DOSE_NOT_RANDOM = "dose_not_random"
    FEW_UNITS = "few_units"
    ONE_UNIT_DECIDES = "one_unit_decides"


@dataclass(frozen=True)
class Caveat:
    """A code and the numbers that belong to it.

    >>> Caveat(CaveatCode.FEW_CLUSTERS, {"clusters": 12}).code.value
    'few_clusters'
    """

    code: CaveatCode
    detail: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class EffectEstimate:
    """An effect with its uncertainty, or without it where the design gives none.

    Attributes:
        estimate: the effect, in the unit of the outcome (or its logarithm, if that was given).
        standard_error: None where the design cannot give one.
        interval: 95% interval, low and high; None where there is none.
        p_value: of no effect, two-sided; None where there is none.
        n: rows the estimate rests on.
        n_clusters: clusters they belong to; None where none were named.
        method: code of the way the uncertainty was reached.
        caveats: what a reader must know, as codes with numbers.
    """

    estimate: float
    standard_error: float | None
    interval: tuple[float, float] | None
    p_value: float | None
    n: int
    n_clusters: int | None
    method: str
    caveats: tuple[Caveat, ...]


def percent_change(log_change: float) -> float:
    """A change of a natural logarithm in per cent: 100·(exp(x) − 1).

    >>> round(percent_change(0.75), 1)
    111.7
    """
    return 100 * math.expm1(log_change)


def before_after(before: float, after: float) -> tuple[float, float]:
    """The difference of two levels and the same in per cent of the first; no estimate of effect.

    The second is NaN where the first level is zero or less.

    >>> before_after(12000.0, 15000.0)
    (3000.0, 25.0)
    """
    difference = after - before
    return difference, 100 * difference / before if before > 0 else math.nan


def t_interval(estimate: float, error: float, freedom: float) -> tuple[float, float]:
    """The 95% interval of Student's t around an estimate.

    >>> tuple(round(end, 2) for end in t_interval(0.0, 1.0, 10))
    (-2.23, 2.23)
    """
    half = float(stdtrit(freedom, (1 + LEVEL) / 2)) * error
    return estimate - half, estimate + half


def settled(error: float, values: FloatArray) -> float:
    """A standard error, zero where it is no more than what rounding leaves of the values.

    >>> settled(3e-15, np.array([4.0, 4.0])), settled(0.5, np.array([4.0, 5.0]))
    (0.0, 0.5)
    """
    return error if error > _ROUNDING * float(np.abs(values).max()) else 0.0


def t_p_value(estimate: float, error: float, freedom: float) -> float | None:
    """Two-sided p-value of Student's t; None where the error is zero and says nothing.

    >>> round(t_p_value(2.228, 1.0, 10), 3), t_p_value(1.0, 0.0, 10)
    (0.05, None)
    """
    return None if error <= 0 else float(2 * stdtr(freedom, -abs(estimate / error)))


def column(frame: nw.DataFrame[Any], name: str, role: str) -> FloatArray:
    """One column as floats, missing as NaN.

    Raises:
        ValueError: the frame has no such column, or it holds something else than numbers.
    """
    if name not in frame.columns:
        message = (
            f"no column {name!r} for the {role}; the frame has {', '.join(frame.columns)}. "
            f"Name the column that holds the {role}."
        )
        raise ValueError(message)
    series = frame[name]
    if not (series.dtype.is_numeric() or series.dtype == nw.Boolean):
        message = f"column {name!r}, the {role}, holds {series.dtype}: give numbers"
        raise ValueError(message)
    values = np.array(series.cast(nw.Float64).to_numpy(), dtype=float)
    if np.isinf(values).any():
        message = f"column {name!r}, the {role}, has infinite values: leave them missing"
        raise ValueError(message)
    return values


def flags(frame: nw.DataFrame[Any], name: str, role: str) -> FloatArray:
    """One column of 0 and 1 (or false and true), missing as NaN; raises like `column`."""
    values = column(frame, name, role)
    strange = np.unique(values[np.isfinite(values) & ~np.isin(values, (0.0, 1.0))])
    if strange.size:
        message = (
            f"column {name!r}, the {role}, holds {strange[0]:g}: give 0 or 1 (false or true) only"
        )
        raise ValueError(message)
    return values


def codes(frame: nw.DataFrame[Any], name: str, role: str) -> tuple[FloatArray, list[Any]]:
    """Each row's place in the sorted list of distinct values, missing as NaN, and that list.

    Raises:
        ValueError: the frame has no such column.
    """
    if name not in frame.columns:
        message = (
            f"no column {name!r} for the {role}; the frame has {', '.join(frame.columns)}. "
            f"Name the column that tells one {role} from another."
        )
        raise ValueError(message)
    series = frame[name]
    missing = series.is_null().to_numpy()
    if series.dtype.is_float():
        missing = missing | np.isnan(series.to_numpy())
    values = series.to_list()
    distinct = sorted({value for value, gone in zip(values, missing, strict=True) if not gone})
    places = {value: float(place) for place, value in enumerate(distinct)}
    numbered = [
        np.nan if gone else places[value] for value, gone in zip(values, missing, strict=True)
    ]
    return np.array(numbered, dtype=float), distinct


def eager(frame: IntoDataFrame) -> nw.DataFrame[Any]:
    """The caller's frame, read through Narwhals and never changed."""
    return nw.from_native(frame, eager_only=True)


def left_out(total: int, kept: int) -> Iterable[Caveat]:
    """The caveat that rows with missing values were left out, where some were."""
    if kept < total:
        yield Caveat(CaveatCode.ROWS_LEFT_OUT, {"rows": total - kept, "of": total})
