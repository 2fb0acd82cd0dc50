"""Dose and response across places, with the line through them and each place to be named."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from ileaps_views import effects
from ileaps_views.charts.common import rounded
from ileaps_views.charts.sheet import Sheet
from ileaps_views.findings import impact as findings
from ileaps_views.i18n import _, number
from ileaps_views.labels import Box, LabelPoint, axis_pixels, place_labels
from ileaps_views.rows import records
from ileaps_views.theme import TEXT_SIZE, palette
from ileaps_views.view import LegendItem, View
from ileaps_views.wording import chart_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import plotly.graph_objects as go

    from ileaps_views.effects import Slope, Total

_HEIGHT: Final = 440
_MARGIN: Final = {"l": 52, "r": 12, "t": 12, "b": 52}
_PIECES: Final = 24
_NARROW: Final = 360 - 2 * 16
_TICKS: Final = (0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0, 10.0)


def dose_response_scatter(
    units: pd.DataFrame,
    slope: Slope,
    total: Total,
    sources: Sequence[str],
    mode: str,
    *,
    chosen: str,
    period: str = "",
) -> View:
    """Draw each district by its change of service and of boardings, with the line through them.

    Args:
        units: one row a district: district_name, district, and of route_stop_pairs and
            boardings_per_day each `_before`, `_after`, `_change` (of the logarithm); `expected`
            (the line), `slope_without`.
        slope: the fitted line.
        total: what it implies for the city.
        sources: source lines.
        mode: "light" or "dark".
        chosen: the district_name to be named.
        period: the months compared, as words.
    """
    rows = [_times(row) for row in records(units)]
    own = next((row for row in rows if row["district_name"] == chosen), None)
    colours = palette(mode)
    return View(
        id="owl-bus-districts",
        title=findings.slope_title(slope, total),
        takeaway=""
        if own is None
        else findings.district_sentence(
            own["district_name"],
            (own["route_stop_pairs_before"], own["route_stop_pairs_after"]),
            (own["boardings_per_day_before"], own["boardings_per_day_after"]),
            own["line"],
        ),
        figure=_scatter(rows, slope, chosen, mode) if rows else None,
        table=_unit_table(rows),
        unit=_("times, after divided by before; both axes logarithmic"),
        period=period,
        sources=tuple(sources),
        alt=_(
            "Scatter of %(n)s districts: change of night service against change of boardings, "
            "rising; %(slope)s."
        )
        % {"n": number(len(rows)), "slope": effects.slope_text(slope)},
        method=_(
            "Least squares of the change of log boardings a day on the change of log pairs of "
            "route and stop, one point a district; error for unequal variances (HC1), p-value "
            "from 9,999 reshuffled doses: %(slope)s. Leaving out one district at a time gives "
            "%(low)s to %(high)s. What all districts share, the reopening, is the height of the "
            "line where service did not change. Implied for the city: the sum over districts of "
            "boardings × (1 − exp(−slope × change))."
        )
        % {
            "slope": effects.slope_text(slope),
            "low": number(slope.leave_one_out[0], 2),
            "high": number(slope.leave_one_out[1], 2),
        },
        notes=tuple(effects.caveat_sentence(caveat) for caveat in slope.caveats),
        legend=(
            LegendItem(word=_("a district"), colour=colours.categorical[0], shape="●"),
            LegendItem(word=_("the district chosen"), colour=colours.categorical[1], shape="◆"),
            LegendItem(word=_("line through all"), colour=colours.muted, shape="╌"),
            LegendItem(word=_("no change of service"), colour=colours.muted, shape="┊"),
        ),
    )


def _times(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **row,
        "dose": math.exp(row["route_stop_pairs_change"]),
        "response": math.exp(row["boardings_per_day_change"]),
        "line": math.exp(row["expected"]),
    }


def _scatter(rows: Sequence[Mapping[str, Any]], slope: Slope, chosen: str, mode: str) -> go.Figure:
    colours = palette(mode)
    across = _room([row["dose"] for row in rows])
    down = _room([row["response"] for row in rows] + [row["line"] for row in rows])
    sheet = Sheet(mode, height=_HEIGHT, margin=_MARGIN, hovermode="closest")
    for name, title, (low, high) in (
        ("xaxis", _("Pairs of route and stop, times"), across),
        ("yaxis", _("Boardings a day, times"), down),
    ):
        ticks = [tick for tick in _TICKS if low <= tick <= high]
        sheet.axis(
            name,
            title,
            type="log",
            range=[math.log10(low), math.log10(high)],
            tickvals=ticks,
            ticktext=["×" + number(tick, 0 if tick.is_integer() else 1) for tick in ticks],
            automargin=False,
            zeroline=False,
        )
    ends = [math.exp(slope.intercept + slope.estimate * math.log(end)) for end in across]
    sheet.scatter(
        x=rounded(across),
        y=rounded(ends),
        mode="lines",
        name="line",
        line={"color": colours.muted, "width": 2, "dash": "dash"},
        hoverinfo="skip",
    )
    sheet.shape(
        type="line",
        x0=1,
        x1=1,
        yref="paper",
        y0=0,
        y1=1,
        line={"color": colours.muted, "width": 1, "dash": "dot"},
        layer="below",
    )
    for is_chosen in (False, True):
        group = [row for row in rows if (row["district_name"] == chosen) is is_chosen]
        sheet.scatter(
            x=rounded(row["dose"] for row in group),
            y=rounded(row["response"] for row in group),
            mode="markers",
            name="chosen" if is_chosen else "districts",
            marker={
                "size": 14 if is_chosen else 9,
                "symbol": "diamond" if is_chosen else "circle",
                "color": colours.categorical[1 if is_chosen else 0],
                "line": {"color": colours.background, "width": 1},
            },
            text=[_hover(row) for row in group],
            hoverinfo="text",
        )
    for note in _labels(rows, chosen, (across, down), ends):
        sheet.note(**note)
    return sheet.figure()


def _room(values: Sequence[float]) -> tuple[float, float]:
    low, high = min([*values, 1.0]), max([*values, 1.0])
    pad = (high / low) ** 0.08
    return low / pad, high * pad


def _hover(row: Mapping[str, Any]) -> str:
    lines = (
        f"{row['district_name']} · {row['district']}",
        _("service %(before)s → %(after)s pairs (%(times)s times)")
        % {
            "before": number(row["route_stop_pairs_before"]),
            "after": number(row["route_stop_pairs_after"]),
            "times": number(row["dose"], 2),
        },
        _("boardings a day %(before)s → %(after)s (%(times)s times)")
        % {
            "before": number(row["boardings_per_day_before"]),
            "after": number(row["boardings_per_day_after"]),
            "times": number(row["response"], 2),
        },
        _("slope without it %(slope)s") % {"slope": number(row["slope_without"], 3)},
    )
    return "<br>".join(chart_text(line) for line in lines)


def _labels(
    rows: Sequence[Mapping[str, Any]],
    chosen: str,
    ranges: tuple[tuple[float, float], tuple[float, float]],
    ends: Sequence[float],
) -> list[dict[str, Any]]:
    """Name the chosen district, then those furthest from the line, where a phone has room."""
    across, down = ranges
    width = _NARROW - _MARGIN["l"] - _MARGIN["r"]
    height = _HEIGHT - _MARGIN["t"] - _MARGIN["b"]
    order = sorted(rows, key=lambda row: (row["district_name"] != chosen, -abs(row["residual"])))
    placed = place_labels(
        [
            LabelPoint(
                key=row["district_name"],
                text=row["district_name"].removesuffix("-gu"),
                x=axis_pixels(row["dose"], *across, width, log=True),
                y=height - axis_pixels(row["response"], *down, height, log=True),
                radius=8 if row["district_name"] == chosen else 5,
                priority=position,
                font_size=TEXT_SIZE - 1,
            )
            for position, row in enumerate(order)
        ],
        width,
        height,
        obstacles=_along(
            (0.0, height - axis_pixels(ends[0], *down, height, log=True)),
            (width, height - axis_pixels(ends[1], *down, height, log=True)),
        ),
    )
    found = {row["district_name"]: row for row in rows}
    return [
        {
            "x": math.log10(found[label.key]["dose"]),
            "y": math.log10(found[label.key]["response"]),
            "text": _bold(chart_text(label.text))
            if label.key == chosen
            else chart_text(label.text),
            "xanchor": label.plotly_xanchor,
            "yanchor": label.plotly_yanchor,
            "xshift": round(label.dx),
            "yshift": -round(label.dy),
            "font": {"size": TEXT_SIZE - 1},
        }
        for label in placed
    ]


def _along(start: tuple[float, float], end: tuple[float, float]) -> list[Box]:
    """Boxes along a straight line, for labels to keep off."""
    corners = [
        tuple(a + (b - a) * step / _PIECES for a, b in zip(start, end, strict=True))
        for step in range(_PIECES + 1)
    ]
    return [
        Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        for (x0, y0), (x1, y1) in itertools.pairwise(corners)
    ]


def _bold(text: str) -> str:
    return f"<b>{text}</b>"


def _unit_table(rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    ordered = sorted(rows, key=lambda row: -row["dose"])
    return pd.DataFrame(
        {
            _("District"): [f"{row['district_name']} ({row['district']})" for row in ordered],
            _("Pairs before"): [number(row["route_stop_pairs_before"]) for row in ordered],
            _("Pairs after"): [number(row["route_stop_pairs_after"]) for row in ordered],
            _("Service, times"): [number(row["dose"], 2) for row in ordered],
            _("Boardings a day before"): [
                number(row["boardings_per_day_before"]) for row in ordered
            ],
            _("Boardings a day after"): [number(row["boardings_per_day_after"]) for row in ordered],
            _("Boardings, times"): [number(row["response"], 2) for row in ordered],
            _("The line expects, times"): [number(row["line"], 2) for row in ordered],
            _("Slope without it"): [number(row["slope_without"], 3) for row in ordered],
        }
    )
