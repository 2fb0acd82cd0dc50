"""Rates of growth, the speed of urbanization, and what urban growth is made of.

Definitions are those of the United Nations' World Urbanization Prospects (Glossary of
Demographic Terms, population.un.org/wup): rates are exponential and in per cent a year,
populations are those of mid-year (1 July).
"""

from __future__ import annotations

from typing import NamedTuple, overload

import numpy as np

from ileaps_metrics.elementwise import (
    Column,
    FloatArray,
    Values,
    computed,
    positive,
    require_positive,
    share,
)

_PERIOD_REMEDY = "Give the length of the period, its end year less its start year."
_ROUNDING = 1e-6
"""How far, relative to the total, an urban population may pass it and still be rounding."""


class GrowthDecomposition(NamedTuple):
    """Urban growth over a period, split into its two exact parts; all in the populations' unit.

    Attributes:
        change: Urban population at the end less that at the start.
        total_growth_effect: The part from growth of the total population.
        share_effect: The part from the rising (or falling) urban share.
    """

    change: Column
    total_growth_effect: Column
    share_effect: Column


def _exponential_rate(start: FloatArray, end: FloatArray, years: FloatArray) -> FloatArray:
    require_positive(years, "years", _PERIOD_REMEDY)
    # A difference of logarithms cannot overflow as the ratio of two extreme numbers can.
    return 100.0 * (np.log(positive(end)) - np.log(positive(start))) / years


@overload
def growth_rate(start: float, end: float, years: float) -> float: ...
@overload
def growth_rate(start: Values, end: Values, years: Values) -> Column: ...
def growth_rate(start: Values, end: Values, years: Values) -> Column:
    """Average annual rate of growth of a population, exponential, in per cent a year.

    ``100 · ln(end / start) / years``, the rate of change of the World Urbanization Prospects for
    urban, rural and total populations alike (UN DESA, WUP Glossary of Demographic Terms).

    Args:
        start: Population at the start of the period, in any unit.
        end: Population at its end, in the same unit.
        years: Length of the period in years, above zero.

    Returns:
        Per cent a year, in the kind handed in; NaN where a population is missing, zero or
        negative.

    Raises:
        ValueError: ``years`` is zero or less.

    Example:
        Indonesia's urban population in thousands, WUP 2018, 2015 to 2020:

        >>> round(growth_rate(137634.6, 154188.5, 5), 2)
        2.27
        >>> growth_rate(0, 154188.5, 5)
        nan
    """
    return computed("growth_rate", _exponential_rate, start, end, years)


def _doubling_time(rate: FloatArray) -> FloatArray:
    years = 100.0 * np.log(2.0) / positive(rate)
    return np.where(np.isfinite(years), years, np.nan)


@overload
def doubling_time(rate: float) -> float: ...
@overload
def doubling_time(rate: Values) -> Column: ...
def doubling_time(rate: Values) -> Column:
    """Years until a population has doubled, were it to keep growing at this rate.

    ``100 · ln 2 / rate``, exact for an exponential rate (70 / rate is the rule of thumb).

    Args:
        rate: Exponential growth in per cent a year, as :func:`growth_rate` gives it.

    Returns:
        Years, in the kind handed in; NaN where the rate is missing, zero or negative, since a
        population that does not grow never doubles, and NaN rather than infinity where the rate
        is so small that the years exceed what a float can hold.

    Example:
        >>> round(doubling_time(2.42), 3)
        28.642
        >>> doubling_time(-0.25)
        nan
    """
    return computed("doubling_time", _doubling_time, rate)


@overload
def rate_of_urbanization(percent_start: float, percent_end: float, years: float) -> float: ...
@overload
def rate_of_urbanization(percent_start: Values, percent_end: Values, years: Values) -> Column: ...
def rate_of_urbanization(percent_start: Values, percent_end: Values, years: Values) -> Column:
    """Average annual rate of change of the percentage urban, in per cent a year.

    ``100 · ln(percent_end / percent_start) / years`` (UN DESA, WUP Glossary). It is relative:
    from 50 to 51 per cent urban in a year is 1.98, not 1. Exactly, urban growth = total growth +
    rate of urbanization.

    Args:
        percent_start: Percentage urban at the start, 0 to 100.
        percent_end: Percentage urban at the end, 0 to 100.
        years: Length of the period in years, above zero.

    Returns:
        Per cent a year, in the kind handed in; NaN where a percentage is missing, zero, or not
        within 0 to 100.

    Raises:
        ValueError: ``years`` is zero or less.

    Example:
        China, WUP 2018, 2015 to 2020:

        >>> round(rate_of_urbanization(55.5, 61.428, 5), 2)
        2.03
    """

    def formula(
        percent_start: FloatArray, percent_end: FloatArray, years: FloatArray
    ) -> FloatArray:
        return _exponential_rate(share(percent_start), share(percent_end), years)

    return computed("rate_of_urbanization", formula, percent_start, percent_end, years)


