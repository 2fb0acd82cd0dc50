"""Findings on urban growth: title sentences made from the numbers they are handed.

A title states what the numbers say and nothing more: where they fall, tie or are missing,
the sentence says that, or falls back to a neutral one that is true all the same. Populations
are in thousands, shares and rates in per cent; `revision` is the name of the one edition the
numbers come from.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

from ileaps_views.findings.words import calendar_year, join_names, known
from ileaps_views.i18n import _, ngettext, percent, population

if TYPE_CHECKING:
    from collections.abc import Mapping

HALF: Final = 50.0


def half_urban(
    place: str,
    crossing: float,
    *,
    first: tuple[int, float],
    last: tuple[int, float],
    revision: str,
    estimates_until: int | None = None,
) -> str:
    """Say when half of a place's people live in cities.

    `crossing` is the moment on the mid-year scale at which the share passes 50% (NaN if it
    never does); `first` and `last` are (year, percent urban) at the ends of the series. A
    crossing after `estimates_until` is a projection and told as one.

    >>> half_urban("Asia", 2018.3, first=(1950, 17.5), last=(2050, 66.2), revision="WUP 2018")
    'Asia became half urban in 2018 (WUP 2018)'
    """
    words = {
        "place": place,
        "revision": revision,
        "first_year": first[0],
        "last_year": last[0],
        "first": percent(first[1]),
        "last": percent(last[1]),
    }
    if not known(first[1], last[1]):
        return (
            _("The urban share of %(place)s is not known for the whole period (%(revision)s)")
            % words
        )
    if first[1] < HALF <= last[1] and known(crossing):
        words["year"] = calendar_year(crossing)
        if estimates_until is not None and crossing > estimates_until + 1:
            return _("%(place)s is projected to be half urban in %(year)s (%(revision)s)") % words
        return _("%(place)s became half urban in %(year)s (%(revision)s)") % words
    if first[1] > HALF and last[1] > HALF:
        return (
            _(
                "%(place)s was already more than half urban in %(first_year)s: %(first)s, "
                "and %(last)s in %(last_year)s (%(revision)s)"
            )
            % words
        )
    if first[1] < HALF and last[1] < HALF:
        return (
            _(
                "%(place)s is less than half urban in %(first_year)s and in %(last_year)s: "
                "%(first)s and %(last)s (%(revision)s)"
            )
            % words
        )
    return (
        _("%(place)s: %(first)s urban in %(first_year)s, %(last)s in %(last_year)s (%(revision)s)")
        % words
    )


def people_added(
    place: str,
    years: tuple[int, int],
    urban: tuple[float, float],
    revision: str,
) -> str:
    """Say how many more (or fewer) city people a place has at the end of a period.

    >>> people_added("Asia and the Pacific", (1980, 2010), (788_800.0, 1_891_600.0), "WUP 2018")
    '1.10 billion more city people in Asia and the Pacific in 2010 than in 1980 (WUP 2018)'
    """
    words = {"place": place, "start": years[0], "end": years[1], "revision": revision}
    if not known(*urban):
        return (
            _(
                "City people in %(place)s are not published for both %(start)s and %(end)s "
                "(%(revision)s)"
            )
            % words
        )
    change = urban[1] - urban[0]
    words["change"] = population(abs(change))
    if words["change"] == population(0.0):
        return (
            _("As many city people in %(place)s in %(end)s as in %(start)s (%(revision)s)") % words
        )
    if change > 0:
        return (
            _(
                "%(change)s more city people in %(place)s in %(end)s than in %(start)s "
                "(%(revision)s)"
            )
            % words
        )
    return (
        _("%(change)s fewer city people in %(place)s in %(end)s than in %(start)s (%(revision)s)")
        % words
    )


def largest_contributors(
    place: str, changes: Mapping[str, float], years: tuple[int, int], revision: str
) -> str:
    """Say which two places bring most of a region's new city people.

    `changes` maps names to the change of urban population; missing ones do not count.

    >>> largest_contributors("the region", {"India": 4.0, "China": 2.0, "Fiji": 4.2},
    ...                      (2020, 2050), "WUP 2018")
    'Fiji and India bring 80% of the new city people of the region, 2020–2050 (WUP 2018)'
    """
    counted = {name: change for name, change in changes.items() if known(change)}
    words = {"place": place, "start": years[0], "end": years[1], "revision": revision}
    ranked = sorted(counted, key=lambda name: (-counted[name], name))
    net = sum(counted.values())
    leading = [name for name in ranked[:2] if counted[name] > 0]
    together = sum(counted[name] for name in leading)
    words["names"] = join_names(leading)
    words["together"] = population(together)
    if not leading:
        return (
            _("No place gains city people in %(place)s, %(start)s–%(end)s (%(revision)s)") % words
        )
    # With losses elsewhere the two can bring more than the net: then a share misleads.
    if net <= 0 or together > net:
        return (
            ngettext(
                "%(names)s gains most city people in %(place)s, %(together)s, "
                "%(start)s–%(end)s (%(revision)s)",
                "%(names)s gain most city people in %(place)s, %(together)s, "
                "%(start)s–%(end)s (%(revision)s)",
                len(leading),
            )
            % words
        )
    words["share"] = percent(100 * together / net, 0)
    return (
        ngettext(
            "%(names)s brings %(share)s of the new city people of %(place)s, "
            "%(start)s–%(end)s (%(revision)s)",
            "%(names)s bring %(share)s of the new city people of %(place)s, "
            "%(start)s–%(end)s (%(revision)s)",
            len(leading),
        )
        % words
    )


def overtaking(urban: Mapping[str, Mapping[int, float]], revision: str) -> str:
    """Say which place has the most city people, and since when.

    `urban` maps each place's name to its urban population by year; only years every place
    has are compared.

    >>> overtaking({"East": {2045: 1.28e6, 2050: 1.27e6}, "South": {2045: 1.2e6, 2050: 1.36e6}},
    ...            "WUP 2018")
    'South overtakes East by 2050: 1.36 billion against 1.27 billion city people (WUP 2018)'
    """
    years = sorted(
        set.intersection(*({y for y, v in series.items() if known(v)} for series in urban.values()))
        if urban
        else set()
    )
    if not years or len(urban) < 2:
        return _("Too few figures to compare city people between places (%(revision)s)") % {
            "revision": revision
        }
    ranking = {year: sorted(urban, key=lambda name: -urban[name][year]) for year in years}
    before, after = ranking[years[0]], ranking[years[-1]]
    leader, old = after[0], before[0]
    rival = old if old != leader else after[1]
    words = {
        "leader": leader,
        "rival": rival,
        "high": population(urban[leader][years[-1]]),
        "low": population(urban[rival][years[-1]]),
        "start": years[0],
        "end": years[-1],
        "revision": revision,
    }
    if words["high"] == words["low"]:
        return (
            _("%(leader)s and %(rival)s both have %(high)s city people in %(end)s (%(revision)s)")
            % words
        )
    if leader == old:
        if all(ranking[year][0] == leader for year in years):
            return (
                _(
                    "%(leader)s has the most city people throughout, %(start)s–%(end)s: "
                    "%(high)s in %(end)s (%(revision)s)"
                )
                % words
            )
        return (
            _(
                "%(leader)s has the most city people in %(start)s and in %(end)s: %(high)s "
                "against %(low)s in %(rival)s (%(revision)s)"
            )
            % words
        )
    behind = [year for year in years if urban[leader][year] <= urban[rival][year]]
    ahead = years[years.index(behind[-1]) + 1]
    words |= {
        "year": ahead,
        "high": population(urban[leader][ahead]),
        "low": population(urban[rival][ahead]),
    }
    return (
        _(
            "%(leader)s overtakes %(rival)s by %(year)s: %(high)s against %(low)s city people "
            "(%(revision)s)"
        )
        % words
    )


def rural_trend(place: str, rural: Mapping[int, float], revision: str) -> str:
    """Say whether the rural population of a place falls, grows or neither.

    >>> rural_trend("the region", {2000: 2.34e6, 2020: 2.26e6, 2050: 1.76e6}, "WUP 2018")
    'The countryside of the region shrinks: 2.34 billion (2000), 2.26 billion (2020), 1.76 billion (2050) (WUP 2018)'
    """  # noqa: E501 - a doctest's answer stands on one line
    points = [(year, value) for year, value in sorted(rural.items()) if known(value)]
    words = {
        "place": place,
        "revision": revision,
        "series": ", ".join(
            _("%(people)s (%(year)s)") % {"people": population(value), "year": year}
            for year, value in points
        ),
    }
    if not points:
        return _("No rural population published for %(place)s (%(revision)s)") % words
    pairs = list(itertools.pairwise(value for _year, value in points))
    if pairs and all(later < earlier for earlier, later in pairs):
        return _("The countryside of %(place)s shrinks: %(series)s (%(revision)s)") % words
    if pairs and all(later > earlier for earlier, later in pairs):
        return _("The countryside of %(place)s grows: %(series)s (%(revision)s)") % words
    return _("Country people in %(place)s: %(series)s (%(revision)s)") % words
