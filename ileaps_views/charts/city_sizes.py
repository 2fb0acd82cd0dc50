"""A country's cities: rank against size, primacy, and how the largest have grown."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import pandas as pd

from ileaps_views.charts.common import Revision, empty
from ileaps_views.charts.lines import Line, line_figure
from ileaps_views.charts.population_lines import series_table, value_axis
from ileaps_views.charts.rank_size import rank_size_figure
from ileaps_views.findings.cities import largest_city, rank_size_reading
from ileaps_views.findings.comparison import series_compared
from ileaps_views.i18n import _, ngettext, number, population
from ileaps_views.view import View

if TYPE_CHECKING:
    from collections.abc import Mapping

THRESHOLD: Final = 300.0  # thousand people: the smallest agglomeration the UN lists
# What the rank–size rule with exponent 1 would give: 2; 12/13; 2 ÷ (1/2 + … + 1/11).
_BENCHMARKS: Final = {2: 2.0, 4: 12 / 13, 11: 2 / 2.0198773}


def rank_size_view(
    cities: pd.DataFrame,
    fit: tuple[float, float, int],
    place: str,
    year: int,
    revision: Revision,
    *,
    mode: str = "light",
    threshold: float = THRESHOLD,
) -> View:
    """Draw the rank of each city against its size, both logarithmic, with the fitted line.

    Args:
        cities: `name` and `population` (thousands) of one country's cities in one year.
        fit: exponent, standard error and number of cities (NaN where it cannot be fitted).
        place: the country's name.
        year: the year of the populations.
        revision: the edition they are of.
        mode: "light" or "dark".
        threshold: the least size of a city listed, in thousands.
    """
    usable = cities[(cities["population"] > 0) & cities["population"].notna()]
    ranked = usable.sort_values(["population", "name"], ascending=[False, True])
    names = [str(name) for name in ranked["name"]]
    sizes = [float(size) for size in ranked["population"]]
    least = number(threshold * 1000)
    title = largest_city(place, list(zip(names, sizes, strict=True)), year, least, revision.name)
    if not sizes:
        return empty("rank-size", title, revision)
    exponent, error, n = fit
    reading = rank_size_reading(exponent, error, n, least)
    return View(
        id="rank-size",
        title=title,
        takeaway=reading,
        figure=rank_size_figure(names, sizes, exponent, mode),
        table=pd.DataFrame(
            {
                _("Rank"): [number(rank) for rank in range(1, len(sizes) + 1)],
                _("City"): names,
                _("People (thousands)"): [number(size, 1) for size in sizes],
            }
        ),
        unit=_("People in the urban agglomeration"),
        period=str(year),
        sources=(revision.source,),
        alt=_(
            "%(n)s cities by rank and size; the largest is %(first)s with %(people)s. %(reading)s"
        )
        % {
            "n": number(len(sizes)),
            "first": names[0],
            "people": population(sizes[0]),
            "reading": reading,
        },
        method=_(
            "Ordinary least squares of ln(rank − ½) on ln(population); the exponent is the "
            "negative slope, its standard error exponent × √(2 ÷ n) (Gabaix and Ibragimov 2011). "
            "Cities: urban agglomerations of %(threshold)s people or more, as the UN delimits "
            "them; another threshold or city definition gives another exponent."
        )
        % {"threshold": least},
    )


def primacy_view(
    primacy: Mapping[int, float],
    cities: int,
    place: str,
    year: int,
    revision: Revision,
    *,
    largest_share: float | None = None,
) -> View:
    """Set the primacy measures of a country beside what the rank–size rule would give.

    `primacy` maps 2, 4 and 11 (how many cities the measure needs) to its value, NaN where the
    country has fewer; `cities` says how many there are; `largest_share` is the largest city's
    share of all city people, in per cent.
    """
    words = {
        2: _("Largest ÷ second city"),
        4: _("Largest ÷ sum of the next three"),
        11: _("Twice the largest ÷ sum of the next ten"),
    }
    rows = [(words[k], number(primacy.get(k), 2), number(_BENCHMARKS[k], 2)) for k in sorted(words)]
    if largest_share is not None:
        rows.append(
            (_("Largest city, % of all city people"), number(largest_share, 1), number(None))
        )
    known = [k for k in words if math.isfinite(primacy.get(k, math.nan))]
    above = sum(primacy[k] > _BENCHMARKS[k] for k in known)
    title = (
        ngettext(
            "%(place)s: %(above)s of %(n)s primacy measure is above the rank–size rule, "
            "%(year)s (%(revision)s)",
            "%(place)s: %(above)s of %(n)s primacy measures are above the rank–size rule, "
            "%(year)s (%(revision)s)",
            len(known),
        )
        if known
        else _("%(place)s has too few cities for a primacy measure, %(year)s (%(revision)s)")
    ) % {
        "place": place,
        "above": number(above),
        "n": number(len(known)),
        "year": year,
        "revision": revision.name,
    }
    return View(
        id="primacy",
        title=title,
        takeaway=_(
            "Above the rule, the largest city weighs more than its rank alone would suggest. "
            "A dash: fewer cities than the measure needs."
        ),
        table=pd.DataFrame(rows, columns=[_("Measure"), _("Value"), _("Rank–size rule")]),
        unit=_("Ratio"),
        period=str(year),
        sources=(revision.source,),
        method=ngettext(
            "Computed from the one urban agglomeration of %(threshold)s people or more.",
            "Computed from the %(n)s urban agglomerations of %(threshold)s people or more.",
            cities,
        )
        % {"n": number(cities), "threshold": number(THRESHOLD * 1000)},
    )


def largest_cities_view(
    frame: pd.DataFrame,
    names: Mapping[str, str],
    place: str,
    revision: Revision,
    *,
    mode: str = "light",
    marked_year: int | None = None,
) -> View:
    """Draw the population of a country's largest cities over time.

    `frame` has `city_code`, `year` and `population` (thousands); `names` maps the codes of the
    cities to draw, at most six, to their names. Raises ValueError beyond six.
    """
    rows = frame[frame["city_code"].isin(list(names))].dropna(subset=["population"])
    rows = rows.sort_values("year")
    told = _distinct(names)
    series = {
        told[code]: list(
            zip(
                (int(y) for y in rows.loc[rows["city_code"] == code, "year"]),
                (float(v) for v in rows.loc[rows["city_code"] == code, "population"]),
                strict=True,
            )
        )
        for code in names
    }
    title = series_compared(series, revision.name, measure="population")
    if not any(series.values()):
        return empty("largest-cities", title, revision)
    scale, unit, suffix, digits = value_axis(series, "urban")
    lines = [
        Line(
            name=name,
            years=tuple(year for year, _value in points),
            values=tuple(value / scale for _year, value in points),
            estimates_until=revision.estimates_until,
        )
        for name, points in series.items()
        if points
    ]
    years = [year for points in series.values() for year, _value in points]
    latest = max(series, key=lambda name: series[name][-1][1] if series[name] else 0.0)
    return View(
        id="largest-cities",
        title=title,
        takeaway=_(
            "Urban agglomerations of %(place)s as the UN delimits them, which can be wider or "
            "narrower than the city's own boundary."
        )
        % {"place": place},
        figure=line_figure(
            lines, title=unit, suffix=suffix, digits=digits, mode=mode, marked_year=marked_year
        ),
        table=series_table(series, "population"),
        unit=_("People in the urban agglomeration"),
        period=f"{min(years)}–{max(years)}",
        sources=(revision.source,),
        alt=_("Lines of %(n)s cities; the largest in %(year)s is %(city)s with %(people)s.")
        % {
            "n": number(len(lines)),
            "year": series[latest][-1][0],
            "city": latest,
            "people": population(series[latest][-1][1]),
        },
        method=_("Figures as published, for 1 July of each year."),
    )


def _distinct(names: Mapping[str, str]) -> dict[str, str]:
    """Add the code to names that two of the cities share (China has two of some)."""
    given = list(names.values())
    return {
        code: name
        if given.count(name) == 1
        else _("%(city)s (%(code)s)") % {"city": name, "code": code}
        for code, name in names.items()
    }
