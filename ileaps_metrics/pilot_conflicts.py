"""Where sources contradict each other, and which figures bear no date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw

from ileaps_metrics.partial_dates import with_days
from ileaps_metrics.pilot_frames import (
    GROUP_NAME,
    KEYS,
    Aggregation,
    ConflictKind,
    ResultLevel,
    below,
    lazy,
    like,
    prepared_indicators,
    prepared_observations,
)

if TYPE_CHECKING:
    from narwhals.typing import IntoFrameT

SERIES = (*KEYS, "group", "value_kind", GROUP_NAME)
DECLINE_WITHIN_DAYS = 365
_SIDE = ("value", "qualifier", "period_start", "period_end", "source_id")
_INNER = (*_SIDE, "start", "stand", "low", "high", "place", "mark")


def conflicts(indicators: IntoFrameT, observations: IntoFrameT) -> IntoFrameT:
    """Pairs of figures from different sources that cannot both be right, one row a pair.

    Compared are figures of one indicator (so one unit), group, value kind and disaggregation.
    Two values contradict each other when they lie apart beyond what their printing and their
    qualifier leave open: an exact value stands for half a unit of its last printed decimal
    either way, "about" for five per cent (our house rule), "at_least" for everything above,
    "at_most" for everything below. Figures without a date are never in conflict.

    Kinds:
        `overlap`: values of a level or a flow whose dated periods overlap.
        `same_end`: totals of a cumulative indicator on the same end date.
        `cumulative_fall`: a later total that is below an earlier one.
        `decline_or_disagreement`: two consecutive values of a level, with periods apart and
            ends at most 365 days from each other, that move against the indicator's direction.
            Nothing tells a decline from a disagreement. Our house rule, for the pilot's own
            indicators only: a city's context figure may move against its direction on its own.

    Args:
        indicators: the indicators table; any frame Narwhals reads.
        observations: the observations table, of the same kind.

    Returns:
        A frame of the same kind: pilot_id, indicator_id, group, value_kind, disaggregation
        (missing for the total), unit, kind, and for each side `earlier_` and `later_` value,
        qualifier, period_start, period_end and source_id. Earlier and later go by the end of
        the period, then by its start.

    Raises:
        ValueError: for a table that lacks a column.

    >>> import pandas as pd
    >>> schools = pd.DataFrame({
    ...     "pilot_id": ["m"], "indicator_id": ["schools"], "aggregation": ["level"],
    ...     "result_level": ["output"], "ascending": [True], "baseline_value": [1.0],
    ...     "target_value": [None]})
    >>> figures = pd.DataFrame({
    ...     "pilot_id": ["m", "m"], "indicator_id": ["schools", "schools"],
    ...     "period_start": ["2017-05", "2018-07-03"], "period_end": ["2018-05-03", "2018-07-03"],
    ...     "value": [7, 3], "value_kind": "reported", "group": "pilot",
    ...     "source_id": ["seoul", "paper"]})
    >>> conflicts(schools, figures)[["earlier_value", "later_value", "kind"]]
       earlier_value  later_value                     kind
    0            7.0          3.0  decline_or_disagreement
    """
    found = conflict_pairs(prepared_indicators(indicators), prepared_observations(observations))
    sides = [f"{side}_{name}" for side in ("earlier", "later") for name in _SIDE]
    named = (
        found.sort(*KEYS, GROUP_NAME, "group", "value_kind", "later_place", "earlier_place")
        .with_columns(nw.when(nw.col(GROUP_NAME) != "").then(nw.col(GROUP_NAME)).alias(GROUP_NAME))
        .select(*SERIES, "unit", "kind", *sides)
    )
    return like(observations, named)


def conflict_pairs(
    indicators: nw.LazyFrame[Any], observations: nw.LazyFrame[Any], mark: str = "stand"
) -> nw.LazyFrame[Any]:
    """Conflicts among prepared figures, with the day numbers of both sides.

    Args:
        indicators: prepared indicators.
        observations: prepared figures.
        mark: a column of theirs to carry along, as `earlier_mark` and `later_mark`.
    """
    order = ["stand", "start", "source_id", "value", "qualifier", "period_end"]
    # Only a series told by more than one source can contradict itself across sources: without
    # this the join below would be quadratic in every long series.
    ranked = (
        observations.filter(~nw.col("stand").is_null() & ~nw.col("source_id").is_null())
        .with_columns(
            nw.col("source_id").min().over(*SERIES).alias("first_source"),
            nw.col("source_id").max().over(*SERIES).alias("last_source"),
            nw.lit(1).alias("place"),
            nw.col(mark).alias("mark"),
        )
        .filter(nw.col("first_source") != nw.col("last_source"))
        .with_columns(nw.col("place").cum_sum().over(*SERIES, order_by=order))
    )
    about = indicators.select(*KEYS, "unit", "aggregation", "result_level", "direction")
    sides = [
        ranked.select(*SERIES, *(nw.col(name).alias(f"{side}_{name}") for name in _INNER))
        for side in ("earlier", "later")
    ]
    pairs = (
        sides[0]
        .join(sides[1], on=list(SERIES), how="inner")
        .filter(
            (nw.col("earlier_place") < nw.col("later_place"))
            & (nw.col("earlier_source_id") != nw.col("later_source_id"))
        )
        .join(about, on=list(KEYS), how="inner")
    )
    return pairs.with_columns(_kind().alias("kind")).filter(~nw.col("kind").is_null())


def _kind() -> nw.Expr:
    falls = below(nw.col("later_high"), nw.col("earlier_low"))
    rises = below(nw.col("earlier_high"), nw.col("later_low"))
    apart = falls | rises
    cumulative = nw.col("aggregation") == Aggregation.CUMULATIVE.value
    level = nw.col("aggregation") == Aggregation.LEVEL.value
    overlapping = nw.col("later_start") <= nw.col("earlier_stand")
    same_end = nw.col("later_stand") == nw.col("earlier_stand")
    against = (falls & (nw.col("direction") > 0)) | (rises & (nw.col("direction") < 0))
    soon_after = nw.col("later_stand") - nw.col("earlier_stand") <= DECLINE_WITHIN_DAYS
    next_in_line = nw.col("later_place") == nw.col("earlier_place") + 1
    own = (nw.col("result_level") != ResultLevel.CONTEXT.value) & (nw.col("group") == "pilot")
    rules = (
        (ConflictKind.OVERLAP, ~cumulative & overlapping & apart),
        (ConflictKind.SAME_END, cumulative & same_end & apart),
        (ConflictKind.CUMULATIVE_FALL, cumulative & ~same_end & falls),
        (
            ConflictKind.DECLINE_OR_DISAGREEMENT,
            level & ~overlapping & against & soon_after & next_in_line & own,
        ),
    )
    kind: nw.Expr = nw.lit(None).cast(nw.String)
    for code, rule in reversed(rules):
        kind = nw.when(rule).then(nw.lit(code.value)).otherwise(kind)
    return kind


def undated(observations: IntoFrameT) -> IntoFrameT:
    """The figures that bear no date: a value, but no readable `period_end`.

    They are never in conflict, never the latest value and never forecast from; they are listed.

    Returns:
        The rows as they are in the table, all its columns.

    Raises:
        ValueError: for a table that lacks `value` or `period_end`.

    >>> import pandas as pd
    >>> undated(pd.DataFrame({"value": [4, 10], "period_end": [None, "2018-08-23"]}))
       value period_end
    0      4        NaN
    """
    frame = lazy(observations, ("value", "period_end"), "observations")
    names = frame.collect_schema().names()
    marked = with_days(frame.with_columns(nw.col("period_end").alias("__end")), "__end")
    missing_value = nw.col("value").is_null()
    found = marked.filter(~missing_value & nw.col("__end").is_null()).select(*names)
    return like(observations, found)
