"""Words, shapes and explanations of SDG ratings, trends and statuses, method by method."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from ileaps_views.i18n import _, active
from ileaps_views.wording import one_line

if TYPE_CHECKING:
    from ileaps_views.theme import Palette

Tone = Literal["good", "behind", "limited", "off", "none"]

# between "behind" and "off" of the theme; told from both under the three colour deficiencies
_LIMITED: Final = {"#FFFFFF": "#B74D48", "#11161D": "#FA8E72"}
_NO_SHAPE: Final = "square"

#: the codes that say "on track" by one of the methods
ON_TRACK: Final = frozenset({"target_achieved", "substantial_progress", "at_ceiling", "met"})
#: the codes that say "away from the target"
AWAY: Final = frozenset({"deterioration", "regression"})


class Mark(NamedTuple):
    """How one status is shown: word and shape first, the colour third.

    `symbol` is plotly's name of the shape, None where only `shape` is written.
    """

    code: str
    word: str
    shape: str
    symbol: str | None
    tone: Tone
    explanation: str

    @property
    def label(self) -> str:
        """Shape and word, as they stand in a table."""
        return f"{self.shape} {self.word}"

    def colour(self, colours: Palette) -> str:
        """Return the mark's colour in a theme."""
        if self.tone == "limited":
            return _LIMITED[colours.background]
        return colours.status[self.tone]


def _ratings() -> tuple[Mark, ...]:
    return (
        Mark(
            "green",
            _("Green"),
            "▲",
            "triangle-up",
            "good",
            _("At or past the green threshold: near the value the goal asks for."),
        ),
        Mark(
            "yellow",
            _("Yellow"),
            "●",
            "circle",
            "behind",
            _("Between the green threshold and the middle of the two thresholds."),
        ),
        Mark(
            "orange",
            _("Orange"),
            "◆",
            "diamond",
            "limited",
            _("Between the middle of the two thresholds and the red threshold."),
        ),
        Mark(
            "red", _("Red"), "■", "square", "off", _("Past the red threshold: far from the goal.")
        ),
        Mark(
            "grey",
            _("Too few indicators"),
            "○",
            "circle-open",
            "none",
            _("Fewer than half of the goal's indicators have a value."),
        ),
    )


def _progress() -> tuple[Mark, ...]:
    return (
        Mark(
            "target_achieved",
            _("Target achieved"),
            "★",
            "star",
            "good",
            _("The latest value is at the target or past it."),
        ),
        Mark("met", _("Met"), "★", "star", "good", _("The latest value is at the target.")),
        Mark(
            "substantial_progress",
            _("Substantial progress"),
            "▲",
            "triangle-up",
            "good",
            _("The pace so far is at least 95% of the pace needed, or its like without a target."),
        ),
        Mark(
            "at_ceiling",
            _("At ceiling"),
            "△",
            "triangle-up-open",
            "good",
            _("Within half a point of a universal target: no pace is judged so near to it."),
        ),
        Mark(
            "as_expected",
            _("Ahead of the expected pace"),
            "▲",
            "triangle-up",
            "good",
            _("At least the part of the way is done that the time passed would suggest."),
        ),
        Mark(
            "moderate_progress",
            _("Moderate progress"),
            "●",
            "circle",
            "behind",
            _("Between 60% and 95% of the pace needed, or its like without a target."),
        ),
        Mark(
            "fair_progress",
            _("Fair progress"),
            "●",
            "circle",
            "behind",
            _("Between 50% and 95% of the pace needed, or 0.5% to 1% a year without a target."),
        ),
        Mark(
            "behind_expected",
            _("Behind the expected pace"),
            "◆",
            "diamond",
            "limited",
            _("Nearer to the target than at the start, but less than the time passed suggests."),
        ),
        Mark(
            "limited_progress",
            _("Limited progress"),
            "◆",
            "diamond",
            "limited",
            _("In the right direction, at less than 60% of the pace needed."),
        ),
        Mark(
            "limited_or_no_progress",
            _("Limited or no progress"),
            "◆",
            "diamond",
            "limited",
            _("Less than half of the pace needed, standing still, or slightly falling."),
        ),
        Mark(
            "deterioration",
            _("Deterioration"),
            "▼",
            "triangle-down",
            "off",
            _("Moving away from where the goal points."),
        ),
        Mark(
            "regression",
            _("Moving away"),
            "▼",
            "triangle-down",
            "off",
            _("Further from the target than at the start."),
        ),
    )


