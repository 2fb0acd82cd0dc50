"""Events on a line of years, one mark each, stacked where they fall into the same half-year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ileaps_views import tables
from ileaps_views.agreement_words import EVENT_GROUPS, event_group, event_group_name
from ileaps_views.charts.common import GLYPHS
from ileaps_views.charts.sheet import Sheet
from ileaps_views.date_spans import span
from ileaps_views.findings import agreements, transfers
from ileaps_views.i18n import MISSING, _, ngettext, number, partial_date
from ileaps_views.rows import records
from ileaps_views.theme import SYMBOLS, TEXT_SIZE, palette
from ileaps_views.view import LegendItem, View
from ileaps_views.wording import chart_text, is_missing, one_line, shortened

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    import plotly.graph_objects as go

    from ileaps_views.evidence import SourceBook

_STEP: Final = 22
_MARK: Final = 12
_HALVES: Final = 2


def events_over_time(
    events: pd.DataFrame, book: SourceBook, mode: str, cities: Mapping[str, str] | None = None
) -> View:
    """Draw each event once at its half-year; the shape says what kind of event it was.

    Args:
        events: distinct_events(...): each event once, with the participants of every version.
        book: the sources.
        mode: "light" or "dark".
        cities: names of cities by id.
    """
    rows = [{**row, "group": event_group(row["kind"])} for row in records(events)]
    own = [row for row in rows if row["group"] != "context"]
    by_year = transfers.counted(int(row["year"]) for row in own if not is_missing(row["year"]))
    undated = sum(is_missing(row["year"]) for row in own)
    counts = {int(year): n for year, n in by_year.items()}
    counted = [row for row in own if not is_missing(row["participants_high"])]
    disputed = [row for row in counted if row["participants_low"] != row["participants_high"]]
    outside = len(rows) - len(own)
    colours = palette(mode)
    present = [group for group in EVENT_GROUPS if any(row["group"] == group for row in rows)]
    return View(
        id="programme-events",
        title=agreements.events_title(counts, undated),
        takeaway=agreements.events_takeaway(len(counted), len(own), len(disputed)),
        figure=_figure(rows, mode) if any(not is_missing(row["year"]) for row in rows) else None,
        table=event_list(events, book, cities) if rows else None,
        unit=_("events by half-year"),
        period=transfers.period(events["starts_on"]),
        sources=book.lines(events["source_id"]),
        alt=_("Marks on a line of years: %(text)s.")
        % {
            "text": "; ".join(
                _("%(name)s %(n)s") % {"name": year, "n": number(n)}
                for year, n in sorted(counts.items())
            )
        },
        notes=_notes(outside, undated),
        legend=tuple(
            LegendItem(
                word=event_group_name(group),
                colour=colours.categorical[EVENT_GROUPS.index(group)],
                shape=GLYPHS[EVENT_GROUPS.index(group)],
            )
            for group in present
        ),
    )


def _notes(outside: int, undated: int) -> tuple[str, ...]:
    notes = [
        _(
            "An event that several sources report is one event; where they count people "
            "differently, both counts are given. The list holds what was found, not all that "
            "took place."
        )
    ]
    if undated:
        without = ngettext(
            "%(n)s event has no first day: it is counted and listed, not drawn.",
            "%(n)s events have no first day: they are counted and listed, not drawn.",
            undated,
        )
        notes.append(without % {"n": number(undated)})
    if outside:
        notes.append(_beside(outside))
    return tuple(notes)


def _beside(outside: int) -> str:
    return ngettext(
        "%(n)s event outside the programme is drawn for reading the bus figures and not counted.",
        "%(n)s events outside the programme are drawn for reading the bus figures and not counted.",
        outside,
    ) % {"n": number(outside)}


def event_list(
    events: pd.DataFrame, book: SourceBook, cities: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Write out events in order of time: when, what and where, how many, who says so."""
    return tables.rows(
        {
            _("When"): _when(row),
            _("Event"): _what(row, cities or {}),
            _("Counts"): event_counts(row),
            _("Source"): book.line(row["source_id"]),
            _("Link"): book.link(row["source_id"]) or MISSING,
        }
        for row in records(events)
    )


def _when(row: Mapping[str, Any]) -> str:
    first = None if is_missing(row["starts_on"]) else str(row["starts_on"])
    last = None if is_missing(row["ends_on"]) else str(row["ends_on"])
    if first is None and last is not None:
        return _("by %(date)s") % {"date": partial_date(last)}
    if last is None or last == first:
        return partial_date(first)
    return _("%(first)s to %(last)s") % {"first": partial_date(first), "last": partial_date(last)}


def _what(row: Mapping[str, Any], cities: Mapping[str, str]) -> str:
    name, city = one_line(row["name"]), one_line(cities.get(one_line(row["city_id"])))
    if not city or city in name:
        return name
    return _("%(event)s (%(city)s)") % {"event": name, "city": city}


