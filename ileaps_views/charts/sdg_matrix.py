"""Economies by goals or indicators: one mark a cell, by shape and colour, to be clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ileaps_views.charts.common import build, layout, readable_on
from ileaps_views.sdg_statuses import mark
from ileaps_views.theme import palette
from ileaps_views.view import LegendItem
from ileaps_views.wording import chart_text, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import plotly.graph_objects as go

    from ileaps_views.sdg_statuses import Mark
    from ileaps_views.theme import Palette

_ROW: Final = 23  # pixels a row is high
_GROUP, _UPRIGHT_GROUP = 30, 48  # pixels a group's heading is high, with short and long codes
_MARK, _SMALL_MARK = 13, 11  # pixels a mark is wide; the seventeen goals must fit a phone
_MANY_COLUMNS: Final = 14
_NAME: Final = 12  # font sizes
_HEAD: Final = 11
_CODE: Final = 10
_GLYPH: Final = 9
_LONGEST_NAME: Final = 15
_LONGEST_HEAD: Final = 34
_PER_CHARACTER: Final = 5.5  # pixels a character of a head takes
_SHORT_CODE: Final = 2
_ABSENT: Final = "absent"


class Row(NamedTuple):
    """One row of the matrix: an economy or a city."""

    id: str
    name: str
    group: str = ""


class Column(NamedTuple):
    """One column: `code` heads it in every group, `name` stands upright over the first."""

    id: str
    code: str
    name: str


class Cell(NamedTuple):
    """One cell: what its mark is, what is written in it, what a pointer over it is told."""

    row: str
    column: str
    code: str
    told: str
    glyph: str = ""


def matrix_figure(
    cells: Iterable[Cell],
    rows: Sequence[Row],
    columns: Sequence[Column],
    mode: str,
) -> go.Figure:
    """Draw the marks; each carries row and column ids as custom data for a click.

    Rows of one group stand together in the order given, under the group's name and the columns'
    codes. A cell whose row or column is not listed is left out.
    """
    colours = palette(mode)
    upright = any(len(column.code) > _SHORT_CODE for column in columns)
    heights, headings, bottom = _places(rows, _UPRIGHT_GROUP if upright else _GROUP)
    across = {column.id: place for place, column in enumerate(columns)}
    kept = [cell for cell in cells if cell.row in heights and cell.column in across]
    families: dict[str, list[Cell]] = {}
    for cell in kept:
        shown = mark(cell.code)
        families.setdefault(shown.code if shown.symbol else _ABSENT, []).append(cell)
    traces = [
        _trace(family, of_family, (heights, across), colours)
        for family, of_family in families.items()
    ]
    top = _head_height(columns)
    return build(
        traces,
        layout(
            mode,
            height=round(bottom + top + 6),
            margin={"l": _margin(rows), "r": 6, "t": top, "b": 6},
            hovermode="closest",
            xaxis={
                "visible": False,
                "fixedrange": True,
                "range": [-0.6, len(columns) - 0.4],
            },
            yaxis={
                "fixedrange": True,
                "range": [bottom, 0],
                "showgrid": False,
                "zeroline": False,
                "automargin": False,
                "ticks": "",
                "tickfont": {"size": _NAME, "color": colours.text},
                "tickvals": [heights[row.id] for row in rows],
                "ticktext": [chart_text(shortened(row.name, _LONGEST_NAME)) for row in rows],
            },
            annotations=[
                *_column_names(columns, colours),
                *_group_heads(headings, columns, colours),
            ],
            shapes=_bands(rows, heights, len(columns), colours),
        ),
    )


def matrix_legend(codes: Iterable[str], mode: str) -> tuple[LegendItem, ...]:
    """Return shape, word and colour of the marks that occur, each word once."""
    colours = palette(mode)
    shown: dict[str, LegendItem] = {}
    for code in codes:
        each = mark(code)
        tint = colours.muted if each.symbol is None else each.colour(colours)
        shown.setdefault(each.word, LegendItem(word=each.word, colour=tint, shape=each.shape))
    return tuple(shown.values())


def clicked_cell(selection: Mapping[str, Any] | None) -> tuple[str, str] | None:
    """Return row and column of the mark a person clicked, None where nothing is selected.

    >>> clicked_cell({"selection": {"points": [{"customdata": ["IDN", "11"]}]}})
    ('IDN', '11')
    >>> clicked_cell({"selection": {"points": []}}) is None
    True
    """
    points = selection["selection"]["points"] if selection else []
    for point in points:
        data = point.get("customdata")
        if isinstance(data, (list, tuple)) and len(data) == 2:
            return str(data[0]), str(data[1])
    return None


def _places(
    rows: Sequence[Row], heading: int
) -> tuple[dict[str, float], list[tuple[str, float]], float]:
    """Return each row's height, each group's name with its heading's height, and the end."""
    heights: dict[str, float] = {}
    headings: list[tuple[str, float]] = []
    edge = 0.0
    group: str | None = None
    for row in rows:
        if row.group != group:
            group = row.group
            if group:
                headings.append((group, edge + heading / 2))
                edge += heading
        heights[row.id] = edge + _ROW / 2
        edge += _ROW
    return heights, headings, edge


