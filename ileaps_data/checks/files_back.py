"""The same file back, with a column that says what is wrong with each row."""

# ruff: noqa: S608 -- table and column names come from declarations, values are quoted

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook  # type: ignore[import-untyped, unused-ignore]
from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped, unused-ignore]
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # type: ignore[import-untyped, unused-ignore]
from openpyxl.styles import Font, PatternFill  # type: ignore[import-untyped, unused-ignore]

from ileaps_data.checks.rules import CELL_CODES, sentence
from ileaps_data.problem_texts import TEXTS
from ileaps_data.publishing.columns import quoted, text_literal

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator
    from typing import BinaryIO

    import duckdb

    from ileaps_data.checks.hits import Hits
    from ileaps_data.reading.tables import RawTable

ERRORS = "errors"
SHEET_ROWS = 1_048_576
CELL_CHARACTERS = 32_767
_AT_ONCE = 10_000
_FIELD = re.compile(r"%\((\w+)\)s")
_NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d+)?")
_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
_FILLS = {"error": "FFC7CE", "warning": "FFEB9C", "notice": "DDEBF7"}
_SIGNS = ("=", "@", "+", "-", "\t", "\r")
_RANK = ("error", "warning", "notice")

Row = tuple[int, list[str | None], str, dict[int, str]]
"""The row's number, its cells, what is wrong, and the severity of each cell concerned."""


def plain_cell(sql: str) -> str:
    """The SQL of a text that no spreadsheet takes for a formula; numbers stay as they are."""
    begins = f"left({sql}, 1)"
    signs = "'=', '@', '＝', '＠', chr(9), chr(13)"
    number = f"regexp_full_match({sql}, '[+-][0-9.,][0-9., '']*([eE][+-]?[0-9]+)?%?')"
    formula = f"{begins} IN ({signs}) OR ({begins} IN ('+', '-') AND NOT {number})"
    return f"CASE WHEN {formula} THEN '''' || {sql} ELSE {sql} END"


def write_csv(stream: BinaryIO, hits: Hits, raw: RawTable) -> None:
    """Write a table and its column of errors to a binary stream."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="", write_through=True)
    try:
        dialect = hits.typed.mapped.dialect
        writer = csv.writer(text, delimiter=dialect.delimiter or ",", lineterminator="\r\n")
        kept = _kept(raw)
        writer.writerow([*(_plain(raw.columns[place]) for place in kept), ERRORS])
        for _, cells, wrong, _ in _rows(hits, raw, plain=True):
            writer.writerow([*cells, _plain(wrong)])
    finally:
        text.detach()


def write_xlsx(path: str | os.PathLike[str], tables: list[tuple[str, Hits, RawTable]]) -> None:
    """Write tables, a sheet each, with their columns of errors and the cells marked.

    Raises:
        ValueError: a table is longer than a sheet.
    """
    for name, _, raw in tables:
        if raw.rows + raw.set_aside + 1 > SHEET_ROWS:
            raise ValueError(
                f"{name} has {raw.rows + raw.set_aside:,} rows; a sheet holds {SHEET_ROWS - 1:,}. "
                "Take the CSV instead."
            )
    book = Workbook(write_only=True)
    for name, hits, raw in tables:
        sheet = book.create_sheet(_SHEET_NAME.sub(" ", name)[:31])
        sheet.freeze_panes = "A2"
        kept = _kept(raw)
        titles = [_cell(sheet, raw.columns[place], numbers=False) for place in kept]
        titles.append(_cell(sheet, ERRORS, numbers=False))
        for title in titles:
            title.font = Font(bold=True)
        sheet.append(titles)
        numbers = hits.typed.mapped.dialect.format == "xlsx"
        fills = {name: PatternFill("solid", fgColor=color) for name, color in _FILLS.items()}
        for _, cells, wrong, marks in _rows(hits, raw, plain=False):
            line = [_cell(sheet, cell, numbers=numbers) for cell in cells]
            for place, severity in marks.items():
                line[place].fill = fills[severity]
            if wrong:
                line.append(_cell(sheet, wrong, numbers=False))
            sheet.append(line)
    book.save(path)


def _cell(sheet: Any, text: str | None, *, numbers: bool) -> Any:  # noqa: ANN401 -- openpyxl publishes none
    if text is None:
        return WriteOnlyCell(sheet, None)
    if numbers and _NUMBER.fullmatch(text):
        return WriteOnlyCell(sheet, float(text))
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text)[:CELL_CHARACTERS])
    # a text stays a text, whatever it begins with
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


def _plain(text: str) -> str:
    return f"'{text}" if text[:1] in _SIGNS else text


def _kept(raw: RawTable) -> list[int]:
    """The places of the file's columns, without those of an earlier file with errors."""
    return [place for place, header in enumerate(raw.columns) if header != ERRORS]


