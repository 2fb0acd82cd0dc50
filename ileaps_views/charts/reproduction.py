"""Published results beside our own: how many figures come out."""

from __future__ import annotations

import math
import textwrap
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final

from ileaps_views import tables
from ileaps_views.charts.sheet import Sheet, hatch
from ileaps_views.i18n import MISSING, _, number, percent
from ileaps_views.rows import records
from ileaps_views.theme import TEXT_SIZE, palette
from ileaps_views.view import LegendItem, View
from ileaps_views.wording import chart_text, is_missing, one_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    import plotly.graph_objects as go

    from ileaps_views.evidence import SourceBook

_ROW: Final = 60
_EXTRA: Final = 17
_LINE: Final = 44


def reproduction_title(equal: int, total: int, agreements: Sequence[float]) -> str:
    """Say how many published figures come out, and how far mere agreements go.

    >>> reproduction_title(16000, 16000, [86.6, 97.4])
    'All 16,000 figures that must be equal are; trend arrows agree in 87% to 97% of cases'
    >>> reproduction_title(9, 10, [])
    '9 of 10 figures that must be equal are'
    >>> reproduction_title(0, 0, [])
    'No published result is compared'
    """
    if total <= 0:
        return _("No published result is compared")
    words = {"n": number(equal), "total": number(total)}
    head = (
        _("All %(total)s figures that must be equal are")
        if equal == total
        else _("%(n)s of %(total)s figures that must be equal are")
    ) % words
    if not agreements:
        return head
    return _("%(first)s; trend arrows agree in %(low)s to %(high)s of cases") % {
        "first": head,
        "low": percent(min(agreements), 0),
        "high": percent(max(agreements), 0),
    }


def reproduction_bars(results: pd.DataFrame, book: SourceBook, mode: str) -> View:
    """Draw, result by result, the share of published figures that our code gives back.

    Args:
        results: name, what, n, n_equal, largest_difference, tolerance, note, must_be_equal,
            source_id: one row a published result.
        book: the sources.
        mode: "light" or "dark".
    """
    rows = records(results)
    exact = [row for row in rows if row["must_be_equal"]]
    loose = [100 * row["n_equal"] / row["n"] for row in rows if not row["must_be_equal"]]
    colours = palette(mode)
    return View(
        id="reproduced-results",
        title=reproduction_title(
            sum(row["n_equal"] for row in exact), sum(row["n"] for row in exact), loose
        ),
        takeaway=_(
            "Each figure is computed by the function a page calls for it, from the inputs the "
            "publisher names. It proves the arithmetic, not the choice of method."
        ),
        figure=_bars(rows, mode) if rows else None,
        table=_table(rows, book) if rows else None,
        unit=_("share of the published figures that are equal"),
        sources=book.lines(results["source_id"]),
        alt="; ".join(
            _("%(name)s, %(what)s: %(equal)s")
            % {"name": one_line(row["name"]), "what": one_line(row["what"]), "equal": _equal(row)}
            for row in rows
        ),
        notes=(
            _("Equal means within a tolerance that follows the decimals printed."),
            _("What was left out of a comparison, and why, stands in the note of its row."),
            _(
                "Trend arrows are agreements, not exact tests: their rule is not published in "
                "full, and for 2019 our reading was chosen on the same data."
            ),
        ),
        legend=(
            LegendItem(word=_("must be equal"), colour=colours.status["good"], shape="■"),
            LegendItem(word=_("an agreement, no exact test"), colour=colours.muted, shape="▨"),
        ),
    )


def _equal(row: Mapping[str, Any]) -> str:
    return _("%(n)s of %(total)s equal") % {"n": number(row["n_equal"]), "total": number(row["n"])}


def _difference(value: float) -> str:
    """Write a small number as it is thought of: a power of ten.

    >>> _difference(1.4e-14), _difference(0.0044), _difference(0.0)
    ('under 10⁻¹³', '0.0044', '0')
    """
    if is_missing(value):
        return MISSING
    if value == 0:
        return number(0)
    power = math.floor(math.log10(abs(value)))
    if power >= -4:
        return number(value, 4)
    raised = str(-(power + 1)).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return _("under %(power)s") % {"power": f"10⁻{raised}"}


def _table(rows: Sequence[Mapping[str, Any]], book: SourceBook) -> pd.DataFrame:
    return tables.rows(
        {
            _("Published result"): one_line(row["name"]),
            _("Figures"): one_line(row["what"]),
            _("Published"): number(row["n"]),
            _("Equal"): number(row["n_equal"]),
            _("Largest difference"): _difference(row["largest_difference"]),
            _("Note"): one_line(row["note"]) or MISSING,
            _("Source"): book.line(row["source_id"]),
        }
        for row in rows
    )


def _bars(rows: Sequence[Mapping[str, Any]], mode: str) -> go.Figure:
    colours = palette(mode)
    names = [
        textwrap.wrap(
            _("%(name)s: %(what)s")
            % {"name": one_line(row["name"]), "what": one_line(row["what"])},
            _LINE,
        )
        for row in rows
    ]
    feet = list(accumulate(_ROW + _EXTRA * (len(name) - 1) for name in names))
    height = feet[-1]
    places = [height - foot + 10 for foot in feet]
    sheet = Sheet(
        mode, height=height + 12, margin={"l": 8, "r": 48, "t": 4, "b": 4}, barmode="overlay"
    )
    for wanted in (True, False):
        drawn = [
            (row, y) for row, y in zip(rows, places, strict=True) if row["must_be_equal"] == wanted
        ]
        if not drawn:
            continue
        shares = [100 * row["n_equal"] / row["n"] for row, _y in drawn]
        sheet.bar(
            x=shares,
            y=[y for _row, y in drawn],
            orientation="h",
            name="equal" if wanted else "agreement",
            width=11,
            marker={"color": colours.status["good"]}
            if wanted
            else {
                "color": colours.background,
                "line": {"color": colours.muted, "width": 1.5},
                "pattern": hatch(colours),
            },
            text=[
                _("all") if row["n_equal"] == row["n"] else percent(share)
                for (row, _y), share in zip(drawn, shares, strict=True)
            ],
            textposition="outside",
            textfont={"color": colours.text},
            cliponaxis=False,
            hoverinfo="skip",
        )
    for row, name, y in zip(rows, names, places, strict=True):
        for text, lift, colour, size in (
            ("<br>".join(chart_text(line) for line in name), 23, colours.text, TEXT_SIZE - 1),
            (chart_text(_equal(row)), 7, colours.muted, TEXT_SIZE - 2),
        ):
            sheet.note(
                text,
                xref="paper",
                x=0,
                y=y + lift,
                xanchor="left",
                yanchor="bottom",
                align="left",
                font={"size": size, "color": colour},
            )
    sheet.axis("yaxis", range=[0, height], visible=False)
    sheet.axis("xaxis", range=[0, 100], visible=False)
    return sheet.figure()