def _trace(
    family: str,
    cells: Sequence[Cell],
    places: tuple[Mapping[str, float], Mapping[str, int]],
    colours: Palette,
) -> dict[str, Any]:
    heights, across = places
    shown: Mark = mark(cells[0].code)
    absent = family == _ABSENT
    colour = shown.colour(colours)
    hollow = not absent and str(shown.symbol).endswith("-open")
    ink = colours.muted if absent else colour if hollow else readable_on(colour)
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": chart_text(shown.word) if not absent else _ABSENT,
        "x": [across[cell.column] for cell in cells],
        "y": [heights[cell.row] for cell in cells],
        "customdata": [[cell.row, cell.column] for cell in cells],
        "text": [mark(cell.code).shape if absent else cell.glyph for cell in cells],
        "textfont": {"size": _NAME if absent else _GLYPH, "color": ink},
        "hovertext": [cell.told for cell in cells],
        "hoverinfo": "text",
        "marker": {
            "symbol": "square" if absent else shown.symbol,
            "size": _SMALL_MARK if len(across) > _MANY_COLUMNS else _MARK,
            # a mark without a status is only its sign; the square under it takes the click
            "color": "rgba(0,0,0,0)" if absent else colour,
            # an edge of the page's colour parts marks that touch on a phone
            "line": {
                "width": 2 if hollow else 1,
                "color": colour if hollow else "rgba(0,0,0,0)" if absent else colours.background,
            },
        },
        # a click must not fade every other mark
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
        "cliponaxis": False,
    }


def _margin(rows: Sequence[Row]) -> int:
    names = [shortened(row.name, _LONGEST_NAME) for row in rows]
    names += [half for row in rows for half in _halves(row.group)]
    return round(max(map(len, names), default=0) * 6.2 + 10)


def _head_height(columns: Sequence[Column]) -> int:
    longest = max((len(shortened(column.name, _LONGEST_HEAD)) for column in columns), default=0)
    return round(longest * _PER_CHARACTER + 12)


def _column_names(columns: Sequence[Column], colours: Palette) -> list[dict[str, Any]]:
    return [
        {
            "x": place,
            "y": 1,
            "yref": "paper",
            "xanchor": "center",
            "yanchor": "bottom",
            "textangle": -90,
            "showarrow": False,
            "text": chart_text(shortened(column.name, _LONGEST_HEAD)),
            "hovertext": chart_text(column.name),
            "font": {"size": _HEAD, "color": colours.text},
        }
        for place, column in enumerate(columns)
    ]


def _group_heads(
    headings: Sequence[tuple[str, float]], columns: Sequence[Column], colours: Palette
) -> list[dict[str, Any]]:
    marks: list[dict[str, Any]] = []
    for name, height in headings:
        marks.append(
            {
                "x": 0,
                "xref": "paper",
                "xanchor": "right",
                "xshift": -4,
                "y": height,
                "yanchor": "middle",
                "align": "right",
                "showarrow": False,
                "text": f"<b>{'<br>'.join(_halves(name))}</b>",
                "font": {"size": _HEAD, "color": colours.muted},
            }
        )
        marks.extend(
            {
                "x": place,
                "y": height + 4,
                "yanchor": "middle",
                "showarrow": False,
                "text": chart_text(column.code),
                "textangle": -90 if len(column.code) > _SHORT_CODE else 0,
                "font": {"size": _CODE, "color": colours.muted},
            }
            for place, column in enumerate(columns)
        )
    return marks


def _halves(name: str) -> list[str]:
    """Break a group's name into at most two lines."""
    words = name.split()
    if len(name) <= _LONGEST_NAME or len(words) < 2:
        return [chart_text(name)]
    cut = min(
        range(1, len(words)),
        key=lambda place: abs(len(" ".join(words[:place])) - len(" ".join(words[place:]))),
    )
    return [chart_text(" ".join(words[:cut])), chart_text(" ".join(words[cut:]))]


def _bands(
    rows: Sequence[Row], heights: Mapping[str, float], columns: int, colours: Palette
) -> list[dict[str, Any]]:
    # every second row tinted: the eye keeps the line over twenty columns
    return [
        {
            "type": "rect",
            "x0": -0.6,
            "x1": columns - 0.4,
            "y0": heights[row.id] - _ROW / 2,
            "y1": heights[row.id] + _ROW / 2,
            "fillcolor": colours.surface,
            "line": {"width": 0},
            "layer": "below",
        }
        for row in rows[::2]
    ]
