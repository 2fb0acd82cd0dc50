"""One place as each revision tells it: side by side, never joined, never averaged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from ileaps_views.charts.common import Revision, empty
from ileaps_views.charts.lines import Line, line_figure
from ileaps_views.charts.population_lines import value_axis
from ileaps_views.findings.comparison import Measure, revisions_disagree
from ileaps_views.i18n import _, ngettext, number, percent, population
from ileaps_views.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

_ID: Final = "revisions"


def revisions_side_by_side(
    frame: pd.DataFrame,
    place: str,
    revisions: Sequence[Revision],
    year: int,
    *,
    measure: Measure = "percent_urban",
    mode: str = "light",
) -> View:
    """Draw one place in several revisions, each a line of its own.

    Args:
        frame: the place's rows in every revision: `revision_id`, `year`, `urban` (thousands),
            `percent_urban`. Include rows of the selected year, interpolated within each
            revision where that has no figure for it, to have the year compared.
        place: the place's name.
        revisions: the revisions to draw, at most six.
        year: the year the title compares.
        measure: "percent_urban" or "urban".
        mode: "light" or "dark".
    """
    rows = frame.sort_values("year")
    series = {revision.id: _points(rows, revision, measure) for revision in revisions}
    said = {revision.name: dict(series[revision.id]).get(year) for revision in revisions}
    title = revisions_disagree(place, year, said, measure=measure)
    given = [revision for revision in revisions if series[revision.id]]
    if not given:
        return empty(_ID, title)
    share = measure == "percent_urban"
    scale, unit, suffix, digits = value_axis(series, measure)
    lines = [
        Line(
            name=revision.name,
            years=tuple(y for y, _value in series[revision.id]),
            values=tuple(value / scale for _y, value in series[revision.id]),
            estimates_until=revision.estimates_until,
        )
        for revision in given
    ]
    write = percent if share else population
    years = [y for line in lines for y in line.years]
    absent = [revision.name for revision in revisions if not series[revision.id]]
    return View(
        id=f"{_ID}-{measure.replace('_', '-')}",
        title=title,
        takeaway=ngettext(
            "One revision has this series for %(place)s: there is nothing to compare it with.",
            "%(n)s revisions of the same series: each is a line of its own, because definitions "
            "and methods differ between them.",
            len(given),
        )
        % {"n": number(len(given)), "place": place},
        figure=line_figure(
            lines,
            title=unit,
            suffix=suffix,
            digits=digits,
            mode=mode,
            top=100.0 if share else None,
            marked_year=year,
        ),
        table=_table(series, given, measure),
        unit=_("Share of people living in cities, %") if share else _("City people"),
        period=f"{min(years)}–{max(years)}",
        sources=tuple(revision.source for revision in given),
        alt=_("Line chart of %(place)s by revision. In %(year)s: %(values)s.")
        % {
            "place": place,
            "year": year,
            "values": "; ".join(
                _("%(revision)s %(value)s") % {"revision": name, "value": write(value)}
                for name, value in said.items()
            ),
        },
        method=_("Figures of each revision as published; revisions are never joined or averaged."),
        notes=tuple(
            _("%(revision)s has no such figure for %(place)s.") % {"revision": name, "place": place}
            for name in absent
        ),
    )


def _points(rows: pd.DataFrame, revision: Revision, measure: str) -> list[tuple[int, float]]:
    own = rows[(rows["revision_id"] == revision.id) & rows[measure].notna()]
    return list(
        zip(
            (int(year) for year in own["year"]),
            (float(value) for value in own[measure]),
            strict=True,
        )
    )


def _table(
    series: dict[str, list[tuple[int, float]]], revisions: Sequence[Revision], measure: str
) -> pd.DataFrame:
    years = sorted({year for points in series.values() for year, _value in points})
    columns: dict[str, list[str]] = {_("Year"): [str(year) for year in years]}
    for revision in revisions:
        given = dict(series[revision.id])
        heading = (
            _("%(revision)s, %% urban")
            if measure == "percent_urban"
            else _("%(revision)s, city people (thousands)")
        ) % {"revision": revision.name}
        columns[heading] = [number(given.get(year), 1) for year in years]
    return pd.DataFrame(columns)
