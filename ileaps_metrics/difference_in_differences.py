"""Difference-in-differences of two groups before and after, with errors the design can carry."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from statsmodels.regression.linear_model import OLS

from ileaps_metrics.effect_estimates import (
    SEED,
    Caveat,
    CaveatCode,
    EffectEstimate,
    codes,
    column,
    eager,
    flags,
    left_out,
    settled,
    t_interval,
    t_p_value,
)
from ileaps_metrics.wild_bootstrap import wild_cluster_bootstrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from narwhals.typing import IntoDataFrame

    from ileaps_metrics.elementwise import FloatArray

FEW_CLUSTERS = 40
FEW_TREATED = 5
MOST_ASSIGNMENTS = 4999
INTERACTION = 3
ASSUMPTIONS = (
    Caveat(CaveatCode.PARALLEL_TRENDS),
    Caveat(CaveatCode.NO_ANTICIPATION),
    Caveat(CaveatCode.NO_SPILL_OVER),
)
_ROUNDING = 1e-9


@dataclass(frozen=True, kw_only=True)
class GroupMean:
    """Mean outcome of one group in one period, with its standard error (None for one row)."""

    treated: bool
    post: bool
    mean: float
    standard_error: float | None
    n: int


@dataclass(frozen=True, kw_only=True)
class DifferenceInDifferences(EffectEstimate):
    """The estimate of effect and the four means it is made of.

    `method` is "heteroskedasticity_robust" (HC1, no cluster named), "cluster_robust" (CR1,
    forty clusters or more), "wild_cluster_bootstrap", "permutation" (one treated or one
    comparison cluster: no standard error) or "none" (no error can be given).
    """

    means: tuple[GroupMean, ...]


def difference_in_differences(
    frame: IntoDataFrame, outcome: str, treated: str, post: str, cluster: str | None = None
) -> DifferenceInDifferences:
    """Change of the treated group less the change of the comparison group.

    (Y_T1 − Y_T0) − (Y_C1 − Y_C0), the coefficient of treated × post in an ordinary least squares
    regression on treated, post and their product. Errors are clustered by the unit treatment was
    given to: cluster-robust with forty clusters or more, wild cluster bootstrap below, and with
    a single treated (or comparison) cluster none at all: the p-value then compares the estimate
    with those of every other choice of the treated clusters. The number forty follows Cameron
    and Miller (2015), "A practitioner's guide to cluster-robust inference", Journal of Human
    Resources 50(2).

    Args:
        frame: one row an observation (a unit in a period); any frame Narwhals reads.
        outcome: column of the outcome.
        treated: column of 0 and 1: whether the row's unit belongs to the treated group.
        post: column of 0 and 1: whether the row stands after the start.
        cluster: column of the unit treatment was given to (a school, a city); None treats all
            rows as independent, and says so in the caveats.

    Raises:
        ValueError: a column is absent or holds something else than numbers; there is no treated
            or no comparison group, nothing before or nothing after, or one of the four
            combinations has no row.

    Example:
        >>> import pandas as pd
        >>> frame = pd.DataFrame({
        ...     "y": [1.0, 2.0, 4.0, 6.0, 1.0, 3.0, 2.0, 4.0],
        ...     "t": [1, 1, 1, 1, 0, 0, 0, 0], "p": [0, 0, 1, 1, 0, 0, 1, 1]})
        >>> result = difference_in_differences(frame, "y", "t", "p")
        >>> result.estimate, result.n, result.method
        (2.5, 8, 'heteroskedasticity_robust')
    """
    table = eager(frame)
    y = column(table, outcome, "outcome")
    group = flags(table, treated, "treated flag")
    period = flags(table, post, "after flag")
    unit = None if cluster is None else codes(table, cluster, "cluster")[0]
    known = np.isfinite(y) & np.isfinite(group) & np.isfinite(period)
    if unit is not None:
        known &= np.isfinite(unit)
    total = y.size
    y, group, period = y[known], group[known], period[known]
    means = _means(y, group, period, (treated, post))
    caveats = (*ASSUMPTIONS, *left_out(total, y.size))
    if unit is None:
        return _unclustered(y, group, period, means, caveats)
    numbered = np.unique(unit[known], return_inverse=True)[1].astype(float)
    return _clustered(y, group, period, numbered, means, caveats)


def _means(
    y: FloatArray, group: FloatArray, period: FloatArray, names: tuple[str, str]
) -> tuple[GroupMean, ...]:
    treated, post = names
    if not y.size:
        raise ValueError("no row has outcome, treated and after flag: there is nothing to compare")
    if group.min() == group.max():
        lacking = "comparison" if group.max() else "treated"
        message = (
            f"column {treated!r} is {group[0]:g} in every row, so there is no {lacking} group: "
            "add the rows of that group, or use interrupted_time_series, which needs none"
        )
        raise ValueError(message)
    if period.min() == period.max():
        lacking = "before" if period.max() else "after"
        message = (
            f"column {post!r} is {period[0]:g} in every row, so there is nothing {lacking} the "
            "start: add the rows of that period"
        )
        raise ValueError(message)
    found = []
    for in_group, after in itertools.product((False, True), (False, True)):
        values = y[(group == in_group) & (period == after)]
        if not values.size:
            message = (
                f"no row has {treated!r} = {in_group:d} and {post!r} = {after:d}: all four "
                "combinations of group and period need an outcome"
            )
            raise ValueError(message)
        error = float(values.std(ddof=1)) / math.sqrt(values.size) if values.size > 1 else None
        found.append(
            GroupMean(
                treated=in_group,
                post=after,
                mean=float(values.mean()),
                standard_error=error,
                n=values.size,
            )
        )
    return tuple(found)


def _design(group: FloatArray, period: FloatArray) -> FloatArray:
    return np.column_stack([np.ones(group.size), group, period, group * period])


def _difference(means: tuple[GroupMean, ...]) -> float:
    comparison_before, comparison_after, treated_before, treated_after = (m.mean for m in means)
    return (treated_after - treated_before) - (comparison_after - comparison_before)


def _unclustered(
    y: FloatArray,
    group: FloatArray,
    period: FloatArray,
    means: tuple[GroupMean, ...],
    caveats: tuple[Caveat, ...],
) -> DifferenceInDifferences:
    estimate = _difference(means)
    if min(mean.n for mean in means) < 2:
        alone = Caveat(CaveatCode.SINGLE_ROW_CELL, {"cells": sum(m.n < 2 for m in means)})
        return _without_error(estimate, y.size, None, means, (*caveats, alone))
    fit = OLS(y, _design(group, period)).fit(cov_type="HC1")
    error = settled(float(fit.bse[INTERACTION]), y)
    freedom = y.size - 4
    return DifferenceInDifferences(
        estimate=estimate,
        standard_error=error,
        interval=t_interval(estimate, error, freedom),
        p_value=t_p_value(estimate, error, freedom),
        n=y.size,
        n_clusters=None,
        method="heteroskedasticity_robust",
        caveats=(*caveats, Caveat(CaveatCode.NOT_CLUSTERED), *_flat(error)),
        means=means,
    )


def _clustered(
    y: FloatArray,
    group: FloatArray,
    period: FloatArray,
    unit: FloatArray,
    means: tuple[GroupMean, ...],
    caveats: tuple[Caveat, ...],
) -> DifferenceInDifferences:
    estimate = _difference(means)
    clusters = int(unit.max()) + 1
    in_treated, in_comparison = np.unique(unit[group == 1]), np.unique(unit[group == 0])
    alone = [
        Caveat(code, {"clusters": clusters})
        for code, units in (
            (CaveatCode.ONE_TREATED_UNIT, in_treated),
            (CaveatCode.ONE_COMPARISON_UNIT, in_comparison),
        )
        if units.size == 1
    ]
    if alone:
        p_value = _permutation_p(y, group, period, unit, estimate)
        return _without_error(
            estimate, y.size, clusters, means, (*caveats, *alone), p_value=p_value
        )
    design = _design(group, period)
    fit = OLS(y, design).fit(cov_type="cluster", cov_kwds={"groups": unit.astype(int)})
    error = settled(float(fit.bse[INTERACTION]), y)
    smaller = min(in_treated.size, in_comparison.size)
    warned: Iterator[Caveat] = (
        Caveat(code, detail)
        for code, detail, applies in (
            (CaveatCode.FEW_CLUSTERS, {"clusters": clusters}, clusters < FEW_CLUSTERS),
            (CaveatCode.FEW_TREATED_CLUSTERS, {"clusters": smaller}, smaller < FEW_TREATED),
        )
        if applies
    )
    caveats = (*caveats, *warned, *_flat(error))
    if clusters >= FEW_CLUSTERS or error <= 0:
        method = "cluster_robust"
        p_value = t_p_value(estimate, error, clusters - 1)
        interval: tuple[float, float] | None = t_interval(estimate, error, clusters - 1)
    else:
        method = "wild_cluster_bootstrap"
        test = wild_cluster_bootstrap(design, y, unit, INTERACTION, error)
        p_value, interval = test.p_value, test.interval
    return DifferenceInDifferences(
        estimate=estimate,
        standard_error=error,
        interval=interval,
        p_value=p_value,
        n=y.size,
        n_clusters=clusters,
        method=method,
        caveats=caveats,
        means=means,
    )


def _flat(error: float) -> Iterator[Caveat]:
    if error <= 0:
        yield Caveat(CaveatCode.NO_VARIATION)


def _without_error(
    estimate: float,
    n: int,
    clusters: int | None,
    means: tuple[GroupMean, ...],
    caveats: tuple[Caveat, ...],
    p_value: float | None = None,
) -> DifferenceInDifferences:
    return DifferenceInDifferences(
        estimate=estimate,
        standard_error=None,
        interval=None,
        p_value=p_value,
        n=n,
        n_clusters=clusters,
        method="none" if p_value is None else "permutation",
        caveats=caveats,
        means=means,
    )


def _permutation_p(
    y: FloatArray, group: FloatArray, period: FloatArray, unit: FloatArray, estimate: float
) -> float | None:
    """Share of assignments of treatment to clusters with an estimate at least as large.

    None where treatment varies inside a cluster, or a cluster lacks a period: another choice of
    the treated clusters then has no estimate of the same kind. None also for two clusters, whose
    only other choice is the mirror image.
    """
    clusters = int(unit.max()) + 1
    places = unit.astype(int)

    def per_cluster(values: FloatArray) -> FloatArray:
        return np.bincount(places, weights=values, minlength=clusters).astype(float)

    after, before = per_cluster(period), per_cluster(1 - period)
    share = per_cluster(group) / (after + before)
    if not np.isin(share, (0.0, 1.0)).all() or not after.all() or not before.all():
        return None
    sums = [per_cluster(y * period), after, per_cluster(y * (1 - period)), before]
    treated = int(share.sum())
    if math.comb(clusters, treated) <= 2:
        return None
    chosen = _assignments(clusters, treated)
    inside = [chosen @ values for values in sums]
    outside = [values.sum() - part for values, part in zip(sums, inside, strict=True)]
    drawn = (inside[0] / inside[1] - inside[2] / inside[3]) - (
        outside[0] / outside[1] - outside[2] / outside[3]
    )
    reached = np.abs(drawn) >= abs(estimate) * (1 - _ROUNDING)
    if math.comb(clusters, treated) <= MOST_ASSIGNMENTS:
        return float(reached.mean())
    return float((1 + reached.sum()) / (1 + reached.size))


def _assignments(clusters: int, treated: int) -> FloatArray:
    """Every choice of the treated clusters, or a seeded sample where they are too many."""
    if math.comb(clusters, treated) <= MOST_ASSIGNMENTS:
        picks = np.array(list(itertools.combinations(range(clusters), treated)))
    else:
        generator = np.random.default_rng(SEED)
        picks = generator.random((MOST_ASSIGNMENTS, clusters)).argsort(axis=1)[:, :treated]
    chosen = np.zeros((len(picks), clusters))
    np.put_along_axis(chosen, picks, 1.0, axis=1)
    return chosen
