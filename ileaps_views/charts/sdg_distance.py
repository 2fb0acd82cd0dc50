"""One series over all economies: the latest value of each, its year and origin, the target."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from ileaps_views.charts.common import axis, build, layout, rounded
from ileaps_views.findings import sdg
from ileaps_views.i18n import MISSING, _, number
from ileaps_views.rows import records
from ileaps_views.sdg_words import nature_name, nature_symbol, value_text
from ileaps_views.theme import palette
from ileaps_views.view import LegendItem, View
from ileaps_views.wording import chart_text, is_missing, one_line, shortened

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_ROW: Final = 22
_TOP: Final = 30
_BOTTOM: Final = 30
_NAME: Final = 12
_LONGEST_NAME: Final = 17
LEAST_COVERAGE: Final = 0.8  # ranks only where under 20% of the values are missing


def distance_to_target(
    latest: pd.DataFrame,
    series: Mapping[str, Any],
    economies: Mapping[str, str],
    mode: str,
    *,
    source: str,
) -> View:
    """Draw the latest value of each economy on one axis, best first, with year and origin.

    Args:
        latest: `area_id`, `current_value`, `current_bound`, `current_year`, `current_nature`.
        series: the row of sdg_series.
        economies: the names of all economies that could have a value, by id.
        mode: "light" or "dark".
        source: the line under the chart.
    """
    unit = one_line(series["unit"])
    own = latest[latest["area_id"].isin(economies) & latest["current_value"].notna()]
    direction = 0 if is_missing(series["direction"]) else int(series["direction"])
    ordered = own.assign(name=own["area_id"].map(dict(economies))).sort_values(
        ["current_value", "name"], ascending=[direction < 0, True]
    )
    rows = records(ordered)
    target = None if is_missing(series["target_value"]) else float(series["target_value"])
    reached = [row for row in rows if target is not None and _at(row, target, direction)]
    missing = sorted(set(economies.values()) - set(ordered["name"]))
    covered = len(rows) / len(economies) if economies else 0.0
    ranked = direction != 0 and covered >= LEAST_COVERAGE
    name = one_line(series["short_name"])
    title = sdg.distance_title(
        name, len(reached), len(rows), "" if target is None else value_text(target, unit)
    )
    years = ordered["current_year"]
    return View(
        id="sdg-distance",
        title=title,
        takeaway=_rank_sentence(len(rows), len(economies), direction, ranked=ranked),
        figure=_figure(rows, unit, target, mode) if rows else None,
        table=_table(rows, unit, target, source, ranked=ranked),
        unit=unit,
        period=_("latest values of %(first)s to %(last)s")
        % {"first": int(years.min()), "last": int(years.max())}
        if rows
        else "",
        sources=(source,),
        alt=_("%(title)s. Values from %(low)s to %(high)s.")
        % {
            "title": title,
            "low": value_text(own["current_value"].min(), unit),
            "high": value_text(own["current_value"].max(), unit),
        },
        method=_(
            "Latest published total of each economy, whatever its year; distance = target less "
            "value. Values of different years are not equally new."
        ),
        notes=(_("No value for: %(names)s.") % {"names": ", ".join(missing)},) if missing else (),
        legend=_legend(rows, target, mode),
    )


def _at(row: Mapping[str, Any], target: float, direction: int) -> bool:
    wrong_side = {1: "below", -1: "above"}.get(direction, "")
    if one_line(row["current_bound"]) == wrong_side:
        return False
    return direction * (float(row["current_value"]) - target) >= 0


def _rank_sentence(known: int, every: int, direction: int, *, ranked: bool) -> str:
    words = {"known": number(known), "all": number(every)}
    if ranked:
        return _("%(known)s of %(all)s economies have a value: ranks are in the table.") % words
    if not direction:
        return (
            _(
                "%(known)s of %(all)s economies have a value. Whether more or less is better is "
                "not stated, so nobody is ranked."
            )
            % words
        )
    return (
        _(
            "%(known)s of %(all)s economies have a value. No ranks: a fifth or more of the values "
            "are missing."
        )
        % words
    )


def _figure(rows: Sequence[Mapping[str, Any]], unit: str, target: float | None, mode: str) -> Any:  # noqa: ANN401 - plotly's figure
    colours = palette(mode)
    values = [float(row["current_value"]) for row in rows]
    ends = [*values, *([] if target is None else [target])]
    low, high = min(0.0, *ends), max(ends) or 1.0
    room = (high - low) * 0.04 or 1.0
    places = list(range(len(rows)))
    bounds = {"above": "triangle-right-open", "below": "triangle-left-open"}
    stems: dict[str, Any] = {
        "type": "scatter",
        "mode": "lines",
        "name": "distance",
        "x": [x for value in values for x in (value, low if target is None else target, None)],
        "y": [y for place in places for y in (place, place, None)],
        "line": {"color": colours.grid, "width": 4},
        "hoverinfo": "skip",
    }
    dots = {
        "type": "scatter",
        "mode": "markers",
        "name": "values",
        "x": rounded(values),
        "y": places,
        "customdata": [[str(row["area_id"])] for row in rows],
        "text": ["<br>".join(chart_text(text) for text in _told(row, unit)) for row in rows],
        "hoverinfo": "text",
        "cliponaxis": False,
        "marker": {
            "size": 10,
            "symbol": [
                bounds.get(one_line(row["current_bound"]))
                or nature_symbol(row["current_nature"])[0]
                for row in rows
            ],
            "color": colours.categorical[0],
            "line": {"width": 2, "color": colours.categorical[0]},
        },
    }
    said = [
        {
            "x": 1,
            "xref": "paper",
            "xanchor": "left",
            "xshift": 6,
            "y": place,
            "yanchor": "middle",
            "showarrow": False,
            "text": chart_text(
                _("%(value)s, %(year)s")
                % {
                    "value": value_text(
                        row["current_value"],
                        unit if unit == "percent" else "",
                        row["current_bound"],
                    ),
                    "year": str(int(row["current_year"])),
                }
            ),
            "font": {"size": _NAME, "color": colours.text},
        }
        for place, row in zip(places, rows, strict=True)
    ]
    return build(
        [stems, dots],
        layout(
            mode,
            height=_TOP + _BOTTOM + _ROW * len(rows),
            margin={"l": 8, "r": 92, "t": _TOP, "b": _BOTTOM},
            hovermode="closest",
            xaxis=axis(mode, range=[low - room, high + room], nticks=5, zeroline=False),
            yaxis={
                "fixedrange": True,
                "range": [len(rows) - 0.4, -0.6],
                "showgrid": False,
                "zeroline": False,
                "automargin": True,
                "tickfont": {"size": _NAME, "color": colours.text},
                "tickvals": places,
                "ticktext": [
                    chart_text(shortened(str(row["name"]), _LONGEST_NAME)) for row in rows
                ],
            },
            annotations=[*said, *_target_word(target, unit, colours.primary)],
            shapes=_target(target, len(rows), colours.primary),
        ),
    )


def _target(target: float | None, rows: int, colour: str) -> list[dict[str, Any]]:
    if target is None:
        return []
    return [
        {
            "type": "line",
            "x0": target,
            "x1": target,
            "y0": -0.6,
            "y1": rows - 0.4,
            "line": {"color": colour, "width": 2},
            "layer": "below",
        }
    ]


def _target_word(target: float | None, unit: str, colour: str) -> list[dict[str, Any]]:
    if target is None:
        return []
    return [
        {
            "x": target,
            "y": 1,
            "yref": "paper",
            "xanchor": "right" if target > 0 else "left",
            "yanchor": "bottom",
            "showarrow": False,
            "text": chart_text(_("target %(value)s") % {"value": value_text(target, unit)}),
            "font": {"size": _NAME, "color": colour},
        }
    ]


def _told(row: Mapping[str, Any], unit: str) -> tuple[str, ...]:
    return (
        str(row["name"]),
        _("%(value)s in %(year)s, %(nature)s")
        % {
            "value": value_text(row["current_value"], unit, row["current_bound"]),
            "year": str(int(row["current_year"])),
            "nature": nature_name(row["current_nature"]),
        },
    )


def _table(
    rows: Sequence[Mapping[str, Any]],
    unit: str,
    target: float | None,
    source: str,
    *,
    ranked: bool,
) -> pd.DataFrame:
    values = pd.Series([float(row["current_value"]) for row in rows])
    # rows come best first: equal values share the better rank
    ranks = values.map({value: place + 1 for place, value in reversed(list(enumerate(values)))})
    return pd.DataFrame(
        [
            {
                **({_("Rank"): str(int(rank))} if ranked else {}),
                _("Economy"): str(row["name"]),
                _("Value"): value_text(row["current_value"], unit, row["current_bound"]),
                _("Year"): str(int(row["current_year"])),
                _("Distance to target"): MISSING
                if target is None or one_line(row["current_bound"])
                else value_text(target - float(row["current_value"]), unit),
                _("Origin"): nature_name(row["current_nature"]),
                _("Source"): source,
            }
            for row, rank in zip(rows, ranks, strict=True)
        ]
    )


def _legend(
    rows: Sequence[Mapping[str, Any]], target: float | None, mode: str
) -> tuple[LegendItem, ...]:
    colours = palette(mode)
    tint = colours.categorical[0]
    natures = dict.fromkeys(one_line(row["current_nature"]) for row in rows)
    bounds = {one_line(row["current_bound"]) for row in rows}
    return (
        *(
            LegendItem(word=nature_name(code), colour=tint, shape=nature_symbol(code)[1])
            for code in natures
        ),
        *(
            (LegendItem(word=_("above this number"), colour=tint, shape="▷"),)
            if "above" in bounds
            else ()
        ),
        *(
            (LegendItem(word=_("below this number"), colour=tint, shape="◁"),)
            if "below" in bounds
            else ()
        ),
        *(
            (LegendItem(word=_("target"), colour=colours.primary, shape="┃"),)
            if target is not None
            else ()
        ),
    )
