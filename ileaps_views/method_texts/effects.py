"""Methods that estimate effects."""

from __future__ import annotations

from ileaps_views.i18n import _
from ileaps_views.method_texts.entry import Method

PAGES = ("pilot_outcomes",)


def methods() -> tuple[Method, ...]:
    """Return the methods that estimate effects in the order shown."""
    return (_did(), _errors(), _its(), _dose(), _synthetic())


def _did() -> Method:
    return Method(
        id="did",
        group="effects",
        name=_("Difference-in-differences"),
        answers=_("Did those who got a measure change more than those who did not?"),
        mark="reproduced",
        formulas=(r"\hat\delta = (\bar Y_{T1} - \bar Y_{T0}) - (\bar Y_{C1} - \bar Y_{C0})",),
        symbols=_("T: treated, C: comparison; 0: before, 1: after; Ȳ: mean outcome."),
        rules=(
            _("Without a comparison group, or without a before, there is no estimate."),
            _("With one treated unit no cluster error is printed: a permutation speaks instead."),
            _(
                "It holds only if both would have moved in parallel, with no anticipation and no"
                " spill-over: printed with every estimate."
            ),
        ),
        source=_("As in Card and Krueger 1994, American Economic Review 84(4)."),
        checked=_("Their Table 3 comes out, but for the standard error of all stores."),
        pages=PAGES,
    )


def _errors() -> Method:
    return Method(
        id="few_clusters",
        group="effects",
        name=_("Uncertainty with few clusters"),
        answers=_("How sure is an estimate when few cities or schools stand behind it?"),
        mark="memory",
        formulas=(r"p = \frac{1 + \#\{\,|t^*_b| \ge |t|\,\}}{1 + B}",),
        symbols=_("t: the statistic; t*: those of B resampled or reshuffled data sets."),
        rules=(
            _("Forty clusters or more: cluster-robust errors; below: wild cluster bootstrap."),
            _("One treated or one comparison cluster: permutation, and no standard error."),
            _("Seeds are fixed: the same data give the same figure."),
        ),
        source=_(
            "Cameron, Gelbach and Miller 2008; Cameron and Miller 2015; Webb 2014 for the "
            "weights of very few clusters."
        ),
        checked=_("The papers are cited from memory."),
        pages=PAGES,
    )


def _its() -> Method:
    return Method(
        id="its",
        group="effects",
        name=_("Interrupted time series"),
        answers=_("Did a series step up or turn when a measure began?"),
        mark="read",
        formulas=(
            r"Y_t = \beta_0 + \beta_1 t + \beta_2 D_t + \beta_3 (t - t^*) D_t + \varepsilon_t",
        ),
        symbols=_("D: 1 from the start t* on; β₂: step; β₃: change of slope."),
        rules=(
            _("The slope counts from the start, so that the step is the step at the start."),
            _("Newey–West errors; counts by Poisson with an exposure; a season by harmonics."),
            _("What else began on that day is in the step too: association, not impact."),
        ),
        source=_("Lopez Bernal, Cummins and Gasparrini 2017, Int. Journal of Epidemiology 46(1)."),
        checked=_(
            "The model was read in the authors' code. Their data carry no licence and are not "
            "shipped, so their results are not in the table of reproduced ones."
        ),
        pages=PAGES,
    )


def _dose() -> Method:
    return Method(
        id="dose_response",
        group="effects",
        name=_("Dose and response across districts"),
        answers=_("Did districts that got more night-bus service gain more boardings?"),
        mark="ours",
        formulas=(r"\Delta \ln Y_i = \alpha + \beta\,\Delta \ln X_i + \varepsilon_i",),
        symbols=_("Y: owl-bus boardings a day; X: pairs of route and stop; i: district."),
        rules=(
            _("March to May 2022, April left out: routes opened within it."),
            _("What all districts share, the reopening above all, is in α."),
            _(
                "Error for unequal variances; p by reshuffling the doses; each district left out"
                " once; the months before as placebos."
            ),
            _("Likely an upper estimate: routes went where demand was expected."),
        ),
        source=_("Design of this product for Seoul's open data of January to May 2022."),
        checked=_("Rejected designs are shown beside it with their placebos."),
        pages=PAGES,
    )


def _synthetic() -> Method:
    return Method(
        id="synthetic_control",
        group="effects",
        name=_("Synthetic control"),
        answers=_("Against which mixture of others should one place be held?"),
        mark="read",
        formulas=(
            r"\min_{w}\ \sum_{t < t^*} \Bigl(Y_{1t} - \sum_j w_j Y_{jt}\Bigr)^2",
            r"w_j \ge 0,\quad \sum_j w_j = 1",
            r"p = \frac{\mathrm{rank}}{J + 1}",
        ),
        symbols=_(
            "w: weights of the J donors; t*: start; rank: of the ratio of gaps after and"
            " before among placebos."
        ),
        rules=(
            _("Weights are not negative and sum to one; each donor is treated as a placebo."),
            _("No standard error is given; the rank among placebos is the test."),
            _("Fewer than two donors or two points before: refused."),
        ),
        source=_("Abadie, Diamond and Hainmueller 2010, J. American Statistical Association 105."),
        checked=_("Exact on made-up donors; no published result is shipped with the product."),
        pages=PAGES,
    )