def _rows(hits: Hits, raw: RawTable, *, plain: bool) -> Iterator[Row]:
    """All rows of the file in order, those that could not be read among them."""
    connection = hits.typed.connection
    told = f"{hits.name}_told"
    connection.execute(f"CREATE OR REPLACE TABLE {told} AS {_told(hits, raw)}")
    kept = _kept(raw)
    places = {raw.columns[place]: at for at, place in reversed(list(enumerate(kept)))}
    names = [f"c{place}" for place in kept]
    cells = ", ".join(f"{plain_cell(n)} AS {n}" if plain else n for n in names)
    try:
        rows = connection.cursor().execute(f"SELECT _row, {cells} FROM {raw.relation}")
        problems = _Problems(connection, told, places)
        for number, *values in _fetched(rows):
            for lost, text, wrong in problems.lost_before(number):
                yield _lost_row(lost, text, wrong, len(names), plain=plain)
            wrong, marks = problems.of(number)
            yield number, values, wrong, marks
        for lost, text, wrong in problems.lost_before(None):
            yield _lost_row(lost, text, wrong, len(names), plain=plain)
    finally:
        connection.execute(f"DROP TABLE IF EXISTS {told}")


def _lost_row(row: int, text: str, wrong: str, width: int, *, plain: bool) -> Row:
    return row, [_plain(text) if plain else text, *[None] * (width - 1)], wrong, {0: "error"}


def _fetched(cursor: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while some := cursor.fetchmany(_AT_ONCE):
        yield from some


class _Problems:
    """What is told of each row, in the order of rows."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, told: str, places: dict[str, int]
    ) -> None:
        self._places = places
        self._told = _fetched(
            connection.cursor().execute(
                "SELECT row, list(text ORDER BY rank, text), list(headers ORDER BY rank, text), "
                "list(rank ORDER BY rank, text), any_value(lost) FILTER (lost IS NOT NULL) "
                f"FROM (SELECT DISTINCT * FROM {told}) GROUP BY row ORDER BY row"
            )
        )
        self._next = next(self._told, None)

    def lost_before(self, number: int | None) -> Iterator[tuple[int, str, str]]:
        """Rows that could not be read and stand before a row of the table, or at the end."""
        while self._next is not None and (number is None or self._next[0] < number):
            row, texts, _, _, lost = self._next
            self._next = next(self._told, None)
            if lost is not None:
                yield row, lost, " ".join(texts)

    def of(self, number: int) -> tuple[str, dict[int, str]]:
        """What is told of a row of the table, and which of its cells are concerned."""
        if self._next is None or self._next[0] != number:
            return "", {}
        _, texts, headers, ranks, _ = self._next
        self._next = next(self._told, None)
        marks: dict[int, str] = {}
        for some, rank in zip(headers, ranks, strict=True):
            for header in some:
                if header in self._places:
                    marks.setdefault(self._places[header], _RANK[rank])
        return " ".join(texts), marks


def _told(hits: Hits, raw: RawTable) -> str:
    """The SELECT of every problem of a row: row, text, headers, rank, text of a lost row."""
    typed = hits.typed
    headers = typed.mapped.headers
    parts = []
    for number in hits.counts():
        rule = hits.rules[number]
        named = {"value": rule.value, "column": text_literal(headers.get(rule.field, rule.field))}
        wrong = sentence(TEXTS[rule.code].wrong, {**named, **rule.parameters})
        where = text_literal(f"{headers.get(rule.field, rule.field)}: ") if rule.field else "''"
        concerned = [headers[name] for name in (rule.field, *rule.also) if name in headers]
        marked = ", ".join(map(text_literal, concerned))
        parts.append(
            f"SELECT c._row AS row, {where} || {wrong} AS text, "
            f"CAST([{marked}] AS VARCHAR[]) AS headers, "
            f"{_RANK.index(rule.severity)} AS rank, CAST(NULL AS VARCHAR) AS lost "
            f"FROM {typed.name} AS c JOIN {hits.name} AS h ON c.rowid = h.place {hits.joins} "
            f"WHERE h.rule = {number}"
        )
    used = ", ".join(map(text_literal, ["", *headers.values()]))
    for code in raw.problem_counts:
        # those of used columns are hits of their rows
        other = f'AND p."column" NOT IN ({used})' if code in CELL_CODES else ""
        wrong = TEXTS[code].wrong
        given = {name: f"p.parameters ->> {text_literal(name)}" for name in _FIELD.findall(wrong)}
        given |= {"value": "p.value", "column": f"p.{quoted('column')}"}
        rank = "1" if code in CELL_CODES else "CASE p.severity WHEN 'error' THEN 0 ELSE 2 END"
        unread = f"p.severity = 'error' AND p.row NOT IN (SELECT _row FROM {raw.relation})"
        parts.append(
            f"SELECT p.row, coalesce(p.\"column\" || ': ', '') || {sentence(wrong, given)}, "
            f"CAST([] AS VARCHAR[]), {rank}, "
            f"CASE WHEN {unread} THEN coalesce(p.value, '') END FROM {raw.problem_relation} AS p "
            f"WHERE p.code = {text_literal(code)} AND p.row > {raw.header_row} {other}"
        )
    empty = (
        "SELECT CAST(NULL AS BIGINT) AS row, '' AS text, CAST([] AS VARCHAR[]) AS headers, "
        "0 AS rank, CAST(NULL AS VARCHAR) AS lost WHERE false"
    )
    return " UNION ALL ".join([empty, *parts])
