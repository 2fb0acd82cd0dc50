"""Urban growth: rates, decomposition, interpolation and regional sums.

The public face of three modules: the formulas (:mod:`ileaps_metrics.growth_formulas`), the years
between published ones (:mod:`ileaps_metrics.interpolation`), and both over whole tables
(:mod:`ileaps_metrics.population_frames`).

Example:
    >>> round(growth_rate(137634.6, 154188.5, 5), 2), round(doubling_time(2.27), 1)
    (2.27, 30.5)
"""

from __future__ import annotations

from ileaps_metrics.growth_formulas import (
    GrowthDecomposition,
    doubling_time,
    growth_decomposition,
    growth_rate,
    percent_urban,
    rate_of_urbanization,
    urban_rural_growth_difference,
)
from ileaps_metrics.interpolation import (
    crossing_year,
    interpolate_percent_urban,
    interpolate_population,
)
from ileaps_metrics.population_frames import aggregate_population, growth_table, population_at

__all__ = [
    "GrowthDecomposition",
    "aggregate_population",
    "crossing_year",
    "doubling_time",
    "growth_decomposition",
    "growth_rate",
    "growth_table",
    "interpolate_percent_urban",
    "interpolate_population",
    "percent_urban",
    "population_at",
    "rate_of_urbanization",
    "urban_rural_growth_difference",
]
