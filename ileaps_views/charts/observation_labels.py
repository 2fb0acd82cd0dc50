"""Where the figures of an indicator are written beside their marks, clear of each other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from ileaps_views import labels
from ileaps_views.theme import TEXT_SIZE
from ileaps_views.wording import chart_text, shortened

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from ileaps_views.charts.sheet import Sheet
    from ileaps_views.theme import Palette

# What a phone leaves for the dated part: labels placed for it keep apart anywhere wider.
_NARROW: Final = (176.0, 300.0)


def aside(
    undated: Sequence[Mapping[str, Any]], values: tuple[float, float]
) -> list[dict[str, Any]]:
    """Stand undated figures in the middle of their band, those of one height side by side."""
    near = [round(labels.axis_pixels(m["value"], *values, _NARROW[1]) / 14) for m in undated]
    return [
        {**mark, "aside": 0.5 + 0.2 * (near[:place].count(at) - (near.count(at) - 1) / 2)}
        for place, (mark, at) in enumerate(zip(undated, near, strict=True))
    ]


def dated_labels(
    sheet: Sheet,
    dated: Sequence[Mapping[str, Any]],
    dates: tuple[dt.date, dt.date],
    values: tuple[float, float],
    colours: Palette,
) -> None:
    """Write each dated figure beside its mark, where there is room on a phone."""
    width, height = _NARROW
    first, last = (day.toordinal() for day in dates)
    points = [
        labels.LabelPoint(
            key=str(place),
            text=_label(mark),
            x=labels.axis_pixels(mark["end"].toordinal(), first, last, width),
            y=height - labels.axis_pixels(mark["value"], *values, height),
            radius=7,
            font_size=TEXT_SIZE - 1,
            priority=-place,
        )
        for place, mark in enumerate(dated)
    ]
    days = max((dates[1] - dates[0]).days, 1)
    bars = [
        _bar_room(mark, dates[0], days, point.y) for mark, point in zip(dated, points, strict=True)
    ]
    placed = labels.place_labels(points, width, height, obstacles=bars)
    # a label too long for a phone with its group is tried again with its figure alone
    done = {label.key for label in placed}
    short = [
        replace(point, text="" if point.key in done else dated[int(point.key)]["text"])
        for point in points
    ]
    taken = [*bars, *(label.box for label in placed)]
    placed += labels.place_labels(short, width, height, obstacles=taken)
    for label in placed:
        mark = dated[int(label.key)]
        sheet.note(
            chart_text(label.text),
            x=mark["end"].isoformat(),
            y=mark["value"],
            xshift=label.dx,
            yshift=-label.dy,
            xanchor=label.plotly_xanchor,
            yanchor=label.plotly_yanchor,
            font={"size": TEXT_SIZE - 1, "color": colours.text},
        )


def undated_labels(
    sheet: Sheet,
    undated: Sequence[Mapping[str, Any]],
    values: tuple[float, float],
    colours: Palette,
) -> None:
    """Write each undated figure above its mark."""
    height = _NARROW[1]
    above = [labels.axis_pixels(m["value"], *values, height) + 16 for m in undated]
    apart = labels.spread(above, 17, 0, height)
    for mark, wanted, given in zip(undated, above, apart, strict=True):
        sheet.note(
            chart_text(mark["text"]),
            x=0.5,
            y=mark["value"],
            xref="x2",
            yshift=16 + given - wanted,
            font={"size": TEXT_SIZE - 1, "color": colours.text},
        )


def _bar_room(mark: Mapping[str, Any], first: dt.date, days: int, y: float) -> labels.Box:
    width = _NARROW[0]
    end = (mark["end"] - first).days / days * width
    # three times as long on a wide screen, and a label there must not lie on it either
    length = 3 * (mark["end"] - mark["start"]).days / days * width
    return labels.Box(end - length, y - 3, end - 7, y + 3)


def _label(mark: Mapping[str, Any]) -> str:
    return f"{mark['text']} {shortened(mark['group_name'], 18)}".strip()
