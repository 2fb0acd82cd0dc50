"""The current status of an SDG indicator, after ESCAP's Current Status Index.

"After": the formula follows what could be read of the method of the United Nations Economic and
Social Commission for Asia and the Pacific (progress assessment methodology, data.unescap.org, of
which the opening was read; the variant for parity indicators from an independent copy). Where a
rule could not be read in the source, the result names it in ``unverified``. ESCAP's Anticipated
Progress Index is not here: its cut-offs and the weights of its regression were not to be had.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from ileaps_metrics.elementwise import FloatArray, Values, as_floats, computed

if TYPE_CHECKING:
    from numpy.typing import NDArray

AFTER_ESCAP: Final = "after_escap"
UNVERIFIED: Final = ("capped",)


class IndexStatus(StrEnum):
    """What the index says against what time would lead one to expect; the split is ours."""

    MET = "met"
    AS_EXPECTED = "as_expected"
    BEHIND_EXPECTED = "behind_expected"
    REGRESSION = "regression"
    NOT_AVAILABLE = "not_available"


class StatusIndex(NamedTuple):
    """The current status of one series, or of many.

    Attributes:
        value: 0 at the base, 10 at the target, negative for regression; NaN where the base
            already stood at or beyond the target.
        capped: The value cut off at 10, for averages.
        expected: What a straight line in time has reached by the current year, 0 to 10.
        status: A code of :class:`IndexStatus`.
        method: ``after_escap``.
        unverified: Which parts could not be checked against the source.
    """

    value: Any
    capped: Any
    expected: Any
    status: Any
    method: str = AFTER_ESCAP
    unverified: tuple[str, ...] = UNVERIFIED


def current_status_index(
    base: Values,
    current: Values,
    target: Values,
    direction: Values,
    base_year: Values = None,
    current_year: Values = None,
    target_year: Values = 2030,
    *,
    parity: bool = False,
) -> StatusIndex:
    """Progress since the base year against the progress needed, after ESCAP: 0 to 10.

    ``10·d·(yᵢ − y₀)/|y_T − y₀|``; for parity indicators, whose target can be missed on either
    side, ``10 − 10·|y_T − yᵢ|/|y_T − y₀|``. Expected by now: ``10·(tᵢ − t₀)/(t_T − t₀)``. Status:
    ``met`` at or beyond the target; ``regression`` below zero; otherwise ``as_expected`` or
    ``behind_expected`` (our split). Met at the base and still met is ``met`` without a value,
    met then and lost since is ``regression``. The cap at 10 for averages is unverified.

    Args:
        base: Value in the base year (2015 now); a number, an array or a Series.
        current: The latest value.
        target: The value to reach.
        direction: 1 where higher is better, −1 where lower is; not used for parity.
        base_year: The base year; missing for no comparison with time.
        current_year: The year of the latest value; likewise.
        target_year: The year of the target.
        parity: Whether the target can be missed on either side (a ratio of women to men).

    Returns:
        A :class:`StatusIndex`, of numbers for numbers and of arrays for arrays.

    Raises:
        ValueError: A direction is neither 1 nor −1 (unless ``parity``).

    Example:
        >>> round(current_status_index(40, 60, 100, 1, 2015, 2020).value, 2)
        3.33
        >>> falling = current_status_index(40, 30, 20, -1, 2015, 2020)
        >>> falling.value, round(falling.expected, 2), falling.status
        (5.0, 3.33, 'as_expected')
        >>> current_status_index(100, 100, 100, 1).status
        'met'
    """
    senses = as_floats(direction)
    wrong = senses[~np.isnan(senses) & ~np.isin(senses, (-1.0, 1.0))]
    if wrong.size and not parity:
        raise ValueError(
            f"current_status_index: direction must be 1 or -1, got {wrong.flat[0]}. Leave series "
            "without a direction out of the judgement."
        )

    def formula(
        base: FloatArray,
        current: FloatArray,
        target: FloatArray,
        sense: FloatArray,
        start: FloatArray,
        now: FloatArray,
        end: FloatArray,
    ) -> tuple[FloatArray, ...]:
        needed = np.abs(target - base)
        if parity:
            value = 10.0 - 10.0 * np.abs(target - current) / needed
            met, was_met = current == target, base == target
        else:
            value = 10.0 * sense * (current - base) / needed
            met, was_met = sense * current >= sense * target, sense * base >= sense * target
        expected = np.clip(10.0 * (now - start) / (end - start), 0.0, 10.0)
        value = np.where(np.isfinite(value) & ~was_met, value, np.nan)
        expected = np.where(np.isfinite(expected), expected, np.nan)
        capped = np.where(was_met & met, 10.0, np.minimum(value, 10.0))
        lost = was_met & ~met & ~np.isnan(current)
        return value, capped, expected, _codes(met, lost, value, expected)

    value, capped, expected, codes = computed(
        "current_status_index",
        formula,
        base,
        current,
        target,
        np.nan if parity else direction,
        base_year,
        current_year,
        target_year,
    )
    status = _STATUSES[np.asarray(codes).astype(np.int64)]
    return StatusIndex(value, capped, expected, status)


_STATUSES: NDArray[np.object_] = np.array([status.value for status in IndexStatus], dtype=object)


def _codes(
    met: NDArray[np.bool_],
    lost: NDArray[np.bool_],
    value: FloatArray,
    expected: FloatArray,
) -> FloatArray:
    """Positions in ``_STATUSES``; without years nothing is expected, so nothing is available."""
    behind = value < np.where(np.isnan(expected), np.inf, expected)
    conditions = [met, lost | (value < 0), np.isnan(value), np.isnan(expected), behind]
    return np.select(conditions, [0.0, 3.0, 4.0, 4.0, 2.0], 1.0)
