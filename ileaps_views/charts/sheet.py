"""A figure collected piece by piece and built in one step.

Adding to a plotly figure copies and checks what is there already, each time; a chart of fifty
labels then takes longer than everything else a page does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ileaps_views.charts import common

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from ileaps_views.theme import Palette


def hatch(colours: Palette) -> dict[str, Any]:
    """Return the pattern that stands for "nobody published this"."""
    return {"shape": "/", "fgcolor": colours.muted, "size": 7, "solidity": 0.15}


class Sheet:
    """Traces, notes and axes of one figure, in plotly's own words.

    >>> sheet = Sheet("light", height=100)
    >>> sheet.scatter(x=[1], y=[2])
    >>> len(sheet.figure().data)
    1
    """

    def __init__(self, mode: str, *, height: int, **settings: Any) -> None:  # noqa: ANN401 - plotly's own layout values
        """Start from the theme's layout."""
        self._traces: list[dict[str, Any]] = []
        self._notes: list[dict[str, Any]] = []
        self._shapes: list[dict[str, Any]] = []
        self._layout = common.layout(mode, height=height, **settings)
        self._mode = mode

    def scatter(self, **trace: Any) -> None:  # noqa: ANN401 - plotly's own trace values
        """Add points, lines or both."""
        self._traces.append({"type": "scatter", **trace})

    def bar(self, **trace: Any) -> None:  # noqa: ANN401
        """Add bars."""
        self._traces.append({"type": "bar", **trace})

    def note(self, text: str, **settings: Any) -> None:  # noqa: ANN401
        """Add a text at a place, without an arrow; it must be escaped for the chart already."""
        self._notes.append({"text": text, "showarrow": False, **settings})

    def shape(self, **settings: Any) -> None:  # noqa: ANN401
        """Add a shape."""
        self._shapes.append(settings)

    def axis(self, name: str, title: str = "", **settings: Any) -> None:  # noqa: ANN401
        """Set an axis ("xaxis", "yaxis2"); a hidden one needs no theme."""
        if settings.get("visible") is False:
            self._layout[name] = {"fixedrange": True, **settings}
        else:
            self._layout[name] = common.axis(self._mode, title, **settings)

    def figure(self) -> go.Figure:
        """Build the figure."""
        return common.build(
            self._traces, {**self._layout, "annotations": self._notes, "shapes": self._shapes}
        )
