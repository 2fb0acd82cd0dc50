"""Synthetic control: one treated unit against a weighted mean of others, tested by placebos."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import nnls

from ileaps_metrics.effect_estimates import (
    Caveat,
    CaveatCode,
    EffectEstimate,
    codes,
    column,
    eager,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from narwhals.typing import IntoDataFrame
    from numpy.typing import NDArray

    from ileaps_metrics.elementwise import FloatArray

FEW_DONORS = 19
POOR_FIT = 0.25
_ROUNDING = 1e-9


@dataclass(frozen=True, kw_only=True)
class SyntheticControl(EffectEstimate):
    """The mean gap after the start, the weights, and the placebo test.

    The p-value is rank / (donors + 1) of the ratio of mean squared gaps after and before the
    start; there is no standard error.

    Attributes:
        weights: share of each donor; they are not negative and sum to one.
        gaps: the treated unit less its synthetic control, by time.
        mspe_before: mean squared gap before the start.
        mspe_after: mean squared gap from the start on.
        ratio: the second divided by the first; infinite where the fit before is perfect.
        rank: place of that ratio among those of all units, 1 the highest.
        placebo_ratios: the ratio of each donor, treated as if the measure had been there.
    """

    weights: Mapping[Any, float]
    gaps: Mapping[float, float]
    mspe_before: float
    mspe_after: float
    ratio: float
    rank: int
    placebo_ratios: Mapping[Any, float]


def simplex_weights(donors: FloatArray, target: FloatArray) -> FloatArray:
    """Weights, none negative, summing to one, that bring the donors closest to the target.

    For weights that sum to one the distance is |(donors − target)·w|². Non-negative least squares
    with a further row asking for the sum one finds their direction exactly, whatever that row's
    scale, because the distance grows with the square of the sum.

    Args:
        donors: one row a point in time, one column a donor.
        target: one value a point in time.

    >>> donors, target = np.array([[0.0, 2.0], [1.0, 5.0]]), np.array([0.5, 2.0])
    >>> simplex_weights(donors, target).round(6).tolist()
    [0.75, 0.25]
    """
    gaps = donors - target[:, None]
    scale = max(float(np.abs(gaps).max()), np.finfo(float).tiny)
    stacked = np.vstack([gaps / scale, np.ones(gaps.shape[1])])
    raw, _ = nnls(stacked, np.append(np.zeros(len(gaps)), 1.0))
    return np.asarray(raw / raw.sum())


def synthetic_control(
    frame: IntoDataFrame, unit: str, time: str, outcome: str, treated: object, start: float
) -> SyntheticControl:
    """Gap between a treated unit and its synthetic control, with placebo tests.

    Abadie, Diamond and Hainmueller (2010), Journal of the American Statistical Association
    105(490), on the outcomes before the start alone: the weights minimise the mean squared gap
    before the start. Each donor is then treated in the same way, the treated unit among its
    donors.

    Args:
        frame: one row a unit and time, no value missing.
        unit: column that names the unit.
        time: column of numbers.
        outcome: column of the outcome.
        treated: the treated unit, as `unit` names it.
        start: the first time after the start.

    Raises:
        ValueError: a column is absent or not numeric, the treated unit is not there, fewer than
            two donors or two times before the start, none after it, or a unit and time that is
            missing or there twice.

    Example:
        >>> import pandas as pd
        >>> frame = pd.DataFrame({"city": list("aaabbbccc"), "year": [1, 2, 3] * 3,
        ...     "y": [2.0, 3.0, 9.0, 1.0, 2.0, 3.0, 3.0, 4.0, 5.0]})
        >>> result = synthetic_control(frame, "city", "year", "y", "a", 3)
        >>> round(result.estimate, 6), result.rank
        (5.0, 1)
    """
    names, times, values = _panel(frame, unit, time, outcome)
    if treated not in names:
        raise ValueError(f"{treated!r} is not in column {unit!r}: it has {names[:10]}")
    if len(names) < 3:
        raise ValueError(
            f"{len(names) - 1} donors, at least two are needed: add units without the measure"
        )
    before = times < start
    if before.sum() < 2 or before.all():
        message = (
            f"{before.sum()} times before the start {start:g} and {(~before).sum()} from it on: "
            "at least two before and one after are needed"
        )
        raise ValueError(message)
    place = names.index(treated)
    weights, gaps = _fit(values, place, before)
    ratios = [_ratio(_fit(values, each, before)[1], before) for each in range(len(names))]
    ratio = ratios[place]
    higher = sum(other >= ratio * (1 - _ROUNDING) for other in ratios)
    donors = [name for name in names if name != treated]
    mspe_before, mspe_after = float((gaps[before] ** 2).mean()), float((gaps[~before] ** 2).mean())
    return SyntheticControl(
        estimate=float(gaps[~before].mean()),
        standard_error=None,
        interval=None,
        p_value=higher / len(names),
        n=values.size,
        n_clusters=len(names),
        method="placebo_ratio",
        caveats=tuple(_caveats(values[before, place], mspe_before, len(donors))),
        weights=dict(zip(donors, weights.tolist(), strict=True)),
        gaps=dict(zip(times.tolist(), gaps.tolist(), strict=True)),
        mspe_before=mspe_before,
        mspe_after=mspe_after,
        ratio=ratio,
        rank=higher,
        placebo_ratios={
            name: each for name, each in zip(names, ratios, strict=True) if name != treated
        },
    )


def _panel(
    frame: IntoDataFrame, unit: str, time: str, outcome: str
) -> tuple[list[Any], FloatArray, FloatArray]:
    table = eager(frame)
    place, names = codes(table, unit, "unit")
    moments, y = column(table, time, "time"), column(table, outcome, "outcome")
    if not (np.isfinite(place) & np.isfinite(moments) & np.isfinite(y)).all():
        raise ValueError(
            "a unit, time or outcome is missing: leave out the units (or times) with gaps"
        )
    times, at = np.unique(moments, return_inverse=True)
    cells = np.zeros((times.size, len(names)))
    np.add.at(cells, (at, place.astype(int)), 1)
    if not (cells == 1).all():
        row, col = np.argwhere(cells != 1)[0]
        message = (
            f"{names[col]!r} has {cells[row, col]:g} rows at time {times[row]:g}: every unit "
            "needs exactly one row at every time"
        )
        raise ValueError(message)
    values = np.empty((times.size, len(names)))
    values[at, place.astype(int)] = y
    return names, times, values


def _fit(
    values: FloatArray, place: int, before: NDArray[np.bool_]
) -> tuple[FloatArray, FloatArray]:
    donors, own = np.delete(values, place, axis=1), values[:, place]
    weights = simplex_weights(donors[before], own[before])
    return weights, own - donors @ weights


def _ratio(gaps: FloatArray, before: NDArray[np.bool_]) -> float:
    earlier, later = float((gaps[before] ** 2).mean()), float((gaps[~before] ** 2).mean())
    return later / earlier if earlier > 0 else float("inf") if later > 0 else 0.0


def _caveats(own: FloatArray, mspe_before: float, donors: int) -> Iterator[Caveat]:
    yield Caveat(CaveatCode.NO_ANTICIPATION)
    yield Caveat(CaveatCode.NO_SPILL_OVER)
    if donors < FEW_DONORS:
        yield Caveat(CaveatCode.FEW_DONORS, {"donors": donors, "lowest_p": 1 / (donors + 1)})
    spread = float(own.var())
    if mspe_before > POOR_FIT * spread:
        yield Caveat(CaveatCode.POOR_PRE_FIT, {"mspe": mspe_before, "variance": spread})
