"""Growth over tables of urban and rural population: one row an area and year in, tables out.

A population table has the columns ``area_id``, ``year``, ``urban``, ``rural``, ``total`` (one unit
throughout) and ``percent_urban`` (0 to 100), of one revision of one publisher. Revisions disagree
(Bangladesh in 2020: 38.2 or 31.1 per cent urban), so a table that holds two is refused. What the
table does not have (WUP 2014 has no rural and no total population) is missing in the result.

The shaping is Narwhals: a pandas frame in gives a pandas frame out, other eager frames likewise; a
lazy one (a DuckDB relation) is collected and comes back as pandas.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from ileaps_metrics.growth_formulas import (
    doubling_time,
    growth_decomposition,
    growth_rate,
    percent_urban,
    rate_of_urbanization,
    urban_rural_growth_difference,
)
from ileaps_metrics.interpolation import interpolate_percent_urban, interpolate_population
from ileaps_metrics.population_grid import (
    AREA,
    COVERAGE,
    GROUP,
    MEASURES,
    POPULATIONS,
    YEAR,
    eager,
    population_grid,
    require_columns,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from narwhals.typing import IntoFrame
    from numpy.typing import NDArray

    from ileaps_metrics.elementwise import FloatArray
    from ileaps_metrics.population_grid import PopulationGrid


def population_at(frame: IntoFrame, years: int | Iterable[int]) -> Any:  # noqa: ANN401
    """Populations of every area in the years asked for, interpolated between published years.

    A year the area has a row for is taken as published, missing figures included. Between two
    published years the total grows geometrically and the percentage urban moves on a straight
    line of its logit; then urban = total · percentage and rural = total − urban, so that the three
    agree with each other. (Interpolating urban and rural each geometrically would give a total
    that grows faster towards the end of every interval, and kinks a published series does not
    have.) The percentages at both ends are urban / total where both are known, since published
    ones are rounded. Where only the urban population is known (WUP 2014) it grows geometrically by
    itself. Outside its published years an area has no row: nothing is extrapolated.

    A published aggregate is interpolated as it stands; the sum of its interpolated members can
    differ from it in the fourth digit. For sums of one's own, interpolate the members first and
    aggregate them afterwards.

    Args:
        frame: A population table, ``area_id``, ``year``, ``urban``, ``rural``, ``total``,
            ``percent_urban``, of one revision.
        years: One year or several, whole numbers.

    Returns:
        One row an area and year within its published years, in this order: ``area_id``, ``year``,
        ``urban``, ``rural``, ``total`` (the frame's unit), ``percent_urban``, ``interpolated``
        (whether the year lies between two published ones), and ``revision_id`` if the frame has it.

    Raises:
        ValueError: The frame holds two revisions, an area twice in one year, or lacks a column.

    Example:
        >>> import pandas as pd
        >>> table = pd.DataFrame({
        ...     "area_id": ["IDN", "IDN"], "year": [2010, 2020], "urban": [50.0, 121.0],
        ...     "rural": [50.0, 0.0], "total": [100.0, 121.0], "percent_urban": [50.0, 100.0],
        ... })
        >>> population_at(table, [2015, 2020, 2025])[["year", "urban", "rural", "interpolated"]]
           year  urban  rural  interpolated
        0  2015   82.5   27.5          True
        1  2020  121.0    0.0         False
    """
    grid = population_grid(frame, "population_at")
    wanted = _whole_years(years)
    published = np.any([~np.isnan(grid.figures[name]) for name in MEASURES], axis=0)
    before, after = _neighbours(published, grid.years, wanted)
    inside = (before >= 0) & (after < len(grid.years))
    area, which = np.nonzero(inside)
    before, after, year = before[inside], after[inside], wanted[which]
    start = {name: grid.figures[name][area, before] for name in MEASURES}
    end = {name: grid.figures[name][area, after] for name in MEASURES}
    exact = before == after
    # An exact year is its own neighbour: any later year closes an interval it starts.
    interval = (grid.years[before], np.where(exact, year + 1, grid.years[after]), year)
    between = _between(start, end, interval)
    figures = {name: np.where(exact, start[name], between[name]) for name in MEASURES}
    return grid.frame({AREA: grid.areas[area], YEAR: year, **figures, "interpolated": ~exact})


def growth_table(frame: IntoFrame, start_year: int, end_year: int) -> Any:  # noqa: ANN401
    """Growth of every area between two years: rates, speed of urbanization, decomposition.

    Formulas and sources stand with the functions of the same names in
    :mod:`ileaps_metrics.growth`. The percentages are as published; the rate of urbanization is
    computed from urban / total where both are known, published percentages being rounded, so that
    urban growth = total growth + rate of urbanization holds exactly.

    Args:
        frame: A population table of one revision. With the column ``members_with_data`` of
            :func:`aggregate_population`, an aggregate that covers different numbers of members in
            the two years gets no measure of growth: the difference would be the new members.
        start_year: The first year; it must be in the frame (see :func:`population_at`).
        end_year: The last year, likewise.

    Returns:
        One row an area, sorted: ``area_id``; ``urban_start``, ``urban_end``, ``total_start``,
        ``total_end``, ``rural_start``, ``rural_end`` in the frame's unit;
        ``percent_urban_start``, ``percent_urban_end``; ``urban_growth``, ``rural_growth``,
        ``total_growth``, ``rate_of_urbanization`` (per cent a year), ``urban_rural_difference``
        (percentage points a year); ``doubling_time`` of the urban population (years); ``change``,
        ``total_growth_effect``, ``share_effect`` (the frame's unit); and ``revision_id`` if the
        frame has it. What cannot be known is missing, never zero and never infinite.

    Raises:
        ValueError: ``end_year`` is not after ``start_year``; no area has a row for one of them; the
            frame holds two revisions, an area twice in one year, or lacks a column.

    Example:
        >>> import pandas as pd
        >>> table = pd.DataFrame({
        ...     "area_id": ["CHN", "CHN"], "year": [2015, 2020], "urban": [775.4, 875.1],
        ...     "rural": [621.6, 549.4], "total": [1397.0, 1424.5], "percent_urban": [55.5, 61.4],
        ... })
        >>> growth = growth_table(table, 2015, 2020)
        >>> growth[["urban_growth", "rural_growth", "rate_of_urbanization"]].round(2)
           urban_growth  rural_growth  rate_of_urbanization
        0          2.42         -2.47                  2.03
    """
    if end_year <= start_year:
        raise ValueError(
            f"growth_table: end_year {end_year} is not after start_year {start_year}. "
            "Give the earlier year first."
        )
    grid = population_grid(frame, "growth_table")
    for year in (start_year, end_year):
        if len(grid.years) and year not in grid.years:
            raise ValueError(
                f"growth_table: no area has a row for {year}; the frame runs from "
                f"{grid.years[0]} to {grid.years[-1]}. Choose a published year, or interpolate "
                "with population_at first."
            )
    start, end = _at(grid, start_year), _at(grid, end_year)
    levels = {
        f"{name}_{when}": figures[name]
        for name in ("urban", "total", "rural", "percent_urban")
        for when, figures in (("start", start), ("end", end))
    }
    return grid.frame(
        {AREA: grid.areas, **levels, **_growth_measures(start, end, end_year - start_year)}
    )


def aggregate_population(frame: IntoFrame, membership: IntoFrame) -> Any:  # noqa: ANN401
    """Urban, rural and total population of groups of areas, each the sum over its members.

    Every sum runs over the members that have that figure in that year; the percentage urban is
    the summed urban over the summed total population of the members that have both, never a mean
    of percentages.

    Args:
        frame: A population table of one revision.
        membership: ``area_id`` and ``group_id``, a row for each member of each group; an area may
            stand in several groups (a subregion and the region). Rows without either are left out.

    Returns:
        One row a group and year in which any member has a row, sorted: ``area_id`` (the group's
        id), ``year``, ``urban``, ``rural``, ``total``, ``percent_urban``, ``members`` (areas the
        group consists of), ``members_with_data`` (those with an urban population in that year),
        and ``revision_id`` if the frame has it. A sum over no figure is missing, not zero.

    Raises:
        ValueError: The frame holds two revisions, an area twice in one year, or a table lacks a
            column.

    Example:
        >>> import pandas as pd
        >>> table = pd.DataFrame({
        ...     "area_id": ["JPN", "KOR"], "year": [2020, 2020], "urban": [90.0, 10.0],
        ...     "rural": [10.0, 90.0], "total": [100.0, 100.0], "percent_urban": [90.0, 10.0],
        ... })
        >>> groups = pd.DataFrame({"area_id": ["JPN", "KOR", "PRK"], "group_id": "ENEA"})
        >>> aggregate_population(table, groups)[["area_id", "percent_urban", "members"]]
          area_id  percent_urban  members
        0    ENEA           50.0        3
        >>> int(aggregate_population(table, groups)["members_with_data"][0])
        2
    """
    grid = population_grid(frame, "aggregate_population")
    pairs = eager(membership)
    require_columns(pairs, (AREA, GROUP), "aggregate_population: membership")
    pairs = pairs.select(AREA, GROUP).drop_nulls().unique().sort(GROUP, AREA)
    groups = nw.maybe_reset_index(pairs[GROUP].unique(maintain_order=True))
    of_group = _belonging(pairs, groups, grid.areas)
    members = pairs.group_by(GROUP).agg(nw.len().alias("n")).sort(GROUP)["n"]

    known = {name: ~np.isnan(grid.figures[name]) for name in POPULATIONS}
    known["both"] = known["urban"] & known["total"]
    counts = {name: of_group @ where.astype(np.float64) for name, where in known.items()}

    def summed(name: str, over: str) -> FloatArray:
        sums = of_group @ np.where(known[over], grid.figures[name], 0.0)
        return np.where(counts[over] > 0, sums, np.nan)

    group, year = np.nonzero(of_group @ grid.has_row.astype(np.float64))
    figures = {name: summed(name, name)[group, year] for name in POPULATIONS}
    percent = percent_urban(summed("urban", "both"), summed("total", "both"))
    return grid.frame(
        {
            AREA: groups[group],
            YEAR: grid.years[year],
            **figures,
            "percent_urban": percent[group, year],
            "members": members.to_numpy().astype(np.int64)[group],
            COVERAGE: counts["urban"][group, year].astype(np.int64),
        }
    )


def _whole_years(years: int | Iterable[int]) -> NDArray[np.int64]:
    listed = [years] if isinstance(years, int | np.integer) else [*years]
    wanted = np.unique(np.asarray(listed))
    if wanted.size and not np.issubdtype(wanted.dtype, np.integer):
        raise ValueError(
            f"population_at: years must be whole numbers, got {wanted.tolist()}. "
            "Populations are published for mid-year."
        )
    return wanted.astype(np.int64)


def _neighbours(
    published: NDArray[np.bool_], years: NDArray[np.int64], wanted: NDArray[np.int64]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Columns of the published years next to each year wanted, areas × wanted.

    Before the first published year the earlier one is −1; after the last, the later one is the
    number of years.
    """
    position = np.arange(len(years))
    earlier = np.maximum.accumulate(np.where(published, position, -1), axis=1)
    later = np.where(published, position, len(years))
    later = np.minimum.accumulate(later[:, ::-1], axis=1)[:, ::-1]
    nobody = np.full((len(published), 1), -1)
    earlier = np.hstack([nobody, earlier])
    later = np.hstack([later, nobody + 1 + len(years)])
    return (
        earlier[:, np.searchsorted(years, wanted, side="right")],
        later[:, np.searchsorted(years, wanted, side="left")],
    )


def _between(
    start: dict[str, FloatArray], end: dict[str, FloatArray], interval: tuple[Any, Any, Any]
) -> dict[str, FloatArray]:
    percent = interpolate_percent_urban(_percent(start), _percent(end), *interval)
    total = interpolate_population(start["total"], end["total"], *interval)
    # Rural by its own share: as a difference, rounding makes it negative where all are urban.
    figures = {"urban": total * percent / 100.0, "rural": total * (100.0 - percent) / 100.0}
    for name, values in figures.items():
        alone = interpolate_population(start[name], end[name], *interval)
        figures[name] = np.where(np.isnan(values), alone, values)
    return {**figures, "total": total, "percent_urban": percent}


def _at(grid: PopulationGrid, year: int) -> dict[str, FloatArray]:
    return {name: grid.column(name, year) for name in grid.figures}


def _belonging(
    pairs: nw.DataFrame[Any], groups: nw.Series[Any], areas: nw.Series[Any]
) -> FloatArray:
    """A groups × areas array: 1 where the area is a member of the group, else 0."""
    group_row = {group: row for row, group in enumerate(groups.to_list())}
    area_column = {area: column for column, area in enumerate(areas.to_list())}
    belonging = np.zeros((len(group_row), len(area_column)))
    for area, group in zip(pairs[AREA].to_list(), pairs[GROUP].to_list(), strict=True):
        if area in area_column:
            belonging[group_row[group], area_column[area]] = 1.0
    return belonging


def _percent(figures: dict[str, FloatArray]) -> FloatArray:
    derived: FloatArray = percent_urban(figures["urban"], figures["total"])
    return np.where(np.isnan(derived), figures["percent_urban"], derived)


def _growth_measures(
    start: dict[str, FloatArray], end: dict[str, FloatArray], years: int
) -> dict[str, FloatArray]:
    urban_growth = growth_rate(start["urban"], end["urban"], years)
    measures = {
        "urban_growth": urban_growth,
        "rural_growth": growth_rate(start["rural"], end["rural"], years),
        "total_growth": growth_rate(start["total"], end["total"], years),
        "rate_of_urbanization": rate_of_urbanization(_percent(start), _percent(end), years),
        "urban_rural_difference": urban_rural_growth_difference(
            start["urban"], start["rural"], end["urban"], end["rural"], years
        ),
        "doubling_time": doubling_time(urban_growth),
        **growth_decomposition(
            start["urban"], start["total"], end["urban"], end["total"]
        )._asdict(),
    }
    if COVERAGE not in start:
        return measures
    same_members = start[COVERAGE] == end[COVERAGE]
    return {name: np.where(same_members, values, np.nan) for name, values in measures.items()}
