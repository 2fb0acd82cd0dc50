"""Lines over years, each named at its end, projections told apart from estimates."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from ileaps_views.charts.common import (
    GLYPHS,
    MOST_LINES,
    axis,
    build,
    layout,
    rounded,
    wrapped,
)
from ileaps_views.i18n import _
from ileaps_views.labels import axis_pixels, spread, text_size
from ileaps_views.theme import SYMBOLS, palette
from ileaps_views.wording import chart_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go

HEIGHT: Final = 440
_TOP: Final = 26
_NOTE: Final = 16  # pixels a second line of notes above the plot takes
_BOTTOM: Final = 44
_LABEL: Final = 13  # font size of a line's name
_GAP: Final = 10  # pixels between a line's end and its name
_MARKS: Final = 14  # symbols along a line, however many points it has
_PROJECTED: Final = (
    "6px,4px",
    "2px,3px",
    "8px,3px,2px,3px",
    "12px,4px",
    "3px,6px",
    "10px,3px,3px,3px,3px,3px",
)
_TICKS: Final = ((60, 25), (20, 10), (10, 5), (4, 2))  # above so many years, ticks so far apart


@dataclass(frozen=True, kw_only=True)
class Line:
    """One series: ascending years, values in the axis' unit, NaN where missing."""

    name: str
    years: tuple[int, ...]
    values: tuple[float, ...]
    estimates_until: int | None = None

    @property
    def known(self) -> list[tuple[int, float]]:
        """The points that have a value."""
        points = zip(self.years, self.values, strict=True)
        return [(year, value) for year, value in points if math.isfinite(value)]

    @property
    def border(self) -> int | None:
        """The last year drawn as an estimate, where projections follow."""
        years = [year for year, _value in self.known]
        if self.estimates_until is None or not years or years[-1] <= self.estimates_until:
            return None
        estimated = [year for year in years if year <= self.estimates_until]
        return estimated[-1] if estimated else years[0]


def line_figure(
    lines: Sequence[Line],
    *,
    title: str,
    suffix: str,
    digits: int,
    mode: str,
    top: float | None = None,
    marked_year: int | None = None,
) -> go.Figure:
    """Draw up to six lines.

    Estimates are solid; projections are dashed, their symbols open, each line with a dash of
    its own, behind a marked border. `top` fixes the upper end of the value axis, which always
    starts at zero; `suffix` follows values on hover.
    """
    if len(lines) > MOST_LINES:
        raise ValueError(
            f"line_figure: {len(lines)} lines; at most {MOST_LINES} can be told apart. "
            "Choose fewer places."
        )
    drawn = [line for line in lines if line.known]
    first = min(line.known[0][0] for line in drawn)
    last = max(line.known[-1][0] for line in drawn)
    high = top or 1.06 * max(max(value for _year, value in line.known) for line in drawn) or 1.0
    borders = [line.border for line in drawn if line.border is not None]
    marked = [marked_year] if marked_year is not None and first <= marked_year <= last else []
    above = _TOP + (_NOTE if borders and marked else 0)
    names = ["\n".join(wrapped(line.name)) for line in drawn]
    right = max(text_size(name, _LABEL)[0] for name in names) + 1.3 * _LABEL + _GAP + 6
    projected = _projection(min(borders), last, above - _TOP, mode) if borders else ([], [])
    years = [_marked_year(year, mode) for year in marked]
    return build(
        [
            trace
            for position, line in enumerate(drawn)
            for trace in _traces(line, position, f"%{{y:,.{digits}f}}{suffix}", mode)
        ],
        layout(
            mode,
            height=HEIGHT,
            margin={"l": 8, "r": right, "t": above, "b": _BOTTOM},
            hovermode="closest",
            xaxis=axis(
                mode,
                range=[first - 0.5, last + 0.5],
                showgrid=False,
                dtick=_tick_step(last - first),
                tick0=1950,
                automargin=False,
                ticks="outside",
                tickcolor=palette(mode).grid,
            ),
            yaxis=axis(mode, title, range=[0, high], zeroline=True),
            shapes=projected[0] + [shape for shape, _note in years],
            annotations=[
                *_names(drawn, names, high, HEIGHT - above - _BOTTOM, mode),
                *projected[1],
                *(note for _shape, note in years),
            ],
        ),
    )


