"""Sentences on policy transfers that are true for whatever numbers they are handed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Protocol

from ileaps_views.i18n import _, ngettext, number
from ileaps_views.rows import lookup
from ileaps_views.wording import is_missing, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd


class NetworkSummary(Protocol):
    """The size of a network, as network_summary(...) of the metrics returns it."""

    @property
    def transfers(self) -> int: ...  # noqa: D102 - named as in the metrics
    @property
    def undated(self) -> int: ...  # noqa: D102
    @property
    def places(self) -> int: ...  # noqa: D102
    @property
    def countries(self) -> int: ...  # noqa: D102
    @property
    def most_shared_policy_ids(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def most_shared_count(self) -> int: ...  # noqa: D102


def _transfers(n: int) -> str:
    return ngettext("%(n)s transfer", "%(n)s transfers", n) % {"n": number(n)}


def _places(n: int) -> str:
    return ngettext("%(n)s place", "%(n)s places", n) % {"n": number(n)}


def _countries(n: int) -> str:
    return ngettext("%(n)s country", "%(n)s countries", n) % {"n": number(n)}


def reach(places: int, countries: int) -> str:
    """Say how many places in how many countries.

    >>> reach(23, 18)
    '23 places in 18 countries'
    """
    return _("%(places)s in %(countries)s") % {
        "places": _places(places),
        "countries": _countries(countries),
    }


def leaders(counts: Mapping[str, int]) -> tuple[tuple[str, ...], int]:
    """Return the names with the highest count, and that count.

    >>> leaders({"card": 7, "water": 3}), leaders({})
    ((('card',), 7), ((), 0))
    """
    top = max(counts.values(), default=0)
    return tuple(name for name, n in counts.items() if n == top and top > 0), top


def network_title(
    transfers: int,
    places: int,
    countries: int,
    *,
    origins: Sequence[str] = (),
    most_shared: Sequence[str] = (),
    most_shared_count: int = 0,
) -> str:
    """Say how far the policies went, and which went furthest if one did.

    Args:
        transfers: transfers, each counted once.
        places: places that took a policy up.
        countries: their countries.
        origins: the cities that gave; one of them is named.
        most_shared: names of the policies with most transfers, several where tied.
        most_shared_count: transfers of each of these.

    >>> network_title(30, 23, 18, origins=["Seoul"], most_shared=["Card"], most_shared_count=7)
    '30 transfers from Seoul to 23 places in 18 countries; most shared: Card, 7 of them'
    >>> network_title(1, 1, 1)
    '1 transfer to 1 place in 1 country'
    >>> network_title(0, 0, 0)
    'No transfer matches this choice'
    """
    if transfers <= 0:
        return _("No transfer matches this choice")
    values = {
        "transfers": _transfers(transfers),
        "places": _places(places),
        "countries": _countries(countries),
    }
    if len(origins) == 1:
        reach = _("%(transfers)s from %(city)s to %(places)s in %(countries)s") % {
            **values,
            "city": one_line(origins[0]),
        }
    else:
        reach = _("%(transfers)s to %(places)s in %(countries)s") % values
    if len(most_shared) != 1 or not 1 < most_shared_count < transfers:
        return reach
    return _("%(reach)s; most shared: %(policy)s, %(n)s of them") % {
        "reach": reach,
        "policy": one_line(most_shared[0]),
        "n": number(most_shared_count),
    }


def network_finding(links: pd.DataFrame, summary: NetworkSummary) -> str:
    """State how far the policies of these links went, by the names in them."""
    names = lookup(links, "policy_id", "policy")
    return network_title(
        summary.transfers,
        summary.places,
        summary.countries,
        origins=tuple(counted(links["from_city"])),
        most_shared=tuple(str(names[policy]) for policy in summary.most_shared_policy_ids),
        most_shared_count=summary.most_shared_count,
    )


def network_takeaway(transfers: int, undated: int, reported_again: int = 0) -> str:
    """Say what the lines mean and what is missing about them.

    >>> network_takeaway(30, 5)
    'A line shows that a policy was shared, not that it worked; 5 of 30 transfers carry no date.'
    """
    if transfers <= 0:
        return _("Choose other filters to see transfers.")
    if not undated:
        text = _("A line shows that a policy was shared, not that it worked; every one is dated.")
    else:
        text = ngettext(
            "A line shows that a policy was shared, not that it worked; "
            "%(undated)s of %(n)s transfer carries no date.",
            "A line shows that a policy was shared, not that it worked; "
            "%(undated)s of %(n)s transfers carry no date.",
            undated,
        ) % {"undated": number(undated), "n": number(transfers)}
    return f"{text} {other_dates(reported_again)}" if reported_again else text


def other_dates(n: int) -> str:
    """Say for how many transfers another source gives another date.

    >>> other_dates(2)
    'For 2 transfers other sources give another date; both are in the table.'
    """
    if n <= 0:
        return _("No source gives another date for any of them.")
    return ngettext(
        "For %(n)s transfer another source gives another date; both are in the table.",
        "For %(n)s transfers other sources give another date; both are in the table.",
        n,
    ) % {"n": number(n)}


def leading_title(counts: Mapping[str, int], total: int) -> str:
    """Say which group leads, or that none does.

    >>> leading_title({"Transport card": 7, "Water": 3}, 30)
    'Transport card leads: 7 of 30 transfers'
    >>> leading_title({"A": 2, "B": 2, "C": 1}, 5)
    'A and B lead with 2 of 5 transfers each'
    >>> leading_title({}, 0)
    'No transfer matches this choice'
    """
    names, top = leaders(counts)
    if not names:
        return _("No transfer matches this choice")
    values = {"n": number(top), "total": _transfers(total)}
    if len(names) == len(counts) > 1:
        return _("No group leads: %(n)s of %(total)s each") % values
    if len(names) == 1:
        return _("%(name)s leads: %(n)s of %(total)s") % {**values, "name": one_line(names[0])}
    if len(names) == 2:
        return _("%(first)s and %(second)s lead with %(n)s of %(total)s each") % {
            **values,
            "first": one_line(names[0]),
            "second": one_line(names[1]),
        }
    return _("%(groups)s groups lead with %(n)s of %(total)s each") % {
        **values,
        "groups": number(len(names)),
    }


def years_title(by_year: Mapping[int, int], undated: int) -> str:
    """Say when most transfers were agreed and how many carry no date.

    >>> years_title({2008: 1, 2016: 9}, 5)
    'Most dated agreements fall in 2016: 9 of 10; 5 transfers carry no date'
    >>> years_title({2016: 1}, 0)
    '1 dated agreement, in 2016; every transfer is dated'
    >>> years_title({}, 2)
    'No agreement is dated; 2 transfers carry no date'
    """
    dated = sum(by_year.values())
    if not dated and not undated:
        return _("No transfer matches this choice")
    rest = (
        ngettext("%(n)s transfer carries no date", "%(n)s transfers carry no date", undated)
        % {"n": number(undated)}
        if undated
        else _("every transfer is dated")
    )
    top = max(by_year.values(), default=0)
    best = [year for year, n in sorted(by_year.items()) if n == top and top]
    if not dated:
        head = _("No agreement is dated")
    elif len(best) == 1 and top == dated:
        head = ngettext(
            "%(n)s dated agreement, in %(year)s", "%(n)s dated agreements, all in %(year)s", dated
        ) % {"n": number(dated), "year": str(best[0])}
    elif len(best) == 1:
        head = _("Most dated agreements fall in %(year)s: %(n)s of %(dated)s") % {
            "year": str(best[0]),
            "n": number(top),
            "dated": number(dated),
        }
    else:
        head = _("%(dated)s dated agreements, no year with more than %(n)s") % {
            "dated": number(dated),
            "n": number(top),
        }
    return _("%(first)s; %(second)s") % {"first": head, "second": rest}


def period(dates: Iterable[object]) -> str:
    """Return the years a column of dates covers, undated ones said.

    >>> period(["2016-06-08", "2008", None])
    '2008–2016, 1 undated'
    """
    texts = [None if is_missing(date) else one_line(date) for date in dates]
    years = sorted(text[:4] for text in texts if text)
    undated = sum(text is None for text in texts)
    if not texts:
        return ""
    if not years:
        return _("undated")
    span = years[0] if years[0] == years[-1] else f"{years[0]}–{years[-1]}"
    if not undated:
        return span
    return _("%(span)s, %(n)s undated") % {"span": span, "n": number(undated)}


def counted(values: Iterable[object]) -> dict[str, int]:
    """Count the values of a column, most frequent first, then by name.

    >>> counted(["b", "a", "b"])
    {'b': 2, 'a': 1}
    """
    found = Counter(one_line(value) for value in values if not is_missing(value))
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
