"""What every chart, map and table of the product carries with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, kw_only=True)
class LegendItem:
    """One entry of a legend drawn as text: a shape and a word, so that colour is never alone."""

    word: str
    colour: str
    shape: str = "●"


@dataclass(frozen=True, kw_only=True)
class View:
    """A finding with everything a reader needs to trust it.

    Attributes:
        id: stable name, used for file names and links; never translated.
        title: the finding, a sentence generated from the numbers.
        takeaway: one sentence on what it means or how to read it.
        figure: a plotly figure, a pydeck deck, or None where the view is a table or empty.
        table: the figures shown, ready to display, one row a fact.
        unit: unit of the figures shown.
        period: the years or dates covered.
        sources: one line a source, its edition or revision included.
        alt: what the figure shows, for people who do not see it.
        method: how the figures were computed, with the formula where there is one.
        notes: caveats that belong beside the figure.
        legend: shape, word and colour of each category, where the figure has no legend itself.

    >>> View(id="empty", title="Nothing to show", takeaway="", table=None).is_empty
    True
    """

    id: str
    title: str
    takeaway: str
    table: pd.DataFrame | None
    figure: Any = None
    unit: str = ""
    period: str = ""
    sources: tuple[str, ...] = ()
    alt: str = ""
    method: str = ""
    notes: tuple[str, ...] = ()
    legend: tuple[LegendItem, ...] = field(default=())

    @property
    def is_empty(self) -> bool:
        """Whether there is neither a figure nor a row to show."""
        return self.figure is None and (self.table is None or self.table.empty)
