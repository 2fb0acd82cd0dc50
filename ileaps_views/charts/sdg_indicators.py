"""Indicators by economy, each with its status by one named method or why it has none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from ileaps_views import sdg_methods
from ileaps_views.charts.sdg_matrix import Cell, Column, matrix_figure, matrix_legend
from ileaps_views.findings import sdg
from ileaps_views.i18n import MISSING, _, number, signed
from ileaps_views.rows import records
from ileaps_views.sdg_statuses import mark, mark_codes, shown_code
from ileaps_views.sdg_words import nature_name, value_text
from ileaps_views.view import View
from ileaps_views.wording import chart_text, is_missing, one_line

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from ileaps_views.charts.sdg_matrix import Row


def indicators_matrix(
    progress: pd.DataFrame,
    series: pd.DataFrame,
    rows: Sequence[Row],
    method: str,
    mode: str,
    *,
    source: str,
    cities_only: Collection[tuple[str, str]] = (),
) -> View:
    """Draw economies by series: the status by one method, or the sign of why there is none.

    Args:
        progress: progress_table(...) of one method: `series`, `area_id`, `base_year`,
            `base_value`, `current_year`, `current_value`, `current_bound`, `current_nature`,
            `value`, `target_value`, `status`, `reason`.
        series: the series to draw, in order: `series`, `indicator`, `short_name`, `unit`.
        rows: the economies in the order to draw them.
        method: the method's id, one of sdg_methods.METHODS.
        mode: "light" or "dark".
        source: the line under the chart.
        cities_only: pairs of economy and series that have values of cities.
    """
    told = sdg_methods.method(method)
    about = {str(each["series"]): each for each in records(series)}
    names = {row.id: row.name for row in rows}
    wanted = progress["series"].isin(about) & progress["area_id"].isin(names)
    known = {
        (str(each["area_id"]), str(each["series"])): each for each in records(progress[wanted])
    }
    cells = [
        _cell(
            row,
            about[code],
            known.get((row.id, code)),
            "cities_only" if (row.id, code) in cities_only else "no_data",
        )
        for row in rows
        for code in about
    ]
    codes = [cell.code for cell in cells]
    order = {code: place for place, code in enumerate(mark_codes())}
    years = progress.loc[wanted, "current_year"].dropna()
    title = sdg.statuses_title(codes, told.name)
    return View(
        id=f"sdg-indicators-{method.replace('_', '-')}",
        title=title,
        takeaway=_("%(absent)s A click on a mark, or the boxes below, open it.")
        % {"absent": sdg.absences_sentence(codes)},
        figure=matrix_figure(
            cells,
            rows,
            [
                Column(
                    code,
                    one_line(each["indicator"]),
                    _("%(indicator)s %(name)s")
                    % {"indicator": each["indicator"], "name": each["short_name"]},
                )
                for code, each in about.items()
            ],
            mode,
        ),
        table=_table(cells, known, about, names),
        unit=_("status by %(method)s") % {"method": told.name},
        period=_("latest values of %(first)s to %(last)s")
        % {"first": int(years.min()), "last": int(years.max())}
        if len(years)
        else "",
        sources=(source,),
        alt=_("Statuses of %(economies)s economies on %(series)s series. %(title)s.")
        % {"economies": number(len(rows)), "series": number(len(about)), "title": title},
        method=told.sentences,
        notes=tuple(
            dict.fromkeys(
                _("%(sign)s %(word)s: %(why)s")
                % {"sign": mark(code).shape, "word": mark(code).word, "why": mark(code).explanation}
                for code in sorted(set(codes), key=lambda code: order.get(code, len(order)))
            )
        ),
        legend=matrix_legend(
            sorted(set(codes), key=lambda code: order.get(code, len(order))), mode
        ),
    )


def _cell(
    row: Row, series: Mapping[str, Any], progress: Mapping[str, Any] | None, absent: str
) -> Cell:
    code = absent if progress is None else shown_code(progress["status"], progress["reason"])
    lines = [
        row.name,
        _("%(indicator)s %(name)s")
        % {"indicator": series["indicator"], "name": series["short_name"]},
        mark(code).label,
    ]
    if progress is not None and not is_missing(progress["current_value"]):
        lines.append(
            _("%(value)s in %(year)s, %(nature)s")
            % {
                "value": value_text(
                    progress["current_value"], series["unit"], progress["current_bound"]
                ),
                "year": str(int(progress["current_year"])),
                "nature": nature_name(progress["current_nature"]),
            }
        )
    told = "<br>".join(chart_text(line) for line in lines)
    return Cell(row.id, str(series["series"]), code, told)


def _table(
    cells: Sequence[Cell],
    known: Mapping[tuple[str, str], Mapping[str, Any]],
    about: Mapping[str, Mapping[str, Any]],
    names: Mapping[str, str],
) -> pd.DataFrame:
    rows = []
    for cell in cells:
        series = about[cell.column]
        each = known.get((cell.row, cell.column), {})
        unit = series["unit"]
        rows.append(
            {
                _("Economy"): names[cell.row],
                _("Indicator"): one_line(series["indicator"]),
                _("Series"): one_line(series["short_name"]),
                _("Status"): mark(cell.code).label,
                _("Latest"): value_text(each.get("current_value"), unit, each.get("current_bound")),
                _("Year"): _year(each.get("current_year")),
                _("Base"): value_text(each.get("base_value"), unit),
                _("Base year"): _year(each.get("base_year")),
            }
        )
    return pd.DataFrame(rows)


def _year(value: object) -> str:
    return MISSING if is_missing(value) else str(int(float(str(value))))


def statuses_by_method(
    place: str, series: Mapping[str, Any], progress: Sequence[Mapping[str, Any]], as_of: int
) -> View:
    """Put the statuses of one series of one economy by every method side by side.

    Args:
        place: the economy's name.
        series: the row of sdg_series.
        progress: the rows of progress_table(...), one a method.
        as_of: the year in which the page is read.
    """
    unit = one_line(series["unit"])
    codes = [shown_code(each["status"], each["reason"]) for each in progress]
    names = {str(each["method"]): sdg_methods.method(str(each["method"])) for each in progress}
    words = [
        _("%(status)s (%(method)s)")
        % {"status": mark(code).word, "method": names[str(each["method"])].name}
        for each, code in zip(progress, codes, strict=True)
    ]
    agreed = len({mark(code).word for code in codes}) == 1
    if not progress:
        title = _("%(place)s has no total to judge") % {"place": place}
    elif agreed:
        title = _("The methods agree: %(status)s") % {"status": mark(codes[0]).word}
    else:
        title = _("The methods give: %(statuses)s") % {"statuses": "; ".join(words)}
    reasons = dict.fromkeys(mark(code).explanation for code in codes if mark(code).tone == "none")
    return View(
        id="sdg-methods",
        title=title,
        takeaway=" ".join([*reasons, _age(progress, as_of), _straight(series)]).strip(),
        table=pd.DataFrame(
            [
                _method_row(each, names[str(each["method"])].name, code, unit)
                for each, code in zip(progress, codes, strict=True)
            ]
        ),
        unit=unit,
        period=_("base year to latest year, as in the table"),
    )


def _method_row(row: Mapping[str, Any], name: str, code: str, unit: str) -> dict[str, str]:
    base = value_text(row["base_value"], unit, row.get("base_bound"))
    if row.get("base_interpolated") is True:
        base = _("%(value)s, put between two years") % {"value": base}
    return {
        _("Method"): name,
        _("Status"): mark(code).label,
        _("Result"): _result(row),
        _("Base"): _dated(base, row["base_year"]),
        _("Latest"): _dated(
            value_text(row["current_value"], unit, row["current_bound"]), row["current_year"]
        ),
        _("Observed a year"): _rate(row["observed_cagr"]),
        _("Needed a year"): _rate(row["required_cagr"]),
        _("Straight line"): number(_given(row["linear_ratio"]), 2),
    }


def _result(row: Mapping[str, Any]) -> str:
    value = _given(row["value"])
    if value is None:
        return MISSING
    if row["method"] == "after_escap":
        return _("index %(value)s, expected %(expected)s") % {
            "value": signed(value, 2),
            "expected": number(_given(row.get("expected")), 2),
        }
    if is_missing(row["target_value"]):
        return _("%(value)s%% a year in the desired direction") % {"value": signed(100 * value, 2)}
    return _("%(value)s of the pace needed") % {"value": signed(value, 2)}


def _given(value: object) -> float | None:
    return None if is_missing(value) else float(str(value))


def _rate(value: object) -> str:
    given = _given(value)
    return MISSING if given is None else _("%(rate)s%%") % {"rate": signed(100 * given, 2)}


def _dated(text: str, year: object) -> str:
    if text == MISSING or is_missing(year):
        return text
    return _("%(value)s (%(year)s)") % {"value": text, "year": _year(year)}


def _age(progress: Sequence[Mapping[str, Any]], as_of: int) -> str:
    years = [
        float(each["current_year"]) for each in progress if not is_missing(each["current_year"])
    ]
    if not years:
        return ""
    return _("Judged on data up to %(year)s, read in %(now)s.") % {
        "year": str(int(max(years))),
        "now": str(as_of),
    }


def _straight(series: Mapping[str, Any]) -> str:
    target = _given(series["target_value"])
    if target is None:
        return _("The goal's text gives no number to reach, so no distance to a target is judged.")
    if target == 0:
        return _(
            "A target of zero cannot be reached at a constant rate, so these rates judge harshly: "
            "the last column gives the pace on a straight line, 1 being enough."
        )
    return _("The last column gives the pace on a straight line, 1 being enough.")


def method_paragraphs() -> tuple[tuple[str, str], ...]:
    """Return every method's name with its formula, thresholds and origin in one paragraph."""
    return tuple(
        (each.name, each.sentences) for each in map(sdg_methods.method, sdg_methods.METHODS)
    )
