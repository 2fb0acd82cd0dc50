"""LEAPS stages: what was evidenced when, and since when nothing is known."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ileaps_views import labels, tables
from ileaps_views.charts.sheet import Sheet, hatch
from ileaps_views.date_spans import Span, span
from ileaps_views.evidence import stage_sentence
from ileaps_views.findings import programme, transfers
from ileaps_views.i18n import _, partial_date
from ileaps_views.rows import records
from ileaps_views.terms import STAGES, kind_name, stage_name
from ileaps_views.theme import TEXT_SIZE, palette
from ileaps_views.view import LegendItem, View
from ileaps_views.wording import chart_text, one_line, shortened

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    import plotly.graph_objects as go

    from ileaps_views.evidence import SourceBook
    from ileaps_views.theme import Palette

_ROW: Final = 92
# Heights within a row, in pixels from its foot.
_NAME, _SAID, _LETTER, _BAR = 80, 62, 42, 22
_THICK: Final = 16
_NARROW: Final = 310.0
_LINE: Final = 48
_DAY_MS: Final = 86_400_000


def stage_timeline(
    stage_events: pd.DataFrame,
    current: pd.DataFrame,
    pilots: pd.DataFrame,
    book: SourceBook,
    mode: str,
    *,
    as_of: dt.date,
    events: pd.DataFrame | None = None,
) -> View:
    """Draw each pilot's stages from evidence to evidence; after the last one nothing is claimed.

    Args:
        stage_events: the stage_events table.
        current: current_stage(..., pilots) of those to show; pilots are drawn before tracks.
        pilots: the pilots table, for names and attribution.
        book: the sources.
        mode: "light" or "dark".
        as_of: the day the axis ends at.
        events: the events table; those of a pilot's city are small marks under its bar.
    """
    about = {row["pilot_id"]: row for row in records(pilots)}
    rows = [
        {**about.get(row["pilot_id"], {}), **row, "spells": _spells(stage_events, row["pilot_id"])}
        for row in records(current)
    ]
    rows = sorted(
        (row for row in rows if row["spells"]),
        key=lambda row: (row["kind"] != "pilot", row["spells"][0]["span"]),
    )
    shown = stage_events[stage_events["pilot_id"].isin([row["pilot_id"] for row in rows])]
    unknown = [row for row in rows if _unknown(row)]
    sentences = [
        _("%(name)s: %(sentence)s.") % {"name": one_line(row["name"]), "sentence": _standing(row)}
        for row in rows
    ]
    colours = palette(mode)
    return View(
        id="leaps-timeline",
        title=programme.stages_title(
            [str(row["stage"]) for row in rows],
            len(unknown),
            pilots_only=all(row["kind"] == "pilot" for row in rows),
        ),
        takeaway=_(
            "A stage lasts from its evidence to the next one's; after the last evidence the bar "
            "is hatched, because nothing was published."
        )
        if rows
        else "",
        figure=_timeline(rows, events, as_of, mode) if rows else None,
        table=tables.stage_table(shown, pilots, book),
        unit=_("LEAPS stage by published evidence"),
        period=transfers.period(shown["entered_on"]),
        sources=book.lines(shown["source_id"]),
        alt=" ".join(sentences) or _("No evidence of any stage is recorded."),
        method=_(
            "Dates are as precise as published: a paler beginning covers the days a month or a "
            "year leaves open. Evidence older than 24 months reads as status unknown since. "
            "Stages can be skipped or come out of order and are shown as they are."
        ),
        notes=tuple(sentences),
        legend=_legend(colours),
    )


def _spells(stage_events: pd.DataFrame, pilot_id: str) -> list[dict[str, Any]]:
    own = stage_events[stage_events["pilot_id"].eq(pilot_id)]
    dated = [
        {**row, "span": entered}
        for row in records(own)
        if (entered := span(row["entered_on"])) is not None
    ]
    return sorted(dated, key=lambda row: row["span"])


def _unknown(row: Mapping[str, Any]) -> bool:
    return "unknown" in one_line(row["status"])


def _standing(row: Mapping[str, Any]) -> str:
    return stage_sentence(row["stage"], row["entered_on"], unknown_since=_unknown(row))


def _stage_colours(colours: Palette) -> dict[str, str]:
    return dict(zip(STAGES, colours.sequential[1:], strict=True))


def _timeline(
    rows: Sequence[Mapping[str, Any]], events: pd.DataFrame | None, as_of: dt.date, mode: str
) -> go.Figure:
    colours = palette(mode)
    height = _ROW * len(rows)
    sheet = Sheet(
        mode, height=height + 44, margin={"l": 8, "r": 8, "t": 4, "b": 36}, barmode="overlay"
    )
    first = min(row["spells"][0]["span"].first for row in rows)
    reach = (first - dt.timedelta(days=45), as_of)
    sheet.axis("xaxis", range=[day.isoformat() for day in reach], type="date", nticks=6)
    sheet.axis("yaxis", range=[0, height], visible=False)
    bars, starts = [], []
    for place, row in enumerate(rows):
        foot = height - (place + 1) * _ROW
        bars += _bars(row, foot, as_of, colours)
        starts += _starts(row, foot, colours)
        _letters(sheet, row["spells"], foot, reach, colours)
        _names(sheet, row, foot, reach[0], colours)
        if events is not None and row["kind"] == "pilot":
            own = events[events["city_id"].eq(row["city_id"])]
            _event_marks(sheet, own, foot, reach, colours)
    lasting = [bar for bar in bars if bar.end > bar.start]
    _draw_bars(sheet, "stages", [bar for bar in lasting if not bar.silent], colours)
    _draw_bars(sheet, "silent", [bar for bar in lasting if bar.silent], colours)
    sheet.scatter(
        x=[start.isoformat() for start, *_rest in starts],
        y=[y for _start, y, *_rest in starts],
        mode="markers",
        name="evidence",
        marker={
            "symbol": "line-ns",
            "size": _THICK,
            "line": {"width": 4, "color": [tint for *_rest, tint, _text in starts]},
        },
        text=[text for *_rest, text in starts],
        hoverinfo="text",
    )
    return sheet.figure()


class _Bar(NamedTuple):
    """A stretch of time on a pilot's row."""

    start: dt.date
    end: dt.date
    y: float
    text: str
    colour: str
    opacity: float = 1.0
    silent: bool = False


