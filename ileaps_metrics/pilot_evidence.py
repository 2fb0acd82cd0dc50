"""Whom the pilots reached, and what their figures do not let anybody say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw

from ileaps_metrics.partial_dates import DAYS_PER_MONTH, as_day
from ileaps_metrics.pilot_conflicts import conflict_pairs
from ileaps_metrics.pilot_figures import flag, known_by
from ileaps_metrics.pilot_frames import (
    GROUP_NAME,
    KEYS,
    PILOT,
    Aggregation,
    Limit,
    ResultLevel,
    lazy,
    like,
    prepared_indicators,
    prepared_observations,
    reported_by_pilots,
    text,
)

if TYPE_CHECKING:
    from datetime import date

    from narwhals.typing import IntoFrame, IntoFrameT

# Units that name people. Passengers and trips are left out on purpose: one person makes many.
PERSON_UNITS = (
    "persons",
    "people",
    "students",
    "pupils",
    "children",
    "residents",
    "officials",
    "participants",
    "trainees",
    "beneficiaries",
)
STALE_AFTER_MONTHS = 24


def people_reached(
    indicators: IntoFrameT, observations: IntoFrameT, pilots: IntoFrameT | None = None
) -> IntoFrameT:
    """Named figures of people reached, each with its date and source; never to be summed.

    A figure counts when it is reported (not intended or announced) by the pilot itself, dated,
    of an output or an outcome, and its unit names people: "passengers" are trips. Of a level or
    a cumulative indicator the latest figure of each group is listed, of a flow each period.
    With the pilots table only pilots of kind "pilot" are listed, with their attribution: what
    is reported beside a pilot need not come from the programme.

    Returns:
        A frame of the same kind, sorted: pilot_id, indicator_id, unit, disaggregation, value,
        qualifier, period_start, period_end, source_id; with pilots also attribution and
        attributed (whether it begins with "evidenced").

    Raises:
        ValueError: for a table that lacks a column.

    >>> import pandas as pd
    >>> one = {"pilot_id": ["m"], "indicator_id": ["students"]}
    >>> indicators = pd.DataFrame(one | {"unit": "students", "aggregation": "level",
    ...     "result_level": "output", "baseline_value": None, "target_value": None})
    >>> figures = pd.DataFrame(one | {"period_end": "2018-05-03", "value": 101,
    ...     "value_kind": "reported", "group": "pilot", "source_id": "seoul"})
    >>> people_reached(indicators, figures)[["value", "unit", "period_end"]]
       value      unit  period_end
    0  101.0  students  2018-05-03
    """
    levels = [ResultLevel.OUTPUT.value, ResultLevel.OUTCOME.value]
    units = nw.col("unit").str.to_lowercase().is_in(PERSON_UNITS)
    about = (
        prepared_indicators(indicators)
        .filter(units & nw.col("result_level").is_in(levels))
        .select(*KEYS, "unit", "aggregation")
    )
    dated = reported_by_pilots(prepared_observations(observations)).filter(
        ~nw.col("stand").is_null()
    )
    found = (
        dated.join(about, on=list(KEYS), how="inner")
        .with_columns(nw.col("stand").max().over(*KEYS, GROUP_NAME).alias("latest"))
        .filter(
            (nw.col("aggregation") == Aggregation.FLOW.value)
            | (nw.col("stand") == nw.col("latest"))
        )
    )
    columns = ["value", "qualifier", "period_start", "period_end", "source_id"]
    if pilots is not None:
        found = found.join(_attributed(pilots, "pilot"), on=PILOT, how="inner")
        columns += ["attribution", "attributed"]
    group = nw.when(nw.col(GROUP_NAME) != "").then(nw.col(GROUP_NAME)).alias(GROUP_NAME)
    listed = found.sort(*KEYS, GROUP_NAME, "stand", "source_id", "value")
    return like(observations, listed.select(*KEYS, "unit", group, *columns))


def _attributed(pilots: IntoFrame, kind: str | None = None) -> nw.LazyFrame[Any]:
    """Pilots with their attribution; "agreement evidenced" is an agreement, not an attribution."""
    frame = lazy(pilots, (PILOT, "kind", "attribution"), "pilots")
    frame = frame.select(*(text(frame, name) for name in (PILOT, "kind", "attribution")))
    if kind is not None:
        frame = frame.filter(nw.col("kind") == kind)
    evidenced = nw.col("attribution").str.starts_with("evidenced")
    return frame.with_columns((flag(evidenced, "attributed") == 1).alias("attributed"))


def evidence_limits(
    pilots: IntoFrameT,
    indicators: IntoFrameT,
    observations: IntoFrameT,
    as_of: date | str | None = None,
) -> IntoFrameT:
    """What cannot be said of each pilot, one row a limit, read off the tables.

    Codes: `no_comparison_group` (no figure of a comparison group), `no_cost` (no input
    indicator with a reported figure), `no_figure` (no reported figure of its own),
    `no_dated_figure`, `no_figure_since` (the last one is older than 24 months; detail: its
    published date), `undated_figures` (detail: how many), `no_target` (no indicator of its own
    has one; detail: how many indicators), `only_outputs` (no reported outcome or impact figure),
    `sources_disagree` (detail: how many pairs), `attribution_not_evidenced` (detail: the
    attribution as published).

    Returns:
        A frame of the same kind, sorted: pilot_id, code, detail (text, missing where the code
        says it all).

    Raises:
        ValueError: for an unreadable `as_of` or a table that lacks a column.

    >>> import pandas as pd
    >>> one = {"pilot_id": ["m"]}
    >>> pilots = pd.DataFrame(one | {"kind": "pilot", "attribution": "MoU only"})
    >>> indicators = pd.DataFrame(one | {"indicator_id": "x", "aggregation": "level",
    ...     "result_level": "output", "baseline_value": 1.0, "target_value": 2.0})
    >>> figures = pd.DataFrame(one | {"indicator_id": "x", "period_end": "2018-08", "value": 3.0,
    ...     "value_kind": "reported", "group": "pilot"})
    >>> evidence_limits(pilots, indicators, figures, as_of="2026-11-22")
      pilot_id                      code    detail
    0        m  attribution_not_evidenced  MoU only
    1        m       no_comparison_group       NaN
    2        m                   no_cost       NaN
    3        m           no_figure_since   2018-08
    4        m              only_outputs       NaN
    """
    now = as_day(as_of)
    about = prepared_indicators(indicators)
    figures = known_by(prepared_observations(observations), now)
    levels = about.select(*KEYS, "result_level", "target_value")
    own = reported_by_pilots(figures).join(levels, on=list(KEYS), how="inner")
    compared = figures.filter(nw.col("group") == "comparison").select(PILOT).unique()
    table = (
        _attributed(pilots)
        .join(_own_counts(own), on=PILOT, how="left")
        .join(_last_figure(own), on=PILOT, how="left")
        .join(_indicator_counts(levels), on=PILOT, how="left")
        .join(compared.with_columns(nw.lit(1).alias("compared")), on=PILOT, how="left")
        .join(
            conflict_pairs(about, figures).group_by(PILOT).agg(nw.len().alias("pairs")),
            on=PILOT,
            how="left",
        )
    )
    counts = ("figures", "dated", "costs", "results", "own_indicators", "targets", "pairs")
    table = table.with_columns(
        nw.col(name).fill_null(0).cast(nw.Int64) for name in (*counts, "compared")
    ).with_columns((nw.col("figures") - nw.col("dated")).alias("undated"))
    limits = {code.value: (rule, detail) for code, rule, detail in _limits(now)}
    # unpivoted rather than stacked: a planner would work the whole table out once a code
    listed = (
        table.with_columns(
            nw.when(rule).then(detail.fill_null("")).alias(code)
            for code, (rule, detail) in limits.items()
        )
        .unpivot(on=list(limits), index=[PILOT], variable_name="code", value_name="detail")
        .filter(~nw.col("detail").is_null())
        .with_columns(nw.when(nw.col("detail") != "").then(nw.col("detail")).alias("detail"))
    )
    return like(observations, listed.sort(PILOT, "code"))


def _own_counts(own: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    level = nw.col("result_level")
    result = (level == ResultLevel.OUTCOME.value) | (level == ResultLevel.IMPACT.value)
    return (
        own.with_columns(
            flag(~nw.col("stand").is_null(), "dated"),
            flag(level == ResultLevel.INPUT.value, "costs"),
            flag(result, "results"),
        )
        .group_by(PILOT)
        .agg(
            nw.len().alias("figures"),
            *(nw.col(name).sum() for name in ("dated", "costs", "results")),
        )
    )


def _last_figure(own: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    return (
        own.filter(~nw.col("stand").is_null())
        .unique(subset=[PILOT, "stand"], keep="first", order_by=["period_end"])
        .with_columns(nw.col("stand").max().over(PILOT).alias("last"))
        .filter(nw.col("stand") == nw.col("last"))
        .select(PILOT, "last", nw.col("period_end").alias("last_on"))
    )


def _indicator_counts(levels: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    return (
        levels.filter(nw.col("result_level") != ResultLevel.CONTEXT.value)
        .with_columns(flag(~nw.col("target_value").is_null(), "targets"))
        .group_by(PILOT)
        .agg(nw.len().alias("own_indicators"), nw.col("targets").sum())
    )


def _limits(now: int) -> list[tuple[Limit, nw.Expr, nw.Expr]]:
    col = nw.col
    nothing: nw.Expr = nw.lit(None).cast(nw.String)
    stale = now - col("last") > STALE_AFTER_MONTHS * DAYS_PER_MONTH
    has_figures = col("figures") > 0
    return [
        (Limit.NO_COMPARISON_GROUP, col("compared") == 0, nothing),
        (Limit.NO_COST, col("costs") == 0, nothing),
        (Limit.NO_FIGURE, col("figures") == 0, nothing),
        (Limit.NO_DATED_FIGURE, has_figures & (col("dated") == 0), nothing),
        (Limit.NO_FIGURE_SINCE, stale, col("last_on")),
        (Limit.UNDATED_FIGURES, col("undated") > 0, col("undated").cast(nw.String)),
        (Limit.NO_TARGET, col("targets") == 0, col("own_indicators").cast(nw.String)),
        (Limit.ONLY_OUTPUTS, has_figures & (col("results") == 0), nothing),
        (Limit.SOURCES_DISAGREE, col("pairs") > 0, col("pairs").cast(nw.String)),
        (Limit.ATTRIBUTION_NOT_EVIDENCED, ~col("attributed"), col("attribution")),
    ]