def event_counts(row: Mapping[str, Any]) -> str:
    """Say how many people, cities and countries took part, as far as anybody says.

    >>> event_counts({"participants_low": 300.0, "participants_high": 500.0,
    ...     "cities_represented": 38.0, "countries_represented": None})
    '300 or 500 people (sources differ), 38 cities'
    """
    low, high = row["participants_low"], row["participants_high"]
    parts = []
    if not is_missing(high):
        parts.append(
            _("%(low)s or %(high)s people (sources differ)")
            % {"low": number(low), "high": number(high)}
            if low != high
            else ngettext("%(n)s person", "%(n)s people", int(high)) % {"n": number(high)}
        )
    if not is_missing(n := row["cities_represented"]):
        parts.append(ngettext("%(n)s city", "%(n)s cities", int(n)) % {"n": number(n)})
    if not is_missing(n := row["countries_represented"]):
        parts.append(ngettext("%(n)s country", "%(n)s countries", int(n)) % {"n": number(n)})
    return ", ".join(parts) or MISSING


def _half(row: Mapping[str, Any]) -> tuple[int, int] | None:
    when = span(row["starts_on"])
    return None if when is None else (when.first.year, (when.first.month - 1) // 6)


def _figure(rows: Sequence[Mapping[str, Any]], mode: str) -> go.Figure:
    colours = palette(mode)
    placed: dict[tuple[int, int], int] = {}
    marks: dict[str, list[tuple[float, int, str]]] = {group: [] for group in EVENT_GROUPS}
    order = {group: place for place, group in enumerate(EVENT_GROUPS)}
    for row in sorted(rows, key=lambda row: (order[row["group"]], str(row["starts_on"]))):
        half = _half(row)
        if half is None:
            continue
        level = placed[half] = placed.get(half, 0) + 1
        marks[row["group"]].append((half[0] + half[1] / _HALVES + 0.25, level, _hover(row)))
    tallest = max(placed.values())
    years = range(min(year for year, _h in placed), max(year for year, _h in placed) + 1)
    sheet = Sheet(mode, height=_STEP * tallest + 60, margin={"l": 8, "r": 8, "t": 8, "b": 28})
    for group, points in marks.items():
        if not points:
            continue
        place = order[group]
        sheet.scatter(
            x=[x for x, _y, _t in points],
            y=[y for _x, y, _t in points],
            mode="markers",
            name=group,
            marker={
                "symbol": SYMBOLS[place],
                "size": _MARK,
                "color": colours.categorical[place],
                "line": {"width": 1, "color": colours.background},
            },
            text=[text for _x, _y, text in points],
            hoverinfo="text",
        )
    every = 1 if len(years) <= 6 else 2
    ticks = [year for year in years if (year - years[-1]) % every == 0]
    sheet.axis(
        "xaxis",
        range=[years[0] - 0.15, years[-1] + 1.15],
        tickvals=[year + 0.5 for year in ticks],
        ticktext=[str(year) for year in ticks],
        tickangle=0,
        showgrid=False,
        zeroline=False,
    )
    sheet.axis("yaxis", range=[0.3, tallest + 1.6], visible=False)
    for year in (*years, years[-1] + 1):
        sheet.shape(
            type="line",
            x0=year,
            x1=year,
            y0=0,
            y1=1,
            yref="paper",
            layer="below",
            line={"color": colours.grid, "width": 1},
        )
    _name_largest(sheet, rows, placed, mode)
    return sheet.figure()


def _name_largest(
    sheet: Sheet,
    rows: Sequence[Mapping[str, Any]],
    placed: Mapping[tuple[int, int], int],
    mode: str,
) -> None:
    """Name the half-year with most events, so that the tallest stack needs no hovering."""
    half = max(placed, key=lambda each: placed[each])
    with_people = [
        row for row in rows if _half(row) == half and not is_missing(row["participants_high"])
    ]
    if not with_people:
        return
    largest = max(with_people, key=lambda row: float(row["participants_high"]))
    left = half[0] - min(year for year, _h in placed) > (max(year for year, _h in placed) - half[0])
    sheet.note(
        "<br>".join(
            (
                chart_text(shortened(one_line(largest["name"]), 30)),
                chart_text(event_counts(largest)),
            )
        ),
        x=half[0] + half[1] / _HALVES + (0.0 if left else 0.55),
        y=placed[half] + 1.5,
        xanchor="right" if left else "left",
        yanchor="top",
        align="right" if left else "left",
        font={"size": TEXT_SIZE - 1, "color": palette(mode).muted},
    )


def _hover(row: Mapping[str, Any]) -> str:
    lines = [shortened(one_line(row["name"]), 70), _when(row)]
    counts = event_counts(row)
    if counts != MISSING:
        lines.append(counts)
    return "<br>".join(chart_text(line) for line in lines)
