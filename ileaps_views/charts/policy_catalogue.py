"""The policies that are shared, each with how often it was taken up."""

from __future__ import annotations

import textwrap
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final

from ileaps_views import tables
from ileaps_views.charts.sheet import Sheet
from ileaps_views.findings import agreements, transfers
from ileaps_views.findings.words import join_names
from ileaps_views.i18n import MISSING, _, number, partial_date
from ileaps_views.rows import records
from ileaps_views.terms import sector_name, transfer_status_name
from ileaps_views.theme import TEXT_SIZE, palette
from ileaps_views.view import View
from ileaps_views.wording import chart_text, is_missing, one_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    import plotly.graph_objects as go

    from ileaps_views.evidence import SourceBook

_ROW: Final = 58
_EXTRA: Final = 17
_LINE: Final = 42


def policy_catalogue(
    uptake: pd.DataFrame, links: pd.DataFrame, book: SourceBook, mode: str
) -> View:
    """Draw each policy with its launch, its SDG targets and the transfers recorded of it.

    Args:
        uptake: policy_uptake(policies, links), the policies to show.
        links: transfer_links(...), for the places that took a policy up.
        book: the sources.
        mode: "light" or "dark".
    """
    rows = records(uptake)
    takers = _takers(links)
    top = max((row["transfers"] for row in rows), default=0)
    leading = [one_line(row["name"]) for row in rows if row["transfers"] == top and top]
    without = sum(not row["transfers"] for row in rows)
    return View(
        id="policy-catalogue",
        title=agreements.uptake_title(leading, int(top), without, len(rows)),
        takeaway=_(
            "Taken up means that a transfer is recorded, at whatever stage it is; it does not say "
            "that the policy works there."
        )
        if rows
        else "",
        figure=_bars(rows, mode) if rows else None,
        table=policy_table(rows, takers, book) if rows else None,
        unit=_("transfers, each counted once"),
        period=transfers.period(uptake["launched_on"]),
        sources=book.lines(uptake["source_id"]),
        alt=_("Bars of transfers by policy: %(text)s.")
        % {
            "text": "; ".join(
                _("%(name)s %(n)s") % {"name": one_line(row["name"]), "n": number(row["transfers"])}
                for row in rows
            )
            or _("none")
        },
        notes=(
            _("SDG targets are assigned by the compiler of the fact base, not by the cities."),
            _("Launch years are those of the city of origin; “undated” where no source gives one."),
        ),
    )


def _takers(links: pd.DataFrame) -> dict[str, list[str]]:
    pairs = links[["policy_id", "to_city"]].dropna().drop_duplicates()
    found: dict[str, list[str]] = {}
    for policy, city in zip(pairs["policy_id"], pairs["to_city"], strict=True):
        found.setdefault(str(policy), []).append(one_line(city))
    return {policy: sorted(cities) for policy, cities in found.items()}


def policy_table(
    rows: Sequence[Mapping[str, Any]], takers: Mapping[str, Sequence[str]], book: SourceBook
) -> pd.DataFrame:
    """Write out the policies: sector, launch, targets, who took each up, how far it came."""
    return tables.rows(
        {
            _("Policy"): one_line(row["name"]),
            _("Sector"): sector_name(row["sector"]),
            _("Launched"): _launch(row),
            _("SDG targets"): _targets(row) or MISSING,
            _("Taken up by"): join_names(takers.get(str(row["policy_id"]), ()))
            or _("no transfer recorded"),
            _("Transfers"): number(row["transfers"]),
            _("Furthest status"): transfer_status_name(row["furthest_status"])
            if row["transfers"]
            else MISSING,
            _("Source"): book.line(row["source_id"]),
            _("Link"): book.link(row["source_id"]) or MISSING,
            _("Note"): MISSING if is_missing(row["note"]) else one_line(row["note"]),
        }
        for row in rows
    )


def _launch(row: Mapping[str, Any]) -> str:
    return partial_date(None if is_missing(row["launched_on"]) else str(row["launched_on"]))


def _targets(row: Mapping[str, Any]) -> str:
    return one_line(row["sdg_targets"]).replace(";", ", ")


def _second_line(row: Mapping[str, Any]) -> str:
    words = {
        "sector": sector_name(row["sector"]),
        "date": _launch(row),
        "targets": _targets(row) or MISSING,
    }
    if is_missing(row["launched_on"]):
        return _("%(sector)s · start undated · SDG %(targets)s") % words
    return _("%(sector)s · since %(date)s · SDG %(targets)s") % words


def _bars(rows: Sequence[Mapping[str, Any]], mode: str) -> go.Figure:
    colours = palette(mode)
    # name and particulars stand above the bar: beside it they leave a phone no room for bars
    names = [textwrap.wrap(one_line(row["name"]), _LINE) or [""] for row in rows]
    feet = list(accumulate(_ROW + _EXTRA * (len(name) - 1) for name in names))
    height = feet[-1]
    places = [height - foot + 10 for foot in feet]
    sheet = Sheet(mode, height=height + 12, margin={"l": 8, "r": 36, "t": 4, "b": 4})
    sheet.bar(
        x=[row["transfers"] for row in rows],
        y=places,
        orientation="h",
        width=13,
        marker={"color": colours.primary},
        text=[number(row["transfers"]) if row["transfers"] else "" for row in rows],
        textposition="outside",
        textfont={"color": colours.text},
        cliponaxis=False,
        hoverinfo="skip",
    )
    for row, name, y in zip(rows, names, places, strict=True):
        _label(sheet, "<br>".join(chart_text(line) for line in name), y + 25, colours.text)
        _label(sheet, chart_text(_second_line(row)), y + 8, colours.muted, size=TEXT_SIZE - 2)
        if not row["transfers"]:
            _label(sheet, chart_text("○ " + _("no transfer recorded")), y - 9, colours.muted)
    sheet.axis("yaxis", range=[0, height], visible=False)
    most = max(1, *(int(row["transfers"]) for row in rows), 1)
    sheet.axis("xaxis", range=[0, most], visible=False)
    return sheet.figure()


def _label(sheet: Sheet, text: str, y: float, colour: str, size: int = TEXT_SIZE - 1) -> None:
    sheet.note(
        text,
        xref="paper",
        x=0,
        y=y,
        xanchor="left",
        yanchor="bottom",
        align="left",
        font={"size": size, "color": colour},
    )
