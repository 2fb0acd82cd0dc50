"""Reads the sheets of an .xlsx workbook: values as the person sees them, as text.

Dates become ISO dates, a percentage keeps its sign ("45.1%"), formulas give the result that was
saved, errors stay as shown ("#N/A"). Numbers have a point whatever the computer's language.
"""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import python_calamine

from ileaps_data.reading.csv_tables import load_lines
from ileaps_data.reading.dialect import Dialect, Evidence, Limits
from ileaps_data.reading.errors import FileRefusedError
from ileaps_data.reading.mending import MARKER, Mended
from ileaps_data.reading.numbers import looks_like_number, number_format
from ileaps_data.reading.structure import Record, Structure, find_header, too_many_columns
from ileaps_data.reading.tables import Problem, RawTable
from ileaps_data.reading.text_spool import LineFacts, header_only
from ileaps_data.reading.workbook_guard import SheetFacts, check_archive, damaged, sheet_facts

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

    from ileaps_data.reading.source import Watch

_CELLS_LISTED = 1_000
Merge = tuple[tuple[int, int], tuple[int, int]]


def load_workbook(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    dialect: Dialect,
    limits: Limits,
    watch: Watch,
) -> tuple[dict[str, RawTable], Dialect]:
    """The tables of the sheets that hold one, and the complete dialect.

    Raises:
        FileRefusedError: the workbook cannot be read, or no sheet holds a table.
        ReadingCancelledError: the caller wants to stop.
    """
    check_archive(path, limits, watch)
    facts = sheet_facts(path, limits, watch)
    try:
        book = python_calamine.CalamineWorkbook.from_path(path)
    except (python_calamine.CalamineError, OSError) as error:
        raise damaged(str(error)) from error
    names = tuple(book.sheet_names)
    if dialect.sheet is not None and dialect.sheet not in names:
        raise FileRefusedError(
            "sheet_not_found",
            f"The workbook has no sheet {dialect.sheet!r}; it has {', '.join(names)}.",
            fix="Choose one of its sheets.",
            sheet=dialect.sheet,
            sheets=list(names),
        )
    tables: dict[str, RawTable] = {}
    evidence: list[Evidence] = []
    headers: list[int] = []
    refused: list[FileRefusedError] = []
    texts: list[str] = []
    for place, name in enumerate(names):
        if dialect.sheet not in {None, name}:
            continue
        try:
            rows, merges = _cells(book, name)
            sheet = _Sheet(rows, merges, facts.get(name, SheetFacts()), dialect, limits)
        except FileRefusedError as error:
            refused.append(error)
            evidence.append(
                Evidence(code="sheet_left_out", parameters={"sheet": name, "reason": error.code})
            )
            continue
        tables[name] = sheet.load(connection, f"t{place}", path.with_name("sheet.csv"), watch)
        headers.append(sheet.structure.header_row)
        texts += sheet.words
        watch.at("reading", (place + 1) / len(names))
    if not tables:
        raise refused[0]
    decimal, thousands, _ = number_format(texts)
    complete = replace(
        dialect,
        format="xlsx",
        decimal=dialect.decimal or ".",
        thousands=(thousands if decimal == "." else "")
        if dialect.thousands is None
        else dialect.thousands,
        header_row=headers[0],
        sheets=names,
        evidence=tuple(evidence),
    )
    return tables, complete


def _cells(
    book: python_calamine.CalamineWorkbook, name: str
) -> tuple[list[list[Any]], list[Merge]]:
    try:
        sheet = book.get_sheet_by_name(name)
        return sheet.to_python(skip_empty_area=False), list(sheet.merged_cell_ranges or [])
    except python_calamine.CalamineError as error:
        raise damaged(str(error)) from error


