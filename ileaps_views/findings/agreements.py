"""Sentences on what was agreed and what came of it, true for whatever numbers they are handed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ileaps_views.findings.words import join_names
from ileaps_views.i18n import _, ngettext, number
from ileaps_views.wording import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def _aims(n: int) -> str:
    return ngettext("%(n)s aim", "%(n)s aims", n) % {"n": number(n)}


def _events(n: int) -> str:
    return ngettext("%(n)s event", "%(n)s events", n) % {"n": number(n)}


def _policies(n: int) -> str:
    return ngettext("%(n)s policy", "%(n)s policies", n) % {"n": number(n)}


def aims_title(counted: int, unmeasured: Sequence[str]) -> str:
    """Say for how many aims something is counted, and which one nothing measures.

    >>> aims_title(5, ["New ways to exchange"])
    'Something can be counted for 5 of 6 aims; nothing published measures “New ways to exchange”'
    >>> aims_title(6, []), aims_title(0, [])
    ('Something can be counted for each of the 6 aims', 'No aim is recorded')
    """
    total = counted + len(unmeasured)
    if total <= 0:
        return _("No aim is recorded")
    if not unmeasured:
        return _("Something can be counted for each of the %(aims)s") % {"aims": _aims(total)}
    words = {
        "n": number(counted),
        "aims": _aims(total),
        "name": one_line(unmeasured[0]),
        "rest": number(len(unmeasured)),
    }
    if len(unmeasured) == 1:
        return (
            _(
                "Something can be counted for %(n)s of %(aims)s; nothing published measures "
                "“%(name)s”"
            )
            % words
        )
    return (
        _("Something can be counted for %(n)s of %(aims)s; nothing published measures the others")
        % words
    )


def events_title(by_year: Mapping[int, int], undated: int = 0) -> str:
    """Say how many events there were, when, and which year saw most.

    >>> events_title({2016: 13, 2018: 10, 2025: 2})
    '25 events from 2016 to 2025; 2016 saw most of them: 13'
    >>> events_title({2016: 1}), events_title({}), events_title({2016: 2, 2017: 2})
    ('1 event, in 2016', 'No event matches this choice', '4 events from 2016 to 2017')
    """
    dated = sum(by_year.values())
    if not dated and not undated:
        return _("No event matches this choice")
    if not dated:
        return _("%(events)s, none of them dated") % {"events": _events(undated)}
    first, last = min(by_year), max(by_year)
    top = max(by_year.values())
    best = [year for year, n in by_year.items() if n == top]
    words = {
        "events": _events(dated + undated),
        "first": str(first),
        "last": str(last),
        "year": str(best[0]),
        "n": number(top),
    }
    if first == last:
        return _("%(events)s, in %(first)s") % words
    if len(best) > 1:
        return _("%(events)s from %(first)s to %(last)s") % words
    return _("%(events)s from %(first)s to %(last)s; %(year)s saw most of them: %(n)s") % words


def events_takeaway(with_people: int, total: int, disputed: int) -> str:
    """Say how many events name how many people came, and that such figures are not added.

    >>> events_takeaway(11, 45, 1)
    '11 of 45 events say how many people came; on 1 of them the sources differ. ...'
    """
    if total <= 0:
        return ""
    words = {"n": number(with_people), "events": _events(total), "disputed": number(disputed)}
    said = (
        _(
            "%(n)s of %(events)s say how many people came; on %(disputed)s of them the sources "
            "differ."
        )
        if disputed
        else _("%(n)s of %(events)s say how many people came.")
    )
    never = _("The counts are not added up: one person may have come more than once.")
    return f"{said % words} {never}"


def uptake_title(names: Sequence[str], transfers: int, without: int, total: int) -> str:
    """Say which policy was taken up most, and how many were not taken up as far as is known.

    >>> uptake_title(["T-money"], 7, 5, 18)
    'T-money was taken up most, 7 times; no transfer is recorded for 5 of 18 policies'
    >>> uptake_title(["A", "B"], 2, 0, 2)
    'A and B were taken up most, 2 times each; every one of 2 policies was taken up'
    >>> uptake_title([], 0, 0, 0), uptake_title([], 0, 3, 3)
    ('No policy matches this choice', 'No transfer is recorded for any of 3 policies')
    """
    if total <= 0:
        return _("No policy matches this choice")
    if not names or transfers <= 0:
        if total == 1:
            return _("No transfer is recorded for the only policy of this choice")
        return _("No transfer is recorded for any of %(policies)s") % {"policies": _policies(total)}
    words = {
        "names": join_names([one_line(name) for name in names]),
        "n": number(transfers),
        "without": number(without),
        "policies": _policies(total),
    }
    if len(names) == 1:
        head = ngettext(
            "%(names)s was taken up most, once",
            "%(names)s was taken up most, %(n)s times",
            transfers,
        )
    else:
        head = ngettext(
            "%(names)s were taken up most, once each",
            "%(names)s were taken up most, %(n)s times each",
            transfers,
        )
    if len(names) == total == 1:
        return head % words
    tail = (
        _("no transfer is recorded for %(without)s of %(policies)s")
        if without
        else _("every one of %(policies)s was taken up")
    )
    return _("%(first)s; %(second)s") % {"first": head % words, "second": tail % words}


def commitments_title(bare: Sequence[str], total: int) -> str:
    """Say whether every area or principle has a policy or pilot that serves the same targets.

    >>> commitments_title(["Partners"], 5)
    'No policy shares an SDG target with “Partners”; with the other 4 at least one does'
    >>> commitments_title([], 5)
    'Each of the 5 shares an SDG target with at least one policy'
    >>> commitments_title(["A", "B"], 2)
    'No policy shares an SDG target with any of the 2'
    """
    words = {"n": number(len(bare)), "total": number(total), "rest": number(total - len(bare))}
    if total <= 0:
        return _("Nothing is recorded for this document")
    if not bare:
        return _("Each of the %(total)s shares an SDG target with at least one policy") % words
    if len(bare) == total:
        return _("No policy shares an SDG target with any of the %(total)s") % words
    if len(bare) == 1:
        words["name"] = one_line(bare[0])
        return (
            _(
                "No policy shares an SDG target with “%(name)s”; with the other %(rest)s at least "
                "one does"
            )
            % words
        )
    return (
        _(
            "No policy shares an SDG target with %(n)s of %(total)s; with the others at least one "
            "does"
        )
        % words
    )
