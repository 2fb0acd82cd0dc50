"""Sentences on what is known and what is not, true for whatever counts they are handed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ileaps_views.findings.words import join_names
from ileaps_views.i18n import _, ngettext, number, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAMED: Final = 3


def _whole(part: int, total: int) -> str:
    share = 100 * part / total
    digits = 1 if 0 < share < 1 or 99 < share < 100 else 0
    return percent(share, digits)


def recent_title(recent: int, cells: int, rows: str, columns: str) -> str:
    """Say which share of the cells of a table is known from recent values.

    >>> recent_title(300, 812, "economies", "indicators")
    'Recent values cover 37% of all pairs of economies and indicators'
    >>> recent_title(0, 12, "cities", "indicators")
    'No pair of cities and indicators has a recent value'
    """
    if cells <= 0:
        return _("There is nothing to compare")
    words = {"rows": rows, "columns": columns}
    if recent <= 0:
        return _("No pair of %(rows)s and %(columns)s has a recent value") % words
    return _("Recent values cover %(share)s of all pairs of %(rows)s and %(columns)s") % {
        "share": _whole(recent, cells),
        **words,
    }


def nothing_sentence(absent: int, cells: int, old: int) -> str:
    """Say which share has no value and which an old one.

    >>> nothing_sentence(200, 800, 40)
    'For 25% nothing is published, for 5% only an old value.'
    """
    if cells <= 0:
        return ""
    return _("For %(absent)s nothing is published, for %(old)s only an old value.") % {
        "absent": _whole(absent, cells),
        "old": _whole(old, cells),
    }


def least_known_title(names: Sequence[str], n: int, places: int) -> str:
    """Name what is least known, and of how many places; of many the first three.

    >>> least_known_title(["11.7.2 Harassment"], 1, 58)
    'Least known: 11.7.2 Harassment, with a recent value for 1 of 58'
    >>> least_known_title(["A", "B"], 0, 58)
    'No recent value in the files: A and B'
    >>> least_known_title(["A", "B", "C", "D"], 0, 58)
    'No recent value in the files of 4 indicators, such as A, B, and C'
    """
    if not names or places <= 0:
        return _("There is nothing to compare")
    words = {
        "names": join_names(names[:_NAMED]),
        "n": number(n),
        "places": number(places),
        "count": number(len(names)),
    }
    if len(names) > _NAMED:
        if n <= 0:
            return (
                _("No recent value in the files of %(count)s indicators, such as %(names)s") % words
            )
        return (
            _(
                "Least known: %(count)s indicators, such as %(names)s, with a recent value for "
                "%(n)s of %(places)s"
            )
            % words
        )
    if n <= 0:
        return _("No recent value in the files: %(names)s") % words
    return _("Least known: %(names)s, with a recent value for %(n)s of %(places)s") % words


def half_older_title(year: int | None) -> str:
    """Say from which year or before half of the latest values are.

    >>> half_older_title(2020), half_older_title(None)
    ('Half of the latest values are from 2020 or before', 'No value is published')
    """
    if year is None:
        return _("No value is published")
    return _("Half of the latest values are from %(year)s or before") % {"year": year}


def unmeasured_title(without: int, total: int) -> str:
    """Say how many partner cities have no value at all.

    >>> unmeasured_title(7, 29), unmeasured_title(0, 29)
    ('7 of 29 partner cities have no value at all', 'Every partner city has at least one value')
    """
    if total <= 0:
        return _("There is nothing to compare")
    if without <= 0:
        return _("Every partner city has at least one value")
    return ngettext(
        "%(n)s of %(total)s partner cities has no value at all",
        "%(n)s of %(total)s partner cities have no value at all",
        without,
    ) % {"n": number(without), "total": number(total)}


def unmeasured_sentence(names: Sequence[str]) -> str:
    """Name the places without any value.

    >>> unmeasured_sentence(["Bogor", "Hat Yai"])
    'Without any value: Bogor and Hat Yai.'
    """
    if not names:
        return ""
    return _("Without any value: %(names)s.") % {"names": join_names(names)}


def dated_targets_title(dated: int, total: int) -> str:
    """Say how many indicators of the pilots have a target with a date.

    >>> dated_targets_title(3, 58), dated_targets_title(0, 58)
    ('3 of 58 pilot indicators have a target with a date', 'No pilot indicator has a dated target')
    """
    if dated <= 0:
        return _("No pilot indicator has a dated target")
    return ngettext(
        "%(n)s of %(total)s pilot indicators has a target with a date",
        "%(n)s of %(total)s pilot indicators have a target with a date",
        dated,
    ) % {"n": number(dated), "total": number(total)}
