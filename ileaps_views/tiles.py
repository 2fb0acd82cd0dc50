"""The few figures an overview opens with, each with what it does not say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from ileaps_views.findings import programme, transfers
from ileaps_views.i18n import _, ngettext, number, partial_date
from ileaps_views.rows import lookup, records
from ileaps_views.statuses import status
from ileaps_views.terms import STAGES, role_name, stage_name
from ileaps_views.wording import is_missing, one_line, qualified

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

    from ileaps_views.evidence import SourceBook

# the word of current_stage(...) for a stage whose last evidence is old
STATUS_UNKNOWN: Final = "status unknown since"


class Tile(NamedTuple):
    """One figure: what it is, the figure, and what stands behind it."""

    label: str
    figure: str
    explanation: str


def city_tile(cities: pd.DataFrame) -> Tile:
    """Count the partner cities, by role.

    >>> import pandas as pd
    >>> city_tile(pd.DataFrame({"role": ["hub", "pilot", "pilot"]}))
    Tile(label='Cities', figure='3', explanation='Pilot city: 2, Hub: 1')
    """
    by_role = transfers.counted(cities["role"])
    return Tile(_("Cities"), number(len(cities)), _counted(by_role, role_name))


def _counted(counts: Mapping[str, int], write: Callable[[object], str]) -> str:
    return ", ".join(
        _("%(name)s: %(n)s") % {"name": write(code), "n": number(n)} for code, n in counts.items()
    )


def pilot_tile(current: pd.DataFrame) -> Tile:
    """Count the pilots by the stage of their last evidence; tracks are counted apart.

    Args:
        current: current_stage(...) with pilots: kind, stage, status.
    """
    pilots = current[current["kind"].eq("pilot")]
    tracks = int(current["kind"].eq("track").sum())
    seen = [stage for stage in STAGES if pilots["stage"].eq(stage).any()]
    stages = {stage: int(pilots["stage"].eq(stage).sum()) for stage in reversed(seen)}
    unknown = int(pilots["status"].eq(STATUS_UNKNOWN).sum())
    parts = [
        _("Last seen: %(stages)s") % {"stages": _counted(stages, stage_name)} if stages else "",
        ngettext("%(n)s track beside them", "%(n)s tracks beside them", tracks)
        % {"n": number(tracks)}
        if tracks
        else "",
        ngettext(
            "of %(n)s pilot nothing is known for two years or more",
            "of %(n)s pilots nothing is known for two years or more",
            unknown,
        )
        % {"n": number(unknown)}
        if unknown
        else "",
    ]
    return Tile(_("Pilots"), number(len(pilots)), "; ".join(part for part in parts if part))


def people_tile(people: pd.DataFrame, book: SourceBook) -> Tile:
    """Name the figures of people reached, with date and source; they are never added up.

    Only figures that a source ties to the programme are the headline; the others are said
    beside it.

    Args:
        people: people_reached(indicators, observations, pilots).
        book: the sources.
    """
    label = _("People reached")
    evidenced = records(people[people["attributed"].eq(other=True)])
    others = len(people) - len(evidenced)
    beside = (
        ngettext(
            "%(n)s more figure is not tied to the programme by its source.",
            "%(n)s more figures are not tied to the programme by their sources.",
            others,
        )
        % {"n": number(others)}
        if others
        else ""
    )
    if not evidenced:
        return Tile(label, _("not published"), beside or _("No dated figure names people."))
    first = evidenced[-1]
    said = _("%(source)s; figures of people are named, never added up.") % {
        "source": book.line(first["source_id"])
    }
    more = [
        programme.single_figure_date(row["unit"], row["value"], str(row["period_end"]))
        for row in evidenced[:-1]
    ]
    figure = _("%(value)s %(unit)s") % {
        "value": qualified(first["value"], first["qualifier"]),
        "unit": one_line(first["unit"]),
    }
    when = _("Reported for %(date)s.") % {"date": partial_date(_date(first["period_end"]))}
    return Tile(label, figure, " ".join(text for text in (when, said, *more, beside) if text))


def _date(value: object) -> str | None:
    return None if is_missing(value) else str(value)


def indicator_tile(kpis: pd.DataFrame) -> Tile:
    """Count the indicators with a target, and all of them by status.

    Args:
        kpis: pilot_kpis(...); figures about the city (context) are counted as such.
    """
    own = kpis[kpis["result_level"].ne("context")]
    by_status = transfers.counted(kpis["status"])
    return Tile(
        _("Indicators with a target"),
        _("%(n)s of %(total)s")
        % {"n": number(int(own["target_value"].notna().sum())), "total": number(len(own))},
        _counted(by_status, lambda code: status(code).label),
    )


def figure_tile(observations: pd.DataFrame, undated: pd.DataFrame) -> Tile:
    """Count the published figures and those without a date.

    >>> import pandas as pd
    >>> figure_tile(pd.DataFrame(index=range(163)), pd.DataFrame(index=range(21))).figure
    '163'
    """
    return Tile(
        _("Published figures"),
        number(len(observations)),
        programme.undated_sentence(len(undated), len(observations)),
    )


def disagreement_tile(conflicts: pd.DataFrame, indicators: pd.DataFrame) -> Tile:
    """Count the indicators whose sources disagree, and name them."""
    names = lookup(indicators, "indicator_id", "name")
    disputed = [one_line(names.get(code, code)) for code in conflicts["indicator_id"].unique()]
    return Tile(
        _("Sources disagree on"),
        ngettext("%(n)s indicator", "%(n)s indicators", len(disputed))
        % {"n": number(len(disputed))},
        ", ".join(disputed) or _("No two dated sources contradict each other."),
    )
