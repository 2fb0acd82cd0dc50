"""Progress on the SDGs over whole tables: one row a series and area, each with its method."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import narwhals as nw
import numpy as np

from ileaps_metrics.elementwise import FloatArray, as_floats
from ileaps_metrics.population_grid import eager, require_columns
from ileaps_metrics.sdg_series_frames import (
    ABOVE,
    AREA,
    BELOW,
    CATALOGUE_COLUMNS,
    SERIES,
    Lines,
    series_lines,
)
from ileaps_metrics.sdg_status_index import AFTER_ESCAP, current_status_index
from ileaps_metrics.sdg_trend_codes import EVENT_SERIES, SDG_TARGET_YEAR, Progress, Reason, Status
from ileaps_metrics.sdg_trend_formulas import compound_rate, progress_values, required_rate
from ileaps_metrics.sdg_trend_paths import linear_ratio

if TYPE_CHECKING:
    from narwhals.typing import IntoFrame
    from numpy.typing import NDArray

CEILING_POINTS = 0.5
UNIVERSAL_ACCESS = "universal access"
BASE_YEAR = 2015
METHODS = ("statcan", "unsd", AFTER_ESCAP)


def progress_table(
    observations: IntoFrame,
    series: IntoFrame,
    method: Literal["statcan", "unsd", "after_escap"] = "statcan",
    as_of: int | None = None,
    base_year: int = BASE_YEAR,
) -> Any:  # noqa: ANN401
    """Progress of every series in every area since the base year, by one method.

    Only rows of the total count (``is_total``). The base is the base year; where it is missing,
    ``statcan`` and ``after_escap`` take the next later year (``statcan`` text; the year before
    where values come every four years or more rarely), ``unsd`` a straight line between the
    neighbouring years, and nothing where there is no earlier one.

    What is a page's rule and no method's: ``at_ceiling`` where the latest value is within half a
    point of a universal-access target (or, without a target, of a limit of 100), or is published
    only as a bound on the good side (">95"), so that no change can show. A bound on the other
    side, or at the base, gives no rate: ``not_available``, ``bounded``. So does a target year
    that has passed unmet (``target_year_passed``), and a series of disaster losses (codes that
    begin with VC_DSR_: ``single_events``), which only means over several years could compare.

    Args:
        observations: ``series``, ``area_id``, ``year``, ``is_total``, ``value``, ``bound``,
            ``nature``.
        series: One row a series: ``series``, ``direction`` (1, −1, 0 for none),
            ``natural_limit``, ``target_value``, ``target_year`` (2030 where missing),
            ``target_basis``.
        method: ``statcan``, ``unsd`` (see :func:`ileaps_metrics.sdg_trends.cagr_progress`) or
            ``after_escap`` (see :func:`ileaps_metrics.sdg_trends.current_status_index`).
        as_of: Look no further than this year; None for all years.
        base_year: The year progress is counted from.

    Returns:
        One row a series and area of the observations, sorted: ``series``, ``area_id``,
        ``base_year``, ``base_value``, ``base_bound``, ``base_interpolated``, ``current_year``,
        ``current_value``, ``current_bound``, ``current_nature``, ``n_years`` (with a value, base
        year on), ``direction``, ``natural_limit``, ``target_value``, ``target_year``,
        ``observed_cagr``, ``required_cagr`` (fractions a year), ``value`` (ratio or rate; the
        index for ``after_escap``), ``score`` (−5 to 5 for ``statcan``; the capped index for
        ``after_escap``; else NaN), ``expected`` (``after_escap`` only), ``status``, ``reason``,
        ``method``, ``linear_ratio``. Years are floats, missing NaN.

    Raises:
        ValueError: The method is unknown; a table lacks a column; a series stands twice in the
            catalogue; an area has two total rows of a series in one year; a direction is none of
            1, −1, 0.

    Example:
        >>> import pandas as pd
        >>> slum = pd.DataFrame({"series": ["EN_LND_SLUM"], "direction": [-1],
        ...     "natural_limit": [0.0], "target_value": [0.0], "target_year": [2030],
        ...     "target_basis": ["universal access"]})
        >>> seen = pd.DataFrame({"series": "EN_LND_SLUM", "area_id": "IDN", "year": [2015, 2020],
        ...     "is_total": True, "value": [20.0, 14.0], "bound": None, "nature": "modelled"})
        >>> progress_table(seen, slum)[["area_id", "value", "linear_ratio", "status"]].round(2)
          area_id  value  linear_ratio            status
        0     IDN   0.14           0.9  limited_progress
    """
    if method not in METHODS:
        raise ValueError(
            f"progress_table: the method {method!r} is unknown; use one of {', '.join(METHODS)}."
        )
    catalogue = _catalogue(series)
    lines = series_lines(
        observations, list(catalogue), as_of, base_year, interpolate_base=method == "unsd"
    )
    aims = _aims(catalogue, lines)
    judged = _judged(lines, aims, method)
    reason = _reasons(lines, aims, judged.reason, method)
    ceiling = _at_ceiling(lines, aims, reason)
    reason[ceiling] = None
    unsaid = np.array([code is not None for code in reason], dtype=bool)
    status = np.where(unsaid, Status.NOT_AVAILABLE.value, judged.status)
    exact = (lines.base_bound == 0) & (lines.current_bound == 0)
    base = np.where(exact, lines.base_value, np.nan)
    years = lines.current_year - lines.base_year
    straight = linear_ratio(
        base, lines.base_year, lines.current_value, lines.current_year, aims.target, aims.year
    )
    result = {
        SERIES: lines.series,
        AREA: lines.areas,
        "base_year": lines.base_year,
        "base_value": lines.base_value,
        "base_bound": _bound_words(lines.base_bound),
        "base_interpolated": lines.base_interpolated,
        "current_year": lines.current_year,
        "current_value": lines.current_value,
        "current_bound": _bound_words(lines.current_bound),
        "current_nature": lines.current_nature,
        "n_years": lines.n_years,
        "direction": aims.direction,
        "natural_limit": aims.limit,
        "target_value": aims.target,
        "target_year": np.where(np.isnan(aims.target), np.nan, aims.year),
        "observed_cagr": compound_rate(base, lines.current_value, years),
        "required_cagr": required_rate(base, lines.base_year, aims.target, aims.year),
        "value": np.where(exact & ~unsaid, judged.value, np.nan),
        "score": np.where(unsaid | ceiling, np.nan, judged.score),
        "expected": _expected(lines, aims, method),
        "status": np.where(ceiling, Status.AT_CEILING.value, status),
        "reason": reason,
        "method": np.full(len(lines.series), method, dtype=object),
        "linear_ratio": straight,
    }
    return _frame(result, lines)


_TEXT = (
    SERIES,
    AREA,
    "base_bound",
    "current_bound",
    "current_nature",
    "status",
    "reason",
    "method",
)
_BEFORE_CEILING = (
    Reason.NO_DIRECTION.value,
    Reason.NO_TOTAL.value,
    Reason.SINGLE_EVENTS.value,
    Reason.ALL_MISSING.value,
    Reason.NO_BASELINE.value,
)


@dataclass(frozen=True, kw_only=True)
class _Aims:
    """What each line is judged against."""

    direction: FloatArray
    limit: FloatArray
    target: FloatArray
    year: FloatArray
    universal: NDArray[np.bool_]

    def reached(self, lines: Lines) -> NDArray[np.bool_]:
        """Where the latest value, or its bound on the good side, stands at the target."""
        on_good_side = (lines.current_bound == 0) | (lines.current_bound == self.direction)
        there = self.direction * (lines.current_value - self.target) >= 0
        return np.asarray(on_good_side & there, dtype=bool)


def _aims(catalogue: dict[str, tuple[float, ...]], lines: Lines) -> _Aims:
    rows = [catalogue[code] for code in lines.series]
    direction, limit, target, year, universal = np.array(rows, dtype=np.float64).reshape(-1, 5).T
    year = np.where(np.isnan(year), float(SDG_TARGET_YEAR), year)
    return _Aims(
        direction=direction, limit=limit, target=target, year=year, universal=universal == 1
    )


def _bound_words(bounds: FloatArray) -> NDArray[np.object_]:
    return np.array([BELOW, None, ABOVE], dtype=object)[np.sign(bounds).astype(np.int64) + 1]


def _frame(columns: dict[str, Any], lines: Lines) -> Any:  # noqa: ANN401
    made = nw.from_dict(
        {name: list(values) if name in _TEXT else values for name, values in columns.items()},
        backend=lines.backend,
    )
    texts = [nw.col(name).cast(nw.String()) for name in _TEXT]
    return made.with_columns(*texts).to_native()


def _catalogue(series: IntoFrame) -> dict[str, tuple[float, ...]]:
    """Direction, limit, target, its year and whether it is universal access, by series code."""
    table = eager(series)
    require_columns(table, CATALOGUE_COLUMNS, "progress_table: series")
    codes = table[SERIES].to_list()
    twice = sorted({str(code) for code in codes if codes.count(code) > 1})
    if twice:
        raise ValueError(
            f"progress_table: the series {', '.join(twice)} stand more than once in the "
            "catalogue. Keep one row a series."
        )
    direction = np.nan_to_num(as_floats(table["direction"]))
    if not np.isin(direction, (-1.0, 0.0, 1.0)).all():
        wrong = direction[~np.isin(direction, (-1.0, 0.0, 1.0))]
        raise ValueError(
            f"progress_table: direction must be 1, -1 or 0 (none), got {wrong[0]}. "
            "Correct the catalogue of series."
        )
    numbers = [as_floats(table[name]) for name in CATALOGUE_COLUMNS[2:5]]
    basis = [value == UNIVERSAL_ACCESS for value in table["target_basis"].to_list()]
    rows = zip(direction, *numbers, basis, strict=True)
    return dict(zip(codes, [tuple(map(float, row)) for row in rows], strict=True))


def _judged(
    lines: Lines, aims: _Aims, method: Literal["statcan", "unsd", "after_escap"]
) -> Progress:
    """What the method says of the numbers alone, before what forbids it to say anything."""
    # Lines that end before their base year are refused by name further on.
    start = np.where(lines.base_year <= lines.current_year, lines.base_year, np.nan)
    then = (lines.base_value, start, lines.current_value, lines.current_year)
    if method != AFTER_ESCAP:
        return progress_values(
            *then, aims.direction, aims.target, aims.year, aims.limit, method=method
        )
    index = current_status_index(
        lines.base_value,
        lines.current_value,
        aims.target,
        np.where(aims.direction == 0, np.nan, aims.direction),
        start,
        lines.current_year,
        aims.year,
    )
    nothing = np.full(len(start), None, dtype=object)
    return Progress(index.value, index.capped, index.status, method, nothing)


def _reasons(
    lines: Lines, aims: _Aims, of_method: NDArray[np.object_], method: str
) -> NDArray[np.object_]:
    """The first reason against each line; None where the method may speak."""
    reached = aims.reached(lines)
    bounded = (lines.current_bound != 0) | (lines.base_bound != 0)
    needs_rate = method != AFTER_ESCAP
    passed = ~np.isnan(aims.target) & (aims.year < lines.current_year)
    rules = (
        (aims.direction == 0, Reason.NO_DIRECTION),
        (~lines.has_total, Reason.NO_TOTAL),
        (_of_events(lines), Reason.SINGLE_EVENTS),
        (np.isnan(lines.current_value), Reason.ALL_MISSING),
        (np.isnan(lines.base_year), Reason.NO_BASELINE),
        (lines.current_year <= lines.base_year, Reason.FEWER_THAN_TWO_YEARS),
        (np.isnan(aims.target) & (not needs_rate), Reason.NO_TARGET),
        (bounded & ~reached, Reason.BOUNDED),
        (lines.both_signs & needs_rate, Reason.BOTH_SIGNS),
        (passed & ~reached, Reason.TARGET_YEAR_PASSED),
    )
    reasons = of_method.copy()
    for applies, reason in reversed(rules):
        reasons[applies] = reason.value
    return reasons


def _of_events(lines: Lines) -> NDArray[np.bool_]:
    return np.array([str(code).startswith(EVENT_SERIES) for code in lines.series], dtype=bool)


def _at_ceiling(lines: Lines, aims: _Aims, reasons: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Where the latest value leaves no room for a change that could show."""
    no_room_above = (lines.current_bound != 0) & (lines.current_bound == aims.direction)
    value = aims.direction * lines.current_value
    near_target = aims.universal & (value >= aims.direction * aims.target - CEILING_POINTS)
    percentage = np.isnan(aims.target) & (aims.limit == 100) & (aims.direction > 0)
    near_limit = percentage & (value >= aims.limit - CEILING_POINTS)
    exact = lines.current_bound == 0
    open_to_it = ~np.isin(reasons, _BEFORE_CEILING)
    said = aims.reached(lines) & np.array([code is None for code in reasons], dtype=bool)
    no_room = no_room_above | (exact & (near_target | near_limit))
    return np.asarray(no_room & open_to_it & ~said, dtype=bool)


def _expected(lines: Lines, aims: _Aims, method: str) -> FloatArray:
    if method != AFTER_ESCAP:
        return np.full(len(lines.series), np.nan)
    with np.errstate(all="ignore"):
        elapsed = (lines.current_year - lines.base_year) / (aims.year - lines.base_year)
    known = np.isfinite(elapsed) & ~np.isnan(aims.target)
    return np.where(known, np.clip(10.0 * elapsed, 0.0, 10.0), np.nan)
