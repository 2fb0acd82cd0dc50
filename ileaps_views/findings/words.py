"""Small pieces of language that several findings share."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from babel.lists import format_list

from ileaps_views import i18n

if TYPE_CHECKING:
    from collections.abc import Iterable


def join_names(names: Iterable[str]) -> str:
    """Join names as the active language joins a list.

    >>> join_names(["India", "China", "Nepal"])
    'India, China, and Nepal'
    """
    language = "en" if i18n.active() == i18n.PSEUDO else i18n.active()
    joined: str = format_list(list(names), locale=language)
    return joined


def known(*values: float | None) -> bool:
    """Whether every value is a finite number.

    >>> known(1.0, 2), known(1.0, None), known(float("nan"))
    (True, False, False)
    """
    return all(value is not None and math.isfinite(value) for value in values)


def calendar_year(mid_year_scale: float) -> int:
    """Return the calendar year of a moment on the mid-year scale, where 2018.0 is 1 July 2018.

    >>> calendar_year(2018.3), calendar_year(2018.6)
    (2018, 2019)
    """
    return math.floor(mid_year_scale + 0.5)
