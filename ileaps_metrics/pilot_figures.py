"""The figure that stands for an indicator now: which values count, and what they add up to.

Everything about one indicator is worked out in one pass over the figures, with windows over its
rows: an engine that plans queries would otherwise read and parse the table once for each part.
"""

from __future__ import annotations

from typing import Any

import narwhals as nw

from ileaps_metrics.pilot_conflicts import conflict_pairs
from ileaps_metrics.pilot_frames import GROUP_NAME, KEYS, Aggregation, Basis, below

_FLOW = Aggregation.FLOW.value
_QUALIFIERS = ("about", "at_least", "at_most")


def known_by(observations: nw.LazyFrame[Any], day: int) -> nw.LazyFrame[Any]:
    """Prepared figures whose date had begun by a day; undated ones stay."""
    begun = nw.col("period_end_first") <= day
    return observations.filter(nw.col("stand").is_null() | begun)


def flag(condition: nw.Expr, name: str) -> nw.Expr:
    """1 or 0: a missing comparison is 0 on every engine, which `not` would not ensure."""
    return nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0)).alias(name)


def actual_values(
    indicators: nw.LazyFrame[Any], observations: nw.LazyFrame[Any]
) -> nw.LazyFrame[Any]:
    """One row an indicator: its actual value, what that rests on, and how sure it is.

    The total (no disaggregation) counts where a dated one exists; otherwise the only group
    there is, named; several groups without a total are not added up. A level and a cumulative
    indicator take the latest value, a flow the sum of its dated periods since the baseline,
    unless those periods overlap. Values that differ at the latest date are shown as a range and
    no one of them is chosen.

    Args:
        indicators: prepared indicators.
        observations: prepared figures, already limited to those known at the date asked for.

    Returns:
        Lazy frame of the indicators with `observations`, `undated`, `other_kinds`, `conflicts`,
        `disputed`, `basis`, `disaggregation`, `actual`, `actual_low`, `actual_high`,
        `actual_on`, `actual_day`, `actual_qualifier`, `actual_source_id`, `several_sources`,
        `earliest` (first day of the earliest period).
    """
    figures = usable_figures(indicators, observations)
    pairs = conflict_pairs(indicators, figures.filter(nw.col("own") == 1), mark="latest")
    disputes = (
        pairs.with_columns((nw.col("earlier_mark") + nw.col("later_mark")).alias("in_conflict"))
        .group_by(*KEYS)
        .agg(nw.len().alias("conflicts"), nw.col("in_conflict").max())
    )
    by = list(KEYS)
    table = indicators.join(_summed(figures), on=by, how="left").join(disputes, on=by, how="left")
    return _settled(table)


def usable_figures(
    indicators: nw.LazyFrame[Any], observations: nw.LazyFrame[Any]
) -> nw.LazyFrame[Any]:
    """The pilots' own figures, with flags: `own` reported, `usable` for the actual, `latest`.

    Usable are the dated figures of the total or of the only group; of a flow, those that lie
    after its baseline, each period and value once.
    """
    kinds = indicators.select(*KEYS, "aggregation", "baseline_on_last")
    col = nw.col
    figures = (
        observations.filter(col("group") == "pilot")
        .join(kinds, on=list(KEYS), how="inner")
        .with_columns(
            flag(col("value_kind") == "reported", "own"),
            flag(~col("stand").is_null(), "has_date"),
            flag(col(GROUP_NAME) == "", "is_total"),
        )
        .with_columns(
            (col("own") * col("has_date")).alias("dated"),
            (col("own") * col("has_date") * col("is_total")).alias("dated_total"),
            nw.when(col("own") == 1).then(col(GROUP_NAME)).alias("own_group"),
        )
        .with_columns(
            col("dated_total").max().over(*KEYS).alias("any_total"),
            col("own_group").min().over(*KEYS).alias("first_group"),
            col("own_group").max().over(*KEYS).alias("last_group"),
        )
    )
    total = col("dated_total") == 1
    only_group = (col("any_total") == 0) & (col("first_group") == col("last_group"))
    since = col("baseline_on_last").is_null() | (col("start") >= col("baseline_on_last"))
    counts = (col("dated") == 1) & (total | only_group) & ((col("aggregation") != _FLOW) | since)
    in_order = ["unusable", "start", "stand", "value", "qualifier", "source_id"]
    figures = figures.with_columns((1 - flag(counts, "usable")).alias("unusable")).with_columns(
        col(name).shift(1).over(*KEYS, order_by=in_order).alias(f"previous_{name}")
        for name in ("unusable", "start", "stand", "value")
    )
    same = [col(name) == col(f"previous_{name}") for name in ("start", "stand", "value")]
    follows = (col("unusable") == 0) & (col("previous_unusable") == 0)
    repeated = follows & same[0] & same[1] & same[2]
    overlaps = follows & (col("start") <= col("previous_stand"))
    figures = figures.with_columns(flag(repeated, "repeated"), flag(overlaps, "overlaps"))
    figures = figures.with_columns(
        ((1 - col("unusable")) * col("own")).alias("usable"),
        nw.when(col("unusable") == 0).then(col("stand")).alias("usable_stand"),
    ).with_columns(col("usable_stand").max().over(*KEYS).alias("latest_stand"))
    return figures.with_columns(flag(col("usable_stand") == col("latest_stand"), "latest"))


