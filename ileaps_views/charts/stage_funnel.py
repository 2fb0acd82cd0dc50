"""How many pilots and tracks left evidence of each LEAPS stage, counted apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ileaps_views import tables
from ileaps_views.charts.sheet import Sheet
from ileaps_views.findings import programme, transfers
from ileaps_views.i18n import _, ngettext, number
from ileaps_views.rows import records
from ileaps_views.terms import STAGES, kind_name, stage_name
from ileaps_views.theme import TEXT_SIZE, palette
from ileaps_views.view import LegendItem, View
from ileaps_views.wording import chart_text, is_missing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    import plotly.graph_objects as go

    from ileaps_views.evidence import SourceBook


def stage_funnel_bars(
    funnel: pd.DataFrame,
    stage_events: pd.DataFrame,
    pilots: pd.DataFrame,
    book: SourceBook,
    mode: str,
) -> View:
    """Draw how many pilots, and apart from them how many tracks, left evidence of each stage.

    Args:
        funnel: stage_funnel(...): kind, stage, reached, current, one row a kind and stage.
        stage_events: the stage_events table, for sources.
        pilots: the pilots table, for the number of pilots and tracks.
        book: the sources.
        mode: "light" or "dark".
    """
    colours = palette(mode)
    totals = transfers.counted(pilots["kind"])
    groups = [
        (kind, {row["stage"]: row for row in records(funnel[funnel["kind"].eq(kind)])})
        for kind in ("pilot", "track")
        if totals.get(kind)
    ]
    reached = {
        kind: {stage: int(row["reached"]) for stage, row in found.items()} for kind, found in groups
    }
    own = pilots[pilots["kind"].isin(["pilot", "track"])]
    shown = stage_events[stage_events["pilot_id"].isin(own["pilot_id"])]
    return View(
        id="leaps-funnel",
        title=programme.funnel_title(reached.get("pilot", {}), totals.get("pilot", 0)),
        takeaway=_(
            "Having left evidence of a stage is not having finished it; stages can be skipped."
        ),
        figure=_funnel(groups, totals, mode) if groups else None,
        table=_funnel_table(groups, totals),
        unit=_("pilots and tracks with published evidence of the stage"),
        period=transfers.period(shown["entered_on"]),
        sources=book.lines(shown["source_id"]),
        alt=_("Bars: %(text)s.")
        % {
            "text": "; ".join(
                _("%(kind)s, %(stage)s: %(n)s")
                % {"kind": kind_name(kind), "stage": stage_name(stage), "n": number(n)}
                for kind, found in reached.items()
                for stage, n in found.items()
            )
            or _("none")
        },
        legend=(
            LegendItem(word=_("evidence of the stage"), colour=colours.primary, shape="▭"),
            LegendItem(word=_("of these, last evidence here"), colour=colours.primary, shape="▬"),
        ),
    )


def _count(row: Mapping[str, Any] | None, column: str) -> int:
    return 0 if row is None or is_missing(row[column]) else int(row[column])


def _funnel(
    groups: Sequence[tuple[str, Mapping[str, Mapping[str, Any]]]],
    totals: Mapping[str, int],
    mode: str,
) -> go.Figure:
    colours = palette(mode)
    names, places, reached, now = [], [], [], []
    place = 0.0
    headings = []
    for kind, found in groups:
        headings.append((place, kind))
        for step, stage in enumerate(STAGES, 1):
            places.append(place - step)
            names.append(stage_name(stage))
            reached.append(_count(found.get(stage), "reached"))
            now.append(_count(found.get(stage), "current"))
        place -= len(STAGES) + 1.3
    sheet = Sheet(
        mode,
        barmode="overlay",
        height=round(-place * 30) + 40,
        margin={"l": 8, "r": 28, "t": 4, "b": 8},
    )
    sheet.bar(
        x=reached,
        y=places,
        orientation="h",
        name="reached",
        width=0.66,
        marker={"color": colours.sequential[1], "line": {"color": colours.primary, "width": 1}},
        text=[number(n) for n in reached],
        textposition="outside",
        textfont={"color": colours.text},
        cliponaxis=False,
        hoverinfo="skip",
    )
    sheet.bar(
        x=now,
        y=places,
        orientation="h",
        name="current",
        width=0.3,
        marker={"color": colours.primary},
        hoverinfo="skip",
    )
    for y, kind in headings:
        sheet.note(
            chart_text(_heading(kind, totals[kind])),
            xref="paper",
            x=0,
            y=y,
            xanchor="left",
            font={"size": TEXT_SIZE, "color": colours.text},
        )
    sheet.axis(
        "yaxis",
        tickvals=places,
        ticktext=names,
        range=[place + 0.8, 0.6],
        showgrid=False,
        zeroline=False,
    )
    sheet.axis("xaxis", range=[0, max([*reached, 1])], dtick=1, visible=False)
    return sheet.figure()


def _heading(kind: str, n: int) -> str:
    if kind == "pilot":
        return ngettext("%(n)s pilot", "%(n)s pilots", n) % {"n": number(n)}
    return ngettext("%(n)s track beside the pilots", "%(n)s tracks beside the pilots", n) % {
        "n": number(n)
    }


def _funnel_table(
    groups: Sequence[tuple[str, Mapping[str, Mapping[str, Any]]]], totals: Mapping[str, int]
) -> pd.DataFrame:
    return tables.rows(
        {
            _("Kind"): kind_name(kind),
            _("Stage"): stage_name(stage),
            _("With evidence"): number(_count(found.get(stage), "reached")),
            _("Last evidence here"): number(_count(found.get(stage), "current")),
            _("Of"): number(totals[kind]),
        }
        for kind, found in groups
        for stage in STAGES
    )
