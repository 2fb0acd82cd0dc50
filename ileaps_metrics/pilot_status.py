"""Progress against a target, and what may honestly be said of it from few figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import narwhals as nw
import numpy as np

from ileaps_metrics.elementwise import computed
from ileaps_metrics.partial_dates import DAYS_PER_YEAR, as_day, iso_day
from ileaps_metrics.pilot_figures import actual_values, flag, known_by
from ileaps_metrics.pilot_frames import (
    GROUP_NAME,
    KEYS,
    Aggregation,
    Basis,
    Reason,
    ResultLevel,
    Status,
    like,
    prepared_indicators,
    prepared_observations,
)

if TYPE_CHECKING:
    from datetime import date

    from narwhals.typing import IntoFrameT

    from ileaps_metrics.elementwise import Column, FloatArray, Values

METHODS = {
    "linear_pace": "linear pace 0.95/0.60/0 (house rule)",
    "undp_rag": "UNDP Development Report Card 2014 RAG",
}
TOO_EARLY_BELOW = 10.0
ON_TRACK_FROM, BEHIND_FROM, OFF_TRACK_FROM = 0.95, 0.60, 0.0
GREEN_FROM, AMBER_FROM = 1.0, 0.5

Rule: TypeAlias = tuple[nw.Expr, Status, Reason | None]

_COLUMNS = (
    *KEYS,
    "result_level",
    "aggregation",
    "unit",
    "ascending",
    "baseline_value",
    "baseline_assumed",
    "baseline_on",
    "target_value",
    "target_on",
    "actual",
    "actual_low",
    "actual_high",
    "actual_on",
    "actual_qualifier",
    "actual_source_id",
    "several_sources",
    "basis",
    GROUP_NAME,
    "observations",
    "undated",
    "conflicts",
    "disputed",
    "elapsed",
    "expected",
    "expected_by_now",
    "progress",
    "pace",
    "required_rate",
    "share_of_target",
    "status",
    "reason",
    "method",
    "as_of",
)


def _progress(baseline: FloatArray, actual: FloatArray, target: FloatArray) -> FloatArray:
    distance = np.where(target == baseline, np.nan, target - baseline)
    return 100 * (actual - baseline) / distance


def progress(baseline: Values, actual: Values, target: Values) -> Column:
    """Share of the way from baseline to target that has been covered, in per cent.

    100 x (actual - baseline) / (target - baseline): the IATI and OECD-DAC reading of baseline,
    target and actual. It holds for targets above and below the baseline without a change of
    sign, exceeds 100 past the target and is negative for a move away from it. NaN where the
    target is the baseline (a goal to maintain: judge it as met or not met).

    Args:
        baseline: value at the start.
        actual: value now.
        target: value aimed at, in the same unit.

    Returns:
        Per cent, in the caller's own kind: number, array or Series.

    >>> round(progress(15, 53, 50), 3)  # IATI's own example: the target was met
    108.571
    >>> progress([10, 5], [8, 5], [6, 5]).tolist()
    [50.0, nan]
    """
    return computed("progress", _progress, baseline, actual, target)


def pilot_kpis(
    indicators: IntoFrameT,
    observations: IntoFrameT,
    as_of: date | str | None = None,
    method: str = "linear_pace",
) -> IntoFrameT:
    """Where each indicator stands against its target, one row an indicator, by rules for thin data.

    Only figures with group "pilot" and value kind "reported" count, known by `as_of`. Deadlines,
    stocks and totals stand at the last day of their published interval. The linear path runs
    from the baseline to the target; `elapsed` and `expected` are read at the date of the latest
    figure, `expected_by_now` at `as_of`, none past the target.

    Without a baseline a cumulative indicator starts at 0 at its earliest period; any other
    rising indicator shows `share_of_target` and no progress.

    The first rule that applies gives the status:
        context; no_data; undated (no dated figure); no_target; no_total (only figures by
        group, or flow periods that overlap); sources_disagree (about the latest value itself);
        no_direction; target_against_direction; exceeded or achieved; missed (a figure from the
        deadline or later falls short); no_baseline; undated (target or baseline bears no date);
        not_known_at_deadline (the deadline has passed without a figure since); too_early (less
        than 10% of the time elapsed at the latest figure); then by pace.
    A target that is met comes before the undated ones, because it needs no date to be met; the
    unknown deadline comes before "too early", because it is no longer early. `disputed` marks a
    latest value in conflict whatever the status; `conflicts` counts all.

    Methods: "linear_pace" judges pace = progress / elapsed: 0.95 and more "on_track", 0.60 and
    more "behind", 0 and more "off_track", below "moving_away" (the cut-offs are a house choice).
    "undp_rag" (UNDP Development Report Card 2014) judges the share of the milestone expected
    by then: 100% "rag_green", 50-99% "rag_amber", less "rag_red"; past the deadline the
    milestone is the target. Every other status is its grey.

    Args:
        indicators: the indicators table; any frame Narwhals reads (pandas, Polars, DuckDB,
            PySpark).
        observations: the observations table, of the same kind.
        as_of: the day to judge at, a date or ISO text; today when None.
        method: "linear_pace" or "undp_rag".

    Returns:
        A frame of the same kind, sorted by pilot_id and indicator_id. Progress, elapsed and
        share_of_target in per cent, pace as a ratio, required_rate in units a year.

    Raises:
        ValueError: for an unknown method, an unreadable `as_of`, or a table that lacks a column.

    >>> import pandas as pd
    >>> vehicles = pd.DataFrame({
    ...     "pilot_id": ["m"], "indicator_id": ["vehicles"], "aggregation": ["level"],
    ...     "result_level": ["output"], "ascending": [True], "baseline_value": [1.0],
    ...     "baseline_on": ["2017-05-15"], "target_value": [20.0], "target_on": ["2018"]})
    >>> figures = pd.DataFrame({
    ...     "pilot_id": ["m"], "indicator_id": ["vehicles"], "period_end": ["2018-08-23"],
    ...     "value": [10], "value_kind": ["reported"], "group": ["pilot"]})
    >>> kpis = pilot_kpis(vehicles, figures, as_of="2018-09-01")
    >>> kpis[["elapsed", "expected", "progress", "pace", "status"]].round(3)
       elapsed  expected  progress   pace  status
    0   78.151    15.849    47.368  0.606  behind
    """
    if method not in METHODS:
        message = f"as a method, {method!r} is unknown: use one of {', '.join(METHODS)}"
        raise ValueError(message)
    now = as_day(as_of)
    table = actual_values(
        prepared_indicators(indicators), known_by(prepared_observations(observations), now)
    )
    table = _judged(_paced(_measured(table, now), now), method)
    result = table.with_columns(
        nw.lit(METHODS[method]).alias("method"),
        nw.lit(iso_day(now)).alias("as_of"),
    )
    return like(indicators, result.select(*_COLUMNS).sort(*KEYS))


def _measured(table: nw.LazyFrame[Any], now: int) -> nw.LazyFrame[Any]:
    """Adds the effective baseline, deadline, and whether the target is met, as plain columns."""
    judged = nw.col("result_level") != ResultLevel.CONTEXT.value
    table = table.with_columns(
        nw.when(judged).then(nw.col(name)).alias(name)
        for name in ("actual", "actual_low", "actual_high")
    )
    no_baseline = nw.col("baseline_value").is_null()
    assumed = no_baseline & (nw.col("aggregation") == Aggregation.CUMULATIVE.value)
    table = table.with_columns(
        assumed.alias("baseline_assumed"),
        nw.when(assumed).then(nw.lit(0.0)).otherwise(nw.col("baseline_value")).alias("base"),
        nw.when(assumed & nw.col("baseline_on_last").is_null())
        .then(nw.col("earliest"))
        .otherwise(nw.col("baseline_on_last"))
        .alias("begin"),
        nw.col("target_on_last").alias("deadline"),
    ).with_columns(
        (nw.col("target_value") - nw.col("base")).alias("distance"),
        (nw.col("deadline") - nw.col("begin")).alias("duration"),
    )
    way = (
        nw.when(nw.col("distance") > 0)
        .then(nw.lit(1.0))
        .otherwise(nw.when(nw.col("distance") < 0).then(nw.lit(-1.0)).otherwise("direction"))
    )
    table = table.with_columns(
        way.alias("way"),
        # sums of decimals miss a target by a rounding error otherwise
        (nw.col("target_value").abs() * 1e-9 + 1e-12).alias("tolerance"),
    ).with_columns(
        ((nw.col("actual") - nw.col("target_value")) * nw.col("way")).alias("beyond"),
    )
    met = (nw.col("way") != 0) & (nw.col("beyond") >= -nw.col("tolerance"))
    exceeded = (nw.col("way") != 0) & (nw.col("beyond") > nw.col("tolerance"))
    past = nw.col("deadline") < now
    return table.with_columns(
        flag(met, "met"), flag(exceeded, "exceeded"), flag(past, "deadline_past")
    )


def _path(table: nw.LazyFrame[Any], share: str, day: nw.Expr, name: str) -> nw.LazyFrame[Any]:
    """Value on the line from baseline to target at a day; level before and after it."""
    possible = (nw.col("duration") > 0) & ~nw.col("distance").is_null()
    table = table.with_columns(
        nw.when(possible).then((day - nw.col("begin")) / nw.col("duration")).alias(share)
    )
    on_path = nw.col(share).clip(0.0, 1.0)
    return table.with_columns(
        nw.when(~nw.col(share).is_null())
        .then(nw.col("base") + on_path * nw.col("distance"))
        .alias(name)
    )


def _paced(table: nw.LazyFrame[Any], now: int) -> nw.LazyFrame[Any]:
    reading = nw.col("result_level") != ResultLevel.CONTEXT.value
    table = _path(table, "share", nw.when(reading).then(nw.col("actual_day")), "expected")
    table = _path(table, "share_now", nw.when(reading).then(nw.lit(float(now))), "expected_by_now")
    covered = 100 * (nw.col("actual") - nw.col("base")) / nw.col("distance")
    remaining = (nw.col("deadline") - nw.col("actual_day")) / DAYS_PER_YEAR
    before = nw.col("actual_day") < nw.col("deadline")
    no_base = nw.col("base").is_null() & (nw.col("direction") > 0) & (nw.col("target_value") != 0)
    table = table.with_columns(
        (100 * nw.col("share")).alias("elapsed"),
        nw.when(nw.col("distance") != 0).then(covered).alias("progress"),
        nw.when(before & (nw.col("deadline_past") == 0) & (nw.col("met") == 0))
        .then((nw.col("target_value") - nw.col("actual")) / remaining)
        .alias("required_rate"),
        nw.when(no_base)
        .then(100 * nw.col("actual") / nw.col("target_value"))
        .alias("share_of_target"),
    )
    paced = (nw.col("elapsed") >= TOO_EARLY_BELOW) & (nw.col("actual_day") <= nw.col("deadline"))
    return table.with_columns(
        nw.when(paced).then(nw.col("progress") / nw.col("elapsed")).alias("pace")
    )


def _judged(table: nw.LazyFrame[Any], method: str) -> nw.LazyFrame[Any]:
    """Status and reason: the first rule that applies."""
    rules = [*_evidence_rules(), *_target_rules(method), *_pace_rules(method)]
    status: nw.Expr = nw.lit(None).cast(nw.String)
    reason: nw.Expr = nw.lit(None).cast(nw.String)
    for condition, code, why in reversed(rules):
        status = nw.when(condition).then(nw.lit(code.value)).otherwise(status)
        because = nw.lit(None).cast(nw.String) if why is None else nw.lit(why.value)
        reason = nw.when(condition).then(because).otherwise(reason)
    return table.with_columns(status.alias("status"), reason.alias("reason"))


def _evidence_rules() -> list[Rule]:
    """What can be said before any target is looked at."""
    col = nw.col
    none = col("observations") == 0
    basis = col("basis")
    return [
        (col("result_level") == ResultLevel.CONTEXT.value, Status.CONTEXT, None),
        (none & (col("other_kinds") > 0), Status.NO_DATA, Reason.ONLY_INTENDED),
        (none, Status.NO_DATA, Reason.NONE_REPORTED),
        (basis == Basis.UNDATED.value, Status.UNDATED, Reason.NO_DATED_FIGURE),
        (basis == Basis.NONE.value, Status.NO_DATA, Reason.NONE_SINCE_BASELINE),
        (col("target_value").is_null(), Status.NO_TARGET, None),
        (basis == Basis.BY_GROUP_ONLY.value, Status.NO_TOTAL, Reason.BY_GROUP_ONLY),
        (basis == Basis.PERIODS_OVERLAP.value, Status.NO_TOTAL, Reason.PERIODS_OVERLAP),
        (
            basis == Basis.SEVERAL_AT_LATEST_DATE.value,
            Status.SOURCES_DISAGREE,
            Reason.SEVERAL_AT_LATEST_DATE,
        ),
        (col("disputed"), Status.SOURCES_DISAGREE, Reason.LATEST_IN_CONFLICT),
    ]


def _target_rules(method: str) -> list[Rule]:
    """What the target itself and its date settle."""
    col = nw.col
    rag = method == "undp_rag"
    met, short = col("met") == 1, col("met") == 0
    late = col("actual_day") >= col("deadline")
    after = col("actual_day") > col("deadline")
    # a goal to maintain is not reached before its deadline
    maintain = col("distance") == 0
    holding = maintain & (col("actual_day") < col("deadline"))
    reached = met & (
        (col("distance") != 0) | col("distance").is_null() | late | col("deadline").is_null()
    )
    opposite = col("distance") * col("direction") < 0
    open_end = ((col("way") > 0) & (col("actual_qualifier") == "at_most")) | (
        (col("way") < 0) & (col("actual_qualifier") == "at_least")
    )
    beyond, at_target = (
        (Status.RAG_GREEN, Status.RAG_GREEN) if rag else (Status.EXCEEDED, Status.ACHIEVED)
    )
    half_way = col("progress") >= 100 * AMBER_FROM
    missed: list[Rule] = (
        [(late & half_way, Status.RAG_AMBER, None), (late, Status.RAG_RED, None)]
        if rag
        else [(late, Status.MISSED, None)]
    )
    exceeded = col("exceeded") == 1
    steady = (Status.RAG_GREEN, Status.RAG_RED) if rag else (Status.ON_TRACK, Status.OFF_TRACK)
    return [
        (col("direction") == 0, Status.NO_DIRECTION, None),
        (opposite, Status.TARGET_AGAINST_DIRECTION, None),
        (reached & open_end, at_target, Reason.OPEN_QUALIFIER),
        (reached & exceeded & after, beyond, Reason.MET_AFTER_DEADLINE),
        (reached & exceeded, beyond, None),
        (reached & after, at_target, Reason.MET_AFTER_DEADLINE),
        (reached, at_target, None),
        *missed,
        (col("base").is_null(), Status.NO_BASELINE, None),
        (col("deadline").is_null(), Status.UNDATED, Reason.TARGET_UNDATED),
        (col("begin").is_null(), Status.UNDATED, Reason.BASELINE_UNDATED),
        (
            col("deadline_past") == 1,
            Status.NOT_KNOWN_AT_DEADLINE,
            Reason.LAST_FIGURE_BEFORE_DEADLINE,
        ),
        (col("duration") <= 0, Status.TOO_EARLY, Reason.DEADLINE_BEFORE_BASELINE),
        (col("elapsed") < TOO_EARLY_BELOW, Status.TOO_EARLY, None),
        (holding & met, steady[0], Reason.TARGET_IS_BASELINE),
        (holding & short, steady[1], Reason.TARGET_IS_BASELINE),
    ]


def _pace_rules(method: str) -> list[Rule]:
    pace = nw.col("pace")
    if method == "undp_rag":
        return [
            (pace >= GREEN_FROM, Status.RAG_GREEN, None),
            (pace >= AMBER_FROM, Status.RAG_AMBER, None),
            (pace < AMBER_FROM, Status.RAG_RED, None),
        ]
    return [
        (pace >= ON_TRACK_FROM, Status.ON_TRACK, None),
        (pace >= BEHIND_FROM, Status.BEHIND, None),
        (pace >= OFF_TRACK_FROM, Status.OFF_TRACK, None),
        (pace < OFF_TRACK_FROM, Status.MOVING_AWAY, None),
    ]
