"""Words for SDG pages: goals, kinds of figures, breakdowns, bounds."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ileaps_views.i18n import MISSING, _, active, number
from ileaps_views.wording import is_missing, one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

GOALS: Final = tuple(range(1, 18))
# said once beside the chart: "5 number" reads as an error
_BARE_UNITS: Final = frozenset({"number", "index", "ratio"})


@lru_cache(maxsize=8)
def _goal_names(language: str) -> tuple[str, ...]:  # noqa: ARG001 - the key of the cache
    return (
        _("No poverty"),
        _("Zero hunger"),
        _("Health"),
        _("Education"),
        _("Gender equality"),
        _("Water and sanitation"),
        _("Clean energy"),
        _("Work and growth"),
        _("Industry, innovation"),
        _("Less inequality"),
        _("Cities"),
        _("Consumption"),
        _("Climate action"),
        _("Life below water"),
        _("Life on land"),
        _("Peace and justice"),
        _("Partnerships"),
    )


def goal_name(goal: int) -> str:
    """Return a goal's short name in our words.

    >>> goal_name(11)
    'Cities'
    """
    if goal not in GOALS:
        raise ValueError(f"goal_name: there is no goal {goal}; goals go from 1 to 17.")
    return _goal_names(active())[goal - 1]


def numbered_goal(goal: int) -> str:
    """Return number and name of a goal.

    >>> numbered_goal(11)
    '11 Cities'
    """
    return _("%(number)s %(name)s") % {"number": goal, "name": goal_name(goal)}


def nature_name(code: object) -> str:
    """Say how a value came about, as its publisher states it.

    >>> nature_name("modelled"), nature_name(None)
    ('modelled', 'origin not stated')
    """
    words = {
        "country": _("reported by the country"),
        "country_adjusted": _("country data, adjusted"),
        "estimated": _("estimated"),
        "modelled": _("modelled"),
        "global_monitoring": _("global monitoring data"),
        "not_relevant": _("not relevant"),
    }
    return words.get(one_line(code), one_line(code) or _("origin not stated"))


#: plotly's marker for how a value came about, and the same as text
NATURE_SYMBOLS: Final[Mapping[str, tuple[str, str]]] = {
    "country": ("circle", "●"),
    "country_adjusted": ("circle", "●"),
    "estimated": ("diamond", "◆"),
    "modelled": ("square-open", "□"),
    "global_monitoring": ("square-open", "□"),
    "": ("circle-open", "○"),
}


def nature_symbol(code: object) -> tuple[str, str]:
    """Return plotly's marker and the text glyph of a nature.

    >>> nature_symbol("modelled")
    ('square-open', '□')
    """
    return NATURE_SYMBOLS.get(one_line(code), NATURE_SYMBOLS[""])


def unit_suffix(unit: object) -> str:
    """Return what follows a value of a unit: "%" for percent, else a space and the unit.

    >>> unit_suffix("percent"), unit_suffix("micrograms per cubic metre")
    ('%', ' µg/m³')
    """
    text = one_line(unit)
    if text.lower().startswith("percent") and len(text) <= len("percentage"):
        return "%"
    if text.lower() in _BARE_UNITS:
        return ""
    short = {"micrograms per cubic metre": _("µg/m³")}
    written = short.get(text.lower(), text)
    return f" {written}" if written else ""


def value_text(value: object, unit: object = "", bound: object = None) -> str:
    """Write a value with its unit and, where it was published as a bound, its sign.

    >>> value_text(95.0, "percent", "above"), value_text(19.44, "percent")
    ('> 95%', '19.4%')
    >>> value_text(6.2, "percent"), value_text(6.3), value_text(0.0042), value_text(float("nan"))
    ('6.2%', '6.3', '0.0042', '–')
    """
    if is_missing(value):
        return MISSING
    amount = float(str(value))
    size = abs(amount)
    share = unit_suffix(unit) == "%"
    most = 0 if size >= 1000 else 1 if size >= 10 or (share and size >= 1) else 2
    if 0 < size < 0.01:
        most = 4
    # no zeros at the end that nobody published
    digits = next((d for d in range(most) if round(amount, d) == round(amount, most)), most)
    text = number(amount, digits) + unit_suffix(unit)
    sign = {"above": "> ", "below": "< "}.get(one_line(bound), "")
    return sign + text


def breakdown_name(dimension: str, code: object) -> str:
    """Return the word for one part of a disaggregated series.

    >>> breakdown_name("location", "urban"), breakdown_name("sex", "female")
    ('Urban', 'Women and girls')
    """
    words = {
        "total": _("Total"),
        "urban": _("Urban"),
        "rural": _("Rural"),
        "city": _("Cities"),
        "town_or_suburb": _("Towns and suburbs"),
        "female": _("Women and girls"),
        "male": _("Men and boys"),
    }
    text = one_line(code)
    if dimension == "age" and text not in words:
        return _("Age %(code)s") % {"code": text.replace("_", "–")}
    return words.get(text, text.replace("_", " ").replace("=", ": "))


def dimension_name(dimension: str) -> str:
    """Return the word for a dimension by which a series is broken down.

    >>> dimension_name("location")
    'Town and countryside'
    """
    words = {
        "": _("Total only"),
        "location": _("Town and countryside"),
        "sex": _("Sex"),
        "age": _("Age"),
        "other_breakdown": _("Other groups"),
    }
    return words.get(dimension, dimension)
