"""What stands in the cells of a mapped column: its texts, its numbers and its dates."""

# ruff: noqa: S608 -- names come from declarations and the reader, texts are quoted

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from ileaps_data.mapping_parts.dates import SHORT_PARTS, chosen_expression, date_expression
from ileaps_data.mapping_parts.query import PERCENT_SIGNS, number_value
from ileaps_data.mapping_parts.sql_text import cell, quoted
from ileaps_data.mapping_parts.units import NumberFacts
from ileaps_data.reading.numbers import number_expression

if TYPE_CHECKING:
    from ileaps_data.reading.dialect import Dialect
    from ileaps_data.reading.tables import RawTable

MOST_TEXTS = 50_000
"""So many different texts of one column are looked at, the most frequent first."""

_STRANGE_TEXTS = 50
_FEWEST_MONTHS = 3
_STRAY = 0.1
Verdict = Literal["certain", "as_in_other_column", "ambiguous", "mixed"]


@dataclass(frozen=True, kw_only=True)
class CellText:
    """A text of a column, how many rows hold it, and the first of them."""

    text: str
    rows: int
    first_row: int


@dataclass(frozen=True, kw_only=True)
class DateGuess:
    """How the dates of a column are written.

    Attributes:
        field: the field.
        format: the format proposed; the empty one where a person must choose.
        verdict: "certain": only this format reads them all; "as_in_other_column": they could be
            read in several ways and another column of the file shows which; "ambiguous": a
            person must choose; "mixed": some are only days first, others only months first.
        alternatives: the formats to choose from, each with the rows it reads.
        rows: cells that need a format to be read.
        unread: of those, the cells that the proposed format does not read.
        example: the first of those cells.
    """

    field: str
    format: str
    verdict: Verdict
    alternatives: tuple[tuple[str, int], ...]
    rows: int
    unread: int
    example: str


def values_query(raw: RawTable, columns: tuple[str, ...]) -> str:
    """The SQL of the cells of some columns below each other: `_row` and `v`, empty ones left out.

    Several columns are those that unpivoting joins.
    """
    if len(columns) == 1:
        items = f"_row, {cell(columns[0])} AS v"
    else:
        items = f"_row, unnest([{', '.join(map(cell, columns))}]) AS v"
    return f"SELECT * FROM (SELECT {items} FROM {raw.relation}) WHERE v IS NOT NULL"


def texts_of(raw: RawTable, columns: tuple[str, ...]) -> list[CellText]:
    """The different texts of a column, the most frequent first."""
    rows = _fetch(
        raw,
        f"SELECT v, count(*) AS n, min(_row) AS first FROM ({values_query(raw, columns)}) "
        f"GROUP BY v ORDER BY n DESC, first LIMIT {MOST_TEXTS}",
    )
    return [CellText(text=text, rows=n, first_row=first) for text, n, first in rows]


def number_facts(
    raw: RawTable, columns: tuple[str, ...], dialect: Dialect
) -> tuple[NumberFacts, list[CellText]]:
    """What the numbers of a column are, and its most frequent texts that are none."""
    number = number_value("v", dialect)
    bare = number_expression(f"regexp_replace(v, {quoted(PERCENT_SIGNS)}, '')", dialect)
    signed = f"CASE WHEN right(v, 1) IN ('%', '％') THEN {bare} END"
    cells = f"SELECT _row, v, {number} AS x, {signed} AS p FROM ({values_query(raw, columns)})"
    found = _fetch(
        raw,
        "SELECT count(*), count(coalesce(x, p)), count(p), min(x), max(x), "
        f"count(*) FILTER (x <> floor(x)) FROM ({cells})",
    )[0]
    facts = NumberFacts(
        cells=found[0],
        numbers=found[1],
        signed=found[2],
        smallest=found[3],
        largest=found[4],
        broken=found[5],
    )
    if facts.numbers == facts.cells:
        return facts, []
    strange = _fetch(
        raw,
        f"SELECT v, count(*) AS n, min(_row) AS first FROM ({cells}) "
        f"WHERE x IS NULL AND p IS NULL GROUP BY v ORDER BY n DESC, first LIMIT {_STRANGE_TEXTS}",
    )
    return facts, [CellText(text=text, rows=n, first_row=first) for text, n, first in strange]


def strange_dates(raw: RawTable, columns: tuple[str, ...], date_format: str) -> list[CellText]:
    """The most frequent texts of a column that are no dates in that format."""
    rows = _fetch(
        raw,
        f"SELECT * FROM (SELECT v, count(*) AS n, min(_row) AS first "
        f"FROM ({values_query(raw, columns)}) GROUP BY v) "
        f"WHERE {date_expression('v', date_format)} IS NULL ORDER BY n DESC, first "
        f"LIMIT {_STRANGE_TEXTS}",
    )
    return [CellText(text=text, rows=n, first_row=first) for text, n, first in rows]


