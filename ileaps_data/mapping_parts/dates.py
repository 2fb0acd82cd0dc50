"""Dates of files as ISO dates to the day, the month or the year: the SQL that reads them.

What can be read in one way only is always read. What can be read in several ways is read by the
format that was chosen, and stays as it is without one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ileaps_data.mapping_parts.sql_text import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

_MONTHS: tuple[str, ...] = (
    "january jan januari",
    "february feb februari",
    "march mar maret",
    "april apr",
    "may mei",
    "june jun juni",
    "july jul juli",
    "august aug agustus agu agt ags",
    "september sep sept",
    "october oct oktober okt",
    "november nov nopember nop",
    "december dec desember des",
)
_MONTH_NUMBERS = {
    word: number for number, words in enumerate(_MONTHS, start=1) for word in words.split()
}
_MONTH_PATTERN = "|".join(sorted(_MONTH_NUMBERS, key=len, reverse=True))

_TIME = r"([T ]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?(Z|[+-]\d{2}:?\d{2}))?)?"
_YEAR = r"((?:19|20|21)\d{2})"
_SIGN = r"\s*[-./]\s*"
_YEAR_FIRST = rf"^{_YEAR}{_SIGN}(\d{{1,2}})(?:{_SIGN}(\d{{1,2}})\.?{_TIME})?\.?$"
_KOREAN = rf"^{_YEAR}\s*년도?(?:\s*(\d{{1,2}})\s*월(?:\s*(\d{{1,2}})\s*일)?)?$"
_COMPACT = r"^((?:19|20)\d{2})(\d{2})(\d{2})$"
_MONTH_YEAR = rf"^(\d{{1,2}}){_SIGN}{_YEAR}$"
_WHOLE_YEAR = rf"^{_YEAR}(?:\.0+)?$"
_NAMED_LAST = rf"(?i)^(\d{{1,2}})?(?:st|nd|rd|th)?[\s.-]*({_MONTH_PATTERN})[\s.,-]*{_YEAR}$"
_NAMED_FIRST = rf"(?i)^({_MONTH_PATTERN})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}$"
_THREE_PARTS = rf"^(\d{{1,2}}){_SIGN}(\d{{1,2}}){_SIGN}(\d{{4}})\.?{_TIME}$"
SHORT_PARTS = rf"^(\d{{1,2}}){_SIGN}(\d{{1,2}}){_SIGN}(\d{{2}})\.?$"
_YEAR_AND_MONTH = r"^((?:19|20)\d{2})(\d{2})$"
EXCEL_DAYS = (10_000, 80_000)
"""Serial days between 1927 and 2119; others are left as they are."""

BUDDHIST_YEARS = (2_443, 2_663)
"""Years of the Buddhist era that are 1900 to 2120."""

_BUDDHIST = r"(2[456]\d{2})"
_BUDDHIST_DAY = rf"^(\d{{1,2}}){_SIGN}(\d{{1,2}}){_SIGN}{_BUDDHIST}$"
_BUDDHIST_FIRST = rf"^{_BUDDHIST}(?:{_SIGN}(\d{{1,2}})(?:{_SIGN}(\d{{1,2}}))?)?$"
_FULL_WIDTH, _PLAIN = "０１２３４５６７８９．－／\u00a0\u3000", "0123456789.-/  "
_DAY, _MONTH, _FULL = "day", "month", "year"


def date_expression(column: str, date_format: str = "") -> str:
    """The SQL that reads a text column as an ISO partial date; NULL where it cannot be read.

    `column` is SQL without spaces around its text. Days that the calendar lacks are not read.

    >>> import duckdb
    >>> def read(text, how=""):
    ...     sql = f"SELECT {date_expression('t', how)} FROM (SELECT $1::VARCHAR AS t)"
    ...     return duckdb.connect().execute(sql, [text]).fetchall()[0][0]
    >>> read("2018년 5월"), read("3 Mei 2018"), read("2018.5.3"), read("31/02/2020", "%d/%m/%Y")
    ('2018-05', '2018-05-03', '2018-05-03', None)
    >>> read("03/05/2018"), read("03/05/2018", "%d/%m/%Y"), read("43223", "excel")
    (None, '2018-05-03', '2018-05-03')
    """
    fast = f"WHEN {iso_text(column)} THEN {column}"
    column = _plain(column)
    branches = [
        _shape(column, _WHOLE_YEAR, (_FULL,)),
        _shape(column, _YEAR_FIRST, (_FULL, _MONTH, _DAY)),
        _shape(column, _KOREAN, (_FULL, _MONTH, _DAY)),
        _shape(column, _COMPACT, (_FULL, _MONTH, _DAY)),
        _shape(column, _MONTH_YEAR, (_MONTH, _FULL)),
        _shape(column, _NAMED_LAST, (_DAY, _MONTH, _FULL), named=True),
        _shape(column, _NAMED_FIRST, (_MONTH, _DAY, _FULL), named=True),
        *_chosen(column, date_format),
    ]
    return f"CASE {fast} {' '.join(branches)} END"


def iso_text(column: str) -> str:
    """The SQL of whether a text is an ISO date already, as by far the most are.

    A cast is several times faster than a pattern.
    """
    day = f"try_cast({column} AS DATE)"
    year = f"{column} BETWEEN '1900' AND '2199-12'"
    return (
        f"(strlen({column}) = 10 AND {column}[5] = '-' AND {column}[8] = '-' "
        f"AND {day} BETWEEN DATE '1900-01-01' AND DATE '2199-12-31' "
        f"OR strlen({column}) = 4 AND {year} AND try_cast({column} AS USMALLINT) IS NOT NULL "
        f"OR strlen({column}) = 7 AND {year} AND {column}[5] = '-' "
        f"AND try_cast({column} || '-01' AS DATE) IS NOT NULL)"
    )


def chosen_expression(column: str, date_format: str) -> str:
    """The SQL that reads only what the format adds to what is always read."""
    return f"CASE {' '.join(_chosen(_plain(column), date_format))} END"


def _plain(column: str) -> str:
    return f"translate({column}, {quoted(_FULL_WIDTH)}, {quoted(_PLAIN)})"


def _chosen(column: str, date_format: str) -> list[str]:
    if date_format in {"%d/%m/%Y", "%m/%d/%Y"}:
        return [_shape(column, _THREE_PARTS, _order(date_format))]
    if date_format in {"%d/%m/%y", "%m/%d/%y", "%y/%m/%d"}:
        order = _order(date_format)
        long = [_shape(column, _THREE_PARTS, order)] if order[2] == _FULL else []
        return [*long, _shape(column, SHORT_PARTS, order, century=True)]
    if date_format == "%Y%m":
        return [_shape(column, _YEAR_AND_MONTH, (_FULL, _MONTH))]
    if date_format == "buddhist":
        return [
            _shape(column, _BUDDHIST_DAY, (_DAY, _MONTH, _FULL), ahead=543),
            _shape(column, _BUDDHIST_FIRST, (_FULL, _MONTH, _DAY), ahead=543),
        ]
    if date_format == "excel":
        low, high = EXCEL_DAYS
        days = f"CAST(floor(try_cast({column} AS DOUBLE)) AS INTEGER)"
        test = f"try_cast({column} AS DOUBLE) BETWEEN {low} AND {high}"
        return [f"WHEN {test} THEN CAST(DATE '1899-12-30' + {days} AS VARCHAR)"]
    return []


def _order(date_format: str) -> tuple[str, ...]:
    return tuple({"%d": _DAY, "%m": _MONTH}.get(part, _FULL) for part in date_format.split("/"))


def _when(pattern: str, column: str, then: str) -> str:
    return f"WHEN regexp_matches({column}, {quoted(pattern)}) THEN {then}"


def _shape(
    column: str,
    pattern: str,
    order: Sequence[str],
    *,
    named: bool = False,
    century: bool = False,
    ahead: int = 0,
) -> str:
    part = {
        each: f"regexp_extract({column}, {quoted(pattern)}, {place})"
        for place, each in enumerate(order, start=1)
    }
    if named:
        words = [quoted(word) for word in _MONTH_NUMBERS]
        numbers = [str(number) for number in _MONTH_NUMBERS.values()]
        found = f"list_position([{', '.join(words)}], lower({part[_MONTH]}))"
        part[_MONTH] = f"CAST([{', '.join(numbers)}][{found}] AS VARCHAR)"
    year = part[_FULL]
    if century:
        # a year of two digits is of this century unless that lies far ahead
        year = f"(CASE WHEN {year} <= '69' THEN '20' ELSE '19' END || {year})"
    if ahead:
        year = f"CAST(try_cast({year} AS INTEGER) - {ahead} AS VARCHAR)"
    month = f"lpad({part[_MONTH]}, 2, '0')" if _MONTH in part else "''"
    if _DAY not in part:
        if _MONTH not in part:
            return _when(pattern, column, year)
        whole = f"{year} || '-' || {month}"
        kept = f"CASE WHEN {month} BETWEEN '01' AND '12' THEN {whole} END"
        return _when(pattern, column, kept)
    day = part[_DAY]
    whole = f"{year} || '-' || {month}"
    full = f"CAST(try_cast({whole} || '-' || lpad({day}, 2, '0') AS DATE) AS VARCHAR)"
    to_month = f"CASE WHEN {month} BETWEEN '01' AND '12' THEN {whole} END"
    to_year = f"CASE WHEN {part[_MONTH]} = '' THEN {year} ELSE {to_month} END"
    return _when(pattern, column, f"CASE WHEN {day} <> '' THEN {full} ELSE {to_year} END")
