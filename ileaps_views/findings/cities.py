"""Findings on a country's system of cities: title sentences made from the numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ileaps_views.findings.words import known
from ileaps_views.i18n import _, ngettext, number, population

if TYPE_CHECKING:
    from collections.abc import Sequence

ZIPF: Final = 1.0
# Two standard errors: the usual reading of an interval of about 95%.
_ERRORS: Final = 2.0


def largest_city(
    place: str, cities: Sequence[tuple[str, float]], year: int, threshold: str, revision: str
) -> str:
    """Say how a country's largest city compares with the next.

    `cities` are (name, population in thousands), `threshold` the least size of a city listed,
    as text.

    >>> largest_city("Thailand", [("Bangkok", 9469.0), ("Samut Prakan", 1225.0)], 2015,
    ...              "300,000", "WUP 2018")
    'Bangkok is 7.7 times as large as Samut Prakan, the next city of Thailand, in 2015 (WUP 2018)'
    """
    ranked = sorted(((n, p) for n, p in cities if known(p) and p > 0), key=lambda city: -city[1])
    words = {"place": place, "year": year, "threshold": threshold, "revision": revision}
    if not ranked:
        return _("No city of %(place)s has %(threshold)s people in %(year)s (%(revision)s)") % words
    words |= {"first": ranked[0][0], "people": population(ranked[0][1])}
    if len(ranked) == 1:
        return (
            _(
                "%(first)s is the only city of %(place)s with %(threshold)s people: %(people)s "
                "in %(year)s (%(revision)s)"
            )
            % words
        )
    words |= {"second": ranked[1][0], "ratio": number(ranked[0][1] / ranked[1][1], 1)}
    if words["ratio"] == number(1.0, 1):
        return (
            _(
                "%(first)s and %(second)s are about the same size, the largest cities of "
                "%(place)s in %(year)s (%(revision)s)"
            )
            % words
        )
    return (
        _(
            "%(first)s is %(ratio)s times as large as %(second)s, the next city of %(place)s, "
            "in %(year)s (%(revision)s)"
        )
        % words
    )


def rank_size_reading(exponent: float, standard_error: float, n: int, threshold: str) -> str:
    """Say what a rank–size exponent means, with its error and the cities it comes from.

    >>> rank_size_reading(1.07, 0.19, 62, "300,000")
    'Rank–size exponent 1.07 ± 0.19 over 62 cities of 300,000 people or more: not distinguishable from the rank–size rule (exponent 1).'
    """  # noqa: E501 - a doctest's answer stands on one line
    words = {
        "exponent": number(exponent, 2),
        "error": number(standard_error, 2),
        "n": number(n),
        "threshold": threshold,
    }
    if not known(exponent, standard_error):
        return (
            ngettext(
                "One city of %(threshold)s people or more: too few to fit a rank–size line.",
                "%(n)s cities of %(threshold)s people or more: too few to fit a rank–size line.",
                n,
            )
            % words
        )
    if abs(exponent - ZIPF) <= _ERRORS * standard_error:
        return (
            _(
                "Rank–size exponent %(exponent)s ± %(error)s over %(n)s cities of %(threshold)s "
                "people or more: not distinguishable from the rank–size rule (exponent 1)."
            )
            % words
        )
    if exponent > ZIPF:
        return (
            _(
                "Rank–size exponent %(exponent)s ± %(error)s over %(n)s cities of %(threshold)s "
                "people or more: city sizes are more even than the rank–size rule (exponent 1)."
            )
            % words
        )
    return (
        _(
            "Rank–size exponent %(exponent)s ± %(error)s over %(n)s cities of %(threshold)s "
            "people or more: large cities weigh more than under the rank–size rule (exponent 1)."
        )
        % words
    )
