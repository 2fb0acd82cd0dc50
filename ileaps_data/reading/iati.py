"""IATI results as rows of the project's indicators and observations.

IATI states no unit for measure 1, no source and no pilot of ours: those columns are the
activity's identifier, or empty, and the mapping fills them. What IATI leaves open and a row
needs is a notice: a direction inferred from baseline and target, an aggregation assumed.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from ileaps_data.programme_tables import INDICATORS, OBSERVATIONS
from ileaps_data.reading.tables import Problem, RawTable, keep_problems

if TYPE_CHECKING:
    import duckdb

MEASURES = {"1": "unit", "2": "percentage"}
NOT_QUANTIFIED = {"3": "nominal", "4": "ordinal", "5": "qualitative"}
LEVELS = {"1": "output", "2": "outcome", "3": "impact", "9": "context"}
SDG_VOCABULARY = "9"

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(kw_only=True)
class Figure:
    """A value with what it speaks of: baseline, target or actual."""

    value: str = ""
    date: str = ""
    location: str = ""
    dimensions: list[tuple[str, str]] = field(default_factory=list)
    comment: str = ""
    line: int = 0

    @property
    def part(self) -> str:
        """The part of the whole it speaks of, as text; empty for the whole."""
        parts = [f"{name}={value}" for name, value in self.dimensions]
        return "; ".join([*parts, *([f"location={self.location}"] if self.location else [])])


@dataclass(kw_only=True)
class Period:
    """A reporting period with its targets and actual values."""

    start: str = ""
    end: str = ""
    targets: list[Figure] = field(default_factory=list)
    actuals: list[Figure] = field(default_factory=list)


@dataclass(kw_only=True)
class IatiIndicator:
    """One indicator of one result of one activity."""

    activity: str
    place: str
    line: int
    result_type: str = ""
    aggregation_status: str = ""
    measure: str = ""
    ascending: str = ""
    title: str = ""
    description: str = ""
    sdg_indicator: str = ""
    baselines: list[Figure] = field(default_factory=list)
    periods: list[Period] = field(default_factory=list)


class _Rows:
    """Collects rows and problems of the two tables."""

    def __init__(self) -> None:
        self.indicators: list[dict[str, str | int]] = []
        self.observations: list[dict[str, str | int]] = []
        self.problems: list[Problem] = []
        self._numbers: Counter[str] = Counter()

    def notice(self, code: str, line: int, column: str, value: str, **parameters: str) -> None:
        self.problems.append(
            Problem(
                code=code,
                severity="notice",
                row=line,
                column=column,
                value=value,
                parameters=parameters,
            )
        )

    def add(self, one: IatiIndicator) -> None:
        name = f"{one.activity}/{one.place}"
        if one.measure in NOT_QUANTIFIED:
            values = [f.value or f.comment for p in one.periods for f in p.actuals]
            self.notice(
                "iati_not_quantified",
                one.line,
                "measure",
                one.title,
                measure=NOT_QUANTIFIED[one.measure],
                indicator=name,
                values="; ".join(value for value in values if value),
            )
            return
        baseline = self._whole(one.baselines, "iati_baseline_of_a_part", name)
        target, target_on = self._target(one, name)
        ascending = self._ascending(one, baseline, target)
        self.indicators.append(
            {
                "_row": one.line,
                "indicator_id": name,
                "pilot_id": one.activity,
                "name": one.title,
                "unit": "percent" if one.measure == "2" else "",
                "measure": MEASURES.get(one.measure, one.measure),
                "ascending": ascending,
                "aggregation": self._aggregation(one),
                "result_level": self._level(one),
                "sdg_target": ".".join(one.sdg_indicator.split(".")[:2]),
                "baseline_value": baseline.value,
                "baseline_on": baseline.date,
                "target_value": target.value,
                "target_on": target_on,
                "note": " ".join(t for t in (one.description, baseline.comment) if t),
            }
        )
        for period in one.periods:
            for figure in period.actuals:
                self._observe(one, name, period, figure)

    def _observe(self, one: IatiIndicator, name: str, period: Period, figure: Figure) -> None:
        part = figure.part
        number = ".".join(t for t in (name, period.end or "undated", part) if t)
        same = self._numbers[number]
        self._numbers[number] += 1
        self.observations.append(
            {
                "_row": figure.line,
                "observation_id": f"{number}.{same + 1}" if same else number,
                "pilot_id": one.activity,
                "indicator_id": name,
                "period_start": period.start,
                "period_end": period.end,
                "value": figure.value,
                "qualifier": "exact",
                "value_kind": "reported",
                "group": "context" if one.result_type == "9" else "pilot",
                "disaggregation": part,
                "note": figure.comment,
            }
        )

    def _whole(self, figures: list[Figure], code: str, name: str) -> Figure:
        """The figure of the whole; those of parts are told."""
        for figure in figures:
            if figure.part:
                self.notice(code, figure.line, "", figure.value, part=figure.part, indicator=name)
        return next((figure for figure in figures if not figure.part), Figure())

    def _target(self, one: IatiIndicator, name: str) -> tuple[Figure, str]:
        """The last period's target of the whole; earlier ones are milestones and told."""
        found: list[tuple[str, Figure]] = []
        for period in one.periods:
            whole = self._whole(period.targets, "iati_target_of_a_part", name)
            if whole.value:
                found.append((period.end, whole))
        found.sort(key=lambda pair: pair[0])
        for end, figure in found[:-1]:
            self.notice(
                "iati_milestone", figure.line, "target_value", figure.value, on=end, indicator=name
            )
        return (found[-1][1], found[-1][0]) if found else (Figure(), "")

    def _ascending(self, one: IatiIndicator, baseline: Figure, target: Figure) -> str:
        given = one.ascending.strip().lower()
        if given in {"true", "1"}:
            return "true"
        if given in {"false", "0"}:
            return "false"
        if given:
            return one.ascending
        try:
            difference = float(target.value) - float(baseline.value)
        except ValueError:
            difference = 0.0
        if difference > 0 or difference < 0:
            inferred = "true" if difference > 0 else "false"
            self.notice(
                "iati_ascending_inferred",
                one.line,
                "ascending",
                inferred,
                baseline=baseline.value,
                target=target.value,
            )
            return inferred
        self.notice("iati_no_direction", one.line, "ascending", "")
        return ""

    def _aggregation(self, one: IatiIndicator) -> str:
        summed = one.aggregation_status.strip().lower() in {"true", "1"}
        if summed and one.measure == "1":
            return "flow"
        if not one.aggregation_status:
            self.notice("iati_aggregation_assumed", one.line, "aggregation", "level")
        return "level"

    def _level(self, one: IatiIndicator) -> str:
        if one.result_type == "9":
            self.notice("iati_result_type_other", one.line, "result_level", "context")
        return LEVELS.get(one.result_type, one.result_type)


