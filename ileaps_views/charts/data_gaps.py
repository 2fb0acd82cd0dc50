"""What is known and what is not: places by indicators, one tile a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pandas as pd

from ileaps_views.charts.common import build, layout, readable_on
from ileaps_views.findings.gaps import (
    nothing_sentence,
    recent_title,
    unmeasured_sentence,
    unmeasured_title,
)
from ileaps_views.gap_words import (
    DOUBTFUL,
    known,
    known_codes,
    known_colour,
    known_legend,
    method_sentence,
)
from ileaps_views.i18n import _, ngettext, number
from ileaps_views.sdg_words import nature_name, value_text
from ileaps_views.theme import palette
from ileaps_views.view import View
from ileaps_views.wording import chart_text, is_missing, one_line, shortened

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    import plotly.graph_objects as go

_ROW: Final = 20  # pixels
_HEAD_CHARACTER: Final = 5.6
_NAME_CHARACTER: Final = 6.3
_LONGEST_NAME: Final = 17
_LONGEST_HEAD: Final = 40
_NOT_RECENT: Final = frozenset({"old", "no_value", "missing"})
_ABSENT: Final = frozenset({"no_value", "missing"})


class Place(NamedTuple):
    """A row: an economy or a city, and the group it stands in."""

    id: str
    name: str
    group: str = ""


class Measure(NamedTuple):
    """A column: an indicator or a series; `code` may be empty."""

    id: str
    code: str
    name: str

    @property
    def label(self) -> str:
        """Code and name."""
        return f"{self.code} {self.name}".strip()


class Asked(NamedTuple):
    """The question: up to which year, and after how many years a value is old."""

    as_of: int
    older_than: int


def economy_gaps_view(  # what a reader needs to trust it, each named
    cells: pd.DataFrame,
    places: Sequence[Place],
    measures: Sequence[Measure],
    asked: Asked,
    *,
    sources: Sequence[str],
    notes: Sequence[str] = (),
    mode: str = "light",
) -> View:
    """Show how well each indicator is known of each economy.

    `cells` has area_id, measure (the column), status, latest_year, value, bound, nature, unit,
    cities (how many stand behind the value), series_name.
    """
    counts = cells["status"].value_counts()
    total, recent, absent, old = _counted(counts)
    return View(
        id="data-gaps-economies",
        title=recent_title(recent, total, _("economies"), _("indicators")),
        takeaway=nothing_sentence(absent, total, old),
        figure=_matrix(cells, places, measures, mode) if total else None,
        table=_table(cells, places, measures),
        unit=_("status of the latest value"),
        period=_("as of %(year)s") % {"year": asked.as_of},
        sources=tuple(sources),
        alt=_("One tile for each economy and indicator: measured, estimated, old or missing."),
        method=method_sentence(*asked),
        notes=tuple(notes),
        legend=known_legend(counts.index, mode),
    )


def city_gaps_view(
    cells: pd.DataFrame,
    places: Sequence[Place],
    measures: Sequence[Measure],
    asked: Asked,
    *,
    sources: Sequence[str],
    notes: Sequence[str] = (),
    mode: str = "light",
) -> View:
    """Show how well each partner city is known; `cells` as of the economies, with `caution`."""
    counts = cells["status"].value_counts()
    known_ids = set(cells.loc[~cells["status"].isin(_ABSENT), "area_id"])
    without = [place.name for place in places if place.id not in known_ids]
    doubtful = sum(not is_missing(text) for text in cells["caution"])
    said = [
        *notes,
        *(
            [
                ngettext(
                    "%(n)s value carries a caution (%(sign)s): it is shown, not trusted.",
                    "%(n)s values carry a caution (%(sign)s): they are shown, not trusted.",
                    doubtful,
                )
                % {"n": number(doubtful), "sign": DOUBTFUL}
            ]
            if doubtful
            else []
        ),
    ]
    return View(
        id="data-gaps-cities",
        title=unmeasured_title(len(without), len(places)),
        takeaway=unmeasured_sentence(without),
        figure=_matrix(cells, places, measures, mode) if len(cells) else None,
        table=_table(cells, places, measures),
        unit=_("status of the latest value"),
        period=_("as of %(year)s") % {"year": asked.as_of},
        sources=tuple(sources),
        alt=_("One tile for each partner city and indicator: measured, estimated or missing."),
        method=method_sentence(*asked),
        notes=tuple(said),
        legend=known_legend(counts.index, mode),
    )


def _counted(counts: pd.Series[int]) -> tuple[int, int, int, int]:
    by_code = {str(code): int(n) for code, n in counts.items()}
    total = sum(by_code.values())
    absent = sum(by_code.get(code, 0) for code in _ABSENT)
    recent = total - sum(by_code.get(code, 0) for code in _NOT_RECENT)
    return total, recent, absent, by_code.get("old", 0)


def _matrix(
    cells: pd.DataFrame, places: Sequence[Place], measures: Sequence[Measure], mode: str
) -> go.Figure:
    colours = palette(mode)
    codes = known_codes()
    by_cell = {(row["area_id"], row["measure"]): row for row in cells.to_dict("records")}
    lines = _lines(places)
    grid = [
        [by_cell.get((line.id, measure.id)) if line.id else None for measure in measures]
        for line in lines
    ]
    shades = [known_colour(code, colours) for code in codes]
    steps = len(codes)
    head = max(len(shortened(each.label, _LONGEST_HEAD)) for each in measures)
    margin = max(len(shortened(line.name, _LONGEST_NAME)) for line in lines)
    top = round(head * _HEAD_CHARACTER + 10)
    tiles = {
        "type": "heatmap",
        "z": [
            [None if row is None else codes.index(row["status"]) for row in line] for line in grid
        ],
        "zmin": -0.5,
        "zmax": steps - 0.5,
        "colorscale": [
            [edge / steps, shade]
            for place, shade in enumerate(shades)
            for edge in (place, place + 1)
        ],
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "hoverinfo": "text",
        "hovertext": [
            [
                "" if row is None else _told(row, line, measure)
                for row, measure in zip(told, measures, strict=True)
            ]
            for told, line in zip(grid, lines, strict=True)
        ],
    }
    signs = [
        {
            "type": "scatter",
            "mode": "text",
            "x": [x for x, _y, _text in marks],
            "y": [y for _x, y, _text in marks],
            "text": [text for _x, _y, text in marks],
            "textfont": {"size": 11, "color": ink},
            "hoverinfo": "skip",
        }
        for ink, marks in _signs(grid, shades, codes).items()
    ]
    return build(
        [tiles, *signs],
        layout(
            mode,
            height=len(lines) * _ROW + top + 8,
            margin={"l": round(margin * _NAME_CHARACTER + 8), "r": 6, "t": top, "b": 6},
            hovermode="closest",
            xaxis={
                "side": "top",
                "fixedrange": True,
                "showgrid": False,
                "zeroline": False,
                "ticks": "",
                "tickangle": -90,
                "automargin": False,
                "tickfont": {"size": 11, "color": colours.text},
                "tickvals": list(range(len(measures))),
                "ticktext": [chart_text(shortened(each.label, _LONGEST_HEAD)) for each in measures],
                "range": [-0.5, len(measures) - 0.5],
            },
            yaxis={
                "fixedrange": True,
                "showgrid": False,
                "zeroline": False,
                "ticks": "",
                "automargin": False,
                "tickfont": {"size": 12, "color": colours.text},
                "tickvals": list(range(len(lines))),
                "ticktext": [
                    "" if not line.id else chart_text(shortened(line.name, _LONGEST_NAME))
                    for line in lines
                ],
                "range": [len(lines) - 0.5, -0.5],
            },
            annotations=_headings(lines, colours.muted),
        ),
    )


def _lines(places: Sequence[Place]) -> list[Place]:
    """The rows, a heading without id before each group."""
    lines: list[Place] = []
    for place in places:
        if place.group and (not lines or lines[-1].group != place.group):
            lines.append(Place("", place.group, place.group))
        lines.append(place)
    return lines


def _headings(lines: Sequence[Place], colour: str) -> list[dict[str, Any]]:
    return [
        {
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "y": at,
            "yanchor": "middle",
            "showarrow": False,
            "text": f"<b>{chart_text(line.name)}</b>",
            "font": {"size": 12, "color": colour},
        }
        for at, line in enumerate(lines)
        if not line.id
    ]


def _signs(
    grid: Sequence[Sequence[Mapping[Hashable, Any] | None]],
    shades: Sequence[str],
    codes: Sequence[str],
) -> dict[str, list[tuple[int, int, str]]]:
    """Where each sign stands, by the colour in which it can be read on its tile."""
    found: dict[str, list[tuple[int, int, str]]] = {}
    for y, line in enumerate(grid):
        for x, row in enumerate(line):
            if row is not None:
                ink = readable_on(shades[codes.index(row["status"])])
                doubt = DOUBTFUL if one_line(row.get("caution")) else ""
                found.setdefault(ink, []).append((x, y, known(row["status"]).sign + doubt))
    return found


def _told(row: Mapping[Hashable, Any], place: Place, measure: Measure) -> str:
    lines = [f"{place.name}: {measure.label}", known(row["status"]).label]
    if not is_missing(row["latest_year"]):
        lines.append(
            _("%(value)s in %(year)s, %(nature)s")
            % {
                "value": _value(row),
                "year": int(row["latest_year"]),
                "nature": nature_name(row["nature"]),
            }
        )
        lines.append(shortened(one_line(row.get("series_name")), 60))
    if caution := one_line(row.get("caution")):
        lines.append(shortened(caution, 70))
    return "<br>".join(chart_text(line) for line in lines if line)


def _value(row: Mapping[Hashable, Any]) -> str:
    cities = row.get("cities")
    if not is_missing(cities) and int(str(cities).split(".")[0]) > 0:
        n = int(str(cities).split(".")[0])
        return ngettext("values of %(n)s city", "values of %(n)s cities", n) % {"n": number(n)}
    return value_text(row["value"], row.get("unit", ""), row.get("bound"))


def _table(
    cells: pd.DataFrame, places: Sequence[Place], measures: Sequence[Measure]
) -> pd.DataFrame:
    names = {place.id: place.name for place in places}
    labels = {measure.id: measure.label for measure in measures}
    rows = [
        row
        for row in cells.to_dict("records")
        if row["area_id"] in names and row["measure"] in labels
    ]
    table = pd.DataFrame(
        {
            _("Place"): [names[row["area_id"]] for row in rows],
            _("Indicator"): [labels[row["measure"]] for row in rows],
            _("Status"): [known(row["status"]).label for row in rows],
            _("Latest year"): [
                "" if is_missing(row["latest_year"]) else str(int(row["latest_year"]))
                for row in rows
            ],
            _("Value"): ["" if is_missing(row["latest_year"]) else _value(row) for row in rows],
        }
    )
    for column, word in (("series_name", _("Series")), ("caution", _("Caution"))):
        if column in cells and cells[column].notna().any():
            table[word] = [one_line(row.get(column)) for row in rows]
    return table
