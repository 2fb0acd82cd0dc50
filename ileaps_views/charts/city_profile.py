"""One city's people over the years, and their growth against country and subregion."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import pandas as pd

from ileaps_views.charts.common import Revision, axis, build, layout, rounded
from ileaps_views.charts.lines import Line, line_figure
from ileaps_views.charts.population_lines import series_table, value_axis
from ileaps_views.findings import city_profile
from ileaps_views.findings.words import known
from ileaps_views.i18n import _, number, population, signed
from ileaps_views.rows import records
from ileaps_views.theme import palette
from ileaps_views.view import View
from ileaps_views.wording import chart_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    import plotly.graph_objects as go

_ROW: Final = 56  # pixels a place: its name above, its bar below
_TOP: Final = 10
_BOTTOM: Final = 46
_BAR: Final = 0.34
_LABEL: Final = 13


def city_population(
    frame: pd.DataFrame,
    city: str,
    listed_as: str,
    revision: Revision,
    *,
    mode: str = "light",
    marked_year: int = 2020,
) -> View:
    """Draw the population of one city over time, projections told apart.

    Args:
        frame: one row a year, `year` and `population` (thousands); empty where the edition does
            not list the city.
        city: the city's name.
        listed_as: the name the edition lists it under; empty where it does not.
        revision: the edition the frame is of.
        mode: "light" or "dark".
        marked_year: the year the title speaks of.
    """
    rows = frame.dropna(subset=["population"]).sort_values("year")
    points = [
        (int(year), float(value))
        for year, value in zip(rows["year"], rows["population"], strict=True)
    ]
    until = revision.estimates_until
    projected = bool(points) and until is not None and points[-1][0] > until
    title = city_profile.people_of(city, points, marked_year, revision.name, projected=projected)
    if not points:
        return View(
            id="city-population",
            title=title,
            takeaway=_(
                "It lists urban agglomerations that reach 300,000 people in some year; this place "
                "is not among them, so its size and growth are not known here."
            ),
            table=None,
            sources=(revision.source,),
        )
    series = {city: points}
    scale, unit, suffix, digits = value_axis(series, "urban")
    line = Line(
        name=city,
        years=tuple(year for year, _value in points),
        values=tuple(value / scale for _year, value in points),
        estimates_until=until,
    )
    return View(
        id="city-population",
        title=title,
        takeaway=_(
            "The urban agglomeration “%(name)s” as the United Nations delimit it, which can be "
            "wider or narrower than the city's own boundary."
        )
        % {"name": listed_as},
        figure=line_figure([line], title=unit, suffix=suffix, digits=digits, mode=mode),
        table=series_table(series, "population"),
        unit=_("People in the urban agglomeration"),
        period=f"{points[0][0]}–{points[-1][0]}",
        sources=(revision.source,),
        alt=_("Line of %(city)s: %(first)s people in %(start)s, %(last)s in %(end)s.")
        % {
            "city": city,
            "first": population(points[0][1]),
            "start": points[0][0],
            "last": population(points[-1][1]),
            "end": points[-1][0],
        },
        method=_("Figures as published, for 1 July of each year; nothing is added between them."),
    )


def city_growth(
    rows: pd.DataFrame,
    city: str,
    country: str,
    years: tuple[int, int],
    revision: Revision,
    *,
    mode: str = "light",
) -> View:
    """Set a city's growth beside that of its country and subregion, all of one edition.

    Args:
        rows: one row a place, the city first: `place` (its name as drawn), `role` ("city",
            "country_urban" or another), `growth` (% a year), `start`, `end` (thousands).
        city: the city's name.
        country: its country's name.
        years: first and last year of the period.
        revision: the edition all rows are of.
        mode: "light" or "dark".
    """
    found = records(rows)
    by_role = {str(row["role"]): float(row["growth"]) for row in found}
    title = city_profile.growth_against(
        city,
        country,
        by_role.get("city", math.nan),
        by_role.get("country_urban", math.nan),
        years,
        revision.name,
    )
    drawn = [row for row in found if known(row["growth"])]
    until = revision.estimates_until
    notes = []
    if until is not None and years[1] > until:
        notes.append(_("Figures after %(year)s are projections.") % {"year": until})
    if "subregion_urban" not in by_role:
        notes.append(
            _("%(country)s lies outside the ESCAP region: there is no subregion to compare with.")
            % {"country": country}
        )
    return View(
        id="city-growth",
        title=title,
        takeaway=_(
            "The city is one urban agglomeration; the others are all people whom the United "
            "Nations count as living in cities there, and a whole country."
        ),
        figure=_bars(drawn, mode) if drawn else None,
        table=_growth_table(found, years),
        unit=_("Average growth, % a year"),
        period=f"{years[0]}–{years[1]}",
        sources=(revision.source,),
        alt=_("Bars of growth a year: %(values)s.")
        % {
            "values": "; ".join(
                _("%(place)s %(growth)s%%")
                % {"place": row["place"], "growth": signed(row["growth"])}
                for row in drawn
            )
        },
        method=_(
            "Exponential rate, 100 · ln(end / start) / years, from mid-year populations of one "
            "edition; sums over the economies of a subregion."
        ),
        notes=tuple(notes),
    )


def _growth_table(rows: Sequence[Mapping[str, Any]], years: tuple[int, int]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            _("Place"): [str(row["place"]) for row in rows],
            _("% a year"): [signed(row["growth"], 2) for row in rows],
            _("People %(year)s (thousands)") % {"year": years[0]}: [
                number(row["start"], 1) for row in rows
            ],
            _("People %(year)s (thousands)") % {"year": years[1]}: [
                number(row["end"], 1) for row in rows
            ],
        }
    )


def _bars(rows: Sequence[Mapping[str, Any]], mode: str) -> go.Figure:
    colours = palette(mode)
    values = [float(row["growth"]) for row in rows]
    low, high = min(0.0, *values), max(0.0, *values)
    room = (high - low) * 0.18 or 1.0
    return build(
        [
            {
                "type": "bar",
                "orientation": "h",
                "x": rounded(values),
                "y": list(range(len(rows))),
                "width": _BAR,
                "marker": {
                    "color": [
                        colours.primary if row["role"] == "city" else colours.muted for row in rows
                    ]
                },
                "hoverinfo": "skip",
            }
        ],
        layout(
            mode,
            height=_ROW * len(rows) + _TOP + _BOTTOM,
            margin={"l": 8, "r": 8, "t": _TOP, "b": _BOTTOM},
            xaxis=axis(
                mode,
                _("% a year"),
                range=[low - (room if low < 0 else 0), high + room],
                zeroline=True,
                nticks=6,
            ),
            yaxis={
                "visible": False,
                "fixedrange": True,
                "range": [len(rows) - 0.5, -0.75],
            },
            annotations=[
                note for at, row in enumerate(rows) for note in _bar_notes(at, row, colours.text)
            ],
        ),
    )


def _bar_notes(at: int, row: Mapping[str, Any], colour: str) -> tuple[dict[str, Any], ...]:
    """Return a bar's name above it and its value at its end."""
    font = {"size": _LABEL, "color": colour}
    value = float(row["growth"])
    name = chart_text(row["place"])
    return (
        {
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "y": at - _BAR / 2,
            "yanchor": "bottom",
            "showarrow": False,
            "text": f"<b>{name}</b>" if row["role"] == "city" else name,
            "font": font,
        },
        {
            "x": value,
            "xanchor": "left" if value >= 0 else "right",
            "xshift": 4 if value >= 0 else -4,
            "y": at,
            "yanchor": "middle",
            "showarrow": False,
            "text": chart_text(_("%(value)s%%") % {"value": signed(value)}),
            "font": font,
        },
    )
