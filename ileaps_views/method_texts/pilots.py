"""Methods of the pages on the programme and its pilots."""

from __future__ import annotations

from ileaps_views.i18n import _
from ileaps_views.method_texts.entry import Method


def methods() -> tuple[Method, ...]:
    """Return the methods of the programme's pages in the order shown."""
    return (
        _pace(),
        _report_card(),
        _conflicts(),
        _stages(),
        _forecast(),
        _transfers(),
        _people(),
        _readiness(),
    )


def _pace() -> Method:
    return Method(
        id="linear_pace",
        group="pilots",
        name=_("Pace on a straight line"),
        answers=_("Is an indicator of a pilot on the way to its target?"),
        mark="ours",
        formulas=(
            r"p = 100\,\frac{a - b}{z - b}",
            r"e = 100\,\frac{t - t_b}{t_z - t_b}",
            r"p / e",
        ),
        symbols=_(
            "b: baseline; z: target; a: latest dated figure; t: their dates; p: progress; e: time "
            "elapsed; their ratio is the pace."
        ),
        rules=(
            _("On track from 0.95, behind from 0.60, off track below, moving away below 0."),
            _("A deadline is the last day of the date published; stocks stand at period end."),
            _("Less than a tenth of the time elapsed: too early to say."),
            _("Deadline passed and no figure since: not known at the deadline."),
            _("No target, no baseline, no date, no direction: statuses of their own."),
            _("Figures about the city, intentions and announcements are never judged."),
        ),
        source=_(
            "Progress as in IATI and OECD-DAC; the cut-offs are Statistics Canada's, applied"
            " by us to a straight line."
        ),
        checked=_("Progress equals IATI's published example; the cut-offs are a choice of ours."),
        pages=("pilot_outcomes",),
    )


def _report_card() -> Method:
    return Method(
        id="undp_rag",
        group="pilots",
        name=_("UNDP report card: green, amber, red"),
        answers=_("How much of the milestone expected by then was reached?"),
        mark="read",
        formulas=(r"m = 100\,\frac{a - b}{x - b}",),
        symbols=_("b: baseline; a: latest figure; x: value expected by then on a straight line."),
        rules=(
            _("Green from 100, amber from 50, red below."),
            _("No target, no date, no figure: as under the pace on a straight line."),
        ),
        source=_("UNDP, Development Report Card 2014."),
        checked=_(
            "The cut-offs were read in the report; the milestone as a straight line is ours."
        ),
        pages=("pilot_outcomes",),
    )


def _conflicts() -> Method:
    return Method(
        id="conflicts",
        group="pilots",
        name=_("Sources that disagree"),
        answers=_("Which published figures cannot both be right?"),
        mark="ours",
        symbols=_("Compared are figures of one indicator, group and part, of different sources."),
        rules=(
            _("Levels and flows: different values for periods that overlap."),
            _("Running totals: a later total below an earlier one, or two at one date."),
            _(
                "Two values of a level within a year that move against its direction: decline or "
                "disagreement unknown."
            ),
            _("An exact figure stands for half a unit of its last digit, “about” for 5 per cent."),
            _("Both figures are shown with source and date; neither is chosen, none averaged."),
            _("Undated figures are undated, never in conflict."),
        ),
        source=_("Rules of this product for thin, uneven figures."),
        checked=_("Worked through on every figure of the fact base."),
        pages=("pilot_outcomes",),
    )


def _stages() -> Method:
    return Method(
        id="stages",
        group="pilots",
        name=_("LEAPS stages"),
        answers=_("Where was a pilot last seen, and since when is nothing known?"),
        mark="ours",
        symbols=_("Learning, exchanging, adapting, prototyping, scaling; each with its evidence."),
        rules=(
            _("A stage is entered when a source shows it, at the precision of its date."),
            _("Evidence older than 24 months reads: status unknown since."),
            _("Durations are a range; the last stay is open and ends at its own evidence."),
            _("A typical time in a stage needs ten stays of which five ended."),
            _("Stages skipped or out of order are shown as they are."),
        ),
        source=_(
            "The programme's own five stages; compared with IDIA's six, where learning and "
            "exchanging are ideation, adapting is development, prototyping proof of concept and "
            "scaling the last three."
        ),
        checked=_("The names of two of IDIA's stages are from memory; the comparison is ours."),
        pages=("pilot_outcomes", "programme"),
    )


def _forecast() -> Method:
    return Method(
        id="forecast",
        group="pilots",
        name=_("Forecasts, and when there is none"),
        answers=_("Where would an indicator go if it went on as it did?"),
        mark="ours",
        formulas=(r"\hat y_t = \alpha + \beta\,t",),
        symbols=_("Least squares on the dates, with a 95% interval for a new observation."),
        rules=(
            _("At least five comparable dated points over two years, the last under three old."),
            _("Of running totals the increments are forecast, so that a total never falls."),
            _("Otherwise the page says which rule is not met."),
        ),
        source=_("Ordinary least squares; the conditions are ours."),
        checked=_("Compared with statsmodels on made-up series."),
        pages=("pilot_outcomes",),
    )


def _transfers() -> Method:
    return Method(
        id="transfers",
        group="pilots",
        name=_("Transfers, events and uptake, counted once"),
        answers=_("How often was a policy taken up, and how many events were there?"),
        mark="ours",
        rules=(
            _("What several sources report is one transfer or one event; other dates are told."),
            _("A line or a bar shows that a policy was shared, not that it works there."),
            _("Undated transfers stay in every choice of years: nobody knows they came later."),
            _("SDG targets of policies are assigned by the compiler of the fact base."),
        ),
        source=_("The table of transfers; each row with its source."),
        checked=_("Counted by hand once: 30 transfers in 32 rows, 45 events in 46."),
        pages=("partner_cities", "programme"),
    )


def _people() -> Method:
    return Method(
        id="people",
        group="pilots",
        name=_("People reached"),
        answers=_("Whom did the pilots reach, as far as anybody published?"),
        mark="ours",
        rules=(
            _("Named figures with date and source, never added up across pilots."),
            _("Passengers and trips are not people; intended and announced figures are left out."),
            _("A figure that no source ties to the programme is said to be so."),
        ),
        source=_("The table of observations; each figure with its source."),
        checked=_("The figures listed are those of the sources, unchanged."),
        pages=("pilot_outcomes",),
    )


def _readiness() -> Method:
    return Method(
        id="readiness",
        group="pilots",
        name=_("Readiness to scale, our reading"),
        answers=_("What would a pilot still need before it can be scaled?"),
        mark="ours",
        formulas=(r"R = \min_{i \in E} s_i,\quad s_i \in \{0, 1, 2\}",),
        symbols=_(
            "E: the factors somebody scored; s: their scores. The seven: vision of impact at "
            "scale, direct evidence, demand, time frame, finances, team, monitoring."
        ),
        rules=(
            _("A factor nobody scored is not evidenced, which is not zero."),
            _("A score counts only with assessor, date and source; the newest one stands."),
            _("Two scores of which neither is surely newer are refused."),
            _("Never an average: the weakest factor decides, with the number evidenced."),
            _(
                "Before scaling we would also ask for an outcome on track, a comparison, an owner "
                "and the cost of one unit."
            ),
        ),
        source=_(
            "Factors: IDIA, Insights on Scaling Innovation (2017), as told by the Global "
            "Innovation Exchange. Weakest part: CGIAR's Scaling Readiness, from memory."
        ),
        checked=_("A proposal of this product, no standard. Nobody has published a score yet."),
        pages=("pilot_outcomes",),
    )
