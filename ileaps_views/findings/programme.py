"""Sentences on pilots and their figures that are true for whatever numbers they are handed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ileaps_views.i18n import _, ngettext, number, partial_date
from ileaps_views.terms import STAGES, stage_name
from ileaps_views.wording import one_line, published

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def _indicators(n: int) -> str:
    return ngettext("%(n)s indicator", "%(n)s indicators", n) % {"n": number(n)}


def figures_count(n: int) -> str:
    """Count figures in words.

    >>> figures_count(1), figures_count(21)
    ('1 figure', '21 figures')
    """
    return ngettext("%(n)s figure", "%(n)s figures", n) % {"n": number(n)}


def targets_title(with_target: int, total: int) -> str:
    """Say how many indicators have a published target.

    >>> targets_title(3, 58), targets_title(1, 4)
    ('3 of 58 indicators have a published target', '1 of 4 indicators has a published target')
    >>> targets_title(0, 2), targets_title(0, 0)
    ('None of 2 indicators has a published target', 'No indicator is recorded')
    """
    if total <= 0:
        return _("No indicator is recorded")
    if with_target <= 0 and total == 1:
        return _("The only indicator has no published target")
    if with_target <= 0:
        return _("None of %(total)s has a published target") % {"total": _indicators(total)}
    return ngettext(
        "%(n)s of %(total)s has a published target",
        "%(n)s of %(total)s have a published target",
        with_target,
    ) % {"n": number(with_target), "total": _indicators(total)}


def undated_sentence(undated: int, total: int) -> str:
    """Say how many published figures carry no date.

    >>> undated_sentence(21, 163), undated_sentence(0, 3)
    ('21 of 163 figures carry no date.', 'All 3 figures carry a date.')
    """
    if total <= 0:
        return _("No figure is published.")
    if undated <= 0:
        return ngettext(
            "The only figure carries a date.", "All %(total)s figures carry a date.", total
        ) % {"total": number(total)}
    return ngettext(
        "%(n)s of %(total)s carries no date.", "%(n)s of %(total)s carry no date.", undated
    ) % {"n": number(undated), "total": figures_count(total)}


def disagreement_title(indicators: Sequence[str], total: int) -> str:
    """Say on how many indicators the sources disagree, and name it if it is one.

    >>> disagreement_title(["Schools served"], 4)
    'Sources disagree on 1 of 4 indicators: Schools served'
    >>> disagreement_title([], 4)
    'No two dated sources contradict each other on 4 indicators'
    """
    if not indicators:
        return _("No two dated sources contradict each other on %(total)s") % {
            "total": _indicators(total)
        }
    if len(indicators) == 1:
        return _("Sources disagree on %(n)s of %(total)s: %(name)s") % {
            "n": number(1),
            "total": _indicators(total),
            "name": one_line(indicators[0]),
        }
    return _("Sources disagree on %(n)s of %(total)s") % {
        "n": number(len(indicators)),
        "total": _indicators(total),
    }


def figures_title(
    name: str, values: Sequence[float], *, undated: int = 0, conflicts: int = 0
) -> str:
    """Say what was published about one indicator: how many figures, how far apart.

    >>> figures_title("Schools served", [1, 2, 7, 3], undated=1, conflicts=2)
    'Schools served: 4 figures from 1 to 7, 1 undated; the sources disagree'
    >>> figures_title("Students served", [101])
    'Students served: a single published figure, 101'
    >>> figures_title("Cost", [])
    'Cost: no figure published'
    """
    subject = one_line(name)
    if not values:
        return _("%(name)s: no figure published") % {"name": subject}
    low, high = min(values), max(values)
    if len(values) == 1:
        single = (
            _("%(name)s: a single published figure, %(value)s, undated")
            if undated
            else _("%(name)s: a single published figure, %(value)s")
        )
        return single % {
            "name": subject,
            "value": published(low),
        }
    if low == high:
        text = _("%(name)s: %(figures)s, all %(value)s") % {
            "name": subject,
            "figures": figures_count(len(values)),
            "value": published(low),
        }
    else:
        text = _("%(name)s: %(figures)s from %(low)s to %(high)s") % {
            "name": subject,
            "figures": figures_count(len(values)),
            "low": published(low),
            "high": published(high),
        }
    if undated:
        text = _("%(text)s, %(n)s undated") % {"text": text, "n": number(undated)}
    if conflicts:
        text = _("%(text)s; the sources disagree") % {"text": text}
    return text


def statuses_title(statuses: Sequence[str]) -> str:
    """Say how many indicators can be judged, and how they stand.

    >>> statuses_title(["no_target", "not_known_at_deadline", "context"])
    'Neither of 2 indicators can be judged'
    >>> statuses_title(["on_track", "behind", "no_target"])
    '2 of 3 indicators can be judged: 1 on track or reached, 1 not'
    """
    judged = [code for code in statuses if code != "context"]
    good = sum(code in GOOD for code in judged)
    poor = sum(code in POOR for code in judged)
    if not judged:
        return _("No indicator of the pilot itself is recorded")
    if not good + poor:
        if len(judged) == 1:
            return _("The only indicator cannot be judged")
        if len(judged) == 2:
            return _("Neither of %(total)s can be judged") % {"total": _indicators(2)}
        return _("None of %(total)s can be judged") % {"total": _indicators(len(judged))}
    return _("%(n)s of %(total)s can be judged: %(good)s on track or reached, %(poor)s not") % {
        "n": number(good + poor),
        "total": _indicators(len(judged)),
        "good": number(good),
        "poor": number(poor),
    }


GOOD = frozenset({"exceeded", "achieved", "on_track", "rag_green"})
POOR = frozenset({"behind", "off_track", "moving_away", "missed", "rag_amber", "rag_red"})


def stages_title(current: Sequence[str], unknown: int, *, pilots_only: bool = True) -> str:
    """Say how far pilots came by their last evidence and for how many nothing newer is known.

    >>> stages_title(["scaling", "prototyping", "scaling"], 2)
    '2 of 3 pilots were last seen scaling; for 2 nothing is known of the last two years'
    >>> stages_title([], 0)
    'No evidence of any stage is recorded'
    """
    known = [stage for stage in current if stage in STAGES]
    if not known:
        return _("No evidence of any stage is recorded")
    furthest = max(known, key=STAGES.index)
    everyone = (
        ngettext("%(n)s pilot", "%(n)s pilots", len(current))
        if pilots_only
        else ngettext("%(n)s pilot or track", "%(n)s pilots and tracks", len(current))
    ) % {"n": number(len(current))}
    head = ngettext(
        "%(n)s of %(total)s was last seen %(stage)s",
        "%(n)s of %(total)s were last seen %(stage)s",
        known.count(furthest),
    ) % {
        "n": number(known.count(furthest)),
        "total": everyone,
        "stage": stage_name(furthest).lower(),
    }
    if not unknown:
        return _("%(head)s; all have evidence from the last two years") % {"head": head}
    return _("%(head)s; for %(n)s nothing is known of the last two years") % {
        "head": head,
        "n": number(unknown),
    }


def funnel_title(reached: Mapping[str, int], total: int) -> str:
    """Say how many pilots left evidence of the last stage anyone reached.

    >>> funnel_title({"learning": 3, "exchanging": 3, "scaling": 2}, 3)
    '2 of 3 pilots left evidence of scaling'
    >>> funnel_title({}, 0)
    'No pilot is recorded'
    """
    if total <= 0:
        return _("No pilot is recorded")
    seen = [stage for stage in STAGES if reached.get(stage, 0) > 0]
    if not seen:
        return _("No pilot left evidence of any stage")
    n = reached[seen[-1]]
    return ngettext(
        "%(n)s of %(total)s pilot left evidence of %(stage)s",
        "%(n)s of %(total)s pilots left evidence of %(stage)s",
        total,
    ) % {"n": number(n), "total": number(total), "stage": stage_name(seen[-1]).lower()}


def single_figure_date(name: str, value: float, date: str | None) -> str:
    """Name one figure with its date, as a tile or headline does.

    >>> single_figure_date("students", 101, "2018-05-03")
    '101 students, 3 May 2018'
    """
    return _("%(value)s %(name)s, %(date)s") % {
        "value": published(value),
        "name": one_line(name),
        "date": partial_date(date),
    }
