"""Policy transfers as a network: who takes what from whom, how far it got, and since when."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw

from ileaps_metrics.partial_dates import with_days
from ileaps_metrics.pilot_figures import flag
from ileaps_metrics.pilot_frames import lazy, like, number, text

if TYPE_CHECKING:
    from narwhals.typing import IntoFrame, IntoFrameT

TRANSFER = "transfer_id"
COUNT_BY = ("policy_id", "sector", "instrument", "status", "year", "to_city_id")
_PRECISION = {4: "year", 7: "month", 10: "day"}


def distinct_transfers(transfers: IntoFrameT) -> IntoFrameT:
    """Each transfer once: another source's version of the same transfer is not a second one.

    Returns:
        The rows whose `same_as` is missing, with all their columns, and `also_reported_by`
        (how many other versions) and `agreed_on_other` (the earliest and the latest of their
        dates, ";"-separated where they differ; missing without a dated version).

    Raises:
        ValueError: for a table that lacks a column.

    >>> import pandas as pd
    >>> cards = pd.DataFrame({"transfer_id": ["a", "b"], "same_as": [None, "a"],
    ...     "agreed_on": ["2010", "2008"]})
    >>> distinct_transfers(cards)[["transfer_id", "also_reported_by", "agreed_on_other"]]
      transfer_id  also_reported_by agreed_on_other
    0           a                 1            2008
    """
    frame = lazy(transfers, (TRANSFER, "same_as", "agreed_on"), "transfers")
    return like(transfers, _distinct(frame).sort(TRANSFER))


def _distinct(frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    names = frame.collect_schema().names()
    marked = frame.with_columns(text(frame, "same_as").alias("__first"))
    versions = (
        frame.select(text(frame, "same_as").alias(TRANSFER), text(frame, "agreed_on"))
        .filter(~nw.col(TRANSFER).is_null())
        .group_by(TRANSFER)
        .agg(
            nw.len().alias("also_reported_by"),
            nw.col("agreed_on").min().alias("__from"),
            nw.col("agreed_on").max().alias("__to"),
        )
    )
    several = nw.concat_str(["__from", "__to"], separator=";")
    dates = nw.when(nw.col("__from") < nw.col("__to")).then(several).otherwise(nw.col("__from"))
    return (
        marked.filter(nw.col("__first").is_null())
        .join(versions, on=TRANSFER, how="left")
        .with_columns(
            nw.col("also_reported_by").fill_null(0).cast(nw.Int64),
            dates.alias("agreed_on_other"),
        )
        .select(*names, "also_reported_by", "agreed_on_other")
    )


def transfer_links(
    transfers: IntoFrameT,
    policies: IntoFrameT,
    cities: IntoFrameT,
    year: int | None = None,
) -> IntoFrameT:
    """Distinct transfers with the places and the policy they link, one row a transfer.

    One policy may go from one city to another more than once, under other instruments and on
    other dates; such rows stay apart, and `parallel` counts them so that a map can part them.

    Args:
        transfers: the transfers table; any frame Narwhals reads.
        policies: the policies table.
        cities: the cities table.
        year: keep what was agreed by the end of that year. Undated transfers are always kept,
            marked `undated`: nobody knows that they came later.

    Returns:
        A frame of the same kind, sorted: transfer_id, policy_id, policy, sector, from_city_id,
        from_city, from_country, from_latitude, from_longitude, to_ the same, instrument,
        status, agreed_on (text), agreed_on_other, year (number, missing when undated),
        precision (day, month, year), undated, also_reported_by, parallel, source_id.

    Raises:
        ValueError: for a table that lacks a column.

    >>> import pandas as pd
    >>> cities = pd.DataFrame({"city_id": ["s", "m"], "name": ["Seoul", "Makassar"],
    ...     "country_iso3": ["KOR", "IDN"], "latitude": [37.6, -5.1],
    ...     "longitude": [127.0, 119.4]})
    >>> policies = pd.DataFrame({"policy_id": ["t"], "name": ["Transit"], "sector": ["transport"]})
    >>> transfers = pd.DataFrame({"transfer_id": ["a"], "policy_id": ["t"],
    ...     "from_city_id": ["s"], "to_city_id": ["m"], "instrument": ["MoU"],
    ...     "agreed_on": ["2018-05-02"], "status": ["piloted"], "same_as": [None],
    ...     "source_id": ["x"]})
    >>> transfer_links(transfers, policies, cities)[["to_city", "sector", "year", "precision"]]
        to_city     sector    year precision
    0  Makassar  transport  2018.0       day
    """
    ends = ("from_city_id", "to_city_id")
    needed = (TRANSFER, "policy_id", *ends, "instrument", "agreed_on", "status", "same_as")
    frame = lazy(transfers, needed, "transfers")
    plain = (TRANSFER, "policy_id", *ends, "instrument", "status", "source_id", "agreed_on_other")
    distinct = _distinct(frame)
    links = with_days(
        distinct.select(*(text(distinct, name) for name in plain), "agreed_on", "also_reported_by"),
        "agreed_on",
    ).drop("agreed_on_first", "agreed_on_last")
    about = lazy(policies, ("policy_id", "name", "sector"), "policies")
    links = links.join(
        about.select(
            text(about, "policy_id"), text(about, "name").alias("policy"), text(about, "sector")
        ),
        on="policy_id",
        how="left",
    )
    for end in ("from", "to"):
        links = links.join(_places(cities, end), on=f"{end}_city_id", how="left")
    links = _dated(links)
    if year is not None:
        links = links.filter(nw.col("undated") | (nw.col("year") <= year))
    same = ("policy_id", *ends)
    links = links.with_columns(
        nw.col(TRANSFER).count().over(*same).cast(nw.Int64).alias("parallel")
    )
    place = ("city_id", "city", "country", "latitude", "longitude")
    return like(
        transfers,
        links.select(
            *(TRANSFER, "policy_id", "policy", "sector"),
            *(f"{end}_{name}" for end in ("from", "to") for name in place),
            *("instrument", "status", "agreed_on", "agreed_on_other", "year", "precision"),
            *("undated", "also_reported_by", "parallel", "source_id"),
        ).sort(TRANSFER),
    )


def _places(cities: IntoFrame, end: str) -> nw.LazyFrame[Any]:
    needed = ("city_id", "name", "country_iso3", "latitude", "longitude")
    frame = lazy(cities, needed, "cities")
    return frame.select(
        text(frame, "city_id").alias(f"{end}_city_id"),
        text(frame, "name").alias(f"{end}_city"),
        text(frame, "country_iso3").alias(f"{end}_country"),
        number(frame, "latitude").alias(f"{end}_latitude"),
        number(frame, "longitude").alias(f"{end}_longitude"),
    )


def _dated(links: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    agreed = nw.col("agreed_on")
    precision: nw.Expr = nw.lit(None).cast(nw.String)
    for size, name in _PRECISION.items():
        precision = nw.when(agreed.str.len_chars() == size).then(nw.lit(name)).otherwise(precision)
    return links.with_columns(
        agreed.str.slice(0, 4).cast(nw.Float64).alias("year"),
        precision.alias("precision"),
        (flag(agreed.is_null(), "undated") == 1).alias("undated"),
    )


def transfer_counts(links: IntoFrameT, by: str = "policy_id") -> IntoFrameT:
    """Transfers counted by policy, sector, instrument, status, year or receiving city.

    Args:
        links: what `transfer_links` returns.
        by: one of policy_id, sector, instrument, status, year, to_city_id.

    Returns:
        A frame of the same kind, most transfers first, then by name: the column counted by
        (missing is a group of its own: "undated" is an answer), transfers, places (receiving
        cities), countries.

    Raises:
        ValueError: for another column, or a table that lacks one.

    >>> import pandas as pd
    >>> links = pd.DataFrame({"year": [2018.0, None, None], "to_city_id": ["m", "m", "h"],
    ...     "to_country": ["IDN", "IDN", "MDV"]})
    >>> transfer_counts(links, by="year")
         year  transfers  places  countries
    0     NaN          2       2          2
    1  2018.0          1       1          1
    """
    if by not in COUNT_BY:
        message = f"transfers cannot be counted by {by!r}: use one of {', '.join(COUNT_BY)}"
        raise ValueError(message)
    frame = lazy(links, (by, "to_city_id", "to_country"), "transfer links")
    counts = (
        frame.select(nw.col(by), nw.col("to_city_id").alias("place"), nw.col("to_country"))
        .group_by(by)
        .agg(
            nw.len().alias("transfers"),
            nw.col("place").n_unique().alias("places"),
            nw.col("to_country").n_unique().alias("countries"),
        )
        .with_columns(nw.col(name).cast(nw.Int64) for name in ("transfers", "places", "countries"))
        .with_columns((-nw.col("transfers")).alias("__order"))
    )
    ordered = counts.sort("__order", by, nulls_last=True)
    return like(links, ordered.select(by, "transfers", "places", "countries"))


@dataclass(frozen=True, kw_only=True)
class NetworkSummary:
    """Size of a network of transfers.

    Attributes:
        transfers: distinct transfers.
        undated: of these, without a date.
        places: places that receive at least one.
        countries: countries of these places.
        policies: policies transferred.
        most_shared_policy_ids: the policies with the most transfers (several where tied).
        most_shared_count: transfers of each of these.
    """

    transfers: int
    undated: int
    places: int
    countries: int
    policies: int
    most_shared_policy_ids: tuple[str, ...]
    most_shared_count: int


def network_summary(links: IntoFrame) -> NetworkSummary:
    """Counts of transfers, receiving places and countries, and the most shared policy.

    Args:
        links: what `transfer_links` returns.

    Raises:
        ValueError: for a table that lacks a column.

    >>> import pandas as pd
    >>> links = pd.DataFrame({"policy_id": ["t", "t", "w"], "to_city_id": ["m", "h", "m"],
    ...     "to_country": ["IDN", "MDV", "IDN"], "undated": [False, True, False]})
    >>> summary = network_summary(links)
    >>> summary.transfers, summary.places, summary.most_shared_policy_ids
    (3, 2, ('t',))
    """
    needed = ("policy_id", "to_city_id", "to_country", "undated")
    table = lazy(links, needed, "transfer links").select(*needed).collect()
    columns = {name: table[name].to_list() for name in needed}
    known = {
        name: [value for value in columns[name] if isinstance(value, str)] for name in needed[:3]
    }
    counts = Counter(known["policy_id"])
    most = max(counts.values(), default=0)
    top = sorted(policy for policy, n in counts.items() if n == most)
    return NetworkSummary(
        transfers=len(table),
        undated=sum(map(bool, columns["undated"])),
        places=len(set(known["to_city_id"])),
        countries=len(set(known["to_country"])),
        policies=len(counts),
        most_shared_policy_ids=tuple(top),
        most_shared_count=most,
    )
