"""How many places are known, by indicator and by year, and what the pilots' indicators lack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from ileaps_views.charts.common import axis, build, layout, readable_on
from ileaps_views.findings.gaps import (
    dated_targets_title,
    half_older_title,
    least_known_title,
    recent_title,
)
from ileaps_views.gap_words import (
    known,
    known_codes,
    known_colour,
    known_legend,
    method_sentence,
)
from ileaps_views.i18n import _, number, percent
from ileaps_views.theme import TEXT_SIZE, palette
from ileaps_views.view import LegendItem, View
from ileaps_views.wording import chart_text, is_missing, shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ileaps_views.charts.data_gaps import Asked, Measure

_ROW: Final = 46  # pixels: a name above its bar
_BAR: Final = 0.42  # parts of a row
_LONGEST: Final = 42
_NARROW_SEGMENT: Final = 0.07  # below this part of the bar no text fits
_MOST_YEARS: Final = 15
_NOT_RECENT: Final = ("old", "no_value", "missing")


def coverage_view(
    counts: pd.DataFrame,
    measures: Sequence[Measure],
    asked: Asked,
    *,
    sources: Sequence[str],
    notes: Sequence[str] = (),
    mode: str = "light",
) -> View:
    """Show for each indicator how many economies are known, and how.

    `counts` has measure, cells, a count for each status, share_known, share_recent,
    share_measured, latest_year, median_year, one row a measure.
    """
    ordered = _by_coverage(counts, measures)
    rows = ordered.to_dict("records")
    least = min((_recent(row) for row in rows), default=0)
    names = [str(row["label"]) for row in reversed(rows) if _recent(row) == least]
    places = max((int(row["cells"]) for row in rows), default=0)
    total = sum(int(row["cells"]) for row in rows)
    recent = sum(_recent(row) for row in rows)
    present = [code for code in known_codes() if len(rows) and ordered[code].sum() > 0]
    return View(
        id="data-gaps-indicators",
        title=least_known_title(names, least, places),
        takeaway=_sentence(recent_title(recent, total, _("economies"), _("indicators"))),
        figure=_stacked(rows, present, mode) if rows else None,
        table=_coverage_table(rows),
        unit=_("economies"),
        period=_("as of %(year)s") % {"year": asked.as_of},
        sources=tuple(sources),
        alt=_("One bar for each indicator, parted by how well each economy is known."),
        method=method_sentence(*asked),
        notes=tuple(notes),
        legend=known_legend(present, mode),
    )


def _sentence(title: str) -> str:
    return _("%(finding)s.") % {"finding": title}


def _recent(row: dict[Any, Any]) -> int:
    return int(row["cells"]) - sum(int(row[code]) for code in _NOT_RECENT)


def _by_coverage(counts: pd.DataFrame, measures: Sequence[Measure]) -> pd.DataFrame:
    labels = {measure.id: measure.label for measure in measures}
    own = counts[counts["measure"].isin(labels)]
    own = own.assign(label=own["measure"].map(labels))
    return own.sort_values(["share_recent", "share_known", "measure"], ascending=False)


def _stacked(rows: Sequence[dict[Any, Any]], present: Sequence[str], mode: str) -> Any:  # noqa: ANN401 - plotly's figure
    colours = palette(mode)
    heights = [-place for place in range(len(rows))]
    traces = []
    for code in present:
        shade = known_colour(code, colours)
        counts = [int(row[code]) for row in rows]
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": chart_text(known(code).word),
                "x": counts,
                "y": [height - 0.12 for height in heights],
                "width": _BAR,
                "marker": {"color": shade, "line": {"width": 1, "color": colours.muted}},
                "text": [
                    f"{known(code).sign} {count}" if count >= _NARROW_SEGMENT * row["cells"] else ""
                    for count, row in zip(counts, rows, strict=True)
                ],
                "textposition": "inside",
                "insidetextanchor": "middle",
                "textangle": 0,
                "constraintext": "none",
                "textfont": {"size": 12, "color": readable_on(shade)},
                "hovertext": [
                    chart_text(f"{row['label']}: {known(code).word}, {count}")
                    for count, row in zip(counts, rows, strict=True)
                ],
                "hoverinfo": "text",
            }
        )
    return build(
        traces,
        layout(
            mode,
            height=len(rows) * _ROW + 40,
            barmode="stack",
            margin={"l": 8, "r": 8, "t": 4, "b": 34},
            xaxis=axis(mode, _("economies"), range=[0, max(row["cells"] for row in rows)]),
            yaxis={"visible": False, "fixedrange": True, "range": [-len(rows) + 0.45, 0.6]},
            annotations=[
                _name(str(row["label"]), height, colours.text)
                for row, height in zip(rows, heights, strict=True)
            ],
        ),
    )


def _name(text: str, height: float, colour: str) -> dict[str, Any]:
    return {
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": height + 0.31,
        "yanchor": "middle",
        "showarrow": False,
        "text": chart_text(shortened(text, _LONGEST)),
        "hovertext": chart_text(text),
        "font": {"size": TEXT_SIZE, "color": colour},
    }


def _coverage_table(rows: Sequence[dict[Any, Any]]) -> pd.DataFrame:
    table = pd.DataFrame({_("Indicator"): [row["label"] for row in rows]})
    for code in known_codes():
        table[known(code).word] = [number(int(row[code])) for row in rows]
    table[_("Any value")] = [percent(row["share_known"], 0) for row in rows]
    table[_("Recent value")] = [percent(row["share_recent"], 0) for row in rows]
    table[_("Measured recently")] = [percent(row["share_measured"], 0) for row in rows]
    table[_("Latest year")] = [_year(row["latest_year"]) for row in rows]
    return table


def _year(value: object) -> str:
    return "" if is_missing(value) else str(int(float(str(value))))


def latest_years_view(
    years: pd.DataFrame,
    measures: Sequence[Measure],
    asked: Asked,
    *,
    sources: Sequence[str],
    notes: Sequence[str] = (),
    mode: str = "light",
) -> View:
    """Show from which years the latest values are.

    `years` has measure, year and places: how many places have their latest value of that year.
    """
    labels = {measure.id: measure.label for measure in measures}
    own = years[years["measure"].isin(labels)].sort_values(["year", "measure"])
    half = _median_year(own)
    order = [measure for measure in measures if own["measure"].eq(measure.id).any()]
    return View(
        id="data-gaps-years",
        title=half_older_title(half),
        takeaway=_(
            "The number in a mark is how many economies have their latest value of that year. Left "
            "of the line a value counts as old."
        ),
        figure=_marks(own, order, asked, mode) if len(own) else None,
        table=pd.DataFrame(
            {
                _("Indicator"): own["measure"].map(labels).tolist(),
                _("Latest year"): [str(int(year)) for year in own["year"]],
                _("Economies"): [number(int(n)) for n in own["places"]],
            }
        ),
        unit=_("economies by year of their latest value"),
        period=_("as of %(year)s") % {"year": asked.as_of},
        sources=tuple(sources),
        alt=_("One row for each indicator, a mark for each year of latest values."),
        method=method_sentence(*asked),
        notes=tuple(notes),
        legend=(
            LegendItem(word=_("counts as recent"), colour=palette(mode).sequential[4], shape="●"),
            LegendItem(word=_("counts as old"), colour=palette(mode).muted, shape="□"),
        ),
    )


def _median_year(own: pd.DataFrame) -> int | None:
    if own.empty:
        return None
    by_year = own.groupby("year")["places"].sum().cumsum()
    return int(by_year[by_year >= by_year.iloc[-1] / 2].index[0])


def _marks(own: pd.DataFrame, order: Sequence[Measure], asked: Asked, mode: str) -> Any:  # noqa: ANN401 - plotly's figure
    colours = palette(mode)
    heights = {measure.id: -place for place, measure in enumerate(order)}
    limit = asked.as_of - asked.older_than - 0.5
    first = asked.as_of - _MOST_YEARS + 1
    # what is older stands in the first column, or a phone would show one smear
    drawn = own.assign(year=own["year"].clip(lower=first))
    drawn = drawn.groupby(["measure", "year"], as_index=False).agg({"places": "sum"})
    ticks = [first, *(year for year in range(first + 2, asked.as_of + 1) if year % 5 == 0)]
    traces = [
        {
            "type": "scatter",
            "mode": "markers+text",
            "x": part["year"].tolist(),
            "y": [heights[each] - 0.14 for each in part["measure"]],
            "text": [str(int(n)) for n in part["places"]],
            "textfont": {"size": 11, "color": colours.text if old else readable_on(shade)},
            "hovertext": [
                chart_text(_("%(year)s: %(n)s") % {"year": _bin(year, first), "n": int(n)})
                for year, n in zip(part["year"], part["places"], strict=True)
            ],
            "hoverinfo": "text",
            "marker": {
                "symbol": symbol,
                "size": 17,
                "opacity": 1,
                "color": shade or colours.muted,
                "line": {"width": 1.5, "color": shade or colours.muted},
            },
            "cliponaxis": False,
        }
        for old, symbol, shade in (
            (False, "circle", colours.sequential[4]),
            (True, "square-open", ""),
        )
        for part in [drawn[(drawn["year"] < limit) == old]]
    ]
    return build(
        traces,
        layout(
            mode,
            height=len(order) * _ROW + 44,
            margin={"l": 8, "r": 8, "t": 4, "b": 34},
            hovermode="closest",
            xaxis=axis(
                mode,
                range=[first - 0.7, asked.as_of + 0.7],
                tickvals=ticks,
                ticktext=[_bin(year, first) for year in ticks],
            ),
            yaxis={"visible": False, "fixedrange": True, "range": [-len(order) + 0.4, 0.6]},
            shapes=[
                {
                    "type": "line",
                    "x0": limit,
                    "x1": limit,
                    "yref": "paper",
                    "y0": 0,
                    "y1": 1,
                    "line": {"color": colours.muted, "dash": "dot", "width": 1.5},
                    "layer": "below",
                }
            ],
            annotations=[
                _name(measure.label, heights[measure.id], colours.text) for measure in order
            ],
        ),
    )


def _bin(year: float, first: int) -> str:
    return f"≤ {first}" if year <= first else str(int(year))


def pilot_gaps_view(
    gaps: pd.DataFrame, names: pd.DataFrame, *, sources: Sequence[str], mode: str = "light"
) -> View:
    """Show what the indicators of the pilots lack.

    `gaps` has pilot_id, indicator_id and the six flags of `pilot_gaps`; `names` has pilot_id,
    indicator_id, pilot, indicator, source and link (where the indicator comes from).
    """
    words = {
        "has_figure": _("A reported figure of its own"),
        "figure_dated": _("… with a date"),
        "has_baseline": _("A baseline"),
        "baseline_dated": _("… with a date"),
        "has_target": _("A target"),
        "target_dated": _("… with a date"),
    }
    total = len(gaps)
    have = {flag: int(gaps[flag].sum()) for flag in words}
    named = gaps.merge(names, on=["pilot_id", "indicator_id"], how="left")
    yes, no = _("● yes"), _("× no")
    table = pd.DataFrame(
        {
            _("Pilot"): named["pilot"].tolist(),
            _("Indicator"): named["indicator"].tolist(),
            _("Figure"): [yes if flag else no for flag in named["has_figure"]],
            _("Figure dated"): [yes if flag else no for flag in named["figure_dated"]],
            _("Baseline"): [yes if flag else no for flag in named["has_baseline"]],
            _("Baseline dated"): [yes if flag else no for flag in named["baseline_dated"]],
            _("Target"): [yes if flag else no for flag in named["has_target"]],
            _("Target dated"): [yes if flag else no for flag in named["target_dated"]],
            _("Source"): named["source"].tolist(),
            _("Link"): named["link"].tolist(),
        }
    )
    return View(
        id="data-gaps-pilots",
        title=dated_targets_title(have["target_dated"], total),
        takeaway=_("Without a dated target nobody can say whether a pilot is on track."),
        figure=_parts(words, have, total, mode) if total else None,
        table=table,
        unit=_("indicators of pilots, tracks and references"),
        sources=tuple(sources),
        alt=_("Six bars: how many indicators have a figure, a baseline and a target, and dates."),
        method=_(
            "A figure counts where it is reported for the pilot itself: intended, announced and "
            "contracted values do not. A date counts only where the value is there."
        ),
    )


def _parts(words: dict[str, str], have: dict[str, int], total: int, mode: str) -> Any:  # noqa: ANN401 - plotly's figure
    colours = palette(mode)
    heights = {flag: -place for place, flag in enumerate(words)}
    strong, weak = colours.sequential[4], colours.surface
    return build(
        [
            {
                "type": "bar",
                "orientation": "h",
                "x": [n if given else total - n for n in have.values()],
                "y": [heights[flag] - 0.12 for flag in words],
                "width": _BAR,
                "marker": {
                    "color": strong if given else weak,
                    "line": {"width": 1, "color": colours.muted},
                },
                "text": [
                    f"{'●' if given else '×'} {n if given else total - n}" for n in have.values()
                ],
                "textposition": "inside",
                "insidetextanchor": "middle",
                "textangle": 0,
                "constraintext": "none",
                "textfont": {"size": 12, "color": readable_on(strong if given else weak)},
                "hoverinfo": "skip",
            }
            for given in (True, False)
        ],
        layout(
            mode,
            height=len(words) * _ROW + 40,
            barmode="stack",
            margin={"l": 8, "r": 8, "t": 4, "b": 34},
            xaxis=axis(mode, _("indicators"), range=[0, total]),
            yaxis={"visible": False, "fixedrange": True, "range": [-len(words) + 0.45, 0.6]},
            annotations=[_name(word, heights[flag], colours.text) for flag, word in words.items()],
        ),
    )
