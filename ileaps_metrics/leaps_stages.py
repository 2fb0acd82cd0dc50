"""The LEAPS stages of pilots: the last one known, the time in each, and how many got there.

The evidence is dated to the day, month or year and ends somewhere: durations are ranges, and the
last stage of a pilot is open, censored at its own last evidence and not at today.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from ileaps_metrics.partial_dates import DAYS_PER_MONTH, as_day, with_days
from ileaps_metrics.pilot_figures import flag
from ileaps_metrics.pilot_frames import PILOT, lazy, like, text

if TYPE_CHECKING:
    from datetime import date

    from narwhals.typing import IntoFrame, IntoFrameT

    from ileaps_metrics.elementwise import FloatArray

STAGES = ("learning", "exchanging", "adapting", "prototyping", "scaling")
UNKNOWN_AFTER_MONTHS = 24
EVIDENCED, UNKNOWN_SINCE = "evidenced", "status unknown since"
MIN_SPELLS, MIN_EXITS = 10, 5


def _position(column: str) -> nw.Expr:
    """1 to 5 for a stage, 0 for any other text."""
    place: nw.Expr = nw.lit(0)
    for number, stage in enumerate(STAGES, start=1):
        place = nw.when(nw.col(column) == stage).then(nw.lit(number)).otherwise(place)
    return place


def _stage(position: str) -> nw.Expr:
    """Name of the stage at a position."""
    name: nw.Expr = nw.lit(None).cast(nw.String)
    for number, stage in enumerate(STAGES, start=1):
        name = nw.when(nw.col(position) == number).then(nw.lit(stage)).otherwise(name)
    return name


def _events(stage_events: IntoFrame) -> nw.LazyFrame[Any]:
    """Evidence of known stages, with the stage's position and the day numbers of its date."""
    frame = lazy(stage_events, (PILOT, "stage", "entered_on"), "stage_events")
    plain = [text(frame, name) for name in (PILOT, "source_id", "evidence")]
    stage = text(frame, "stage")
    raw = frame.select(*plain, stage, "entered_on").with_columns(nw.col("stage").str.to_lowercase())
    placed = raw.with_columns(_position("stage").alias("position"))
    return with_days(placed.filter(nw.col("position") > 0), "entered_on")


def current_stage(
    stage_events: IntoFrameT,
    pilots: IntoFrameT | None = None,
    as_of: date | str | None = None,
) -> IntoFrameT:
    """The stage of each pilot's last dated evidence, one row a pilot, and how old that is.

    Evidence older than 24 months (in the most favourable reading of its date) makes the status
    "status unknown since": the stage is the last one known, not the one today. Evidence dated
    after `as_of` is left out; undated evidence cannot be the last.

    Args:
        stage_events: the stage events table; any frame Narwhals reads.
        pilots: with it every pilot of its table has a row (status missing without evidence),
            with kind and attribution.
        as_of: the day to judge at; today when None.

    Returns:
        A frame of the same kind, sorted: pilot_id, stage, position (1-5), entered_on (text, as
        published), evidence, source_id, furthest_stage, months_since_shortest,
        months_since_longest, status; with pilots also kind, attribution.

    Raises:
        ValueError: for an unreadable `as_of` or a table that lacks a column.

    >>> import pandas as pd
    >>> events = pd.DataFrame({"pilot_id": ["m", "m"], "stage": ["prototyping", "scaling"],
    ...     "entered_on": ["2017-05-15", "2018-02"]})
    >>> current_stage(events, as_of="2026-11-22")[["stage", "entered_on", "status"]]
         stage entered_on                status
    0  scaling    2018-02  status unknown since
    """
    now = as_day(as_of)
    col = nw.col
    known = _events(stage_events).filter(col("entered_on_first") <= now)
    order = ["by_last", "by_first", "by_position", "source_id"]
    last = (
        known.with_columns(
            (-col("entered_on_last")).alias("by_last"),
            (-col("entered_on_first")).alias("by_first"),
            (-col("position")).alias("by_position"),
            col("position").max().over(PILOT).alias("furthest"),
        )
        .unique(subset=[PILOT], keep="first", order_by=order)
        .with_columns(
            ((now - col("entered_on_last")).clip(lower_bound=0) / DAYS_PER_MONTH).alias(
                "months_since_shortest"
            ),
            ((now - col("entered_on_first")) / DAYS_PER_MONTH).alias("months_since_longest"),
            _stage("furthest").alias("furthest_stage"),
        )
    )
    columns = [PILOT, "stage", "position", "entered_on", "evidence", "source_id"]
    columns += ["furthest_stage", "months_since_shortest", "months_since_longest", "status"]
    if pilots is not None:
        frame = lazy(pilots, (PILOT, "kind", "attribution"), "pilots")
        about = frame.select(*(text(frame, name) for name in (PILOT, "kind", "attribution")))
        last = about.join(last, on=PILOT, how="left")
        columns += ["kind", "attribution"]
    old = col("months_since_shortest") > UNKNOWN_AFTER_MONTHS
    recent = col("months_since_shortest") <= UNKNOWN_AFTER_MONTHS
    status = (
        nw.when(old)
        .then(nw.lit(UNKNOWN_SINCE))
        .otherwise(nw.when(recent).then(nw.lit(EVIDENCED)).otherwise(nw.lit(None).cast(nw.String)))
    )
    return like(
        stage_events, last.with_columns(status.alias("status")).select(*columns).sort(PILOT)
    )


