"""Methods of the pages on the SDGs, on gaps and on cities' peers."""

from __future__ import annotations

from ileaps_views.i18n import _
from ileaps_views.method_texts.entry import Method
from ileaps_views.sdg_methods import method as told

PAGES = ("sdg_progress", "city_profile")


def methods() -> tuple[Method, ...]:
    """Return the methods of the SDG pages in the order shown."""
    return (
        _statcan(),
        _unsd(),
        _escap(),
        _sdsn(),
        _projection(),
        _land_use(),
        _gaps(),
        _peers(),
    )


def _edges() -> tuple[str, ...]:
    return (
        _("Fewer than two years, a series of both signs, no direction: not available, with why."),
        _("A base of zero has no growth: not available, as in the code, not 0.001 as in the text."),
        _("Within half a point of universal access: at ceiling, a rule of our pages."),
        _("A published bound (“>95”) stays a bound: no rate is computed from it."),
        _("Towards a target of zero the rate needed is extreme: read the straight line beside it."),
    )


def _statcan() -> Method:
    words = told("statcan")
    return Method(
        id="statcan",
        group="sdg",
        name=words.name,
        answers=_("Does an indicator move fast enough towards its target?"),
        mark="reproduced",
        formulas=(
            r"c = \left(\frac{y_i}{y_0}\right)^{\frac{1}{t_i - t_0}} - 1",
            r"c^* = \left(\frac{y_T}{y_0}\right)^{\frac{1}{t_T - t_0}} - 1",
            r"R = d\,\frac{c}{|c^*|}",
            r"C = 1 - \left(\frac{y_0}{L}\right)^{4.44}",
        ),
        symbols=_(
            "y: value; t: year; 0: base, i: latest, T: target; d: +1 if more is better, −1 if "
            "less; L: natural limit, which shrinks the thresholds without a target by C."
        ),
        rules=(words.thresholds, *_edges()),
        source=words.origin,
        checked=_("Every published series with a value comes out: value, score and status."),
        pages=PAGES,
    )


def _unsd() -> Method:
    words = told("unsd")
    return Method(
        id="unsd",
        group="sdg",
        name=words.name,
        answers=_("Does an indicator move fast enough, in the classes of the UN's chart?"),
        mark="read",
        formulas=(r"R = d\,\frac{c}{|c^*|}",),
        symbols=_("c: observed growth a year, c*: growth needed to 2030, both from 2015."),
        rules=(words.thresholds, *_edges()),
        source=words.origin,
        checked=words.doubts,
        pages=PAGES,
    )


def _escap() -> Method:
    words = told("after_escap")
    return Method(
        id="after_escap",
        group="sdg",
        name=words.name,
        answers=_("How much of the way from the base year to the target is done?"),
        mark="memory",
        formulas=(
            r"I = 10\,d\,\frac{y_i - y_0}{|y_T - y_0|}",
            r"I_{e} = 10\,\frac{t_i - t_0}{2030 - t_0}",
        ),
        symbols=_("y: value; t: year; d: direction; Iₑ: the index expected by now."),
        rules=(
            words.thresholds,
            _("Base equal to target: met, without an index."),
            _("Its forecast index is not computed: weights and cut-offs could not be had."),
        ),
        source=words.origin,
        checked=words.doubts,
        pages=("sdg_progress",),
    )


def _sdsn() -> Method:
    words = told("sdsn")
    return Method(
        id="sdsn",
        group="sdg",
        name=words.name,
        answers=_("How far is an economy from the best outcome, indicator by indicator?"),
        mark="reproduced",
        formulas=(
            r"s = 100\,\frac{x - w}{b - w},\quad 0 \le s \le 100",
            r"G = \frac{1}{k}\sum_{j=1}^{k} s_j,\quad I = \frac{1}{17}\sum_{g=1}^{17} G_g",
        ),
        symbols=_("x: value; w: worst; b: best; G: goal score of k indicators; I: index."),
        rules=(
            words.thresholds,
            _("Best and worst are constants of the codebook: taken as given, never recomputed."),
            _("A goal without a score takes its region's mean, and says how many were filled."),
            _("A missing value has no score; best equal to worst has none either."),
            _("Ranks only where less than a fifth of the inputs is missing."),
        ),
        source=words.origin,
        checked=_(
            "Scores, index, indicator and goal colours of 2019 and 2021 all come out; trend "
            "arrows agree in most cases, because their rule is not published in full."
        ),
        pages=("sdg_progress",),
    )


