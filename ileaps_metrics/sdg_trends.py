"""Is an SDG indicator on track? Named methods, thresholds, paths, and whole tables.

The public face of four modules: the formulas (:mod:`ileaps_metrics.sdg_trend_formulas`), paths
for charts (:mod:`ileaps_metrics.sdg_trend_paths`), the index after ESCAP
(:mod:`ileaps_metrics.sdg_status_index`) and all of them over tables
(:mod:`ileaps_metrics.sdg_trend_tables`). A status says nothing without the name of its method:
0.55 of the required rate is fair progress to the United Nations and limited to Statistics Canada.

Example:
    >>> cagr_progress(14.5, 2015, 10.4, 2023, -1, target=7.25, target_year=2030).status
    'moderate_progress'
"""

from __future__ import annotations

from ileaps_metrics.sdg_status_index import (
    AFTER_ESCAP,
    IndexStatus,
    StatusIndex,
    current_status_index,
)
from ileaps_metrics.sdg_trend_codes import (
    SDG_TARGET_YEAR,
    STATCAN_RATES,
    STATCAN_RATIOS,
    UNSD_RATES,
    UNSD_RATIOS,
    Progress,
    Reason,
    Status,
)
from ileaps_metrics.sdg_trend_formulas import (
    cagr_progress,
    compound_rate,
    limit_scale,
    progress_values,
)
from ileaps_metrics.sdg_trend_paths import linear_ratio, projection, required_path
from ileaps_metrics.sdg_trend_tables import CEILING_POINTS, METHODS, progress_table

__all__ = [
    "AFTER_ESCAP",
    "CEILING_POINTS",
    "METHODS",
    "SDG_TARGET_YEAR",
    "STATCAN_RATES",
    "STATCAN_RATIOS",
    "UNSD_RATES",
    "UNSD_RATIOS",
    "IndexStatus",
    "Progress",
    "Reason",
    "Status",
    "StatusIndex",
    "cagr_progress",
    "compound_rate",
    "current_status_index",
    "limit_scale",
    "linear_ratio",
    "progress_table",
    "progress_values",
    "projection",
    "required_path",
]
