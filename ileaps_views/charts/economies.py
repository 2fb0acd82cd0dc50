"""The economies of Asia and the Pacific at one look: a map, and tiles of equal size."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from ileaps_views.charts.animation import CONTROLS, year_slider
from ileaps_views.charts.classes import Classes, classes_of, long_text
from ileaps_views.charts.common import Revision, build, empty, layout
from ileaps_views.charts.economy_marks import (
    COLUMNS,
    economies_of,
    geo,
    map_traces,
    tile_places,
    tile_traces,
)
from ileaps_views.findings.comparison import EconomyMeasure, economies_compared
from ileaps_views.findings.words import join_names
from ileaps_views.i18n import _, number
from ileaps_views.view import View
from ileaps_views.wording import chart_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import plotly.graph_objects as go

_MAP: Final = 430  # pixels high
_MARGIN: Final = 4
_NAMED: Final = 4  # economies sharing an extreme that are still named one by one


def economies_map(
    economies: pd.DataFrame,
    values: pd.DataFrame,
    period: tuple[int, int],
    revision: Revision,
    *,
    measure: EconomyMeasure = "percent_urban",
    mode: str = "light",
    frames: bool = False,
) -> View:
    """Draw the economies on a map, small ones as squares of the same colours.

    Args:
        economies: one row an economy: `iso3`, `short_name`, `subregion_id`, `latitude`,
            `longitude`.
        values: `area_id` and `value` of one revision: percent urban, urban growth (% a year) or
            the change of urban population (thousands). With a column `year` the rows of the
            last year of `period` are drawn, the others only with `frames`.
        period: start and end; percent urban is that of the end.
        revision: the edition the values are of.
        measure: what `value` is.
        mode: "light" or "dark".
        frames: add the years of `values` as an animation with a slider.
    """
    identifier = f"economies-map-{measure.replace('_', '-')}"
    ordered = economies.sort_values("iso3")
    years = _by_year(values, period[1])
    shown = years.get(period[1], {})
    title = _title(ordered, shown, period, revision, measure)
    if not shown:
        return empty(identifier, title, revision)
    classes = classes_of(measure, mode)
    drawn = economies_of(ordered)
    traces = map_traces(drawn, shown, classes, mode)
    animated = frames and len(years) > 1
    below = CONTROLS if animated else 0
    steps = [
        {
            "name": str(year),
            "data": map_traces(drawn, of_year, classes, mode, changes_only=True),
            "traces": [0, 1],
        }
        for year, of_year in (years if animated else {}).items()
    ]
    figure = build(
        traces,
        layout(
            mode,
            height=_MAP + below,
            margin={"l": 0, "r": 0, "t": 0, "b": below},
            geo=geo(),
            **(year_slider(list(years), period[1], mode) if animated else {}),
        ),
        steps,
    )
    return _view(identifier, title, figure, ordered, shown, period, revision, classes, mode)


def economies_tiles(
    economies: pd.DataFrame,
    values: pd.DataFrame,
    subregions: Mapping[str, str],
    period: tuple[int, int],
    revision: Revision,
    *,
    measure: EconomyMeasure = "percent_urban",
    mode: str = "light",
    frames: bool = False,
) -> View:
    """Draw one tile an economy, by subregion, highest value first, with code and value.

    `subregions` gives the subregions' names in the order to draw them; the rest as
    `economies_map`. In an animation tiles keep the places they have in the last year of
    `period`, so that one economy can be followed.
    """
    identifier = f"economies-tiles-{measure.replace('_', '-')}"
    years = _by_year(values, period[1])
    shown = years.get(period[1], {})
    title = _title(economies, shown, period, revision, measure)
    if not shown:
        return empty(identifier, title, revision)
    classes = classes_of(measure, mode)
    places, headings, edges = tile_places(economies, shown, subregions)
    ordered = economies.set_index("iso3").loc[list(places)].reset_index()
    drawn = economies_of(ordered)
    traces = tile_traces(drawn, places, edges, shown, classes, mode)
    animated = frames and len(years) > 1
    steps = [
        {
            "name": str(year),
            "data": tile_traces(drawn, places, edges, of_year, classes, mode, changes_only=True),
            "traces": [0, 1],
        }
        for year, of_year in (years if animated else {}).items()
    ]
    below = CONTROLS if animated else _MARGIN
    hidden = {"visible": False, "fixedrange": True}
    figure = build(
        traces,
        layout(
            mode,
            height=round(edges[-1] + _MARGIN + below),
            margin={"l": _MARGIN, "r": _MARGIN, "t": _MARGIN, "b": below},
            xaxis={**hidden, "range": [-0.5, COLUMNS - 0.5]},
            yaxis={**hidden, "range": [edges[-1], 0]},
            annotations=[
                {
                    "x": 0,
                    "xref": "paper",
                    "xanchor": "left",
                    "y": bottom,
                    "yanchor": "bottom",
                    "showarrow": False,
                    "text": f"<b>{chart_text(name)}</b>",
                    "font": {"size": 13},
                }
                for name, bottom in headings
            ],
            **(year_slider(list(years), period[1], mode) if animated else {}),
        ),
        steps,
    )
    return _view(identifier, title, figure, ordered, shown, period, revision, classes, mode)


def _by_year(values: pd.DataFrame, year: int) -> dict[int, dict[str, float]]:
    known = values.dropna(subset=["value"])
    if "year" not in known.columns:
        given = dict(zip(known["area_id"], known["value"].astype("float64"), strict=True))
        return {year: given} if given else {}
    return {
        int(str(each)): dict(zip(rows["area_id"], rows["value"].astype("float64"), strict=True))
        for each, rows in known.groupby("year")
    }


def _title(
    economies: pd.DataFrame,
    shown: Mapping[str, float],
    period: tuple[int, int],
    revision: Revision,
    measure: EconomyMeasure,
) -> str:
    named = zip(economies["iso3"], economies["short_name"], strict=True)
    counted = {str(name): shown[iso3] for iso3, name in named if iso3 in shown}
    return economies_compared(counted, period, revision.name, measure=measure)


def _view(
    identifier: str,
    title: str,
    figure: go.Figure,
    economies: pd.DataFrame,
    shown: Mapping[str, float],
    period: tuple[int, int],
    revision: Revision,
    classes: Classes,
    mode: str,
) -> View:
    measure = classes.measure
    ranked = economies.assign(value=economies["iso3"].map(dict(shown)).astype("float64"))
    ranked = ranked.sort_values(["value", "iso3"], ascending=[False, True], na_position="last")
    missing = [str(name) for name in ranked.loc[ranked["value"].isna(), "short_name"]]
    told = [long_text(value, measure) for value in ranked["value"]]
    names = [str(name) for name in ranked["short_name"]]
    high, low = told[0], told[len(told) - len(missing) - 1]
    words = {
        "top": _tied([name for name, text in zip(names, told, strict=True) if text == high]),
        "high": high,
        "bottom": _tied([name for name, text in zip(names, told, strict=True) if text == low]),
        "low": low,
        "missing": ", ".join(missing),
    }
    units = {
        "percent_urban": _("Share of people living in cities, %"),
        "urban_growth": _("Growth of city people, % a year"),
        "change": _("Change of city people"),
    }
    return View(
        id=identifier,
        title=title,
        takeaway=_("Highest: %(top)s, %(high)s. Lowest: %(bottom)s, %(low)s.") % words,
        figure=figure,
        table=pd.DataFrame(
            {
                _("Economy"): ranked["short_name"].astype("str"),
                _("Code"): ranked["iso3"].astype("str"),
                units[measure]: told,
            }
        ).reset_index(drop=True),
        unit=units[measure],
        period=str(period[1]) if measure == "percent_urban" else f"{period[0]}–{period[1]}",
        sources=(revision.source,),
        alt=_(
            "Economies coloured by class. Highest: %(top)s, %(high)s; lowest: %(bottom)s, %(low)s."
        )
        % words,
        method=_method(measure),
        notes=(_("No figure for: %(missing)s.") % words,) if missing else (),
        legend=classes.legend(missing=bool(missing), mode=mode),
    )


def _tied(names: Sequence[str]) -> str:
    if len(names) <= _NAMED:
        return join_names(names)
    return _("%(n)s economies") % {"n": number(len(names))}


def _method(measure: EconomyMeasure) -> str:
    if measure == "percent_urban":
        return _("City people ÷ all people, as published; each country's own definition of urban.")
    if measure == "urban_growth":
        return _("Exponential rate: 100·ln(city people at the end ÷ at the start) ÷ years.")
    return _("City people at the end of the period less those at its start.")
