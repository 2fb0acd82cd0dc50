"""The structure of a text table, from its first lines: separator, header, columns.

Rules, in this order. Of the separators, the one that makes several fields of most lines, under
which a header is found, most lines have the same number of fields, and that number is largest.
The header is the first full row whose filled cells are all words (years may stand among them):
title lines above it have fewer filled cells. When the first full row holds figures, the row just
above it may still be a header that is too short or too long; else there is none.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ileaps_data.reading.dialect import DELIMITERS, Dialect, Evidence, Limits
from ileaps_data.reading.encodings import shown
from ileaps_data.reading.errors import FileRefusedError
from ileaps_data.reading.numbers import looks_like_number, plain_digits

if TYPE_CHECKING:
    from collections.abc import Sequence

SAMPLE_ROWS = 500
HEADER_WITHIN = 100
_YEAR = re.compile(r"(19|20|21)\d\d(\.0)?")
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T].*)?")

csv.field_size_limit(Limits().line_bytes)


@dataclass(frozen=True)
class Record:
    """One row of a sample: its number, its cells, the lines of text it takes."""

    number: int
    cells: list[str]
    lines: int


@dataclass(frozen=True)
class Structure:
    """Where a table's header is, what its columns are called, and how many lines precede it."""

    delimiter: str
    quote: str
    header_row: int
    columns: list[str]
    head_lines: int
    sample: list[Record]
    evidence: list[Evidence]


def parsed(lines: Sequence[str], delimiter: str, quote: str) -> list[str] | None:
    """The cells of one row, which may run over the lines given.

    None when the quote that opens is still open at the end.

    Raises:
        csv.Error: a quote ends amid a field, or the lines hold more than one row.
    """
    text = "".join(lines)
    reader = csv.reader(
        lines,
        delimiter=delimiter,
        quotechar=quote or None,
        quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
        strict=True,
        skipinitialspace=bool(quote) and f"{delimiter} {quote}" in text,
    )
    try:
        cells = next(reader)
    except csv.Error as error:
        if "unexpected end" in str(error):
            return None
        raise
    if reader.line_num != len(lines):
        raise csv.Error("more than one row")
    return cells


def records(lines: Sequence[str], delimiter: str, quote: str, *, whole: bool) -> list[Record]:
    """The rows of a sample's lines, blank ones too (no cells).

    A line whose quote never closes counts as a row by itself. Unless the sample is the whole
    file, a row still open at its end is left out.
    """
    found: list[Record] = []
    at = 0
    while at < len(lines) and len(found) < SAMPLE_ROWS:
        cells, taken = _record(lines, at, delimiter, quote)
        if taken == 0 and not whole:
            break
        found.append(Record(len(found) + 1, cells, max(taken, 1)))
        at += max(taken, 1)
    return found


def _record(lines: Sequence[str], at: int, delimiter: str, quote: str) -> tuple[list[str], int]:
    if lines[at] in {"\n", ""}:
        return [], 1
    end = at + 1
    while True:
        try:
            cells = parsed(lines[at:end], delimiter, quote)
        except csv.Error:
            return lines[at].rstrip("\n").split(delimiter), 1
        if cells is not None:
            return cells, end - at
        # only a line with a quote can close the one that is open
        later = range(end, min(len(lines), at + SAMPLE_ROWS))
        closing = next((place for place in later if quote in lines[place]), None)
        if closing is None:
            return lines[at].rstrip("\n").split(delimiter), 0
        end = closing + 1


