"""Progress judged on compound annual growth rates: Statistics Canada's method and the UN's.

Two methods that look alike and differ in their classes, so each result names its own:

- ``statcan``: Statistics Canada, which is Open SDG from version 2.4 (open-sdg/open-sdg,
  docs/progress-methodology.md; adapted from Eurostat 2021).
- ``unsd``: the SDG Progress Chart of the United Nations Statistics Division (technical note of
  2022, read through an implementation of it: cwtravisyip/unsd_global_database).

In both, with y₀ the value of the base year t₀ and yᵢ that of the current year tᵢ,

``observed = (yᵢ / y₀)^(1 / (tᵢ − t₀)) − 1`` and ``required = (y_T / y₀)^(1 / (t_T − t₀)) − 1``.

Neither rate exists where a series takes both signs, and neither where it starts from zero:
Statistics Canada's text puts 0.001 for a base of zero and its code returns "not available"; the
code is followed here, because any rise from 0.001 looks immense.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ileaps_metrics.elementwise import FloatArray, Values, as_floats
from ileaps_metrics.sdg_trend_codes import (
    LIMIT_EXPONENT,
    SDG_TARGET_YEAR,
    STATCAN_RATES,
    STATCAN_RATIOS,
    UNSD_RATES,
    UNSD_RATIOS,
    ZERO_STANDS_FOR,
    Method,
    Progress,
    Reason,
    Status,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray


def compound_rate(start: FloatArray, end: FloatArray, years: FloatArray) -> FloatArray:
    """Compound annual growth as a fraction, ``(end / start)^(1 / years) − 1``.

    NaN where the two have different signs, the start is zero, or no year passes.

    Example:
        >>> compound_rate(np.array([100.0, -1.0]), np.array([121.0, 1.0]), np.array(2.0)).round(6)
        array([0.1, nan])
    """
    with np.errstate(all="ignore"):
        ratio = np.where(start != 0, end / start, np.nan)
        rate = np.where((ratio >= 0) & (years > 0), ratio, np.nan) ** (1.0 / years) - 1.0
    return np.where(np.isfinite(rate), rate, np.nan)


def limit_scale(base: FloatArray, limit: FloatArray, direction: FloatArray) -> FloatArray:
    """How far the no-target thresholds shrink as a series nears its natural limit, 0 to 1.

    ``C = 1 − (y₀ / L)^4.44`` up to the limit and ``1 − ((2L − y₀) / L)^4.44`` from there to twice
    the limit. Only a limit that lies ahead in the desired direction counts, and a limit of zero
    (or none) gives no scale: C = 1.

    Example:
        >>> limit_scale(np.array([90.0, 50.0]), np.array([100.0, 0.0]), np.array(1.0)).round(6)
        array([0.373622, 1.      ])
    """
    ahead = np.where(direction > 0, base <= limit, base >= limit) & (limit > 0)
    with np.errstate(all="ignore"):
        closeness = np.where(base <= limit, base, 2.0 * limit - base) / limit
    known = ahead & (closeness >= 0)
    return np.where(known, 1.0 - np.where(known, closeness, 0.0) ** LIMIT_EXPONENT, 1.0)


def cagr_progress(
    base_value: Values,
    base_year: Values,
    current_value: Values,
    current_year: Values,
    direction: Values,
    target: Values = None,
    target_year: Values = None,
    limit: Values = None,
    method: Method = "statcan",
) -> Progress:
    """Progress of a series between two years, by Statistics Canada's method or the UN's.

    With a target: ``R = s·d·observed / |required|``, s being −1 where the base is negative. The
    target counts as achieved once the current value has reached it. Without: ``d·s·observed``,
    against thresholds that Statistics Canada multiplies by :func:`limit_scale`.

    ==============================  ============  ================  ==============  ===========
    status                          statcan, R    statcan, no       unsd, R         unsd, no
                                                  target                            target
    ==============================  ============  ================  ==============  ===========
    substantial_progress            ≥ 0.95        ≥ 1.5 %·C         > 0.95          > 1 %
    moderate_ / fair_progress       ≥ 0.60        ≥ 0.5 %·C         ≥ 0.5           ≥ 0.5 %
    limited_ / limited_or_no_...    ≥ 0           ≥ 0               ≥ −0.1          ≥ −1 %
    deterioration                   < 0           < 0               < −0.1          < −1 %
    ==============================  ============  ================  ==============  ===========

    ``statcan`` calls a reached target ``target_achieved``, ``unsd`` counts it as substantial.

    Args:
        base_value: Value in the base year; a number, an array or a Series.
        base_year: The base year.
        current_value: The latest value, in the same unit.
        current_year: Its year.
        direction: 1 where higher is better, −1 where lower is.
        target: The value to reach; missing for none. 0 stands for 0.001 in the required rate.
        target_year: The year to reach it by; 2030 where missing.
        limit: The natural limit of the value, such as 100 for a percentage (``statcan`` without a
            target only); missing for none.
        method: ``statcan`` or ``unsd``.

    Returns:
        A :class:`Progress`: numbers and codes for numbers, arrays for arrays. What the method
        cannot judge is ``not_available`` with a reason, its value and score NaN.

    Raises:
        ValueError: The method is unknown; a direction is neither 1 nor −1; a current year lies
            before its base year; columns of different lengths.

    Example:
        Poverty in Canada by the market basket measure, as Statistics Canada published it:

        >>> poverty = cagr_progress(14.5, 2015, 10.2, 2023, -1, target=7.25, target_year=2030)
        >>> round(poverty.value, 6), round(poverty.score, 6), poverty.status
        (0.95259, 2.518556, 'substantial_progress')
        >>> cagr_progress(14.5, 2015, 10.2, 2023, -1, target=7.25, method="unsd").status
        'substantial_progress'
        >>> cagr_progress(-2.0, 2015, 3.0, 2023, 1).reason
        'both_signs'
    """
    sense = as_floats(direction)
    wrong = sense[~np.isin(sense, (-1.0, 1.0)) & ~(np.isnan(sense) & (sense.ndim > 0))]
    if wrong.size:
        raise ValueError(
            f"cagr_progress: direction must be 1 (higher is better) or -1 (lower is better), got "
            f"{wrong.flat[0]}. Leave series without a direction out of the judgement."
        )
    progress = progress_values(
        base_value,
        base_year,
        current_value,
        current_year,
        sense,
        target,
        target_year,
        limit,
        method,
    )
    if np.ndim(progress.value):
        return progress
    return progress._replace(value=float(progress.value), score=float(progress.score))


def progress_values(
    base_value: Values,
    base_year: Values,
    current_value: Values,
    current_year: Values,
    direction: Values,
    target: Values = None,
    target_year: Values = None,
    limit: Values = None,
    method: Method = "statcan",
) -> Progress:
    """:func:`cagr_progress` over whole columns at once, for thousands of series.

    Args:
        base_value: One a series; arguments broadcast, so one number can serve all.
        base_year: Likewise, as the others.
        current_value: See :func:`cagr_progress`.
        current_year: See :func:`cagr_progress`.
        direction: 1 or −1; a series with 0 or none gets the reason ``no_direction``.
        target: See :func:`cagr_progress`.
        target_year: See :func:`cagr_progress`.
        limit: See :func:`cagr_progress`.
        method: ``statcan`` or ``unsd``.

    Returns:
        A :class:`Progress` of arrays: floats, floats, codes, the method's name, codes or None.

    Raises:
        ValueError: The method is unknown; a current year lies before its base year; the columns
            have different lengths.

    Example:
        >>> found = progress_values([14.5, 20.0], 2015, [10.4, 14.0], [2023, 2020], -1, [7.25, 0.0])
        >>> found.value.round(4).tolist(), found.status.tolist()
        ([0.9011, 0.1425], ['moderate_progress', 'limited_progress'])
    """
    known_method(method)
    base, start, current, now, sense, aim, deadline, natural = _columns(
        base_value, base_year, current_value, current_year, direction, target, target_year, limit
    )
    _require_order(start, now)
    deadline = np.where(np.isnan(deadline), float(SDG_TARGET_YEAR), deadline)
    observed = compound_rate(base, current, now - start)
    required = required_rate(base, start, aim, deadline)
    has_target = ~np.isnan(aim)
    gain = np.where(base < 0, -sense, sense) * observed
    with np.errstate(all="ignore"):
        value = np.where(has_target, gain / np.abs(required), gain)
    value = np.where(np.isfinite(value), value, np.nan)
    reached = has_target & (sense * current >= sense * reachable(aim))
    reasons = _reasons(base, current, now - start, sense, aim, deadline - start)
    reasons = np.where(reached & (reasons >= _NO_BAR_TO_REACHED), 0, reasons)
    # Rates too large for a float leave no value where no rule has spoken.
    reasons = np.where((reasons == 0) & np.isnan(value) & ~reached, _OVERFLOW, reasons)
    scale = limit_scale(base, natural, sense) if method == "statcan" else np.ones_like(base)
    classes = np.where(reached, 0, _classes(value, has_target, scale, method))
    classes = np.where(reasons == 0, classes, _UNCLASSED)
    score = np.full(value.shape, np.nan)
    if method == "statcan":
        score = np.where(reached, 5.0, _statcan_score(value, has_target, scale))
    return Progress(
        np.where(reasons == 0, value, np.nan),
        np.where(reasons == 0, score, np.nan),
        _STATUSES[method][classes],
        method,
        _REASONS[reasons],
    )


def known_method(method: str) -> None:
    """Refuse a method that is none of the two.

    Raises:
        ValueError: Naming the method and those there are.
    """
    if method not in _STATUSES:
        raise ValueError(
            f"The method {method!r} is unknown: use statcan (Statistics Canada) or unsd "
            "(SDG Progress Chart)."
        )


def reachable(target: FloatArray) -> FloatArray:
    """Targets with 0.001 in place of zero, which no rate of change can reach.

    Example:
        >>> reachable(np.array([0.0, 7.25])).tolist()
        [0.001, 7.25]
    """
    return np.where(target == 0, ZERO_STANDS_FOR, target)


def required_rate(
    base: FloatArray, base_year: FloatArray, target: FloatArray, target_year: FloatArray
) -> FloatArray:
    """The compound annual rate that leads from the base to the target in time, as a fraction.

    Example:
        >>> required_rate(*map(np.array, (20.0, 2015.0, 0.0, 2030.0))).round(4).item()
        -0.4833
    """
    return compound_rate(base, reachable(target), target_year - base_year)


_UNCLASSED = 5
_STATUSES: dict[str, NDArray[np.object_]] = {
    "statcan": np.array(
        [
            Status.TARGET_ACHIEVED.value,
            Status.SUBSTANTIAL.value,
            Status.MODERATE.value,
            Status.LIMITED.value,
            Status.DETERIORATION.value,
            Status.NOT_AVAILABLE.value,
        ],
        dtype=object,
    ),
    "unsd": np.array(
        [
            Status.SUBSTANTIAL.value,
            Status.SUBSTANTIAL.value,
            Status.FAIR.value,
            Status.LIMITED_OR_NONE.value,
            Status.DETERIORATION.value,
            Status.NOT_AVAILABLE.value,
        ],
        dtype=object,
    ),
}
_RULES = (
    Reason.NO_DIRECTION,
    Reason.MISSING_VALUE,
    Reason.FEWER_THAN_TWO_YEARS,
    Reason.BOTH_SIGNS,
    Reason.BASE_IS_ZERO,
    Reason.TARGET_YEAR_PASSED,
    Reason.BASE_EQUALS_TARGET,
)
_REASONS = np.array([None, *(reason.value for reason in _RULES)], dtype=object)
_OVERFLOW = 1 + _RULES.index(Reason.BASE_IS_ZERO)
_NO_BAR_TO_REACHED = _OVERFLOW
"""From here on: whoever stands at the target has reached it, whatever bars a rate."""


def _columns(*values: Values) -> list[FloatArray]:
    arrays = [as_floats(np.nan if value is None else value) for value in values]
    try:
        together = np.broadcast_arrays(*arrays)
    except ValueError:
        shapes = ", ".join(str(array.shape) for array in arrays)
        raise ValueError(
            f"progress_values: the columns have shapes {shapes}, which do not go together. "
            "Give numbers, or columns of one length."
        ) from None
    return [np.where(np.isfinite(array), array, np.nan) for array in together]


def _require_order(start: FloatArray, now: FloatArray) -> None:
    wrong = np.flatnonzero(now < start)
    if wrong.size:
        where = f" at position {wrong[0]}" if now.ndim else ""
        raise ValueError(
            f"cagr_progress: the current year {now.flat[wrong[0]]:.0f} lies before the base year "
            f"{start.flat[wrong[0]]:.0f}{where}. Give the earlier year as the base."
        )


def _reasons(
    base: FloatArray,
    current: FloatArray,
    years: FloatArray,
    direction: FloatArray,
    target: FloatArray,
    years_to_target: FloatArray,
) -> NDArray[np.int64]:
    """Per series the position of the first reason against it in ``_REASONS``; 0 for none."""
    has_target = ~np.isnan(target)
    signs = np.sign(base)
    conditions = (
        np.abs(direction) != 1.0,
        np.isnan(base + current + years),
        years == 0,
        (signs * np.sign(current) < 0) | (has_target & (signs * np.sign(reachable(target)) < 0)),
        base == 0,
        has_target & (years_to_target <= 0),
        has_target & (base == reachable(target)),
    )
    return np.select(conditions, np.arange(1, len(conditions) + 1), 0)


def _classes(
    value: FloatArray, has_target: NDArray[np.bool_], scale: FloatArray, method: Method
) -> NDArray[np.int64]:
    ratios, rates = _THRESHOLDS[method]
    substantial, middle, limited = (
        np.where(has_target, ratio, rate * scale) for ratio, rate in zip(ratios, rates, strict=True)
    )
    strictly = value > substantial
    best = strictly if method == "unsd" else strictly | (value == substantial)
    return np.select([best, value >= middle, value >= limited], [1, 2, 3], 4)


_THRESHOLDS = {"statcan": (STATCAN_RATIOS, STATCAN_RATES), "unsd": (UNSD_RATIOS, UNSD_RATES)}


def _statcan_score(
    value: FloatArray, has_target: NDArray[np.bool_], scale: FloatArray
) -> FloatArray:
    """Statistics Canada's score: straight lines through the class bounds, −5 to 5."""
    aimed = np.where(value >= STATCAN_RATIOS[1], 7.1429 * value - 4.2857, 4.1667 * value - 2.5)
    with np.errstate(all="ignore"):
        # A series at its natural limit that does not fall cannot do better.
        scaled = np.where(scale > 0, value / scale, np.where(value >= 0, np.inf, value))
    free = np.select(
        [scaled >= STATCAN_RATES[0], scaled >= STATCAN_RATES[1], scaled >= 0],
        [500.0 * scaled - 5.0, 250.0 * scaled - 1.25, 500.0 * scaled - 2.5],
        125.0 * value - 2.5,
    )
    return np.clip(np.where(has_target, aimed, free), -5.0, 5.0)