def stage_spells(stage_events: IntoFrameT) -> IntoFrameT:
    """Each unbroken stay of a pilot in a stage, with its shortest and longest possible duration.

    Evidence is put in the order of its dates. A spell begins with the first evidence of a stage
    and ends with the first evidence of another one; the last is censored at its own last
    evidence. Stages may be skipped and may come out of order: both are marked, none is mended.
    Undated evidence has no place in the order and is left out.

    Returns:
        A frame of the same kind, sorted: pilot_id, spell (1, 2, ...), stage, position,
        entered_on (text), entered_earliest, entered_latest, left_earliest, left_latest (ISO
        days; of a censored spell its last evidence), shortest_days, longest_days, censored,
        skipped (a stage between the furthest so far and this one has no evidence yet),
        skipped_stages (their names, ";"-separated), out_of_order (an earlier stage than the
        furthest so far).

    Raises:
        ValueError: for a table that lacks a column.

    >>> import pandas as pd
    >>> events = pd.DataFrame({"pilot_id": ["m", "m"], "stage": ["learning", "prototyping"],
    ...     "entered_on": ["2016-09", "2017-05-15"]})
    >>> stage_spells(events)[["stage", "shortest_days", "longest_days", "censored", "skipped"]]
             stage  shortest_days  longest_days  censored  skipped
    0     learning          227.0         256.0     False    False
    1  prototyping            0.0           0.0      True     True
    """
    col = nw.col
    order = ["entered_on_first", "entered_on_last", "position", "source_id"]
    dated = _events(stage_events).filter(~col("entered_on_first").is_null())
    events = (
        _with_iso_days(dated)
        .with_columns(
            col("position").shift(1).over(PILOT, order_by=order).alias("before"),
        )
        .with_columns(
            flag(col("before") == col("position"), "same"),
        )
        .with_columns((1 - col("same")).alias("begins"))
        .with_columns(col("begins").cum_sum().over(PILOT, order_by=order).alias("spell"))
    )
    entered = {
        "entered_on": "entered_on",
        "enter_first": "entered_on_first",
        "enter_last": "entered_on_last",
        "entered_earliest": "first_day",
        "entered_latest": "last_day",
    }
    spells = (
        events.with_columns(
            nw.when(col("begins") == 1).then(col(name)).alias(new) for new, name in entered.items()
        )
        .group_by(PILOT, "spell")
        .agg(
            col("position").max(),
            *(col(name).max() for name in entered),
            col("entered_on_first").max().alias("last_first"),
            col("entered_on_last").max().alias("last_last"),
            col("first_day").max(),
            col("last_day").max(),
        )
    )
    by = {"order_by": "spell"}
    spells = spells.with_columns(
        col("enter_first").shift(-1).over(PILOT, **by).alias("next_first"),
        col("enter_last").shift(-1).over(PILOT, **by).alias("next_last"),
        col("entered_earliest").shift(-1).over(PILOT, **by).alias("next_earliest"),
        col("entered_latest").shift(-1).over(PILOT, **by).alias("next_latest"),
        col("position").cum_max().over(PILOT, **by).alias("so_far"),
    ).with_columns(
        col("so_far").shift(1).over(PILOT, **by).fill_null(0).alias("furthest"),
        nw.coalesce("next_first", "last_first").alias("leave_first"),
        nw.coalesce("next_last", "last_last").alias("leave_last"),
        nw.coalesce("next_earliest", "first_day").alias("left_earliest"),
        nw.coalesce("next_latest", "last_day").alias("left_latest"),
        flag(col("next_first").is_null(), "open"),
    )
    return like(stage_events, _described(spells))


