"""What the programme did, counted: events once each, policies by uptake, shared SDG targets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw

from ileaps_metrics.pilot_frames import lazy, like, number, text

if TYPE_CHECKING:
    from narwhals.typing import IntoFrame, IntoFrameT

EVENT, POLICY, COMMITMENT = "event_id", "policy_id", "commitment_id"
TRANSFER_STATUSES = (
    "listed",
    "planned",
    "selected",
    "agreed",
    "started",
    "piloted",
    "delivered",
    "in service",
)
"""How far a transfer came, from least to furthest."""
SEPARATOR = ";"


def distinct_events(events: IntoFrameT) -> IntoFrameT:
    """Each event once: another source's version of the same event is not a second one.

    Returns:
        A frame of the same kind, sorted by first day, undated ones last: the rows whose
        `same_as` is missing with all their columns, and `also_reported_by` (how many other
        versions), `participants_low` and `participants_high` (the least and the most that any
        version counts; missing where none does), `year` (number, missing when undated).

    Raises:
        ValueError: for a table that lacks a column.

    >>> import pandas as pd
    >>> forum = pd.DataFrame({"event_id": ["a", "b"], "starts_on": ["2016-06-08", "2016-06-08"],
    ...     "participants": [500.0, 300.0], "same_as": [None, "a"]})
    >>> distinct_events(forum)[["event_id", "participants_low", "participants_high", "year"]]
      event_id  participants_low  participants_high    year
    0        a             300.0              500.0  2016.0
    """
    frame = lazy(events, (EVENT, "same_as", "starts_on", "participants"), "events")
    names = frame.collect_schema().names()
    first = text(frame, "same_as").alias("__first")
    keyed = frame.with_columns(
        first, number(frame, "participants").alias("__people"), text(frame, "starts_on")
    )
    own = nw.when(~nw.col("__first").is_null()).then(nw.col("__first")).otherwise(nw.col(EVENT))
    versions = (
        keyed.with_columns(own.alias("__own"))
        .group_by("__own")
        .agg(
            nw.len().alias("__versions"),
            nw.col("__people").min().alias("participants_low"),
            nw.col("__people").max().alias("participants_high"),
        )
    )
    listed = (
        keyed.filter(nw.col("__first").is_null())
        .join(versions, left_on=EVENT, right_on="__own", how="left")
        .with_columns(
            (nw.col("__versions").cast(nw.Int64) - 1).alias("also_reported_by"),
            nw.col("starts_on").str.slice(0, 4).cast(nw.Float64).alias("year"),
        )
        .sort("starts_on", EVENT, nulls_last=True)
    )
    added = ("also_reported_by", "participants_low", "participants_high", "year")
    return like(events, listed.select(*names, *added))


def policy_uptake(policies: IntoFrameT, links: IntoFrame) -> IntoFrameT:
    """Each policy with how often it was taken up, policies nobody took up included.

    Args:
        policies: the policies table.
        links: what `transfer_links` returns, each transfer once.

    Returns:
        A frame of the same kind, most transfers first, then by name: the columns of the
        policies, transfers, places, countries (0 where no transfer is recorded), undated (of
        the transfers), `furthest_status` (missing without a transfer).

    Raises:
        ValueError: for a status that is not in the codelist, or a table that lacks a column.

    >>> import pandas as pd
    >>> policies = pd.DataFrame({"policy_id": ["bus", "card"], "name": ["Bus", "Card"]})
    >>> links = pd.DataFrame({"policy_id": ["card", "card"], "to_city_id": ["m", "h"],
    ...     "to_country": ["IDN", "MDV"], "status": ["agreed", "delivered"],
    ...     "undated": [False, True]})
    >>> policy_uptake(policies, links)[["name", "transfers", "places", "furthest_status"]]
       name  transfers  places furthest_status
    0  Card          2       2       delivered
    1   Bus          0       0             NaN
    """
    frame = lazy(policies, (POLICY, "name"), "policies")
    needed = (POLICY, "to_city_id", "to_country", "status", "undated")
    given = lazy(links, needed, "transfer links")
    known = given.filter(~nw.col("status").is_in(list(TRANSFER_STATUSES))).select("status")
    strange = known.collect()["status"].to_list()
    if strange:
        message = (
            f"transfer links: status {strange[0]!r} is not one of "
            f"{', '.join(TRANSFER_STATUSES)}; correct the row of the transfers table"
        )
        raise ValueError(message)
    place: nw.Expr = nw.lit(0)
    name: nw.Expr = nw.lit(None).cast(nw.String)
    for position, status in enumerate(TRANSFER_STATUSES, start=1):
        place = nw.when(nw.col("status") == status).then(nw.lit(position)).otherwise(place)
        name = nw.when(nw.col("__furthest") == position).then(nw.lit(status)).otherwise(name)
    counts = (
        given.select(*needed)
        .with_columns(
            place.alias("__place"),
            nw.when(nw.col("undated")).then(nw.lit(1)).otherwise(nw.lit(0)).alias("__undated"),
        )
        .group_by(POLICY)
        .agg(
            nw.len().alias("transfers"),
            nw.col("to_city_id").n_unique().alias("places"),
            nw.col("to_country").n_unique().alias("countries"),
            nw.col("__undated").sum().alias("undated"),
            nw.col("__place").max().alias("__furthest"),
        )
    )
    joined = frame.join(counts, on=POLICY, how="left").with_columns(name.alias("furthest_status"))
    counted = ("transfers", "places", "countries", "undated")
    whole = joined.with_columns(
        nw.col(column).fill_null(0).cast(nw.Int64) for column in counted
    ).with_columns((-nw.col("transfers")).alias("__order"))
    names = frame.collect_schema().names()
    ordered = whole.sort("__order", "name")
    return like(policies, ordered.select(*names, *counted, "furthest_status"))


def shared_targets(commitments: IntoFrameT, policies: IntoFrame, pilots: IntoFrame) -> IntoFrameT:
    """The policies and pilots that serve an SDG target a commitment speaks of, one row a pair.

    A shared target is a shared subject: it does not say that one led to the other.

    Args:
        commitments: commitment_id, sdg_targets (";"-separated).
        policies: policy_id, name, sdg_targets.
        pilots: pilot_id, name, kind, sdg_targets.

    Returns:
        A frame of the same kind, sorted: commitment_id, item_kind ("policy" or the pilot's
        kind), item_id, item (its name), shared (the targets they share, ";"-separated).

    Raises:
        ValueError: for a table that lacks a column.

    >>> import pandas as pd
    >>> one = pd.DataFrame({"commitment_id": ["c"], "sdg_targets": ["11.3;16.7"]})
    >>> policies = pd.DataFrame({"policy_id": ["p"], "name": ["Expo"], "sdg_targets": ["16.7"]})
    >>> pilots = pd.DataFrame({"pilot_id": ["m"], "name": ["Bus"], "kind": ["pilot"],
    ...     "sdg_targets": ["11.2"]})
    >>> shared_targets(one, policies, pilots)[["commitment_id", "item_kind", "item_id", "shared"]]
      commitment_id item_kind item_id shared
    0             c    policy       p   16.7
    """
    wanted = lazy(commitments, (COMMITMENT, "sdg_targets"), "commitments")
    wanted = wanted.select(text(wanted, COMMITMENT), text(wanted, "sdg_targets"))
    items = nw.concat([_items(policies, POLICY, "policies"), _items(pilots, "pilot_id", "pilots")])
    # the distinct targets are few; one expression each runs on any engine
    written = wanted.select("sdg_targets").collect()["sdg_targets"].to_list()
    targets = sorted({each for row in written if row for each in row.split(SEPARATOR)})
    pairs = wanted.join(items, how="cross")
    shared: nw.Expr = nw.lit("")
    for target in targets:
        both = _holds("sdg_targets", target) & _holds("item_targets", target)
        word = nw.when(both).then(nw.lit(target + SEPARATOR)).otherwise(nw.lit(""))
        shared = nw.concat_str([shared, word])
    found = (
        pairs.with_columns(shared.alias("shared"))
        .filter(nw.col("shared") != "")
        .with_columns(nw.col("shared").str.strip_chars(SEPARATOR))
    )
    columns = (COMMITMENT, "item_kind", "item_id", "item", "shared")
    return like(commitments, found.select(*columns).sort(COMMITMENT, "item_kind", "item_id"))


def _items(table: IntoFrame, key: str, name: str) -> nw.LazyFrame[Any]:
    needed = (key, "name", "sdg_targets", *(("kind",) if key != POLICY else ()))
    frame = lazy(table, needed, name)
    kind = nw.lit("policy") if key == POLICY else text(frame, "kind")
    return frame.select(
        kind.alias("item_kind"),
        text(frame, key).alias("item_id"),
        text(frame, "name").alias("item"),
        text(frame, "sdg_targets").alias("item_targets"),
    )


def _holds(column: str, target: str) -> nw.Expr:
    padded = nw.concat_str([nw.lit(SEPARATOR), nw.col(column), nw.lit(SEPARATOR)])
    whole = f"{SEPARATOR}{target}{SEPARATOR}"
    return padded.str.contains(whole, literal=True).fill_null(value=False)
