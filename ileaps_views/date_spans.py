"""Where a date of day, month or year precision lies on a time axis."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import NamedTuple

from ileaps_views.wording import one_line

_YEAR, _MONTH, _DAY = 1, 2, 3


class Span(NamedTuple):
    """The first and the last day a date may mean."""

    first: dt.date
    last: dt.date


def span(value: object) -> Span | None:
    """Return the days a partial date covers; None for a missing or unreadable one.

    >>> span("2018-02")
    Span(first=datetime.date(2018, 2, 1), last=datetime.date(2018, 2, 28))
    >>> span("spring"), span(None)
    (None, None)
    """
    parts = one_line(value)[:10].split("-")
    try:
        numbers = [int(part) for part in parts]
        if len(numbers) == _YEAR:
            return Span(dt.date(numbers[0], 1, 1), dt.date(numbers[0], 12, 31))
        if len(numbers) == _MONTH:
            year, month = numbers
            last = calendar.monthrange(year, month)[1]
            return Span(dt.date(year, month, 1), dt.date(year, month, last))
        if len(numbers) == _DAY:
            day = dt.date(numbers[0], numbers[1], numbers[2])
            return Span(day, day)
    except (ValueError, TypeError, calendar.IllegalMonthError):
        return None
    return None
