"""Small hand-made tables of indicators and observations for the pilot tests."""

from __future__ import annotations

from typing import Any

import pandas as pd

BLANK_INDICATOR: dict[str, Any] = {
    "pilot_id": "p",
    "indicator_id": "x",
    "unit": "things",
    "ascending": True,
    "aggregation": "level",
    "result_level": "output",
    "baseline_value": 0.0,
    "baseline_on": "2020-01-01",
    "target_value": 100.0,
    "target_on": "2020-12-31",
}
BLANK_FIGURE: dict[str, Any] = {
    "pilot_id": "p",
    "indicator_id": "x",
    "period_start": None,
    "period_end": "2020-07-01",
    "value": 50.0,
    "qualifier": "exact",
    "value_kind": "reported",
    "group": "pilot",
    "disaggregation": None,
    "source_id": "a",
}


def indicator(**changes: Any) -> pd.DataFrame:
    return pd.DataFrame([BLANK_INDICATOR | changes])


def figures(*changes: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame([BLANK_FIGURE | change for change in changes], columns=list(BLANK_FIGURE))
