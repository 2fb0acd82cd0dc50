"""Codes, thresholds and the result that the SDG trend methods share: one place for names."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Literal, NamedTuple, TypeAlias

Method: TypeAlias = Literal["statcan", "unsd"]

SDG_TARGET_YEAR = 2030
ZERO_STANDS_FOR = 0.001
"""A target of zero cannot be reached by a rate; both methods put this in its place."""
LIMIT_EXPONENT = 4.44

EVENT_SERIES = "VC_DSR_"
"""Disaster losses: one earthquake outweighs a decade, so two single years make no trend."""

STATCAN_RATIOS = (0.95, 0.60, 0.0)
"""Least ratio to the required rate for substantial, moderate and limited progress."""
STATCAN_RATES = (0.015, 0.005, 0.0)
"""The same without a target: growth a year in the desired direction, before the limit's scale."""
UNSD_RATIOS = (0.95, 0.5, -0.1)
UNSD_RATES = (0.01, 0.005, -0.01)


class Status(StrEnum):
    """What a method says of a series; the codes pages translate."""

    TARGET_ACHIEVED = "target_achieved"
    SUBSTANTIAL = "substantial_progress"
    MODERATE = "moderate_progress"
    FAIR = "fair_progress"
    LIMITED = "limited_progress"
    LIMITED_OR_NONE = "limited_or_no_progress"
    DETERIORATION = "deterioration"
    AT_CEILING = "at_ceiling"
    NOT_AVAILABLE = "not_available"


class Reason(StrEnum):
    """Why a series has no status."""

    NO_DIRECTION = "no_direction"
    NO_TOTAL = "no_total"
    NO_TARGET = "no_target"
    ALL_MISSING = "all_missing"
    MISSING_VALUE = "missing_value"
    NO_BASELINE = "no_baseline"
    FEWER_THAN_TWO_YEARS = "fewer_than_two_years"
    BOUNDED = "bounded"
    BOTH_SIGNS = "both_signs"
    BASE_IS_ZERO = "base_is_zero"
    BASE_EQUALS_TARGET = "base_equals_target"
    TARGET_YEAR_PASSED = "target_year_passed"
    SINGLE_EVENTS = "single_events"


class Progress(NamedTuple):
    """Progress of one series, or of many, by one method.

    Attributes:
        value: With a target the ratio of the observed to the required rate; without one the
            observed rate a year in the desired direction, as a fraction (0.015 is 1.5 per cent).
        score: −5 to 5 (``statcan`` only; NaN for ``unsd``, which has no score).
        status: A code of :class:`Status`.
        method: The method's name.
        reason: A code of :class:`Reason` where the status is ``not_available``, else None.
    """

    value: Any
    score: Any
    status: Any
    method: str
    reason: Any
