"""A population table as areas × years arrays: checked once, computed on without loops.

Internal to :mod:`ileaps_metrics.population_frames`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from ileaps_metrics.elementwise import as_floats

if TYPE_CHECKING:
    from collections.abc import Mapping

    from narwhals.typing import IntoFrame
    from numpy.typing import NDArray

    from ileaps_metrics.elementwise import FloatArray

AREA, YEAR, REVISION, GROUP = "area_id", "year", "revision_id", "group_id"
POPULATIONS = ("urban", "rural", "total")
MEASURES = (*POPULATIONS, "percent_urban")
COVERAGE = "members_with_data"


@dataclass(frozen=True, kw_only=True)
class PopulationGrid:
    """The figures of one population table, areas down and years across.

    Attributes:
        areas: The areas, sorted.
        years: The years any area has a row for, rising.
        figures: For each measure (and the coverage of an aggregate) an areas × years array.
        has_row: Where the table has a row, with figures or without.
        revision: The revision the table is of; None if it names none.
        names_revision: Whether the table has a revision column to hand on.
    """

    areas: nw.Series[Any]
    years: NDArray[np.int64]
    figures: Mapping[str, FloatArray]
    has_row: NDArray[np.bool_]
    revision: str | None
    names_revision: bool

    def column(self, name: str, year: int) -> FloatArray:
        """One measure of every area in one year, NaN where nothing is published for it."""
        at = np.flatnonzero(self.years == year)
        return self.figures[name][:, at[0]] if at.size else np.full(len(self.areas), np.nan)

    def frame(self, columns: Mapping[str, Any]) -> Any:  # noqa: ANN401
        """Columns as a frame of the caller's kind, the revision last if the table named one."""
        result = nw.from_dict(columns, backend=self.areas.implementation)
        if self.names_revision:
            revision = nw.lit(self.revision, dtype=nw.String())
            result = result.with_columns(revision.alias(REVISION))
        return result.to_native()


def population_grid(frame: IntoFrame, function: str) -> PopulationGrid:
    """Check a population table and lay it out.

    Args:
        frame: A population table; a lazy one is collected as pandas.
        function: The function it was handed to, for the messages.

    Returns:
        The grid.

    Raises:
        ValueError: The table holds two revisions, an area twice in one year, or lacks a column.

    Example:
        >>> import pandas as pd
        >>> grid = population_grid(pd.DataFrame({
        ...     "area_id": ["A", "B"], "year": [2010, 2020], "urban": [1.0, 2.0],
        ...     "rural": [3.0, 4.0], "total": [4.0, 6.0], "percent_urban": [25.0, 33.3],
        ... }), "example")
        >>> grid.figures["urban"].tolist()
        [[1.0, nan], [nan, 2.0]]
    """
    table = eager(frame)
    require_columns(table, (AREA, YEAR, *MEASURES), function)
    revision, names_revision = _one_revision(table, function), REVISION in table.columns
    measures = [*MEASURES, *({COVERAGE} & {*table.columns})]
    table = table.select(AREA, YEAR, *measures).drop_nulls([AREA, YEAR]).sort(AREA, YEAR)
    area, year = table[AREA].to_numpy(), table[YEAR].to_numpy().astype(np.int64)
    first = np.ones(len(area), dtype=bool)
    first[1:] = area[1:] != area[:-1]
    repeated = np.flatnonzero(~first[1:] & (year[1:] == year[:-1]))
    if repeated.size:
        raise ValueError(
            f"{function}: {area[repeated[0]]} has more than one row for {year[repeated[0]]}. "
            "Keep one row an area and year."
        )
    years, column = np.unique(year, return_inverse=True)
    row = np.cumsum(first) - 1
    shape = (int(first.sum()), len(years))
    has_row = np.zeros(shape, dtype=bool)
    has_row[row, column] = True
    figures = {}
    for name in measures:
        values = np.full(shape, np.nan)
        values[row, column] = as_floats(table[name])
        figures[name] = np.where(np.isfinite(values), values, np.nan)
    return PopulationGrid(
        areas=nw.maybe_reset_index(table[AREA][np.flatnonzero(first)]),
        years=years,
        figures=figures,
        has_row=has_row,
        revision=revision,
        names_revision=names_revision,
    )


def _one_revision(table: nw.DataFrame[Any], function: str) -> str | None:
    if REVISION not in table.columns:
        return None
    revisions = sorted(table[REVISION].drop_nulls().unique().to_list())
    if len(revisions) > 1:
        raise ValueError(
            f"{function}: the frame holds the revisions {', '.join(map(str, revisions))}, "
            "which disagree with each other. Filter on one revision_id."
        )
    return str(revisions[0]) if revisions else None


def eager(frame: IntoFrame) -> nw.DataFrame[Any]:
    """The frame as it is, or collected as pandas if it is lazy."""
    opened = nw.from_native(frame)
    return opened.collect(backend="pandas") if isinstance(opened, nw.LazyFrame) else opened


def require_columns(table: nw.DataFrame[Any], names: tuple[str, ...], where: str) -> None:
    """Refuse a table that lacks a column.

    Raises:
        ValueError: Naming the columns it lacks and those it has.
    """
    lacking = [name for name in names if name not in table.columns]
    if lacking:
        raise ValueError(
            f"{where} lacks the column {', '.join(lacking)}; it has {', '.join(table.columns)}. "
            "Rename the columns to these names."
        )
