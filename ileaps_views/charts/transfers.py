"""Transfers counted by policy, sector, instrument, status, place and year."""

from __future__ import annotations

import textwrap
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from ileaps_views import tables
from ileaps_views.charts.sheet import Sheet, hatch
from ileaps_views.findings import transfers
from ileaps_views.i18n import _, number
from ileaps_views.rows import lookup, records
from ileaps_views.terms import instrument_name, sector_name, transfer_status_name
from ileaps_views.theme import TEXT_SIZE, palette
from ileaps_views.view import View
from ileaps_views.wording import chart_text, one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pandas as pd
    import plotly.graph_objects as go

    from ileaps_views.evidence import SourceBook

_BAR: Final = 44
_EXTRA: Final = 17
_LINE: Final = 46


def transfers_by(
    counts: pd.DataFrame,
    links: pd.DataFrame,
    book: SourceBook,
    mode: str,
    *,
    by: str = "policy_id",
) -> View:
    """Draw transfers counted by one column as bars, most first.

    Args:
        counts: transfer_counts(links, by).
        links: transfer_links(...), for names and sources.
        book: the sources.
        mode: "light" or "dark".
        by: policy_id, sector, instrument, status or to_city_id.
    """
    write = _writer(links, by)
    groups = [
        (write(code), int(n)) for code, n in zip(counts[by], counts["transfers"], strict=True)
    ]
    total = sum(n for _name, n in groups)
    heading = _column(by)
    return View(
        id=f"transfers-by-{by.removesuffix('_id').replace('_', '-')}",
        title=transfers.leading_title(dict(groups), total),
        takeaway=_("Counted once each, however many sources report it.") if groups else "",
        figure=_bars(groups, mode) if groups else None,
        table=tables.rows(
            {
                heading: write(row[by]),
                _("Transfers"): number(row["transfers"]),
                _("Places"): number(row["places"]),
                _("Countries"): number(row["countries"]),
            }
            for row in records(counts)
        ),
        unit=_("transfers"),
        period=transfers.period(links["agreed_on"]),
        sources=book.lines(links["source_id"]),
        alt=_("Bars of transfers by %(group)s: %(text)s.")
        % {"group": heading.lower(), "text": _listed(groups)},
    )


def transfers_by_year(
    counts: pd.DataFrame, links: pd.DataFrame, book: SourceBook, mode: str
) -> View:
    """Draw transfers by the year of their agreement; those without a date stand apart.

    Args:
        counts: transfer_counts(links, "year"), the missing year a row of its own.
        links: transfer_links(...), for sources.
        book: the sources.
        mode: "light" or "dark".
    """
    dated = counts.dropna(subset=["year"])
    by_year = {int(year): int(n) for year, n in zip(dated["year"], dated["transfers"], strict=True)}
    undated = int(counts.loc[counts["year"].isna(), "transfers"].sum())
    groups = [(str(year), by_year[year]) for year in sorted(by_year)]
    if undated:
        groups.append((_("Undated"), undated))
    other = int(links["agreed_on_other"].notna().sum())
    return View(
        id="transfers-by-year",
        title=transfers.years_title(by_year, undated),
        takeaway=transfers.other_dates(other),
        figure=_columns(by_year, undated, mode) if groups else None,
        table=tables.rows(
            {_("Year agreed"): name, _("Transfers"): number(n)} for name, n in groups
        ),
        unit=_("transfers agreed in the year"),
        period=transfers.period(links["agreed_on"]),
        sources=book.lines(links["source_id"]),
        alt=_("Columns of transfers by year: %(text)s.") % {"text": _listed(groups)},
    )


def _writer(links: pd.DataFrame, by: str) -> Callable[[object], str]:
    if by in {"policy_id", "to_city_id"}:
        name = {"policy_id": "policy", "to_city_id": "to_city"}[by]
        names = lookup(links, by, name)
        return lambda code: one_line(names.get(one_line(code), code)) or _("Not stated")
    return {
        "sector": sector_name,
        "instrument": instrument_name,
        "status": transfer_status_name,
    }.get(by, lambda code: one_line(code) or _("Not stated"))


