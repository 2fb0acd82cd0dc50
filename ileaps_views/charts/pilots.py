"""What was published about pilots' indicators: against their targets, and over time."""

from __future__ import annotations

import textwrap
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from ileaps_views import tables
from ileaps_views.charts.sheet import Sheet
from ileaps_views.findings import programme, transfers
from ileaps_views.i18n import _, number, partial_date
from ileaps_views.rows import lookup, records
from ileaps_views.statuses import SYMBOLS, method_sentence, reason_sentence, status
from ileaps_views.theme import TEXT_SIZE, palette
from ileaps_views.view import LegendItem, View
from ileaps_views.wording import chart_text, is_missing, one_line, published, qualified, shortened

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    import plotly.graph_objects as go

    from ileaps_views.evidence import SourceBook
    from ileaps_views.theme import Palette

_ROW: Final = 168
_LINE: Final = 46  # characters that a phone shows on one line
# Heights within a row, in pixels from its foot.
_HEAD, _STATUS, _ABOVE, _BAR, _BELOW, _LOWEST = 154, 132, 108, 86, 60, 38


def indicator_bullets(
    kpis: pd.DataFrame, indicators: pd.DataFrame, book: SourceBook, mode: str
) -> View:
    """Draw baseline, expected by then, actual and target of every indicator that has a target.

    The table lists every indicator of the pilot, also those without a target.

    Args:
        kpis: pilot_kpis(...) of the pilots to show.
        indicators: the indicators table.
        book: the sources.
        mode: "light" or "dark".
    """
    own = kpis[kpis["result_level"].ne("context")]
    drawn = own[own["target_value"].notna()]
    names = lookup(indicators, "indicator_id", "name")
    rows: list[dict[str, Any]] = [
        {**row, "name": names.get(row["indicator_id"], row["indicator_id"])}
        for row in records(drawn)
    ]
    figure = _bullets(rows, mode) if rows else None
    sentences = [bullet_sentence(row) for row in rows]
    return View(
        id="indicators-against-targets",
        title=programme.statuses_title([str(code) for code in own["status"]]),
        takeaway=sentences[0]
        if len(sentences) == 1
        else programme.targets_title(len(drawn), len(own)) + ".",
        figure=figure,
        table=tables.indicator_table(kpis, indicators, book),
        unit=_("each indicator in its own unit"),
        period=transfers.period(kpis["actual_on"].dropna()),
        sources=book.lines(
            [
                *kpis["actual_source_id"],
                *drawn["indicator_id"].map(indicators.set_index("indicator_id")["source_id"]),
            ]
        ),
        alt=" ".join(sentences) or _("No indicator has a published target."),
        method=method_sentence(one_line(kpis["method"].iloc[0]) if len(kpis) else ""),
        notes=tuple(
            dict.fromkeys(
                _("%(status)s: %(explanation)s")
                % {"status": status(code).word, "explanation": status(code).explanation}
                for code in kpis["status"]
            )
        ),
        legend=_bullet_legend(rows, palette(mode)),
    )


def bullet_sentence(row: Mapping[str, Any]) -> str:
    """Say in one sentence where an indicator stands against its target.

    >>> bullet_sentence({"name": "Vehicles", "unit": "vehicles", "actual": 10.0,
    ...     "actual_qualifier": "exact", "actual_on": "2018-08-23", "expected": 15.8,
    ...     "target_value": 20.0, "target_on": "2018", "status": "behind", "reason": None})
    'Vehicles: 10 by 23 Aug 2018, where 15.8 were expected by then and 20 by 2018. Behind.'
    """
    target = _("%(target)s by %(date)s") if not is_missing(row["target_on"]) else _("%(target)s")
    values = {
        "name": one_line(row["name"]),
        "status": status(row["status"]).word,
        "target": target
        % {
            "target": published(row["target_value"]),
            "date": partial_date(row["target_on"] or None),
        },
    }
    if is_missing(row["actual"]):
        reason = reason_sentence(row["reason"])
        text = _("%(name)s: target %(target)s. %(status)s.") % values
        return f"{text} {reason}" if reason else text
    values["actual"] = qualified(row["actual"], row["actual_qualifier"])
    values["date"] = partial_date(row["actual_on"])
    if is_missing(row["expected"]):
        return _("%(name)s: %(actual)s by %(date)s, target %(target)s. %(status)s.") % values
    values["expected"] = number(row["expected"], 1)
    return (
        _(
            "%(name)s: %(actual)s by %(date)s, where %(expected)s were expected by then and "
            "%(target)s. %(status)s."
        )
        % values
    )


def _bullets(rows: list[dict[str, Any]], mode: str) -> go.Figure:
    colours = palette(mode)
    height = _ROW * len(rows) + 8
    sheet = Sheet(mode, height=height, margin={"l": 8, "r": 8, "t": 4, "b": 4})
    for place, row in zip(count(1), rows, strict=False):
        suffix = "" if place == 1 else str(place)
        top = 1 - (place - 1) / len(rows)
        sheet.axis(
            f"xaxis{suffix}",
            domain=[0, 1],
            anchor=f"y{suffix}",
            range=_reach(row),
            visible=False,
        )
        sheet.axis(
            f"yaxis{suffix}",
            domain=[max(top - 1 / len(rows), 0), top],
            anchor=f"x{suffix}",
            range=[0, _ROW],
            visible=False,
        )
        _bullet(sheet, row, suffix, colours)
    return sheet.figure()


