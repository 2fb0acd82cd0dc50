"""Dose and response across units that all saw the same event but not the same dose of a measure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import narwhals as nw
import numpy as np
from statsmodels.regression.linear_model import WLS

from ileaps_metrics.effect_estimates import (
    SEED,
    Caveat,
    CaveatCode,
    EffectEstimate,
    codes,
    column,
    eager,
    left_out,
    t_interval,
    t_p_value,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from narwhals.typing import IntoDataFrame, IntoDataFrameT

    from ileaps_metrics.elementwise import FloatArray

FEW_UNITS = 30
FEWEST_UNITS = 4
DRAWS = 9999
_ROUNDING = 1e-9


@dataclass(frozen=True, kw_only=True)
class DoseResponse(EffectEstimate):
    """Slope of the response on the dose.

    Attributes:
        intercept: response of a unit that got no dose.
        leave_one_out: lowest and highest slope when one unit is left out.

    `method` is "permutation" (HC1 error, p-value by permuting the doses) or "cluster_robust".
    """

    intercept: float
    leave_one_out: tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class ImpliedTotal:
    """What the slope implies for all units together.

    Attributes:
        total: the sum after, less what it would have been without any dose.
        low: the same at the low end of the slope's interval.
        high: the same at its high end.
        share: the total as a share of what it would have been.
        share_low: that share at the low end.
        share_high: that share at the high end.
    """

    total: float
    low: float
    high: float
    share: float
    share_low: float
    share_high: float


def dose_response(
    frame: IntoDataFrame,
    dose: str,
    response: str,
    *,
    weights: str | None = None,
    cluster: str | None = None,
) -> DoseResponse:
    """Least-squares slope of a response on a dose, one row a unit.

    With both as changes of logarithms the slope is an elasticity, and what all units share (a
    reopening, a season) is in the intercept. The error allows for unequal variances (HC1); the
    p-value is the share of 9,999 seeded reshufflings of the doses among the units that give a
    slope at least as steep. Placebos are the same call on the response of earlier periods.

    Args:
        frame: one row a unit; rows without dose or response are left out and counted.
        dose: column of how much of the measure the unit got.
        response: column of how the outcome changed.
        weights: column of weights, none of them negative.
        cluster: column of groups of units that share shocks: the error is then cluster-robust
            (CR1) and the p-value that of Student's t.

    Raises:
        ValueError: a column is absent or not numeric, a weight is negative, fewer than four units
            are left, or all got the same dose.

    Example:
        >>> import pandas as pd
        >>> frame = pd.DataFrame({"dose": [0.0, 1.0, 2.0, 3.0, 4.0],
        ...                       "response": [1.0, 3.1, 4.9, 7.1, 8.9]})
        >>> result = dose_response(frame, "dose", "response")
        >>> round(result.estimate, 2), round(result.intercept, 2)
        (1.98, 1.04)
        >>> tuple(round(slope, 2) for slope in result.leave_one_out)
        (1.96, 2.01)
    """
    table = eager(frame)
    x, y = column(table, dose, "dose"), column(table, response, "response")
    weight = np.ones(x.size) if weights is None else column(table, weights, "weight")
    if (weight < 0).any():
        raise ValueError(f"column {weights!r} has negative weights: give zero or more")
    known = np.isfinite(x) & np.isfinite(y) & (weight > 0)
    group = None if cluster is None else codes(table, cluster, "cluster")[0]
    if group is not None:
        known &= np.isfinite(group)
    total = x.size
    x, y, weight = x[known], y[known], weight[known]
    _require(x, dose)
    design = np.column_stack([np.ones(x.size), x])
    model = WLS(y, design, weights=weight)
    around = _range(slopes_without(x, y, weight))
    clusters: int | None = None
    if group is None:
        fit = model.fit(cov_type="HC1")
        freedom = x.size - 2
    else:
        places = np.unique(group[known], return_inverse=True)[1]
        clusters = int(places.max()) + 1
        if clusters < 2:
            raise ValueError(f"column {cluster!r} names one cluster: leave it out, or name more")
        fit = model.fit(cov_type="cluster", cov_kwds={"groups": places})
        freedom = clusters - 1
    slope, error = float(fit.params[1]), float(fit.bse[1])
    p_value = (
        _permutation_p(x, y, weight, slope) if group is None else t_p_value(slope, error, freedom)
    )
    return DoseResponse(
        estimate=slope,
        intercept=float(fit.params[0]),
        standard_error=error,
        interval=t_interval(slope, error, freedom),
        p_value=p_value,
        n_clusters=clusters,
        method="permutation" if group is None else "cluster_robust",
        caveats=(
            Caveat(CaveatCode.DOSE_NOT_RANDOM),
            Caveat(CaveatCode.NO_SPILL_OVER),
            *left_out(total, x.size),
            *_warnings(slope, error, clusters or x.size, around),
        ),
        n=x.size,
        leave_one_out=around,
    )


def _require(x: FloatArray, dose: str) -> None:
    if x.size < FEWEST_UNITS:
        message = (
            f"{x.size} units have dose and response, at least {FEWEST_UNITS} are needed: add "
            "units, or do not estimate a slope"
        )
        raise ValueError(message)
    if np.ptp(x) == 0:
        message = (
            f"every unit has the dose {x[0]:g} in column {dose!r}: without units that got more "
            "or less there is no comparison, so no slope"
        )
        raise ValueError(message)


def _range(slopes: FloatArray) -> tuple[float, float]:
    return float(np.nanmin(slopes)), float(np.nanmax(slopes))


def _warnings(
    slope: float, error: float, independent: int, around: tuple[float, float]
) -> Iterator[Caveat]:
    if independent < FEW_UNITS:
        yield Caveat(CaveatCode.FEW_UNITS, {"units": independent})
    if max(slope - around[0], around[1] - slope) > error:
        yield Caveat(CaveatCode.ONE_UNIT_DECIDES, {"low": around[0], "high": around[1]})


def slopes_without(x: FloatArray, y: FloatArray, weight: FloatArray) -> FloatArray:
    """The slope with each unit left out in turn; NaN where the rest all got one dose.

    >>> slopes_without(np.array([0.0, 1.0, 2.0]), np.array([0.0, 1.0, 4.0]), np.ones(3)).tolist()
    [3.0, 2.0, 1.0]
    """

    def rest(values: FloatArray) -> FloatArray:
        others: FloatArray = values.sum() - values
        return others

    w, wx, wy = rest(weight), rest(weight * x), rest(weight * y)
    covariance = rest(weight * x * y) - wx * wy / w
    variance = rest(weight * x * x) - wx * wx / w
    tiny = np.finfo(float).eps * float((weight * x * x).sum()) * x.size
    slopes = np.full(x.size, np.nan)
    np.divide(covariance, variance, out=slopes, where=variance > tiny)
    return slopes


def _permutation_p(x: FloatArray, y: FloatArray, weight: FloatArray, slope: float) -> float:
    generator = np.random.default_rng(SEED)
    shuffled = generator.permuted(np.tile(x, (DRAWS, 1)), axis=1)
    mean_x = (shuffled @ weight) / weight.sum()
    pull = weight * (y - np.average(y, weights=weight))
    variance = (shuffled**2) @ weight - weight.sum() * mean_x**2
    slopes = (shuffled @ pull) / variance
    steeper = np.abs(slopes) >= abs(slope) * (1 - _ROUNDING)
    return float((1 + steeper.sum()) / (1 + DRAWS))


def dose_response_units(
    frame: IntoDataFrameT, unit: str, dose: str, response: str
) -> IntoDataFrameT:
    """Each unit beside the line through all of them, and the line without it.

    Returns:
        A frame of the same kind, rows in the order given: the unit, its dose and response,
        `expected` (the line at its dose), `residual`, and `slope_without` (the slope when this
        unit is left out). A unit without dose or response is left out.

    Raises:
        ValueError: like `dose_response`; also for a unit named twice.

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"place": list("abcd"), "dose": [0.0, 1, 2, 3],
    ...                       "change": [0.0, 1, 2, 7]})
    >>> dose_response_units(frame, "place", "dose", "change")["slope_without"].round(2).tolist()
    [3.0, 2.14, 2.43, 1.0]
    """
    table = eager(frame)
    if unit not in table.columns:
        raise ValueError(f"no column {unit!r} for the unit; it has {', '.join(table.columns)}")
    x, y = column(table, dose, "dose"), column(table, response, "response")
    known = np.isfinite(x) & np.isfinite(y)
    kept = table.filter(known.tolist()).select(unit, dose, response)
    twice = kept.filter(kept[unit].is_duplicated())
    if len(twice):
        raise ValueError(f"{twice[unit].to_list()[0]!r} has more than one row: give one row a unit")
    x, y = x[known], y[known]
    _require(x, dose)
    slope = float(np.cov(x, y, bias=True)[0, 1] / x.var())
    expected = y.mean() + slope * (x - x.mean())
    added = {
        "expected": expected,
        "residual": y - expected,
        "slope_without": slopes_without(x, y, np.ones(x.size)),
    }
    series = [
        nw.new_series(name, values, nw.Float64, backend=table.implementation)
        for name, values in added.items()
    ]
    result = nw.maybe_reset_index(kept).with_columns(*series)
    return cast("IntoDataFrameT", result.to_native())


def implied_total(
    frame: IntoDataFrame, dose: str, after: str, slope: float, interval: tuple[float, float]
) -> ImpliedTotal:
    """What a slope of log response on log dose implies for the sum of all units.

    A unit's value without any dose is after × exp(−slope × dose); the total is the sum of the
    differences. The interval is the total at the two ends of the slope's interval, every unit
    moving with the slope.

    Args:
        frame: one row a unit.
        dose: column of the change of the logarithm of the dose; a missing one counts as none.
        after: column of the value after, on its own scale, none negative.
        slope: the elasticity.
        interval: its interval.

    Raises:
        ValueError: a column is absent or not numeric, or a value after is negative.

    >>> import pandas as pd
    >>> units = pd.DataFrame({"dose": [0.0, np.log(2)], "after": [100.0, 200.0]})
    >>> result = implied_total(units, "dose", "after", 1.0, (0.0, 1.0))
    >>> round(result.total), round(result.low), round(result.high), round(result.share, 2)
    (100, 0, 100, 0.5)
    """
    table = eager(frame)
    x = np.nan_to_num(column(table, dose, "dose"))
    values = column(table, after, "value after")
    if (values < 0).any():
        raise ValueError(f"column {after!r} has negative values: give counts or amounts")
    everything = float(np.nansum(values))
    totals = [float(np.nansum(values * -np.expm1(-s * x))) for s in (slope, *interval)]
    shares = [
        total / (everything - total) if everything > total else float("nan") for total in totals
    ]
    return ImpliedTotal(
        total=totals[0],
        low=totals[1],
        high=totals[2],
        share=shares[0],
        share_low=shares[1],
        share_high=shares[2],
    )
