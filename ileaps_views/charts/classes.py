"""Classes of values for maps and tiles: few colours, each with words, the same in every year."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ileaps_views.i18n import _, number, percent, population
from ileaps_views.theme import palette
from ileaps_views.view import LegendItem

if TYPE_CHECKING:
    from ileaps_views.findings.comparison import EconomyMeasure

_EDGES: Final[dict[str, tuple[float, ...]]] = {
    "percent_urban": (20.0, 35.0, 50.0, 65.0, 80.0),
    "urban_growth": (-1.0, 0.0, 1.0, 2.0, 3.0, 4.0),
    "change": (-1e3, 0.0, 1e2, 1e3, 5e3, 2e4),
}
_BOUNDS: Final[dict[str, tuple[float, float]]] = {
    "percent_urban": (0.0, 100.0),
    "urban_growth": (-10.0, 10.0),
    "change": (-1e5, 1e5),
}
_SHORT_MILLION: Final = 1e3
_WHOLE: Final = 99.95  # from here on one decimal would need a fourth character


@dataclass(frozen=True)
class Classes:
    """The classes of one measure in one theme: lower bounds belong to the class above them."""

    measure: EconomyMeasure
    edges: tuple[float, ...]
    colours: tuple[str, ...]

    def index(self, value: float | None) -> int | None:
        """Return the class of a value, None where it is missing."""
        if value is None or not math.isfinite(value):
            return None
        return bisect_right(self.edges, value)

    @property
    def bounds(self) -> tuple[float, float]:
        """The values at the two ends of the colour scale; what lies beyond has the end's colour."""
        return _BOUNDS[self.measure]

    @property
    def colour_scale(self) -> list[list[float | str]]:
        """Return a stepped plotly colour scale over `bounds`, each class one plain colour."""
        low, high = self.bounds
        inner = [(edge - low) / (high - low) for edge in self.edges]
        steps: list[list[float | str]] = []
        for start, end, colour in zip((0.0, *inner), (*inner, 1.0), self.colours, strict=True):
            steps += [[start, colour], [end, colour]]
        return steps

    @property
    def hover(self) -> str:
        """Return how plotly writes the value it colours by."""
        if self.measure == "percent_urban":
            return _("%(share)s urban") % {"share": "%{z:.1f}%"}
        if self.measure == "urban_growth":
            return _("%(rate)s a year") % {"rate": "%{z:.2f}%"}
        return _("%(n)s thousand people") % {"n": "%{z:,.4~r}"}

    def legend(self, *, missing: bool, mode: str) -> tuple[LegendItem, ...]:
        """Return one entry a class, and one for places without a figure if there are any."""
        last = len(self.edges)
        items = [
            LegendItem(word=self._word(position, last), colour=colour, shape="■")
            for position, colour in enumerate(self.colours)
        ]
        if missing:
            items.append(
                LegendItem(word=_("no figure"), colour=palette(mode).status["none"], shape="□")
            )
        return tuple(items)

    def _word(self, position: int, last: int) -> str:
        low = self._edge(self.edges[position - 1]) if position else ""
        high = self._edge(self.edges[position]) if position < last else ""
        people = self.measure == "change"
        if position == 0:
            text = _("under %(high)s million") if people else _("under %(high)s")
        elif position == last:
            text = _("%(low)s million and over") if people else _("%(low)s and over")
        else:
            text = _("%(low)s to %(high)s million") if people else _("%(low)s to %(high)s")
        return text % {"low": low, "high": high}

    def _edge(self, value: float) -> str:
        if self.measure != "change":
            return percent(value, 0).replace("-", "−")
        millions = value / _SHORT_MILLION
        return number(millions, 0 if millions.is_integer() else 1).replace("-", "−")


def classes_of(measure: EconomyMeasure, mode: str) -> Classes:
    """Return the classes of a measure; losses have colours of their own, warm ones.

    >>> classes_of("percent_urban", "light").index(50.0)
    3
    """
    colours = palette(mode)
    if measure == "percent_urban":
        return Classes(measure, _EDGES[measure], colours.sequential)
    losses = (colours.diverging[0], colours.diverging[1])
    return Classes(
        measure, _EDGES[measure], (*losses, *colours.sequential[:1], *colours.sequential[2:])
    )


def long_text(value: float | None, measure: EconomyMeasure) -> str:
    """Write a value as a sentence would; a missing one as a dash.

    >>> long_text(2.345, "urban_growth"), long_text(-1200.0, "change")
    ('2.35% a year', '−1.2 million')
    """
    if value is None or not math.isfinite(value):
        return percent(None)
    if measure == "percent_urban":
        return _("%(share)s urban") % {"share": percent(value)}
    if measure == "urban_growth":
        return _("%(rate)s a year") % {"rate": percent(value, 2).replace("-", "−")}
    return ("−" if value < 0 else "") + population(abs(value))


def short_text(value: float | None, measure: EconomyMeasure) -> str:
    """Write a value in at most six characters, for a tile.

    >>> short_text(38.2, "percent_urban"), short_text(-0.352, "urban_growth")
    ('38%', '−0.4')
    >>> short_text(57123.0, "change"), short_text(0.82, "change")
    ('57.1m', '820')
    """
    if value is None or not math.isfinite(value):
        return percent(None)
    if measure == "percent_urban":
        return percent(value, 0)
    if measure == "urban_growth":
        return number(value, 1).replace("-", "−")
    size = abs(value)
    sign = "−" if value < 0 else ""
    if size < 1:
        return sign + number(size * 1000)
    scaled, template = (
        (size / _SHORT_MILLION, _("%(n)sm")) if size >= _SHORT_MILLION else (size, _("%(n)sk"))
    )
    return sign + template % {"n": number(scaled, 0 if scaled >= _WHOLE else 1)}
