"""Boardings month by month around the opening of routes, of the network and of one district."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from ileaps_views.charts.common import rounded
from ileaps_views.charts.sheet import Sheet, hatch
from ileaps_views.findings import impact as findings
from ileaps_views.i18n import _, number, partial_date
from ileaps_views.rows import records
from ileaps_views.theme import TEXT_SIZE, palette
from ileaps_views.view import LegendItem, View
from ileaps_views.wording import chart_text, qualified

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import plotly.graph_objects as go

    from ileaps_views.effects import Total

_HEIGHT: Final = 420
_DISTRICT_HEIGHT: Final = 300
_DAY: Final = 86_400_000  # plotly's dates are in milliseconds


@dataclass(frozen=True, kw_only=True)
class Opening:
    """Something that happened on a day: which routes opened, and whether distancing ended."""

    on: str
    routes: tuple[str, ...] = ()
    distancing_ends: bool = False
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class EarlierLevel:
    """A published level of another time, for comparison."""

    date: str
    value: float
    qualifier: str = "exact"
    source: str = ""


def monthly_boardings(
    months: pd.DataFrame,
    total: Total,
    openings: Sequence[Opening],
    levels: Sequence[EarlierLevel],
    records_source: str,
    mode: str,
    *,
    takeaway: str = "",
    notes: Sequence[str] = (),
) -> View:
    """Draw boardings a day month by month, the last month split by the estimate.

    Args:
        months: one row a month in order: month (such as "2022-05") and boardings_per_day.
        total: the part of the last month put down to the new routes.
        openings: what opened when.
        levels: published levels of other times.
        records_source: source line of the monthly figures.
        mode: "light" or "dark".
        takeaway: the sentence on the effect.
        notes: caveats.
    """
    rows = records(months)
    colours = palette(mode)
    values = [float(row["boardings_per_day"]) for row in rows]
    table = pd.DataFrame(
        {
            _("Month"): [
                *(partial_date(row["month"]) for row in rows),
                *(partial_date(level.date) for level in levels),
            ],
            _("Boardings a day"): [
                *(number(value) for value in values),
                *(qualified(level.value, level.qualifier) for level in levels),
            ],
            _("Kind of figure"): [
                *(_("smart-card records, by the days of the month") for _row in rows),
                *(_("published level of another time") for _level in levels),
            ],
            _("Source"): [*(records_source for _row in rows), *(level.source for level in levels)],
        }
    )
    return View(
        id="owl-bus-months",
        title=findings.boardings_title(values[0], values[-1], total),
        takeaway=takeaway,
        figure=_months_figure(rows, total, openings, levels, mode),
        table=table,
        unit=_("boardings a day, average of the month"),
        period=_("%(start)s to %(end)s")
        % {"start": partial_date(rows[0]["month"]), "end": partial_date(rows[-1]["month"])},
        sources=tuple(
            dict.fromkeys(
                (
                    records_source,
                    *(level.source for level in levels),
                    *(opening.source for opening in openings),
                )
            )
        ),
        alt=_("Bars of boardings a day: %(months)s.")
        % {
            "months": "; ".join(
                _("%(date)s: %(value)s")
                % {"date": partial_date(row["month"]), "value": number(value)}
                for row, value in zip(rows, values, strict=True)
            )
        },
        method=_(
            "Boardings of the month divided by its days. The hatched part of the last month is "
            "the estimate from the districts; its interval is %(low)s to %(high)s."
        )
        % {"low": number(total.low), "high": number(total.high)},
        notes=(
            *(
                _("%(what)s (%(source)s)")
                % {"what": " ".join(_opening_lines(opening)), "source": opening.source}
                for opening in openings
            ),
            *notes,
        ),
        legend=(
            LegendItem(word=_("boardings a day"), colour=colours.categorical[0], shape="■"),
            LegendItem(
                word=_("put down to the new routes (estimate)"),
                colour=colours.categorical[0],
                shape="▨",
            ),
            LegendItem(word=_("published level of another time"), colour=colours.muted, shape="┄"),
        ),
    )


def _span(month: str) -> tuple[dt.date, int]:
    year, number_ = (int(part) for part in month.split("-"))
    return dt.date(year, number_, 1), calendar.monthrange(year, number_)[1]


def _bars(
    sheet: Sheet,
    rows: Sequence[Mapping[str, Any]],
    heights: Sequence[float],
    **settings: Any,  # noqa: ANN401 - plotly's own trace values
) -> None:
    spans = [_span(row["month"]) for row in rows]
    sheet.bar(
        x=[(start + dt.timedelta(days=days / 2)).isoformat() for start, days in spans],
        y=rounded(heights),
        width=[days * _DAY * 0.92 for _start, days in spans],
        hoverinfo="text",
        **settings,
    )


def _time_axis(sheet: Sheet, rows: Sequence[Mapping[str, Any]]) -> None:
    spans = [_span(row["month"]) for row in rows]
    middles = [start + dt.timedelta(days=days / 2) for start, days in spans]
    last, days = spans[-1]
    sheet.axis(
        "xaxis",
        type="date",
        range=[spans[0][0].isoformat(), (last + dt.timedelta(days=days)).isoformat()],
        tickvals=[middle.isoformat() for middle in middles],
        ticktext=[partial_date(row["month"]).replace(" ", "<br>") for row in rows],
        showgrid=False,
    )


def _months_figure(
    rows: Sequence[Mapping[str, Any]],
    total: Total,
    openings: Sequence[Opening],
    levels: Sequence[EarlierLevel],
    mode: str,
) -> go.Figure:
    colours = palette(mode)
    values = [float(row["boardings_per_day"]) for row in rows]
    top = max([*values, *(level.value for level in levels)]) * 1.42
    sheet = Sheet(mode, height=_HEIGHT, barmode="stack", margin={"l": 8, "r": 8, "t": 10, "b": 8})
    _time_axis(sheet, rows)
    sheet.axis("yaxis", range=[0, top], nticks=6, tickformat=",")
    blue = colours.categorical[0]
    without = [*values[:-1], values[-1] - total.total]
    texts = [
        _("%(date)s: %(value)s boardings a day")
        % {"date": partial_date(row["month"]), "value": number(value)}
        for row, value in zip(rows, values, strict=True)
    ]
    _bars(sheet, rows, without, name="boardings", marker={"color": blue}, hovertext=texts)
    _bars(
        sheet,
        rows[-1:],
        [total.total],
        name="estimate",
        marker={
            "color": colours.background,
            "line": {"color": blue, "width": 2},
            "pattern": {**hatch(colours), "fgcolor": blue, "solidity": 0.3},
        },
        hovertext=[
            _("put down to the new routes: %(value)s (%(low)s to %(high)s)")
            % {
                "value": number(total.total),
                "low": number(total.low),
                "high": number(total.high),
            }
        ],
    )
    for row, value in zip(rows, values, strict=True):
        start, days = _span(row["month"])
        sheet.note(
            number(value),
            x=(start + dt.timedelta(days=days / 2)).isoformat(),
            y=value,
            yanchor="bottom",
            font={"size": TEXT_SIZE, "color": colours.text},
            bgcolor=colours.background,
            borderpad=1,
        )
    _levels(sheet, rows, levels, mode)
    _openings(sheet, openings, mode)
    return sheet.figure()


def _levels(
    sheet: Sheet, rows: Sequence[Mapping[str, Any]], levels: Sequence[EarlierLevel], mode: str
) -> None:
    colours = palette(mode)
    first = _span(rows[0]["month"])[0].isoformat()
    for level in levels:
        sheet.shape(
            type="line",
            xref="paper",
            x0=0,
            x1=1,
            y0=level.value,
            y1=level.value,
            layer="below",
            line={"color": colours.muted, "width": 1.5, "dash": "dot"},
        )
        sheet.note(
            chart_text(
                _("%(date)s: %(value)s")
                % {
                    "date": partial_date(level.date),
                    "value": qualified(level.value, level.qualifier),
                }
            ),
            x=first,
            xanchor="left",
            xshift=4,
            y=level.value,
            yanchor="bottom",
            font={"size": TEXT_SIZE - 1, "color": colours.muted},
        )


def _openings(sheet: Sheet, openings: Sequence[Opening], mode: str) -> None:
    colours = palette(mode)
    for place, opening in enumerate(openings):
        sheet.shape(
            type="line",
            x0=opening.on,
            x1=opening.on,
            yref="paper",
            y0=0,
            y1=1,
            line={"color": colours.text, "width": 1.5},
        )
        sheet.note(
            "<br>".join(chart_text(line) for line in _opening_lines(opening)),
            x=opening.on,
            xanchor="right",
            xshift=-5,
            align="right",
            yref="paper",
            y=1 - 0.16 * place,
            yanchor="top",
            bgcolor=colours.background,
            font={"size": TEXT_SIZE - 1, "color": colours.text},
        )


def _opening_lines(opening: Opening) -> list[str]:
    routes = _("%(date)s: %(routes)s open") % {
        "date": partial_date(opening.on),
        "routes": ", ".join(opening.routes),
    }
    return [routes, _("and all distancing rules end")] if opening.distancing_ends else [routes]


def district_months(
    months: pd.DataFrame, new_routes: Sequence[str], sources: Sequence[str], mode: str
) -> View:
    """Draw boardings a day of one district month by month, with the service it had.

    Args:
        months: rows of one district in order of time: month, district_name, district,
            boardings_per_day, route_stop_pairs, routes (joined by ";").
        new_routes: routes of the last month that the first did not have.
        sources: source lines.
        mode: "light" or "dark".
    """
    rows = records(months)
    colours = palette(mode)
    values = [float(row["boardings_per_day"]) for row in rows]
    sheet = Sheet(mode, height=_DISTRICT_HEIGHT, margin={"l": 8, "r": 8, "t": 10, "b": 8})
    _time_axis(sheet, rows)
    sheet.axis("yaxis", range=[0, max(values) * 1.3], nticks=5, tickformat=",")
    texts = [
        _("%(value)s a day, %(pairs)s pairs, routes %(routes)s")
        % {
            "value": number(value),
            "pairs": number(row["route_stop_pairs"]),
            "routes": ", ".join(row["routes"].split(";")),
        }
        for row, value in zip(rows, values, strict=True)
    ]
    _bars(
        sheet,
        rows,
        values,
        name="district",
        marker={"color": colours.categorical[1]},
        hovertext=[chart_text(text) for text in texts],
    )
    for row, value in zip(rows, values, strict=True):
        start, days = _span(row["month"])
        sheet.note(
            "<br>".join(
                (
                    number(value),
                    chart_text(_("%(n)s pairs") % {"n": number(row["route_stop_pairs"])}),
                )
            ),
            x=(start + dt.timedelta(days=days / 2)).isoformat(),
            y=value,
            yanchor="bottom",
            font={"size": TEXT_SIZE - 1, "color": colours.text},
        )
    return View(
        id="owl-bus-district",
        title=findings.district_title(
            rows[0]["district_name"], (values[0], values[-1]), list(new_routes)
        ),
        takeaway="",
        figure=sheet.figure(),
        table=pd.DataFrame(
            {
                _("Month"): [partial_date(row["month"]) for row in rows],
                _("Boardings a day"): [number(value) for value in values],
                _("Pairs of route and stop"): [number(row["route_stop_pairs"]) for row in rows],
                _("Routes"): [", ".join(row["routes"].split(";")) for row in rows],
            }
        ),
        unit=_("boardings a day at the stops of the district, average of the month"),
        period=_("%(start)s to %(end)s")
        % {"start": partial_date(rows[0]["month"]), "end": partial_date(rows[-1]["month"])},
        sources=tuple(sources),
        alt="; ".join(
            _("%(date)s: %(value)s") % {"date": partial_date(row["month"]), "value": text}
            for row, text in zip(rows, texts, strict=True)
        ),
        method=_(
            "A pair is a night route and a stop it serves. Stops stand in the district the list "
            "of stops names; one it lacks in the district its number begins with."
        ),
    )
