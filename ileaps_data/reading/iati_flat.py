"""Reads the flat CSV of IATI's Datastore, where that is possible without guessing.

The Datastore flattens an activity's results to parallel lists, one cell a list; which value
belongs to which indicator is lost when their lengths differ. Such a file is refused, naming the
row and the lengths; the XML of the same activities has the nesting.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ileaps_data.reading.errors import FileRefusedError
from ileaps_data.reading.iati import Figure, IatiIndicator, Period, year_or_day
from ileaps_data.reading.tables import Problem

if TYPE_CHECKING:
    from ileaps_data.reading.tables import RawTable

_PREFIX = "result_indicator_"
_KNOWN = {
    "iati_identifier": "activity",
    "result_type": "result_type",
    "result_title_narrative": "result_title",
    f"{_PREFIX}measure": "measure",
    f"{_PREFIX}ascending": "ascending",
    f"{_PREFIX}aggregation_status": "aggregation_status",
    f"{_PREFIX}title_narrative": "title",
    f"{_PREFIX}reference_code": "sdg",
    f"{_PREFIX}reference_vocabulary": "sdg_vocabulary",
    f"{_PREFIX}baseline_year": "baseline_year",
    f"{_PREFIX}baseline_iso_date": "baseline_date",
    f"{_PREFIX}baseline_value": "baseline",
    f"{_PREFIX}period_period_start_iso_date": "start",
    f"{_PREFIX}period_period_end_iso_date": "end",
    f"{_PREFIX}period_target_value": "target",
    f"{_PREFIX}period_actual_value": "actual",
    f"{_PREFIX}period_actual_location_ref": "location",
    f"{_PREFIX}period_actual_dimension_name": "dimension_name",
    f"{_PREFIX}period_actual_dimension_value": "dimension_value",
    f"{_PREFIX}period_actual_comment_narrative": "comment",
}
_NEEDED = {"activity", "title", "end", "actual"}
_TEXTS = {"title", "comment", "result_title"}
_UNESCAPED_COMMA = re.compile(r"(?<!\\),")


def is_flat(columns: tuple[str, ...]) -> bool:
    """Whether a header is that of the Datastore's flat file.

    >>> is_flat(("iati_identifier", "result_indicator_period_actual_value"))
    True
    """
    names = {column.strip().lower() for column in columns}
    return "iati_identifier" in names and any(name.startswith(_PREFIX) for name in names)


def read_flat(table: RawTable) -> tuple[list[IatiIndicator], list[Problem]]:
    """The indicators of a flat file, and a notice for every row whose lists were paired by place.

    Raises:
        FileRefusedError: a column is missing, or the lists of a row differ in length.
    """
    places = {
        _KNOWN[column.strip().lower()]: place
        for place, column in enumerate(table.columns)
        if column.strip().lower() in _KNOWN
    }
    missing = sorted(_NEEDED - places.keys())
    if missing:
        raise FileRefusedError(
            "iati_columns_missing",
            f"The Datastore file lacks what ties values to indicators: {', '.join(missing)}.",
            fix="Download the activities as XML, or with all result columns.",
            missing=missing,
        )
    rows = table.connection.execute(
        f"SELECT * FROM {table.relation} ORDER BY _row"  # noqa: S608 - a name given by us
    ).fetchall()
    indicators: list[IatiIndicator] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for number, *cells in rows:
        named = {name: (cells[place] or "").strip() for name, place in places.items()}
        length, lists = _lists(named, int(number))
        if length > 1:
            problems.append(
                Problem(
                    code="iati_flat_paired",
                    severity="notice",
                    row=int(number),
                    value=named["activity"],
                    parameters={"figures": length},
                )
            )
        for at in range(length):
            one = {
                name: values[at] if len(values) == length else "" for name, values in lists.items()
            }
            place = seen.get(named["activity"], 0) + 1
            seen[named["activity"]] = place
            indicators.append(_indicator(named["activity"], place, int(number), one))
    return indicators, problems


def _lists(named: dict[str, str], row: int) -> tuple[int, dict[str, list[str]]]:
    """The cells of a row as lists of one length; empty cells are empty lists."""
    lists = {
        name: [part.replace("\\,", ",").strip() for part in _UNESCAPED_COMMA.split(text)]
        for name, text in named.items()
        if name != "activity" and text
    }
    figures = {name: len(values) for name, values in lists.items() if name not in _TEXTS}
    if figures and max(figures.values()) == 1:
        # commas of sentences, when nothing else is a list
        lists |= {name: [named[name]] for name in _TEXTS & lists.keys()}
    lengths = {name: len(values) for name, values in lists.items() if name != "result_title"}
    # one result with several indicators leaves one type for all of them
    listed = {length for name, length in lengths.items() if name != "result_type"}
    length = max(listed, default=0)
    if len(listed) > 1 or lengths.get("result_type", 1) not in {1, length}:
        raise FileRefusedError(
            "iati_ambiguous",
            "The Datastore's flat file does not say which value belongs to which indicator: "
            + ", ".join(f"{name} {count}" for name, count in sorted(lengths.items())),
            where=f"row {row}",
            fix="Download the same activities as XML (IATI 2.03) and send that.",
            row=row,
            lengths=lengths,
        )
    if lengths.get("result_type") == 1:
        lists["result_type"] *= length
    return length, {name: lists.get(name, []) for name in _KNOWN.values() if name != "activity"}


def _indicator(activity: str, place: int, row: int, one: dict[str, str]) -> IatiIndicator:
    dimension = [(one["dimension_name"], one["dimension_value"])] if one["dimension_name"] else []
    actual = Figure(
        value=one["actual"],
        location=one["location"],
        dimensions=dimension,
        comment=one["comment"],
        line=row,
    )
    baseline = Figure(
        value=one["baseline"],
        date=year_or_day(one["baseline_date"], one["baseline_year"]),
        line=row,
    )
    target = Figure(value=one["target"], line=row)
    return IatiIndicator(
        activity=activity,
        place=str(place),
        line=row,
        result_type=one["result_type"],
        aggregation_status=one["aggregation_status"],
        measure=one["measure"],
        ascending=one["ascending"],
        title=one["title"],
        sdg_indicator=one["sdg"] if one["sdg_vocabulary"] in {"", "9"} else "",
        baselines=[baseline] if baseline.value else [],
        periods=[
            Period(
                start=year_or_day(one["start"], ""),
                end=year_or_day(one["end"], ""),
                targets=[target] if target.value else [],
                actuals=[actual] if actual.value else [],
            )
        ],
    )
