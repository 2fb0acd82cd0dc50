"""The marks of a series over the years: total, parts, paths, target."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ileaps_views.charts.common import GLYPHS, axis, build, layout, rounded, wrapped
from ileaps_views.charts.sdg_story import group_name, rows_beside
from ileaps_views.i18n import _
from ileaps_views.labels import axis_pixels, spread, text_size
from ileaps_views.rows import records
from ileaps_views.sdg_words import breakdown_name, nature_name, nature_symbol, value_text
from ileaps_views.theme import DASHES, SYMBOLS, palette
from ileaps_views.wording import chart_text, is_missing, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    import plotly.graph_objects as go

    from ileaps_views.charts.sdg_story import Story

_HEIGHT: Final = 400
_TOP: Final = 14
_BOTTOM: Final = 44
_LABEL: Final = 12
_MOST_PARTS: Final = 5
_BOUNDS: Final = {"above": "triangle-up-open", "below": "triangle-down-open"}


class _Line(NamedTuple):
    name: str
    years: Sequence[int]
    amounts: Sequence[float]
    colour: str
    dash: str
    glyph: str
    bounds: Sequence[str] = ()


def line_figure(story: Story, total: pd.DataFrame, unit: str, mode: str) -> go.Figure:
    """Draw the lines of a series, the values' own marks, and the target."""
    colours = palette(mode)
    lines = _lines(story, total, mode)
    low, high = _range(story, lines)
    first, last = _span(story, lines)
    names = ["\n".join(wrapped(line.name)) for line in lines]
    right = max((text_size(name, _LABEL)[0] for name in names), default=0) + 24
    length = _HEIGHT - _TOP - _BOTTOM
    return build(
        [
            *(_line_trace(line, unit) for line in lines),
            *_total_marks(total, unit, colours.text),
        ],
        layout(
            mode,
            height=_HEIGHT,
            margin={"l": 8, "r": right, "t": _TOP, "b": _BOTTOM},
            hovermode="closest",
            xaxis=axis(
                mode,
                range=[first - 0.6, last + 0.4],
                showgrid=False,
                nticks=5,
                tickangle=0,
                tickformat="d",
                ticks="outside",
                tickcolor=colours.grid,
            ),
            yaxis=axis(mode, chart_text(unit), range=[low, high], nticks=6, zeroline=low <= 0),
            shapes=_target_line(story, first, last, colours.primary),
            annotations=_labels(lines, names, (low, high), length, mode),
        ),
    )


def _lines(story: Story, total: pd.DataFrame, mode: str) -> list[_Line]:
    colours = palette(mode)
    exact = total[total["bound"].isna()]
    lines = [
        _Line(
            _main_name(total),
            [int(year) for year in exact["year"]],
            [float(value) for value in exact["value"]],
            colours.text,
            "solid",
            "━",
        )
    ]
    parts = rows_beside(story.rows, story.beside) if story.beside else story.rows.iloc[0:0]
    parts = parts[parts["value"].notna()].sort_values("year")
    codes = list(dict.fromkeys(parts[story.beside])) if story.beside else []
    for place, code in enumerate(codes[:_MOST_PARTS]):
        own = parts[parts[story.beside].eq(code)]
        lines.append(
            _Line(
                breakdown_name(story.beside, code),
                [int(year) for year in own["year"]],
                [float(value) for value in own["value"]],
                colours.categorical[place],
                DASHES[1 + place % (len(DASHES) - 1)],
                GLYPHS[1 + place % (len(GLYPHS) - 1)],
                [one_line(bound) for bound in own["bound"]],
            )
        )
    # another publisher's earlier years would press these values into a corner
    since = min((int(year) for year in story.rows["year"]), default=0)
    for other in story.others:
        kept = [(y, v) for y, v in zip(other.years, other.amounts, strict=True) if y >= since]
        lines.append(
            _Line(
                other.name, [y for y, _v in kept], [v for _y, v in kept], colours.muted, "dot", "★"
            )
        )
    if story.needed.years:
        lines.append(
            _Line(
                _("needed for the target"),
                story.needed.years,
                story.needed.amounts,
                colours.primary,
                "2px,4px",
                "┄",
            )
        )
    if story.projected.years:
        lines.append(
            _Line(
                _("if the pace so far went on: a projection, not a forecast"),
                story.projected.years,
                story.projected.amounts,
                colours.text,
                "8px,6px",
                "╌",
            )
        )
    return [line for line in lines if any(math.isfinite(value) for value in line.amounts)]


def _main_name(total: pd.DataFrame) -> str:
    return group_name(records(total.tail(1))[0]) if len(total) else _("Total")


