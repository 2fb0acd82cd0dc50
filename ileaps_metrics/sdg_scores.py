"""SDG Index scores, colours and trends: of indicators, goals and economies.

The public face of two modules: the formulas of single indicators
(:mod:`ileaps_metrics.sdg_score_formulas`), and goals and the index over tables
(:mod:`ileaps_metrics.sdg_score_tables`). Held against the Sustainable Development Reports of 2019
and 2021: ``python -m ileaps_data reproduce``.

Example:
    >>> round(score(27.7, worst=1.2, best=50), 4), rating(27.7, green=40, red=20)
    (54.3033, 'orange')
"""

from __future__ import annotations

from ileaps_metrics.sdg_score_formulas import (
    RATINGS,
    TRENDS,
    IndicatorTrend,
    goal_points,
    indicator_trend,
    rating,
    score,
)
from ileaps_metrics.sdg_score_tables import goal_rating, goal_scores, goal_trend, index_scores

__all__ = [
    "RATINGS",
    "TRENDS",
    "IndicatorTrend",
    "goal_points",
    "goal_rating",
    "goal_scores",
    "goal_trend",
    "index_scores",
    "indicator_trend",
    "rating",
    "score",
]