def load_indicators(
    connection: duckdb.DuckDBPyConnection,
    indicators: list[IatiIndicator],
    *,
    row_numbers_from: str,
    problems: list[Problem] | None = None,
) -> dict[str, RawTable]:
    """The two tables, each with the project's column names as headers."""
    rows = _Rows()
    for one in indicators:
        rows.add(one)
    tables: dict[str, RawTable] = {}
    told = {"indicators": [*(problems or []), *rows.problems], "observations": []}
    for name, found, declared in (
        ("indicators", rows.indicators, INDICATORS),
        ("observations", rows.observations, OBSERVATIONS),
    ):
        complete = [{**dict.fromkeys(declared.columns, ""), **row} for row in found]
        frame = pd.DataFrame(complete, columns=["_row", *declared.columns], dtype="object")
        frame = frame.astype({"_row": "int64"})
        cells = ", ".join(
            f"CAST(nullif(\"{column}\", '') AS VARCHAR) AS c{place}"
            for place, column in enumerate(declared.columns)
        )
        connection.register("rows", frame)
        connection.execute(f"CREATE TABLE {name} AS SELECT _row, {cells} FROM rows")  # noqa: S608
        connection.unregister("rows")
        tables[name] = RawTable(
            connection=connection,
            relation=name,
            columns=tuple(declared.columns),
            rows=len(frame),
            header_row=0,
            problem_relation=keep_problems(connection, name, told[name]),
            row_numbers_from=row_numbers_from,
        )
    return tables


def year_or_day(iso_date: str, year: str) -> str:
    """A baseline's date: the day where it is given, else the year.

    >>> year_or_day("2012-01-01Z", "2012"), year_or_day("", "2012")
    ('2012-01-01', '2012')
    """
    match = _DAY.match(iso_date.strip())
    return match.group() if match else year.strip()