def _bars(row: Mapping[str, Any], foot: float, as_of: dt.date, colours: Palette) -> list[_Bar]:
    tints = _stage_colours(colours)
    spells, y = row["spells"], foot + _BAR
    ends: list[dt.date] = [*(spell["span"].first for spell in spells[1:]), as_of]
    bars = []
    for spell, end in zip(spells, ends, strict=True):
        entered: Span = spell["span"]
        tint, text = tints.get(spell["stage"], colours.muted), _hover(spell)
        sure = min(entered.last, max(end, entered.first))
        bars.append(_Bar(entered.first, sure, y, text, tint, opacity=0.45))
        bars.append(_Bar(entered.last, end, y, text, tint))
    silent = chart_text(
        _("Nothing published since %(date)s") % {"date": partial_date(spells[-1]["entered_on"])}
    )
    bars[-1] = bars[-1]._replace(text=silent, colour=colours.background, silent=True)
    return bars


def _starts(
    row: Mapping[str, Any], foot: float, colours: Palette
) -> list[tuple[dt.date, float, str, str]]:
    tints = _stage_colours(colours)
    return [
        (
            spell["span"].first,
            foot + _BAR,
            tints.get(spell["stage"], colours.muted),
            _hover(spell),
        )
        for spell in row["spells"]
    ]