def _projection() -> Method:
    return Method(
        id="projection",
        group="sdg",
        name=_("Lines to 2030"),
        answers=_("Where would the pace so far lead, and which path would meet the target?"),
        mark="ours",
        formulas=(
            r"y_t = y_i\,(1 + c)^{t - t_i}",
            r"y_t = y_0\,(1 + c^*)^{t - t_0}",
        ),
        symbols=_("c: observed growth a year; c*: growth needed; i: latest year; 0: base year."),
        rules=(
            _("No forecast: it says where the rate would lead if it held."),
            _("Held to the natural limits of the indicator."),
            _("None where the method gives no rate."),
        ),
        source=_("Follows from the rates of the method chosen."),
        checked=_("The path needed ends at the target, in every test."),
        pages=("sdg_progress",),
    )


def _land_use() -> Method:
    return Method(
        id="land_use",
        group="sdg",
        name=_("Land against people (SDG 11.3.1)"),
        answers=_("Does a city take up land faster than it gains people?"),
        mark="reproduced",
        formulas=(
            r"L = \frac{V_2 - V_1}{V_1\,n},\quad L' = \frac{1}{n}\ln\frac{V_2}{V_1}",
            r"G = \frac{1}{n}\ln\frac{P_2}{P_1},\quad \frac{L}{G}",
        ),
        symbols=_("V: built-up area; P: population; n: years; L: present definition, L′: older."),
        rules=(
            _("Near zero population growth (under 0.05% a year) the ratio is not given."),
            _("The definition used is named; both need the same two years."),
            _("A ratio of a city gets no status: it takes both signs and leaps."),
        ),
        source=_(
            "United Nations, metadata of indicator 11.3.1, as reproduced by the Government of "
            "Japan; the older form as in Trends.Earth."
        ),
        checked=_(
            "Published rates and ratios of Great Britain come out; the areas are unpublished."
        ),
        pages=("sdg_progress", "city_profile"),
    )


def _gaps() -> Method:
    return Method(
        id="data_gaps",
        group="sdg",
        name=_("Data gaps"),
        answers=_("What is measured, estimated, modelled, old or missing?"),
        mark="ours",
        symbols=_("A cell is an indicator and a place; its status is that of its latest value."),
        rules=(
            _("In this order: missing, published without a value, old, a bound, then its nature."),
            _("The nature is the publisher's word; where it gives none, not stated."),
            _("Old means more than five years before the year chosen, unless you choose others."),
            _("An indicator of several series is as known as its best-known series."),
            _("Shares count cells, and say how many there are."),
        ),
        source=_("UNSD's nature of each value; the order and the five years are ours."),
        checked=_("Counted by hand for some series and places in the tests."),
        pages=("data_gaps",),
    )


def _peers() -> Method:
    return Method(
        id="peers",
        group="sdg",
        name=_("Nearest peers"),
        answers=_("Which places are most like this one, and in what do they differ?"),
        mark="ours",
        formulas=(r"D = \sqrt{\frac{1}{m}\sum_{j=1}^{m}\left(z_j - z'_j\right)^2}",),
        symbols=_("z: indicators standardised over all places that have them; m: those both have."),
        rules=(
            _("The indicators are named; another choice gives other peers."),
            _("A place that lacks a fifth of them or more is not compared."),
            _("At least three indicators in common; populations as logarithms."),
            _("What is the same everywhere tells nothing and is left out."),
        ),
        source=_("Euclidean distance on standard scores; the choice of indicators is ours."),
        checked=_("Exact on small tables worked by hand."),
        pages=("city_profile",),
    )
