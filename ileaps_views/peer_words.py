"""The indicators on which cities are compared: their names and how their values are written."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from ileaps_views.i18n import MISSING, _, active, number, percent, population
from ileaps_views.wording import is_missing

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE: Final = "size"
GROWTH: Final = "growth"
SHARE: Final = "share"
TRANSPORT: Final = "transport"
OPEN_SPACE: Final = "open_space"
AIR: Final = "air"
INCOME: Final = "income"
URBANISED: Final = "urbanised"
SLUMS: Final = "slums"

#: in the order of the filter; the ones a person starts with come first
PEER_INDICATORS: Final = (SIZE, GROWTH, SHARE, INCOME, URBANISED, TRANSPORT, OPEN_SPACE, AIR, SLUMS)
USUAL_INDICATORS: Final = (SIZE, GROWTH, SHARE, INCOME, URBANISED, TRANSPORT)


class PeerIndicator(NamedTuple):
    """An indicator of likeness: its name, what it measures, how a value of it is written."""

    name: str
    meaning: str
    write: Callable[[float], str]


@lru_cache(maxsize=8)
def _indicators(language: str) -> dict[str, PeerIndicator]:  # noqa: ARG001 - the key of the cache
    return {
        SIZE: PeerIndicator(
            _("Size"),
            _("people of the agglomeration in 2020, as a logarithm"),
            lambda value: population(10.0**value),
        ),
        GROWTH: PeerIndicator(
            _("Growth"),
            _("growth of the agglomeration 2010–2020, % a year"),
            percent,
        ),
        SHARE: PeerIndicator(
            _("Weight in the country"),
            _("share of the country's city people in 2020"),
            percent,
        ),
        INCOME: PeerIndicator(
            _("Income (country)"),
            _("GDP per person of the country at purchasing power parity, as a logarithm"),
            lambda value: _("$%(amount)s") % {"amount": number(round(10.0**value, -2))},
        ),
        URBANISED: PeerIndicator(
            _("Urban share (country)"),
            _("share of the country's people living in cities in 2020"),
            percent,
        ),
        TRANSPORT: PeerIndicator(
            _("Public transport"),
            _("SDG 11.2.1 of the city: people with convenient access"),
            percent,
        ),
        OPEN_SPACE: PeerIndicator(
            _("Open space"),
            _("SDG 11.7.1 of the city; values hard to believe count as missing"),
            percent,
        ),
        AIR: PeerIndicator(
            _("PM2.5 measured"),
            _("latest annual mean at the city's stations (WHO)"),
            lambda value: _("%(value)s µg/m³") % {"value": number(value, 1)},
        ),
        SLUMS: PeerIndicator(
            _("Slums (country)"),
            _("SDG 11.1.1 of the country: city people living in slums, modelled"),
            percent,
        ),
    }


def peer_indicator(code: str) -> PeerIndicator:
    """Return name, meaning and way of writing of an indicator of likeness.

    >>> peer_indicator("size").write(3.2), peer_indicator("income").write(4.1)
    ('1.6 million', '$12,600')
    """
    return _indicators(active())[code]


def peer_names() -> dict[str, str]:
    """Name the indicators of likeness, by id.

    >>> peer_names()["growth"]
    'Growth'
    """
    return {code: peer_indicator(code).name for code in PEER_INDICATORS}


def peer_value(code: str, value: object) -> str:
    """Write a value of an indicator of likeness.

    >>> peer_value("growth", 1.52), peer_value("growth", None)
    ('1.5%', '–')
    """
    return MISSING if is_missing(value) else peer_indicator(code).write(float(str(value)))
