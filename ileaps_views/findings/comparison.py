"""Findings that compare places, revisions or economies: title sentences made from numbers.

Populations are in thousands, shares and rates in per cent. A missing number never takes part
in a comparison; where nothing can be compared the sentence says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from ileaps_views.findings.words import join_names, known
from ileaps_views.i18n import _, ngettext, number, percent, population

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Measure = Literal["percent_urban", "urban"]
SeriesMeasure = Literal["percent_urban", "urban", "population"]
EconomyMeasure = Literal["percent_urban", "urban_growth", "change"]

_HALF: Final = 50.0


def revisions_disagree(
    place: str,
    year: int,
    values: Mapping[str, float | None],
    *,
    measure: Measure = "percent_urban",
) -> str:
    """Say what each revision gives for one place and year, and how far apart they are.

    >>> revisions_disagree("Bangladesh", 2020, {"WUP 2018": 38.18, "WDI July 2026": 31.06})
    'Bangladesh in 2020: WUP 2018 says 38.2% urban, WDI July 2026 31.1%: 7.1 points apart'
    """
    given = {name: value for name, value in values.items() if value is not None and known(value)}
    ranked = sorted(given, key=lambda name: -given[name])
    if not ranked:
        return _("No revision has a figure for %(place)s in %(year)s") % {
            "place": place,
            "year": year,
        }
    share = measure == "percent_urban"
    write = percent if share else population
    high, low = ranked[0], ranked[-1]
    gap = given[high] - given[low]
    words = {
        "place": place,
        "year": year,
        "high_name": high,
        "low_name": low,
        "high": write(given[high]),
        "low": write(given[low]),
        "names": join_names(ranked),
        "gap": number(gap, 1) if share else population(gap),
    }
    if len(ranked) == 1:
        only = (
            _("Only %(high_name)s has a figure for %(place)s in %(year)s: %(high)s urban")
            if share
            else _(
                "Only %(high_name)s has a figure for %(place)s in %(year)s: %(high)s city people"
            )
        )
        return only % words
    if words["high"] == words["low"]:
        agree = (
            _("%(names)s agree on %(place)s in %(year)s: %(high)s urban")
            if share
            else _("%(names)s agree on %(place)s in %(year)s: %(high)s city people")
        )
        return agree % words
    differ = (
        _(
            "%(place)s in %(year)s: %(high_name)s says %(high)s urban, %(low_name)s %(low)s: "
            "%(gap)s points apart"
        )
        if share
        else _(
            "%(place)s in %(year)s: %(high_name)s says %(high)s city people, %(low_name)s %(low)s: "
            "%(gap)s apart"
        )
    )
    return differ % words


def series_compared(
    series: Mapping[str, Sequence[tuple[int, float]]], revision: str, *, measure: SeriesMeasure
) -> str:
    """Say which of several places changes most between its first and last known year.

    `series` maps names to (year, value). Places whose known years differ are not ranked.
    `measure` "population" is for cities, whose people all are city people.

    >>> series_compared({"Japan": [(1950, 53.4), (2050, 94.7)], "China": [(1950, 11.8),
    ...                 (2050, 80.0)]}, "WUP 2018", measure="percent_urban")
    'China urbanises most: 11.8% urban in 1950, 80.0% in 2050 (WUP 2018)'
    """
    points = {name: [p for p in given if known(p[1])] for name, given in series.items()}
    ends = {name: (given[0], given[-1]) for name, given in points.items() if given}
    if not ends:
        return _("No figures for the places chosen (%(revision)s)") % {"revision": revision}
    change = {name: last[1] - first[1] for name, (first, last) in ends.items()}
    top, bottom = max(change.values()), min(change.values())
    wanted = top if top > 0 else bottom
    leaders = [name for name, value in change.items() if value == wanted]
    comparable = len({(first[0], last[0]) for first, last in ends.values()}) == 1
    ranked = comparable and len(ends) > 1 and len(leaders) == 1 and wanted != 0
    write = percent if measure == "percent_urban" else population
    place = leaders[0] if ranked else next(iter(ends))
    first, last = ends[place]
    words = {
        "place": place,
        "start": first[0],
        "end": last[0],
        "first": write(first[1]),
        "last": write(last[1]),
        "revision": revision,
    }
    if first[0] == last[0]:
        return _one_figure(measure) % words
    if not ranked:
        return _one_series(measure) % words
    return (_risen(measure) if wanted > 0 else _fallen(measure)) % words


def _one_figure(measure: SeriesMeasure) -> str:
    return {
        "percent_urban": _("%(place)s: %(last)s urban in %(end)s (%(revision)s)"),
        "urban": _("%(place)s: %(last)s city people in %(end)s (%(revision)s)"),
        "population": _("%(place)s: %(last)s people in %(end)s (%(revision)s)"),
    }[measure]


def _one_series(measure: SeriesMeasure) -> str:
    return {
        "percent_urban": _(
            "%(place)s: %(first)s urban in %(start)s, %(last)s in %(end)s (%(revision)s)"
        ),
        "urban": _(
            "%(place)s: %(first)s city people in %(start)s, %(last)s in %(end)s (%(revision)s)"
        ),
        "population": _(
            "%(place)s: %(first)s people in %(start)s, %(last)s in %(end)s (%(revision)s)"
        ),
    }[measure]


def _risen(measure: SeriesMeasure) -> str:
    return {
        "percent_urban": _(
            "%(place)s urbanises most: %(first)s urban in %(start)s, %(last)s in %(end)s "
            "(%(revision)s)"
        ),
        "urban": _(
            "%(place)s gains most city people: %(first)s in %(start)s, %(last)s in %(end)s "
            "(%(revision)s)"
        ),
        "population": _(
            "%(place)s gains most people: %(first)s in %(start)s, %(last)s in %(end)s "
            "(%(revision)s)"
        ),
    }[measure]


def _fallen(measure: SeriesMeasure) -> str:
    return {
        "percent_urban": _(
            "The urban share rises in none of these places and falls most in %(place)s: "
            "%(first)s in %(start)s, %(last)s in %(end)s (%(revision)s)"
        ),
        "urban": _(
            "None of these places gains city people and %(place)s loses most: %(first)s in "
            "%(start)s, %(last)s in %(end)s (%(revision)s)"
        ),
        "population": _(
            "None of these cities gains people and %(place)s loses most: %(first)s in "
            "%(start)s, %(last)s in %(end)s (%(revision)s)"
        ),
    }[measure]


def growth_split(
    effects: Mapping[str, tuple[float, float]], years: tuple[int, int], revision: str
) -> str:
    """Say in how many places the rising urban share brings more city people than total growth.

    `effects` maps names to (total-population effect, share effect), in thousands.

    >>> growth_split({"China": (9.0, 54.0), "India": (26.0, 27.0), "Nepal": (1.0, 0.4)},
    ...              (2015, 2020), "WUP 2018")
    'In 2 of 3 places a rising urban share adds more city people than total growth does, 2015–2020 (WUP 2018)'
    """  # noqa: E501 - a doctest's answer stands on one line
    counted = {name: pair for name, pair in effects.items() if known(*pair)}
    words = {"start": years[0], "end": years[1], "revision": revision, "total": len(counted)}
    if not counted:
        return (
            _("No place has the figures to split its growth, %(start)s–%(end)s (%(revision)s)")
            % words
        )
    if len(counted) == 1:
        place, (total, share) = next(iter(counted.items()))
        words |= {"place": place, "by_total": _change(total), "by_share": _change(share)}
        return (
            _(
                "City people in %(place)s, %(start)s–%(end)s: %(by_total)s by total growth, "
                "%(by_share)s by the urban share (%(revision)s)"
            )
            % words
        )
    words["n"] = sum(share > total and share > 0 for total, share in counted.values())
    if words["n"] == 0:
        return (
            _(
                "In none of %(total)s places does a rising urban share add more city people than "
                "total growth does, %(start)s–%(end)s (%(revision)s)"
            )
            % words
        )
    if words["n"] == words["total"]:
        return (
            _(
                "In all %(total)s places a rising urban share adds more city people than total "
                "growth does, %(start)s–%(end)s (%(revision)s)"
            )
            % words
        )
    return (
        _(
            "In %(n)s of %(total)s places a rising urban share adds more city people than total "
            "growth does, %(start)s–%(end)s (%(revision)s)"
        )
        % words
    )


def _change(thousands: float) -> str:
    sign = "−" if thousands < 0 else "+"
    return sign + population(abs(thousands))


def urban_rural_gap(differences: Mapping[str, float], years: tuple[int, int], revision: str) -> str:
    """Say in how many places cities grow faster than the countryside, and where most.

    `differences` maps names to urban less rural growth, in points a year.

    >>> urban_rural_gap({"China": 4.89, "India": 1.92}, (2015, 2020), "WUP 2018")
    'Cities outgrow the countryside in all 2 places, most in China: 4.9 points a year, 2015–2020 (WUP 2018)'
    """  # noqa: E501 - a doctest's answer stands on one line
    counted = {name: value for name, value in differences.items() if known(value)}
    words: dict[str, object] = {
        "start": years[0],
        "end": years[1],
        "revision": revision,
        "total": len(counted),
    }
    if not counted:
        return (
            _("No place has urban and rural growth to compare, %(start)s–%(end)s (%(revision)s)")
            % words
        )
    faster = sum(value > 0 for value in counted.values())
    words |= {"n": faster, "place": _leaders(counted), "gap": number(max(counted.values()), 1)}
    if not faster:
        return (
            ngettext(
                "The countryside grows at least as fast as the cities in %(place)s, "
                "%(start)s–%(end)s (%(revision)s)",
                "In none of %(total)s places do cities outgrow the countryside, "
                "%(start)s–%(end)s (%(revision)s)",
                len(counted),
            )
            % words
        )
    if faster == len(counted):
        return (
            ngettext(
                "Cities outgrow the countryside in %(place)s: by %(gap)s points a year, "
                "%(start)s–%(end)s (%(revision)s)",
                "Cities outgrow the countryside in all %(total)s places, most in %(place)s: "
                "%(gap)s points a year, %(start)s–%(end)s (%(revision)s)",
                len(counted),
            )
            % words
        )
    return (
        _(
            "Cities outgrow the countryside in %(n)s of %(total)s places, most in %(place)s: "
            "%(gap)s points a year, %(start)s–%(end)s (%(revision)s)"
        )
        % words
    )


def economies_compared(
    values: Mapping[str, float],
    period: tuple[int, int],
    revision: str,
    *,
    measure: EconomyMeasure,
) -> str:
    """Say what stands out among many economies in one year or period.

    `values` maps names to percent urban, urban growth (% a year) or the change of urban
    population (thousands); `period` is (start, end), where percent urban is that of the end.

    >>> economies_compared({"Fiji": 57.2, "Nepal": 20.6, "Nauru": None}, (2015, 2020),
    ...                    "WUP 2018", measure="percent_urban")
    '1 of 2 economies is more than half urban in 2020 (WUP 2018)'
    """
    counted = {name: value for name, value in values.items() if known(value)}
    words: dict[str, object] = {
        "start": period[0],
        "end": period[1],
        "revision": revision,
        "total": number(len(counted)),
    }
    if not counted:
        return _("No figures for these economies in %(end)s (%(revision)s)") % words
    if measure == "percent_urban":
        urban = sum(value > _HALF for value in counted.values())
        words["n"] = number(urban)
        return (
            ngettext(
                "%(n)s of %(total)s economies is more than half urban in %(end)s (%(revision)s)",
                "%(n)s of %(total)s economies are more than half urban in %(end)s (%(revision)s)",
                urban,
            )
            % words
        )
    return _movement(counted, words, rate=measure == "urban_growth")


def _leaders(values: Mapping[str, float]) -> str:
    top = max(values.values())
    return join_names(name for name, value in values.items() if value == top)


def _movement(values: Mapping[str, float], words: dict[str, object], *, rate: bool) -> str:
    top = max(values.values())
    falling = sum(value < 0 for value in values.values())
    words |= {
        "place": _leaders(values),
        "n": number(falling),
        "top": percent(top) if rate else population(top),
    }
    if top <= 0:
        return (
            _(
                "City population grows in none of %(total)s economies, %(start)s–%(end)s "
                "(%(revision)s)"
            )
            % words
        )
    if rate and falling:
        return (
            _(
                "Cities grow fastest in %(place)s, %(top)s a year, and shrink in %(n)s of "
                "%(total)s economies, %(start)s–%(end)s (%(revision)s)"
            )
            % words
        )
    if rate:
        return (
            _("Cities grow fastest in %(place)s: %(top)s a year, %(start)s–%(end)s (%(revision)s)")
            % words
        )
    if falling:
        return (
            _(
                "Most city people are added in %(place)s, %(top)s; %(n)s of %(total)s economies "
                "lose some, %(start)s–%(end)s (%(revision)s)"
            )
            % words
        )
    return (
        _("Most city people are added in %(place)s: %(top)s, %(start)s–%(end)s (%(revision)s)")
        % words
    )
