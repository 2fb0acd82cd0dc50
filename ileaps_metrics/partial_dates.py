"""Dates published to the day, the month or the year, as intervals of days.

A published date keeps its precision: "2018" stands for the 365 days from 2018-01-01 to
2018-12-31. Here it becomes two day numbers (days since 1970-01-01), by arithmetic on year,
month and day alone, so that one definition runs wherever Narwhals runs: pandas, DuckDB, Spark.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import narwhals as nw

DAYS_PER_YEAR = 365.25
DAYS_PER_MONTH = DAYS_PER_YEAR / 12

_PATTERN = r"^[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?$"
# A stand-in for what cannot be read: SQL engines may cast before they choose a branch.
_STAND_IN = "2000"
_EPOCH = date(1970, 1, 1)


def as_day(value: date | str | None) -> int:
    """Day number of a calendar day; today (UTC) when None, an interval's last day when text.

    Args:
        value: a date, or ISO text to the day, month or year.

    Raises:
        ValueError: for text that is no ISO date.

    >>> as_day("1970-01-02"), as_day("2018") == as_day("2018-12-31")
    (1, True)
    """
    return day_interval(datetime.now(tz=UTC).date() if value is None else value)[1]


def day_interval(value: date | str) -> tuple[int, int]:
    """First and last day number of one partial date.

    Raises:
        ValueError: for text that is no ISO date.

    >>> day_interval("1970-02")
    (31, 58)
    """
    if isinstance(value, date):
        day = (date(value.year, value.month, value.day) - _EPOCH).days
        return day, day
    text = value.strip()
    try:
        if not re.fullmatch(_PATTERN, text):
            raise ValueError(text)  # noqa: TRY301  # one message for both ways to be wrong
        year, month, day_of_month = (*map(int, text.split("-")), 0, 0)[:3]
        first = date(year, month or 1, day_of_month or 1)
    except ValueError:
        message = f"as a date, {value!r} cannot be read: give YYYY, YYYY-MM or YYYY-MM-DD"
        raise ValueError(message) from None
    if day_of_month:
        last = first
    elif month:
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    else:
        last = date(year, 12, 31)
    return (first - _EPOCH).days, (last - _EPOCH).days


def iso_day(day: int) -> str:
    """ISO text of a day number.

    >>> iso_day(17531)
    '2017-12-31'
    """
    return (_EPOCH + timedelta(days=day)).isoformat()


def _days_from_civil(year: nw.Expr, month: nw.Expr, day: nw.Expr | int) -> nw.Expr:
    """Days since 1970-01-01 of a date of the Gregorian calendar (years from 1 on).

    The year is taken to start in March, so that the leap day falls at its end and the days
    before each month follow one linear formula.
    """
    before_march = nw.when(month <= 2).then(nw.lit(1)).otherwise(nw.lit(0))
    years = year - before_march
    months = month - 3 + before_march * 12
    leap_days = years // 4 - years // 100 + years // 400
    return years * 365 + leap_days + (months * 153 + 2) // 5 + day - 1 - 719468


def _text(column: str, dtype: Any) -> nw.Expr:  # noqa: ANN401  # Narwhals' dtypes share no public base
    """A column of dates as trimmed text, whatever its type."""
    if dtype == nw.Date or isinstance(dtype, nw.Datetime):
        return nw.col(column).dt.to_string("%Y-%m-%d")
    if dtype.is_numeric():
        # a column of whole years, or one with nothing in it
        text = nw.col(column).cast(nw.String)
        return nw.when(text.str.contains(r"^[0-9]{4}(?:\.0)?$")).then(text.str.slice(0, 4))
    return nw.col(column).cast(nw.String).str.strip_chars()


def with_days(frame: nw.LazyFrame[Any], column: str) -> nw.LazyFrame[Any]:
    """Adds `<column>_first` and `<column>_last` (day numbers) and replaces the column by text.

    What cannot be read as a date becomes missing, in all three. A column the frame lacks is
    treated as all missing. The number of characters of the text (4, 7 or 10) is the precision.

    Args:
        frame: any lazy frame.
        column: partial dates as text, dates or datetimes, or whole years.
    """
    schema = frame.collect_schema()
    if column not in schema:
        nothing = nw.lit(None)
        return frame.with_columns(
            nothing.cast(nw.String).alias(column),
            nothing.cast(nw.Float64).alias(f"{column}_first"),
            nothing.cast(nw.Float64).alias(f"{column}_last"),
        )
    text = f"__{column}_text"
    frame = frame.with_columns(_text(column, schema[column]).alias(text)).drop(column)
    # a table has far fewer dates than rows: each is read once and joined back
    dates = _read(frame.select(nw.col(text)).filter(~nw.col(text).is_null()).unique(), text, column)
    return frame.join(dates, on=text, how="left").drop(text)


def _read(dates: nw.LazyFrame[Any], text: str, column: str) -> nw.LazyFrame[Any]:
    """Each distinct text with the date it is and its first and last day, missing if it is none."""
    year, month, day, size, full = (f"{text}_{part}" for part in ("y", "m", "d", "size", "full"))
    raw = nw.col(text)
    readable = raw.str.contains(_PATTERN)
    dates = dates.with_columns(
        raw.str.len_chars().alias(size),
        nw.when(readable).then(raw).otherwise(nw.lit(_STAND_IN)).alias(full),
        nw.when(readable).then(nw.lit(1)).otherwise(nw.lit(0)).alias(f"{text}_ok"),
    ).with_columns(
        nw.when(nw.col(full).str.len_chars() >= 7)
        .then(nw.concat_str([nw.col(full), nw.lit("-01")]))
        .otherwise(nw.concat_str([nw.col(full), nw.lit("-01-01")]))
        .alias(full)
    )
    dates = dates.with_columns(
        nw.col(full).str.slice(0, 4).cast(nw.Int64).alias(year),
        nw.col(full).str.slice(5, 2).cast(nw.Int64).alias(month),
        nw.col(full).str.slice(8, 2).cast(nw.Int64).alias(day),
    )
    one = nw.lit(1)
    next_month_year = nw.col(year) + nw.col(month) // 12
    next_month = nw.col(month) % 12 + 1
    dates = dates.with_columns(
        _days_from_civil(nw.col(year), nw.col(month), 1).alias(f"{text}_month_start"),
        (_days_from_civil(next_month_year, next_month, 1) - 1).alias(f"{text}_month_end"),
        (_days_from_civil(nw.col(year) + 1, one, 1) - 1).alias(f"{text}_year_end"),
    ).with_columns((nw.col(f"{text}_month_start") + nw.col(day) - 1).alias(f"{text}_first"))
    first, month_end = nw.col(f"{text}_first"), nw.col(f"{text}_month_end")
    last = (
        nw.when(nw.col(size) == 4)
        .then(nw.col(f"{text}_year_end"))
        .otherwise(nw.when(nw.col(size) == 7).then(month_end).otherwise(first))
    )
    exists = (nw.col(f"{text}_ok") == 1) & (first <= month_end)
    return dates.filter(exists).select(
        text,
        raw.alias(column),
        first.cast(nw.Float64).alias(f"{column}_first"),
        last.cast(nw.Float64).alias(f"{column}_last"),
    )