def _absences() -> tuple[Mark, ...]:
    rows = (
        ("no_data", _("No data"), "·", _("No value was published for this economy.")),
        ("all_missing", _("No data"), "·", _("Rows were published, every value missing.")),
        (
            "fewer_than_two_years",
            _("Only one year"),
            "1",
            _("One dated value shows a level, not a change: no pace can be computed."),
        ),
        (
            "city_one_year",
            _("Only one year"),
            "1",
            _("City values were published for one year: a level, no trend."),
        ),
        (
            "bounded",
            _("Published as a bound"),
            "≷",
            _("The latest value is “above” or “below” a number, so its pace is unknown."),
        ),
        (
            "both_signs",
            _("Positive and negative values"),
            "±",
            _("A rate of growth needs values of one sign; this series has both."),
        ),
        (
            "no_direction",
            _("No direction"),
            "∅",
            _("Whether more or less is better does not follow from the goal: never judged."),
        ),
        (
            "no_baseline",
            _("No starting value"),
            "∘",
            _("No value near the base year, and none can be put between two others."),
        ),
        (
            "base_equals_target",
            _("At the target from the start"),
            "=",
            _("The value of the base year is the target: there is no way left to measure."),
        ),
        (
            "cities_only",
            _("Published for cities only"),
            "c",
            _("No value of the economy as a whole; the part “Partner cities” has those of cities."),
        ),
        (
            "no_total",
            _("No total published"),
            "∑",
            _("Only parts were published (by sex, by place …), no total to judge."),
        ),
        (
            "missing_value",
            _("A value is missing"),
            "?",
            _("The base or the latest value is missing."),
        ),
        ("base_is_zero", _("Starts at zero"), "0", _("No rate of growth can start at zero.")),
        (
            "target_year_passed",
            _("Target year has passed"),
            "×",
            _("The latest value is from after the target year."),
        ),
        (
            "no_target",
            _("No numeric target"),
            "–",
            _("This method needs a number to reach; the goal's text gives none."),
        ),
        (
            "single_events",
            _("Single events"),
            "∗",
            _("One disaster outweighs years: two single years make no trend."),
        ),
        ("not_available", _("Not available"), "!", _("The method gives no status here.")),
    )
    return tuple(Mark(code, word, shape, None, "none", why) for code, word, shape, why in rows)


def _trends() -> tuple[Mark, ...]:
    rows: tuple[tuple[str, str, str, Tone, str], ...] = (
        (
            "on_track",
            _("On track or maintaining"),
            "↑",
            "good",
            _("At the green threshold, or fast enough to be there by 2030."),
        ),
        (
            "moderately_improving",
            _("Moderately improving"),
            "↗",
            "behind",
            _("At half of the pace needed or more."),
        ),
        ("stagnating", _("Stagnating"), "→", "limited", _("At less than half of the pace needed.")),
        ("decreasing", _("Decreasing"), "↓", "off", _("Moving in the wrong direction.")),
        ("no_trend", _("No trend"), "·", "none", _("Too few years to tell.")),
    )
    return tuple(Mark(code, word, shape, None, tone, why) for code, word, shape, tone, why in rows)


@lru_cache(maxsize=8)
def _marks(language: str) -> dict[str, Mark]:  # noqa: ARG001 - the key of the cache
    groups = (*_ratings(), *_progress(), *_absences(), *_trends())
    return {mark.code: mark for mark in groups}


def mark(code: object) -> Mark:
    """Return how a rating, trend, status or reason is shown; an unknown one is neutral.

    >>> mark("red").label, mark("fewer_than_two_years").shape, mark("new").tone
    ('■ Red', '1', 'none')
    """
    known = _marks(active()).get(one_line(code) or "no_data")
    return known or Mark(
        one_line(code),
        _("Unknown status"),
        "!",
        None,
        "none",
        _("This status is not one the page knows."),
    )


def shown_code(status: object, reason: object = None) -> str:
    """Return the code to draw: the status, or why there is none.

    >>> shown_code("moderate_progress"), shown_code("not_available", "bounded")
    ('moderate_progress', 'bounded')
    >>> shown_code(None)
    'no_data'
    """
    given = one_line(status)
    if given == "not_available":
        return one_line(reason) or given
    return given or "no_data"


def mark_codes() -> tuple[str, ...]:
    """Return every code the page has a mark for, best first within each family."""
    return tuple(_marks(active()))
