"""Up to six places compared over time: city people, or the share of people in cities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from ileaps_views.charts.common import Revision, empty
from ileaps_views.charts.lines import Line, line_figure
from ileaps_views.findings.comparison import Measure, series_compared
from ileaps_views.findings.words import join_names, known
from ileaps_views.i18n import _, number, percent, population
from ileaps_views.view import View

if TYPE_CHECKING:
    from collections.abc import Mapping

_ID: Final = "population-lines"
_BILLION: Final = 1e6  # both in thousands
_MILLION: Final = 1e3


def population_lines(
    frame: pd.DataFrame,
    names: Mapping[str, str],
    revision: Revision,
    *,
    measure: Measure = "percent_urban",
    mode: str = "light",
    marked_year: int | None = None,
) -> View:
    """Compare places over the years of one revision.

    Args:
        frame: one row an area and year, with `area_id`, `year`, `urban` (thousands) and
            `percent_urban`, of one revision.
        names: the places to draw, at most six, in order: area_id to name.
        revision: the edition the frame is of.
        measure: "percent_urban" or "urban".
        mode: "light" or "dark".
        marked_year: a year to mark, if any.

    Raises:
        ValueError: more than six places.
    """
    series = place_series(frame, names, measure)
    title = series_compared(series, revision.name, measure=measure)
    if not any(known(value) for points in series.values() for _year, value in points):
        return empty(_ID, title, revision)
    share = measure == "percent_urban"
    scale, unit, suffix, digits = value_axis(series, measure)
    lines = [
        Line(
            name=name,
            years=tuple(year for year, _value in points),
            values=tuple(value / scale for _year, value in points),
            estimates_until=revision.estimates_until,
        )
        for name, points in series.items()
        if points
    ]
    figure = line_figure(
        lines,
        title=unit,
        suffix=suffix,
        digits=digits,
        mode=mode,
        top=100.0 if share else None,
        marked_year=marked_year,
    )
    write = percent if share else population
    told = {line.name: line.known for line in lines if line.known}
    years = [year for points in told.values() for year, _value in points]
    ends = join_names(
        _("%(place)s %(first)s in %(start)s and %(last)s in %(end)s")
        % {
            "place": name,
            "start": points[0][0],
            "first": write(points[0][1] * scale),
            "end": points[-1][0],
            "last": write(points[-1][1] * scale),
        }
        for name, points in told.items()
    )
    return View(
        id=f"{_ID}-{measure.replace('_', '-')}",
        title=title,
        takeaway=_takeaway(revision, series, names),
        figure=figure,
        table=series_table(series, measure),
        unit=_("Share of people living in cities, %") if share else _("City people"),
        period=f"{min(years)}–{max(years)}",
        sources=(revision.source,),
        alt=_("Line chart over the years: %(ends)s.") % {"ends": ends},
        method=_("Figures as published, for 1 July of each year; nothing is added between them."),
    )


def place_series(
    frame: pd.DataFrame, names: Mapping[str, str], measure: str
) -> dict[str, list[tuple[int, float]]]:
    """Return (year, value) of each named place in the frame, by name; missing values are NaN."""
    chosen = frame[frame["area_id"].isin(list(names))].sort_values("year")
    groups = {str(key): rows for key, rows in chosen.groupby("area_id")}
    return {
        name: list(
            zip(
                (int(year) for year in groups[area]["year"]),
                (float(value) for value in groups[area][measure].astype("float64")),
                strict=True,
            )
        )
        if area in groups
        else []
        for area, name in names.items()
    }


def value_axis(
    series: Mapping[str, list[tuple[int, float]]], measure: str
) -> tuple[float, str, str, int]:
    """Return divisor, axis title, hover suffix and decimals that suit the largest value.

    >>> value_axis({"a": [(2020, 21_000.0)]}, "urban")[:2]
    (1000.0, 'Million people')
    """
    if measure == "percent_urban":
        return 1.0, _("% of people living in cities"), "%", 1
    values = [value for points in series.values() for _year, value in points if known(value)]
    largest = max(values, default=0.0)
    if largest >= _BILLION:
        return _BILLION, _("Billion people"), " " + _("billion"), 2
    if largest >= _MILLION:
        return _MILLION, _("Million people"), " " + _("million"), 1
    return 1.0, _("Thousand people"), " " + _("thousand"), 1


def series_table(series: Mapping[str, list[tuple[int, float]]], measure: str) -> pd.DataFrame:
    """Return the figures as text, one row a year, one column a place."""
    years = sorted({year for points in series.values() for year, _value in points})
    columns: dict[str, list[str]] = {_("Year"): [str(year) for year in years]}
    for name, points in series.items():
        given = dict(points)
        heading = {
            "percent_urban": _("%(place)s, %% urban"),
            "urban": _("%(place)s, city people (thousands)"),
            "population": _("%(place)s, people (thousands)"),
        }[measure] % {"place": name}
        columns[heading] = [number(given.get(year), 1) for year in years]
    return pd.DataFrame(columns)


def _takeaway(
    revision: Revision, series: Mapping[str, list[tuple[int, float]]], names: Mapping[str, str]
) -> str:
    missing = [name for name in names.values() if not any(known(v) for _y, v in series[name])]
    words = {"names": join_names(missing), "revision": revision.name}
    if missing:
        return _("%(revision)s has no figures for %(names)s.") % words
    if revision.estimates_until is None:
        return _("All figures are estimates: %(revision)s has no projections.") % words
    return (
        _("Solid lines are estimates; dashed lines with open symbols are %(revision)s projections.")
        % words
    )
