"""City values of SDG 11 for the partner cities, beside the other cities of their economies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from ileaps_views import sdg_methods
from ileaps_views.charts.common import axis, build, layout, rounded
from ileaps_views.findings import sdg
from ileaps_views.findings.words import join_names
from ileaps_views.i18n import MISSING, _, ngettext, number
from ileaps_views.rows import records
from ileaps_views.sdg_statuses import mark, shown_code
from ileaps_views.sdg_words import nature_name, value_text
from ileaps_views.theme import palette
from ileaps_views.view import LegendItem, View
from ileaps_views.wording import chart_text, is_missing, one_line, shortened

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import plotly.graph_objects as go

CAUTION: Final = "⚠"
_ROW: Final = 26
_BOTTOM: Final = 46
_NAME: Final = 12
_LONGEST_NAME: Final = 17


def city_values(
    values: pd.DataFrame, series: pd.DataFrame, cities: Mapping[str, str], *, source: str
) -> View:
    """List the latest city values of the partner cities, one column an indicator.

    Args:
        values: sdg_city_values: `series`, `city_id`, `year`, `value`, `caution`.
        series: the rows of sdg_series to show, in order.
        cities: the partner cities' names by id; those without a value stay rows.
        source: the line under the table.
    """
    own = values[values["city_id"].isin(cities) & values["series"].isin(series["series"])]
    latest = own.sort_values("year").drop_duplicates(["city_id", "series"], keep="last")
    at = {(str(r["city_id"]), str(r["series"])): r for r in records(latest)}
    known = {city for city, _code in at}
    without = [name for city, name in cities.items() if city not in known]
    cautions = [row for row in at.values() if not is_missing(row["caution"])]
    table = pd.DataFrame(
        [
            {
                _("City"): name,
                **{
                    _("%(indicator)s %(name)s")
                    % {"indicator": each["indicator"], "name": each["short_name"]}: _cell(
                        at.get((city, str(each["series"]))), each["unit"]
                    )
                    for each in records(series)
                },
            }
            for city, name in cities.items()
            if city in known
        ]
    )
    return View(
        id="sdg-cities",
        title=sdg.cities_title(len(latest), len(cities), len(series), len(cautions)),
        takeaway=_("No city value is published for: %(names)s.") % {"names": join_names(without)}
        if without
        else _("Every partner city has at least one of them."),
        table=table,
        unit=_("each indicator in its own unit, the year beside the value"),
        period=_years(latest),
        sources=(source,),
        method=_(
            "Latest value of each city as published. A sign marks values that are kept as "
            "published and are hard to believe; the reason is below."
        ),
        notes=tuple(
            dict.fromkeys(
                _("%(sign)s %(city)s, %(value)s: %(reason)s.")
                % {
                    "sign": CAUTION,
                    "city": cities[str(row["city_id"])],
                    "value": value_text(row["value"]),
                    "reason": one_line(row["caution"]).rstrip("."),
                }
                for row in cautions
            )
        ),
    )


def _cell(row: Mapping[str, Any] | None, unit: object) -> str:
    if row is None or is_missing(row["value"]):
        return MISSING
    words = {
        "value": value_text(row["value"], unit if unit == "percent" else ""),
        "year": str(int(row["year"])),
        "sign": CAUTION,
    }
    if is_missing(row["caution"]):
        return _("%(value)s (%(year)s)") % words
    return _("%(sign)s %(value)s (%(year)s)") % words


def _years(rows: pd.DataFrame) -> str:
    if rows.empty:
        return ""
    first, last = int(rows["year"].min()), int(rows["year"].max())
    return str(first) if first == last else f"{first}–{last}"


def city_indicator(
    values: pd.DataFrame,
    series: Mapping[str, Any],
    cities: Mapping[str, str],
    progress: pd.DataFrame,
    mode: str,
    *,
    source: str,
) -> View:
    """Draw one indicator of the partner cities among the other cities of their economies.

    Args:
        values: sdg_city_values of all cities: `series`, `city_code`, `city_name`, `iso3`,
            `city_id`, `year`, `value`, `nature`, `caution`.
        series: the row of sdg_series to draw.
        cities: the partner cities' names by id.
        progress: progress_table(...) with `area_id` the city code: `status`, `reason`.
        mode: "light" or "dark".
        source: the line under the chart.
    """
    own = values[values["series"].eq(series["series"]) & values["value"].notna()]
    partners = own[own["city_id"].isin(cities)].sort_values("year")
    latest = partners.drop_duplicates("city_id", keep="last")
    latest = latest.assign(name=latest["city_id"].map(dict(cities))).sort_values(
        ["value", "name"], ascending=[False, True]
    )
    unit = one_line(series["unit"])
    name = _("%(indicator)s %(name)s") % {
        "indicator": series["indicator"],
        "name": series["short_name"],
    }
    codes = {
        str(row["area_id"]): shown_code(row["status"], row["reason"]) for row in records(progress)
    }
    cautions = [row for row in records(latest) if not is_missing(row["caution"])]
    title = _city_title(name, latest, unit)
    return View(
        id="sdg-city-indicator",
        title=title,
        takeaway=_level_only(latest, codes, series),
        figure=_figure(latest, partners, own, unit, mode) if len(latest) else None,
        table=_table(partners, cities, codes, unit, source),
        unit=unit,
        period=_years(own),
        sources=(source,),
        alt=_("%(title)s. %(n)s partner cities, with the other cities of their economies.")
        % {"title": title, "n": number(len(latest))},
        method=_("Values as published. Trend by %(method)s: %(text)s")
        % {
            "method": sdg_methods.method("statcan").name,
            "text": sdg_methods.method("statcan").sentences,
        },
        notes=(
            *(text for text in (one_line(series.get("direction_note")),) if text),
            *(
                _("%(sign)s %(city)s, %(value)s: %(reason)s.")
                % {
                    "sign": CAUTION,
                    "city": str(row["name"]),
                    "value": value_text(row["value"], unit),
                    "reason": one_line(row["caution"]).rstrip("."),
                }
                for row in cautions
            ),
        ),
        legend=_legend(bool(cautions), len(partners) > len(latest), mode),
    )


def _city_title(name: str, latest: pd.DataFrame, unit: str) -> str:
    believed = records(latest[latest["caution"].isna()])
    if not believed:
        return _("%(name)s: no value without a caution for a partner city") % {"name": name}
    high, low = believed[0], believed[-1]
    words = {
        "name": name,
        "high": value_text(high["value"], unit if unit == "percent" else ""),
        "top": high["name"],
        "low": value_text(low["value"], unit if unit == "percent" else ""),
        "bottom": low["name"],
    }
    if len(believed) == 1:
        return _("%(name)s: %(high)s in %(top)s") % words
    return _("%(name)s: from %(low)s in %(bottom)s to %(high)s in %(top)s") % words


def _level_only(latest: pd.DataFrame, codes: Mapping[str, str], series: Mapping[str, Any]) -> str:
    if is_missing(series["direction"]) or int(series["direction"]) == 0:
        return _("A level only: which way is better is not stated, so there is no status.")
    judged = [code for code in latest["city_code"] if mark(codes.get(str(code))).tone != "none"]
    if not judged:
        return _("One year a city: a level only, no trend can be told.")
    return ngettext(
        "%(n)s city has enough years for a trend; the others show a level only.",
        "%(n)s cities have enough years for a trend; the others show a level only.",
        len(judged),
    ) % {"n": number(len(judged))}


def _figure(
    latest: pd.DataFrame, partners: pd.DataFrame, every: pd.DataFrame, unit: str, mode: str
) -> go.Figure:
    colours = palette(mode)
    rows = records(latest)
    place = {str(row["city_id"]): number_ for number_, row in enumerate(rows)}
    context = _context(every, rows, place)
    earlier = partners[
        ~partners.set_index(["city_id", "year"]).index.isin(
            latest.set_index(["city_id", "year"]).index
        )
    ]
    drawn = [*latest["value"], *earlier["value"], *(value for value, _row, _told in context)]
    # a few ratios near zero growth would press all others together: cut, and said in the hover
    low, high = min(0.0, *map(float, drawn)), max(map(float, drawn))
    if unit != "percent":
        low, high = max(low, -10.0), min(high, 10.0)
    room = (high - low) * 0.04 or 1.0
    tint = colours.categorical[0]
    return build(
        [
            _dots(
                [value for value, _row, _told in context],
                [row for _value, row, _told in context],
                [told for _value, _row, told in context],
                {"symbol": "line-ns-open", "size": 12, "color": colours.muted, "opacity": 0.55},
            ),
            _dots(
                list(earlier["value"]),
                [place[str(city)] for city in earlier["city_id"]],
                [_told(row, unit) for row in records(earlier)],
                {"symbol": "circle-open", "size": 9, "color": tint, "line": {"width": 1.5}},
            ),
            _dots(
                [row["value"] for row in rows],
                list(range(len(rows))),
                [_told(row, unit) for row in rows],
                {
                    "symbol": [
                        "circle" if is_missing(row["caution"]) else "diamond-open" for row in rows
                    ],
                    "size": 13,
                    "color": tint,
                    "line": {"width": 2, "color": tint},
                },
            ),
        ],
        layout(
            mode,
            height=_ROW * len(rows) + _BOTTOM + 10,
            margin={"l": 8, "r": 96, "t": 10, "b": _BOTTOM},
            hovermode="closest",
            xaxis=axis(mode, unit, range=[low - room, high + room], nticks=6),
            yaxis={
                "fixedrange": True,
                "range": [len(rows) - 0.4, -0.6],
                "showgrid": True,
                "gridcolor": colours.grid,
                "zeroline": False,
                "automargin": True,
                "tickfont": {"size": _NAME, "color": colours.text},
                "tickvals": list(range(len(rows))),
                "ticktext": [
                    chart_text(shortened(str(row["name"]), _LONGEST_NAME)) for row in rows
                ],
            },
            annotations=[
                {
                    "x": 1,
                    "xref": "paper",
                    "xanchor": "left",
                    "xshift": 6,
                    "y": number_,
                    "yanchor": "middle",
                    "showarrow": False,
                    "text": chart_text(_cell(row, unit)),
                    "font": {"size": _NAME, "color": colours.text},
                }
                for number_, row in enumerate(rows)
            ],
        ),
    )


def _dots(
    values: Sequence[float], rows: Sequence[int], told: Sequence[str], marker: dict[str, Any]
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": rounded(values),
        "y": list(rows),
        "text": list(told),
        "hoverinfo": "text",
        "marker": marker,
    }


def _context(
    every: pd.DataFrame, rows: Sequence[Mapping[str, Any]], place: Mapping[str, int]
) -> list[tuple[float, int, str]]:
    """Return the latest values of the other cities of each row's economy."""
    others = every.sort_values("year").drop_duplicates("city_code", keep="last")
    found: list[tuple[float, int, str]] = []
    for row in rows:
        own = others[others["iso3"].eq(row["iso3"]) & others["city_code"].ne(row["city_code"])]
        found.extend(
            (
                float(value),
                place[str(row["city_id"])],
                chart_text(
                    _("%(city)s: %(value)s (%(year)s)")
                    % {"city": name, "value": value_text(value), "year": str(int(year))}
                ),
            )
            for name, value, year in zip(own["city_name"], own["value"], own["year"], strict=True)
        )
    return found


