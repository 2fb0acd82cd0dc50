"""SDG 11 for one city: its own values among other cities, and its country's beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from ileaps_views.charts.common import axis, build, layout, rounded
from ileaps_views.findings import city_profile
from ileaps_views.i18n import MISSING, _, ngettext, number
from ileaps_views.rows import records
from ileaps_views.sdg_words import nature_name, value_text
from ileaps_views.theme import palette
from ileaps_views.view import LegendItem, View
from ileaps_views.wording import chart_text, is_missing, one_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import plotly.graph_objects as go

CAUTION: Final = "⚠"
PERCENT: Final = "percent"
_ROW: Final = 86  # pixels an indicator: its name and value, below them the cities
_TOP: Final = 10
_BOTTOM: Final = 46
_LABEL: Final = 13


def city_goal_values(
    values: pd.DataFrame,
    series: pd.DataFrame,
    standings: pd.DataFrame,
    city: str,
    country: str,
    region: str,
    mode: str,
    *,
    source: str,
) -> View:
    """List a city's values of SDG 11 and draw the percentages among other cities.

    Args:
        values: `series`, `group` ("city", "country", "subregion": the other cities of the
            country, those of the rest of the subregion), `city_name`, `year`, `value`, `nature`,
            `caution`; of the city every year, of others the latest.
        series: the rows of sdg_series to show, in order.
        standings: for each series with a value: `series`, `n`, `median`, `below` (other cities
            of the country).
        city: the city's name.
        country: its country's name.
        region: its subregion's name; empty where it has none.
        mode: "light" or "dark".
        source: the line under the figures.
    """
    own = values[values["group"].eq("city")].sort_values("year")
    latest = own.drop_duplicates("series", keep="last")
    cautions = [row for row in records(latest) if not is_missing(row["caution"])]
    title = city_profile.values_published(city, len(latest), len(series), len(cautions))
    kinds = records(series)
    at = {str(row["series"]): row for row in records(latest)}
    drawn = [kind for kind in kinds if kind["unit"] == PERCENT and str(kind["series"]) in at]
    absent = [kind for kind in kinds if str(kind["series"]) not in at]
    doubts = [
        _("%(sign)s %(name)s, %(value)s: %(reason)s.")
        % {
            "sign": CAUTION,
            "name": _name(kind),
            "value": value_text(row["value"], kind["unit"]),
            "reason": one_line(row["caution"]).rstrip("."),
        }
        for kind in kinds
        for row in cautions
        if row["series"] == kind["series"]
    ]
    return View(
        id="city-goal-values",
        title=title,
        takeaway=" ".join(
            part
            for part in (_reading(standings, at, kinds, country), _ratios(own, kinds), *doubts)
            if part
        ),
        figure=_figure(values, drawn, at, mode) if drawn else None,
        table=_table(own, kinds, standings, country),
        unit=_("%, and a ratio for 11.3.1"),
        period=_years(own),
        sources=(source,),
        alt=_("%(title)s. %(values)s.")
        % {
            "title": title,
            "values": "; ".join(
                _("%(name)s %(value)s (%(year)s)")
                % {
                    "name": kind["short_name"],
                    "value": value_text(at[str(kind["series"])]["value"], kind["unit"]),
                    "year": int(at[str(kind["series"])]["year"]),
                }
                for kind in kinds
                if str(kind["series"]) in at
            ),
        },
        method=_(
            "Values as published. One or two years of a city are a level, not a trend, so no "
            "status is given; the ratio of 11.3.1 gets none at all."
        ),
        notes=(
            *(
                _("%(name)s: not published for this city.") % {"name": _name(kind)}
                for kind in absent
            ),
            *(
                _("%(name)s: %(note)s.")
                % {"name": _name(kind), "note": one_line(kind["direction_note"]).rstrip(".")}
                for kind in kinds
                if not is_missing(kind["direction_note"])
            ),
        ),
        legend=_legend(values, drawn, city, country, region, mode),
    )


def _name(kind: Mapping[str, Any]) -> str:
    return _("%(indicator)s %(name)s") % {
        "indicator": kind["indicator"],
        "name": kind["short_name"],
    }


def _reading(
    standings: pd.DataFrame,
    at: Mapping[str, Mapping[str, Any]],
    kinds: Sequence[Mapping[str, Any]],
    country: str,
) -> str:
    """Say where the city stands among the cities of its country, indicator by indicator."""
    rows = {str(row["series"]): row for row in records(standings)}
    said = [
        _("%(name)s, %(place)s")
        % {
            "name": kind["short_name"],
            "place": city_profile.rank_among(int(rows[code]["below"]), int(rows[code]["n"])),
        }
        for kind in kinds
        for code in [str(kind["series"])]
        if kind["unit"] == PERCENT
        and code in at
        and code in rows
        and int(rows[code]["n"])
        and is_missing(at[code]["caution"])
    ]
    if not at:
        return _("Its country may have figures: they stand below, labelled as the country's.")
    if not said:
        return _("No other city of %(country)s has these figures.") % {"country": country}
    return _("Among the cities of %(country)s: %(said)s.") % {
        "country": country,
        "said": "; ".join(said),
    }


def _ratios(own: pd.DataFrame, kinds: Sequence[Mapping[str, Any]]) -> str:
    """Say the values that are no percentages, which the chart has no scale for."""
    said = [
        _("%(name)s (%(indicator)s), a ratio: %(values)s.")
        % {
            "name": kind["short_name"],
            "indicator": kind["indicator"],
            "values": "; ".join(
                _("%(value)s in %(year)s")
                % {"value": _cell(row, kind["unit"]), "year": int(row["year"])}
                for row in rows
            ),
        }
        for kind in kinds
        if kind["unit"] != PERCENT
        for rows in [records(own[own["series"].eq(kind["series"])])]
        if rows
    ]
    return " ".join(said)


def _years(rows: pd.DataFrame) -> str:
    if rows.empty:
        return ""
    first, last = int(rows["year"].min()), int(rows["year"].max())
    return str(first) if first == last else f"{first}–{last}"


def _legend(
    values: pd.DataFrame,
    drawn: Sequence[Mapping[str, Any]],
    city: str,
    country: str,
    region: str,
    mode: str,
) -> tuple[LegendItem, ...]:
    colours = palette(mode)
    shown = values[values["series"].isin([kind["series"] for kind in drawn])]
    groups = set(shown["group"])
    own = shown[shown["group"].eq("city")]
    items = [LegendItem(word=city, colour=colours.primary)]
    if own["caution"].notna().any():
        items.append(LegendItem(word=_("hard to believe"), colour=colours.primary, shape="◇"))
    if "country" in groups:
        items.append(
            LegendItem(
                word=_("other cities of %(country)s") % {"country": country},
                colour=colours.text,
                shape="│",
            )
        )
    if "subregion" in groups:
        items.append(
            LegendItem(
                word=_("other cities of %(region)s") % {"region": region},
                colour=colours.muted,
                shape="·",
            )
        )
    return tuple(items)


def _figure(
    values: pd.DataFrame,
    drawn: Sequence[Mapping[str, Any]],
    at: Mapping[str, Mapping[str, Any]],
    mode: str,
) -> go.Figure:
    colours = palette(mode)
    place = {str(kind["series"]): row for row, kind in enumerate(drawn)}
    shown = values[values["series"].isin(list(place))]
    marks = {
        "subregion": {"symbol": "circle", "size": 4, "color": colours.muted, "opacity": 0.5},
        "country": {"symbol": "line-ns-open", "size": 14, "color": colours.text},
    }
    shift = {"subregion": 0.16, "country": 0.0}
    traces = [
        {
            "type": "scatter",
            "mode": "markers",
            "x": rounded(part["value"]),
            "y": [place[str(code)] + shift[group] for code in part["series"]],
            "text": [chart_text(_told(row)) for row in records(part)],
            "hoverinfo": "text",
            "marker": marks[group],
        }
        for group in marks
        for part in [shown[shown["group"].eq(group)]]
        if len(part)
    ]
    own = [at[code] for code in place]
    traces.append(
        {
            "type": "scatter",
            "mode": "markers",
            "x": rounded(row["value"] for row in own),
            "y": list(place.values()),
            "text": [chart_text(_told(row)) for row in own],
            "hoverinfo": "text",
            "marker": {
                "symbol": ["circle" if is_missing(r["caution"]) else "diamond-open" for r in own],
                "size": 15,
                "color": colours.primary,
                "line": {"width": 2, "color": colours.primary},
            },
        }
    )
    return build(
        traces,
        layout(
            mode,
            height=_ROW * len(drawn) + _TOP + _BOTTOM,
            margin={"l": 10, "r": 10, "t": _TOP, "b": _BOTTOM},
            hovermode="closest",
            xaxis=axis(mode, "%", range=[-2, 102], dtick=25, zeroline=False),
            yaxis={
                "visible": False,
                "fixedrange": True,
                "range": [len(drawn) - 0.7, -0.75],
            },
            annotations=[
                _row_note(row, drawn[row], at[code], colours.text) for code, row in place.items()
            ],
        ),
    )


def _row_note(
    row: int, kind: Mapping[str, Any], own: Mapping[str, Any], colour: str
) -> dict[str, Any]:
    """Return an indicator's name and, below it, the city's value, above the row of cities."""
    value = _("%(value)s (%(year)s)") % {
        "value": value_text(own["value"], kind["unit"]),
        "year": int(own["year"]),
    }
    sign = "" if is_missing(own["caution"]) else f"{CAUTION} "
    return {
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": row - 0.14,
        "yanchor": "bottom",
        "align": "left",
        "showarrow": False,
        "font": {"size": _LABEL, "color": colour},
        "text": f"{chart_text(_name(kind))}<br><b>{chart_text(sign + value)}</b>",
    }


def _told(row: Mapping[str, Any]) -> str:
    return _("%(city)s: %(value)s (%(year)s)") % {
        "city": one_line(row["city_name"]),
        "value": value_text(row["value"], PERCENT),
        "year": str(int(row["year"])),
    }


def _table(
    own: pd.DataFrame,
    kinds: Sequence[Mapping[str, Any]],
    standings: pd.DataFrame,
    country: str,
) -> pd.DataFrame:
    among = {str(row["series"]): row for row in records(standings)}
    others = _("Other cities of %(country)s") % {"country": country}
    rows: list[dict[str, str]] = []
    for kind in kinds:
        mine = records(own[own["series"].eq(kind["series"])])
        rows.extend(
            {
                _("Indicator"): _name(kind),
                _("Value"): _cell(row, kind["unit"]),
                _("Year"): str(int(row["year"])),
                _("Origin"): nature_name(row["nature"]),
                others: _among(among.get(str(kind["series"])), kind["unit"])
                if row is mine[-1]
                else "",
            }
            for row in mine
        )
        if not mine:
            rows.append(
                {
                    _("Indicator"): _name(kind),
                    _("Value"): MISSING,
                    _("Year"): MISSING,
                    _("Origin"): _("not published"),
                    others: _among(among.get(str(kind["series"])), kind["unit"]),
                }
            )
    return pd.DataFrame(rows)


def _cell(row: Mapping[str, Any], unit: object) -> str:
    text = value_text(row["value"], unit if unit == PERCENT else "")
    return text if is_missing(row["caution"]) else f"{CAUTION} {text}"


def _among(row: Mapping[str, Any] | None, unit: object) -> str:
    if row is None or not int(row["n"]):
        return _("none published")
    return ngettext(
        "%(median)s in the one there is", "median %(median)s of %(n)s cities", int(row["n"])
    ) % {
        "median": value_text(row["median"], unit if unit == PERCENT else ""),
        "n": number(int(row["n"])),
    }
