"""What the tables hold that an assessor of readiness would look at: counts, never scores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw

from ileaps_metrics.partial_dates import with_days
from ileaps_metrics.pilot_frames import (
    KEYS,
    PILOT,
    ResultLevel,
    lazy,
    like,
    prepared_indicators,
    prepared_observations,
    reported_by_pilots,
    text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from narwhals.typing import IntoFrame, IntoFrameT

CODES = (
    ("vision", "targets"),
    ("effectiveness", "outcome_figures"),
    ("effectiveness", "comparison_figures"),
    ("demand", "transfers_elsewhere"),
    ("timeframe", "dated_targets"),
    ("timeframe", "dated_stages"),
    ("finance", "cost_figures"),
    ("team", "partners"),
    ("monitoring", "dated_figures"),
    ("monitoring", "undated_figures"),
)
"""The factors and what is counted for each, in the order shown."""
SEPARATOR = ";"


def readiness_evidence(
    pilots: IntoFrameT,
    indicators: IntoFrame,
    observations: IntoFrame,
    stage_events: IntoFrame,
    links: IntoFrame,
) -> IntoFrameT:
    """Counts of what the tables hold for each factor, one row a pilot and count.

    Counted are: `targets` and `dated_targets` (the pilot's own indicators with a target, with a
    deadline), `outcome_figures` (reported figures of outcomes and impacts), `comparison_figures`,
    `transfers_elsewhere` (transfers to other cities of the policies it draws on), `dated_stages`
    (dated evidence of a LEAPS stage), `cost_figures` (reported figures of inputs), `partners`
    (organisations named), `dated_figures` and `undated_figures` (reported by the pilot itself).
    A count is evidence to look at; it does not make a score.

    Args:
        pilots: pilot_id, city_id, policy_ids, partners.
        indicators: the indicators table.
        observations: the observations table.
        stage_events: pilot_id, entered_on.
        links: what `transfer_links` returns.

    Returns:
        A frame of the same kind, sorted by pilot and in the order of the factors: pilot_id,
        factor, code, n.

    Raises:
        ValueError: for a table that lacks a column.

    >>> import pandas as pd
    >>> pilots = pd.DataFrame({"pilot_id": ["m"], "city_id": ["c"], "policy_ids": ["bus"],
    ...     "partners": ["A;B"]})
    >>> key = {"pilot_id": ["m"], "indicator_id": ["x"]}
    >>> indicators = pd.DataFrame(key | {"aggregation": "level", "result_level": "outcome",
    ...     "baseline_value": None, "target_value": 2.0})
    >>> figures = pd.DataFrame(key | {"period_end": "2018", "value": 1.0,
    ...     "value_kind": "reported", "group": "pilot"})
    >>> stages = pd.DataFrame({"pilot_id": ["m"], "entered_on": ["2017-05"]})
    >>> links = pd.DataFrame({"policy_id": ["bus"], "to_city_id": ["d"]})
    >>> found = readiness_evidence(pilots, indicators, figures, stages, links)
    >>> found.set_index("code")["n"].to_dict()["partners"]
    2
    """
    needed = (PILOT, "city_id", "policy_ids", "partners")
    frame = lazy(pilots, needed, "pilots")
    about = frame.select(*(text(frame, name) for name in needed))
    levels = prepared_indicators(indicators)
    own = levels.filter(nw.col("result_level") != ResultLevel.CONTEXT.value)
    with_target = own.filter(~nw.col("target_value").is_null())
    figures = prepared_observations(observations)
    reported = reported_by_pilots(figures).join(
        own.select(*KEYS, "result_level"), on=list(KEYS), how="inner"
    )
    results = [ResultLevel.OUTCOME.value, ResultLevel.IMPACT.value]
    stages = with_days(lazy(stage_events, (PILOT, "entered_on"), "stage_events"), "entered_on")
    undated = nw.col("stand").is_null()
    parts = {
        "targets": with_target,
        "dated_targets": with_target.filter(~nw.col("target_on_last").is_null()),
        "outcome_figures": reported.filter(nw.col("result_level").is_in(results)),
        "comparison_figures": figures.filter(nw.col("group") == "comparison"),
        "transfers_elsewhere": _elsewhere(about, links),
        "dated_stages": stages.filter(~nw.col("entered_on_last").is_null()),
        "cost_figures": reported.filter(nw.col("result_level") == ResultLevel.INPUT.value),
        "dated_figures": reported.filter(~undated),
        "undated_figures": reported.filter(undated),
    }
    table = about.with_columns(_listed("partners").alias("partners"))
    for code, rows in parts.items():
        counted = rows.group_by(PILOT).agg(nw.len().alias(code))
        table = table.join(counted, on=PILOT, how="left")
    codes = [code for _factor, code in CODES]
    long = (
        table.with_columns(nw.col(code).fill_null(0).cast(nw.Int64) for code in codes)
        .unpivot(on=codes, index=[PILOT], variable_name="code", value_name="n")
        .with_columns(
            _placed("code", {code: factor for factor, code in CODES}).alias("factor"),
            _placed("code", {code: place for place, code in enumerate(codes)}).alias("__order"),
        )
    )
    return like(pilots, long.sort(PILOT, "__order").select(PILOT, "factor", "code", "n"))


def _placed(column: str, values: dict[str, Any]) -> nw.Expr:
    found: nw.Expr = nw.lit(next(iter(values.values())))
    for key, value in values.items():
        found = nw.when(nw.col(column) == key).then(nw.lit(value)).otherwise(found)
    return found


def _listed(column: str) -> nw.Expr:
    """How many entries a ";"-separated text has; none where it is missing."""
    given = nw.col(column)
    separators = (
        given.str.len_chars() - given.str.replace_all(SEPARATOR, "", literal=True).str.len_chars()
    )
    return nw.when(given.is_null()).then(nw.lit(0)).otherwise(separators + 1)


def _elsewhere(about: nw.LazyFrame[Any], links: IntoFrame) -> nw.LazyFrame[Any]:
    """The transfers of each pilot's policies to cities other than its own."""
    given = lazy(links, ("policy_id", "to_city_id"), "transfer links")
    moved = given.select(text(given, "policy_id"), text(given, "to_city_id"))
    policies = _distinct(moved.select("policy_id").collect()["policy_id"].to_list())
    drawn_on: nw.Expr = nw.lit(value=False)
    padded = nw.concat_str([nw.lit(SEPARATOR), nw.col("policy_ids"), nw.lit(SEPARATOR)])
    for policy in policies:
        whole = f"{SEPARATOR}{policy}{SEPARATOR}"
        holds = padded.str.contains(whole, literal=True).fill_null(value=False)
        drawn_on = drawn_on | ((nw.col("policy_id") == policy) & holds)
    pairs = about.select(PILOT, "city_id", "policy_ids").join(moved, how="cross")
    return pairs.filter(drawn_on & (nw.col("to_city_id") != nw.col("city_id")))


def _distinct(values: Iterable[Any]) -> list[str]:
    return sorted({value for value in values if isinstance(value, str)})
