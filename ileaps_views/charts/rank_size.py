"""The rank–size figure: both axes logarithmic, the largest cities named."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Any, Final

from ileaps_views.charts.common import axis, build, layout, rounded
from ileaps_views.i18n import _, number, population
from ileaps_views.labels import Box, LabelPoint, axis_pixels, place_labels
from ileaps_views.theme import palette
from ileaps_views.wording import chart_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go

_HEIGHT: Final = 440
_MARGIN: Final = {"l": 56, "r": 14, "t": 12, "b": 52}
_NARROW: Final = 360 - 2 * 16  # the least width a figure has: a phone less the page's margins
_LABELLED: Final = 6
_DECADE: Final = (1, 2, 5)
_MOST_TICKS: Final = 7
_FIRST: Final = 0.7  # a little above rank 1, so that its mark is whole
_BENDS: Final = 24
_CROWD: Final = 60  # cities from which on their marks have no outline


def rank_size_figure(
    names: Sequence[str], sizes: Sequence[float], exponent: float, mode: str
) -> go.Figure:
    """Draw cities, largest first, by size and rank, with the line of that exponent if any."""
    colours = palette(mode)
    ranks = list(range(1, len(sizes) + 1))
    low, high = min(sizes) / 1.15, max(sizes) * 1.3
    deepest = max(ranks) * 1.4
    traces: list[dict[str, Any]] = []
    line: list[tuple[float, float]] = []
    if math.isfinite(exponent):
        line = _fitted(sizes, exponent, (low, high), deepest)
        traces.append(
            {
                "type": "scatter",
                "x": rounded(size for size, _rank in line),
                "y": rounded(rank for _size, rank in line),
                "mode": "lines",
                "line": {"color": colours.muted, "width": 2, "dash": "dash"},
                "hoverinfo": "skip",
            }
        )
    traces.append(
        {
            "type": "scatter",
            "x": rounded(sizes),
            "y": ranks,
            "mode": "markers",
            "marker": {
                "size": 9,
                "color": colours.categorical[0],
                "line": {
                    "color": colours.background,
                    "width": 1 if len(sizes) < _CROWD else 0,
                },
            },
            "text": [
                _("%(city)s: %(people)s, rank %(rank)s")
                % {"city": chart_text(name), "people": population(size), "rank": rank}
                for name, size, rank in zip(names, sizes, ranks, strict=True)
            ],
            "hovertemplate": "%{text}<extra></extra>",
        }
    )
    ticks = _ticks(low, high)
    return build(
        traces,
        layout(
            mode,
            height=_HEIGHT,
            margin=_MARGIN,
            hovermode="closest",
            xaxis=axis(
                mode,
                _("Million people, logarithmic scale"),
                type="log",
                range=[math.log10(low), math.log10(high)],
                tickvals=ticks,
                ticktext=[_millions(tick) for tick in ticks],
                tickangle=0,
                automargin=False,
            ),
            yaxis=axis(
                mode,
                _("Rank, logarithmic scale"),
                type="log",
                range=[math.log10(deepest), math.log10(_FIRST)],
                tickvals=_ticks(1, deepest),
                ticktext=[number(tick) for tick in _ticks(1, deepest)],
                automargin=False,
            ),
            annotations=_city_labels(names, sizes, (low, high), (_FIRST, deepest), line),
        ),
    )


def _fitted(
    sizes: Sequence[float], exponent: float, across: tuple[float, float], deepest: float
) -> list[tuple[float, float]]:
    """Return (size, rank) along the fitted line, from the largest rank drawn to the smallest."""
    # A least-squares line passes through the means, so that the exponent alone places it.
    count = len(sizes)
    size = sum(math.log(each) for each in sizes) / count
    rank = sum(math.log(each - 0.5) for each in range(1, count + 1)) / count
    wanted = [
        math.exp(size - (math.log(each - 0.5) - rank) / exponent) for each in (deepest, _FIRST)
    ]
    low, high = (math.log(min(max(each, across[0]), across[1])) for each in wanted)
    # ln(rank − ½) is straight, rank itself bends at the top: a few points draw the bend.
    steps = [low + (high - low) * step / _BENDS for step in range(_BENDS + 1)]
    return [(math.exp(x), math.exp(rank - exponent * (x - size)) + 0.5) for x in steps]


def _ticks(low: float, high: float) -> list[float]:
    for steps in (_DECADE, range(1, 10)):
        ticks = [
            float(step * 10**decade)
            for decade in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
            for step in steps
            if low <= step * 10**decade <= high
        ]
        if len(ticks) > 1:
            break
    if len(ticks) > _MOST_TICKS:
        return [tick for tick in ticks if math.log10(tick).is_integer()]
    return ticks


def _millions(thousands: float) -> str:
    millions = thousands / 1e3
    return number(millions, 0 if millions.is_integer() else 1)


def _city_labels(
    names: Sequence[str],
    sizes: Sequence[float],
    across: tuple[float, float],
    down: tuple[float, float],
    line: Sequence[tuple[float, float]],
) -> list[dict[str, object]]:
    """Name the largest cities where a phone has room; a wider screen only has more."""
    width = _NARROW - _MARGIN["l"] - _MARGIN["r"]
    height = _HEIGHT - _MARGIN["t"] - _MARGIN["b"]

    def points(wanted: set[int]) -> list[LabelPoint]:
        return [
            LabelPoint(
                key=str(position),
                text=name if position in wanted else "",
                x=axis_pixels(size, *across, width, log=True),
                y=axis_pixels(position + 1, *down, height, log=True),
                radius=6,
                priority=position,
                font_size=13,
            )
            for position, (name, size) in enumerate(zip(names, sizes, strict=True))
        ]

    drawn = [
        (axis_pixels(size, *across, width, log=True), axis_pixels(rank, *down, height, log=True))
        for size, rank in line
    ]
    along = [
        Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        for (x0, y0), (x1, y1) in itertools.pairwise(drawn)
    ]
    wanted = set(range(min(len(names), _LABELLED)))
    placed = place_labels(points(wanted), width, height, obstacles=along)
    # A name across the line is better than none: what found no room may lie on it.
    left = wanted - {int(label.key) for label in placed}
    placed += place_labels(points(left), width, height, obstacles=[one.box for one in placed])
    return [
        {
            "x": math.log10(sizes[int(label.key)]),
            "y": math.log10(int(label.key) + 1),
            "text": chart_text(label.text),
            "showarrow": False,
            "xanchor": label.plotly_xanchor,
            "yanchor": label.plotly_yanchor,
            "xshift": round(label.dx),
            "yshift": -round(label.dy),
            "font": {"size": 13},
        }
        for label in placed
    ]
