"""The wild cluster bootstrap, for regressions with too few clusters for large-sample errors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ileaps_metrics.effect_estimates import LEVEL, SEED

if TYPE_CHECKING:
    from collections.abc import Callable

    from ileaps_metrics.elementwise import FloatArray

DRAWS = 1999
WEBB_BELOW = 12
_WEBB = np.array([-np.sqrt(1.5), -1.0, -np.sqrt(0.5), np.sqrt(0.5), 1.0, np.sqrt(1.5)])
_DOUBLINGS, _HALVINGS = 12, 30
# equal statistics of mirrored draws differ by rounding alone
_ROUNDING = 1e-9


@dataclass(frozen=True)
class BootstrapTest:
    """Two-sided p-value of no effect and the interval that the same test does not reject.

    `interval` is None where the test rejects nothing, however far away.
    """

    p_value: float
    interval: tuple[float, float] | None


def cluster_weights(clusters: int, draws: int = DRAWS, seed: int = SEED) -> FloatArray:
    """Weights a draw and cluster: mean zero, variance one.

    Webb's six points below twelve clusters, where two points give too few distinct samples;
    Rademacher's plus and minus one from there on. The same seed gives the same weights.

    >>> cluster_weights(20, draws=3).shape
    (3, 20)
    """
    generator = np.random.default_rng(seed)
    points = _WEBB if clusters < WEBB_BELOW else np.array([-1.0, 1.0])
    return generator.choice(points, size=(draws, clusters))


def wild_cluster_bootstrap(
    design: FloatArray,
    outcome: FloatArray,
    cluster: FloatArray,
    position: int,
    error: float,
    draws: int = DRAWS,
) -> BootstrapTest:
    """Bootstrap-t test of one coefficient with the null imposed, and its inversion.

    Cameron, Gelbach and Miller (2008), "Bootstrap-based improvements for inference with clustered
    errors", Review of Economics and Statistics 90(3); weights for few clusters: Webb (2014).
    Residuals of the regression without the effect are multiplied by one random weight a cluster;
    the t statistic of each sample takes the cluster-robust error of that sample. The interval
    holds every effect the test does not reject at 5%.

    Args:
        design: one row an observation, a full-rank matrix.
        outcome: one value an observation.
        cluster: number of the cluster, from 0.
        position: column of `design` whose coefficient is tested.
        error: cluster-robust standard error of that coefficient, a scale for the search.
        draws: bootstrap samples.
    """
    groups = int(cluster.max()) + 1
    weights = cluster_weights(groups, draws)
    member = np.arange(groups)[:, None] == cluster
    inverse = np.linalg.inv(design.T @ design)
    tested = design[:, position]
    others = np.delete(design, position, axis=1)
    backwards = np.linalg.pinv(others)
    estimate = float((inverse @ (design.T @ outcome))[position])

    def scores_without_effect(values: FloatArray) -> FloatArray:
        scores: FloatArray = (member * (values - others @ (backwards @ values))) @ design
        return scores

    outcome_scores, tested_scores = scores_without_effect(outcome), scores_without_effect(tested)
    crossed = np.stack([design[own].T @ design[own] for own in member])
    row = inverse[position]

    def statistics(at: float, draw: FloatArray) -> FloatArray:
        scores = outcome_scores - at * tested_scores
        shift = draw @ scores @ inverse
        own = draw[:, :, None] * scores - np.einsum("gij,dj->dgi", crossed, shift)
        spread = np.sqrt(((own @ row) ** 2).sum(axis=1))
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio: FloatArray = shift[:, position] / spread
        return ratio

    observed = np.ones((1, groups))

    def p_value(at: float) -> float:
        actual = abs(statistics(at, observed)[0])
        drawn = np.abs(statistics(at, weights))
        beyond = np.where(np.isnan(drawn), True, drawn >= actual * (1 - _ROUNDING))  # noqa: FBT003
        return float((1 + beyond.sum()) / (1 + draws))

    def rejected(at: float) -> bool:
        return p_value(at) <= 1 - LEVEL

    ends = [_border(rejected, estimate, side * error) for side in (-1.0, 1.0)]
    low, high = ends
    interval = None if low is None or high is None else (low, high)
    return BootstrapTest(p_value(0.0), interval)


def _border(rejected: Callable[[float], bool], inside: float, step: float) -> float | None:
    """Where, going from `inside` by `step` and on, values begin to be rejected."""
    outside = inside + 2 * step
    for _ in range(_DOUBLINGS):
        if rejected(outside):
            break
        inside, outside = outside, outside + 2 * (outside - inside)
    else:
        return None
    for _ in range(_HALVINGS):
        middle = (inside + outside) / 2
        if rejected(middle):
            outside = middle
        else:
            inside = middle
    return (inside + outside) / 2
