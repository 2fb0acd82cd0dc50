"""Methods of the pages on urban growth."""

from __future__ import annotations

from ileaps_views.i18n import _
from ileaps_views.method_texts.entry import Method

PAGES = ("urban_growth", "city_profile")


def methods() -> tuple[Method, ...]:
    """Return the methods of urban growth in the order shown."""
    return (_growth(), _difference(), _decomposition(), _between(), _cities(), _claims())


def _growth() -> Method:
    return Method(
        id="growth",
        group="growth",
        name=_("Growth and rate of urbanization"),
        answers=_("How fast do a population and its urban share grow, per cent a year?"),
        mark="reproduced",
        formulas=(
            r"g = \frac{100}{n}\,\ln\frac{P_t}{P_0}",
            r"u = \frac{100}{n}\,\ln\frac{S_t}{S_0}",
            r"T_2 = \frac{100\,\ln 2}{g}",
        ),
        symbols=_(
            "P: urban, rural or total population at mid-year; S: percentage urban; n: years; "
            "g: growth; u: rate of urbanization; T₂: years to double."
        ),
        rules=(
            _("Exact identity: urban growth = total growth + rate of urbanization."),
            _("A population that does not grow has no doubling time."),
            _("A chart shows one revision, named; two revisions are never mixed in one rate."),
        ),
        source=_("UN DESA, World Urbanization Prospects, glossary of demographic terms."),
        checked=_(
            "Rates published in the World Factbook come out of WUP 2018; the two economies that "
            "do not (Bhutan, Pakistan) are named in the table of reproduced results."
        ),
        pages=PAGES,
    )


def _difference() -> Method:
    return Method(
        id="urban_rural_difference",
        group="growth",
        name=_("Urban–rural growth difference"),
        answers=_("How fast does a country urbanize, whatever share it started from?"),
        mark="read",
        formulas=(r"d = \frac{100}{n}\left[\ln\frac{U_t}{R_t} - \ln\frac{U_0}{R_0}\right]",),
        symbols=_("U: urban population; R: rural population; n: years."),
        rules=(
            _("Equals urban growth less rural growth, exactly."),
            _("Missing where either population is zero, as in city states."),
        ),
        source=_("UN DESA, World Urbanization Prospects, glossary of demographic terms."),
        checked=_("Follows from the two rates; no published figure of its own was at hand."),
        pages=("urban_growth",),
    )


def _decomposition() -> Method:
    return Method(
        id="decomposition",
        group="growth",
        name=_("What urban growth is made of"),
        answers=_(
            "How much of the added city people comes from a larger total, how much from a "
            "larger urban share?"
        ),
        mark="ours",
        formulas=(r"\Delta U = \Delta P\,\frac{s_0 + s_1}{2} + \Delta s\,\frac{P_0 + P_1}{2}",),
        symbols=_(
            "U: urban population; P: total population; s: urban share as a fraction; Δ: end less "
            "start."
        ),
        rules=(
            _("Symmetric in start and end, so nothing is left over."),
            _(
                "Births, migration and redrawn boundaries cannot be told apart from these two "
                "series: that needs vital rates."
            ),
        ),
        source=_("Algebra; no publication is followed."),
        checked=_("The two parts add up to the whole in every test, to rounding."),
        pages=("urban_growth",),
    )


def _between() -> Method:
    return Method(
        id="interpolation",
        group="growth",
        name=_("Years between published ones"),
        answers=_("What was a population or a share in a year nobody published?"),
        mark="memory",
        formulas=(
            r"P_t = P_0^{\,1-f}\,P_1^{\,f}",
            r"\lambda_t = (1-f)\,\lambda_0 + f\,\lambda_1",
            r"\lambda = \ln\frac{S}{100 - S}",
        ),
        symbols=_(
            "f: the part of the interval gone by; P: population; S: percentage urban, drawn on a "
            "straight line of its logit λ."
        ),
        rules=(
            _("A year outside the published ones has no value: nothing is extrapolated."),
            _("Where a share is 0 or 100 the share itself is drawn on a straight line."),
            _("The year a region becomes half urban is read on a straight line, and says so."),
        ),
        source=_("United Nations, Manual VIII, as remembered; follows from a constant difference."),
        checked=_("The manual itself was not read. Interpolated years are marked where shown."),
        pages=("urban_growth", "city_profile"),
    )


def _cities() -> Method:
    return Method(
        id="city_sizes",
        group="growth",
        name=_("Primacy and rank–size"),
        answers=_("Does one city outgrow the rest, and how evenly is size spread?"),
        mark="memory",
        formulas=(
            r"\frac{P_1}{P_2},\quad \frac{P_1}{P_2+P_3+P_4},\quad \frac{2\,P_1}{P_2+\dots+P_{11}}",
            r"\ln\left(r - \tfrac12\right) = a - b\,\ln P_r",
            r"\mathrm{SE}(b) = b\,\sqrt{2/n}",
        ),
        symbols=_("P₁ ≥ P₂ ≥ …: city populations; r: rank; n: cities counted; b: exponent."),
        rules=(
            _("Fewer cities than a measure needs: no figure."),
            _("The number of cities and the smallest one counted stand beside each figure."),
            _("b = 1 is Zipf's law; above 1 sizes are more even."),
        ),
        source=_("Gabaix and Ibragimov 2011, Journal of Business & Economic Statistics 29(1)."),
        checked=_(
            "Exact on made-up cities that follow Zipf's law; the standard error is quoted from "
            "memory. Published exponents rest on city lists that were not at hand."
        ),
        pages=("urban_growth",),
    )


def _claims() -> Method:
    return Method(
        id="claims",
        group="growth",
        name=_("Headline claims of 2016"),
        answers=_("Do the three figures of the launch text hold in the tables?"),
        mark="reproduced",
        symbols=_("Sums over the 58 economies of the ESCAP region, revision by revision."),
        rules=(
            _("A claim is borne out when the figure, rounded as the claim is, reaches it."),
            _("Every revision is named with its figure; none is chosen silently."),
        ),
        source=_("UNDP release of June 2016, after State of Asian and Pacific Cities 2015."),
        checked=_("The 3.2 billion of 2050 come out of WUP 2014, the revision of the claim."),
        pages=("urban_growth",),
    )
