"""SDG observations as one line a series and area: base, latest and what lies between.

Internal to :mod:`ileaps_metrics.sdg_trend_tables`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from ileaps_metrics.elementwise import FloatArray, as_floats
from ileaps_metrics.population_grid import eager, require_columns

if TYPE_CHECKING:
    from narwhals.typing import IntoFrame
    from numpy.typing import NDArray

SERIES, AREA, YEAR = "series", "area_id", "year"
OBSERVATION_COLUMNS = (SERIES, AREA, YEAR, "is_total", "value", "bound", "nature")
CATALOGUE_COLUMNS = (
    SERIES,
    "direction",
    "natural_limit",
    "target_value",
    "target_year",
    "target_basis",
)
ABOVE, BELOW = "above", "below"
RARE_YEARS = 4
"""A series observed every four years or more rarely may take the year before the base year."""


@dataclass(frozen=True, kw_only=True)
class Lines:
    """One entry a series and area, sorted by both; NaN or None where there is nothing.

    Attributes:
        series: Series codes.
        areas: Area ids.
        has_total: Whether any row of the pair is of the total.
        base_year: Year of the base value.
        base_value: The base value.
        base_bound: 1 where the base, or a neighbour it is interpolated from, is only known to
            lie above the value; −1 below; 0 where it is exact.
        base_interpolated: Whether it lies between two observed years.
        current_year: The latest year with a value.
        current_value: That value.
        current_bound: Likewise of the latest value.
        current_nature: How it was obtained.
        n_years: Years with a value from the base year on.
        both_signs: Whether these values take both signs.
        backend: The frame engine of the observations.
    """

    series: NDArray[np.object_]
    areas: NDArray[np.object_]
    has_total: NDArray[np.bool_]
    base_year: FloatArray
    base_value: FloatArray
    base_bound: FloatArray
    base_interpolated: NDArray[np.bool_]
    current_year: FloatArray
    current_value: FloatArray
    current_bound: FloatArray
    current_nature: NDArray[np.object_]
    n_years: NDArray[np.int64]
    both_signs: NDArray[np.bool_]
    backend: Any


def series_lines(
    observations: IntoFrame,
    wanted: list[str],
    as_of: int | None,
    base_year: int,
    *,
    interpolate_base: bool,
) -> Lines:
    """Lay out the total rows of the wanted series, a line a series and area.

    Args:
        observations: SDG observations, see :data:`OBSERVATION_COLUMNS`.
        wanted: Series codes to keep.
        as_of: The last year to look at; None for all.
        base_year: The year progress is counted from.
        interpolate_base: Whether a missing base year is interpolated between its neighbours;
            otherwise the next later year stands in (the year before where the series is
            observed every four years or more rarely).

    Returns:
        The lines.

    Raises:
        ValueError: A column is missing, or a series has two total rows for an area and year.
    """
    table = eager(observations)
    require_columns(table, OBSERVATION_COLUMNS, "progress_table: observations")
    table = table.select(*OBSERVATION_COLUMNS).filter(nw.col(SERIES).is_in(wanted))
    table = table.drop_nulls([SERIES, AREA, YEAR])
    if as_of is not None:
        table = table.filter(nw.col(YEAR) <= as_of)
    table = table.sort(SERIES, AREA, YEAR)
    series, area = objects(table[SERIES]), objects(table[AREA])
    year, value = as_floats(table[YEAR]), as_floats(table["value"])
    total = table["is_total"].cast(nw.Boolean()).fill_null(value=False).to_numpy().astype(bool)
    starts = np.ones(len(series), dtype=bool)
    starts[1:] = (series[1:] != series[:-1]) | (area[1:] != area[:-1])
    pair = np.cumsum(starts) - 1
    _require_one_total(series[total], area[total], year[total], pair[total])

    n_pairs = int(starts.sum())
    known = total & np.isfinite(value)
    at = _positions(pair[known], year[known], n_pairs, base_year, interpolate_base)
    values, years = value[known], year[known]
    bounds, natures = _bounds(table["bound"])[known], objects(table["nature"])[known]
    base_value = _taken(values, at.base)
    base_bound = np.nan_to_num(_taken(bounds, at.base))
    if interpolate_base:
        before = _taken(values, at.before)
        share = (base_year - _taken(years, at.before)) / (
            _taken(years, at.base) - _taken(years, at.before)
        )
        between = before + share * (base_value - before)
        # A base between two observed years is as bounded as either of them.
        earlier_bound = np.nan_to_num(_taken(bounds, at.before))
        base_bound = np.where(at.interpolated & (base_bound == 0), earlier_bound, base_bound)
        base_value = np.where(at.interpolated, between, base_value)
    has_base = at.base >= 0
    low, high = _extremes(values, pair[known], years, at, n_pairs)
    with np.errstate(invalid="ignore"):
        low, high = np.fmin(low, base_value), np.fmax(high, base_value)
        both_signs = (low < 0) & (high > 0)
    used_base_year = np.where(at.interpolated, float(base_year), _taken(years, at.base))
    return Lines(
        series=series[starts],
        areas=area[starts],
        has_total=np.bincount(pair[total], minlength=n_pairs) > 0,
        base_year=used_base_year,
        base_value=base_value,
        base_bound=base_bound,
        base_interpolated=at.interpolated,
        current_year=_taken(years, at.last),
        current_value=_taken(values, at.last),
        current_bound=np.nan_to_num(_taken(bounds, at.last)),
        current_nature=_taken_objects(natures, at.last),
        n_years=np.where(has_base, at.last - at.base + 1, 0),
        both_signs=both_signs & has_base,
        backend=table.implementation,
    )


@dataclass(frozen=True, kw_only=True)
class _Positions:
    """Per pair the place among the known values, −1 for none."""

    base: NDArray[np.int64]
    before: NDArray[np.int64]
    last: NDArray[np.int64]
    interpolated: NDArray[np.bool_]


def _positions(
    pair: NDArray[np.int64],
    year: FloatArray,
    n_pairs: int,
    base_year: int,
    interpolate_base: bool,
) -> _Positions:
    counts = np.bincount(pair, minlength=n_pairs)
    first = np.cumsum(counts) - counts
    earlier = np.bincount(pair[year < base_year], minlength=n_pairs)
    last = np.where(counts > 0, first + counts - 1, -1)
    before = np.where(earlier > 0, first + earlier - 1, -1)
    base = np.where(earlier < counts, first + earlier, -1)
    found, previous = _taken(year, base), _taken(year, before)
    if interpolate_base:
        interpolated = (base >= 0) & (before >= 0) & (found > base_year)
        base = np.where(interpolated | (found == base_year), base, -1)
        return _Positions(base=base, before=before, last=last, interpolated=interpolated)
    rare = (found > base_year) & (previous == base_year - 1) & (found - previous >= RARE_YEARS)
    nowhere = np.zeros(n_pairs, dtype=bool)
    return _Positions(
        base=np.where(rare, before, base), before=before, last=last, interpolated=nowhere
    )


def _extremes(
    values: FloatArray,
    pair: NDArray[np.int64],
    years: FloatArray,
    at: _Positions,
    n_pairs: int,
) -> tuple[FloatArray, FloatArray]:
    """Smallest and largest known value of each pair from its base on; NaN for none."""
    low, high = np.full(n_pairs, np.nan), np.full(n_pairs, np.nan)
    if not len(values):
        return low, high
    from_base = np.arange(len(years)) >= at.base[pair]
    begins = np.flatnonzero(np.diff(pair, prepend=-1))
    low[pair[begins]] = np.minimum.reduceat(np.where(from_base, values, np.inf), begins)
    high[pair[begins]] = np.maximum.reduceat(np.where(from_base, values, -np.inf), begins)
    return low, high


def objects(column: nw.Series[Any]) -> NDArray[np.object_]:
    """A text column as objects, missing as None whatever the engine calls it."""
    found = np.array(column.to_list(), dtype=object)
    found[column.is_null().to_numpy().astype(bool)] = None
    return found


def _bounds(column: nw.Series[Any]) -> FloatArray:
    words = objects(column)
    return np.select([words == ABOVE, words == BELOW], [1.0, -1.0], 0.0)


def _taken(values: FloatArray, places: NDArray[np.int64]) -> FloatArray:
    if not len(values):
        return np.full(len(places), np.nan)
    return np.where(places >= 0, values[np.maximum(places, 0)], np.nan)


def _taken_objects(values: NDArray[np.object_], places: NDArray[np.int64]) -> NDArray[np.object_]:
    taken = np.full(len(places), None, dtype=object)
    there = places >= 0
    taken[there] = values[places[there]]
    return taken


def _require_one_total(
    series: NDArray[np.object_],
    area: NDArray[np.object_],
    year: FloatArray,
    pair: NDArray[np.int64],
) -> None:
    repeated = np.flatnonzero((pair[1:] == pair[:-1]) & (year[1:] == year[:-1]))
    if repeated.size:
        named = "; ".join(f"{series[at]} {area[at]} {year[at]:.0f}" for at in repeated[:3])
        more = f" and {repeated.size - 3} more" if repeated.size > 3 else ""
        raise ValueError(
            f"progress_table: more than one total row for {named}{more} (series, area, year). "
            "Keep one, or mark the others as parts of the total (is_total)."
        )