def _draw_bars(sheet: Sheet, name: str, bars: Sequence[_Bar], colours: Palette) -> None:
    sheet.bar(
        base=[bar.start.isoformat() for bar in bars],
        x=[(bar.end - bar.start).days * _DAY_MS for bar in bars],
        y=[bar.y for bar in bars],
        width=_THICK,
        orientation="h",
        name=name,
        marker={
            "color": colours.background if name == "silent" else [bar.colour for bar in bars],
            "opacity": 1.0 if name == "silent" else [bar.opacity for bar in bars],
            "line": {"width": 1, "color": colours.muted},
            **({"pattern": hatch(colours)} if name == "silent" else {}),
        },
        hovertext=[bar.text for bar in bars],
        hoverinfo="text",
    )


def _hover(spell: Mapping[str, Any]) -> str:
    lines = [
        _("%(stage)s, evidenced %(date)s")
        % {"stage": stage_name(spell["stage"]), "date": partial_date(spell["entered_on"])},
        shortened(one_line(spell["evidence"]), 90),
    ]
    return "<br>".join(chart_text(line) for line in lines)


def _letters(
    sheet: Sheet,
    spells: Sequence[Mapping[str, Any]],
    foot: float,
    reach: tuple[dt.date, dt.date],
    colours: Palette,
) -> None:
    low, high = (day.toordinal() for day in reach)
    at = [
        labels.axis_pixels(spell["span"].first.toordinal(), low, high, _NARROW) for spell in spells
    ]
    for spell, wanted, given in zip(spells, at, labels.spread(at, 15, 0, _NARROW), strict=True):
        sheet.note(
            chart_text(stage_name(spell["stage"])[:1]),
            x=spell["span"].first.isoformat(),
            y=foot + _LETTER,
            xshift=round(given - wanted, 1),
            font={"size": TEXT_SIZE, "color": colours.text},
        )


def _names(
    sheet: Sheet, row: Mapping[str, Any], foot: float, left: dt.date, colours: Palette
) -> None:
    said = one_line(row.get("attribution")) or _("attribution not stated")
    for text, y, colour, size in (
        (one_line(row.get("name")) or one_line(row["pilot_id"]), _NAME, colours.text, TEXT_SIZE),
        (f"{kind_name(row['kind'])} · {said}", _SAID, colours.muted, TEXT_SIZE - 2),
    ):
        sheet.note(
            chart_text(shortened(text, _LINE)),
            x=left.isoformat(),
            y=foot + y,
            xanchor="left",
            font={"size": size, "color": colour},
        )


def _event_marks(
    sheet: Sheet,
    events: pd.DataFrame,
    foot: float,
    reach: tuple[dt.date, dt.date],
    colours: Palette,
) -> None:
    dated = [
        (when.first, one_line(name), one_line(day))
        for name, day in zip(events["name"], events["starts_on"], strict=True)
        if (when := span(day)) is not None and reach[0] <= when.first <= reach[1]
    ]
    if not dated:
        return
    sheet.scatter(
        x=[day.isoformat() for day, _name, _text in dated],
        y=[foot + _BAR - _THICK / 2 - 5] * len(dated),
        mode="markers",
        name="events",
        marker={"symbol": "triangle-up", "size": 7, "color": colours.text},
        text=[chart_text(f"{name}, {partial_date(text)}") for _day, name, text in dated],
        hoverinfo="text",
    )


def _legend(colours: Palette) -> tuple[LegendItem, ...]:
    return (
        *(
            LegendItem(
                word=_("%(letter)s: %(stage)s")
                % {"letter": stage_name(stage)[:1], "stage": stage_name(stage)},
                colour=tint,
                shape="■",
            )
            for stage, tint in _stage_colours(colours).items()
        ),
        LegendItem(
            word=_("nothing published since the last evidence"), colour=colours.muted, shape="▨"
        ),
        LegendItem(word=_("event in the city"), colour=colours.text, shape="▴"),
    )
