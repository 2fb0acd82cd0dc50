"""Findings about the SDGs, each a sentence made of the numbers it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ileaps_views.findings.words import join_names
from ileaps_views.i18n import _, ngettext, number
from ileaps_views.sdg_statuses import AWAY, ON_TRACK, mark
from ileaps_views.sdg_words import numbered_goal, value_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MOST_NAMED = 3


def goals_title(ratings: Mapping[int, Sequence[str]]) -> str:
    """Say which goal is red most often; `ratings` lists the ratings that exist, by goal.

    >>> goals_title({2: ["red", "red", "orange"], 11: ["red", "green"]})
    'Goal 2 Zero hunger is red most often: in 2 of 3 economies with a rating'
    >>> goals_title({2: ["green"]})
    'No goal is red in any of the economies with a rating'
    """
    counted = {goal: list(codes).count("red") for goal, codes in ratings.items()}
    most = max(counted.values(), default=0)
    if not any(ratings.values()):
        return _("No goal has a rating here")
    if not most:
        return _("No goal is red in any of the economies with a rating")
    worst = [goal for goal in sorted(counted) if counted[goal] == most]
    if len(worst) > 1:
        names = join_names(numbered_goal(goal) for goal in worst[:_MOST_NAMED])
        return ngettext(
            "Goals %(goals)s are red most often: each in %(n)s economy",
            "Goals %(goals)s are red most often: each in %(n)s economies",
            most,
        ) % {"goals": names, "n": number(most)}
    goal = worst[0]
    return _("Goal %(goal)s is red most often: in %(n)s of %(all)s economies with a rating") % {
        "goal": numbered_goal(goal),
        "n": number(most),
        "all": number(len(ratings[goal])),
    }


def goals_takeaway(ratings: Mapping[int, Sequence[str]]) -> str:
    """Say how many of all ratings are green and red.

    >>> goals_takeaway({1: ["green", "red"], 2: ["red"]})
    'Of 3 goal ratings 1 is green and 2 are red. A click on a mark, or the boxes below, open it.'
    """
    codes = [code for of_goal in ratings.values() for code in of_goal]
    words = {
        "all": number(len(codes)),
        "green": _count_of("green", codes.count("green")),
        "red": _count_of("red", codes.count("red")),
    }
    return (
        _(
            "Of %(all)s goal ratings %(green)s and %(red)s. "
            "A click on a mark, or the boxes below, open it."
        )
        % words
    )


def _count_of(code: str, count: int) -> str:
    sentences = {
        "green": ngettext("%(n)s is green", "%(n)s are green", count),
        "red": ngettext("%(n)s is red", "%(n)s are red", count),
    }
    return sentences[code] % {"n": number(count)}


def statuses_title(codes: Sequence[str], method: str) -> str:
    """Say how many of the pairs with a status are on track, and how many move away.

    `codes` are the codes shown, reasons of absence included.

    >>> statuses_title(["substantial_progress", "deterioration", "bounded"], "UNSD")
    'By UNSD, 1 of 2 statuses is on track, 1 moves away'
    """
    judged = [code for code in codes if mark(code).tone != "none"]
    good = sum(code in ON_TRACK for code in judged)
    bad = sum(code in AWAY for code in judged)
    if not judged:
        return _("By %(method)s, none of these series has a status") % {"method": method}
    return _("By %(method)s, %(good)s, %(bad)s") % {
        "method": method,
        "good": ngettext(
            "%(n)s of %(all)s statuses is on track",
            "%(n)s of %(all)s statuses are on track",
            good,
        )
        % {"n": number(good), "all": number(len(judged))},
        "bad": ngettext("%(n)s moves away", "%(n)s move away", bad) % {"n": number(bad)},
    }


def absences_sentence(codes: Sequence[str]) -> str:
    """Say how many pairs have no status, and why, most frequent reason first.

    >>> absences_sentence(["no_data", "no_data", "bounded", "deterioration"])
    '3 of 4 have no status: no data 2; published as a bound 1.'
    """
    absent = [code for code in codes if mark(code).tone == "none"]
    if not absent:
        return _("Every one of them has a status.")
    counts: dict[str, int] = {}
    for code in absent:
        counts[mark(code).word] = counts.get(mark(code).word, 0) + 1
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    reasons = "; ".join(
        _("%(reason)s %(n)s") % {"reason": word[:1].lower() + word[1:], "n": number(count)}
        for word, count in ranked
    )
    return ngettext(
        "%(n)s of %(all)s has no status: %(reasons)s.",
        "%(n)s of %(all)s have no status: %(reasons)s.",
        len(absent),
    ) % {"n": number(len(absent)), "all": number(len(codes)), "reasons": reasons}


def change_title(
    place: str,
    name: str,
    first: tuple[int, float] | None,
    last: tuple[int, float] | None,
    unit: str,
    direction: float,
    *,
    bound: str = "",
    only_parts: bool = False,
) -> str:
    """Say how a series moved between two years, and whether that is the way the goal points.

    >>> change_title("Indonesia", "Slum share", (2015, 20.8), (2020, 19.4), "percent", -1)
    'Indonesia, Slum share: from 20.8% (2015) to 19.4% (2020), the way the goal points'
    >>> change_title("Fiji", "Slum share", None, (2018, 9.0), "percent", -1)
    'Fiji, Slum share: 9% (2018), one year only'
    """
    words = {"place": place, "name": name}
    if last is None:
        parts = _("%(place)s, %(name)s: published for parts only, without a total")
        return (parts if only_parts else _("%(place)s, %(name)s: no value published")) % words
    words |= {"end": value_text(last[1], unit, bound), "end_year": str(last[0])}
    if first is None or first[0] == last[0]:
        return _("%(place)s, %(name)s: %(end)s (%(end_year)s), one year only") % words
    words |= {"start": value_text(first[1], unit), "start_year": str(first[0])}
    text = _("%(place)s, %(name)s: from %(start)s (%(start_year)s) to %(end)s (%(end_year)s)")
    step = (last[1] - first[1]) * direction
    if bound or not direction:
        return text % words
    if words["start"] == words["end"]:
        return _("%(change)s, unchanged") % {"change": text % words}
    if step > 0:
        return _("%(change)s, the way the goal points") % {"change": text % words}
    return _("%(change)s, away from the goal") % {"change": text % words}


def distance_title(name: str, reached: int, known: int, target: str) -> str:
    """Say how many economies have reached a target, or how many have a value at all.

    >>> distance_title("Electricity", 12, 57, "100%")
    'Electricity: 12 of 57 economies with a value are at the target of 100%'
    >>> distance_title("PM2.5", 0, 49, "")
    'PM2.5: 49 economies with a value; the goal gives no number to reach'
    """
    words = {"name": name, "reached": number(reached), "known": number(known), "target": target}
    if not known:
        return _("%(name)s: no economy has a value") % words
    if not target:
        return (
            ngettext(
                "%(name)s: %(known)s economy with a value; the goal gives no number to reach",
                "%(name)s: %(known)s economies with a value; the goal gives no number to reach",
                known,
            )
            % words
        )
    return (
        ngettext(
            "%(name)s: %(reached)s of %(known)s economies with a value is at the target of "
            "%(target)s",
            "%(name)s: %(reached)s of %(known)s economies with a value are at the target of "
            "%(target)s",
            reached,
        )
        % words
    )


def cities_title(measured: int, places: int, indicators: int, cautions: int) -> str:
    """Say how much of the city indicators is published for the partner cities.

    >>> cities_title(22, 8, 4, 1)
    '22 of 32 city values of SDG 11 are published for the 8 partner cities, 1 with a caution'
    """
    text = _(
        "%(n)s of %(all)s city values of SDG 11 are published for the %(places)s partner cities"
    ) % {
        "n": number(measured),
        "all": number(places * indicators),
        "places": number(places),
    }
    if not cautions:
        return text
    return _("%(text)s, %(n)s with a caution") % {"text": text, "n": number(cautions)}