def _range(story: Story, lines: Sequence[_Line]) -> tuple[float, float]:
    values = [value for line in lines for value in line.amounts if math.isfinite(value)]
    values += [float(v) for v in story.rows.loc[story.rows["is_total"], "value"].dropna()]
    target = story.series.get("target_value")
    if not is_missing(target):
        values.append(float(str(target)))
    low, high = min(values), max(values)
    room = (high - low) * 0.08 or abs(high) * 0.1 or 1.0
    bottom = -0.02 * high if 0 <= low < 0.6 * high else low - room
    return bottom, high + room


def _span(story: Story, lines: Sequence[_Line]) -> tuple[int, int]:
    years = [int(year) for line in lines for year in line.years]
    years += [int(year) for year in story.rows.loc[story.rows["is_total"], "year"]]
    if not is_missing(story.series.get("target_value")):
        years.append(_target_year(story))
    return min(years), max(years)


def _target_year(story: Story) -> int:
    given = story.series.get("target_year")
    return 2030 if is_missing(given) else int(float(str(given)))


def _target_line(story: Story, first: int, last: int, colour: str) -> list[dict[str, Any]]:
    target = story.series.get("target_value")
    if is_missing(target):
        return []
    value = float(str(target))
    return [
        {
            "type": "line",
            "x0": first - 0.6,
            "x1": last + 0.4,
            "y0": value,
            "y1": value,
            "line": {"color": colour, "width": 2},
            "layer": "below",
            "label": {
                "text": chart_text(
                    _("Target %(value)s by %(year)s")
                    % {
                        "value": value_text(value, story.series["unit"]),
                        "year": str(_target_year(story)),
                    }
                ),
                "textposition": "start",
                "yanchor": "top" if value > 0 else "bottom",
                "font": {"size": _LABEL, "color": colour},
            },
        }
    ]


def _line_trace(line: _Line, unit: str) -> dict[str, Any]:
    symbol = SYMBOLS[GLYPHS.index(line.glyph)] if line.glyph in GLYPHS else None
    drawn_alone = line.glyph == "━"  # the total's own marks say how each value came about
    name = chart_text(line.name)
    bounds = line.bounds or [""] * len(line.amounts)
    values = [
        value_text(value, unit, bound) for value, bound in zip(line.amounts, bounds, strict=True)
    ]
    return {
        "type": "scatter",
        "x": list(line.years),
        "y": rounded(line.amounts),
        "name": name,
        "mode": "lines" if symbol is None or drawn_alone else "lines+markers",
        "line": {"color": line.colour, "width": 2, "dash": line.dash},
        "marker": {
            "symbol": [_BOUNDS.get(bound, symbol or "circle") for bound in bounds],
            "size": 7,
            "color": line.colour,
        },
        "text": [
            f"{name}<br>{year}: {chart_text(value)}"
            for year, value in zip(line.years, values, strict=True)
        ],
        "hoverinfo": "skip" if drawn_alone else "text",
        "connectgaps": True,
    }


def _total_marks(total: pd.DataFrame, unit: str, colour: str) -> list[dict[str, Any]]:
    rows = records(total)
    if not rows:
        return []
    told = [
        "<br>".join(
            chart_text(text)
            for text in (
                group_name(row),
                _("%(year)s: %(value)s")
                % {
                    "year": str(int(row["year"])),
                    "value": value_text(row["value"], unit, row["bound"]),
                },
                nature_name(row["nature"]),
            )
        )
        for row in rows
    ]
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "name": "values",
            "x": [int(row["year"]) for row in rows],
            "y": rounded(float(row["value"]) for row in rows),
            "text": told,
            "hoverinfo": "text",
            "cliponaxis": False,
            "marker": {
                "symbol": [
                    _BOUNDS.get(one_line(row["bound"])) or nature_symbol(row["nature"])[0]
                    for row in rows
                ],
                "size": 9,
                "color": colour,
                "line": {"width": 1.5, "color": colour},
            },
        }
    ]


def _labels(
    lines: Sequence[_Line],
    names: Sequence[str],
    bounds: tuple[float, float],
    length: float,
    mode: str,
) -> list[dict[str, Any]]:
    low, high = bounds
    ends = [
        [(x, y) for x, y in zip(line.years, line.amounts, strict=True) if math.isfinite(y)][-1]
        for line in lines
    ]
    wanted = [axis_pixels(value, low, high, length) for _year, value in ends]
    places = spread(wanted, [text_size(name, _LABEL)[1] + 3 for name in names], 0, length)
    return [
        {
            "x": 1,
            "xref": "paper",
            "xanchor": "left",
            "xshift": 4,
            "y": low + (high - low) * place / length,
            "yanchor": "middle",
            "align": "left",
            "showarrow": False,
            "font": {"size": _LABEL, "color": palette(mode).text},
            "text": f'<span style="color:{line.colour}">{line.glyph}</span> '
            + "<br>".join(chart_text(part) for part in name.split("\n")),
        }
        for line, name, place in zip(lines, names, places, strict=True)
    ]
