"""A city's measured air, year by year, beside what is modelled for its country."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import pandas as pd

from ileaps_views.charts.lines import Line, line_figure
from ileaps_views.findings import city_profile
from ileaps_views.findings.words import known
from ileaps_views.i18n import MISSING, _, number, percent
from ileaps_views.rows import records
from ileaps_views.view import View

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WELL_COVERED: Final = 75.0
"""Per cent of the year's hours: below it an annual mean rests on part of the year (ours)."""


def city_air(
    measured: pd.DataFrame,
    modelled: pd.DataFrame,
    city: str,
    country: str,
    *,
    sources: Sequence[str],
    mode: str = "light",
) -> View:
    """Draw a city's measured particles and the modelled mean of its country's cities.

    Args:
        measured: one row a year: `year`, `pm25`, `pm10`, `no2` (µg/m³),
            `pm25_temporal_coverage` (per cent).
        modelled: `year`, `value`: PM2.5 of the country's urban areas; may be empty.
        city: the city's name.
        country: its country's name.
        sources: the line of the measurements, then that of the modelled values.
        mode: "light" or "dark".
    """
    rows = measured.sort_values("year")
    fine = [(int(row["year"]), float(row["pm25"])) for row in records(rows) if known(row["pm25"])]
    title = city_profile.air_of(
        city, fine[0] if fine else None, fine[-1] if fine else None, years=len(fine)
    )
    pollutants = {"pm25": _("PM2.5"), "pm10": _("PM10"), "no2": _("NO₂")}
    lines = [
        _line(name, dict(zip(rows["year"], rows[column], strict=True)))
        for column, name in pollutants.items()
        if rows[column].notna().any()
    ]
    if not lines:
        return View(
            id="city-air",
            title=title,
            takeaway=_("The World Health Organization's database has no measurement of this city."),
            table=None,
            sources=tuple(sources[:1]),
        )
    beside = modelled.dropna(subset=["value"])
    if len(beside):
        lines.append(
            _line(
                _("PM2.5, all cities of %(country)s, modelled") % {"country": country},
                dict(zip(beside["year"], beside["value"], strict=True)),
            )
        )
    years = [year for line in lines for year, _value in line.known]
    partial = [
        int(row["year"])
        for row in records(rows)
        if known(row["pm25"], row["pm25_temporal_coverage"])
        and row["pm25_temporal_coverage"] < WELL_COVERED
    ]
    notes = [_("Years without a point were not published; lines join neighbouring years only.")]
    if partial:
        notes.append(
            _(
                "PM2.5 of %(years)s rests on under %(share)s of the year's hours, so on some "
                "seasons more than on others."
            )
            % {"years": ", ".join(map(str, partial)), "share": percent(WELL_COVERED, 0)}
        )
    notes.append(_("No guideline value is drawn: our sources hold none for the years shown."))
    return View(
        id="city-air",
        title=title,
        takeaway=_(
            "Annual means at the city's ground stations, as reported to the World Health "
            "Organization; stations come and go, so single steps say little."
        ),
        figure=line_figure(
            lines,
            title=_("Micrograms per cubic metre"),
            suffix=" " + _("µg/m³"),
            digits=1,
            mode=mode,
        ),
        table=_table(rows, beside, country),
        unit=_("Annual mean, micrograms per cubic metre"),
        period=f"{min(years)}–{max(years)}" if min(years) < max(years) else str(years[0]),
        sources=tuple(sources if len(beside) else sources[:1]),
        alt=_("%(title)s. Lines of %(names)s.")
        % {"title": title, "names": "; ".join(line.name for line in lines)},
        method=_(
            "Measured values as published by city and year. The modelled line is SDG indicator "
            "11.6.2 for urban areas of the country, weighted by population."
        ),
        notes=tuple(notes),
    )


def _line(name: str, values: Mapping[int, float]) -> Line:
    """Return a line over all years in between, so that a year without a value is a gap."""
    given = {int(year): float(value) for year, value in values.items() if known(value)}
    years = tuple(range(min(given), max(given) + 1))
    return Line(name=name, years=years, values=tuple(given.get(y, math.nan) for y in years))


def _table(rows: pd.DataFrame, modelled: pd.DataFrame, country: str) -> pd.DataFrame:
    beside = {int(row["year"]): float(row["value"]) for row in records(modelled)}
    own = {int(row["year"]): row for row in records(rows)}
    years = sorted({*own, *beside})

    def column(name: str) -> list[str]:
        return [number(own[year][name], 1) if year in own else MISSING for year in years]

    return pd.DataFrame(
        {
            _("Year"): [str(year) for year in years],
            _("PM2.5"): column("pm25"),
            _("share of the year's hours"): [
                percent(own[year]["pm25_temporal_coverage"], 0) if year in own else MISSING
                for year in years
            ],
            _("PM10"): column("pm10"),
            _("NO₂"): column("no2"),
            _("PM2.5, all cities of %(country)s, modelled") % {"country": country}: [
                number(beside.get(year), 1) for year in years
            ],
        }
    )
