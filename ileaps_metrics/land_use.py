"""Land against people: SDG indicator 11.3.1 and what to read beside its ratio.

The ratio of the land consumption rate to the population growth rate, as the United Nations
define it (indicator 11.3.1; text as reproduced on the Government of Japan's page of global
indicators). It has no meaning where the population hardly changes: there it is missing, and
:func:`land_use_status` says so. Both rates are fractions a year and need the same two years.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Literal, overload

import numpy as np

from ileaps_metrics.elementwise import (
    Column,
    FloatArray,
    Values,
    as_floats,
    computed,
    positive,
    require_positive,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

NEAR_ZERO_GROWTH = 0.0005
"""Population growth a year, either way, below which the ratio is suppressed (our threshold)."""
_PERIOD_REMEDY = "Give the length of the period, its last year less its first."
_SQUARE_METRES = 1e6


class LandUse(StrEnum):
    """How land and people moved together; the codes pages translate."""

    COMPACT = "compact"
    LAND_FASTER = "land_faster_than_people"
    LAND_NOT_GROWING = "land_not_growing"
    PEOPLE_FALL_LAND_GROWS = "people_fall_land_grows"
    BOTH_FALL = "both_fall"
    NEAR_ZERO_GROWTH = "near_zero_growth"
    NOT_AVAILABLE = "not_available"


@overload
def land_consumption_rate(
    past: float, present: float, years: float, method: Literal["linear", "log"] = "linear"
) -> float: ...
@overload
def land_consumption_rate(
    past: Values, present: Values, years: Values, method: Literal["linear", "log"] = "linear"
) -> Column: ...
def land_consumption_rate(
    past: Values, present: Values, years: Values, method: Literal["linear", "log"] = "linear"
) -> Column:
    """Growth of the built-up area a year, as a fraction.

    ``linear`` (the present definition): ``(V₂ − V₁) / V₁ / years``. ``log`` (the older one, used
    by Trends.Earth): ``ln(V₂ / V₁) / years``. Name the one you used: over ten years of growth by
    half they give 0.050 and 0.041.

    Args:
        past: Built-up area at the start, in any unit.
        present: Built-up area at the end, in the same unit.
        years: Length of the period in years, above zero.
        method: ``linear`` or ``log``.

    Returns:
        A fraction a year, in the kind handed in; NaN where an area is missing, zero or negative.

    Raises:
        ValueError: ``years`` is zero or less, or the method is unknown.

    Example:
        >>> land_consumption_rate(100, 150, 10)
        0.05
        >>> round(land_consumption_rate(100, 150, 10, method="log"), 6)
        0.040547
    """
    if method not in {"linear", "log"}:
        raise ValueError(
            f"land_consumption_rate: the method {method!r} is unknown: use linear or log."
        )

    def formula(past: FloatArray, present: FloatArray, years: FloatArray) -> FloatArray:
        require_positive(years, "years", _PERIOD_REMEDY)
        start, end = positive(past), positive(present)
        growth = np.log(end) - np.log(start) if method == "log" else (end - start) / start
        return _finite(growth / years)

    return computed("land_consumption_rate", formula, past, present, years)


@overload
def population_growth_rate(past: float, present: float, years: float) -> float: ...
@overload
def population_growth_rate(past: Values, present: Values, years: Values) -> Column: ...
def population_growth_rate(past: Values, present: Values, years: Values) -> Column:
    """Growth of the population a year as 11.3.1 has it: ``ln(P₂ / P₁) / years``, a fraction.

    Args:
        past: Population at the start.
        present: Population at the end.
        years: Length of the period in years, above zero.

    Returns:
        A fraction a year, in the kind handed in; NaN where a population is missing, zero or
        negative.

    Raises:
        ValueError: ``years`` is zero or less.

    Example:
        England 2013 to 2016, mid-year populations of the Office for National Statistics:

        >>> round(population_growth_rate(53_865_817, 55_268_067, 3), 12)
        0.008566402563
    """

    def formula(past: FloatArray, present: FloatArray, years: FloatArray) -> FloatArray:
        require_positive(years, "years", _PERIOD_REMEDY)
        return (np.log(positive(present)) - np.log(positive(past))) / years

    return computed("population_growth_rate", formula, past, present, years)


@overload
def land_use_efficiency(land_rate: float, population_rate: float) -> float: ...
@overload
def land_use_efficiency(land_rate: Values, population_rate: Values) -> Column: ...
def land_use_efficiency(land_rate: Values, population_rate: Values) -> Column:
    """Land consumption rate over population growth rate: SDG indicator 11.3.1.

    Between 0 and 1 the built-up area grows more slowly than the population; above 1, faster. Near
    zero population growth (less than 0.0005 a year, either way) the ratio leaps between large
    positive and large negative figures and is suppressed. Read :func:`land_use_status` beside it.

    Args:
        land_rate: As :func:`land_consumption_rate` gives it.
        population_rate: As :func:`population_growth_rate` gives it, over the same years.

    Returns:
        The ratio, in the kind handed in; NaN where suppressed or missing.

    Example:
        >>> round(land_use_efficiency(0.05, population_growth_rate(1.0, 1.3, 10)), 5)
        1.90575
        >>> land_use_efficiency(0.02, 0.0004)
        nan
    """

    def formula(land: FloatArray, people: FloatArray) -> FloatArray:
        return _finite(np.where(np.abs(people) < NEAR_ZERO_GROWTH, np.nan, land / people))

    return computed("land_use_efficiency", formula, land_rate, population_rate)


@overload
def land_use_status(land_rate: float, population_rate: float) -> str: ...
@overload
def land_use_status(land_rate: Values, population_rate: Values) -> NDArray[np.object_] | str: ...
def land_use_status(land_rate: Values, population_rate: Values) -> NDArray[np.object_] | str:
    """In a word how land and people moved together, also where the ratio is suppressed.

    Args:
        land_rate: As :func:`land_consumption_rate` gives it.
        population_rate: As :func:`population_growth_rate` gives it.

    Returns:
        A code of :class:`LandUse`: ``compact`` (ratio above 0, up to 1),
        ``land_faster_than_people`` (above 1), ``land_not_growing`` (land still or shrinking while
        people increase), ``people_fall_land_grows``, ``both_fall``, ``near_zero_growth`` (the
        ratio is suppressed), ``not_available``; an array of codes for arrays.

    Example:
        >>> land_use_status(0.05, 0.026), land_use_status(0.05, -0.01)
        ('land_faster_than_people', 'people_fall_land_grows')
    """
    land, people = np.broadcast_arrays(as_floats(land_rate), as_floats(population_rate))
    conditions = (
        np.isnan(land) | np.isnan(people),
        np.abs(people) < NEAR_ZERO_GROWTH,
        (people < 0) & (land > 0),
        people < 0,
        land <= 0,
        land <= people,
    )
    codes = (
        LandUse.NOT_AVAILABLE,
        LandUse.NEAR_ZERO_GROWTH,
        LandUse.PEOPLE_FALL_LAND_GROWS,
        LandUse.BOTH_FALL,
        LandUse.LAND_NOT_GROWING,
        LandUse.COMPACT,
    )
    found = np.select(conditions, [*range(len(codes))], len(codes))
    words = np.array([*(code.value for code in codes), LandUse.LAND_FASTER.value], dtype=object)
    return words[found] if found.ndim else str(words[int(found)])


def built_up_per_head(built_up_square_km: Values, population: Values) -> Column:
    """Built-up area per inhabitant in square metres, to be read beside the ratio.

    ``1,000,000 · V / P``.

    Args:
        built_up_square_km: Built-up area in square kilometres.
        population: Inhabitants of the same area and year.

    Returns:
        Square metres a person, in the kind handed in; NaN where the population is zero or one of
        the two is missing or negative.

    Example:
        >>> round(built_up_per_head(150, 1_300_000), 1)
        115.4
    """

    def formula(area: FloatArray, people: FloatArray) -> FloatArray:
        return _finite(_SQUARE_METRES * np.where(area >= 0, area, np.nan) / positive(people))

    return computed("built_up_per_head", formula, built_up_square_km, population)


def built_up_change(past: Values, present: Values) -> Column:
    """Change of the built-up area over the whole period, as a share of its start.

    ``(V₂ − V₁) / V₁``.

    Args:
        past: Built-up area at the start.
        present: Built-up area at the end.

    Returns:
        A fraction, in the kind handed in; NaN where an area is missing, zero or negative.

    Example:
        >>> built_up_change(100, 150)
        0.5
    """

    def formula(past: FloatArray, present: FloatArray) -> FloatArray:
        return _finite((positive(present) - positive(past)) / positive(past))

    return computed("built_up_change", formula, past, present)


def _finite(values: FloatArray) -> FloatArray:
    return np.where(np.isfinite(values), values, np.nan)