class _Sheet:
    """One sheet's table."""

    def __init__(
        self,
        rows: list[list[Any]],
        merges: list[Merge],
        facts: SheetFacts,
        dialect: Dialect,
        limits: Limits,
    ) -> None:
        self._rows = rows
        self._facts = facts
        self._limits = limits
        self.words: list[str] = []
        head = [self._texts(number) for number in range(min(len(rows), 100))]
        trimmed = [_trimmed(cells) for cells in head]
        if not any(trimmed):
            raise FileRefusedError(
                "empty_sheet", "The sheet is empty.", fix="Choose a sheet that holds a table."
            )
        header = find_header([_full(cells, trimmed) for cells in head], dialect.header_row)
        if header is None:
            raise FileRefusedError(
                "no_header",
                "No row of the sheet can be the row of the column names.",
                fix="Add a first row with the column names, or say which row holds them.",
            )
        names, depth = _header(head, merges, header)
        if len(names) > limits.columns:
            raise too_many_columns(len(names), limits)
        self._first = header + depth - 1 if header else 0
        while len(rows) > self._first and not any(c != "" for c in rows[-1]):
            rows.pop()
        if len(rows) <= self._first:
            raise header_only(header)
        self.structure = Structure(
            delimiter=",",
            quote='"',
            header_row=self._first,
            columns=names,
            head_lines=0,
            sample=[Record(1, [], 1)],
            evidence=[],
        )

    def load(
        self, connection: duckdb.DuckDBPyConnection, relation: str, path: Path, watch: Watch
    ) -> RawTable:
        """Write the rows below the header and load them."""
        width = len(self.structure.columns)
        mended = Mended(records=len(self._rows) - self._first)
        beyond: list[Problem] = []
        with path.open("w", encoding="utf-8", newline="") as out:
            write = csv.writer(out, lineterminator="\n").writerow
            for number in range(self._first, len(self._rows)):
                cells = self._texts(number)
                if any(cells[width:]):
                    beyond.append(self._beyond(number, cells, width))
                if not any(cells[:width]):
                    cells = [MARKER]
                cells = (cells + [""] * width)[:width]
                mended.several_lines |= any("\n" in cell for cell in cells)
                mended.longest = max(mended.longest, 4 * sum(map(len, cells)))
                write(cells)
                if number % 10_000 == 0:
                    watch.at("converting", number / len(self._rows))
        lines = LineFacts(lines=mended.records)
        table = load_lines(
            connection,
            path,
            self.structure,
            lines,
            self._limits,
            watch,
            relation=relation,
            mended=mended,
            more=[*beyond, *self._cell_problems()],
        )
        self._rows = []
        return table

    def _texts(self, number: int) -> list[str]:
        errors, percent = self._facts.errors, self._facts.percent
        cells = []
        for place, value in enumerate(self._rows[number]):
            here = (number, place)
            if isinstance(value, str):
                text = value.replace("\r\n", "\n").replace("\r", "\n")
                if len(self.words) < _CELLS_LISTED and text:
                    self.words.append(text)
                cells.append(errors.get(here, text) if errors else text)
            else:
                cells.append(_text(value, percent=here in percent))
        return cells

    def _cell_problems(self) -> list[Problem]:
        columns = self.structure.columns

        def problem(code: str, here: tuple[int, int], value: str | None) -> Problem | None:
            row, place = here
            if row < self._first or place >= len(columns):
                return None
            return Problem(code=code, row=row + 1, column=columns[place], value=value)

        found = [problem("formula_without_value", here, None) for here in self._facts.no_value]
        found += [problem("error_cell", here, text) for here, text in self._facts.errors.items()]
        return [one for one in found if one is not None]

    def _beyond(self, number: int, cells: list[str], width: int) -> Problem:
        extra = ", ".join(cell for cell in cells[width:] if cell)
        return Problem(
            code="cell_beyond_table",
            severity="notice",
            row=number + 1,
            value=extra,
            parameters={"columns": width},
        )


def _text(value: Any, *, percent: bool) -> str:  # noqa: ANN401 - a cell holds one of many types
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        if percent:
            # 0.451 * 100 is 45.1 to the digits that a double carries
            return f"{_number(round(float(value) * 100, 12))}%"
        return _number(float(value))
    if isinstance(value, dt.datetime):
        day = value.time() == dt.time()
        return value.date().isoformat() if day else value.isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _trimmed(cells: list[str]) -> list[str]:
    last = max((place for place, cell in enumerate(cells, start=1) if cell.strip()), default=0)
    return cells[:last]


def _full(cells: list[str], trimmed: list[list[str]]) -> list[str]:
    # rows of a sheet are all as wide as the widest; what counts is how wide most are filled
    width = max(
        {len(row) for row in trimmed if row},
        key=lambda width: (sum(len(row) == width for row in trimmed), width),
    )
    return cells[: max(width, len(_trimmed(cells)))] if any(c.strip() for c in cells) else []


def _header(head: list[list[str]], merges: list[Merge], header: int) -> tuple[list[str], int]:
    """The column names, and how many rows they take: two where merged cells stand above others."""
    if header == 0:
        width = max(len(_trimmed(cells)) for cells in head)
        return [str(place) for place in range(1, width + 1)], 1
    top = list(head[header - 1])
    inside = [m for m in merges if m[0][0] == header - 1]
    for (row, left), (_, right) in inside:
        for place in range(left, min(right, len(top) - 1) + 1):
            top[place] = head[row][left]
    below = head[header] if header < len(head) else []
    wide = [(a[1], b[1]) for a, b in inside if b[1] > a[1]]
    second = [below[p] for left, right in wide for p in range(left, right + 1) if p < len(below)]
    tall = any(b[0] > a[0] for a, b in inside)
    names_below = bool(second) and all(
        cell.strip() and (not looks_like_number(cell) or len(cell.strip()) == 4) for cell in second
    )
    if not names_below and not tall:
        return _trimmed(top), 1
    names = [
        " ".join(part for part in pair if part.strip()) for pair in zip(top, below, strict=False)
    ]
    return _trimmed(names), 2
