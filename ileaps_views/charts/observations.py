"""Every published figure of one indicator over time, with its source, its period and its doubts."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from ileaps_views import tables
from ileaps_views.charts.observation_labels import aside, dated_labels, undated_labels
from ileaps_views.charts.sheet import Sheet
from ileaps_views.date_spans import span
from ileaps_views.evidence import conflict_sentence
from ileaps_views.findings import programme, transfers
from ileaps_views.i18n import _, ngettext, number, partial_date
from ileaps_views.rows import records
from ileaps_views.terms import value_kind_name
from ileaps_views.theme import SYMBOLS, TEXT_SIZE, palette
from ileaps_views.view import LegendItem, View
from ileaps_views.wording import chart_text, is_missing, one_line, qualified

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    import plotly.graph_objects as go

    from ileaps_views.evidence import SourceBook
    from ileaps_views.theme import Palette

_SHAPES: Final = ("●", "■", "◆", "▲", "✕", "★")
_HEIGHT: Final = 420
_BAND: Final = 0.72
_LEAST_DAYS: Final = 120


def observation_dots(
    observations: pd.DataFrame,
    indicators: pd.DataFrame,
    conflicts: pd.DataFrame,
    book: SourceBook,
    mode: str,
    *,
    indicator_id: str,
) -> View:
    """Draw the published figures of one indicator, undated ones in a band of their own.

    Args:
        observations: the observations table; other indicators' rows are left aside.
        indicators: the indicators table.
        conflicts: conflicts(...); pairs of this indicator are joined by a dotted line.
        book: the sources.
        mode: "light" or "dark".
        indicator_id: the indicator to show.
    """
    colours = palette(mode)
    rows = observations[observations["indicator_id"].eq(indicator_id)]
    pairs = conflicts[conflicts["indicator_id"].eq(indicator_id)]
    about = next(iter(records(indicators[indicators["indicator_id"].eq(indicator_id)])), {})
    unit = one_line(about.get("unit"))
    name = one_line(about.get("name")) or indicator_id
    marks = [_mark(row) for row in records(rows) if not is_missing(row["value"])]
    undated = [mark for mark in marks if mark["end"] is None]
    sentences = [
        conflict_sentence(earlier, later, kind)
        for earlier, later, kind in zip(
            tables.conflict_figures(pairs, book, "earlier"),
            tables.conflict_figures(pairs, book, "later"),
            pairs["kind"],
            strict=True,
        )
    ]
    styles = _styles(marks, colours)
    return View(
        id=f"figures-{indicator_id}",
        title=programme.figures_title(
            name, [mark["value"] for mark in marks], undated=len(undated), conflicts=len(pairs)
        ),
        takeaway=_takeaway(marks, sentences),
        figure=_figure(marks, pairs, styles, book, (unit, mode)) if marks else None,
        table=tables.observation_table(rows, indicators, book),
        unit=unit,
        period=transfers.period(rows["period_end"]),
        sources=book.lines(rows["source_id"]),
        alt=_alt(name, unit, marks, sentences),
        notes=tuple(note for note in (*sentences, one_line(about.get("note"))) if note),
        method=_(
            "Each mark stands at the end of the period its figure is for, the bar covers the "
            "period. Open marks are not exact (≥ at least, ≤ at most, ≈ about). Figures without "
            "a date stand apart. Dotted lines join figures of different sources that cannot both "
            "be right, or may be a change."
        ),
        legend=tuple(
            LegendItem(word=book.line(source), colour=colour, shape=_SHAPES[shape])
            for source, (colour, shape) in styles.items()
        ),
    )


def _mark(row: Mapping[Any, Any]) -> dict[str, Any]:
    end = span(row["period_end"])
    start = span(row["period_start"])
    text = qualified(row["value"], row["qualifier"])
    if row["value_kind"] != "reported":
        text = _("%(value)s %(kind)s") % {"value": text, "kind": value_kind_name(row["value_kind"])}
    return {
        **row,
        "source_id": one_line(row["source_id"]),
        "start": None if end is None else (start or end).first,
        "end": None if end is None else end.last,
        "text": text,
        "group_name": one_line(row["disaggregation"]),
        "open": row["qualifier"] != "exact" or row["value_kind"] != "reported",
    }


def _takeaway(marks: Sequence[Mapping[str, Any]], sentences: Sequence[str]) -> str:
    if not marks:
        return _("Nobody published a figure, so nothing can be said.")
    if sentences:
        return sentences[-1] + "."
    undated = sum(mark["end"] is None for mark in marks)
    return programme.undated_sentence(undated, len(marks))


def _alt(name: str, unit: str, marks: Sequence[Mapping[str, Any]], sentences: Sequence[str]) -> str:
    shown = "; ".join(
        _("%(date)s: %(value)s")
        % {
            "date": partial_date(None if is_missing(m["period_end"]) else str(m["period_end"])),
            "value": m["text"],
        }
        for m in marks[:12]
    )
    text = _("Published figures of %(name)s in %(unit)s: %(figures)s.") % {
        "name": name,
        "unit": unit,
        "figures": shown or _("none"),
    }
    if not sentences:
        return text
    return f"{text} " + ngettext(
        "%(n)s pair of figures disagrees.", "%(n)s pairs of figures disagree.", len(sentences)
    ) % {"n": number(len(sentences))}


def _styles(marks: Sequence[Mapping[str, Any]], colours: Palette) -> dict[str, tuple[str, int]]:
    sources = dict.fromkeys(mark["source_id"] for mark in marks)
    tints = colours.categorical
    # a seventh source takes the first colour with the second shape, and so on
    return {
        source: (tints[place % len(tints)], (place + place // len(tints)) % len(_SHAPES))
        for place, source in enumerate(sources)
    }


def _figure(
    marks: Sequence[Mapping[str, Any]],
    pairs: pd.DataFrame,
    styles: Mapping[str, tuple[str, int]],
    book: SourceBook,
    unit_and_mode: tuple[str, str],
) -> go.Figure:
    unit, mode = unit_and_mode
    colours = palette(mode)
    dated = [mark for mark in marks if mark["end"] is not None]
    undated = aside([mark for mark in marks if mark["end"] is None], _values(marks))
    split = _BAND if dated and undated else 1.0 if dated else 0.0
    sheet = Sheet(mode, height=_HEIGHT, margin={"l": 8, "r": 8, "t": 28, "b": 8})
    low, high = _values(marks)
    sheet.axis("yaxis", unit, range=[low, high], nticks=6, zeroline=False, tickformat=",")
    first, last = _dates(dated)
    sheet.axis(
        "xaxis",
        range=[first.isoformat(), last.isoformat()],
        type="date",
        nticks=5,
        domain=[0, max(split, 0.02)],
        visible=bool(dated),
    )
    if undated:
        _undated_band(sheet, split, colours)
    _conflict_lines(sheet, pairs, colours)
    for source, (colour, shape) in styles.items():
        for group, axis in ((dated, "x"), (undated, "x2")):
            own = [mark for mark in group if mark["source_id"] == source]
            style = {
                "axis": axis,
                "colour": colour,
                "symbol": SYMBOLS[shape],
                "line": book.line(source),
                "unit": unit,
            }
            _source_trace(sheet, own, style)
    dated_labels(sheet, dated, (first, last), (low, high), colours)
    undated_labels(sheet, undated, (low, high), colours)
    return sheet.figure()


def _values(marks: Sequence[Mapping[str, Any]]) -> tuple[float, float]:
    values = [float(mark["value"]) for mark in marks]
    low, high = min(values), max(values)
    room = (high - low) * 0.14 or abs(high) * 0.2 or 1.0
    bottom = 0.0 if 0 <= low < 0.6 * high else low - room
    return bottom, high + room


def _dates(dated: Sequence[Mapping[str, Any]]) -> tuple[dt.date, dt.date]:
    if not dated:
        return dt.date(2000, 1, 1), dt.date(2001, 1, 1)
    first, last = min(m["start"] for m in dated), max(m["end"] for m in dated)
    room = dt.timedelta(days=max((last - first).days, _LEAST_DAYS) * 0.08)
    return first - room, last + room


def _undated_band(sheet: Sheet, split: float, colours: Palette) -> None:
    left = split + 0.03 if split else 0.0
    sheet.axis("xaxis2", domain=[left, 1], anchor="y", range=[0, 1], visible=False)
    sheet.shape(
        type="rect",
        xref="paper",
        yref="paper",
        x0=left,
        x1=1,
        y0=0,
        y1=1,
        fillcolor=colours.surface,
        line={"color": colours.muted, "width": 1, "dash": "dot"},
        layer="below",
    )
    sheet.note(
        _("Undated"),
        xref="paper",
        yref="paper",
        x=(left + 1) / 2,
        y=1,
        yanchor="bottom",
        font={"size": TEXT_SIZE, "color": colours.muted},
    )


def _conflict_lines(sheet: Sheet, pairs: pd.DataFrame, colours: Palette) -> None:
    for row in records(pairs):
        earlier, later = span(row["earlier_period_end"]), span(row["later_period_end"])
        if earlier is None or later is None:
            continue
        ends = [earlier.last, later.last]
        values = [float(row["earlier_value"]), float(row["later_value"])]
        sheet.scatter(
            x=[day.isoformat() for day in ends],
            y=values,
            mode="lines",
            name="conflict",
            line={"color": colours.text, "width": 1.5, "dash": "dot"},
            hoverinfo="skip",
        )
        sheet.note(
            "?" if row["kind"] == "decline_or_disagreement" else "≠",
            x=(ends[0] + (ends[1] - ends[0]) / 2).isoformat(),
            y=sum(values) / 2,
            bgcolor=colours.background,
            borderpad=1,
            font={"size": TEXT_SIZE + 2, "color": colours.text},
        )


def _source_trace(
    sheet: Sheet,
    group: Sequence[Mapping[str, Any]],
    style: Mapping[str, str],
) -> None:
    if not group:
        return
    undated = style["axis"] == "x2"
    if not undated:
        sheet.scatter(
            x=[day for m in group for day in (*_period(m), None)],
            y=[value for m in group for value in (m["value"], m["value"], None)],
            mode="lines",
            name="period",
            line={"color": style["colour"], "width": 3},
            opacity=0.45,
            hoverinfo="skip",
        )
    sheet.scatter(
        x=[m["aside"] if undated else m["end"].isoformat() for m in group],
        y=[m["value"] for m in group],
        xaxis=style["axis"],
        mode="markers",
        name=chart_text(style["line"]),
        marker={
            "symbol": [style["symbol"] + ("-open" if m["open"] else "") for m in group],
            "size": 11,
            "color": style["colour"],
            "line": {"width": 2, "color": style["colour"]},
        },
        text=[_hover(m, style) for m in group],
        hoverinfo="text",
    )


def _period(mark: Mapping[str, Any]) -> tuple[str, str]:
    return mark["start"].isoformat(), mark["end"].isoformat()


def _hover(mark: Mapping[str, Any], style: Mapping[str, str]) -> str:
    if mark["end"] is None:
        when = _("undated")
    elif is_missing(mark["period_start"]) or mark["period_start"] == mark["period_end"]:
        when = partial_date(str(mark["period_end"]))
    else:
        when = _("%(start)s to %(end)s") % {
            "start": partial_date(str(mark["period_start"])),
            "end": partial_date(str(mark["period_end"])),
        }
    lines = [f"{mark['text']} {style['unit']}", when, style["line"], mark["group_name"]]
    return "<br>".join(chart_text(line) for line in lines if line)
