"""What a chart of one series of one economy is handed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ileaps_views.i18n import _
from ileaps_views.sdg_words import breakdown_name
from ileaps_views.wording import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

DIMENSIONS: Final = ("location", "sex", "age", "other_breakdown")
_TOTAL: Final = "total"


class Path(NamedTuple):
    """A drawn path that is no figure: years and values, in the unit of the series."""

    years: tuple[int, ...] = ()
    amounts: tuple[float, ...] = ()


NO_PATH: Final = Path()


@dataclass(frozen=True, kw_only=True)
class Other:
    """The same thing by another publisher: shown beside, never mixed in."""

    name: str
    source: str
    years: tuple[int, ...]
    amounts: tuple[float, ...]


@dataclass(frozen=True, kw_only=True)
class Story:
    """What one chart of a series tells of one economy.

    Attributes:
        place: the economy's name.
        series: a row of sdg_series, by column.
        rows: its observations of the economy: `year`, `location`, `sex`, `age`,
            `other_breakdown`, `is_total`, `value`, `bound`, `nature`, `observation_status`.
        source: the line under the chart.
        base_year: the year progress is counted from, where there is one.
        needed: the path from the base to the target.
        projected: where the pace so far would lead.
        others: the same indicator by other publishers.
        compared: the rows the other publishers' values can be held against.
        beside: the dimension whose parts stand beside the total; empty for none.
        as_of: the year in which the page is read.
    """

    place: str
    series: Mapping[str, Any]
    rows: pd.DataFrame
    source: str
    as_of: int
    base_year: int | None = None
    needed: Path = NO_PATH
    projected: Path = NO_PATH
    others: tuple[Other, ...] = ()
    compared: pd.DataFrame | None = None
    beside: str = ""


def parts_of(rows: pd.DataFrame) -> tuple[str, ...]:
    """Return the dimensions by which the rows are broken down beside their total.

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"location": ["total", "urban"], "sex": "total", "age": "total",
    ...     "other_breakdown": "total", "is_total": [True, False]})
    >>> parts_of(frame)
    ('location',)
    """
    return tuple(each for each in DIMENSIONS if not rows_beside(rows, each).empty)


def rows_beside(rows: pd.DataFrame, dimension: str) -> pd.DataFrame:
    """Return the rows that differ from the total in one dimension only."""
    totals = rows[rows["is_total"]]
    if totals.empty:
        return rows.iloc[0:0]
    usual = totals.iloc[0]
    same = ~rows["is_total"]
    for other in DIMENSIONS:
        if other != dimension:
            same &= rows[other].eq(usual[other])
    return rows[same & rows[dimension].ne(usual[dimension])]


def group_name(row: Mapping[str, Any]) -> str:
    """Name what a row of a series is about: the total, or one part of it.

    >>> group_name({"location": "urban", "sex": "total", "age": "total",
    ...     "other_breakdown": "total"})
    'Urban'
    """
    named = [
        breakdown_name(each, row[each]) for each in DIMENSIONS if one_line(row[each]) != _TOTAL
    ]
    return ", ".join(named) or _("Total")
