"""Scores of a whole report and progress of ten thousand series, beside the plainest pandas loop.

Run it with `make bench-metrics`, or `python -m benchmarks.metric_costs`. The loops are what one
writes to get it right once: a row at a time, with the published rules. Both sides must agree.
"""

from __future__ import annotations

import datetime as dt
import math
import os
import statistics
import sys
import time
from typing import TYPE_CHECKING

import numpy as np

from ileaps_data import reference
from ileaps_metrics.sdg_scores import goal_rating, goal_scores, index_scores, rating, score
from ileaps_metrics.sdg_trends import progress_values

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

SERIES = 10_000
FAST_RUNS, PLAIN_RUNS = 25, 3
SEED = 11


def main() -> None:
    """Time both sides of both tasks and print a table in Markdown."""
    table, regions = report_of_2019()
    economies, indicators = table["area_id"].nunique(), table["indicator"].nunique()
    series = many_series()
    print(
        f"{dt.datetime.now(tz=dt.UTC):%Y-%m-%d}, {os.cpu_count()} processors, "
        f"Python {sys.version.split()[0]}; medians of {FAST_RUNS} and {PLAIN_RUNS} runs, "
        "time of the processor.\n"
    )
    print("| task | ours, ms | plain loop, ms | times faster |\n|---|---|---|---|")
    compare(
        f"SDR: {economies} economies × {indicators} indicators: "
        "score, colour, goal score, goal colour, index",
        lambda: sdr(table, regions),
        lambda: plain_sdr(table, regions),
    )
    compare(
        f"Statistics Canada: {len(series):,} series: value, score, status",
        lambda: statcan(series),
        lambda: plain_statcan(series),
    )


def compare(task: str, ours: Callable[[], list[float]], plain: Callable[[], list[float]]) -> None:
    """Check that both give the same, time them, print a line."""
    np.testing.assert_allclose(ours(), plain(), rtol=1e-9)
    fast, slow = median_of(FAST_RUNS, ours), median_of(PLAIN_RUNS, plain)
    print(f"| {task} | {1000 * fast:.1f} | {1000 * slow:,.0f} | {slow / fast:.0f} |")


def median_of(runs: int, task: Callable[[], object]) -> float:
    """The median of several runs, in seconds of the processor: others may be using it too."""
    taken = []
    for _ in range(runs):
        start = time.process_time()
        task()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def report_of_2019() -> tuple[pd.DataFrame, pd.DataFrame]:
    """All economies beside all indicators of the index, and the economies' regions."""
    economies = reference.load_published("sdr2019_index")[["iso3", "region"]]
    indicators = reference.load_published("sdr2019_indicators").query("in_global")
    values = reference.load_published("sdr2019_values")[["iso3", "code", "value"]]
    table = economies.merge(indicators, how="cross").merge(values, on=["iso3", "code"], how="left")
    names = {"iso3": "area_id", "code": "indicator"}
    columns = ["iso3", "code", "goal", "value", "worst", "red", "green", "best"]
    return table[columns].rename(columns=names), economies.rename(columns=names)


def many_series() -> pd.DataFrame:
    """Series drawn from Canada's with slightly other values."""
    canada = reference.load_published("statcan_progress").dropna(subset=["value"])
    drawn = canada.sample(SERIES, replace=True, random_state=SEED, ignore_index=True)
    factor = np.random.default_rng(SEED).uniform(0.8, 1.2, SERIES)
    return drawn.assign(current_value=drawn["current_value"] * factor)


def sdr(table: pd.DataFrame, regions: pd.DataFrame) -> list[float]:
    """Everything of a report, by the project's functions."""
    scored = table.assign(
        score=score(table["value"], table["worst"], table["best"]),
        rating=rating(table["value"], table["green"], table["red"]),
    )
    goals = goal_scores(scored)
    colours = goal_rating(scored)
    index = index_scores(goals, regions)
    return summary(
        scored["score"].sum(),
        scored["rating"].eq("green").sum(),
        goals["score"].sum(),
        colours["rating"].eq("red").sum(),
        index["score"].sum(),
    )


def summary(*figures: float) -> list[float]:
    """What both sides must agree on."""
    return [float(figure) for figure in figures]