def structure(text: str, dialect: Dialect, limits: Limits, *, whole: bool) -> Structure:
    """The structure of a table whose first lines are given, with the dialect's fields as they are.

    Raises:
        FileRefusedError: no row can be its header, or there are too many columns.
    """
    lines = _lines(text)
    quote = '"' if dialect.quote is None else dialect.quote
    asked = (dialect.delimiter,) if dialect.delimiter is not None else DELIMITERS
    candidates = []
    for delimiter in asked:
        rows = records(lines, delimiter, quote, whole=whole)
        header = find_header([row.cells for row in rows], dialect.header_row)
        widths = Counter(len(row.cells) for row in rows if row.cells)
        width, count = _most(widths)
        share = round(count / max(sum(widths.values()), 1), 1)
        several = width > 1 and share >= 0.5
        score = (several, header is not None, share if several else 0.0, width)
        candidates.append((score, delimiter, rows, header, width))
    _, delimiter, rows, header, width = max(candidates, key=lambda one: one[0])
    if header is None:
        raise _no_header(rows, dialect.header_row)
    before = rows[:header]
    names = _names(before[-1].cells if before else [], width, numbered=header == 0)
    if len(names) > limits.columns:
        raise too_many_columns(len(names), limits)
    evidence = [
        Evidence(
            code="delimiter_given" if dialect.delimiter is not None else "delimiter_consistent",
            parameters={"delimiter": delimiter, "columns": len(names), "rows": len(rows)},
        ),
        Evidence(
            code="header_given" if dialect.header_row is not None else "header_first_row_of_words",
            parameters={"row": header},
        ),
    ]
    return Structure(
        delimiter=delimiter,
        quote=quote,
        header_row=header,
        columns=names,
        head_lines=sum(row.lines for row in before),
        sample=rows[header:],
        evidence=evidence,
    )


def find_header(rows: Sequence[Sequence[str]], given: int | None = None) -> int | None:
    """The number of the header row, 0 for a table said to have none, None when none is found.

    >>> find_header([["Table 3"], [], ["city", "year"], ["Seoul", "2018"]])
    3
    >>> find_header([["Seoul", "9.7"], ["Busan", "3.4"]]) is None
    True
    """
    if given is not None:
        return given if given <= len(rows) else None
    width, _ = _most(Counter(len(row) for row in rows if row))
    for number, row in enumerate(rows[:HEADER_WITHIN], start=1):
        filled = [cell for cell in row if cell.strip()]
        # a title fills the first cell; of a numbered table's header only that one is empty
        unnamed_first = len(filled) == len(row) - 1 and not row[0].strip()
        full = len(filled) >= 0.6 * width or unnamed_first
        if len(row) < width or not filled or not full:
            continue
        if _words(filled):
            return number
        above = [cell for cell in rows[number - 2] if cell.strip()] if number > 1 else []
        if len(above) >= 2 and len(above) >= 0.5 * width and _words(above):
            return number - 1
        return None
    return None


def too_many_columns(columns: int, limits: Limits) -> FileRefusedError:
    """The refusal of a table that is too wide."""
    return FileRefusedError(
        "too_many_columns",
        f"The table has {columns:,} columns; at most {limits.columns:,} are accepted.",
        fix="Send it with one row a figure (place, year, value) in place of one column a figure.",
        columns=columns,
        limit=limits.columns,
    )


def _words(cells: Sequence[str]) -> bool:
    """Whether cells can be column names: no figure but years, no date, not years alone."""
    years = [_YEAR.fullmatch(plain_digits(cell).strip()) is not None for cell in cells]
    if all(years):
        return False
    return not any(
        not year and (looks_like_number(cell.strip()) or _DATE.fullmatch(cell.strip()))
        for cell, year in zip(cells, years, strict=True)
    )


def _names(cells: Sequence[str], width: int, *, numbered: bool) -> list[str]:
    if numbered:
        return [str(place) for place in range(1, width + 1)]
    names = [shown(cell) for cell in cells]
    # a header shorter than its rows: the columns beyond have no name, but are there
    return names + [""] * (width - len(names))


def _most(widths: Counter[int]) -> tuple[int, int]:
    if not widths:
        return 0, 0
    return max(widths.items(), key=lambda one: (one[1], one[0]))


def _lines(text: str) -> list[str]:
    # str.splitlines also breaks at signs that are no line ends in a CSV file
    parts = text.split("\n")
    lines = [part + "\n" for part in parts[:-1]]
    return [*lines, parts[-1]] if parts[-1] else lines


def _no_header(rows: Sequence[Record], given: int | None) -> FileRefusedError:
    filled = next((row for row in rows if any(cell.strip() for cell in row.cells)), None)
    if given is not None or filled is None:
        return FileRefusedError(
            "no_header",
            f"The file has no row {given} to be its header."
            if given
            else "The file has blank lines only.",
            fix="Choose the row of the column names, or export the table again.",
            row=given or 0,
        )
    return FileRefusedError(
        "no_header",
        "The first full row holds figures or dates, no column names: "
        + ", ".join(cell for cell in filled.cells if cell.strip())[:120],
        where=f"row {filled.number}",
        fix="Add a first row with the column names, or say which row holds them.",
        row=filled.number,
    )
