"""Words for estimates of effect: designs, why some are rejected, and what a reader must know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from ileaps_views.i18n import _, ngettext, number, percent, signed
from ileaps_views.wording import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Noted(Protocol):
    """A caveat as the metrics give it: a code and the numbers that belong to it."""

    @property
    def code(self) -> object:
        """The code."""

    @property
    def detail(self) -> Mapping[str, float]:
        """Numbers by name."""


class Slope(Protocol):
    """The slope of a dose and response, as the metrics give it."""

    @property
    def estimate(self) -> float:
        """The slope."""

    @property
    def intercept(self) -> float:
        """The response without a dose."""

    @property
    def standard_error(self) -> float | None:
        """Its standard error."""

    @property
    def p_value(self) -> float | None:
        """Its p-value."""

    @property
    def n(self) -> int:
        """Units it rests on."""

    @property
    def leave_one_out(self) -> tuple[float, float]:
        """Lowest and highest slope without one unit."""

    @property
    def caveats(self) -> Iterable[Noted]:
        """What a reader must know."""


class Total(Protocol):
    """What a slope implies for all units together, as the metrics give it."""

    @property
    def total(self) -> float:
        """The sum."""

    @property
    def low(self) -> float:
        """Its low end."""

    @property
    def high(self) -> float:
        """Its high end."""

    @property
    def share(self) -> float:
        """The sum as a share of what it would have been."""


@dataclass(frozen=True, kw_only=True)
class EffectRow:
    """One estimate among several of the same effect, all in per cent.

    Attributes:
        code: which estimate it is, see `design_name`.
        kind: "estimate", "placebo", "check", "rejected" or "rejected_placebo".
        value: the effect in per cent.
        low: low end of its interval, or None.
        high: high end of its interval, or None.
        detail: the figures behind it, one line.
    """

    code: str
    kind: str
    value: float
    low: float | None = None
    high: float | None = None
    detail: str = ""


def p_value_text(p_value: float | None) -> str:
    """Write a p-value as statisticians do.

    >>> p_value_text(0.0001), p_value_text(0.3723), p_value_text(None)
    ('p < 0.001', 'p = 0.37', 'no p-value')
    """
    if p_value is None:
        return _("no p-value")
    if p_value < 0.001:
        return _("p < %(p)s") % {"p": number(0.001, 3)}
    return _("p = %(p)s") % {"p": number(p_value, 3 if p_value < 0.1 else 2)}


def slope_text(slope: Slope) -> str:
    """Write a slope with error, p-value and number of units.

    >>> from types import SimpleNamespace
    >>> slope_text(SimpleNamespace(estimate=0.87, standard_error=0.165, p_value=0.0001, n=25))
    'slope 0.870 (standard error 0.165), p < 0.001, 25 units'
    """
    return _("slope %(slope)s (standard error %(error)s), %(p)s, %(n)s units") % {
        "slope": number(slope.estimate, 3).replace("-", "−"),
        "error": number(slope.standard_error, 3),
        "p": p_value_text(slope.p_value),
        "n": number(slope.n),
    }


def row_text(row: EffectRow) -> str:
    """Write an effect in per cent with its interval, where there is one.

    >>> row_text(EffectRow(code="x", kind="estimate", value=48.2, low=28.4, high=69.0))
    '+48% (+28% to +69%)'
    >>> row_text(EffectRow(code="x", kind="rejected", value=-17.9))
    '−18%'
    """
    value = _("%(number)s%%") % {"number": signed(row.value, 0)}
    if row.low is None or row.high is None:
        return value
    return _("%(value)s (%(low)s%% to %(high)s%%)") % {
        "value": value,
        "low": signed(row.low, 0),
        "high": signed(row.high, 0),
    }


def design_name(code: object) -> str:
    """Name an estimate of the owl bus by its code; an unknown one stands for itself.

    >>> design_name("dose_response")
    'Dose and response, 25 districts, March to May'
    """
    names = {
        "dose_response": _("Dose and response, 25 districts, March to May"),
        "dose_january_february": _("The same, January to February: nothing had opened"),
        "dose_february_march": _("The same, February to March: nothing had opened"),
        "gained_stops": _("Stops that gained a route against the others"),
        "gained_stops_february_march": _("The same stops, February to March"),
        "against_november_2021": _("May 2022 against November 2021"),
        "against_2019": _("May 2022 against the level of 2019 (at most)"),
        "other_routes": _("Night routes against all other routes"),
        "other_routes_march": _("The same, March against January and February"),
        "other_routes_after_midnight": _("Night routes against other routes, 00 to 02 h"),
        "other_routes_after_midnight_march": _("The same at 00 to 02 h, in March"),
    }
    return names.get(one_line(code), one_line(code))


def kind_word(kind: object) -> str:
    """Say what an estimate is for.

    >>> kind_word("placebo")
    'Placebo: should be zero'
    """
    words = {
        "estimate": _("Estimate"),
        "placebo": _("Placebo: should be zero"),
        "check": _("Another look"),
        "rejected": _("Rejected"),
        "rejected_placebo": _("Rejected: its placebo is not zero"),
    }
    return words.get(one_line(kind), one_line(kind))


def reading(code: object) -> str:
    """Say why an estimate counts, or why it is rejected.

    >>> reading("gained_stops_february_march")
    'Nothing had opened yet: anything but zero would be a fault of the design.'
    """
    nothing_opened = _("Nothing had opened yet: anything but zero would be a fault of the design.")
    sentences = {
        "dose_response": _("All districts saw the same reopening, but not the same new service."),
        "dose_january_february": nothing_opened,
        "dose_february_march": nothing_opened,
        "gained_stops": _("An effect at those stops, not on the whole network; same city, months."),
        "gained_stops_february_march": nothing_opened,
        "against_november_2021": _("Distancing was eased then, not ended: part is reopening."),
        "against_2019": _(
            "The level of 2019 is published as “at least”, so the difference is at most this."
        ),
        "other_routes": _(
            "Rejected: it already finds an effect in March, when nothing had opened; night and day "
            "travel did not come back alike."
        ),
        "other_routes_march": _("The same comparison finds an effect before anything had opened."),
        "other_routes_after_midnight": _(
            "Rejected: it turns the sign, and already finds a loss when nothing had opened."
        ),
        "other_routes_after_midnight_march": _(
            "The same comparison finds a loss before anything had opened."
        ),
    }
    return sentences.get(one_line(code), "")


def caveat_sentence(caveat: Noted) -> str:
    """Say what a reader of an estimate must know.

    >>> from types import SimpleNamespace
    >>> caveat_sentence(SimpleNamespace(code="few_clusters", detail={"clusters": 12}))
    'Only 12 clusters: errors come from a bootstrap made for few.'
    """
    detail = caveat.detail
    words = {
        "parallel_trends": _(
            "Assumed: without the measure both groups would have changed alike; with one period "
            "before, nobody can check it."
        ),
        "no_anticipation": _("Assumed: nobody changed anything in advance of the start."),
        "no_spill_over": _("Assumed: the measure changed nothing in places that did not get it."),
        "not_clustered": _("Rows count as independent, because no cluster was named."),
        "single_row_cell": _("A group with a single figure has no spread, so there is no error."),
        "one_treated_unit": _(
            "One treated unit: a standard error from it would be invented, so none is given."
        ),
        "one_comparison_unit": _(
            "One comparison unit: a standard error from it would be invented, so none is given."
        ),
        "no_variation": _("The figures do not vary, so there is no error."),
        "no_comparison_series": _(
            "No comparison series: whatever else happened at the start is part of the effect."
        ),
        "season_not_modelled": _("Seasons are not accounted for."),
        "dose_not_random": _(
            "The dose was not drawn by lot: routes went where demand was expected, so the "
            "estimate is likely too high."
        ),
    }
    known = words.get(_code(caveat))
    return known if known is not None else _counted(_code(caveat), detail)


def _code(caveat: Noted) -> str:
    return one_line(getattr(caveat.code, "value", caveat.code))


def _counted(code: str, detail: Mapping[str, float]) -> str:
    n = int(detail.get(_COUNTED.get(code, ""), 0))
    values = {"n": number(n)}
    sentences = {
        "rows_left_out": ngettext(
            "%(n)s of %(of)s rows lacked a figure and is left out.",
            "%(n)s of %(of)s rows lacked a figure and are left out.",
            n,
        )
        % {**values, "of": number(detail.get("of"))},
        "few_clusters": _("Only %(n)s clusters: errors come from a bootstrap made for few.")
        % values,
        "few_treated_clusters": _("Only %(n)s clusters in the smaller group: errors are rough.")
        % values,
        "few_points": _("Only %(n)s points on one side of the start; %(needed)s are usual.")
        % {**values, "needed": number(detail.get("needed"))},
        "autocorrelated": _("Neighbouring points resemble each other (correlation %(r)s).")
        % {"r": signed(detail.get("correlation"), 2)},
        "overdispersed": _(
            "The counts vary %(times)s times as much as the model assumes: take the quasi-Poisson "
            "model."
        )
        % {"times": number(detail.get("dispersion"), 1)},
        "poor_pre_fit": _("The synthetic control fits the time before the start poorly."),
        "few_donors": _("Only %(n)s donors: the p-value cannot fall below %(lowest)s.")
        % {**values, "lowest": number(detail.get("lowest_p"), 3)},
        "few_units": _("Only %(n)s units: the p-value is one of reshuffled doses.") % values,
        "one_unit_decides": _(
            "A single unit moves the slope by more than its error: from %(low)s to %(high)s."
        )
        % {"low": number(detail.get("low"), 2), "high": number(detail.get("high"), 2)},
    }
    return sentences.get(
        code, _("A caveat is recorded that this page has no words for (%(code)s).") % {"code": code}
    )


_COUNTED = {
    "rows_left_out": "rows",
    "few_clusters": "clusters",
    "few_treated_clusters": "clusters",
    "few_points": "points",
    "few_donors": "donors",
    "few_units": "units",
}


def unsupported_sentence(comparison: int, longest: int, needed: int) -> str:
    """Say why no design supports an estimate for a pilot.

    >>> unsupported_sentence(0, 4, 16).startswith("No design supports an estimate")
    True
    """
    group = (
        _("no comparison group was measured")
        if not comparison
        else ngettext(
            "%(n)s figure of a comparison group is published",
            "%(n)s figures of a comparison group are published",
            comparison,
        )
        % {"n": number(comparison)}
    )
    series = ngettext(
        "its longest series has %(n)s dated figure where an interrupted series needs %(needed)s",
        "its longest series has %(n)s dated figures where an interrupted series needs %(needed)s",
        longest,
    ) % {"n": number(longest), "needed": number(needed)}
    return _(
        "No design supports an estimate of this pilot's effect: %(group)s, and %(series)s. "
        "Changes over time alone say nothing about what would have happened anyway."
    ) % {"group": group, "series": series}


def share_text(share: float) -> str:
    """Write a share as whole per cent.

    >>> share_text(0.482)
    '48%'
    """
    return percent(100 * share, 0)
