"""What city growth is made of, and how cities and countryside grow apart, by place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

import pandas as pd

from ileaps_views.charts.common import Revision, axis, build, empty, layout, rounded
from ileaps_views.charts.population_lines import value_axis
from ileaps_views.findings.comparison import growth_split, urban_rural_gap
from ileaps_views.i18n import _, population, signed
from ileaps_views.theme import palette
from ileaps_views.view import LegendItem, View
from ileaps_views.wording import chart_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Split = Literal["people", "rate"]

_ROW: Final = 60  # pixels a place: its name above, its bar below
_LEAST: Final = 220
_TOP: Final = 8
_BOTTOM: Final = 52
_BAR: Final = 0.36
_LABEL: Final = 13


def growth_decomposition_view(
    growth: pd.DataFrame,
    names: Mapping[str, str],
    years: tuple[int, int],
    revision: Revision,
    *,
    split: Split = "people",
    mode: str = "light",
) -> View:
    """Split the growth of city people into total growth and the rising urban share, by place.

    Args:
        growth: one row an area (`area_id`) with `change`, `total_growth_effect`,
            `share_effect` (thousands) and `urban_growth`, `total_growth`,
            `rate_of_urbanization` (% a year).
        names: the places to draw: area_id to name.
        years: start and end of the period.
        revision: the edition the frame is of.
        split: "people" draws the two effects in people, "rate" the two rates that add up to
            urban growth, which makes large and small places comparable.
        mode: "light" or "dark".
    """
    columns = (
        ("total_growth_effect", "share_effect", "change")
        if split == "people"
        else ("total_growth", "rate_of_urbanization", "urban_growth")
    )
    identifier = f"growth-decomposition-{split}"
    rows = _chosen(growth, names, columns)
    effects = _pairs(_chosen(growth, names, ("total_growth_effect", "share_effect")), names)
    title = growth_split(effects, years, revision.name)
    if rows.empty:
        return empty(identifier, title, revision)
    people = split == "people"
    rows = rows.sort_values(columns[2], ascending=False)
    labels = [names[area] for area in rows["area_id"]]
    scale, unit, suffix, digits = 1.0, _("% a year"), "%", 2
    if people:
        values = [(0, v) for name in columns for v in rows[name].abs().astype("float64")]
        scale, unit, suffix, digits = value_axis({"": values}, "urban")
    colours = palette(mode)
    traces: list[dict[str, Any]] = []
    for position, (column, word) in enumerate(zip(columns[:2], _words(split), strict=True)):
        traces.append(
            {
                "type": "bar",
                "x": rounded(rows[column] / scale),
                "y": list(range(len(rows))),
                "name": word,
                "orientation": "h",
                "width": _BAR,
                "marker": {
                    "color": colours.categorical[position],
                    "line": {"color": colours.text, "width": 1},
                    # The second part is hatched, so that it differs without its colour.
                    "pattern": {"shape": "/" if position else "", "solidity": 0.35, "size": 7},
                },
                "customdata": [chart_text(label) for label in labels],
                "hovertemplate": f"%{{customdata}}<br>{chart_text(word)}: "
                f"%{{x:,.{digits}f}}{suffix}<extra></extra>",
            }
        )
    traces.append(
        {
            "type": "scatter",
            "x": rounded(rows[columns[2]] / scale),
            "y": list(range(len(rows))),
            "name": _("Together"),
            "mode": "markers",
            "marker": {
                "symbol": "diamond",
                "size": 11,
                "color": colours.background,
                "line": {"color": colours.text, "width": 2},
            },
            "customdata": [chart_text(label) for label in labels],
            "hovertemplate": f"%{{customdata}}: %{{x:,.{digits}f}}{suffix}<extra></extra>",
        }
    )
    totals = [
        _people(value) if people else _rate(value) for value in rows[columns[2]].astype("float64")
    ]
    figure = build(traces, {**_rows_layout(labels, totals, unit, mode), "barmode": "relative"})
    write = _people if people else _rate
    return View(
        id=identifier,
        title=title,
        takeaway=_(
            "The rising-share part comes from migration to cities, from villages becoming urban, "
            "and from cities growing by births faster than the countryside: these figures cannot "
            "tell which."
        ),
        figure=figure,
        table=pd.DataFrame(
            {
                _("Place"): labels,
                _("By total growth"): [write(v) for v in rows[columns[0]].astype("float64")],
                _("By the urban share"): [write(v) for v in rows[columns[1]].astype("float64")],
                _("Together"): totals,
            }
        ),
        unit=_("Change of city people") if people else _("City growth, % a year"),
        period=f"{years[0]}–{years[1]}",
        sources=(revision.source,),
        alt=_("Stacked bars, one a place: %(bars)s.")
        % {
            "bars": "; ".join(
                _("%(place)s %(total)s") % {"place": name, "total": total}
                for name, total in zip(labels, totals, strict=True)
            )
        },
        method=_method(split),
        legend=(
            LegendItem(word=_words(split)[0], colour=colours.categorical[0], shape="■"),
            LegendItem(word=_words(split)[1], colour=colours.categorical[1], shape="▨"),
            LegendItem(word=_("Together"), colour=colours.text, shape="◇"),
        ),
    )


def urban_rural_growth(
    growth: pd.DataFrame,
    names: Mapping[str, str],
    years: tuple[int, int],
    revision: Revision,
    *,
    mode: str = "light",
) -> View:
    """Draw how fast cities and countryside grow, joined by the difference, by place.

    `growth` has one row an area with `urban_growth`, `rural_growth` (% a year) and
    `urban_rural_difference` (points a year); `names` maps the places to draw to their names.
    """
    columns = ("urban_growth", "rural_growth", "urban_rural_difference")
    rows = _chosen(growth, names, columns).sort_values(columns[2], ascending=False)
    differences = {
        names[area]: float(value)
        for area, value in zip(rows["area_id"], rows[columns[2]], strict=True)
    }
    title = urban_rural_gap(differences, years, revision.name)
    if rows.empty:
        return empty("urban-rural-growth", title, revision)
    labels = list(differences)
    colours = palette(mode)
    urban, rural = rounded(rows["urban_growth"]), rounded(rows["rural_growth"])
    heights = list(range(len(rows)))
    joined: list[float | None] = []
    for one, other in zip(urban, rural, strict=True):
        joined += [one, other, None]
    traces: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "x": joined,
            "y": [height for each in heights for height in (each, each, None)],
            "mode": "lines",
            "line": {"color": colours.muted, "width": 3},
            "hoverinfo": "skip",
        }
    ]
    for position, (values, symbol, word) in enumerate(
        ((urban, "circle", _("Urban growth")), (rural, "square-open", _("Rural growth")))
    ):
        traces.append(
            {
                "type": "scatter",
                "x": values,
                "y": heights,
                "name": word,
                "mode": "markers",
                "marker": {
                    "symbol": symbol,
                    "size": 13,
                    "color": colours.categorical[position],
                    "line": {"color": colours.categorical[position], "width": 3 * position},
                },
                "customdata": [chart_text(label) for label in labels],
                "hovertemplate": f"%{{customdata}}<br>{chart_text(word)}: "
                "%{x:.2f}%<extra></extra>",
            }
        )
    gaps = [_("%(gap)s points") % {"gap": signed(value, 2)} for value in differences.values()]
    figure = build(traces, _rows_layout(labels, gaps, _("% a year"), mode))
    return View(
        id="urban-rural-growth",
        title=title,
        takeaway=_(
            "The further apart the two marks, the faster a place urbanises; left of zero a "
            "population shrinks."
        ),
        figure=figure,
        table=pd.DataFrame(
            {
                _("Place"): labels,
                _("Urban growth, % a year"): [signed(v, 2) for v in rows["urban_growth"]],
                _("Rural growth, % a year"): [signed(v, 2) for v in rows["rural_growth"]],
                _("Difference, points a year"): [signed(v, 2) for v in differences.values()],
            }
        ),
        unit=_("Growth, % a year"),
        period=f"{years[0]}–{years[1]}",
        sources=(revision.source,),
        alt=_("Two marks a place, urban and rural growth. Difference in points a year: %(gaps)s.")
        % {
            "gaps": "; ".join(
                _("%(place)s %(total)s") % {"place": name, "total": signed(value, 2)}
                for name, value in differences.items()
            )
        },
        method=_(
            "Exponential rates, 100·ln(end ÷ start) ÷ years. Difference = urban growth − rural "
            "growth (UN World Urbanization Prospects, glossary)."
        ),
        legend=(
            LegendItem(word=_("Urban growth"), colour=colours.categorical[0], shape="●"),
            LegendItem(word=_("Rural growth"), colour=colours.categorical[1], shape="□"),
        ),
    )


def _chosen(growth: pd.DataFrame, names: Mapping[str, str], columns: Sequence[str]) -> pd.DataFrame:
    return growth[growth["area_id"].isin(list(names))].dropna(subset=list(columns))


def _pairs(rows: pd.DataFrame, names: Mapping[str, str]) -> dict[str, tuple[float, float]]:
    return {
        names[area]: (float(total), float(share))
        for area, total, share in zip(
            rows["area_id"], rows["total_growth_effect"], rows["share_effect"], strict=True
        )
    }


def _words(split: Split) -> tuple[str, str]:
    if split == "people":
        return _("By growth of the total population"), _("By the rising urban share")
    return _("Growth of the total population"), _("Rate of urbanisation")


def _people(thousands: float) -> str:
    return ("−" if thousands < 0 else "+") + population(abs(thousands))


def _rate(value: float) -> str:
    return _("%(rate)s%% a year") % {"rate": signed(value, 2)}


def _method(split: Split) -> str:
    if split == "people":
        return _(
            "ΔU = ΔP·(s₀ + s₁)/2 + Δs·(P₀ + P₁)/2, where U are city people, P all people and s "
            "the urban share at the start (0) and end (1): an exact split into the effect of total "
            "growth and that of the share."
        )
    return _(
        "Exponential rates: urban growth = growth of the total population + rate of urbanisation, "
        "the growth rate of the urban share (UN World Urbanization Prospects, glossary)."
    )


def _rows_layout(
    labels: Sequence[str], figures: Sequence[str], unit: str, mode: str
) -> dict[str, Any]:
    """One row a place: its name and figure stand above its mark, so that no width is lost."""
    count = len(labels)
    height = max(_LEAST, _TOP + _BOTTOM + _ROW * count)
    pitch = (height - _TOP - _BOTTOM) / count
    return layout(
        mode,
        height=height,
        margin={"l": 12, "r": 16, "t": _TOP, "b": _BOTTOM},
        hovermode="closest",
        xaxis=axis(mode, unit, zeroline=False, nticks=7, automargin=False),
        yaxis=axis(
            mode,
            range=[count - 0.5, -0.5],
            showticklabels=False,
            showgrid=False,
            zeroline=False,
            automargin=False,
        ),
        # The zero line is drawn row by row: a whole one would cross the names.
        shapes=[
            {
                "type": "line",
                "x0": 0,
                "x1": 0,
                "y0": position - 0.3,
                "y1": position + 0.32,
                "line": {"color": palette(mode).muted, "width": 2},
            }
            for position in range(count)
        ],
        annotations=[
            {
                "x": 0,
                "xref": "paper",
                "y": position,
                "yshift": round(0.18 * pitch + 6),
                "xanchor": "left",
                "yanchor": "bottom",
                "showarrow": False,
                "align": "left",
                "font": {"size": _LABEL},
                "text": f"<b>{chart_text(label)}</b>  {chart_text(figure)}",
            }
            for position, (label, figure) in enumerate(zip(labels, figures, strict=True))
        ],
    )
