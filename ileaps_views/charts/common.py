"""What the charts of urban growth share: the revision drawn, rounding, axes, empty views."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import plotly.graph_objects as go
from babel.numbers import get_decimal_symbol, get_group_symbol

from ileaps_views import i18n
from ileaps_views.i18n import _
from ileaps_views.theme import figure_layout
from ileaps_views.view import View
from ileaps_views.wording import chart_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

DIGITS: Final = 4  # significant digits drawn: finer than a pixel, and a fraction of the bytes
# The editions of World Urbanization Prospects carry estimates up to their own year and
# projections from there on; World Development Indicators publish no projection.
_WUP: Final = "wup"
GLYPHS: Final = ("●", "■", "◆", "▲", "✕", "★")  # as theme.SYMBOLS, for labels
MOST_LINES: Final = 6
_LUMINANCE_WEIGHTS: Final = (0.2126, 0.7152, 0.0722)
_LINEAR_BELOW: Final = 0.04045


@dataclass(frozen=True, kw_only=True)
class Revision:
    """The one edition of one publisher that a chart draws.

    `source` is the line under the chart; values after `estimates_until` are projections
    (None: the edition has none).
    """

    id: str
    name: str
    source: str
    estimates_until: int | None = None


def revision_of(row: Mapping[str, Any], source: str) -> Revision:
    """Make a Revision of a row of the revisions table and its source line.

    >>> revision_of({"revision_id": "wup2018", "name": "WUP 2018"}, "UN DESA").estimates_until
    2018
    """
    identifier = str(row["revision_id"])
    year = identifier.removeprefix(_WUP)
    until = int(year) if identifier.startswith(_WUP) and year.isdigit() else None
    return Revision(id=identifier, name=str(row["name"]), source=source, estimates_until=until)


def rounded(values: Iterable[float | None], digits: int = DIGITS) -> list[float | None]:
    """Round to significant digits for drawing; a missing value becomes None, which is a gap.

    >>> rounded([1234567.0, float("nan"), 0.0, -0.0123456])
    [1235000.0, None, 0.0, -0.01235]
    """
    return [_significant(value, digits) for value in values]


def _significant(value: float | None, digits: int) -> float | None:
    if value is None or not math.isfinite(value):
        return None
    if value == 0:
        return 0.0
    return round(float(value), digits - 1 - math.floor(math.log10(abs(value))))


def separators() -> str:
    """Return the decimal and group signs of the active language, as plotly wants them.

    >>> separators()
    '.,'
    """
    language = "en" if i18n.active() == i18n.PSEUDO else i18n.active()
    return f"{get_decimal_symbol(language)}{get_group_symbol(language)}"


def layout(mode: str, *, height: int, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - plotly's own layout values
    """Return the theme's layout in the active language; dragging is left to the page."""
    return figure_layout(mode, height=height, separators=separators(), dragmode=False, **changes)


def build(
    traces: Iterable[dict[str, Any]],
    plot_layout: dict[str, Any],
    frames: Iterable[dict[str, Any]] = (),
) -> go.Figure:
    """Make a figure of plain dictionaries in one step, at a tenth of the usual cost.

    Checking every property takes plotly longer than everything else a page does; the tests check
    each figure instead. The same goes for the default template, of which nothing is used.
    """
    return go.Figure(
        data=list(traces),
        layout={**plot_layout, "template": {}},
        frames=list(frames) or None,
        _validate=False,
    )


def axis(mode: str, title: str = "", **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - plotly's own axis values
    """Return the theme's axis with a title; its range is fixed, so that touch scrolls the page."""
    base = dict(figure_layout(mode)["xaxis"])
    base["title"] = {**base["title"], "text": chart_text(title)}
    return {**base, "fixedrange": True, **changes}


def empty(identifier: str, title: str, revision: Revision | None = None) -> View:
    """Return a View without a figure that says why there is nothing to show.

    >>> empty("x", "No figures").is_empty
    True
    """
    return View(
        id=identifier,
        title=title,
        takeaway=_("There is nothing to draw: choose another place, year or revision."),
        table=None,
        sources=(revision.source,) if revision else (),
        alt=title,
    )


def wrapped(text: str, width: int = 14) -> list[str]:
    """Break a name at spaces and after hyphens into lines of about `width` characters.

    >>> wrapped("East and North-East Asia")
    ['East and', 'North-East', 'Asia']
    """
    lines = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}".strip()
        if lines[-1] and len(joined) > width:
            lines.append(word)
        else:
            lines[-1] = joined
    return lines


def luminance(colour: str) -> float:
    """Return the relative luminance of "#RRGGBB" (WCAG 2).

    >>> luminance("#FFFFFF"), luminance("#000000")
    (1.0, 0.0)
    """
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= _LINEAR_BELOW else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(w * p for w, p in zip(_LUMINANCE_WEIGHTS, linear, strict=True))


def readable_on(colour: str) -> str:
    """Return black or white, whichever reads better on a colour: never under 4.5 to 1.

    >>> readable_on("#0A3D6B"), readable_on("#E3EEF7")
    ('#FFFFFF', '#000000')
    """
    under = luminance(colour)
    return "#FFFFFF" if 1.05 / (under + 0.05) > (under + 0.05) / 0.05 else "#000000"
