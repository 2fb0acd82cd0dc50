"""Goals by economy, rated by SDSN's method, and the figures behind one goal of one economy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from ileaps_views import sdg_methods
from ileaps_views.charts.sdg_matrix import Cell, Column, Row, matrix_figure, matrix_legend
from ileaps_views.findings import sdg
from ileaps_views.i18n import MISSING, _, number
from ileaps_views.rows import records
from ileaps_views.sdg_statuses import mark
from ileaps_views.sdg_words import GOALS, goal_name, numbered_goal, value_text
from ileaps_views.view import View
from ileaps_views.wording import chart_text, is_missing, one_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_TRENDS: Final = ("on_track", "moderately_improving", "stagnating", "decreasing")


def goals_matrix(
    goals: pd.DataFrame,
    rows: Sequence[Row],
    mode: str,
    *,
    edition: str,
    source: str,
    agreement: tuple[int, int],
) -> View:
    """Draw economies by the 17 goals: rating by shape and colour, trend as an arrow in it.

    Args:
        goals: `iso3`, `goal`, `score`, `rating` (missing: too few indicators), `trend`, `n`
            (indicators with a value) and `n_all`.
        rows: the economies in the order to draw them; those without figures stay empty.
        mode: "light" or "dark".
        edition: the report's year.
        source: the line under the chart.
        agreement: how many of the ratings equal the published ones, of how many.
    """
    names = {row.id: row.name for row in rows}
    shown = goals[goals["iso3"].isin(names)]
    cells = {
        (one_line(each["iso3"]), str(each["goal"])): _cell(each, names) for each in records(shown)
    }
    empty = [
        Cell(row.id, str(goal), "no_data", _told(row.name, goal, mark("no_data").word))
        for row in rows
        for goal in GOALS
        if (row.id, str(goal)) not in cells
    ]
    columns = [Column(str(goal), str(goal), numbered_goal(goal)) for goal in GOALS]
    rated = {
        goal: [str(code) for code in shown.loc[shown["goal"].eq(goal), "rating"].dropna()]
        for goal in GOALS
    }
    method = sdg_methods.method("sdsn")
    uncovered = sorted({row.name for row in rows} - {names[iso3] for iso3, _goal in cells})
    codes = [cell.code for cell in cells.values()]
    return View(
        id="sdg-goals",
        title=sdg.goals_title(rated),
        takeaway=sdg.goals_takeaway(rated),
        figure=matrix_figure([*cells.values(), *empty], rows, columns, mode),
        table=_goal_table(shown, names),
        unit=_("rating of a goal"),
        period=_("edition of %(edition)s; each indicator's year is beside its value")
        % {"edition": edition},
        sources=(source,),
        alt=_("Ratings of %(economies)s economies on 17 goals. %(title)s.")
        % {"economies": number(len(names) - len(uncovered)), "title": sdg.goals_title(rated)},
        method=method.sentences,
        notes=(
            *(
                (_("Not covered by the report: %(names)s.") % {"names": ", ".join(uncovered)},)
                if uncovered
                else ()
            ),
            _("%(same)s of %(all)s ratings computed here equal the published ones.")
            % {"same": number(agreement[0]), "all": number(agreement[1])},
            _("An edition of its own: its years and indicators are not those of the other parts."),
        ),
        legend=(
            *matrix_legend(
                [c for c in ("green", "yellow", "orange", "red", "grey") if c in codes], mode
            ),
            *matrix_legend(_TRENDS, mode),
            *(matrix_legend(["no_data"], mode) if empty else ()),
        ),
    )


def _cell(row: Mapping[str, object], names: Mapping[str, str]) -> Cell:
    code = "grey" if is_missing(row["rating"]) else one_line(row["rating"])
    trend = "no_trend" if is_missing(row["trend"]) else one_line(row["trend"])
    goal = int(str(row["goal"]))
    iso3 = one_line(row["iso3"])
    told = _told(
        names[iso3],
        goal,
        _("%(rating)s, score %(score)s")
        % {"rating": mark(code).label, "score": number(_float(row["score"]), 1)},
        mark(trend).label,
    )
    glyph = "" if trend == "no_trend" else mark(trend).shape
    return Cell(iso3, str(goal), code, told, glyph)


def _told(name: str, goal: int, *lines: str) -> str:
    return "<br>".join(chart_text(line) for line in (name, numbered_goal(goal), *lines))


def _float(value: object) -> float | None:
    return None if is_missing(value) else float(str(value))


def _goal_table(goals: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    ordered = goals.sort_values(["iso3", "goal"])
    return pd.DataFrame(
        {
            _("Economy"): [names[str(iso3)] for iso3 in ordered["iso3"]],
            _("Goal"): [int(goal) for goal in ordered["goal"]],
            _("Score"): [number(score, 1) for score in ordered["score"]],
            _("Rating"): [
                mark("grey" if is_missing(code) else code).word for code in ordered["rating"]
            ],
            _("Trend"): [
                mark("no_trend" if is_missing(code) else code).word for code in ordered["trend"]
            ],
            _("Indicators"): [
                _("%(n)s of %(all)s") % {"n": number(n), "all": number(n_all)}
                for n, n_all in zip(ordered["n"], ordered["n_all"], strict=True)
            ],
        }
    )


def goal_panel(
    place: str,
    goal: int,
    summary: Mapping[str, object] | None,
    indicators: pd.DataFrame,
    *,
    source: str,
) -> View:
    """List the indicators behind one goal of one economy: value, year, source, thresholds.

    Args:
        place: the economy's name.
        goal: 1 to 17.
        summary: `score`, `rating` and `trend` of the goal; None where it has none.
        indicators: `name`, `unit`, `value`, `year`, `year_from` ("stated", "yearly", "later" or
            empty), `imputed`, `score`, `rating`, `trend`, `best`, `worst`, `green`, `red`,
            `source`; a missing value stays a row.
        source: the line of the report.
    """
    words = {"place": place, "goal": numbered_goal(goal)}
    if summary is None:
        title = _("%(place)s: no score for goal %(goal)s") % words
    else:
        code = "grey" if is_missing(summary["rating"]) else one_line(summary["rating"])
        words |= {"rating": mark(code).label, "score": number(_float(summary["score"]), 1)}
        title = _("%(place)s, goal %(goal)s: %(rating)s, score %(score)s of 100") % words
    known = indicators[indicators["value"].notna()]
    method = sdg_methods.method("sdsn")
    return View(
        id="sdg-goal",
        title=title,
        takeaway=_panel_takeaway(goal, summary, known, len(indicators)),
        table=_indicator_table(indicators),
        unit=_("each indicator in its own unit"),
        period=_("years as in the table"),
        sources=(source,),
        method=method.sentences,
    )


def _panel_takeaway(
    goal: int, summary: Mapping[str, object] | None, known: pd.DataFrame, n_all: int
) -> str:
    words = {"n": number(len(known)), "all": number(n_all), "goal": goal_name(goal)}
    text = _("%(n)s of %(all)s indicators of this goal have a value.") % words
    if summary is None or known.empty:
        return text
    trend = "no_trend" if is_missing(summary["trend"]) else one_line(summary["trend"])
    worst = known.sort_values(["score", "name"]).head(2)
    return _("%(text)s Lowest scores: %(worst)s. Published trend of the goal: %(trend)s.") % {
        "text": text,
        "worst": "; ".join(
            _("%(name)s %(score)s") % {"name": one_line(name), "score": number(float(score), 1)}
            for name, score in zip(worst["name"], worst["score"], strict=True)
        ),
        "trend": mark(trend).label,
    }


def _indicator_table(indicators: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for each in records(indicators):
        given = not is_missing(each["value"])
        unit = _short_unit(each["unit"])
        code = "no_data" if is_missing(each["rating"]) else one_line(each["rating"])
        trend = "no_trend" if is_missing(each["trend"]) else one_line(each["trend"])
        year = _("year not stated") if is_missing(each["year"]) else str(int(each["year"]))
        rows.append(
            {
                _("Indicator"): one_line(each["name"]),
                _("Value"): value_text(each["value"], unit),
                _("Year"): _dated(year, each) if given else MISSING,
                _("Rating"): mark(code).label,
                _("Trend"): mark(trend).label if given else MISSING,
                _("Score"): number(_float(each["score"]), 1),
                _("Green from · red from"): _("%(green)s · %(red)s")
                % {
                    "green": value_text(each["green"]),
                    "red": value_text(each["red"]),
                },
                _("Worst · best"): _("%(worst)s · %(best)s")
                % {"worst": value_text(each["worst"]), "best": value_text(each["best"])},
                _("Source"): one_line(each["source"]),
            }
        )
    return pd.DataFrame(rows)


def _dated(year: str, row: Mapping[str, object]) -> str:
    if row["imputed"]:
        return _("%(year)s, imputed") % {"year": year}
    sentences = {
        "yearly": _("%(year)s, by the report's yearly values"),
        "later": _("%(year)s, by the same value in the next edition"),
    }
    if row["year_from"] in sentences:
        return sentences[str(row["year_from"])] % {"year": year}
    return year


def _short_unit(unit: object) -> str:
    text = one_line(unit)
    return "percent" if text.startswith("%") else ""
