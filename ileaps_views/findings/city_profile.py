"""Findings on one city: title sentences made from the numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ileaps_views.findings.words import join_names, known
from ileaps_views.i18n import _, ngettext, number, population, signed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def people_of(
    city: str, points: Sequence[tuple[int, float]], year: int, revision: str, *, projected: bool
) -> str:
    """Say how many people live in a city, and how many are projected for the last year.

    >>> people_of("Makassar", [(2020, 1584.0), (2035, 2085.0)], 2020, "WUP 2018", projected=True)
    'Makassar: 1.6 million people in 2020, 2.1 million projected for 2035 (WUP 2018)'
    """
    given = {when: value for when, value in points if known(value)}
    if not given:
        return _("%(revision)s has no population for %(city)s") % {
            "city": city,
            "revision": revision,
        }
    last = max(given)
    now = year if year in given else last
    words = {
        "city": city,
        "people": population(given[now]),
        "year": now,
        "later": population(given[last]),
        "last": last,
        "revision": revision,
    }
    if last == now or not projected:
        return _("%(city)s: %(people)s people in %(year)s (%(revision)s)") % words
    return (
        _(
            "%(city)s: %(people)s people in %(year)s, %(later)s projected for %(last)s "
            "(%(revision)s)"
        )
        % words
    )


def growth_against(
    city: str, country: str, own: float, others: float, years: tuple[int, int], revision: str
) -> str:
    """Say whether a city grows faster than all cities of its country together.

    >>> growth_against("Makassar", "Indonesia", 1.52, 2.56, (2010, 2020), "WUP 2018")
    'Makassar grows more slowly than all cities of Indonesia together: +1.5% against +2.6% a year, 2010–2020 (WUP 2018)'
    """  # noqa: E501 - a doctest's answer stands on one line
    words = {
        "city": city,
        "country": country,
        "own": signed(own),
        "others": signed(others),
        "start": years[0],
        "end": years[1],
        "revision": revision,
    }
    if not known(own):
        return _("No growth is published for %(city)s, %(start)s–%(end)s (%(revision)s)") % words
    if not known(others):
        return _("%(city)s: %(own)s%% a year, %(start)s–%(end)s (%(revision)s)") % words
    if signed(own) == signed(others):
        return (
            _(
                "%(city)s grows as fast as all cities of %(country)s together: %(own)s%% a year, "
                "%(start)s–%(end)s (%(revision)s)"
            )
            % words
        )
    if own > others:
        return (
            _(
                "%(city)s grows faster than all cities of %(country)s together: %(own)s%% "
                "against %(others)s%% a year, %(start)s–%(end)s (%(revision)s)"
            )
            % words
        )
    return (
        _(
            "%(city)s grows more slowly than all cities of %(country)s together: %(own)s%% "
            "against %(others)s%% a year, %(start)s–%(end)s (%(revision)s)"
        )
        % words
    )


def values_published(city: str, n: int, of: int, cautions: int) -> str:
    """Say how many of the city indicators of Goal 11 a city has.

    >>> values_published("Malé", 2, 4, 1)
    '2 of 4 city indicators of Goal 11 are published for Malé, one of them hard to believe'
    """
    words = {"city": city, "n": number(n), "of": number(of), "cautions": number(cautions)}
    if not n:
        return _("No city indicator of Goal 11 is published for %(city)s") % words
    if not cautions:
        return _("%(n)s of %(of)s city indicators of Goal 11 are published for %(city)s") % words
    return (
        ngettext(
            "%(n)s of %(of)s city indicators of Goal 11 are published for %(city)s, one of them "
            "hard to believe",
            "%(n)s of %(of)s city indicators of Goal 11 are published for %(city)s, %(cautions)s "
            "of them hard to believe",
            cautions,
        )
        % words
    )


def rank_among(below: int, n: int) -> str:
    """Say how many of n other cities have a lower value.

    >>> rank_among(0, 13), rank_among(3, 5), rank_among(5, 5)
    ('not higher than any of 13 others', 'higher than 3 of 5 others', 'higher than all 5 others')
    """
    words = {"below": number(below), "n": number(n)}
    if not below:
        return (
            ngettext("not higher than the %(n)s other", "not higher than any of %(n)s others", n)
            % words
        )
    if below == n:
        return ngettext("higher than the %(n)s other", "higher than all %(n)s others", n) % words
    return _("higher than %(below)s of %(n)s others") % words


def air_of(
    city: str, first: tuple[int, float] | None, last: tuple[int, float] | None, *, years: int
) -> str:
    """Say what fine particles a city last measured, and whether that is more than at first.

    >>> air_of("Dhaka", (2013, 77.5), (2019, 86.5), years=7)
    'Fine particles in Dhaka: 86.5 µg/m³ in 2019, against 77.5 µg/m³ in 2013'
    """
    if last is None:
        return _("No measured fine particles (PM2.5) are published for %(city)s") % {"city": city}
    words = {
        "city": city,
        "value": number(last[1], 1),
        "year": last[0],
    }
    if first is None or years < 2:
        return (
            _("Fine particles in %(city)s: %(value)s µg/m³ in %(year)s, the only year published")
            % words
        )
    words |= {"before": number(first[1], 1), "then": first[0]}
    return (
        _(
            "Fine particles in %(city)s: %(value)s µg/m³ in %(year)s, against %(before)s µg/m³ "
            "in %(then)s"
        )
        % words
    )


def peers_of(city: str, names: Sequence[str], indicators: int) -> str:
    """Name the partner cities most like a city.

    >>> peers_of("Makassar", ["Bogor", "Dhaka"], 5)
    'Most like Makassar on 5 indicators: Bogor and Dhaka'
    """
    return ngettext(
        "Most like %(city)s on %(n)s indicator: %(names)s",
        "Most like %(city)s on %(n)s indicators: %(names)s",
        indicators,
    ) % {"city": city, "n": number(indicators), "names": join_names(names)}


def no_peers(city: str, reason: str) -> str:
    """Say why a city is not compared with others.

    >>> no_peers("Malé", "inputs_missing")
    'No peers for Malé: too many of the chosen indicators are missing'
    """
    words = {"city": city}
    sentences: Mapping[str, str] = {
        "inputs_missing": _("No peers for %(city)s: too many of the chosen indicators are missing"),
        "too_few_shared": _("No peers for %(city)s: choose at least three indicators"),
        "no_candidate": _("No peers for %(city)s: no other partner city has these indicators"),
    }
    return sentences.get(reason, _("No peers for %(city)s")) % words


def unmeasured(city: str, n: int, of: int) -> str:
    """Say how much of Goal 11 has no figure for a city.

    >>> unmeasured("Makassar", 9, 12)
    '9 of 12 indicators of Goal 11 have no figure for Makassar itself'
    """
    words = {"city": city, "n": number(n), "of": number(of)}
    if not n:
        return _("Every indicator of Goal 11 that we hold has a figure for %(city)s itself") % words
    return (
        ngettext(
            "%(n)s of %(of)s indicators of Goal 11 has no figure for %(city)s itself",
            "%(n)s of %(of)s indicators of Goal 11 have no figure for %(city)s itself",
            n,
        )
        % words
    )