def plain_sdr(table: pd.DataFrame, regions: pd.DataFrame) -> list[float]:
    """The same, a row at a time."""
    scores, ratings = [], []
    for _, row in table.iterrows():
        scores.append(plain_score(row["value"], row["worst"], row["best"]))
        ratings.append(plain_rating(row["value"], row["green"], row["red"]))
    scored = table.assign(score=scores, rating=ratings)
    goals, colours = {}, []
    for (area, goal), rows in scored.groupby(["area_id", "goal"]):
        goals[area, goal] = rows["score"].mean()
        colours.append(plain_goal_colour(rows))
    region_of = dict(zip(regions["area_id"], regions["region"], strict=True))
    index = []
    for area, region in region_of.items():
        of_area = []
        for goal in range(1, 18):
            value = goals[area, goal]
            if math.isnan(value):
                same = [each for each, other in region_of.items() if other == region]
                known = [goals[each, goal] for each in same if not math.isnan(goals[each, goal])]
                value = sum(known) / len(known)
            of_area.append(value)
        index.append(sum(of_area) / 17)
    return summary(
        scored["score"].sum(),
        scored["rating"].eq("green").sum(),
        np.nansum(list(goals.values())),
        colours.count("red"),
        sum(index),
    )


def plain_score(value: float, worst: float, best: float) -> float:
    """The score of one value."""
    if math.isnan(value):
        return math.nan
    return min(max(100 * (value - worst) / (best - worst), 0), 100)


def plain_rating(value: float, green: float, red: float) -> str | None:
    """The colour of one value."""
    if math.isnan(value):
        return None
    side = 1 if green > red else -1
    if side * value >= side * green:
        return "green"
    if side * value >= side * (green + red) / 2:
        return "yellow"
    return "orange" if side * value >= side * red else "red"


def plain_goal_colour(rows: pd.DataFrame) -> str | None:
    """The colour of one goal of one economy."""
    points = []
    for _, row in rows.dropna(subset=["value"]).iterrows():
        side = 1 if row["best"] > row["worst"] else -1
        scale = [side * row[name] for name in ("worst", "red", "green", "best")]
        points.append(float(np.interp(side * row["value"], scale, [0, 1, 2, 3])))
    if not points or len(points) < len(rows) / 2:
        return None
    lowest = sorted(points)[:2]
    middle = sum(lowest) / len(lowest)
    if middle >= 2:
        return "green" if min(lowest) >= 2 else "yellow"
    if middle >= 1:
        return "yellow" if middle >= 1.5 else "orange"
    return "red" if max(lowest) < 1 else "orange"


def statcan(series: pd.DataFrame) -> list[float]:
    """Progress of all series, by the project's function."""
    columns = ("base_value", "base_year", "current_value", "current_year", "direction")
    aims = ("target", "target_year", "limit")
    result = progress_values(**{name: series[name].to_numpy() for name in (*columns, *aims)})
    statuses = np.asarray(result.status)
    return summary(
        np.nansum(result.value), np.nansum(result.score), (statuses == "deterioration").sum()
    )


def plain_statcan(series: pd.DataFrame) -> list[float]:
    """The same, a row at a time."""
    values, scores, statuses = [], [], []
    for _, row in series.iterrows():
        value, points, status = plain_progress(row)
        values.append(value)
        scores.append(points)
        statuses.append(status)
    return summary(np.nansum(values), np.nansum(scores), statuses.count("deterioration"))


def plain_progress(row: pd.Series) -> tuple[float, float, str]:
    """Value, score and status of one series, by Statistics Canada's rules."""
    base, now, direction = row["base_value"], row["current_value"], row["direction"]
    if base == 0 or (now < 0) != (base < 0):
        return math.nan, math.nan, "not_available"
    years = row["current_year"] - row["base_year"]
    sign = -1 if base < 0 else 1
    observed = sign * direction * ((now / base) ** (1 / years) - 1)
    if math.isnan(row["target"]):
        return observed, *plain_without_target(observed, base, row["limit"])
    target = row["target"] or 0.001
    required = (target / base) ** (1 / (row["target_year"] - row["base_year"])) - 1
    value = observed / abs(required)
    if direction * now >= direction * target:
        return value, 5.0, "target_achieved"
    return value, *plain_with_target(value)


def plain_with_target(value: float) -> tuple[float, str]:
    """Score and status of a share of what is required."""
    if value >= 0.6:
        return min(7.1429 * value - 4.2857, 5), "substantial" if value >= 0.95 else "moderate"
    return max(4.1667 * value - 2.5, -5), "limited" if value >= 0 else "deterioration"


def plain_without_target(observed: float, base: float, limit: float) -> tuple[float, str]:
    """Score and status of a yearly rate, beside a limit where there is one."""
    scale = 1.0
    if not math.isnan(limit) and base <= 2 * limit:
        scale = 1 - ((base if base <= limit else 2 * limit - base) / limit) ** 4.44
    share = observed / scale
    if share >= 0.015:
        return min(500 * share - 5, 5), "substantial"
    if share >= 0.005:
        return 250 * share - 1.25, "moderate"
    if share >= 0:
        return 500 * share - 2.5, "limited"
    return max(125 * observed - 2.5, -5), "deterioration"


if __name__ == "__main__":
    main()
