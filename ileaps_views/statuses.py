"""Words, shapes and explanations of the statuses of indicators, and the method behind them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from ileaps_views.i18n import _, active
from ileaps_views.wording import one_line

if TYPE_CHECKING:
    from ileaps_views.theme import Palette

Tone = Literal["good", "behind", "off", "none"]

#: plotly's marker for each status shape
SYMBOLS: Final = {
    "▲": "triangle-up",
    "●": "circle",
    "■": "square",
    "◆": "diamond",
    "○": "circle-open",
}


class Status(NamedTuple):
    """How a status is shown: a word and a shape, the colour only third."""

    code: str
    word: str
    shape: str
    tone: Tone
    explanation: str

    @property
    def label(self) -> str:
        """Shape and word, as they stand in a table."""
        return f"{self.shape} {self.word}"

    def colour(self, colours: Palette) -> str:
        """Return the status colour of a theme."""
        return colours.status[self.tone]


@lru_cache(maxsize=8)
def _statuses(language: str) -> dict[str, Status]:  # noqa: ARG001 - the key of the cache
    words: tuple[tuple[str, str, str, Tone, str], ...] = (
        ("exceeded", _("Exceeded"), "▲", "good", _("The last dated figure is past the target.")),
        ("achieved", _("Achieved"), "▲", "good", _("The last dated figure meets the target.")),
        (
            "on_track",
            _("On track"),
            "▲",
            "good",
            _("Progress keeps at least 95% of the pace of a straight line to the target."),
        ),
        (
            "behind",
            _("Behind"),
            "●",
            "behind",
            _("Progress keeps 60% to 95% of the pace of a straight line to the target."),
        ),
        (
            "off_track",
            _("Off track"),
            "■",
            "off",
            _("Progress keeps less than 60% of the pace of a straight line to the target."),
        ),
        (
            "moving_away",
            _("Moving away"),
            "■",
            "off",
            _("The last dated figure is further from the target than the baseline was."),
        ),
        (
            "missed",
            _("Missed"),
            "■",
            "off",
            _("The deadline has passed and a figure dated then or later is short of the target."),
        ),
        (
            "rag_green",
            _("Green"),
            "▲",
            "good",
            _("The whole of the milestone expected by then was reached."),
        ),
        (
            "rag_amber",
            _("Amber"),
            "●",
            "behind",
            _("50% to 99% of the milestone expected by then was reached."),
        ),
        (
            "rag_red",
            _("Red"),
            "■",
            "off",
            _("Less than half of the milestone expected by then was reached."),
        ),
        (
            "sources_disagree",
            _("Sources disagree"),
            "◆",
            "none",
            _("Sources give different figures for the same time; neither is chosen."),
        ),
        (
            "target_against_direction",
            _("Target against its direction"),
            "◆",
            "none",
            _("The target lies on the wrong side of the baseline: an error in the data."),
        ),
        (
            "not_known_at_deadline",
            _("Not known at the deadline"),
            "○",
            "none",
            _("The deadline has passed and the last figure was published for an earlier date."),
        ),
        (
            "too_early",
            _("Too early to say"),
            "○",
            "none",
            _("Less than a tenth of the time had passed at the last dated figure."),
        ),
        (
            "no_target",
            _("No target published"),
            "○",
            "none",
            _("Nobody published what should be reached, so nothing can be on or off track."),
        ),
        (
            "no_baseline",
            _("No baseline published"),
            "○",
            "none",
            _("Without a starting value only the share of the target can be given."),
        ),
        (
            "no_direction",
            _("Direction not stated"),
            "○",
            "none",
            _("Nobody said whether more or less is better, so it is not judged."),
        ),
        (
            "no_total",
            _("No total published"),
            "○",
            "none",
            _("Only figures of groups or of periods that cannot be added were published."),
        ),
        (
            "undated",
            _("Undated"),
            "○",
            "none",
            _("The figures, the baseline or the target carry no date, so no pace is known."),
        ),
        (
            "no_data",
            _("No figure published"),
            "○",
            "none",
            _("No measured figure of the pilot itself was found."),
        ),
        (
            "context",
            _("Context"),
            "○",
            "none",
            _("A figure about the city, not about what the pilot did: never judged."),
        ),
    )
    return {
        code: Status(code, word, shape, tone, explanation)
        for code, word, shape, tone, explanation in words
    }


def status(code: object) -> Status:
    """Return how a status code is shown; an unknown one is neutral and says so.

    >>> status("behind").label, status("something new").tone
    ('● Behind', 'none')
    """
    known = _statuses(active()).get(one_line(code))
    return known or Status(
        one_line(code),
        _("Unknown status"),
        "○",
        "none",
        _("This status is not one the page knows."),
    )


def status_codes() -> tuple[str, ...]:
    """Return every status code the product has words for, best known first."""
    return tuple(_statuses(active()))


def method_sentence(method: str = "linear_pace") -> str:
    """Say by which method a status was given, with its inputs and formula.

    >>> method_sentence("undp_rag").startswith("Green, amber or red")
    True
    """
    if "rag" in method.lower():
        return _(
            "Green, amber or red by UNDP's Development Report Card of 2014: green when the whole "
            "milestone expected by then is reached, amber from half of it, red below. The "
            "milestone expected is the straight line from baseline to target."
        )
    return _(
        "Pace = progress ÷ time elapsed, both between baseline and target, at the date of the "
        "last dated figure. On track from 0.95, behind from 0.60, off track below, moving away "
        "below 0. The cut-offs are a rule of this product, not a standard. A deadline is the last "
        "day of the date published. Only figures reported for the pilot itself count."
    )


def reason_sentence(reason: object) -> str:
    """Say why a status reads as it does; empty where the status says all.

    >>> reason_sentence("target_undated"), reason_sentence(None)
    ('The target carries no date.', '')
    """
    sentences = {
        "none_reported": _("No figure was reported."),
        "only_intended": _("Only intended, announced or contracted figures were published."),
        "none_since_baseline": _("No figure was published for a time after the baseline."),
        "no_dated_figure": _("None of the figures carries a date."),
        "target_undated": _("The target carries no date."),
        "baseline_undated": _("The baseline carries no date."),
        "deadline_before_baseline": _("The deadline lies before the baseline."),
        "by_group_only": _("The figures are for groups; no total was published."),
        "periods_overlap": _("The periods of the figures overlap, so they cannot be added."),
        "latest_in_conflict": _("Another source contradicts the last figure."),
        "several_at_latest_date": _("Several figures were published for the last date."),
        "target_is_baseline": _("The target equals the baseline."),
        "met_after_deadline": _("The target was met after its deadline."),
        "open_qualifier": _("The last figure is a bound, so it cannot be placed exactly."),
        "last_figure_before_deadline": _("The last figure is from before the deadline."),
    }
    return sentences.get(one_line(reason), "")