def _percent_urban(urban: FloatArray, total: FloatArray) -> FloatArray:
    percent = 100.0 * np.where(urban >= 0, urban, np.nan) / positive(total)
    within_rounding = np.where(percent <= 100.0 * (1 + _ROUNDING), percent, np.nan)
    return np.minimum(within_rounding, 100.0)


@overload
def percent_urban(urban: float, total: float) -> float: ...
@overload
def percent_urban(urban: Values, total: Values) -> Column: ...
def percent_urban(urban: Values, total: Values) -> Column:
    """Percentage of the population that lives in urban areas.

    ``100 · urban / total`` (UN DESA, WUP Glossary: percentage urban).

    Args:
        urban: Urban population; zero is a figure (Tokelau has no urban area).
        total: Total population in the same unit.

    Returns:
        0 to 100, in the kind handed in; NaN where a population is missing or negative, the
        total is zero, or the urban population exceeds the total by more than rounding (one part
        in a million), since such a pair is an error and not a share.

    Example:
        Asia and the Pacific in 2020, WUP 2018, in thousands:

        >>> round(percent_urban(2349.2, 4605.2), 1)
        51.0
    """
    return computed("percent_urban", _percent_urban, urban, total)


def _urban_rural_difference(
    urban_start: FloatArray,
    rural_start: FloatArray,
    urban_end: FloatArray,
    rural_end: FloatArray,
    years: FloatArray,
) -> FloatArray:
    urban = _exponential_rate(urban_start, urban_end, years)
    rural = _exponential_rate(rural_start, rural_end, years)
    return urban - rural


@overload
def urban_rural_growth_difference(
    urban_start: float, rural_start: float, urban_end: float, rural_end: float, years: float
) -> float: ...
@overload
def urban_rural_growth_difference(
    urban_start: Values, rural_start: Values, urban_end: Values, rural_end: Values, years: Values
) -> Column: ...
def urban_rural_growth_difference(
    urban_start: Values, rural_start: Values, urban_end: Values, rural_end: Values, years: Values
) -> Column:
    """Urban growth less rural growth, in percentage points a year: the tempo of urbanization.

    ``100 · [ln(U/R) at the end − ln(U/R) at the start] / years``, the urban–rural growth
    difference (URGD) of the World Urbanization Prospects. Unlike the rate of urbanization it has
    no ceiling as a country nears 100 per cent urban.

    Args:
        urban_start: Urban population at the start.
        rural_start: Rural population at the start.
        urban_end: Urban population at the end.
        rural_end: Rural population at the end.
        years: Length of the period in years, above zero.

    Returns:
        Percentage points a year, in the kind handed in; NaN where a population is missing, zero
        or negative (a city state has no rural population, so no difference).

    Raises:
        ValueError: ``years`` is zero or less.

    Example:
        >>> round(urban_rural_growth_difference(100, 100, 150, 90, 10), 3)
        5.108
        >>> urban_rural_growth_difference(100, 0, 150, 0, 10)
        nan
    """
    return computed(
        "urban_rural_growth_difference",
        _urban_rural_difference,
        urban_start,
        rural_start,
        urban_end,
        rural_end,
        years,
    )


def _decomposition(
    urban_start: FloatArray, total_start: FloatArray, urban_end: FloatArray, total_end: FloatArray
) -> tuple[FloatArray, ...]:
    share_start = _percent_urban(urban_start, total_start) / 100.0
    share_end = _percent_urban(urban_end, total_end) / 100.0
    total_growth_effect = (total_end - total_start) * (share_start + share_end) / 2.0
    share_effect = (share_end - share_start) * (total_start + total_end) / 2.0
    known = ~np.isnan(urban_start + urban_end) & (urban_start >= 0) & (urban_end >= 0)
    change = np.where(known, urban_end - urban_start, np.nan)
    return change, total_growth_effect, share_effect


def growth_decomposition(
    urban_start: Values, total_start: Values, urban_end: Values, total_end: Values
) -> GrowthDecomposition:
    """The change in urban population, split into growth of the total and rise of the share.

    With ``s`` the urban share as a fraction and ``P`` the total population, symmetric in start
    and end, so that nothing is left over:

    ``U₁ − U₀ = (P₁ − P₀)·(s₀ + s₁)/2 + (s₁ − s₀)·(P₀ + P₁)/2``

    The split is arithmetic. It does not tell births from migration or from the redrawing of
    urban boundaries: that needs vital rates, which these two series do not hold.

    Args:
        urban_start: Urban population at the start.
        total_start: Total population at the start.
        urban_end: Urban population at the end.
        total_end: Total population at the end.

    Returns:
        A :class:`GrowthDecomposition`, each part in the kind handed in. The change needs only
        the two urban populations; both effects are NaN where a total is missing, zero or smaller
        than its urban population.

    Example:
        >>> parts = growth_decomposition(40, 100, 60, 120)
        >>> [round(part, 3) for part in parts]
        [20.0, 9.0, 11.0]
    """
    return GrowthDecomposition(
        *computed(
            "growth_decomposition", _decomposition, urban_start, total_start, urban_end, total_end
        )
    )
