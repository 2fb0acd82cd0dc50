"""Systems of cities: how large the largest is, and how evenly size is spread over the rest.

Every measure depends on what counts as a city and on the smallest one included, so the number of
cities and the cut-off belong beside each figure. Populations may come in any unit and any order;
missing, zero and negative ones are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import narwhals as nw
import numpy as np

from ileaps_metrics.elementwise import FloatArray, Values, as_floats, positive

if TYPE_CHECKING:
    from narwhals.typing import IntoFrame
    from numpy.typing import NDArray

_SYSTEM_COLUMNS = (
    "n",
    "primacy_2",
    "primacy_4",
    "primacy_11",
    "exponent",
    "standard_error",
    "largest",
    "smallest",
)


class RankSize(NamedTuple):
    """The rank–size rule fitted to one system of cities.

    Attributes:
        exponent: Pareto exponent b; 1 is Zipf's law, above 1 sizes are more even than that.
        standard_error: Its standard error, b · √(2/n).
        n: Number of cities used.
    """

    exponent: float
    standard_error: float
    n: int


def _by_size(populations: Values) -> FloatArray:
    """The usable populations, the largest first."""
    sizes = positive(np.atleast_1d(as_floats(populations)))
    return np.sort(sizes[~np.isnan(sizes)])[::-1]


def primacy(populations: Values, cities: Literal[2, 4, 11] = 2) -> float:
    """How far the largest city stands above the next ones: 2-, 4- or 11-city primacy.

    With P₁ ≥ P₂ ≥ …: ``P₁/P₂``; ``P₁/(P₂+P₃+P₄)``; ``2·P₁/(P₂+…+P₁₁)``. Under Zipf's law they are
    2, 12/13 = 0.923 and 2/2.01988 = 0.990.

    Args:
        populations: City populations of one country and year.
        cities: 2, 4 or 11.

    Returns:
        The index; NaN where there are fewer cities than it needs.

    Raises:
        ValueError: ``cities`` is none of the three.

    Example:
        >>> primacy([100, 400, 200])
        2.0
        >>> primacy([100, 400, 200], cities=4)
        nan
    """
    if cities not in {2, 4, 11}:
        raise ValueError(f"primacy: cities must be 2, 4 or 11, got {cities}. Choose one of these.")
    return _primacy(_by_size(populations), cities)


def _primacy(sizes: FloatArray, cities: int) -> float:
    if len(sizes) < cities:
        return float("nan")
    weight = 2.0 if cities == 11 else 1.0
    # As shares of the largest, so that not even the sum of extreme sizes can overflow.
    return float(weight / np.sum(sizes[1:cities] / sizes[0]))


def rank_size(populations: Values) -> RankSize:
    """The rank–size exponent by least squares, with the standard error proper to ranks.

    ``ln(rank − ½) = a − b · ln(population)``; the half removes the bias of small samples, and
    the standard error is ``b · √(2/n)`` because ranks are not independent: the one least squares
    prints is far too small (Gabaix and Ibragimov 2011, Journal of Business & Economic Statistics
    29(1)). Cities of equal size take consecutive ranks.

    Args:
        populations: City populations of one country and year, above one stated cut-off.

    Returns:
        A :class:`RankSize`; exponent and standard error are NaN for fewer than three cities and
        for cities all of one size.

    Example:
        >>> fit = rank_size([1 / rank for rank in range(1, 201)])
        >>> round(fit.exponent, 2), round(fit.standard_error, 2), fit.n
        (1.04, 0.1, 200)
        >>> rank_size([500, 300])
        RankSize(exponent=nan, standard_error=nan, n=2)
    """
    return _rank_size(_by_size(populations))


def _rank_size(sizes: FloatArray) -> RankSize:
    n = len(sizes)
    if n < 3 or sizes[0] == sizes[-1]:
        return RankSize(float("nan"), float("nan"), n)
    size = np.log(sizes)
    size -= size.mean()
    rank = np.log(np.arange(1, n + 1) - 0.5)
    exponent = float(-(size @ (rank - rank.mean())) / (size @ size))
    return RankSize(exponent, exponent * float(np.sqrt(2.0 / n)), n)


def hill_exponent(populations: Values, *, bias_corrected: bool = False) -> float:
    """The Pareto exponent by maximum likelihood (Hill 1975), a check on :func:`rank_size`.

    ``n / Σ ln(Pᵢ/P_min)`` with the smallest city as the cut-off; ``n − 1`` in place of ``n`` when
    corrected for bias.

    Args:
        populations: City populations of one country and year.
        bias_corrected: Whether to use ``n − 1``.

    Returns:
        The exponent; NaN for fewer than three cities and for cities all of one size.

    Example:
        >>> round(hill_exponent([8, 4, 2]), 3)
        1.443
    """
    sizes = _by_size(populations)
    if len(sizes) < 3 or sizes[0] == sizes[-1]:
        return float("nan")
    logs = np.log(sizes) - np.log(sizes[-1])
    return float((len(sizes) - bias_corrected) / logs.sum())


def largest_city_share(populations: Values, urban: float) -> float:
    """The largest city's share of a country's urban population, in per cent.

    ``100 · P₁ / U``. A city and the urban population are delimited by different rules, so a share
    a little above 100 is possible and is given as it is.

    Args:
        populations: City populations of one country and year.
        urban: The country's urban population in the same unit, year and revision.

    Returns:
        Per cent; NaN where there is no city, or no urban population.

    Example:
        >>> largest_city_share([300, 200], 1200)
        25.0
    """
    sizes = _by_size(populations)
    whole = float(positive(as_floats(urban)))
    if not len(sizes) or np.isnan(whole):
        return float("nan")
    return float(100.0 * sizes[0] / whole)


def herfindahl(populations: Values) -> float:
    """The concentration of people in the cities included: the Herfindahl index.

    ``Σ sᵢ²`` with sᵢ each city's share of the cities included: 1/n where all are equal, near 1
    where one has almost everyone.

    Args:
        populations: City populations of one country and year.

    Returns:
        The index; NaN where there is no city.

    Example:
        >>> herfindahl([50, 30, 20])
        0.38
    """
    sizes = _by_size(populations)
    if not len(sizes):
        return float("nan")
    relative = sizes / sizes[0]
    return float(np.sum(relative**2) / np.sum(relative) ** 2)


def gini(populations: Values) -> float:
    """The inequality of the sizes of the cities included: the Gini coefficient.

    ``2 · Σ i·x₍ᵢ₎ / (n·Σx) − (n+1)/n`` with x in ascending order: 0 where all are equal, at most
    1 − 1/n.

    Args:
        populations: City populations of one country and year.

    Returns:
        The coefficient; NaN where there is no city.

    Example:
        >>> gini([10, 10, 10, 10])
        0.0
        >>> round(gini([1, 3]), 6)
        0.25
    """
    ascending = _by_size(populations)[::-1]
    n = len(ascending)
    if not n:
        return float("nan")
    relative = ascending / ascending[-1]
    # The same formula over one fraction: exactly 0 for equal cities.
    weights = 2.0 * np.arange(1, n + 1) - (n + 1)
    return max(float(weights @ relative / (n * np.sum(relative))), 0.0)


def city_system_table(frame: IntoFrame) -> Any:  # noqa: ANN401
    """The city-system measures of every country in a table of cities.

    Args:
        frame: One row a city of one year and revision: ``iso3`` and ``population``. Apply the
            cut-off first (300 thousand for the agglomerations of the World Urbanization
            Prospects): cities below it are listed only because they pass it in another year.

    Returns:
        One row a country, sorted: ``iso3``, ``n`` (cities used), ``primacy_2``, ``primacy_4``,
        ``primacy_11``, ``exponent`` and ``standard_error`` of the rank–size rule, ``largest`` and
        ``smallest`` (the populations of the largest city and of the smallest one used: the
        cut-off in effect). A measure that needs more cities than there are is missing. A country
        without any usable city has no row.

    Raises:
        ValueError: The frame lacks a column, or has several years or revisions.

    Example:
        >>> import pandas as pd
        >>> cities = pd.DataFrame({"iso3": ["THA", "THA", "SGP"], "population": [9.0, 1.5, 5.0]})
        >>> city_system_table(cities)[["iso3", "n", "primacy_2", "largest"]]
          iso3  n  primacy_2  largest
        0  SGP  1        NaN      5.0
        1  THA  2        6.0      9.0
    """
    opened = nw.from_native(frame)
    table = opened.collect(backend="pandas") if isinstance(opened, nw.LazyFrame) else opened
    _require_one_cross_section(table)
    table = table.select("iso3", nw.col("population").cast(nw.Float64()))
    usable = nw.col("population").is_finite() & (nw.col("population") > 0)
    table = table.drop_nulls().filter(usable).sort("iso3", "population", descending=[False, True])
    starts = _first_rows(table["iso3"].to_numpy())
    populations = as_floats(table["population"])
    systems = [_city_system(part) for part in np.split(populations, starts)[1:]]
    figures = np.array(systems, dtype=np.float64).reshape(len(systems), len(_SYSTEM_COLUMNS))
    result = nw.maybe_reset_index(table[starts].select("iso3")).with_columns(
        *(
            nw.new_series(name, figures[:, column], backend=table.implementation)
            for column, name in enumerate(_SYSTEM_COLUMNS)
        )
    )
    return result.with_columns(nw.col("n").cast(nw.Int64())).to_native()


def _first_rows(sorted_keys: NDArray[Any]) -> NDArray[np.intp]:
    """Where each run of equal keys begins."""
    begins = np.ones(len(sorted_keys), dtype=bool)
    begins[1:] = sorted_keys[1:] != sorted_keys[:-1]
    return np.flatnonzero(begins)


def _city_system(sizes: FloatArray) -> tuple[float, ...]:
    """The measures in the order of the table's columns; sizes come largest first."""
    fit = _rank_size(sizes)
    return (
        fit.n,
        _primacy(sizes, 2),
        _primacy(sizes, 4),
        _primacy(sizes, 11),
        fit.exponent,
        fit.standard_error,
        sizes[0],
        sizes[-1],
    )


def _require_one_cross_section(table: nw.DataFrame[Any]) -> None:
    lacking = [name for name in ("iso3", "population") if name not in table.columns]
    if lacking:
        raise ValueError(
            f"city_system_table lacks the column {', '.join(lacking)}; it has "
            f"{', '.join(table.columns)}. Join the cities' countries to their populations first."
        )
    for name in ("year", "revision_id"):
        if name in table.columns and (found := table[name].n_unique()) > 1:
            raise ValueError(
                f"city_system_table: the frame holds {found} different values of {name}. "
                "Filter on one: a city counted twice is two cities to every measure."
            )
