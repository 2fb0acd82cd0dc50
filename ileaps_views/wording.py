"""Text from data, made safe to draw, and figures written as they were published."""

from __future__ import annotations

import math
import re
from typing import Final

from ileaps_views.i18n import MISSING, number

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_QUALIFIERS: Final = {"about": "≈", "at_least": "≥", "at_most": "≤"}
_MOST_DECIMALS: Final = 3


def is_missing(value: object) -> bool:
    """Whether a cell is empty: None, NaN, NA, NaT or an empty text.

    >>> is_missing(None), is_missing(float("nan")), is_missing(""), is_missing(0)
    (True, True, True, False)
    """
    if value is None or value == "":
        return True
    if isinstance(value, float):
        return math.isnan(value)
    return str(value) in {"<NA>", "NaT"} and not isinstance(value, str)


def one_line(value: object) -> str:
    r"""Return a cell as one line of text, without control or direction characters.

    >>> one_line("Makassar\n(city)"), one_line(None)
    ('Makassar (city)', '')
    """
    return "" if is_missing(value) else _CONTROL.sub(" ", str(value)).strip()


def chart_text(value: object) -> str:
    """Escape a text for plotly, whose labels and hover texts read a few tags as markup.

    >>> chart_text("<b>Seoul & co</b>")
    '&lt;b&gt;Seoul &amp; co&lt;/b&gt;'
    """
    return one_line(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def shortened(text: str, length: int) -> str:
    """Cut a text at a word to at most `length` characters, the cut shown.

    >>> shortened("Efficient public services", 18)
    'Efficient public…'
    """
    if len(text) <= length:
        return text
    head = text[: length - 1]
    return (head.rsplit(" ", 1)[0] if " " in head else head).rstrip(" ,;") + "…"


def published(value: float | None) -> str:
    """Write a figure with the decimals it was published with (three at most).

    >>> published(16.82), published(101.0), published(1463056), published(None)
    ('16.82', '101', '1,463,056', '–')
    """
    if is_missing(value) or value is None or not math.isfinite(value):
        return MISSING
    digits = next(
        (d for d in range(_MOST_DECIMALS) if math.isclose(value, round(value, d), rel_tol=1e-9)),
        _MOST_DECIMALS,
    )
    return number(float(value), digits)


def qualified(value: float | None, qualifier: object = "exact") -> str:
    """Write a figure with the sign of its qualifier.

    >>> qualified(10, "at_least"), qualified(450, "about"), qualified(7, "exact")
    ('≥ 10', '≈ 450', '7')
    """
    text = published(value)
    sign = _QUALIFIERS.get(one_line(qualifier))
    return f"{sign} {text}" if sign and text != MISSING else text
