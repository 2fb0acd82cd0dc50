"""An estimate of effect beside its placebos, other looks at it, and the designs rejected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from ileaps_views import effects
from ileaps_views.charts.common import rounded, wrapped
from ileaps_views.charts.sheet import Sheet
from ileaps_views.findings import impact as findings
from ileaps_views.i18n import _, signed
from ileaps_views.theme import TEXT_SIZE, palette
from ileaps_views.view import LegendItem, View
from ileaps_views.wording import chart_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go

    from ileaps_views.effects import EffectRow

_ROW: Final = 70  # pixels of one estimate: its name in a line of its own above the mark
_LABEL_CHARACTERS: Final = 49
_KINDS: Final = ("estimate", "placebo", "check", "rejected", "rejected_placebo")
_GLYPHS: Final = {
    "estimate": ("diamond", "◆"),
    "placebo": ("circle-open", "○"),
    "check": ("square", "■"),
    "rejected": ("x", "✖"),
    "rejected_placebo": ("x-open", "✕"),
}


def effect_forest(
    rows: Sequence[EffectRow], sources: Sequence[str], mode: str, *, notes: Sequence[str] = ()
) -> View:
    """Draw one estimate beside its placebos, other looks at it, and the designs rejected.

    Args:
        rows: the estimates, in the order to be shown.
        sources: source lines.
        mode: "light" or "dark".
        notes: caveats that belong to all of them.
    """
    colours = palette(mode)
    tints = _tints(mode)
    return View(
        id="owl-bus-designs",
        title=findings.designs_title(rows),
        takeaway=_(
            "A design is believed only if it finds nothing in the months before anything opened."
        ),
        figure=_forest(rows, mode) if rows else None,
        table=pd.DataFrame(
            {
                _("Estimate"): [effects.design_name(row.code) for row in rows],
                _("What it is for"): [effects.kind_word(row.kind) for row in rows],
                _("More boardings"): [effects.row_text(row) for row in rows],
                _("Figures"): [row.detail for row in rows],
                _("Reading"): [effects.reading(row.code) for row in rows],
            }
        ),
        unit=_("per cent more boardings a day"),
        period=_("January to May 2022"),
        sources=tuple(sources),
        alt="; ".join(
            _("%(name)s: %(value)s")
            % {"name": effects.design_name(row.code), "value": effects.row_text(row)}
            for row in rows
        ),
        method=_(
            "Placebos run the same calculation on months in which no route opened. Rejected "
            "designs compare two groups of routes, May against January to March, in logarithms: "
            "two groups give no standard error. Intervals are at 95%%."
        )
        % {},
        notes=tuple(notes),
        legend=tuple(
            LegendItem(
                word=effects.kind_word(kind),
                colour=tints.get(kind, colours.text),
                shape=_GLYPHS[kind][1],
            )
            for kind in _KINDS
            if any(row.kind == kind for row in rows)
        ),
    )


def _tints(mode: str) -> dict[str, str]:
    colours = palette(mode)
    return {
        "estimate": colours.primary,
        "placebo": colours.status["good"],
        "check": colours.categorical[1],
        "rejected": colours.status["off"],
        "rejected_placebo": colours.status["off"],
    }


def _forest(rows: Sequence[EffectRow], mode: str) -> go.Figure:
    colours, tints = palette(mode), _tints(mode)
    values = [
        value for row in rows for value in (row.value, row.low, row.high, 0.0) if value is not None
    ]
    pad = 0.1 * (max(values) - min(values) or 1.0)
    sheet = Sheet(
        mode,
        height=_ROW * len(rows) + 60,
        margin={"l": 10, "r": 10, "t": 6, "b": 8},
        hovermode="closest",
    )
    sheet.axis(
        "xaxis",
        _("per cent more boardings"),
        range=[min(values) - pad, max(values) + pad * 1.8],
        nticks=7,
        zeroline=True,
        zerolinecolor=colours.text,
        zerolinewidth=1.5,
    )
    sheet.axis("yaxis", visible=False, range=[-len(rows) + 0.35, 0.45])
    for place, row in enumerate(rows):
        tint = tints.get(row.kind, colours.text)
        if row.low is not None and row.high is not None:
            sheet.scatter(
                x=rounded([row.low, row.high]),
                y=[-place - 0.35, -place - 0.35],
                mode="lines",
                name="interval",
                line={"color": tint, "width": 3},
                hoverinfo="skip",
            )
        sheet.scatter(
            x=rounded([row.value]),
            y=[-place - 0.35],
            mode="markers",
            name=row.kind,
            marker={
                "symbol": _GLYPHS.get(row.kind, ("circle", "●"))[0],
                "size": 13,
                "color": tint,
                "line": {"width": 2, "color": tint},
            },
            text=[
                "<br>".join(
                    chart_text(line)
                    for line in (
                        effects.design_name(row.code),
                        effects.row_text(row),
                        row.detail,
                        *wrapped(effects.reading(row.code), 56),
                    )
                    if line
                )
            ],
            hoverinfo="text",
        )
        sheet.note(
            "<br>".join(map(chart_text, wrapped(effects.design_name(row.code), _LABEL_CHARACTERS))),
            xref="paper",
            x=0,
            xanchor="left",
            align="left",
            y=-place - 0.16,
            yanchor="bottom",
            bgcolor=colours.background,
            borderpad=0,
            font={"size": TEXT_SIZE - 1, "color": colours.text},
        )
        sheet.note(
            chart_text(_("%(number)s%%") % {"number": signed(row.value, 0)}),
            x=row.value if row.high is None else row.high,
            xanchor="left",
            xshift=10,
            bgcolor=colours.background,
            borderpad=0,
            y=-place - 0.35,
            font={"size": TEXT_SIZE - 1, "color": tint if mode == "dark" else colours.text},
        )
    return sheet.figure()