def date_guess(raw: RawTable, field: str, columns: tuple[str, ...]) -> DateGuess | None:
    """How the dates of a column are written; None where no format is needed or none reads any.

    Day or month first is decided by evidence alone: texts that only one of them can read. Up to
    a tenth as many that only the other reads are taken for mistakes, more for a mixture. Where
    both read all, the person is asked, unless both give the same days.
    """
    counted = _count_dates(raw, columns)
    reads: dict[str, int] = {
        "%d/%m/%Y": counted["dmy"],
        "%m/%d/%Y": counted["mdy"],
        "%d/%m/%y": counted["dmy2"],
        "%m/%d/%y": counted["mdy2"],
        "%y/%m/%d": counted["ymd2"],
        "%Y%m": counted["ym"],
        "excel": counted["serial"],
        "buddhist": counted["buddhist"],
    }
    rest = counted["rest"]
    best = max(reads.values())
    if not rest or not best:
        return None
    alternatives = tuple((name, rows) for name, rows in reads.items() if rows == best)
    verdict: Verdict = "certain"
    fewer, more = sorted((counted["only_dmy"], counted["only_mdy"]))
    if fewer > _STRAY * more:
        verdict = "mixed"
        alternatives = tuple((name, reads[name]) for name in ("%d/%m/%Y", "%m/%d/%Y"))
    elif len(alternatives) > 1 and counted["differ"]:
        verdict = "ambiguous"
    elif alternatives[0][0] == "%Y%m" and counted["different"] < _FEWEST_MONTHS:
        # 200112 is December 2001 or 12 January 2020
        verdict = "ambiguous"
    chosen = alternatives[0][0] if verdict == "certain" else ""
    return DateGuess(
        field=field,
        format=chosen,
        verdict=verdict,
        alternatives=alternatives,
        rows=rest,
        unread=rest - reads.get(chosen, 0),
        example=counted["example"],
    )


def _count_dates(raw: RawTable, columns: tuple[str, ...]) -> dict[str, Any]:
    grouped = (
        "SELECT v, count(*) AS n, min(_row) AS first "
        f"FROM ({values_query(raw, columns)}) GROUP BY v"
    )
    rest = f"SELECT * FROM ({grouped}) WHERE {date_expression('v')} IS NULL"
    is_short = f"regexp_matches(v, {quoted(SHORT_PARTS)})"
    serial = "length(v) = 5 AND NOT contains(v, '.') AND NOT contains(v, 'e')"
    items = {
        "dmy": chosen_expression("v", "%d/%m/%Y"),
        "mdy": chosen_expression("v", "%m/%d/%Y"),
        "dmy2": f"CASE WHEN {is_short} THEN {chosen_expression('v', '%d/%m/%y')} END",
        "mdy2": f"CASE WHEN {is_short} THEN {chosen_expression('v', '%m/%d/%y')} END",
        "ymd2": f"CASE WHEN {is_short} THEN {chosen_expression('v', '%y/%m/%d')} END",
        "ym": chosen_expression("v", "%Y%m"),
        "serial": f"CASE WHEN {serial} THEN {chosen_expression('v', 'excel')} END",
        "buddhist": chosen_expression("v", "buddhist"),
    }
    read = ", ".join(f"{sql} AS {name}" for name, sql in items.items())
    differ = " OR ".join(
        f"{a} <> {b}"
        for a, b in (("dmy", "mdy"), ("dmy2", "mdy2"), ("dmy2", "ymd2"), ("mdy2", "ymd2"))
    )
    sql = (
        f"SELECT coalesce(sum(n), 0), count(*), arg_min(v, first), [{_sums(list(items))}], "
        "count(*) FILTER (dmy IS NOT NULL AND mdy IS NULL), "
        "count(*) FILTER (mdy IS NOT NULL AND dmy IS NULL), "
        f"count(*) FILTER ({differ}) FROM (SELECT *, {read} FROM ({rest}))"
    )
    total, different, example, sums, only_dmy, only_mdy, differing = _fetch(raw, sql)[0]
    return {
        **{name: int(rows) for name, rows in zip(items, sums, strict=True)},
        "rest": int(total),
        "different": different,
        "example": example or "",
        "only_dmy": only_dmy,
        "only_mdy": only_mdy,
        "differ": differing,
    }


def _sums(names: list[str]) -> str:
    return ", ".join(f"coalesce(sum(n) FILTER ({name} IS NOT NULL), 0)" for name in names)


def _fetch(raw: RawTable, sql: str) -> list[tuple[Any, ...]]:
    # a cursor of its own: others may be reading from the connection
    return raw.connection.cursor().execute(sql).fetchall()
