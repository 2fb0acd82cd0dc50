"""Pilot indicators: progress, status, conflicts, people reached, limits, forecasts.

The public face of the pilot metrics; each part is written in a module of its own.
"""

from __future__ import annotations

from ileaps_metrics.pilot_conflicts import conflicts, undated
from ileaps_metrics.pilot_evidence import evidence_limits, people_reached
from ileaps_metrics.pilot_forecast import Forecast, Refusal, forecast, forecast_readiness
from ileaps_metrics.pilot_frames import Aggregation, Basis, ConflictKind, Limit, Reason, Status
from ileaps_metrics.pilot_status import METHODS, pilot_kpis, progress

__all__ = [
    "METHODS",
    "Aggregation",
    "Basis",
    "ConflictKind",
    "Forecast",
    "Limit",
    "Reason",
    "Refusal",
    "Status",
    "conflicts",
    "evidence_limits",
    "forecast",
    "forecast_readiness",
    "people_reached",
    "pilot_kpis",
    "progress",
    "undated",
]
