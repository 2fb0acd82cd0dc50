"""Reads the UN's WUP workbooks: which file it is, where its header stands, what its cells hold.

A workbook is known by the reference printed inside it ("POP/DB/WUP/Rev.2018/1/F03"), never by
the name somebody gave the file; the header row by its words, never by its number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd
import python_calamine

from ileaps_data.build.errors import BuildError

if TYPE_CHECKING:
    from pathlib import Path

REFERENCE = re.compile(r"POP/DB/WUP/Rev\.(\d{4})/\d+/F(\d+)([a-z]?)\b")
LICENCE = re.compile(r"CC[ -]BY(?:-[A-Z]{2})*\s*\d\.\d(?:\s*IGO)?")
EDITION = re.compile(
    r"^World Urbanization Prospects:?\s+(?:The\s+)?\d{4}\s+Revision", re.IGNORECASE
)
TABLES_READ = {"F01", "F02", "F03", "F04", "F05", "F12", "F17a", "F22"}
PREAMBLE_ROWS = 40
WORKBOOK_SUFFIXES = {".xls", ".xlsx"}


@dataclass(frozen=True, kw_only=True)
class Workbook:
    """The data sheet of one workbook.

    Attributes:
        path: the file.
        revision: the year of the revision, as printed inside.
        file_code: the number of the table, "F03" or "F17a".
        edition: the edition in the publisher's words.
        licence: the licence printed inside, or empty.
        rows: all cells of the sheet.
    """

    path: Path
    revision: int
    file_code: str
    edition: str
    licence: str
    rows: list[list[Any]]

    def table(self, columns: dict[str, str]) -> pd.DataFrame:
        """The sheet's table with the asked columns and one column a year.

        `columns` maps our names to regular expressions of the publisher's header words. Years
        are the unbroken run of header cells that are years: what somebody typed beside the table
        stays out. Lines without a number in the first asked column are no data lines.

        Raises:
            BuildError: no header row has these words, or a cell that should be a number is not.
        """
        header_at, places, lines = self._lines(columns)
        table: dict[Any, list[Any]] = {
            name: [row[place] for _, row in lines] for name, place in places.items()
        }
        for year, place in self._years(header_at).items():
            table[year] = [self._value(row[place], number, year) for number, row in lines]
        return pd.DataFrame(table)

    def plain_table(self, columns: dict[str, str]) -> pd.DataFrame:
        """The asked columns alone, of a sheet whose header has no years; raises like `table`."""
        _, places, lines = self._lines(columns)
        return pd.DataFrame(
            {name: [row[place] for _, row in lines] for name, place in places.items()}
        )

    def _lines(
        self, columns: dict[str, str]
    ) -> tuple[int, dict[str, int], list[tuple[int, list[Any]]]]:
        header_at = self._header_row(columns)
        header = [_words(cell) for cell in self.rows[header_at]]
        places = {name: _place(header, pattern) for name, pattern in columns.items()}
        code = next(iter(columns))
        lines = [
            (number, row)
            for number, row in enumerate(self.rows[header_at + 1 :], start=header_at + 2)
            if isinstance(_number(row[places[code]]), float)
        ]
        return header_at, places, lines

    def _header_row(self, columns: dict[str, str]) -> int:
        for at, row in enumerate(self.rows[:PREAMBLE_ROWS]):
            header = [_words(cell) for cell in row]
            if all(_place(header, pattern) >= 0 for pattern in columns.values()):
                return at
        asked = ", ".join(pattern.strip("^$") for pattern in columns.values())
        raise BuildError(
            f"{self.path.name}: recognised as table {self.file_code} of the {self.revision} "
            f"revision, but none of its first {PREAMBLE_ROWS} rows is a header with these words: "
            f"{asked}. The layout is not one this build knows."
        )

    def _years(self, header_at: int) -> dict[int, int]:
        years: dict[int, int] = {}
        for place, cell in enumerate(self.rows[header_at]):
            year = _year(cell)
            if year is None:
                if years:
                    break
                continue
            if year in years:
                raise BuildError(f"{self.path.name}: two columns are headed {year}")
            years[year] = place
        if not years:
            raise BuildError(f"{self.path.name}: the header row has no column headed by a year")
        return years

    def _value(self, cell: object, row: int, year: int) -> float | None:
        number = _number(cell)
        if isinstance(number, str):
            raise BuildError(
                f"{self.path.name}: row {row}, year {year} holds {number!r} where a number belongs"
            )
        return number


def find_workbooks(sources: Path) -> tuple[list[Workbook], list[str]]:
    """All WUP workbooks below a folder, and notes on the workbooks that are none.

    Raises:
        BuildError: a file cannot be opened, a workbook in a folder named un_wup… is not one of
            WUP's, or two files are the same table of the same revision.
    """
    found: dict[tuple[int, str], Workbook] = {}
    notes: list[str] = []
    paths = (path for path in sources.rglob("*") if path.suffix.lower() in WORKBOOK_SUFFIXES)
    for path in sorted(paths):
        if path.name.startswith("~$"):
            continue
        workbook = open_workbook(path)
        if workbook is None:
            if path.parent.name.startswith("un_wup"):
                raise BuildError(
                    f"{path.name}: no WUP reference (such as POP/DB/WUP/Rev.2018/1/F03) in the "
                    f"first {PREAMBLE_ROWS} rows of any sheet; take the publisher's own file"
                )
            notes.append(f"{path.name}: not a WUP workbook, left out")
            continue
        if workbook.file_code not in TABLES_READ:
            notes.append(f"{path.name}: table {workbook.file_code} is not needed, left out")
            continue
        key = (workbook.revision, workbook.file_code)
        if key in found:
            raise BuildError(
                f"{path.name} and {found[key].path.name} are both table {workbook.file_code} of "
                f"the {workbook.revision} revision: keep one"
            )
        found[key] = workbook
    return list(found.values()), notes


def open_workbook(path: Path) -> Workbook | None:
    """The WUP table in a file, or None when the file is not one of WUP's.

    Raises:
        BuildError: the file is no workbook or is damaged.
    """
    try:
        book = python_calamine.CalamineWorkbook.from_path(path)
        sheets = [
            book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in book.sheet_names
        ]
    except (python_calamine.CalamineError, OSError) as error:
        raise BuildError(f"{path.name}: cannot be read as a workbook ({error})") from error
    for rows in sheets:
        texts = [str(cell) for row in rows[:PREAMBLE_ROWS] for cell in row if cell != ""]
        for text in texts:
            match = REFERENCE.search(text)
            if match:
                revision, number, letter = match.groups()
                return Workbook(
                    path=path,
                    revision=int(revision),
                    file_code=f"F{int(number):02d}{letter}",
                    edition=_first(EDITION, texts)
                    or f"World Urbanization Prospects, {revision} revision",
                    licence=_first(LICENCE, texts),
                    rows=rows,
                )
    return None


def _first(pattern: re.Pattern[str], texts: list[str]) -> str:
    return next((found.group() for found in map(pattern.search, texts) if found), "")


def _words(cell: object) -> str:
    return " ".join(str(cell).split()).lower()


def _place(header: list[str], pattern: str) -> int:
    return next((at for at, words in enumerate(header) if re.search(pattern, words)), -1)


def _year(cell: object) -> int | None:
    number = _number(cell)
    if isinstance(number, float) and number.is_integer() and 1900 <= number <= 2150:
        return int(number)
    return None


def _number(cell: object) -> float | str | None:
    """The number in a cell, None for an empty one or a mark of no data, else the text."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell)
    text = str(cell).strip()
    if text in {"", "…", "..", "...", "–", "-"}:
        return None
    try:
        return float(text)
    except ValueError:
        return text