def _described(spells: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    col = nw.col
    between = [
        nw.when((col("furthest") < number) & (col("position") > number)).then(nw.lit(stage))
        for number, stage in enumerate(STAGES, start=1)
    ]
    days = ("entered_earliest", "entered_latest", "left_earliest", "left_latest")
    shortest = (col("leave_first") - col("enter_last")).clip(lower_bound=0)
    skipped = col("position") > col("furthest") + 1
    named = nw.concat_str(between, separator=";", ignore_nulls=True)
    spells = spells.with_columns(
        _stage("position").alias("stage"),
        shortest.alias("shortest_days"),
        (col("leave_last") - col("enter_first")).alias("longest_days"),
        (col("open") == 1).alias("censored"),
        skipped.alias("skipped"),
        nw.when(skipped).then(named).alias("skipped_stages"),
        (col("position") < col("furthest")).alias("out_of_order"),
    )
    return spells.select(
        PILOT,
        "spell",
        "stage",
        "position",
        "entered_on",
        *days,
        "shortest_days",
        "longest_days",
        "censored",
        "skipped",
        "skipped_stages",
        "out_of_order",
    ).sort(PILOT, "spell")


def _with_iso_days(events: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Adds `first_day` and `last_day` of each dated event as ISO text, by completing its date."""
    published = nw.col("entered_on")
    days = nw.col("entered_on_last") - nw.col("entered_on_first") + 1
    month_length = days.cast(nw.Int64).cast(nw.String)
    by_size = ((4, "-01-01", nw.lit("-12-31")), (7, "-01", nw.concat_str("dash", month_length)))
    first, last = published, published
    for size, start, end in by_size:
        precise = published.str.len_chars() == size
        first = nw.when(precise).then(nw.concat_str(published, nw.lit(start))).otherwise(first)
        last = nw.when(precise).then(nw.concat_str(published, end)).otherwise(last)
    return (
        events.with_columns(nw.lit("-").alias("dash"))
        .with_columns(first.alias("first_day"), last.alias("last_day"))
        .drop("dash")
    )


def stage_funnel(stage_events: IntoFrameT, pilots: IntoFrameT) -> IntoFrameT:
    """How many pilots and tracks have evidence of each stage, and how many were last seen there.

    Pilots and tracks are counted apart; references are Seoul's own series and have no stages.
    Undated evidence counts as reached, never as current.

    Returns:
        A frame of the same kind, sorted by kind and position, a row for every stage: kind
        (pilot, track), stage, position (1-5), reached, current, total (of that kind).

    Raises:
        ValueError: for a table that lacks a column.

    >>> import pandas as pd
    >>> events = pd.DataFrame({"pilot_id": ["m", "m"], "stage": ["learning", "adapting"],
    ...     "entered_on": ["2016", "2017"]})
    >>> pilots = pd.DataFrame({"pilot_id": ["m", "h"], "kind": ["pilot", "pilot"]})
    >>> stage_funnel(events, pilots)[["stage", "reached", "current", "total"]]
             stage  reached  current  total
    0     learning        1        0      2
    1   exchanging        0        0      2
    2     adapting        1        1      2
    3  prototyping        0        0      2
    4      scaling        0        0      2
    """
    col = nw.col
    frame = lazy(pilots, (PILOT, "kind"), "pilots")
    members = frame.select(text(frame, PILOT), text(frame, "kind")).filter(
        col("kind").is_in(["pilot", "track"])
    )
    order = ["entered_on_first", "entered_on_last", "position"]
    events = _events(stage_events).join(members, on=PILOT, how="inner")
    dated = events.filter(~col("entered_on_first").is_null()).with_columns(
        *((-col(name)).alias(f"by_{name}") for name in order)
    )
    by_last = ["by_entered_on_last", "by_entered_on_first", "by_position"]
    last = dated.unique(subset=[PILOT], keep="first", order_by=by_last)
    reached = events.select(PILOT, "kind", "position").unique()
    counts = [
        table.group_by("kind", "position").agg(nw.len().alias(name))
        for table, name in ((reached, "reached"), (last, "current"))
    ]
    totals = members.group_by("kind").agg(nw.len().alias("total"))
    rows = nw.concat(
        [
            totals.with_columns(nw.lit(stage).alias("stage"), nw.lit(number).alias("position"))
            for number, stage in enumerate(STAGES, start=1)
        ]
    ).with_columns(col("position").cast(nw.Int64))
    for table in counts:
        rows = rows.join(table, on=["kind", "position"], how="left")
    rows = rows.with_columns(
        col(name).fill_null(0).cast(nw.Int64) for name in ("reached", "current", "total")
    )
    ordered = rows.select("kind", "stage", "position", "reached", "current", "total")
    return like(stage_events, ordered.sort("kind", "position"))


@dataclass(frozen=True, kw_only=True)
class DurationSummary:
    """Median duration of spells, as a range, or the reason there is none.

    Attributes:
        spells: spells there are.
        exits: of these, the ones seen to end.
        median_shortest: Kaplan-Meier median of the shortest durations in days; NaN when
            refused or when fewer than half are seen to end.
        median_longest: the same of the longest durations.
        refused: "too_few_spells", "too_few_exits" or None.
    """

    spells: int
    exits: int
    median_shortest: float
    median_longest: float
    refused: str | None


def duration_summary(spells: IntoFrame, stage: str) -> DurationSummary:
    """Typical time in a stage, by Kaplan-Meier, only with ten spells and five exits or more.

    With fewer the counts and the reason come back instead of a median. The spells are those of
    `stage_spells`; those of different stages are never pooled, because a time in one says
    nothing of another. The median is given for the shortest and for the longest durations.

    Raises:
        ValueError: for an unknown stage or a table that lacks a column.

    >>> import pandas as pd
    >>> spells = pd.DataFrame({"stage": ["learning"] * 2, "shortest_days": [10, 20],
    ...     "longest_days": [15, 25], "censored": [False, True]})
    >>> summary = duration_summary(spells, "learning")
    >>> summary.spells, summary.exits, summary.refused
    (2, 1, 'too_few_spells')
    """
    if stage not in STAGES:
        message = f"as a stage, {stage!r} is unknown: use one of {', '.join(STAGES)}"
        raise ValueError(message)
    needed = ("stage", "shortest_days", "longest_days", "censored")
    frame = lazy(spells, needed, "stage_spells").select(*needed)
    table = frame.filter(nw.col("stage") == stage).collect()
    ended = ~table["censored"].to_numpy().astype(bool)
    count, exits = len(table), int(ended.sum())
    refused = None
    if exits < MIN_EXITS:
        refused = "too_few_exits"
    if count < MIN_SPELLS:
        refused = "too_few_spells"
    medians = [float("nan")] * 2
    if refused is None:
        medians = [
            _median(table[name].to_numpy().astype(float), ended)
            for name in ("shortest_days", "longest_days")
        ]
    return DurationSummary(
        spells=count,
        exits=exits,
        median_shortest=medians[0],
        median_longest=medians[1],
        refused=refused,
    )


def _median(days: FloatArray, ended: Any) -> float:  # noqa: ANN401  # a boolean array
    """First duration at which the Kaplan-Meier survival is at most one half; NaN if never."""
    ends = np.unique(days[ended])
    at_risk = (days[:, None] >= ends).sum(axis=0)
    exits = ((days[:, None] == ends) & ended[:, None]).sum(axis=0)
    survival = np.cumprod(1 - exits / at_risk)
    # survival is a product of fractions: one half may come out a hair above
    reached = np.flatnonzero(survival <= 0.5 + 1e-12)
    return float(ends[reached[0]]) if reached.size else float("nan")
