"""How a file is written down: format, encoding, separators, header; and how much is accepted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Format = Literal["csv", "xlsx", "iati_xml", "iati_flat"]

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp949", "cp1252")
DELIMITERS = (",", ";", "\t", "|")
DECIMALS = (".", ",")
THOUSANDS = ("", ",", ".", " ", "'")
QUOTES = ('"', "'", "")

_CHOICES: dict[str, tuple[str, ...]] = {
    "format": ("csv", "xlsx", "iati_xml", "iati_flat"),
    "encoding": ENCODINGS,
    "delimiter": DELIMITERS,
    "decimal": DECIMALS,
    "thousands": THOUSANDS,
    "quote": QUOTES,
}


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How large a file and its parts may be; what is over is refused, never cut.

    Attributes:
        bytes: size of the file.
        columns: columns of one table.
        line_bytes: one line, and one row that runs over several lines.
        rows: rows of one table.
        cells: rows times columns of one table.
        sheet_cells: rows times columns of a workbook's sheet, empty cells between others too.
        unpacked_bytes: a workbook once unpacked, all its parts together.
        memory_bytes: what the database keeps in memory; the rest goes to the private folder.
    """

    bytes: int = 1_000_000_000
    columns: int = 1_000
    line_bytes: int = 8_000_000
    rows: int = 50_000_000
    cells: int = 500_000_000
    sheet_cells: int = 20_000_000
    unpacked_bytes: int = 500_000_000
    memory_bytes: int = 384_000_000


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Why something was detected: a stable word and its figures, for a sentence on the page."""

    code: str
    parameters: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Dialect:
    r"""How one file is written down; a field that is None is still to be detected.

    A caller corrects a detection by giving the fields that were wrong and leaving the rest.

    Attributes:
        format: what kind of file it is.
        encoding: one of `ENCODINGS`; CP949 covers EUC-KR.
        delimiter: what separates the fields of a line.
        quote: what encloses a field; empty when nothing does.
        decimal: the decimal sign.
        thousands: what groups digits by three; empty when nothing does.
        header_row: the row of the column names as a spreadsheet counts; 0 when there is none.
        sheet: the only sheet to read; None reads all that hold a table.
        sheets: the names of the workbook's sheets.
        newline: how lines end in the file: "\n", "\r\n", "\r" or "mixed".
        evidence: why each of them was detected.

    >>> Dialect(delimiter=";").encoding is None
    True
    >>> Dialect(delimiter="#")
    Traceback (most recent call last):
    ...
    ValueError: delimiter '#' is none of ',', ';', '\t', '|'; give one of these
    """

    format: Format | None = None
    encoding: str | None = None
    delimiter: str | None = None
    quote: str | None = None
    decimal: str | None = None
    thousands: str | None = None
    header_row: int | None = None
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    newline: str | None = None
    evidence: tuple[Evidence, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what no reader knows.

        Raises:
            ValueError: a field holds a value that is none of its choices.
        """
        for name, choices in _CHOICES.items():
            value = getattr(self, name)
            if value is not None and value not in choices:
                known = ", ".join(repr(choice) for choice in choices)
                raise ValueError(f"{name} {value!r} is none of {known}; give one of these")
        if self.header_row is not None and self.header_row < 0:
            raise ValueError(f"header_row {self.header_row} is below 0; give the row's number")
        if self.decimal is not None and self.decimal == self.thousands:
            raise ValueError(f"decimal and thousands are both {self.decimal!r}; they must differ")