def _column(by: str) -> str:
    return {
        "policy_id": _("Policy"),
        "sector": _("Sector"),
        "instrument": _("Instrument"),
        "status": _("Status"),
        "to_city_id": _("Place"),
    }.get(by, one_line(by))


def _listed(groups: Sequence[tuple[str, int]]) -> str:
    return "; ".join(
        _("%(name)s %(n)s") % {"name": name, "n": number(n)} for name, n in groups
    ) or _("none")


def _bars(groups: Sequence[tuple[str, int]], mode: str) -> go.Figure:
    colours = palette(mode)
    # the name stands above its bar, not beside it: a long one leaves a phone no room for bars
    lines = [textwrap.wrap(name, _LINE) or [""] for name, _n in groups]
    feet = list(accumulate(_BAR + _EXTRA * (len(name) - 1) for name in lines))
    height = feet[-1]
    places = [height - foot + 12 for foot in feet]
    sheet = Sheet(mode, height=height + 12, margin={"l": 8, "r": 36, "t": 4, "b": 4})
    sheet.bar(
        x=[n for _name, n in groups],
        y=places,
        orientation="h",
        width=14,
        marker={"color": colours.primary},
        text=[number(n) for _name, n in groups],
        textposition="outside",
        textfont={"color": colours.text},
        cliponaxis=False,
        hoverinfo="skip",
    )
    for name, y in zip(lines, places, strict=True):
        sheet.note(
            "<br>".join(chart_text(line) for line in name),
            xref="paper",
            x=0,
            y=y + 8,
            xanchor="left",
            yanchor="bottom",
            align="left",
            font={"size": TEXT_SIZE - 1, "color": colours.text},
        )
    sheet.axis("yaxis", range=[0, height], visible=False)
    sheet.axis("xaxis", range=[0, max(n for _name, n in groups)], visible=False)
    return sheet.figure()


def _columns(by_year: Mapping[int, int], undated: int, mode: str) -> go.Figure:
    colours = palette(mode)
    years = list(range(min(by_year), max(by_year) + 1)) if by_year else []
    apart = (years[-1] if years else 0) + 2.5
    sheet = Sheet(mode, height=320, margin={"l": 8, "r": 8, "t": 24, "b": 8})
    sheet.bar(
        x=sorted(by_year),
        y=[by_year[year] for year in sorted(by_year)],
        name="dated",
        marker={"color": colours.primary},
        text=[number(by_year[year]) for year in sorted(by_year)],
        textposition="outside",
        textfont={"color": colours.text},
        textangle=0,
        cliponaxis=False,
        hoverinfo="skip",
    )
    if undated:
        sheet.bar(
            x=[apart],
            y=[undated],
            name="undated",
            width=1.4,
            marker={
                "color": colours.background,
                "line": {"color": colours.muted, "width": 1.5},
                "pattern": hatch(colours),
            },
            text=[number(undated)],
            textposition="outside",
            textfont={"color": colours.text},
            cliponaxis=False,
            hoverinfo="skip",
        )
        sheet.note(
            _("Undated"),
            x=apart + 0.7,
            y=undated,
            yshift=26,
            xanchor="right",
            font={"size": TEXT_SIZE, "color": colours.muted},
        )
    ticks = [year for year in years if (year - years[-1]) % _every(len(years)) == 0]
    sheet.axis(
        "xaxis",
        tickvals=ticks,
        ticktext=[str(year) for year in ticks],
        tickangle=0,
        showgrid=False,
        range=[(years[0] if years else apart) - 0.8, apart + 1.2 if undated else years[-1] + 0.8],
    )
    sheet.axis(
        "yaxis",
        _("transfers"),
        rangemode="tozero",
        nticks=5,
        range=[0, max([*by_year.values(), undated * 1.15]) * 1.08],
    )
    return sheet.figure()


def _every(n: int) -> int:
    return next((step for step in (1, 2, 5, 10, 20) if n / step <= 5), 50)
