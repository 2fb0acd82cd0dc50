"""What the gaps are counted from where it is no plain table of values: cities, pilots."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from ileaps_metrics.pilot_figures import flag
from ileaps_metrics.pilot_frames import (
    KEYS,
    like,
    prepared_indicators,
    prepared_observations,
    reported_by_pilots,
)
from ileaps_metrics.population_grid import eager, require_columns

if TYPE_CHECKING:
    from narwhals.typing import IntoFrame, IntoFrameT

NATURES_BEST_FIRST = (
    "country",
    "country_adjusted",
    "estimated",
    "modelled",
    "global_monitoring",
    "not_relevant",
)
_CELL = ("series", "area_id", "year")


def with_cities(observations: IntoFrameT, city_values: IntoFrame) -> IntoFrameT:
    """Values of economies, and where there are none how many of its cities have one.

    A series published for cities says something of the economy they lie in. Its row has the
    number of cities as ``value`` and the best of their natures; a row of the economy itself for
    the same year comes first.

    Args:
        observations: One row a series, economy and year: ``series``, ``area_id``, ``year``,
            ``value``, ``bound``, ``nature``.
        city_values: ``series``, ``iso3``, ``year``, ``value``, ``nature``.

    Returns:
        The columns named, and ``cities``: the number of cities behind the value, 0 where it is
        the economy's own.

    Raises:
        ValueError: A column is absent.

    Example:
        >>> import pandas as pd
        >>> own = pd.DataFrame({"series": ["S"], "area_id": ["SGP"], "year": [2020],
        ...     "value": [99.0], "bound": [None], "nature": ["country"]})
        >>> cities = pd.DataFrame({"series": "S", "iso3": ["IDN", "IDN"], "year": 2020,
        ...     "value": [45.3, 50.0], "nature": "estimated"})
        >>> with_cities(own, cities)[["area_id", "value", "nature", "cities"]]
          area_id  value     nature  cities
        0     SGP   99.0    country       0
        1     IDN    2.0  estimated       2
    """
    own, cities = eager(observations), eager(city_values)
    require_columns(own, (*_CELL, "value", "bound", "nature"), "with_cities: observations")
    require_columns(cities, ("series", "iso3", "year", "value", "nature"), "with_cities: cities")
    own = own.select(
        *_CELL,
        nw.col("value").cast(nw.Float64),
        nw.col("bound").cast(nw.String),
        nw.col("nature").cast(nw.String),
        nw.lit(0).cast(nw.Int64).alias("cities"),
    )
    rank: nw.Expr = nw.lit(len(NATURES_BEST_FIRST))
    for place, nature in enumerate(NATURES_BEST_FIRST):
        rank = nw.when(nw.col("nature") == nature).then(nw.lit(place)).otherwise(rank)
    counted = (
        cities.filter(~nw.col("value").is_null())
        .rename({"iso3": "area_id"})
        .with_columns(rank.alias("rank"))
        .group_by(*_CELL)
        .agg(nw.len().alias("cities"), nw.col("rank").min())
    )
    best: nw.Expr = nw.lit(None).cast(nw.String)
    for place, nature in enumerate(NATURES_BEST_FIRST):
        best = nw.when(nw.col("rank") == place).then(nw.lit(nature)).otherwise(best)
    of_cities = counted.join(own.select(*_CELL), on=list(_CELL), how="anti").select(
        *_CELL,
        nw.col("cities").cast(nw.Float64).alias("value"),
        nw.lit(None).cast(nw.String).alias("bound"),
        best.alias("nature"),
        nw.col("cities").cast(nw.Int64),
    )
    together = nw.concat([own, of_cities.sort(*_CELL)], how="vertical")
    return like(observations, together.lazy())


def pilot_gaps(indicators: IntoFrameT, observations: IntoFrame) -> IntoFrameT:
    """What each pilot's indicator lacks before anybody can say how it went.

    Returns:
        One row an indicator, sorted by pilot and indicator: ``has_baseline``,
        ``baseline_dated``, ``has_target``, ``target_dated``, ``has_figure`` (a reported figure of
        the pilot itself) and ``figure_dated``; a date counts only where the value is there.

    Raises:
        ValueError: A table lacks a column.

    Example:
        >>> import pandas as pd
        >>> one = {"pilot_id": ["m"], "indicator_id": ["x"]}
        >>> indicators = pd.DataFrame(one | {"aggregation": "level", "result_level": "output",
        ...     "baseline_value": 1.0, "baseline_on": "2018", "target_value": None})
        >>> figures = pd.DataFrame(one | {"period_end": None, "value": 3.0,
        ...     "value_kind": "reported", "group": "pilot"})
        >>> pilot_gaps(indicators, figures).iloc[0, 2:].tolist()
        [True, True, False, False, True, False]
    """
    figures = (
        reported_by_pilots(prepared_observations(observations))
        .with_columns(flag(~nw.col("stand").is_null(), "dated"))
        .group_by(*KEYS)
        .agg(nw.len().alias("figures"), nw.col("dated").sum())
    )
    baseline, target = ~nw.col("baseline_value").is_null(), ~nw.col("target_value").is_null()
    listed = (
        prepared_indicators(indicators)
        .join(figures, on=list(KEYS), how="left")
        .with_columns(nw.col("figures").fill_null(0), nw.col("dated").fill_null(0))
        .select(
            *KEYS,
            baseline.alias("has_baseline"),
            (baseline & ~nw.col("baseline_on_last").is_null()).alias("baseline_dated"),
            target.alias("has_target"),
            (target & ~nw.col("target_on_last").is_null()).alias("target_dated"),
            (nw.col("figures") > 0).alias("has_figure"),
            (nw.col("dated") > 0).alias("figure_dated"),
        )
    )
    return like(indicators, listed.sort(*KEYS))
