"""Sentences on what an expansion of service did, true for whatever numbers they are handed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ileaps_views.i18n import _, ngettext, number, percent, signed
from ileaps_views.wording import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ileaps_views.effects import EffectRow, Slope, Total

THOUSAND, TENTH = 1000, 10


def effect_sentence(
    extra_a_day: Sequence[float], extra_percent: Sequence[float], months_before: int
) -> str:
    """Say how many more boardings go with the new routes, rounded, and what that rests on.

    The range spans the estimate and the other looks at the same months.

    >>> text = effect_sentence([4828.0, 4543.0, 2863.0], [48.2, 44.0, 23.9], 3)
    >>> text.startswith("About 3,000 to 5,000 more boardings a day go with the new routes, 20 to")
    True
    """
    low, high = (round(f(extra_a_day) / THOUSAND) * THOUSAND for f in (min, max))
    least, most = (round(f(extra_percent) / TENTH) * TENTH for f in (min, max))
    return _(
        "About %(low)s to %(high)s more boardings a day go with the new routes, %(least)s to "
        "%(most)s per cent above what the reopening alone suggests. This is likely an upper "
        "estimate, since routes went where demand was expected. It rests on %(months)s before "
        "the opening, and there are no daily figures."
    ) % {
        "low": number(low),
        "high": number(high),
        "least": number(least),
        "most": number(most),
        "months": ngettext("%(n)s month", "%(n)s months", months_before)
        % {"n": number(months_before)},
    }


def boardings_title(first: float, last: float, total: Total) -> str:
    """Say how far boardings rose and how much of it the estimate gives to the new routes.

    >>> from types import SimpleNamespace
    >>> boardings_title(5307.3, 14863.4, SimpleNamespace(total=4828.0, low=3279.0, high=6061.0))
    'The owl bus went from 5,307 to 14,863 boardings a day; about 4,800 of them (3,300 to 6,100)
    are put down to the new routes'
    """
    return _(
        "The owl bus went from %(first)s to %(last)s boardings a day; about %(total)s of them "
        "(%(low)s to %(high)s) are put down to the new routes"
    ) % {
        "first": number(first),
        "last": number(last),
        "total": _hundreds(total.total),
        "low": _hundreds(total.low),
        "high": _hundreds(total.high),
    }


def _hundreds(value: float) -> str:
    return number(round(value / 100) * 100)


def slope_title(slope: Slope, total: Total) -> str:
    """Say what more service went with, across the districts and for the city.

    >>> from types import SimpleNamespace
    >>> slope_title(SimpleNamespace(estimate=0.87), SimpleNamespace(share=0.482))
    'Across districts 1% more night service went with 0.87% more boardings; for the city: +48%'
    """
    return _(
        "Across districts 1%% more night service went with %(response)s more boardings; for the "
        "city: %(share)s%%"
    ) % {"response": percent(slope.estimate, 2), "share": signed(100 * total.share, 0)}


def district_sentence(
    name: str,
    pairs: tuple[float, float],
    boardings: tuple[float, float],
    expected_times: float,
) -> str:
    """Say what one district got and what happened there, beside what the line expects.

    >>> district_sentence("Nowon-gu", (40, 80), (100.0, 250.0), 2.5)
    'Nowon-gu: service from 40 to 80 pairs of route and stop (2.0 times), boardings from 100 to 250
    a day (2.5 times, where the line expects 2.5).'
    """
    return _(
        "%(name)s: service from %(before)s to %(after)s pairs of route and stop (%(dose)s times), "
        "boardings from %(first)s to %(last)s a day (%(times)s times, where the line expects "
        "%(expected)s)."
    ) % {
        "name": one_line(name),
        "before": number(pairs[0]),
        "after": number(pairs[1]),
        "dose": number(pairs[1] / pairs[0], 1),
        "first": number(boardings[0]),
        "last": number(boardings[1]),
        "times": number(boardings[1] / boardings[0], 1),
        "expected": number(expected_times, 1),
    }


def district_title(name: str, boardings: tuple[float, float], routes: Sequence[str]) -> str:
    """Say how boardings of one district changed over the months, and which routes came.

    >>> district_title("Nowon-gu", (100.0, 250.0), ["N51"])
    'Nowon-gu: from 100 to 250 boardings a day; new in the district: N51'
    >>> district_title("Jung-gu", (100.0, 250.0), [])
    'Jung-gu: from 100 to 250 boardings a day without a new route'
    """
    values = {"name": one_line(name), "first": number(boardings[0]), "last": number(boardings[1])}
    if not routes:
        return (
            _("%(name)s: from %(first)s to %(last)s boardings a day without a new route") % values
        )
    return _(
        "%(name)s: from %(first)s to %(last)s boardings a day; new in the district: %(routes)s"
    ) % {**values, "routes": ", ".join(routes)}


def designs_title(rows: Sequence[EffectRow]) -> str:
    """Say what the design that holds finds, and how far the placebos of all of them are from zero.

    >>> from ileaps_views.effects import EffectRow
    >>> designs_title([
    ...     EffectRow(code="a", kind="estimate", value=48.0, low=28.0, high=69.0),
    ...     EffectRow(code="b", kind="placebo", value=-1.0, low=-2.0, high=1.0),
    ...     EffectRow(code="c", kind="rejected_placebo", value=31.0)])
    'One design holds, at +48%: its placebos stay within 1% of zero, those of the rejected ones
    reach 31%'
    """
    chosen = [row.value for row in rows if row.kind == "estimate"]
    own = [abs(row.value) for row in rows if row.kind == "placebo"]
    other = [abs(row.value) for row in rows if row.kind == "rejected_placebo"]
    if not chosen:
        return _("No design holds")
    if not own or not other:
        return _("One design holds, at %(value)s%%") % {"value": signed(chosen[0], 0)}
    return _(
        "One design holds, at %(value)s%%: its placebos stay within %(own)s of zero, those of the "
        "rejected ones reach %(other)s"
    ) % {
        "value": signed(chosen[0], 0),
        "own": percent(max(own), 0),
        "other": percent(max(other), 0),
    }
