"""Words for evidence: sources, disagreements, stages, and what cannot be said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ileaps_views.findings import programme
from ileaps_views.i18n import _, ngettext, number, partial_date
from ileaps_views.terms import stage_name
from ileaps_views.wording import is_missing, one_line, qualified

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    import pandas as pd


class SourceBook:
    """The sources by id, each as the line that stands beside a figure."""

    def __init__(self, sources: pd.DataFrame) -> None:
        """Take the sources table: source_id, title, publisher, published_on, url, kind."""
        indexed = sources.drop_duplicates("source_id").set_index("source_id")
        self._rows: Mapping[Hashable, Mapping[Hashable, object]] = indexed.to_dict("index")

    def _cell(self, source_id: object, column: str) -> str:
        return one_line(self._rows.get(one_line(source_id), {}).get(column))

    def publisher(self, source_id: object) -> str:
        """Return who published it; an unknown id stands for itself."""
        return self._cell(source_id, "publisher") or one_line(source_id)

    def line(self, source_id: object) -> str:
        """Return publisher and date, or title and publisher for a data set."""
        wanted = one_line(source_id)
        if not wanted:
            return _("no source named")
        if wanted not in self._rows:
            return _("%(id)s (not in the list of sources)") % {"id": wanted}
        if self._cell(wanted, "kind") == "dataset":
            return _("%(publisher)s: %(title)s") % {
                "publisher": self.publisher(wanted),
                "title": self._cell(wanted, "title"),
            }
        return _("%(publisher)s, %(date)s") % {
            "publisher": self.publisher(wanted),
            "date": partial_date(self._cell(wanted, "published_on") or None),
        }

    def lines(self, source_ids: Iterable[object]) -> tuple[str, ...]:
        """Return each line once, in the order met."""
        return tuple(dict.fromkeys(self.line(i) for i in source_ids if not is_missing(i)))

    def link(self, source_id: object) -> str | None:
        """Return the address if it is one a browser may open, else None."""
        url = self._cell(source_id, "url")
        return url if url.startswith(("https://", "http://")) and " " not in url else None


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One published figure, as it is cited in a sentence."""

    source: str
    date: str | None
    value: float | None
    qualifier: str = "exact"
    unit: str = ""

    def sentence(self) -> str:
        """Say who published which value for when."""
        value = qualified(self.value, self.qualifier)
        if self.unit:
            value = _("%(value)s %(unit)s") % {"value": value, "unit": one_line(self.unit)}
        return _("%(source)s, %(date)s: %(value)s") % {
            "source": one_line(self.source),
            "date": partial_date(self.date),
            "value": value,
        }


def conflict_reason(kind: object) -> str:
    """Say why two figures of different sources are shown as a disagreement.

    >>> conflict_reason("cumulative_fall")
    'a running total that falls'
    """
    reasons = {
        "overlap": _("different figures for the same time"),
        "cumulative_fall": _("a running total that falls"),
        "same_end": _("different totals for the same date"),
        "decline_or_disagreement": _("decline or disagreement unknown"),
    }
    return reasons.get(one_line(kind), _("the figures differ"))


def conflict_sentence(earlier: Figure, later: Figure, kind: object) -> str:
    """Put two figures that differ into one sentence, both with source and date.

    >>> conflict_sentence(
    ...     Figure(source="Seoul", date="2018-05", value=7, unit="schools"),
    ...     Figure(source="Penasulsel", date="2018-07", value=3),
    ...     "decline_or_disagreement",
    ... )
    'Seoul, May 2018: 7 schools; Penasulsel, Jul 2018: 3 — decline or disagreement unknown'
    """
    return _("%(earlier)s; %(later)s — %(reason)s") % {
        "earlier": earlier.sentence(),
        "later": later.sentence(),
        "reason": conflict_reason(kind),
    }


def limit_sentence(code: object, detail: object = None) -> str:
    """Say what cannot be said about a pilot, by the code of the reason.

    >>> limit_sentence("no_figure_since", "2018-08-23")
    'Nothing is known after 23 Aug 2018: no later figure was published.'
    """
    date = partial_date(one_line(detail) or None)
    sentences = {
        "no_comparison_group": _(
            "Whether it would have happened anyway: no comparison group was measured."
        ),
        "no_cost": _("What it cost a person reached: no cost was published."),
        "no_figure_since": _("Nothing is known after %(date)s: no later figure was published.")
        % {"date": date},
        "no_figure": _("What it achieved: no figure was published."),
        "no_dated_figure": _("When anything was achieved: no figure carries a date."),
        "undated_figures": _("When these were true: %(n)s published without a date.")
        % {"n": programme.figures_count(_count(detail))},
        "no_target": _("Whether it did what was planned: no target was published."),
        "attribution_not_evidenced": _attribution_limit(detail),
        "sources_disagree": _("Which figure is right where the sources disagree."),
        "only_outputs": _("What changed for people: only outputs were counted, no outcome."),
    }
    return sentences.get(
        one_line(code), _("A limit of the evidence is recorded that this page has no words for.")
    )


def _count(detail: object) -> int:
    text = one_line(detail)
    return int(text) if text.isdecimal() else 0


def _attribution_limit(detail: object) -> str:
    if is_missing(detail):
        return _("Whether the programme caused it: no source says anything on that.")
    return _(
        "Whether the programme caused the later steps: no source ties them to it (%(detail)s)."
    ) % {"detail": one_line(detail)}


def refusal_sentence(code: object, n: int | None = None) -> str:
    """Say why there is no forecast.

    >>> refusal_sentence("too_few_points", 3)
    'No forecast: 3 comparable dated figures, at least five are needed.'
    """
    if one_line(code) == "too_few_points" and n is not None:
        return ngettext(
            "No forecast: %(n)s comparable dated figure, at least five are needed.",
            "No forecast: %(n)s comparable dated figures, at least five are needed.",
            n,
        ) % {"n": number(n)}
    sentences = {
        "too_few_points": _("No forecast: fewer than five comparable dated figures."),
        "span_too_short": _("No forecast: the figures span less than two years."),
        "too_old": _("No forecast: the last figure is more than three years old."),
        "context": _("No forecast: the figure is about the city, not about the pilot."),
        "horizon_not_ahead": _("No forecast: the date asked for is before the last figure."),
    }
    return sentences.get(
        one_line(code), _("No forecast: the figures do not meet the rules for one.")
    )


def duration_sentence(code: object, spells: int, exits: int) -> str:
    """Say why no typical time in a stage is given, with the counts.

    >>> duration_sentence("too_few_spells", 4, 2).startswith("No typical time")
    True
    """
    needed = (
        _("at least five must be seen to end")
        if one_line(code) == "too_few_exits"
        else _("at least ten are needed")
    )
    return _(
        "No typical time in a stage: %(spells)s stays are recorded, %(exits)s of them ended; "
        "%(needed)s."
    ) % {"spells": number(spells), "exits": number(exits), "needed": needed}


def stage_sentence(stage: object, entered_on: object, *, unknown_since: bool) -> str:
    """Say where a pilot stands by its last evidence, and since when nothing is known.

    >>> stage_sentence("scaling", "2018-02", unknown_since=True)
    'Scaling, evidenced Feb 2018; status unknown since'
    """
    if not one_line(stage):
        return _("No evidence of any stage")
    values = {"stage": stage_name(stage), "date": partial_date(one_line(entered_on) or None)}
    if unknown_since:
        return _("%(stage)s, evidenced %(date)s; status unknown since") % values
    return _("%(stage)s, evidenced %(date)s") % values