def _points(row: Mapping[str, Any]) -> dict[str, float]:
    named = {
        "start": row["baseline_value"],
        "expected": row["expected"],
        "low": row.get("actual_low"),
        "high": row.get("actual_high"),
        "actual": row["actual"],
        "target": row["target_value"],
    }
    return {name: float(value) for name, value in named.items() if not is_missing(value)}


def _reach(row: Mapping[str, Any]) -> list[float]:
    values = [*_points(row).values(), *([0.0] if is_missing(row["baseline_value"]) else [])]
    low, high = min(values), max(values)
    room = (high - low) * 0.03 or abs(high) * 0.1 or 1.0
    return [low - room, high + room]


def _bullet(sheet: Sheet, row: Mapping[str, Any], suffix: str, colours: Palette) -> None:
    points = _points(row)
    shown = status(row["status"])
    colour = shown.colour(colours)
    start = points.get("start", 0.0)
    axes = {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}", "hoverinfo": "skip"}

    def line(end: float, width: int, tint: str) -> None:
        sheet.scatter(
            x=[start, end],
            y=[_BAR, _BAR],
            mode="lines",
            line={"width": width, "color": tint},
            **axes,
        )

    def mark(name: str, symbol: str, size: int, tint: str) -> None:
        if name in points:
            sheet.scatter(
                x=[points[name]],
                y=[_BAR],
                mode="markers",
                name=name,
                marker={
                    "symbol": symbol,
                    "size": size,
                    "color": tint,
                    "line": {"width": 2.5, "color": tint},
                },
                **axes,
            )

    line(points["target"], 20, colours.grid)
    if "actual" in points:
        line(points["actual"], 8, colour)
    mark("start", "line-ns-open", 20, colours.muted)
    mark("target", "line-ns-open", 30, colours.text)
    mark("expected", "diamond-open", 13, colours.text)
    mark("actual", SYMBOLS[shown.shape], 13, colour)
    if "actual" not in points:
        mark("low", "diamond", 11, colour)
        mark("high", "diamond", 11, colour)
    _bullet_words(sheet, row, points, suffix, colours)


def _bullet_words(
    sheet: Sheet,
    row: Mapping[str, Any],
    points: Mapping[str, float],
    suffix: str,
    colours: Palette,
) -> None:
    low, high = _reach(row)

    def word(text: str, x: float, y: float, colour: str, size: int = TEXT_SIZE - 1) -> None:
        share = (x - low) / (high - low)
        anchor = "left" if share < 1 / 3 else "right" if share > 2 / 3 else "center"
        sheet.note(
            chart_text(text),
            x=x,
            y=y,
            xref=f"x{suffix}",
            yref=f"y{suffix}",
            xanchor=anchor,
            yanchor="middle",
            font={"size": size, "color": colour},
        )

    def dated(text: str, date: object) -> str:
        known = not is_missing(date)
        return (
            _("%(text)s (%(date)s)") % {"text": text, "date": partial_date(str(date))}
            if known
            else text
        )

    shown = status(row["status"])
    word(
        shortened(
            _("%(name)s (%(unit)s)")
            % {"name": one_line(row["name"]), "unit": one_line(row["unit"])},
            _LINE,
        ),
        low,
        _HEAD,
        colours.text,
        TEXT_SIZE + 1,
    )
    word(shown.label, low, _STATUS, colours.text)
    if "actual" in points:
        text = _("Actual %(value)s") % {"value": qualified(row["actual"], row["actual_qualifier"])}
        word(dated(text, row["actual_on"]), points["actual"], _ABOVE, colours.text)
    elif {"low", "high"} <= points.keys():
        text = _("Actual %(low)s or %(high)s") % {
            "low": published(points["low"]),
            "high": published(points["high"]),
        }
        word(dated(text, row["actual_on"]), points["high"], _ABOVE, colours.text)
    else:
        why = reason_sentence(row["reason"]) or shown.explanation
        for place, text in enumerate(textwrap.wrap(why, _LINE)):
            word(text, low, _LOWEST - 18 * place, colours.muted)
    if "start" in points:
        text = _("Start %(value)s") % {"value": published(points["start"])}
        word(text, points["start"], _BELOW, colours.muted)
    text = _("Target %(value)s") % {"value": published(points["target"])}
    word(dated(text, row["target_on"]), points["target"], _BELOW, colours.muted)
    if "expected" in points:
        text = _("Expected by then %(value)s") % {"value": number(points["expected"], 1)}
        word(text, points["expected"], _LOWEST, colours.muted)


def _bullet_legend(rows: list[dict[str, Any]], colours: Palette) -> tuple[LegendItem, ...]:
    if not rows:
        return ()
    return (
        LegendItem(word=_("baseline (start)"), colour=colours.muted, shape="|"),
        LegendItem(word=_("expected by then"), colour=colours.text, shape="◇"),
        *dict.fromkeys(
            LegendItem(
                word=_("actual: %(status)s") % {"status": status(row["status"]).word},
                colour=status(row["status"]).colour(colours),
                shape=status(row["status"]).shape,
            )
            for row in rows
        ),
        LegendItem(word=_("target"), colour=colours.text, shape="┃"),
    )