def _tick_step(years: int) -> int:
    """Return how many years apart the ticks of an axis stand."""
    return next((step for least, step in _TICKS if years > least), 1)


def _traces(line: Line, position: int, value: str, mode: str) -> list[dict[str, Any]]:
    colour = palette(mode).categorical[position]
    symbol = SYMBOLS[position]
    border = line.border
    name = chart_text(line.name)
    points = list(zip(line.years, rounded(line.values), strict=True))
    parts: list[tuple[list[tuple[int, float | None]], dict[str, Any], str]] = []
    estimates = points if border is None else [p for p in points if p[0] <= border]
    mark = {"color": colour, "size": 7, "maxdisplayed": _MARKS}
    parts.append(
        (estimates, {"dash": "solid", "marker": {**mark, "symbol": symbol}}, "%{x}: " + value)
    )
    if border is not None:
        projection = {
            "dash": _PROJECTED[position],
            "marker": {**mark, "symbol": f"{symbol}-open"},
        }
        told = _("%(value)s, projected") % {"value": value}
        parts.append(([p for p in points if p[0] >= border], projection, "%{x}: " + told))
    return [
        {
            "type": "scatter",
            "x": [year for year, _v in part],
            "y": [v for _year, v in part],
            "name": name,
            "mode": "lines+markers",
            "line": {"color": colour, "width": 2.5, "dash": style["dash"]},
            "marker": style["marker"],
            "hovertemplate": f"{name}<br>{hover}<extra></extra>",
            "cliponaxis": False,
        }
        for part, style, hover in parts
    ]


def _names(
    lines: Sequence[Line], names: Sequence[str], high: float, length: float, mode: str
) -> list[dict[str, Any]]:
    wanted = [axis_pixels(line.known[-1][1], 0, high, length) for line in lines]
    places = spread(wanted, [text_size(n, _LABEL)[1] + 2 for n in names], 0, length)
    colours = palette(mode)
    return [
        {
            "x": line.known[-1][0],
            "y": high * place / length,
            "xanchor": "left",
            "yanchor": "middle",
            "xshift": _GAP,
            "align": "left",
            "showarrow": False,
            "font": {"size": _LABEL, "color": colours.text},
            "text": f'<span style="color:{colours.categorical[i]}">{GLYPHS[i]}</span> '
            + "<br>".join(chart_text(part) for part in names[i].split("\n")),
        }
        for i, (line, place) in enumerate(zip(lines, places, strict=True))
    ]


def _projection(
    border: int, last: int, raised: int, mode: str
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the shapes and the note that tell projections from estimates."""
    colours = palette(mode)
    upright = {"x0": border, "y0": 0, "y1": 1, "yref": "paper", "layer": "below"}
    shapes = [
        {**upright, "type": "rect", "x1": last, "fillcolor": colours.surface, "line": {"width": 0}},
        {
            **upright,
            "type": "line",
            "x1": border,
            "line": {"color": colours.muted, "width": 1, "dash": "dot"},
        },
    ]
    note = {
        "x": last,
        "y": 1,
        "yref": "paper",
        "xanchor": "right",
        "yanchor": "bottom",
        "yshift": raised,
        "text": chart_text(_("projections after %(year)s") % {"year": border}),
        "showarrow": False,
        "font": {"size": 12, "color": colours.muted},
    }
    return shapes, [note]


def _marked_year(year: int, mode: str) -> tuple[dict[str, Any], dict[str, Any]]:
    colours = palette(mode)
    shape = {
        "type": "line",
        "x0": year,
        "x1": year,
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "line": {"color": colours.primary, "width": 1.5},
    }
    note = {
        "x": year,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "text": f"<b>{year}</b>",
        "showarrow": False,
        "font": {"size": _LABEL, "color": colours.text},
    }
    return shape, note
