"""Estimates of effect, each with its uncertainty and its caveats as data.

The public face of four designs: :mod:`ileaps_metrics.difference_in_differences`,
:mod:`ileaps_metrics.interrupted_time_series`, :mod:`ileaps_metrics.synthetic_control` and
:mod:`ileaps_metrics.dose_response`; :mod:`ileaps_metrics.log_changes` makes their tables.
"""

from __future__ import annotations

from ileaps_metrics.difference_in_differences import (
    DifferenceInDifferences,
    GroupMean,
    difference_in_differences,
)
from ileaps_metrics.dose_response import (
    DoseResponse,
    ImpliedTotal,
    dose_response,
    dose_response_units,
    implied_total,
)
from ileaps_metrics.effect_estimates import (
    Caveat,
    CaveatCode,
    EffectEstimate,
    before_after,
    percent_change,
)
from ileaps_metrics.interrupted_time_series import InterruptedTimeSeries, interrupted_time_series
from ileaps_metrics.log_changes import log_changes, log_sums
from ileaps_metrics.synthetic_control import SyntheticControl, synthetic_control

__all__ = [
    "Caveat",
    "CaveatCode",
    "DifferenceInDifferences",
    "DoseResponse",
    "EffectEstimate",
    "GroupMean",
    "ImpliedTotal",
    "InterruptedTimeSeries",
    "SyntheticControl",
    "before_after",
    "difference_in_differences",
    "dose_response",
    "dose_response_units",
    "implied_total",
    "interrupted_time_series",
    "log_changes",
    "log_sums",
    "percent_change",
    "synthetic_control",
]
