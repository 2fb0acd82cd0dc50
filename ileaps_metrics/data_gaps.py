"""What is known of a place and what is not: measured, estimated, modelled, old or missing.

A cell is a series (or an indicator) and a place. Its status is that of the latest value published
up to a year: how the value came about, in the publisher's words, unless it is older than a number
of years, or only a bound. The measures work for economies and for cities alike: a place is
whatever the column ``area_id`` holds. Nothing is judged: a gap is a gap whether the value would
be good or bad.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw

from ileaps_metrics.pilot_figures import flag
from ileaps_metrics.pilot_frames import like
from ileaps_metrics.population_grid import eager, require_columns

if TYPE_CHECKING:
    from collections.abc import Iterable

    from narwhals.typing import IntoFrame, IntoFrameT

SERIES, AREA, YEAR = "series", "area_id", "year"
OBSERVATION_COLUMNS: Final = (SERIES, AREA, YEAR, "value")
USUAL_AGE: Final = 5
"""Years after which a value counts as old where nobody chose: a rule of ours."""


class Known(StrEnum):
    """How well a cell is known, best first; the codes pages translate."""

    MEASURED = "measured"
    ESTIMATED = "estimated"
    MODELLED = "modelled"
    GLOBAL_MONITORING = "global_monitoring"
    NOT_STATED = "not_stated"
    BOUNDED = "bounded"
    OLD = "old"
    NO_VALUE = "no_value"
    MISSING = "missing"


STATUSES: Final = tuple(Known)
WITH_VALUE: Final = tuple(code for code in Known if code not in {Known.NO_VALUE, Known.MISSING})
RECENT: Final = tuple(code for code in WITH_VALUE if code != Known.OLD)
_OF_NATURE: Final = {
    "country": Known.MEASURED,
    "country_adjusted": Known.MEASURED,
    "estimated": Known.ESTIMATED,
    "modelled": Known.MODELLED,
    "global_monitoring": Known.GLOBAL_MONITORING,
}
_RANK: Final = "rank"


def measurement_status(
    observations: IntoFrameT,
    series: Iterable[str],
    areas: Iterable[str],
    as_of: int,
    older_than: int = USUAL_AGE,
) -> IntoFrameT:
    """How well each series is known of each place, from its latest value up to a year.

    The first that holds: ``missing`` (no row up to the year), ``no_value`` (rows, every one
    without a value: it does not apply there or was not collected), ``old`` (the latest value is
    more than ``older_than`` years before ``as_of``), ``bounded`` (published as above or below a
    number), then by the nature of the latest value: ``measured`` (country data, adjusted or not),
    ``estimated``, ``modelled``, ``global_monitoring``, ``not_stated`` (no nature given, or one
    that says nothing).

    Args:
        observations: One row a series, place and year: ``series``, ``area_id``, ``year``,
            ``value``; ``bound`` and ``nature`` may be absent. Of a series with breakdowns its
            totals only.
        series: The series to look at, those without a row included.
        areas: The places to look at, those without a row included.
        as_of: The year from which age counts; later rows are left out.
        older_than: Years after which a value is old.

    Returns:
        One row a series and place, in the order given: ``series``, ``area_id``, ``status``,
        ``latest_year``, ``age`` (years), ``value``, ``bound``, ``nature``, ``first_year``,
        ``years`` (with a value, up to the year).

    Raises:
        ValueError: A column is absent, a series, place and year is there twice, a series or
            place is listed twice, or ``older_than`` is negative.

    Example:
        >>> import pandas as pd
        >>> rows = pd.DataFrame({"series": "SLUM", "area_id": ["IDN", "IDN", "KOR"],
        ...     "year": [2010, 2020, 2005], "value": [23.0, 19.4, 3.0], "nature": "estimated"})
        >>> found = measurement_status(rows, ["SLUM"], ["IDN", "KOR", "NRU"], as_of=2023)
        >>> found[["area_id", "status", "latest_year", "years"]]
          area_id     status  latest_year  years
        0     IDN  estimated       2020.0      2
        1     KOR        old       2005.0      1
        2     NRU    missing          NaN      0
    """
    if older_than < 0:
        raise ValueError(
            f"measurement_status: older_than is {older_than}: give a number of years, 0 or more."
        )
    table = eager(observations)
    require_columns(table, OBSERVATION_COLUMNS, "measurement_status: the table of observations")
    wanted, places = _once(series, "series"), _once(areas, "place")
    rows = _prepared(table, wanted, places, as_of)
    given = ~nw.col("value").is_null()
    spans = (
        rows.with_columns(
            nw.when(given).then(nw.col(YEAR).cast(nw.Float64)).alias("_year"), flag(given, "_given")
        )
        .group_by(SERIES, AREA)
        .agg(
            nw.col("_year").max().alias("latest_year"),
            nw.col("_year").min().alias("first_year"),
            nw.col("_given").sum().alias("years"),
            nw.len().alias("rows"),
        )
    )
    latest = rows.filter(given).with_columns(nw.col(YEAR).max().over(SERIES, AREA).alias("_latest"))
    latest = latest.filter(nw.col(YEAR) == nw.col("_latest")).drop(YEAR, "_latest")
    cells = (
        _grid(wanted, places, table)
        .join(spans, on=[SERIES, AREA], how="left")
        .join(latest, on=[SERIES, AREA], how="left")
        .with_columns(
            nw.col("years").fill_null(0).cast(nw.Int64),
            (as_of - nw.col("latest_year")).alias("age"),
        )
        .with_columns(_status(older_than).alias("status"))
        .sort("position")
    )
    chosen = ("status", "latest_year", "age", "value", "bound", "nature", "first_year", "years")
    return _native(observations, cells.select(SERIES, AREA, *chosen))


def _once(names: Iterable[str], what: str) -> list[str]:
    listed = [str(name) for name in names]
    twice = sorted({name for name in listed if listed.count(name) > 1})
    if twice:
        raise ValueError(
            f"measurement_status: the {what} {twice[0]} is listed twice: list each once."
        )
    return listed


def _prepared(
    table: nw.DataFrame[Any], wanted: list[str], places: list[str], as_of: int
) -> nw.DataFrame[Any]:
    """The rows looked at, typed, without NaN; refuses a series, place and year twice."""
    words = [
        nw.col(name).cast(nw.String)
        if name in table.columns
        else nw.lit(None).cast(nw.String).alias(name)
        for name in ("bound", "nature")
    ]
    value = nw.col("value").cast(nw.Float64)
    rows = (
        table.filter(
            nw.col(SERIES).is_in(wanted), nw.col(AREA).is_in(places), nw.col(YEAR) <= as_of
        )
        .select(
            nw.col(SERIES).cast(nw.String),
            nw.col(AREA).cast(nw.String),
            nw.col(YEAR).cast(nw.Int64),
            value,
            *words,
        )
        .with_columns(nw.when(~nw.col("value").is_nan()).then(nw.col("value")).alias("value"))
    )
    twice = rows.filter(rows.select(SERIES, AREA, YEAR).is_duplicated())
    if len(twice):
        at = ", ".join(str(twice[name][0]) for name in (SERIES, AREA, YEAR))
        raise ValueError(
            f"measurement_status: {at} is there twice. Hand over one row a series, place and "
            "year: the totals of a series with breakdowns, one revision."
        )
    return rows


def _grid(wanted: list[str], places: list[str], table: nw.DataFrame[Any]) -> nw.DataFrame[Any]:
    pairs = [(code, place) for code in wanted for place in places]
    return nw.from_dict(
        {
            SERIES: [code for code, _place in pairs],
            AREA: [place for _code, place in pairs],
            "position": list(range(len(pairs))),
        },
        schema={SERIES: nw.String(), AREA: nw.String(), "position": nw.Int64()},
        backend=table.implementation,
    )


def _status(older_than: int) -> nw.Expr:
    by_nature: nw.Expr = nw.lit(Known.NOT_STATED.value)
    for nature, code in _OF_NATURE.items():
        by_nature = (
            nw.when(nw.col("nature") == nature).then(nw.lit(code.value)).otherwise(by_nature)
        )
    bounded = nw.col("bound").is_in(["above", "below"])
    rules = (
        (bounded, Known.BOUNDED),
        (nw.col("age") > older_than, Known.OLD),
        (nw.col("years") == 0, Known.NO_VALUE),
        (nw.col("rows").is_null(), Known.MISSING),
    )
    status = by_nature
    for holds, code in rules:
        status = nw.when(holds).then(nw.lit(code.value)).otherwise(status)
    return status


def best_status(cells: IntoFrameT, groups: IntoFrame, group: str) -> IntoFrameT:
    """The best-known series of each group and place: an indicator of several series is as known.

    Best is the order of :data:`STATUSES`; of equals the later value, then the series' code.

    Args:
        cells: What :func:`measurement_status` returns.
        groups: ``series`` and the column ``group``; a series may stand in several groups.
        group: That column, ``indicator`` for example.

    Returns:
        One row a group and place, sorted: the group, then the columns of ``cells``.

    Raises:
        ValueError: A column is absent or a status is unknown.

    Example:
        >>> import pandas as pd
        >>> cells = pd.DataFrame({"series": ["A", "B"], "area_id": "IDN",
        ...     "status": ["old", "estimated"], "latest_year": [2010.0, 2020.0]})
        >>> groups = pd.DataFrame({"series": ["A", "B"], "indicator": "11.1.1"})
        >>> best_status(cells, groups, "indicator")[["indicator", "series", "status"]]
          indicator series     status
        0    11.1.1      B  estimated
    """
    table, pairs = eager(cells), eager(groups)
    require_columns(table, (SERIES, AREA, "status", "latest_year"), "best_status: cells")
    require_columns(pairs, (SERIES, group), "best_status: groups")
    ranked = (
        _ranked(table, "best_status")
        .join(pairs.select(SERIES, group), on=SERIES, how="inner")
        .with_columns(nw.col("latest_year").fill_null(-1.0).alias("_year"))
        .sort(group, AREA, _RANK, "_year", SERIES, descending=[False, False, False, True, False])
        .unique(subset=[group, AREA], keep="first", maintain_order=True)
    )
    return _native(cells, ranked.select(group, *table.columns))


def _ranked(table: nw.DataFrame[Any], where: str) -> nw.DataFrame[Any]:
    known = [code.value for code in STATUSES]
    unknown = sorted({str(code) for code in table["status"].unique().to_list()} - set(known))
    if unknown:
        raise ValueError(
            f"{where}: unknown status {unknown[0]}; there are {', '.join(known)}. "
            "Take the table measurement_status returns."
        )
    position: nw.Expr = nw.lit(len(known))
    for place, code in enumerate(known):
        position = nw.when(nw.col("status") == code).then(nw.lit(place)).otherwise(position)
    return table.with_columns(position.alias(_RANK))


def coverage(cells: IntoFrameT, by: str) -> IntoFrameT:
    """How many cells of each row or column are known, and how: counts and shares.

    Args:
        cells: What :func:`measurement_status` or :func:`best_status` returns.
        by: The column to count by: ``series``, ``indicator``, ``area_id`` …

    Returns:
        One row a value of ``by``, sorted: ``cells``, one count for each of :data:`STATUSES`, and
        percentages of the cells: ``share_known`` (any value), ``share_recent`` (one that is not
        old), ``share_measured`` (a recent one from the country's own data); ``latest_year`` and
        ``median_year`` of the values there are.

    Raises:
        ValueError: A column is absent or a status is unknown.

    Example:
        >>> import pandas as pd
        >>> cells = pd.DataFrame({"series": "A", "area_id": ["IDN", "KOR", "NRU", "TUV"],
        ...     "status": ["measured", "estimated", "old", "missing"],
        ...     "latest_year": [2020.0, 2021.0, 2010.0, None]})
        >>> coverage(cells, "series")[["cells", "share_known", "share_recent", "share_measured"]]
           cells  share_known  share_recent  share_measured
        0      4         75.0          50.0            25.0
    """
    table = eager(cells)
    require_columns(table, (by, "status", "latest_year"), "coverage: cells")
    status = nw.col("status")
    flags = [(status == code.value).cast(nw.Int64).alias(code.value) for code in STATUSES]
    counted = (
        _ranked(table, "coverage")
        .select(by, "latest_year", *flags)
        .group_by(by)
        .agg(
            nw.len().alias("cells"),
            *(nw.col(code.value).sum() for code in STATUSES),
            nw.col("latest_year").max(),
            nw.col("latest_year").median().alias("median_year"),
        )
        .with_columns(
            _share(WITH_VALUE).alias("share_known"),
            _share(RECENT).alias("share_recent"),
            _share((Known.MEASURED,)).alias("share_measured"),
        )
        .sort(by)
    )
    names = [code.value for code in STATUSES]
    shares = ["share_known", "share_recent", "share_measured"]
    ordered = counted.select(by, "cells", *names, *shares, "latest_year", "median_year")
    return _native(cells, ordered)


def _share(codes: Iterable[Known]) -> nw.Expr:
    return nw.sum_horizontal(*(nw.col(code.value) for code in codes)) * 100.0 / nw.col("cells")


def _native(given: IntoFrameT, frame: nw.DataFrame[Any]) -> IntoFrameT:
    """The result in the caller's own kind of frame, an index numbered anew."""
    return like(given, frame.lazy()) if _is_lazy(given) else nw.maybe_reset_index(frame).to_native()


def _is_lazy(given: IntoFrame) -> bool:
    return isinstance(nw.from_native(given), nw.LazyFrame)
