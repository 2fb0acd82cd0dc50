"""Interrupted time series: the step and the change of slope at a known start, in one series."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.special import ndtr, ndtri
from statsmodels.genmod.families import Poisson
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.regression.linear_model import OLS

from ileaps_metrics.effect_estimates import (
    LEVEL,
    Caveat,
    CaveatCode,
    EffectEstimate,
    column,
    eager,
    left_out,
    t_interval,
    t_p_value,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from narwhals.typing import IntoDataFrame

    from ileaps_metrics.elementwise import FloatArray

MODELS = ("linear", "poisson", "quasi_poisson")
FEW_POINTS = 8
OVERDISPERSION = 1.5


@dataclass(frozen=True, kw_only=True)
class InterruptedTimeSeries(EffectEstimate):
    """The step at the start, and what else the model says.

    The estimate is the level change: in the outcome's unit for the linear model, the logarithm
    of the rate ratio for the Poisson ones.

    Attributes:
        slope: the change of slope after the start, with its uncertainty; None if not modelled.
        trend: slope before the start, a unit of time.
        autocorrelation: of neighbouring residuals.
        dispersion: Pearson's χ² by degrees of freedom; None for the linear model.
        lags: lags of the Newey–West error; None for the Poisson models.
    """

    slope: EffectEstimate | None
    trend: float
    autocorrelation: float
    dispersion: float | None
    lags: int | None

    @property
    def rate_ratio(self) -> float | None:
        """The step as a ratio of rates; None for the linear model."""
        return None if self.dispersion is None else math.exp(self.estimate)


def interrupted_time_series(
    frame: IntoDataFrame,
    outcome: str,
    time: str,
    start: float,
    *,
    model: str = "linear",
    exposure: str | None = None,
    slope: bool = True,
    period: float | None = None,
    harmonics: int = 2,
    lags: int | None = None,
) -> InterruptedTimeSeries:
    """Step and change of slope of one series at the start of a measure.

    Y = b0 + b1·t + b2·D + b3·(t − start)·D, D = 1 from the start on: b2 is the change of level
    at the start, b3 the change of slope. Counting the slope term from the start, not from zero,
    keeps b2 the step at the start (Lopez Bernal, Cummins and Gasparrini 2017, International
    Journal of Epidemiology 46(1), in its corrected form). The linear model has Newey–West errors;
    counts take a Poisson or quasi-Poisson model with the logarithm of an exposure as offset.

    Args:
        frame: one row a point in time, in any order.
        outcome: column of the outcome.
        time: column of numbers, such as months counted on.
        start: the time of the first point after the start.
        model: "linear", "poisson" or "quasi_poisson" (errors widened by the dispersion).
        exposure: column of the population or days at risk, for the Poisson models.
        slope: whether the slope may change too.
        period: length of the season in units of time (12 for months); None for no season.
        harmonics: pairs of sine and cosine for the season.
        lags: lags of the Newey–West error; 4·(n/100)^(2/9), rounded down, when None.

    Raises:
        ValueError: an unknown model, a column absent or not numeric, a time twice, negative
            counts, an exposure that is not positive, or too few points for the model.

    Example:
        >>> import pandas as pd
        >>> months = np.arange(24.0)
        >>> values = 10 + months + 5 * (months >= 12)
        >>> frame = pd.DataFrame({"month": months, "value": values})
        >>> result = interrupted_time_series(frame, "value", "month", 12)
        >>> round(result.estimate, 1), round(result.trend, 1), result.n
        (5.0, 1.0, 24)
    """
    if model not in MODELS:
        raise ValueError(f"as a model, {model!r} is unknown: use one of {', '.join(MODELS)}")
    counts = model != "linear"
    y, t, log_exposure, total = _series(frame, outcome, time, exposure)
    if counts and (y < 0).any():
        raise ValueError(f"column {outcome!r} has negative values: a {model} model needs counts")
    after = (t >= start).astype(float)
    _require(after, start, slope=slope)
    terms = [np.ones(t.size), t - start, after]
    if slope:
        terms.append((t - start) * after)
    if period is not None:
        angles = [2 * np.pi * (k + 1) * t / period for k in range(harmonics)]
        terms += [wave(angle) for angle in angles for wave in (np.sin, np.cos)]
    design = np.column_stack(terms)
    if t.size < design.shape[1] + 2 or np.linalg.matrix_rank(design) < design.shape[1]:
        message = (
            f"{t.size} points cannot carry {design.shape[1]} terms: give more points, fewer "
            "harmonics, or slope=False"
        )
        raise ValueError(message)
    if counts:
        fit: Any = GLM(y, design, family=Poisson(), offset=log_exposure).fit(
            scale="X2" if model == "quasi_poisson" else None
        )
        residuals = np.asarray(fit.resid_pearson)
        dispersion: float | None = float(fit.pearson_chi2 / fit.df_resid)
        used = None
    else:
        used = int(4 * (t.size / 100) ** (2 / 9)) if lags is None else lags
        fit = OLS(y, design).fit(cov_type="HAC", cov_kwds={"maxlags": used, "use_correction": True})
        residuals, dispersion = np.asarray(fit.resid), None
    neighbours = _lag_one(residuals)
    caveats = (
        Caveat(CaveatCode.NO_COMPARISON_SERIES),
        Caveat(CaveatCode.NO_ANTICIPATION),
        *left_out(total, t.size),
        *_warnings(after, neighbours, dispersion, model, seasonal=period is not None),
    )

    def effect(place: int) -> EffectEstimate:
        return _effect(fit, place, model, (t.size, design.shape[1]), caveats)

    step = effect(2)
    return InterruptedTimeSeries(
        estimate=step.estimate,
        standard_error=step.standard_error,
        interval=step.interval,
        p_value=step.p_value,
        n=step.n,
        n_clusters=None,
        method=step.method,
        caveats=caveats,
        slope=effect(3) if slope else None,
        trend=float(fit.params[1]),
        autocorrelation=neighbours,
        dispersion=dispersion,
        lags=used,
    )


def _series(
    frame: IntoDataFrame, outcome: str, time: str, exposure: str | None
) -> tuple[FloatArray, FloatArray, FloatArray, int]:
    table = eager(frame)
    y, t = column(table, outcome, "outcome"), column(table, time, "time")
    at_risk = np.ones(y.size) if exposure is None else column(table, exposure, "exposure")
    if (at_risk <= 0).any():
        raise ValueError(f"column {exposure!r} has values of zero or less: leave them missing")
    known = np.isfinite(y) & np.isfinite(t) & np.isfinite(at_risk)
    order = np.argsort(t[known], kind="stable")
    times = t[known][order]
    if (np.diff(times) == 0).any():
        twice = times[1:][np.diff(times) == 0][0]
        message = (
            f"column {time!r} has {twice:g} more than once: give one row a point in time, or use "
            "difference_in_differences for several units"
        )
        raise ValueError(message)
    return y[known][order], times, np.log(at_risk[known][order]), y.size


def _require(after: FloatArray, start: float, *, slope: bool) -> None:
    needed = 3 if slope else 2
    sides = int((1 - after).sum()), int(after.sum())
    for name, points in zip(("before", "from"), sides, strict=True):
        if points < needed:
            message = (
                f"{points} points {name} the start {start:g}, at least {needed} are needed: "
                "give a longer series or another start"
            )
            raise ValueError(message)


def _lag_one(residuals: FloatArray) -> float:
    spread = float(residuals @ residuals)
    return float(residuals[1:] @ residuals[:-1]) / spread if spread > 0 else 0.0


def _warnings(
    after: FloatArray, neighbours: float, dispersion: float | None, model: str, *, seasonal: bool
) -> Iterator[Caveat]:
    fewest = int(min(after.sum(), (1 - after).sum()))
    if fewest < FEW_POINTS:
        yield Caveat(CaveatCode.FEW_POINTS, {"points": fewest, "needed": FEW_POINTS})
    if not seasonal:
        yield Caveat(CaveatCode.SEASON_NOT_MODELLED)
    if abs(neighbours) > 2 / math.sqrt(after.size):
        yield Caveat(CaveatCode.AUTOCORRELATED, {"correlation": neighbours})
    if model == "poisson" and dispersion is not None and dispersion > OVERDISPERSION:
        yield Caveat(CaveatCode.OVERDISPERSED, {"dispersion": dispersion})


def _effect(
    fit: Any,  # noqa: ANN401 - statsmodels publishes no types
    place: int,
    model: str,
    size: tuple[int, int],
    caveats: tuple[Caveat, ...],
) -> EffectEstimate:
    n, terms = size
    estimate, error = float(fit.params[place]), float(fit.bse[place])
    if model == "linear":
        interval, p_value = (
            t_interval(estimate, error, n - terms),
            t_p_value(estimate, error, n - terms),
        )
    else:
        half = float(ndtri((1 + LEVEL) / 2)) * error
        interval = estimate - half, estimate + half
        p_value = float(2 * ndtr(-abs(estimate / error))) if error > 0 else None
    return EffectEstimate(
        estimate=estimate,
        standard_error=error,
        interval=interval,
        p_value=p_value,
        n=n,
        n_clusters=None,
        method="newey_west" if model == "linear" else model,
        caveats=caveats,
    )