def _summed(figures: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """One row an indicator: counts, the figure shown, the range at the latest date, flow sums.

    The figure whose value, source and published date are shown is, among those of the latest
    date, the exact one over the qualified, then the one with the shorter period, then the first
    by source name: an order that does not depend on how the table happens to be sorted.
    """
    col = nw.col
    latest, usable = col("latest") == 1, col("usable") == 1
    counted_once = usable & (col("repeated") == 0)
    order = ["not_latest", "inexact", "by_length", "by_source", "value", "qualifier", "period_end"]
    ranked = figures.with_columns(
        (1 - col("latest")).alias("not_latest"),
        flag(col("qualifier") != "exact", "inexact"),
        (-col("start")).fill_null(0).alias("by_length"),
        col("source_id").fill_null("").alias("by_source"),
        nw.lit(1).alias("place"),
    ).with_columns(col("place").cum_sum().over(*KEYS, order_by=order))
    shown = latest & (col("place") == 1)
    figure_columns = {
        "actual_on": "period_end",
        "actual_qualifier": "qualifier",
        "actual_source_id": "source_id",
    }
    source_of = {"latest_sources": latest, "flow_sources": counted_once}
    ranked = ranked.with_columns(
        (1 - col("own")).alias("not_reported"),
        (col("own") - col("dated")).alias("undated"),
        nw.when(shown).then(col("value")).alias("actual"),
        *(nw.when(shown).then(col(name)).alias(new) for new, name in figure_columns.items()),
        nw.when(shown & (col(GROUP_NAME) != "")).then(col(GROUP_NAME)).alias("shown_group"),
        nw.when(latest).then(col("value")).alias("latest_value"),
        nw.when(latest).then(col("low")).alias("latest_low"),
        nw.when(latest).then(col("high")).alias("latest_high"),
        nw.when(usable).then(col("start")).alias("usable_start"),
        nw.when(counted_once).then(col("value")).alias("period_value"),
        flag(usable & (col("repeated") == 0) & (col("overlaps") == 1), "overlapping"),
        *(nw.when(rule).then(col("source_id")).alias(name) for name, rule in source_of.items()),
        *(flag(usable & (col("qualifier") == name), f"any_{name}") for name in _QUALIFIERS),
    )
    return ranked.group_by(*KEYS).agg(
        col("own").sum().alias("observations"),
        col("not_reported").sum().alias("other_kinds"),
        col("dated").sum(),
        col("undated").sum(),
        col("any_total").max(),
        col("first_group").max(),
        col("last_group").max(),
        col("actual").max(),
        *(col(name).max() for name in figure_columns),
        col("shown_group").max(),
        col("latest_stand").max().alias("actual_day"),
        col("latest_value").min().alias("actual_low"),
        col("latest_value").max().alias("actual_high"),
        col("latest_low").max().alias("highest_low"),
        col("latest_high").min().alias("lowest_high"),
        col("usable_start").min().alias("earliest"),
        col("period_value").sum().alias("flow_sum"),
        col("overlapping").max(),
        *(col(name).min().alias(f"{name}_first") for name in source_of),
        *(col(name).max().alias(f"{name}_last") for name in source_of),
        *(col(f"any_{name}").max() for name in _QUALIFIERS),
    )


def _first_of(rules: list[tuple[nw.Expr, str]]) -> nw.Expr:
    chosen: nw.Expr = nw.lit(None).cast(nw.String)
    for condition, code in reversed(rules):
        chosen = nw.when(condition).then(nw.lit(code)).otherwise(chosen)
    return chosen


def _settled(table: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    col = nw.col
    counts = ("observations", "undated", "dated", "other_kinds", "conflicts", "in_conflict")
    marks = ("any_total", "overlapping", *(f"any_{name}" for name in _QUALIFIERS))
    flow = col("aggregation") == _FLOW
    several = below(col("lowest_high"), col("highest_low"))
    table = table.with_columns(
        *(col(name).fill_null(0).cast(nw.Int64) for name in (*counts, *marks)),
        flag(flow, "is_flow"),
        flag(several & (col("aggregation") != _FLOW), "differ"),
    ).with_columns((col("any_about") + col("any_at_least") + col("any_at_most")).alias("inexact"))
    only_by_group = (col("any_total") == 0) & (col("first_group") != col("last_group"))
    basis = _first_of(
        [
            (col("observations") == 0, Basis.NONE.value),
            (col("dated") == 0, Basis.UNDATED.value),
            (only_by_group, Basis.BY_GROUP_ONLY.value),
            # a flow may have dated figures, but none since its baseline
            (col("actual_day").is_null(), Basis.NONE.value),
            ((col("is_flow") == 1) & (col("overlapping") == 1), Basis.PERIODS_OVERLAP.value),
            (col("differ") == 1, Basis.SEVERAL_AT_LATEST_DATE.value),
            (col("any_total") == 0, Basis.SINGLE_GROUP.value),
            (col("any_total") == 1, Basis.TOTAL.value),
        ]
    )
    of_sum = _first_of(
        [
            (col("inexact") == 0, "exact"),
            ((col("inexact") > 1) | (col("any_about") == 1), "about"),
            (col("any_at_least") == 1, "at_least"),
            (col("any_at_most") == 1, "at_most"),
        ]
    )
    several_flow_sources = col("flow_sources_first") < col("flow_sources_last")
    several_latest_sources = col("latest_sources_first") < col("latest_sources_last")
    summed = (col("is_flow") == 1) & ~col("actual_day").is_null()
    table = table.with_columns(
        basis.alias("basis"),
        ((col("in_conflict") > 0) | (col("differ") == 1)).alias("disputed"),
        col("shown_group").alias(GROUP_NAME),
        nw.when(summed).then(of_sum).otherwise(col("actual_qualifier")).alias("actual_qualifier"),
        (flag(summed, "sum") * flag(several_flow_sources, "flow")).alias("several_of_sum"),
        ((1 - flag(summed, "sum")) * flag(several_latest_sources, "latest")).alias(
            "several_at_latest"
        ),
        *(
            nw.when(summed).then(col("flow_sum")).otherwise(col(name)).alias(name)
            for name in ("actual", "actual_low", "actual_high")
        ),
    )
    overlap = col("basis") == Basis.PERIODS_OVERLAP.value
    unsettled = overlap | (col("basis") == Basis.SEVERAL_AT_LATEST_DATE.value)
    return table.with_columns(
        ((col("several_of_sum") + col("several_at_latest")) > 0).alias("several_sources"),
        nw.when(~unsettled).then(col("actual")).alias("actual"),
        *(nw.when(~overlap).then(col(name)).alias(name) for name in ("actual_low", "actual_high")),
    )
