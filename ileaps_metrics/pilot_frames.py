"""Codes and prepared tables that the pilot metrics share: one place for names and for types."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, cast

import narwhals as nw

from ileaps_metrics.partial_dates import with_days

if TYPE_CHECKING:
    from collections.abc import Iterable

    from narwhals.typing import IntoFrame, IntoFrameT

PILOT, INDICATOR, GROUP_NAME = "pilot_id", "indicator_id", "disaggregation"
KEYS = (PILOT, INDICATOR)


class Aggregation(StrEnum):
    """How the values of an indicator add up over time (IATI's aggregation status)."""

    LEVEL = "level"
    FLOW = "flow"
    CUMULATIVE = "cumulative"


class ResultLevel(StrEnum):
    """Where an indicator stands in the chain of results."""

    INPUT = "input"
    OUTPUT = "output"
    OUTCOME = "outcome"
    IMPACT = "impact"
    CONTEXT = "context"


class Status(StrEnum):
    """What is known of an indicator against its target; the codes pages translate."""

    CONTEXT = "context"
    NO_DATA = "no_data"
    UNDATED = "undated"
    NO_TARGET = "no_target"
    NO_TOTAL = "no_total"
    SOURCES_DISAGREE = "sources_disagree"
    NO_DIRECTION = "no_direction"
    TARGET_AGAINST_DIRECTION = "target_against_direction"
    EXCEEDED = "exceeded"
    ACHIEVED = "achieved"
    MISSED = "missed"
    NO_BASELINE = "no_baseline"
    NOT_KNOWN_AT_DEADLINE = "not_known_at_deadline"
    TOO_EARLY = "too_early"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    OFF_TRACK = "off_track"
    MOVING_AWAY = "moving_away"
    RAG_GREEN = "rag_green"
    RAG_AMBER = "rag_amber"
    RAG_RED = "rag_red"


class Reason(StrEnum):
    """Why a status reads as it does, where the status alone does not say."""

    NONE_REPORTED = "none_reported"
    ONLY_INTENDED = "only_intended"
    NONE_SINCE_BASELINE = "none_since_baseline"
    NO_DATED_FIGURE = "no_dated_figure"
    TARGET_UNDATED = "target_undated"
    BASELINE_UNDATED = "baseline_undated"
    DEADLINE_BEFORE_BASELINE = "deadline_before_baseline"
    BY_GROUP_ONLY = "by_group_only"
    PERIODS_OVERLAP = "periods_overlap"
    LATEST_IN_CONFLICT = "latest_in_conflict"
    SEVERAL_AT_LATEST_DATE = "several_at_latest_date"
    TARGET_IS_BASELINE = "target_is_baseline"
    MET_AFTER_DEADLINE = "met_after_deadline"
    OPEN_QUALIFIER = "open_qualifier"
    LAST_FIGURE_BEFORE_DEADLINE = "last_figure_before_deadline"


class Basis(StrEnum):
    """Which figures of an indicator its actual value rests on."""

    TOTAL = "total"
    SINGLE_GROUP = "single_group"
    BY_GROUP_ONLY = "by_group_only"
    PERIODS_OVERLAP = "periods_overlap"
    SEVERAL_AT_LATEST_DATE = "several_at_latest_date"
    UNDATED = "undated"
    NONE = "none"


class ConflictKind(StrEnum):
    """How two figures from different sources contradict each other."""

    OVERLAP = "overlap"
    CUMULATIVE_FALL = "cumulative_fall"
    SAME_END = "same_end"
    DECLINE_OR_DISAGREEMENT = "decline_or_disagreement"


class Limit(StrEnum):
    """What cannot be said of a pilot."""

    NO_COMPARISON_GROUP = "no_comparison_group"
    NO_COST = "no_cost"
    NO_FIGURE = "no_figure"
    NO_DATED_FIGURE = "no_dated_figure"
    NO_FIGURE_SINCE = "no_figure_since"
    UNDATED_FIGURES = "undated_figures"
    NO_TARGET = "no_target"
    ONLY_OUTPUTS = "only_outputs"
    SOURCES_DISAGREE = "sources_disagree"
    ATTRIBUTION_NOT_EVIDENCED = "attribution_not_evidenced"


# A figure given as "about" is read as within five per cent of it: our house rule. Published
# figures so qualified in the fact base are rounded to one or two digits.
ABOUT_SHARE = 0.05
_UNBOUNDED = 1e300
_EPSILON = 1e-9


def lazy(native: IntoFrame, columns: Iterable[str], table: str) -> nw.LazyFrame[Any]:
    """The table as a lazy Narwhals frame, once it is seen to have the columns needed.

    Raises:
        ValueError: for missing columns, named with the table and those it has.
    """
    frame: nw.LazyFrame[Any] = nw.from_native(native).lazy()
    present = frame.collect_schema().names()
    missing = [column for column in columns if column not in present]
    if missing:
        message = (
            f"the table {table} lacks the columns {', '.join(missing)}; it has "
            f"{', '.join(present)}. Give it the columns of the {table} template."
        )
        raise ValueError(message)
    return frame


def like(native: IntoFrameT, frame: nw.LazyFrame[Any]) -> IntoFrameT:
    """The lazy result in the caller's own kind of frame, an index numbered anew."""
    result = frame.to_native()
    given: nw.DataFrame[Any] | nw.LazyFrame[Any] = nw.from_native(native)
    if isinstance(given, nw.LazyFrame):
        return cast("IntoFrameT", result)
    return cast("IntoFrameT", nw.maybe_reset_index(nw.from_native(result)).to_native())


def text(frame: nw.LazyFrame[Any], column: str, default: str | None = None) -> nw.Expr:
    """A text column, with blanks missing and missing filled by the default."""
    schema = frame.collect_schema()
    if column not in schema or schema[column].is_numeric():
        blank: nw.Expr = nw.lit(default).cast(nw.String)
        return blank.alias(column)
    trimmed = nw.col(column).cast(nw.String).str.strip_chars()
    if schema[column] == nw.Object():
        # a pandas object column turns missing into the words "nan" and "None" when cast
        trimmed = nw.when(~nw.col(column).is_null()).then(trimmed)
    filled = nw.when(trimmed != "").then(trimmed)
    return (filled if default is None else filled.fill_null(default)).alias(column)


def number(frame: nw.LazyFrame[Any], column: str) -> nw.Expr:
    """A float column; NaN and a column the frame lacks are missing."""
    if column not in frame.collect_schema():
        return nw.lit(None).cast(nw.Float64).alias(column)
    value = nw.col(column).cast(nw.Float64)
    return nw.when(~value.is_nan()).then(value).alias(column)


def direction(frame: nw.LazyFrame[Any]) -> nw.Expr:
    """+1 where `ascending` is true, -1 where it is false, 0 where it is blank."""
    schema = frame.collect_schema()
    if "ascending" not in schema:
        return nw.lit(0.0).alias("direction")
    flag = nw.col("ascending")
    if schema["ascending"] != nw.Boolean():
        words = flag.cast(nw.String).str.to_lowercase()
        rising, falling = words.is_in(["true", "1", "1.0"]), words.is_in(["false", "0", "0.0"])
    else:
        rising, falling = flag.fill_null(value=False), ~flag.fill_null(value=True)
    return (
        nw.when(rising)
        .then(nw.lit(1.0))
        .otherwise(nw.when(falling).then(nw.lit(-1.0)).otherwise(nw.lit(0.0)))
        .alias("direction")
    )


def prepared_indicators(indicators: IntoFrame) -> nw.LazyFrame[Any]:
    """Indicators with typed columns, `direction`, and day numbers of baseline and target dates."""
    needed = (*KEYS, "aggregation", "result_level", "baseline_value", "target_value")
    frame = lazy(indicators, needed, "indicators")
    plain = [text(frame, name) for name in (*KEYS, "aggregation", "result_level", "unit")]
    numbers = [number(frame, name) for name in ("baseline_value", "target_value")]
    columns = frame.collect_schema().names()
    as_given = [name for name in ("ascending", "baseline_on", "target_on") if name in columns]
    raw = frame.select(*plain, *numbers, direction(frame), *as_given)
    if "ascending" not in columns:
        raw = raw.with_columns(nw.lit(None).cast(nw.Boolean).alias("ascending"))
    return with_days(with_days(raw, "baseline_on"), "target_on")


def prepared_observations(observations: IntoFrame) -> nw.LazyFrame[Any]:
    """Observations with typed columns, day numbers of their period, and the band of each value.

    `start` is the first day of `period_start`, or of `period_end` where no start is given;
    `stand` is the last day of `period_end`, the day a stock or a total stands at. `low` and
    `high` bound what the published value may stand for: half a unit of its last printed decimal
    for an exact value, five per cent for "about", open above for "at_least" and below for
    "at_most". A row without a value is left out: it is no figure.
    """
    needed = (*KEYS, "period_end", "value", "value_kind", "group")
    frame = lazy(observations, needed, "observations")
    columns = frame.collect_schema()
    plain = [text(frame, name) for name in (*KEYS, "value_kind", "group", "source_id")]
    dates = [name for name in ("period_start", "period_end") if name in columns]
    raw = frame.select(
        *plain,
        text(frame, GROUP_NAME, ""),
        text(frame, "qualifier", "exact"),
        number(frame, "value"),
        *dates,
    ).filter(~nw.col("value").is_null())
    dated = with_days(with_days(raw, "period_start"), "period_end")
    return _with_band(
        dated.with_columns(
            nw.coalesce("period_start_first", "period_end_first").alias("start"),
            nw.col("period_end_last").alias("stand"),
        ).drop("period_start_first", "period_start_last", "period_end_last")
    )


def _with_band(frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    value, qualifier = nw.col("value"), nw.col("qualifier")
    half = nw.lit(0.0005)
    for decimals, half_unit in ((2, 0.005), (1, 0.05), (0, 0.5)):
        printed = (value - value.round(decimals)).abs() < _EPSILON
        half = nw.when(printed).then(nw.lit(half_unit)).otherwise(half)
    about = value.abs() * ABOUT_SHARE
    frame = frame.with_columns(half.alias("half")).with_columns(
        nw.when((qualifier == "about") & (about > nw.col("half")))
        .then(about)
        .otherwise(nw.col("half"))
        .alias("half")
    )
    return frame.with_columns(
        nw.when(qualifier == "at_most")
        .then(nw.lit(-_UNBOUNDED))
        .otherwise(value - nw.col("half"))
        .alias("low"),
        nw.when(qualifier == "at_least")
        .then(nw.lit(_UNBOUNDED))
        .otherwise(value + nw.col("half"))
        .alias("high"),
    ).drop("half")


def below(high: nw.Expr, low: nw.Expr) -> nw.Expr:
    """Whether a band that ends at `high` lies wholly below one that begins at `low`.

    Bands that only touch lie apart: 1 and 2, each good to half a unit, are two figures.
    """
    return high <= low + _EPSILON


def reported_by_pilots(observations: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """The figures that count: reported ones of the pilot itself, no context, no intention."""
    return observations.filter((nw.col("group") == "pilot") & (nw.col("value_kind") == "reported"))