def _told(row: Mapping[str, Any], unit: str) -> str:
    lines = [
        _("%(city)s: %(value)s (%(year)s)")
        % {
            "city": one_line(row["city_name"]),
            "value": value_text(row["value"], unit),
            "year": str(int(row["year"])),
        },
        nature_name(row["nature"]),
    ]
    if not is_missing(row["caution"]):
        lines.append(_("Caution: %(reason)s") % {"reason": one_line(row["caution"])})
    return "<br>".join(chart_text(line) for line in lines)


def _table(
    partners: pd.DataFrame,
    cities: Mapping[str, str],
    codes: Mapping[str, str],
    unit: str,
    source: str,
) -> pd.DataFrame:
    ordered = partners.assign(name=partners["city_id"].map(dict(cities))).sort_values(
        ["name", "year"]
    )
    return pd.DataFrame(
        [
            {
                _("City"): str(row["name"]),
                _("Year"): str(int(row["year"])),
                _("Value"): value_text(row["value"], unit),
                _("Origin"): nature_name(row["nature"]),
                _("Trend"): mark(codes.get(str(row["city_code"]))).label,
                _("Caution"): one_line(row["caution"]) or MISSING,
                _("Source"): source,
            }
            for row in records(ordered)
        ]
    )


def _legend(cautioned: bool, several: bool, mode: str) -> tuple[LegendItem, ...]:
    colours = palette(mode)
    tint = colours.categorical[0]
    return (
        LegendItem(word=_("partner city, latest value"), colour=tint, shape="●"),
        *((LegendItem(word=_("its earlier values"), colour=tint, shape="○"),) if several else ()),
        *(
            (LegendItem(word=_("hard to believe, see caveats"), colour=tint, shape="◇"),)
            if cautioned
            else ()
        ),
        LegendItem(word=_("other cities of the same economy"), colour=colours.muted, shape="|"),
    )
